-- Deadlines beside visits: what was done about them, the projection that lists read, and which of them
-- have already proposed a signal.

CREATE TABLE deadline_marks (
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    kind TEXT NOT NULL CHECK (kind IN ('statement', 'covenant', 'condition', 'valuation', 'insurance', 'limitation', 'drawdown')),
    ref TEXT NOT NULL,
    due_on TEXT NOT NULL CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    mark TEXT NOT NULL CHECK (mark IN ('received', 'waived')),
    marked_on TEXT NOT NULL CHECK (marked_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    marked_by TEXT,
    reason TEXT,
    revision INTEGER NOT NULL DEFAULT 1,
    origin TEXT NOT NULL DEFAULT 'import' CHECK (origin IN ('import', 'here')),
    PRIMARY KEY (customer_id, kind, ref, due_on)
) STRICT, WITHOUT ROWID;

-- A projection like `due_visits`: what nobody has met.
CREATE TABLE deadlines (
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    kind TEXT NOT NULL,
    ref TEXT NOT NULL,
    due TEXT NOT NULL,
    officer TEXT NOT NULL,
    opens TEXT NOT NULL,
    about TEXT NOT NULL,
    period_end TEXT,
    headroom TEXT,
    figure INTEGER,
    in_a_row INTEGER NOT NULL,
    PRIMARY KEY (customer_id, kind, ref, due)
) STRICT, WITHOUT ROWID;
CREATE INDEX deadlines_by_due ON deadlines (due, customer_id, kind, ref, officer, opens);
CREATE INDEX deadlines_by_officer ON deadlines (officer, due, customer_id, kind, ref, opens);

-- Lateness proposes its signal once.
CREATE TABLE deadline_flags (
    customer_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    ref TEXT NOT NULL,
    due TEXT NOT NULL,
    flag_id TEXT NOT NULL REFERENCES flags (flag_id),
    PRIMARY KEY (customer_id, kind, ref, due)
) STRICT, WITHOUT ROWID;

-- Planned again at the next start, so that the deadlines are there on the day of this step.
DELETE FROM job_runs WHERE job = 'roll_plan';
