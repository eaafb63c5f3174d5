-- Who lives together, and as what: role is adult or child.
CREATE TABLE household (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    citizen BIGINT NOT NULL,
    household BIGINT NOT NULL,
    role TEXT NOT NULL,
    valid_from BIGINT NOT NULL,
    valid_to BIGINT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE INDEX household_by_citizen ON household (municipality, citizen);

CREATE INDEX household_by_number ON household (municipality, household);
