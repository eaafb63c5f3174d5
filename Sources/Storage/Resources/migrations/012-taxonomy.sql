-- Taxonomies of occupations and skills that were read from outside, such as ESCO. One reading of
-- a source replaces the one before; ledger and registration name its entry in a ledger.
CREATE TABLE taxonomy (
    source TEXT NOT NULL,
    version TEXT NOT NULL,
    read_on BIGINT NOT NULL,
    ledger BIGINT NOT NULL,
    registration BIGINT NOT NULL,
    PRIMARY KEY (source)
) /*STRICT*/;

-- kind is occupation, skill, knowledge, certificate or language; isco is the four digits of
-- ISCO-08 of an occupation and empty for the others.
CREATE TABLE taxonomy_entry (
    source TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    isco TEXT NOT NULL,
    PRIMARY KEY (source, id)
) /*STRICT*/;

-- Position 0 is the preferred label of the language.
CREATE TABLE taxonomy_label (
    source TEXT NOT NULL,
    language TEXT NOT NULL,
    id TEXT NOT NULL,
    position BIGINT NOT NULL,
    label TEXT NOT NULL,
    PRIMARY KEY (source, language, id, position)
) /*STRICT*/;

-- relation is essential or optional.
CREATE TABLE taxonomy_relation (
    source TEXT NOT NULL,
    occupation TEXT NOT NULL,
    skill TEXT NOT NULL,
    relation TEXT NOT NULL,
    PRIMARY KEY (source, occupation, skill)
) /*STRICT*/;
