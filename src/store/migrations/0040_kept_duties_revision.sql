-- Kept duties go out and come in with the rest of a book: an import tells by the revision whether a row
-- is still the one that it was compared with.
ALTER TABLE kept_duties ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
