-- Preparation of visits: what was looked up before, and whom the officer means to meet. Rows are
-- only added: the one with the greatest `n` counts, the others are what was known before.

CREATE TABLE prep_checks (
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    code TEXT NOT NULL,
    n INTEGER NOT NULL CHECK (n >= 1),
    option TEXT NOT NULL,
    -- 'withdrawn': taken back, as if it had never been noted.
    result TEXT NOT NULL CHECK (result IN ('none', 'found', 'not_queried', 'withdrawn')),
    detail TEXT NOT NULL DEFAULT '',
    place TEXT NOT NULL DEFAULT '',
    looked_up_on TEXT CHECK (looked_up_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    -- The due visit for which it was noted; null = none was planned.
    due_on TEXT CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    -- Written by taking back: the entry that counts again, 0 where there was none.
    restores INTEGER,
    pack TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (customer_id, code, n),
    -- Never "none" without a day, never a finding or a reason without words.
    CHECK (result IN ('not_queried', 'withdrawn') OR looked_up_on IS NOT NULL),
    CHECK (result NOT IN ('found', 'not_queried') OR detail <> '')
) STRICT, WITHOUT ROWID;
CREATE TRIGGER prep_checks_no_update BEFORE UPDATE ON prep_checks
BEGIN SELECT RAISE(ABORT, 'prep_checks: rows are never changed'); END;
CREATE TRIGGER prep_checks_no_delete BEFORE DELETE ON prep_checks
BEGIN SELECT RAISE(ABORT, 'prep_checks: rows are never deleted'); END;

-- One choice of people to meet; it holds until a visit of the customer is handed in.
CREATE TABLE prep_meetings (
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    n INTEGER NOT NULL CHECK (n >= 1),
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (customer_id, n)
) STRICT, WITHOUT ROWID;
CREATE TABLE prep_people (
    customer_id TEXT NOT NULL,
    n INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (customer_id, n, name),
    FOREIGN KEY (customer_id, n) REFERENCES prep_meetings (customer_id, n)
) STRICT, WITHOUT ROWID;
