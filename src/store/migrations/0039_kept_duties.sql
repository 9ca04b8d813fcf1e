-- What is due is judged by the policy that was in force then: duties that a change of the policy or of a
-- customer's cell would judge anew are kept as they were.
CREATE TABLE kept_duties (
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    code TEXT NOT NULL,
    ref TEXT NOT NULL,
    raw_due TEXT NOT NULL CHECK (raw_due GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    class TEXT NOT NULL,
    opens TEXT NOT NULL,
    -- Before any delay: what was decided about the duty stands in `requests`.
    due TEXT NOT NULL,
    -- Rule and version that judge it, with the rule's source.
    rule TEXT NOT NULL,
    policy TEXT NOT NULL,
    source TEXT NOT NULL,
    verified INTEGER NOT NULL CHECK (verified IN (0, 1)),
    -- Day of the visit that had met it; null = none had.
    met_on TEXT,
    -- Day of the change.
    kept_on TEXT NOT NULL,
    -- What the policy in force since would ask instead; null for periodic duties.
    instead TEXT,
    standing TEXT NOT NULL CHECK (standing IN ('owed', 'past', 'served', 'spared')),
    PRIMARY KEY (customer_id, code, ref, raw_due)
) STRICT, WITHOUT ROWID;
