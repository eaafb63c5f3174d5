-- Who works here and has which citizens; what is agreed, done and decided with them.
CREATE TABLE staff_member (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    team TEXT NOT NULL,
    valid_from BIGINT NOT NULL,
    valid_to BIGINT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE TABLE assignment (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    citizen BIGINT NOT NULL,
    staff BIGINT NOT NULL,
    valid_from BIGINT NOT NULL,
    valid_to BIGINT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE INDEX assignment_by_citizen ON assignment (municipality, citizen);

CREATE INDEX assignment_by_staff ON assignment (municipality, staff);

CREATE TABLE conversation_note (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    citizen BIGINT NOT NULL,
    staff BIGINT,
    begins BIGINT,
    place TEXT NOT NULL,
    approach TEXT,
    interpreted BIGINT NOT NULL,
    companion TEXT NOT NULL,
    note TEXT NOT NULL,
    absence TEXT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE INDEX conversation_note_by_citizen ON conversation_note (municipality, citizen);

CREATE INDEX conversation_note_by_staff ON conversation_note (municipality, staff);

CREATE TABLE plan_item (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    citizen BIGINT NOT NULL,
    part TEXT NOT NULL,
    note TEXT NOT NULL,
    author TEXT NOT NULL,
    stance TEXT NOT NULL,
    stance_by TEXT NOT NULL,
    stance_on BIGINT NOT NULL,
    added BIGINT NOT NULL,
    due BIGINT,
    progress TEXT NOT NULL,
    conversation BIGINT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE INDEX plan_item_by_citizen ON plan_item (municipality, citizen);

CREATE TABLE effort (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    citizen BIGINT NOT NULL,
    measure TEXT NOT NULL,
    goal TEXT NOT NULL,
    offer BIGINT,
    employment BIGINT,
    unit BIGINT,
    contact TEXT NOT NULL,
    valid_from BIGINT NOT NULL,
    valid_to BIGINT,
    follow_up BIGINT,
    outcome TEXT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE INDEX effort_by_citizen ON effort (municipality, citizen);

CREATE TABLE effort_hours (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    effort BIGINT NOT NULL,
    citizen BIGINT NOT NULL,
    weekly BIGINT NOT NULL,
    valid_from BIGINT NOT NULL,
    valid_to BIGINT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE INDEX effort_hours_by_citizen ON effort_hours (municipality, citizen);

CREATE TABLE case_act (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    citizen BIGINT NOT NULL,
    kind TEXT NOT NULL,
    day BIGINT NOT NULL,
    note TEXT NOT NULL,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE INDEX case_act_by_citizen ON case_act (municipality, citizen);

CREATE TABLE partial_return (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    citizen BIGINT NOT NULL,
    weekly BIGINT NOT NULL,
    valid_from BIGINT NOT NULL,
    valid_to BIGINT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE INDEX partial_return_by_citizen ON partial_return (municipality, citizen);

CREATE TABLE decision (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    citizen BIGINT NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    rule TEXT NOT NULL,
    facts TEXT NOT NULL,
    reasons TEXT NOT NULL,
    heard_on BIGINT,
    answer TEXT NOT NULL,
    valid_from BIGINT NOT NULL,
    made BIGINT NOT NULL,
    sent BIGINT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE INDEX decision_by_citizen ON decision (municipality, citizen);

-- What somebody has typed and not saved yet (kladde). It is no registration: it is kept until
-- it is saved or thrown away. form is the address of the form.
CREATE TABLE draft (
    municipality BIGINT NOT NULL,
    actor TEXT NOT NULL,
    form TEXT NOT NULL,
    fields TEXT NOT NULL,
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (municipality, actor, form)
) /*STRICT*/;
