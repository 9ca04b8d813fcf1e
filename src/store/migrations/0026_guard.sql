-- What guards a screen that nobody touches, and the end of what is kept: who holds it up, who puts
-- it forward, who agrees, and what is proved of it afterwards.

CREATE TABLE pins (
    user TEXT NOT NULL PRIMARY KEY REFERENCES users (user),
    -- Never the PIN: `argon2id:memory:rounds:salt:hash`.
    sealed TEXT NOT NULL,
    set_at TEXT NOT NULL,
    -- Wrong ones since the last right one.
    failures INTEGER NOT NULL DEFAULT 0 CHECK (failures >= 0),
    revision INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;

CREATE TABLE holds (
    customer_id TEXT NOT NULL PRIMARY KEY REFERENCES customers (customer_id),
    reason TEXT NOT NULL,
    set_by TEXT NOT NULL,
    set_at TEXT NOT NULL,
    -- Number of the journal row that set it.
    revision INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE erasures (
    erasure TEXT NOT NULL PRIMARY KEY,
    branch TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'proposed' CHECK (state IN ('proposed', 'done', 'refused', 'withdrawn')),
    reason TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at TEXT NOT NULL,
    decided_by TEXT,
    decided_at TEXT,
    note TEXT,
    revision INTEGER NOT NULL DEFAULT 1,
    CHECK ((state = 'proposed') = (decided_at IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)),
    -- Two people: nobody erases what she put forward.
    CHECK (state NOT IN ('done', 'refused') OR decided_by <> proposed_by)
) STRICT, WITHOUT ROWID;

CREATE INDEX erasures_open ON erasures (erasure) WHERE state = 'proposed';

-- Which customers; by their number alone, because it outlives them.
CREATE TABLE erasure_customers (
    erasure TEXT NOT NULL REFERENCES erasures (erasure),
    customer_id TEXT NOT NULL,
    -- The last day of the relation.
    ended_on TEXT NOT NULL CHECK (ended_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    -- What came of it: rows and files that were erased, and a hash of what they said; null = kept.
    rows INTEGER,
    files INTEGER,
    proof TEXT,
    PRIMARY KEY (erasure, customer_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX erasure_customers_by_customer ON erasure_customers (customer_id);

CREATE TRIGGER erasures_keep_words BEFORE UPDATE OF erasure, branch, reason, proposed_by, proposed_at ON erasures
BEGIN SELECT RAISE(ABORT, 'erasures: what was put forward stays as it was'); END;

CREATE TRIGGER erasures_ended BEFORE UPDATE OF state ON erasures WHEN OLD.state <> 'proposed'
BEGIN SELECT RAISE(ABORT, 'erasures: what has ended stays so'); END;

CREATE TRIGGER erasures_no_delete BEFORE DELETE ON erasures
BEGIN SELECT RAISE(ABORT, 'erasures: rows are never deleted'); END;

CREATE TRIGGER erasure_customers_no_delete BEFORE DELETE ON erasure_customers
BEGIN SELECT RAISE(ABORT, 'erasure_customers: rows are never deleted'); END;

-- An erasure that two people agreed on may delete what nothing else may: while it runs, the customer
-- stands in one that is done and has no proof yet.
CREATE VIEW erasing AS
SELECT x.customer_id FROM erasure_customers x JOIN erasures e USING (erasure)
WHERE e.state = 'done' AND x.proof IS NULL;

DROP TRIGGER call_backs_no_delete;
CREATE TRIGGER call_backs_no_delete BEFORE DELETE ON call_backs
WHEN NOT EXISTS (SELECT 1 FROM erasing JOIN visits v USING (customer_id) WHERE v.visit_id = OLD.visit_id)
BEGIN SELECT RAISE(ABORT, 'call_backs: rows are never deleted'); END;

DROP TRIGGER flag_owners_no_delete;
CREATE TRIGGER flag_owners_no_delete BEFORE DELETE ON flag_owners
WHEN NOT EXISTS (SELECT 1 FROM erasing JOIN flags f USING (customer_id) WHERE f.flag_id = OLD.flag_id)
BEGIN SELECT RAISE(ABORT, 'flag_owners: rows are never deleted'); END;

DROP TRIGGER prep_checks_no_delete;
CREATE TRIGGER prep_checks_no_delete BEFORE DELETE ON prep_checks
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE customer_id = OLD.customer_id)
BEGIN SELECT RAISE(ABORT, 'prep_checks: rows are never deleted'); END;

DROP TRIGGER record_writers_no_delete;
CREATE TRIGGER record_writers_no_delete BEFORE DELETE ON record_writers
WHEN NOT EXISTS (SELECT 1 FROM erasing JOIN visits v USING (customer_id) WHERE v.visit_id = OLD.visit_id)
BEGIN SELECT RAISE(ABORT, 'record_writers: rows are never deleted'); END;

DROP TRIGGER packet_given_no_delete;
CREATE TRIGGER packet_given_no_delete BEFORE DELETE ON packet_given
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE customer_id = OLD.customer_id)
BEGIN SELECT RAISE(ABORT, 'packet_given: rows are never deleted'); END;

DROP TRIGGER packet_open_no_delete;
CREATE TRIGGER packet_open_no_delete BEFORE DELETE ON packet_open
WHEN NOT EXISTS (SELECT 1 FROM erasing WHERE customer_id = OLD.customer_id)
BEGIN SELECT RAISE(ABORT, 'packet_open: rows are never deleted'); END;

-- What an auditor asks: what somebody did, and who looked at what.
CREATE INDEX journal_by_actor ON journal (actor, seq);
CREATE INDEX journal_looks ON journal (at, actor, command, subject)
WHERE command IN ('read', 'read_refused', 'reveal', 'export', 'report', 'note_copy', 'sign_in', 'sign_in_refused', 'unlock');
