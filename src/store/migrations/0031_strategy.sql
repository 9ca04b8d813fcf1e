-- The customer's financing strategy: what was proposed, what was decided, the steps of its plan, and
-- what the balance is to go down to in the list of deadlines.

CREATE TABLE strategies (
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    n INTEGER NOT NULL CHECK (n >= 1),
    state TEXT NOT NULL CHECK (state IN ('proposed', 'approved', 'noted', 'refused', 'withdrawn')),
    in_force INTEGER NOT NULL DEFAULT 0 CHECK (in_force IN (0, 1)),
    before TEXT NOT NULL CHECK (before IN ('increase', 'keep', 'reduce', 'exit')),
    strategy TEXT NOT NULL CHECK (strategy IN ('increase', 'keep', 'reduce', 'exit')),
    reason TEXT NOT NULL,
    -- The visit whose record caused it.
    visit_id TEXT REFERENCES visits (visit_id),
    -- Fen; balance of the loans when it was proposed.
    balance INTEGER,
    pack TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at TEXT NOT NULL,
    decided_by TEXT,
    decided_at TEXT,
    note TEXT,
    revision INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (customer_id, n),
    CHECK ((state IN ('approved', 'refused')) = (decided_by IS NOT NULL)),
    CHECK (in_force = 0 OR state IN ('approved', 'noted')),
    -- Nobody approves her own strategy.
    CHECK (decided_by IS NULL OR decided_by <> proposed_by)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX strategies_open ON strategies (customer_id) WHERE state = 'proposed';
CREATE UNIQUE INDEX strategies_in_force ON strategies (customer_id) WHERE in_force = 1;
CREATE INDEX strategies_of_visits ON strategies (visit_id) WHERE visit_id IS NOT NULL;

-- What was decided stays as it was decided; only whether it is still in force changes.
CREATE TRIGGER strategies_stay BEFORE UPDATE OF state, before, strategy, reason, visit_id, balance, pack,
    proposed_by, proposed_at, decided_by, decided_at, note ON strategies
WHEN OLD.state <> 'proposed'
BEGIN
    SELECT RAISE(ABORT, 'a decided strategy does not change');
END;

CREATE TABLE strategy_steps (
    customer_id TEXT NOT NULL,
    n INTEGER NOT NULL,
    step INTEGER NOT NULL CHECK (step >= 1),
    due_on TEXT NOT NULL CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    -- Fen; what the balance is at most from that day on.
    target INTEGER NOT NULL CHECK (target >= 0),
    measure TEXT NOT NULL,
    -- The day on which the balance was found there, and the balance.
    met_on TEXT CHECK (met_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    met_balance INTEGER,
    -- Noted by hand.
    mark TEXT CHECK (mark IN ('received', 'waived')),
    marked_on TEXT,
    marked_by TEXT,
    proof TEXT,
    PRIMARY KEY (customer_id, n, step),
    FOREIGN KEY (customer_id, n) REFERENCES strategies (customer_id, n),
    CHECK ((mark IS NULL) = (marked_by IS NULL))
) STRICT, WITHOUT ROWID;

ALTER TABLE deadlines ADD COLUMN target INTEGER;
ALTER TABLE deadlines ADD COLUMN balance INTEGER;
