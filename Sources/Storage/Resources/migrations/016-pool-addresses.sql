-- Where the members of a partnership are asked for their feeds: an address of the web without a
-- slash at its end. It is no fact about anybody; the ledger has a note of each change.
CREATE TABLE pool_address (
    municipality BIGINT NOT NULL,
    partnership TEXT NOT NULL,
    member TEXT NOT NULL,
    address TEXT NOT NULL,
    PRIMARY KEY (municipality, partnership, member)
) /*STRICT*/;
