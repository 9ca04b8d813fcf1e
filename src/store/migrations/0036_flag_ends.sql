-- A flag that ends: which to-dos its measure left open, and what the rule of its signal saw then, so
-- that the same is not proposed again the next minute, and what got worse is.

CREATE TABLE flag_todos (
    todo_id TEXT NOT NULL PRIMARY KEY REFERENCES todos (todo_id),
    flag_id TEXT NOT NULL REFERENCES flags (flag_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX flag_todos_by_flag ON flag_todos (flag_id);

CREATE TABLE flag_end_inputs (
    flag_id TEXT NOT NULL REFERENCES flags (flag_id),
    n INTEGER NOT NULL,
    fact TEXT NOT NULL,
    value TEXT NOT NULL,
    as_of TEXT,
    PRIMARY KEY (flag_id, n)
) STRICT, WITHOUT ROWID;

-- Whether the rule held when the flag ended; NULL = nobody looked.
ALTER TABLE flag_care ADD COLUMN held_at_end INTEGER CHECK (held_at_end IN (0, 1));
