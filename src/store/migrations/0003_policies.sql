-- Policies of the bank's own: proposed by one person, brought into force by another, kept for ever.

CREATE TABLE policies (
    -- Id and version: `chengdong@2`.
    policy TEXT NOT NULL PRIMARY KEY,
    content TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'active', 'retired', 'refused')),
    reason TEXT NOT NULL,
    proposed_by TEXT NOT NULL,
    proposed_at TEXT NOT NULL,
    decided_by TEXT,
    decided_at TEXT,
    revision INTEGER NOT NULL DEFAULT 1,
    -- Four eyes: nobody brings her own proposal into force. Taking it back is her right.
    CHECK (state NOT IN ('active', 'retired') OR decided_by <> proposed_by)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX policies_active ON policies (state) WHERE state = 'active';

-- What was decided upon is what stays.
CREATE TRIGGER policies_keep_content BEFORE UPDATE OF content, sha256, proposed_by, proposed_at ON policies
BEGIN SELECT RAISE(ABORT, 'policies: a version is never changed'); END;
CREATE TRIGGER policies_no_delete BEFORE DELETE ON policies
BEGIN SELECT RAISE(ABORT, 'policies: versions are never deleted'); END;
