-- Orders of superiors: inspections given out together, and customers that change hands in a packet.

-- 专项检查: what is recorded here about a task beyond the exchange: which were ordered together, and
-- why one was called off. Done is what a visit proves, never a mark.
CREATE TABLE task_care (
    task_id TEXT NOT NULL PRIMARY KEY REFERENCES tasks (task_id),
    batch TEXT NOT NULL,
    issued_at TEXT NOT NULL,
    cancelled_by TEXT,
    cancelled_at TEXT,
    cancel_reason TEXT,
    CHECK ((cancelled_by IS NULL) = (cancelled_at IS NULL) AND (cancel_reason IS NULL) = (cancelled_at IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX task_care_by_batch ON task_care (batch);
CREATE INDEX tasks_by_issue ON tasks (issued_on);

-- 移交: customers that pass from one officer to another before a witness. Nothing moves before all
-- three have signed the same content.
CREATE TABLE packets (
    packet TEXT NOT NULL PRIMARY KEY,
    giver TEXT NOT NULL,
    receiver TEXT NOT NULL,
    witness TEXT NOT NULL,
    effective_on TEXT NOT NULL CHECK (effective_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    reason TEXT NOT NULL,
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'withdrawn')),
    started_by TEXT NOT NULL,
    started_at TEXT NOT NULL,
    ended_by TEXT,
    ended_at TEXT,
    end_reason TEXT,
    revision INTEGER NOT NULL DEFAULT 1,
    CHECK (giver <> receiver AND giver <> witness AND receiver <> witness),
    CHECK ((state = 'open') = (ended_at IS NULL) AND (ended_by IS NULL) = (ended_at IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX packets_open ON packets (packet) WHERE state = 'open';

CREATE TABLE packet_customers (
    packet TEXT NOT NULL REFERENCES packets (packet),
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    -- What no table says: habits, who really decides, what was promised by word.
    oddity TEXT NOT NULL DEFAULT '',
    written_by TEXT,
    written_at TEXT,
    revision INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (packet, customer_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX packet_customers_by_customer ON packet_customers (customer_id);

-- Bound to the content that was read; after a change everybody signs anew. Nobody signs for another.
CREATE TABLE packet_signatures (
    packet TEXT NOT NULL REFERENCES packets (packet),
    content_hash TEXT NOT NULL,
    part TEXT NOT NULL CHECK (part IN ('giver', 'receiver', 'witness')),
    user TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (packet, content_hash, part),
    UNIQUE (packet, content_hash, user)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER packet_signatures_own BEFORE INSERT ON packet_signatures
WHEN NOT EXISTS (SELECT 1 FROM packets p WHERE p.packet = NEW.packet AND p.state = 'open' AND NEW.user =
    CASE NEW.part WHEN 'giver' THEN p.giver WHEN 'receiver' THEN p.receiver ELSE p.witness END)
BEGIN SELECT RAISE(ABORT, 'packet_signatures: everybody signs for herself, while it is open'); END;
CREATE TRIGGER packet_signatures_no_update BEFORE UPDATE ON packet_signatures
BEGIN SELECT RAISE(ABORT, 'packet_signatures: rows are never changed'); END;
CREATE TRIGGER packet_signatures_no_delete BEFORE DELETE ON packet_signatures
BEGIN SELECT RAISE(ABORT, 'packet_signatures: rows are never deleted'); END;
CREATE TRIGGER packets_same_people BEFORE UPDATE OF giver, receiver, witness, effective_on ON packets
BEGIN SELECT RAISE(ABORT, 'packets: another agreement is another packet'); END;
CREATE TRIGGER packets_three_signed BEFORE UPDATE OF state ON packets
WHEN NEW.state = 'done' AND NOT EXISTS (
    SELECT 1 FROM packet_signatures s WHERE s.packet = NEW.packet
    GROUP BY s.content_hash HAVING count(DISTINCT s.user) = 3)
BEGIN SELECT RAISE(ABORT, 'packets: three people sign the same content'); END;
CREATE TRIGGER packets_ended BEFORE UPDATE OF state ON packets WHEN OLD.state <> 'open'
BEGIN SELECT RAISE(ABORT, 'packets: what has ended stays so'); END;
