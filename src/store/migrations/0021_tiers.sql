-- Five-tier classification: what the machine proposes, what people decide, and what happened to a debtor.

-- Customers whose proposal differs from the tier in force, since when.
CREATE TABLE tier_proposals (
    customer_id TEXT NOT NULL PRIMARY KEY REFERENCES customers (customer_id),
    tier TEXT NOT NULL CHECK (tier IN ('normal', 'special_mention', 'substandard', 'doubtful', 'loss')),
    -- One a line, as `TierReason` writes them.
    reasons TEXT NOT NULL,
    since TEXT NOT NULL CHECK (since GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]')
) STRICT, WITHOUT ROWID;

CREATE TABLE tier_decisions (
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    n INTEGER NOT NULL CHECK (n >= 1),
    state TEXT NOT NULL CHECK (state IN ('proposed', 'confirmed', 'refused', 'withdrawn')),
    before TEXT NOT NULL,
    tier TEXT NOT NULL CHECK (tier IN ('normal', 'special_mention', 'substandard', 'doubtful', 'loss')),
    -- What the machine said when the tier was put forward, and by which pack.
    machine TEXT NOT NULL,
    machine_reasons TEXT NOT NULL,
    pack TEXT NOT NULL,
    reason TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at TEXT NOT NULL,
    decided_by TEXT,
    decided_at TEXT,
    note TEXT,
    PRIMARY KEY (customer_id, n),
    CHECK ((state IN ('confirmed', 'refused')) = (decided_by IS NOT NULL)),
    -- Nobody confirms her own tier.
    CHECK (decided_by IS NULL OR decided_by <> proposed_by)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX tier_decisions_open ON tier_decisions (customer_id) WHERE state = 'proposed';

CREATE TABLE tier_events (
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    event TEXT NOT NULL,
    since TEXT NOT NULL CHECK (since GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    ended_on TEXT,
    note TEXT NOT NULL,
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (customer_id, event, since)
) STRICT, WITHOUT ROWID;
