-- Files as proof at flags, attempts to use others' files as such, and what the notes scan has read.

-- A file proves one flag. Beside that it may belong to a visit of the same customer, on or after the
-- day on which the flag was raised: what was seen then proves what became of it.
CREATE TABLE proofs (
    sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
    flag_id TEXT NOT NULL REFERENCES flags (flag_id),
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
    seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX proofs_by_flag ON proofs (flag_id, seq);

-- Attempts to prove a flag with a file that belongs elsewhere: whoever ends the flag is told.
CREATE TABLE proof_refusals (
    flag_id TEXT NOT NULL REFERENCES flags (flag_id),
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    -- One of the two.
    first_visit TEXT,
    first_flag TEXT,
    tried_by TEXT NOT NULL,
    tried_at TEXT NOT NULL,
    PRIMARY KEY (flag_id, sha256),
    CHECK (first_visit IS NOT NULL OR first_flag IS NOT NULL)
) STRICT, WITHOUT ROWID;

-- A file that was tried in a visit and belongs to a flag; `first_visit` is empty then.
ALTER TABLE attachment_refusals ADD COLUMN first_flag TEXT;

-- Transcripts of visits that were read for signals, tags and attitude: none is read twice.
CREATE TABLE heard_texts (
    sha256 TEXT NOT NULL PRIMARY KEY,
    visit_id TEXT NOT NULL,
    -- The words by which it was read.
    pack TEXT NOT NULL,
    read_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX heard_texts_by_visit ON heard_texts (visit_id);

-- What they propose, with the words that caused it and where these stand.
CREATE TABLE heard (
    sha256 TEXT NOT NULL,
    n INTEGER NOT NULL,
    visit_id TEXT NOT NULL,
    -- `00:01:05` of a talk, the number of the line of a text.
    mark TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('signal', 'tag', 'attitude')),
    code TEXT NOT NULL,
    words TEXT NOT NULL,
    PRIMARY KEY (sha256, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX heard_by_visit ON heard (visit_id);
