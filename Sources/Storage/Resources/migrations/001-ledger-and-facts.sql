-- The ledger: one row a registration, hash-chained inside each municipality.
-- Days are day numbers since 1970-01-01, instants Unix seconds.
CREATE TABLE ledger (
    municipality BIGINT NOT NULL,
    number BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    recorded_at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    role TEXT NOT NULL,
    purpose TEXT NOT NULL,
    act TEXT NOT NULL,
    kind TEXT NOT NULL,
    fact BIGINT NOT NULL,
    citizen BIGINT,
    valid_from BIGINT,
    valid_to BIGINT,
    supersedes BIGINT,
    payload TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (municipality, number)
) /*STRICT*/;

CREATE INDEX ledger_by_citizen ON ledger (municipality, citizen, number);

CREATE INDEX ledger_by_superseded ON ledger (municipality, supersedes);

CREATE INDEX ledger_by_kind ON ledger (municipality, kind, number);

-- The last number and hash, so that an entry cut off the end is noticed.
CREATE TABLE ledger_head (
    municipality BIGINT NOT NULL,
    number BIGINT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (municipality)
) /*STRICT*/;

-- Who looked at whom, when and why (opslagslog).
-- One act of looking may show several persons: a line each, numbered from the
-- act's own number on.
CREATE TABLE lookup (
    municipality BIGINT NOT NULL,
    number BIGINT NOT NULL,
    act BIGINT NOT NULL,
    looked_at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    role TEXT NOT NULL,
    purpose TEXT NOT NULL,
    subject TEXT NOT NULL,
    citizen BIGINT,
    PRIMARY KEY (municipality, number)
) /*STRICT*/;

CREATE INDEX lookup_by_act ON lookup (municipality, act);

CREATE INDEX lookup_by_citizen ON lookup (municipality, citizen, number);

-- Figures that an authority has published; a null value is "not shown".
-- municipality 0 is the whole country.
CREATE TABLE published_figure (
    municipality BIGINT NOT NULL,
    source_table TEXT NOT NULL,
    measure TEXT NOT NULL,
    period TEXT NOT NULL,
    value DOUBLE,
    retrieved_on BIGINT NOT NULL,
    PRIMARY KEY (municipality, source_table, measure, period)
) /*STRICT*/;

CREATE TABLE citizen (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    cpr TEXT NOT NULL,
    given_name TEXT NOT NULL,
    family_name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    sex TEXT NOT NULL,
    born BIGINT NOT NULL,
    origin TEXT NOT NULL,
    residence_basis TEXT,
    permit_from BIGINT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE TABLE residence (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    citizen BIGINT NOT NULL,
    valid_from BIGINT NOT NULL,
    valid_to BIGINT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE INDEX residence_by_citizen ON residence (municipality, citizen);

CREATE TABLE education (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    citizen BIGINT NOT NULL,
    level TEXT NOT NULL,
    valid_from BIGINT NOT NULL,
    valid_to BIGINT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE INDEX education_by_citizen ON education (municipality, citizen);

CREATE TABLE enrolment (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    citizen BIGINT NOT NULL,
    kind TEXT NOT NULL,
    valid_from BIGINT NOT NULL,
    valid_to BIGINT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE INDEX enrolment_by_citizen ON enrolment (municipality, citizen);

CREATE TABLE benefit_spell (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    citizen BIGINT NOT NULL,
    benefit TEXT NOT NULL,
    degree BIGINT NOT NULL,
    valid_from BIGINT NOT NULL,
    valid_to BIGINT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE INDEX benefit_spell_by_citizen ON benefit_spell (municipality, citizen);

CREATE TABLE target_group (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    citizen BIGINT NOT NULL,
    target TEXT NOT NULL,
    valid_from BIGINT NOT NULL,
    valid_to BIGINT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE INDEX target_group_by_citizen ON target_group (municipality, citizen);

CREATE TABLE match_category (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    citizen BIGINT NOT NULL,
    category TEXT NOT NULL,
    valid_from BIGINT NOT NULL,
    valid_to BIGINT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE INDEX match_category_by_citizen ON match_category (municipality, citizen);

CREATE TABLE conversation (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    citizen BIGINT NOT NULL,
    day BIGINT NOT NULL,
    kind TEXT NOT NULL,
    form TEXT NOT NULL,
    status TEXT NOT NULL,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE INDEX conversation_by_citizen ON conversation (municipality, citizen);

CREATE TABLE exemption (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    citizen BIGINT NOT NULL,
    reason TEXT NOT NULL,
    valid_from BIGINT NOT NULL,
    valid_to BIGINT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE INDEX exemption_by_citizen ON exemption (municipality, citizen);

CREATE TABLE offer (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    citizen BIGINT NOT NULL,
    kind TEXT NOT NULL,
    weekly BIGINT NOT NULL,
    unit BIGINT,
    valid_from BIGINT NOT NULL,
    valid_to BIGINT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE INDEX offer_by_citizen ON offer (municipality, citizen);

CREATE TABLE employment (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    citizen BIGINT NOT NULL,
    kind TEXT NOT NULL,
    weekly BIGINT NOT NULL,
    unit BIGINT,
    valid_from BIGINT NOT NULL,
    valid_to BIGINT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE INDEX employment_by_citizen ON employment (municipality, citizen);

CREATE TABLE company (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    industry TEXT NOT NULL,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE TABLE production_unit (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    number BIGINT NOT NULL,
    company BIGINT NOT NULL,
    employees BIGINT NOT NULL,
    valid_from BIGINT NOT NULL,
    valid_to BIGINT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE TABLE company_contact (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    unit BIGINT NOT NULL,
    day BIGINT NOT NULL,
    form TEXT NOT NULL,
    status TEXT NOT NULL,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE TABLE job_order (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    unit BIGINT NOT NULL,
    created BIGINT NOT NULL,
    positions BIGINT NOT NULL,
    occupation_group BIGINT NOT NULL,
    deadline BIGINT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE TABLE referral (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    job_order BIGINT NOT NULL,
    citizen BIGINT NOT NULL,
    day BIGINT NOT NULL,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE INDEX referral_by_citizen ON referral (municipality, citizen);

CREATE TABLE placement (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    job_order BIGINT NOT NULL,
    citizen BIGINT NOT NULL,
    day BIGINT NOT NULL,
    terms TEXT NOT NULL,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE INDEX placement_by_citizen ON placement (municipality, citizen);

CREATE TABLE complaint (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    citizen BIGINT NOT NULL,
    received BIGINT NOT NULL,
    decided BIGINT,
    outcome TEXT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE INDEX complaint_by_citizen ON complaint (municipality, citizen);

CREATE TABLE feedback (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    conversation BIGINT NOT NULL,
    citizen BIGINT NOT NULL,
    day BIGINT NOT NULL,
    heard BIGINT NOT NULL,
    topics BIGINT NOT NULL,
    method BIGINT NOT NULL,
    overall BIGINT NOT NULL,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE INDEX feedback_by_citizen ON feedback (municipality, citizen);

CREATE TABLE survey (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    opened BIGINT NOT NULL,
    closed BIGINT NOT NULL,
    invited BIGINT NOT NULL,
    answered BIGINT NOT NULL,
    satisfied BIGINT NOT NULL,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE TABLE duty_held (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    plan TEXT NOT NULL,
    duty TEXT NOT NULL,
    day BIGINT NOT NULL,
    note TEXT NOT NULL,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE INDEX citizen_by_cpr ON citizen (municipality, cpr);

CREATE INDEX citizen_by_name ON citizen (municipality, sort_name);
