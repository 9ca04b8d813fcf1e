-- The month plan: days that officers have fixed for due visits, what else takes their time, and
-- customers of whom nothing is asked for a while.
CREATE TABLE planned_days (
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    -- A duty of the due visit: by it the visit is found again when others join or leave it.
    code TEXT NOT NULL,
    ref TEXT NOT NULL,
    raw_due TEXT NOT NULL CHECK (raw_due GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    set_by TEXT NOT NULL,
    set_at TEXT NOT NULL,
    -- Number of the journal row that set it.
    revision INTEGER NOT NULL,
    PRIMARY KEY (customer_id, code, ref, raw_due)
) STRICT, WITHOUT ROWID;
CREATE INDEX planned_days_by_day ON planned_days (day, customer_id);

CREATE TABLE appointments (
    appointment_id TEXT NOT NULL PRIMARY KEY,
    officer TEXT NOT NULL,
    day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    kind TEXT NOT NULL CHECK (kind IN ('pre_loan', 'other')),
    title TEXT NOT NULL,
    -- Where it leads; null = nowhere that visits could join.
    district TEXT,
    trade_circle TEXT,
    points INTEGER NOT NULL CHECK (points BETWEEN 0 AND 99),
    set_by TEXT NOT NULL,
    set_at TEXT NOT NULL,
    revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX appointments_by_officer ON appointments (officer, day);

-- A pause ends by itself after its last day: whether it holds is computed, never stored.
CREATE TABLE pauses (
    customer_id TEXT NOT NULL PRIMARY KEY REFERENCES customers (customer_id),
    until TEXT NOT NULL CHECK (until GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    reason TEXT NOT NULL,
    set_by TEXT NOT NULL,
    set_at TEXT NOT NULL,
    revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
