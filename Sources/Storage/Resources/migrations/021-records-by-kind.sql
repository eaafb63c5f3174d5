-- The records of one kind, whoever they are about: whom somebody who signs in acts for.
CREATE INDEX case_record_by_kind ON case_record (municipality, record, superseded_by);
