-- What happens with complaints, and what is between citizens and the citizens' adviser.

CREATE TABLE complaint_step (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    citizen BIGINT NOT NULL,
    complaint BIGINT NOT NULL,
    kind TEXT NOT NULL,
    day BIGINT NOT NULL,
    decision BIGINT,
    choice TEXT NOT NULL,
    detail TEXT NOT NULL,
    words TEXT NOT NULL,
    deadline BIGINT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE TABLE adviser_entry (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    citizen BIGINT NOT NULL,
    kind TEXT NOT NULL,
    day BIGINT NOT NULL,
    choice TEXT NOT NULL,
    words TEXT NOT NULL,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE INDEX complaint_step_by_citizen ON complaint_step (municipality, citizen, superseded_by);

CREATE INDEX complaint_step_by_complaint ON complaint_step (municipality, complaint, superseded_by);

CREATE INDEX adviser_entry_by_citizen ON adviser_entry (municipality, citizen, superseded_by);
