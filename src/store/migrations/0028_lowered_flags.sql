-- A flag kept milder than a rule asks for, the rule's level and why; what a revaluation came to.

ALTER TABLE flag_care ADD COLUMN proposed_level TEXT CHECK (proposed_level IN ('yellow', 'orange', 'red'));
ALTER TABLE flag_care ADD COLUMN lowered_why TEXT;

-- Fen; of a revaluation.
ALTER TABLE deadline_marks ADD COLUMN value INTEGER;
