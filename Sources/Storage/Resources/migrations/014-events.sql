-- Job shops and who came to them; events, their stands, who takes part, and who has which seat.

-- open_hours is days of the week with minutes after midnight: 1 600 960, with commas between.
CREATE TABLE job_shop (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    name TEXT NOT NULL,
    street TEXT NOT NULL,
    postcode TEXT NOT NULL,
    open_hours TEXT NOT NULL,
    valid_from BIGINT NOT NULL,
    valid_to BIGINT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE TABLE shop_visit (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    shop BIGINT NOT NULL,
    day BIGINT NOT NULL,
    minute BIGINT,
    citizen BIGINT,
    visit_topics TEXT NOT NULL,
    job_order BIGINT,
    staff BIGINT,
    note TEXT NOT NULL,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE TABLE job_event (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    starts BIGINT NOT NULL,
    ends BIGINT,
    begins_at BIGINT,
    ends_at BIGINT,
    place TEXT NOT NULL,
    postcode TEXT NOT NULL,
    programme TEXT NOT NULL,
    places BIGINT NOT NULL,
    slot BIGINT,
    school TEXT NOT NULL,
    course TEXT NOT NULL,
    job_start BIGINT,
    partnership BIGINT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE TABLE event_stand (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    event BIGINT NOT NULL,
    title TEXT NOT NULL,
    company BIGINT,
    job_order BIGINT,
    least BIGINT NOT NULL,
    seats BIGINT NOT NULL,
    promised BIGINT NOT NULL,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

-- guest is the member and the number of a card of the shared pool, where citizen is not told.
CREATE TABLE event_sign_up (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    event BIGINT NOT NULL,
    citizen BIGINT,
    guest TEXT NOT NULL,
    state TEXT NOT NULL,
    day BIGINT NOT NULL,
    wishes TEXT NOT NULL,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE TABLE event_seat (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    event BIGINT NOT NULL,
    stand BIGINT NOT NULL,
    citizen BIGINT,
    guest TEXT NOT NULL,
    state TEXT NOT NULL,
    slot BIGINT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE INDEX shop_visit_by_shop ON shop_visit (municipality, shop, superseded_by);

CREATE INDEX shop_visit_by_citizen ON shop_visit (municipality, citizen, superseded_by);

CREATE INDEX event_stand_by_event ON event_stand (municipality, event, superseded_by);

CREATE INDEX event_sign_up_by_event ON event_sign_up (municipality, event, superseded_by);

CREATE INDEX event_sign_up_by_citizen ON event_sign_up (municipality, citizen, superseded_by);

CREATE INDEX event_seat_by_event ON event_seat (municipality, event, superseded_by);

CREATE INDEX event_seat_by_citizen ON event_seat (municipality, citizen, superseded_by);
