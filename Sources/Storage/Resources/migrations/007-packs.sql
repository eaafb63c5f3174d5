-- The quarter's management information: what is written for it, what was drafted, approved
-- and published, and the budget beside it.
CREATE TABLE pack_note (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    quarter TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    note TEXT NOT NULL,
    writer TEXT NOT NULL,
    day BIGINT NOT NULL,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

-- What stands in an edition is in file_content under its digests.
CREATE TABLE pack_edition (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    quarter TEXT NOT NULL,
    template TEXT NOT NULL,
    as_of BIGINT NOT NULL,
    known_at BIGINT NOT NULL,
    digest TEXT NOT NULL,
    public_digest TEXT NOT NULL,
    drafted BIGINT NOT NULL,
    drafter TEXT NOT NULL,
    approved BIGINT,
    approver TEXT NOT NULL,
    published BIGINT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

-- One amount for one month, in øre; an account is a benefit or a name of the municipality's own.
CREATE TABLE budget_line (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    account TEXT NOT NULL,
    month BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;
