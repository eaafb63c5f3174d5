-- Agreements on internships and wage subsidies, who signs them, and what happened to them.

-- wage and subsidy are in øre an hour; effort is what was registered when all had signed.
CREATE TABLE agreement (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    citizen BIGINT NOT NULL,
    company BIGINT NOT NULL,
    unit BIGINT NOT NULL,
    measure TEXT NOT NULL,
    weekly BIGINT NOT NULL,
    tasks TEXT NOT NULL,
    wage BIGINT,
    subsidy BIGINT,
    job_order BIGINT,
    deadline BIGINT NOT NULL,
    extended BIGINT NOT NULL,
    single_parent BIGINT NOT NULL,
    effort BIGINT,
    valid_from BIGINT NOT NULL,
    valid_to BIGINT NOT NULL,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE TABLE agreement_signer (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    agreement BIGINT NOT NULL,
    party TEXT NOT NULL,
    name TEXT NOT NULL,
    contact TEXT NOT NULL,
    replaces BIGINT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

-- digest is the SHA-256 of a link's secret, or of the text that was signed or refused; link is
-- the mark of the link that was used.
CREATE TABLE agreement_mark (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    agreement BIGINT NOT NULL,
    signer BIGINT,
    kind TEXT NOT NULL,
    day BIGINT NOT NULL,
    digest TEXT NOT NULL,
    link BIGINT,
    note TEXT NOT NULL,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE INDEX agreement_by_citizen ON agreement (municipality, citizen, superseded_by);

CREATE INDEX agreement_by_company ON agreement (municipality, company, superseded_by);

CREATE INDEX agreement_signer_by_agreement
    ON agreement_signer (municipality, agreement, superseded_by);

CREATE INDEX agreement_mark_by_agreement ON agreement_mark (municipality, agreement, superseded_by);

CREATE INDEX agreement_mark_by_digest ON agreement_mark (municipality, digest);
