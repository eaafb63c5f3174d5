-- Partnerships that share orders and candidate cards, and what their members sent.

-- fields are those of a card that may leave, with a space between; shown is how much of a
-- postcode.
CREATE TABLE partnership (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    fields TEXT NOT NULL,
    shown TEXT NOT NULL,
    decides TEXT NOT NULL,
    valid_from BIGINT NOT NULL,
    valid_to BIGINT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

-- member is a municipality's code or a fund's name, public_key an Ed25519 key in Base64.
CREATE TABLE partnership_member (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    partnership BIGINT NOT NULL,
    kind TEXT NOT NULL,
    member TEXT NOT NULL,
    public_key TEXT NOT NULL,
    weight BIGINT NOT NULL,
    valid_from BIGINT NOT NULL,
    valid_to BIGINT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

-- card is the number that others know the citizen's card by.
CREATE TABLE pool_consent (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    citizen BIGINT NOT NULL,
    partnership BIGINT NOT NULL,
    card BIGINT NOT NULL,
    given BIGINT NOT NULL,
    withdrawn BIGINT,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE INDEX pool_consent_by_citizen ON pool_consent (municipality, citizen, superseded_by);

-- The feeds of a partnership's members, the own one among them, as the tenant has them. It is
-- no table of facts and no part of the ledger: what others sent is not about our citizens, and
-- a payload is taken away for good when a consent is withdrawn. subject is an order's or a
-- card's number with the member; commitment is the hash of the payload, hash that of all but
-- signature and payload, previous the hash of the entry before.
CREATE TABLE pool_entry (
    municipality BIGINT NOT NULL,
    partnership TEXT NOT NULL,
    member TEXT NOT NULL,
    number BIGINT NOT NULL,
    previous TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject BIGINT NOT NULL,
    day BIGINT NOT NULL,
    commitment TEXT NOT NULL,
    hash TEXT NOT NULL,
    signature TEXT NOT NULL,
    payload TEXT,
    PRIMARY KEY (municipality, partnership, member, number)
) /*STRICT*/;
