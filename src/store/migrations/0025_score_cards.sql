-- Score cards of the bank's own: proposed by one person, brought into force by another, kept for ever.

CREATE TABLE score_cards (
    -- Id and version: `score-own@1`.
    card TEXT NOT NULL PRIMARY KEY,
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
CREATE UNIQUE INDEX score_cards_active ON score_cards (state) WHERE state = 'active';

-- What was decided upon is what stays.
CREATE TRIGGER score_cards_keep_content BEFORE UPDATE OF content, sha256, proposed_by, proposed_at ON score_cards
BEGIN SELECT RAISE(ABORT, 'score_cards: a version is never changed'); END;
CREATE TRIGGER score_cards_no_delete BEFORE DELETE ON score_cards
BEGIN SELECT RAISE(ABORT, 'score_cards: versions are never deleted'); END;
