-- What a citizen's page asks for first: how much is registered of each kind, and the latest.

DROP INDEX residence_by_citizen;

CREATE INDEX residence_by_citizen ON residence (municipality, citizen, superseded_by);

DROP INDEX education_by_citizen;

CREATE INDEX education_by_citizen ON education (municipality, citizen, superseded_by);

DROP INDEX enrolment_by_citizen;

CREATE INDEX enrolment_by_citizen ON enrolment (municipality, citizen, superseded_by);

DROP INDEX benefit_spell_by_citizen;

CREATE INDEX benefit_spell_by_citizen ON benefit_spell (municipality, citizen, superseded_by);

DROP INDEX target_group_by_citizen;

CREATE INDEX target_group_by_citizen ON target_group (municipality, citizen, superseded_by);

DROP INDEX match_category_by_citizen;

CREATE INDEX match_category_by_citizen ON match_category (municipality, citizen, superseded_by);

DROP INDEX conversation_by_citizen;

CREATE INDEX conversation_by_citizen ON conversation (municipality, citizen, superseded_by);

DROP INDEX exemption_by_citizen;

CREATE INDEX exemption_by_citizen ON exemption (municipality, citizen, superseded_by);

DROP INDEX offer_by_citizen;

CREATE INDEX offer_by_citizen ON offer (municipality, citizen, superseded_by);

DROP INDEX employment_by_citizen;

CREATE INDEX employment_by_citizen ON employment (municipality, citizen, superseded_by);

DROP INDEX referral_by_citizen;

CREATE INDEX referral_by_citizen ON referral (municipality, citizen, superseded_by);

DROP INDEX placement_by_citizen;

CREATE INDEX placement_by_citizen ON placement (municipality, citizen, superseded_by);

DROP INDEX complaint_by_citizen;

CREATE INDEX complaint_by_citizen ON complaint (municipality, citizen, superseded_by);

DROP INDEX feedback_by_citizen;

CREATE INDEX feedback_by_citizen ON feedback (municipality, citizen, superseded_by);

DROP INDEX household_by_citizen;

CREATE INDEX household_by_citizen ON household (municipality, citizen, superseded_by);

DROP INDEX assignment_by_citizen;

CREATE INDEX assignment_by_citizen ON assignment (municipality, citizen, superseded_by);

DROP INDEX conversation_note_by_citizen;

CREATE INDEX conversation_note_by_citizen ON conversation_note (municipality, citizen, superseded_by);

DROP INDEX plan_item_by_citizen;

CREATE INDEX plan_item_by_citizen ON plan_item (municipality, citizen, superseded_by);

DROP INDEX effort_by_citizen;

CREATE INDEX effort_by_citizen ON effort (municipality, citizen, superseded_by);

DROP INDEX effort_hours_by_citizen;

CREATE INDEX effort_hours_by_citizen ON effort_hours (municipality, citizen, superseded_by);

DROP INDEX case_act_by_citizen;

CREATE INDEX case_act_by_citizen ON case_act (municipality, citizen, superseded_by);

DROP INDEX partial_return_by_citizen;

CREATE INDEX partial_return_by_citizen ON partial_return (municipality, citizen, superseded_by);

DROP INDEX decision_by_citizen;

CREATE INDEX decision_by_citizen ON decision (municipality, citizen, superseded_by);

CREATE INDEX ledger_by_citizen_day ON ledger (municipality, citizen, valid_from, number);
