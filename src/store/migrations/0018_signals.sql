-- Flags under care: until when each is to have what it waits for, what a rule saw that proposed it,
-- who is looked at besides, and the events outside because of which customers are looked at.

-- The moment until which a flag has what it waits for now, under the pack at the time of its last
-- step; null = no limit.
ALTER TABLE flag_care ADD COLUMN step_due TEXT;
-- Of a flag that a rule proposed: the rule as it stood, and what it saw in one text. As long as a
-- rule sees the same, a flag that was rejected is not proposed again.
ALTER TABLE flag_care ADD COLUMN rule TEXT;
ALTER TABLE flag_care ADD COLUMN rule_stamp TEXT;
CREATE INDEX flag_care_due ON flag_care (step_due) WHERE step_due IS NOT NULL;

-- What a rule saw: name of the fact or code of another signal, its value, the day that it is of.
CREATE TABLE flag_inputs (
    flag_id TEXT NOT NULL REFERENCES flags (flag_id),
    n INTEGER NOT NULL,
    fact TEXT NOT NULL,
    value TEXT NOT NULL,
    as_of TEXT,
    PRIMARY KEY (flag_id, n)
) STRICT, WITHOUT ROWID;

-- Events outside (外部事件): a price, a policy, a flood. Empty lists concern everybody in that respect.
CREATE TABLE events (
    event_id TEXT NOT NULL PRIMARY KEY,
    kind TEXT NOT NULL CHECK (kind IN ('price', 'policy', 'disaster', 'other')),
    title TEXT NOT NULL,
    -- Change in ten-thousandths of a percent, for a price.
    change INTEGER,
    happened_on TEXT NOT NULL CHECK (happened_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    -- Words of industries, districts and codes of drivers, parted by `;`.
    industries TEXT NOT NULL DEFAULT '',
    districts TEXT NOT NULL DEFAULT '',
    drivers TEXT NOT NULL DEFAULT '',
    -- What is to be looked at, and until when.
    points TEXT NOT NULL,
    due_on TEXT NOT NULL CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    branch TEXT NOT NULL DEFAULT '',
    entered_by TEXT NOT NULL,
    entered_at TEXT NOT NULL,
    closed_on TEXT CHECK (closed_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    finding TEXT,
    revision INTEGER NOT NULL DEFAULT 1,
    CHECK ((closed_on IS NULL) = (finding IS NULL)),
    CHECK (kind = 'price' OR change IS NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX events_open ON events (happened_on) WHERE closed_on IS NULL;

-- Customers looked at because of something that is not their own: a flag of a group member or mutual
-- guarantor, an event outside. Each is looked at once because of the same thing.
CREATE TABLE look_ats (
    origin TEXT NOT NULL,
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    todo_id TEXT NOT NULL REFERENCES todos (todo_id),
    PRIMARY KEY (origin, customer_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX look_ats_by_todo ON look_ats (todo_id);
-- Who else is in a group, asked when a red flag is confirmed.
CREATE INDEX customers_by_group ON customers (group_id, customer_id) WHERE group_id IS NOT NULL;
CREATE INDEX relations_by_related ON relations (related_customer_id) WHERE related_customer_id IS NOT NULL;
