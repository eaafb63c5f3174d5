-- What was spent on one account in one month and what the state refunds of it, in øre; an account
-- is a paragraph that the cap on guidance and mentors counts, or a name of the municipality's own.
CREATE TABLE spending_line (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    account TEXT NOT NULL,
    month BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    refund BIGINT NOT NULL,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;
