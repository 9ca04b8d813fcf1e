-- What a packet said when its customers changed hands. Figures, flags and to-dos move on; what was
-- given over does not.

CREATE TABLE packet_given (
    packet TEXT NOT NULL REFERENCES packets (packet),
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    tier TEXT NOT NULL,
    exposure INTEGER,
    yellow INTEGER NOT NULL,
    orange INTEGER NOT NULL,
    red INTEGER NOT NULL,
    todos INTEGER NOT NULL,
    last_visit TEXT,
    next_due TEXT,
    PRIMARY KEY (packet, customer_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER packet_given_no_update BEFORE UPDATE ON packet_given
BEGIN SELECT RAISE(ABORT, 'packet_given: rows are never changed'); END;
CREATE TRIGGER packet_given_no_delete BEFORE DELETE ON packet_given
BEGIN SELECT RAISE(ABORT, 'packet_given: rows are never deleted'); END;

-- Live flags and open to-dos, as they stood.
CREATE TABLE packet_open (
    packet TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('flag', 'todo')),
    ref TEXT NOT NULL,
    state TEXT NOT NULL,
    level TEXT,
    measure TEXT,
    due_on TEXT,
    owner TEXT,
    PRIMARY KEY (packet, customer_id, kind, ref),
    FOREIGN KEY (packet, customer_id) REFERENCES packet_given (packet, customer_id)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER packet_open_no_update BEFORE UPDATE ON packet_open
BEGIN SELECT RAISE(ABORT, 'packet_open: rows are never changed'); END;
CREATE TRIGGER packet_open_no_delete BEFORE DELETE ON packet_open
BEGIN SELECT RAISE(ABORT, 'packet_open: rows are never deleted'); END;
