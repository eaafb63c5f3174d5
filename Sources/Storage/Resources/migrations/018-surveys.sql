-- Waves of user surveys, the links that were sent, and the answers, which name nobody.

-- strata says who was drawn from what and how many of how many; digest is the SHA-256 of the
-- answers when the wave was ended.
CREATE TABLE survey_wave (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    title TEXT NOT NULL,
    frame_day BIGINT NOT NULL,
    opens BIGINT NOT NULL,
    closes BIGINT NOT NULL,
    mode TEXT NOT NULL,
    wanted BIGINT NOT NULL,
    seed BIGINT NOT NULL,
    drawn BIGINT,
    strata TEXT NOT NULL,
    ended BIGINT,
    survey BIGINT,
    digest TEXT NOT NULL,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

CREATE TABLE survey_sending (
    municipality BIGINT NOT NULL,
    id BIGINT NOT NULL,
    wave BIGINT NOT NULL,
    day BIGINT NOT NULL,
    links BIGINT NOT NULL,
    registration BIGINT NOT NULL,
    recorded_on BIGINT NOT NULL,
    superseded_by BIGINT,
    superseded_on BIGINT,
    PRIMARY KEY (municipality, id, registration)
) /*STRICT BY KEY*/;

-- What follows is no part of the ledger, because it is to name nobody or to be taken away: the
-- ledger has a note of each draw and of the end of each wave.

-- Who was asked. used is 1 where one of the links was answered by; citizen is taken away when
-- the wave is ended.
CREATE TABLE survey_invitation (
    municipality BIGINT NOT NULL,
    wave BIGINT NOT NULL,
    number BIGINT NOT NULL,
    citizen BIGINT,
    stratum BIGINT NOT NULL,
    used BIGINT NOT NULL,
    PRIMARY KEY (municipality, wave, number)
) /*STRICT*/;

-- digest is the SHA-256 of a link's secret, number that of the invitation.
CREATE TABLE survey_link (
    municipality BIGINT NOT NULL,
    digest TEXT NOT NULL,
    wave BIGINT NOT NULL,
    number BIGINT NOT NULL,
    PRIMARY KEY (municipality, digest)
) /*STRICT*/;

-- One answer. id is drawn at random and is what SQLite keeps the rows in the order of, so that
-- the order in which they came is not kept. Scores are from 1 to 5, null for "do not know".
CREATE TABLE survey_answer (
    id BIGINT NOT NULL PRIMARY KEY,
    municipality BIGINT NOT NULL,
    wave BIGINT NOT NULL,
    stratum BIGINT NOT NULL,
    meeting BIGINT,
    goals BIGINT,
    conversation BIGINT,
    progress BIGINT,
    overall BIGINT,
    words TEXT
) /*STRICT*/;

CREATE INDEX survey_answer_by_wave ON survey_answer (municipality, wave);

-- What a reader said of the words of an answer; shown is what may be quoted, without names.
CREATE TABLE survey_reading (
    municipality BIGINT NOT NULL,
    answer BIGINT NOT NULL,
    reader TEXT NOT NULL,
    allows BIGINT NOT NULL,
    shown TEXT NOT NULL,
    PRIMARY KEY (municipality, answer, reader)
) /*STRICT*/;
