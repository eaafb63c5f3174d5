-- Companies, their orders, and what citizens wish for.

-- What the public register of companies says of a company besides its name and industry;
-- the id is its CVR number.
CREATE TABLE company_entry (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    form TEXT NOT NULL,
    phone TEXT NOT NULL,
    mail TEXT NOT NULL,
    protected BIGINT NOT NULL,
    ceased BIGINT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

-- Where a production unit is and whether it is open; the id is its number.
CREATE TABLE workplace_entry (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    company BIGINT NOT NULL,
    name TEXT NOT NULL,
    industry TEXT NOT NULL,
    street TEXT NOT NULL,
    postcode TEXT NOT NULL,
    town TEXT NOT NULL,
    closed BIGINT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

-- Notes about a company, with the fields of their kind as one object.
CREATE TABLE company_record (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    company BIGINT NOT NULL,
    record TEXT NOT NULL,
    answers TEXT NOT NULL,
    valid_from BIGINT NOT NULL,
    valid_to BIGINT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

-- Who holds a contact with a company, why, and what was said; the id is the contact's.
CREATE TABLE contact_note (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    company BIGINT NOT NULL,
    staff BIGINT,
    team TEXT NOT NULL,
    reason TEXT NOT NULL,
    begins BIGINT,
    person TEXT NOT NULL,
    note TEXT NOT NULL,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

-- What an order wants; the id is the order's. Skills are ids with a space between.
CREATE TABLE order_description (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    title TEXT NOT NULL,
    note TEXT NOT NULL,
    occupation TEXT NOT NULL,
    must TEXT NOT NULL,
    nice TEXT NOT NULL,
    hours_least BIGINT NOT NULL,
    hours_most BIGINT NOT NULL,
    kind TEXT NOT NULL,
    postcode TEXT NOT NULL,
    starts BIGINT,
    answer_by BIGINT NOT NULL,
    contact TEXT NOT NULL,
    staff BIGINT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

-- What happened to an order, or to a citizen and an order.
CREATE TABLE order_event (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    job_order BIGINT NOT NULL,
    citizen BIGINT,
    kind TEXT NOT NULL,
    day BIGINT NOT NULL,
    reason TEXT,
    note TEXT NOT NULL,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

-- What a citizen can do and wishes for. Ids with a space between.
CREATE TABLE job_profile (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    citizen BIGINT NOT NULL,
    wishes TEXT NOT NULL,
    skills TEXT NOT NULL,
    hours_least BIGINT NOT NULL,
    hours_most BIGINT NOT NULL,
    kinds TEXT NOT NULL,
    postcode TEXT NOT NULL,
    farthest BIGINT NOT NULL,
    note TEXT NOT NULL,
    valid_from BIGINT NOT NULL,
    valid_to BIGINT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE INDEX workplace_entry_by_company ON workplace_entry (municipality, company, superseded_by);

CREATE INDEX company_record_by_company ON company_record (municipality, company, superseded_by);

CREATE INDEX contact_note_by_company ON contact_note (municipality, company, superseded_by);

CREATE INDEX order_event_by_job_order ON order_event (municipality, job_order, superseded_by);

CREATE INDEX order_event_by_citizen ON order_event (municipality, citizen, superseded_by);

CREATE INDEX job_profile_by_citizen ON job_profile (municipality, citizen, superseded_by);

CREATE INDEX production_unit_by_company ON production_unit (municipality, company, superseded_by);

CREATE INDEX production_unit_by_number ON production_unit (municipality, number, superseded_by);

CREATE INDEX company_contact_by_unit ON company_contact (municipality, unit, superseded_by);

CREATE INDEX job_order_by_unit ON job_order (municipality, unit, superseded_by);

CREATE INDEX referral_by_job_order ON referral (municipality, job_order, superseded_by);

CREATE INDEX placement_by_job_order ON placement (municipality, job_order, superseded_by);

CREATE INDEX company_by_name ON company (municipality, sort_name);
