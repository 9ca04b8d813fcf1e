-- What stood in the last calendar file of each officer: what has changed gets a higher sequence, and
-- what is gone is struck out in the next files for a while.
CREATE TABLE calendar_events (
    officer TEXT NOT NULL,
    uid TEXT NOT NULL,
    due TEXT NOT NULL CHECK (due GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    summary TEXT NOT NULL,
    digest TEXT NOT NULL,
    sequence INTEGER NOT NULL CHECK (sequence >= 0),
    cancelled_on TEXT CHECK (cancelled_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    PRIMARY KEY (officer, uid)
) STRICT, WITHOUT ROWID;
