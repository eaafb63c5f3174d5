-- Messages, files and letters to many.
CREATE TABLE message (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    citizen BIGINT NOT NULL,
    day BIGINT NOT NULL,
    sender TEXT NOT NULL,
    recipient TEXT NOT NULL,
    counterpart TEXT NOT NULL,
    subject TEXT NOT NULL,
    note TEXT NOT NULL,
    reply_to BIGINT,
    conversation BIGINT,
    mailing BIGINT,
    handled BIGINT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE INDEX message_by_citizen ON message (municipality, citizen, superseded_by);

CREATE INDEX message_by_mailing ON message (municipality, mailing);

CREATE TABLE document (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    citizen BIGINT NOT NULL,
    day BIGINT NOT NULL,
    sender TEXT NOT NULL,
    title TEXT NOT NULL,
    file_name TEXT NOT NULL,
    media TEXT NOT NULL,
    size BIGINT NOT NULL,
    digest TEXT NOT NULL,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE INDEX document_by_citizen ON document (municipality, citizen, superseded_by);

-- What is in the files, once for each content. The document says the SHA-256, and its
-- registration is in the ledger, so that a changed content is found out.
CREATE TABLE file_content (
    municipality BIGINT NOT NULL,
    digest TEXT NOT NULL,
    content BYTES NOT NULL,
    PRIMARY KEY (municipality, digest)
) /*STRICT*/;

CREATE TABLE mailing (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    subject TEXT NOT NULL,
    note TEXT NOT NULL,
    target TEXT NOT NULL,
    team TEXT NOT NULL,
    tried BIGINT NOT NULL,
    writer TEXT NOT NULL,
    recipients BIGINT NOT NULL,
    digest TEXT NOT NULL,
    sample TEXT NOT NULL,
    approver TEXT NOT NULL,
    approved BIGINT,
    sent BIGINT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;
