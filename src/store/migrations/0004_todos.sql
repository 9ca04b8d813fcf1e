-- 待办: what customers promised and what was agreed with them, until it is done or dropped.

CREATE TABLE todos (
    todo_id TEXT NOT NULL PRIMARY KEY,
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    -- The visit and the item at which it was noted; null = noted outside of one.
    visit_id TEXT,
    item TEXT,
    kind TEXT NOT NULL CHECK (kind IN ('document', 'agreed', 'recommendation', 'measure')),
    text TEXT NOT NULL,
    -- The same in English, where it comes from a checklist.
    text_en TEXT,
    owner TEXT NOT NULL,
    promised_by TEXT NOT NULL CHECK (promised_by IN ('customer', 'bank')),
    due_on TEXT NOT NULL CHECK (due_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'dropped')),
    done_on TEXT CHECK (done_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    -- What proves that it is done; a visit's id where a later record says so.
    proof TEXT,
    -- Why it was dropped: words, or a code of the program.
    reason TEXT,
    noted_by TEXT NOT NULL,
    noted_on TEXT NOT NULL,
    revision INTEGER NOT NULL DEFAULT 1,
    CHECK ((state = 'done') = (done_on IS NOT NULL)),
    CHECK (state <> 'dropped' OR reason IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE INDEX todos_by_customer ON todos (customer_id, state, due_on);
CREATE INDEX todos_open ON todos (due_on, customer_id, todo_id) WHERE state = 'open';
-- A document is promised once at an item of a visit, however often the record is amended.
CREATE UNIQUE INDEX todos_by_item ON todos (visit_id, item) WHERE kind = 'document';

-- Documents that stand promised in the records of this file.
INSERT INTO todos (todo_id, customer_id, visit_id, item, kind, text, owner, promised_by, due_on, noted_by, noted_on)
SELECT 'T-' || p.visit_id || '-' || p.item, p.customer_id, p.visit_id, p.item, 'document', p.item,
    p.officer, 'customer', substr(p.value, 12, 10), p.answered_by, p.visited_on
FROM (
    SELECT v.customer_id, v.visit_id, v.visited_on, c.officer, a.item, a.value, a.answered_by,
        row_number() OVER (
            PARTITION BY v.customer_id, a.item
            ORDER BY v.visited_on DESC, v.visit_id DESC, r.version DESC) AS nth
    FROM visits v
    JOIN customers c ON c.customer_id = v.customer_id
    JOIN records r ON r.visit_id = v.visit_id AND r.state IN ('submitted', 'approved')
    JOIN answers a ON a.visit_id = r.visit_id AND a.version = r.version
    WHERE a.value >= 'o:' AND a.value < 'o;') p
WHERE p.nth = 1 AND p.value GLOB 'o:promised|[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]|*';
