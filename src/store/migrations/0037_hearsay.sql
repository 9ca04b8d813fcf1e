-- A transcript that can't be read says so and where; what only others tell of is no suggestion.
ALTER TABLE heard_texts ADD COLUMN fault TEXT;
ALTER TABLE heard_texts ADD COLUMN fault_line INTEGER;
ALTER TABLE heard ADD COLUMN hearsay INTEGER NOT NULL DEFAULT 0 CHECK (hearsay IN (0, 1));
