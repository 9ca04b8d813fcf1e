-- Documents and photos: each file stands once, under the hash of its content, with the one visit that it belongs to.
--
-- The files themselves lie beside the database (`attach/ab/<sha256>`). A file is in its place before
-- its row is committed; a file without a row is harmless and tidied away, a row without a file is told.

CREATE TABLE attachments (
    sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
    visit_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    item TEXT NOT NULL,
    category TEXT,
    media TEXT NOT NULL,
    name TEXT NOT NULL,
    size INTEGER NOT NULL CHECK (size > 0),
    width INTEGER CHECK (width > 0),
    height INTEGER CHECK (height > 0),
    -- Time of the branch, as the camera says.
    taken_at TEXT CHECK (taken_at GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]T*'),
    -- Millionths of a degree.
    latitude INTEGER,
    longitude INTEGER,
    added_by TEXT NOT NULL,
    added_at TEXT NOT NULL,
    -- Number of the journal row: the order in which they were registered.
    seq INTEGER NOT NULL,
    FOREIGN KEY (visit_id, version) REFERENCES records (visit_id, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX attachments_by_visit ON attachments (visit_id, version);

-- Attempts to use a file that belongs to another visit: the reviewer is told.
CREATE TABLE attachment_refusals (
    visit_id TEXT NOT NULL REFERENCES visits (visit_id),
    sha256 TEXT NOT NULL,
    item TEXT NOT NULL,
    name TEXT NOT NULL,
    first_visit TEXT NOT NULL,
    tried_by TEXT NOT NULL,
    tried_at TEXT NOT NULL,
    PRIMARY KEY (visit_id, sha256)
) STRICT, WITHOUT ROWID;
