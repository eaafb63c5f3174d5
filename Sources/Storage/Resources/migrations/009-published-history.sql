-- Published figures as they were known on a day. A figure stands in published_figure from
-- known_from on; what stood in its place before is kept in published_earlier.
--
-- ledger and registration name the import or retrieval that brought the figure, by its entry
-- in a municipality's ledger. They are 0 where it was brought before this was kept.
ALTER TABLE published_figure ADD COLUMN known_from BIGINT NOT NULL DEFAULT 0;

ALTER TABLE published_figure ADD COLUMN ledger BIGINT NOT NULL DEFAULT 0;

ALTER TABLE published_figure ADD COLUMN registration BIGINT NOT NULL DEFAULT 0;

-- Nothing tells of an earlier day on which these figures stood here.
UPDATE published_figure SET known_from = retrieved_on;

CREATE INDEX published_figure_by_measure ON published_figure (source_table, measure);

-- A figure that stood from known_from until the day before known_until, and what took its
-- place: next_value, or nothing where is_gone is 1. A null value is "not shown".
CREATE TABLE published_earlier (
    municipality BIGINT NOT NULL,
    source_table TEXT NOT NULL,
    measure TEXT NOT NULL,
    period TEXT NOT NULL,
    value DOUBLE,
    known_from BIGINT NOT NULL,
    ledger BIGINT NOT NULL,
    registration BIGINT NOT NULL,
    known_until BIGINT NOT NULL,
    next_ledger BIGINT NOT NULL,
    next_registration BIGINT NOT NULL,
    next_value DOUBLE,
    is_gone BIGINT NOT NULL,
    PRIMARY KEY (
        source_table, measure, municipality, period, next_ledger, next_registration)
) /*STRICT*/;

-- Revisions logged so far. Since when the old value stood was not kept, so it is told of
-- without being known on any day.
INSERT INTO published_earlier (
    municipality, source_table, measure, period, value, known_from, ledger, registration,
    known_until, next_ledger, next_registration, next_value, is_gone)
SELECT r.area, t.source_table, r.measure, r.period, r.old_value, t.retrieved_on, 0, 0,
    t.retrieved_on, r.municipality, r.retrieval, r.new_value, 0
FROM published_revision r
JOIN retrieval t ON t.municipality = r.municipality AND t.number = r.retrieval;

-- Each import and retrieval of a measure, also one that changed nothing.
CREATE TABLE published_reading (
    source_table TEXT NOT NULL,
    measure TEXT NOT NULL,
    ledger BIGINT NOT NULL,
    registration BIGINT NOT NULL,
    read_on BIGINT NOT NULL,
    figures BIGINT NOT NULL,
    PRIMARY KEY (source_table, measure, ledger, registration, read_on)
) /*STRICT*/;

INSERT INTO published_reading (source_table, measure, ledger, registration, read_on, figures)
SELECT source_table, measure, 0, 0, retrieved_on, count(*)
FROM published_figure GROUP BY source_table, measure, retrieved_on;
