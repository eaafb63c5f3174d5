-- What was fetched over the network: one row a retrieval, never changed. number is that of
-- its entry in the municipality's ledger. question is what was chosen without the periods,
-- columns the titles of the answer's columns, one a line.
CREATE TABLE retrieval (
    municipality BIGINT NOT NULL,
    number BIGINT NOT NULL,
    source TEXT NOT NULL,
    source_table TEXT NOT NULL,
    question TEXT NOT NULL,
    address TEXT NOT NULL,
    columns TEXT NOT NULL,
    retrieved_at BIGINT NOT NULL,
    retrieved_on BIGINT NOT NULL,
    digest TEXT NOT NULL,
    figures BIGINT NOT NULL,
    added BIGINT NOT NULL,
    revised BIGINT NOT NULL,
    absent BIGINT NOT NULL,
    PRIMARY KEY (municipality, number)
) /*STRICT*/;

CREATE INDEX retrieval_by_table ON retrieval (municipality, source, source_table, number);

-- The figures that a retrieval found changed: what was published before and what is now. A
-- null is "not shown". area is the municipality that the figure is about, 0 the country.
CREATE TABLE published_revision (
    municipality BIGINT NOT NULL,
    retrieval BIGINT NOT NULL,
    area BIGINT NOT NULL,
    measure TEXT NOT NULL,
    period TEXT NOT NULL,
    old_value DOUBLE,
    new_value DOUBLE,
    PRIMARY KEY (municipality, retrieval, area, measure, period)
) /*STRICT*/;
