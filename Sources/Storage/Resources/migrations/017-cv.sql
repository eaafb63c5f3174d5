-- A citizen's CV as one JSON document (JSON Resume 1.0.0), with keys in order.
CREATE TABLE cv (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    citizen BIGINT NOT NULL,
    document TEXT NOT NULL,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE INDEX cv_by_citizen ON cv (municipality, citizen, superseded_by);
