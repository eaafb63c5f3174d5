-- Quality of casework: samples of cases and what was found in them, the plan of action, training
-- of staff, focus groups, and what was put to the councils.

-- strata says how many were drawn of how many of each team, figures what was found when the
-- sample was closed; one line for each team or question.
CREATE TABLE case_audit (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    title TEXT NOT NULL,
    checklist TEXT NOT NULL,
    version BIGINT NOT NULL,
    valid_from BIGINT NOT NULL,
    valid_to BIGINT NOT NULL,
    wanted BIGINT NOT NULL,
    seed BIGINT NOT NULL,
    drawn BIGINT NOT NULL,
    drawn_by TEXT NOT NULL,
    strata TEXT NOT NULL,
    closed BIGINT,
    figures TEXT NOT NULL,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

-- findings has one line for each question of the checklist.
CREATE TABLE audited_case (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    audit BIGINT NOT NULL,
    number BIGINT NOT NULL,
    citizen BIGINT NOT NULL,
    kind TEXT NOT NULL,
    matter BIGINT NOT NULL,
    findings TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    reviewed BIGINT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE TABLE quality_action (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    audit BIGINT,
    question TEXT NOT NULL,
    note TEXT NOT NULL,
    owner BIGINT NOT NULL,
    added BIGINT NOT NULL,
    due BIGINT NOT NULL,
    done BIGINT,
    result TEXT NOT NULL,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

-- participants are numbers of members of staff.
CREATE TABLE training_course (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    title TEXT NOT NULL,
    theme TEXT NOT NULL,
    day BIGINT NOT NULL,
    minutes BIGINT NOT NULL,
    participants TEXT NOT NULL,
    evaluation TEXT NOT NULL,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE TABLE focus_group (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    title TEXT NOT NULL,
    kind TEXT NOT NULL,
    audience TEXT NOT NULL,
    initiative TEXT NOT NULL,
    day BIGINT NOT NULL,
    result TEXT NOT NULL,
    changed TEXT NOT NULL,
    changed_on BIGINT,
    told BIGINT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

-- Who was invited is a citizen or a company.
CREATE TABLE focus_member (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    focus_group BIGINT NOT NULL,
    citizen BIGINT,
    company BIGINT,
    consent TEXT NOT NULL,
    day BIGINT NOT NULL,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE TABLE council_matter (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    council TEXT NOT NULL,
    title TEXT NOT NULL,
    note TEXT NOT NULL,
    asked BIGINT NOT NULL,
    asked_by TEXT NOT NULL,
    due BIGINT NOT NULL,
    answer TEXT NOT NULL,
    answered BIGINT,
    changed TEXT NOT NULL,
    changed_on BIGINT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE INDEX audited_case_by_citizen ON audited_case (municipality, citizen);
CREATE INDEX audited_case_by_audit ON audited_case (municipality, audit);
CREATE INDEX focus_member_by_citizen ON focus_member (municipality, citizen);

-- What follows is no part of the ledger, because it is taken away when a consent is withdrawn.
CREATE TABLE focus_words (
    municipality BIGINT NOT NULL,
    member BIGINT NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (municipality, member)
) /*STRICT*/;
