-- The department whose word on a flag is waited for (R114); what was said stands in flag_history.

ALTER TABLE flag_care ADD COLUMN lies_with TEXT CHECK (lies_with IN ('supervisor', 'risk', 'compliance'));
CREATE INDEX flag_care_lies_with ON flag_care (lies_with) WHERE lies_with IS NOT NULL;
