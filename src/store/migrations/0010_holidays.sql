-- Years whose holidays and make-up workdays a bank has added after the notice of the State Council.
-- A row that was added by mistake is taken back with a reason; its text stays.
CREATE TABLE holiday_years (
    year INTEGER NOT NULL CHECK (year BETWEEN 2007 AND 2199),
    n INTEGER NOT NULL CHECK (n >= 1),
    content TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    added_by TEXT NOT NULL,
    added_at TEXT NOT NULL,
    removed_by TEXT,
    removed_at TEXT,
    remove_reason TEXT,
    PRIMARY KEY (year, n),
    CHECK ((removed_by IS NULL) = (removed_at IS NULL) AND (remove_reason IS NULL) = (removed_at IS NULL))
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX holiday_years_in_force ON holiday_years (year) WHERE removed_at IS NULL;
CREATE TRIGGER holiday_years_same_text BEFORE UPDATE OF year, n, content, sha256, added_by, added_at ON holiday_years
BEGIN SELECT RAISE(ABORT, 'holiday_years: what was added stays as it was'); END;
CREATE TRIGGER holiday_years_no_delete BEFORE DELETE ON holiday_years
BEGIN SELECT RAISE(ABORT, 'holiday_years: rows are never deleted'); END;
