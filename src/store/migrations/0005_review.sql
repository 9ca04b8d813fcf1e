-- Review in rounds and levels: what a record held when it was returned, how comments were dealt
-- with, opinions beside the reviewer's, and call-backs of the sample.

-- 退回: each return of a version, in order. What the record held then is in returned_answers, so that
-- the reviewer sees what was mended.
CREATE TABLE returns (
    visit_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    n INTEGER NOT NULL CHECK (n >= 1),
    user TEXT NOT NULL,
    at TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (visit_id, version, n),
    FOREIGN KEY (visit_id, version) REFERENCES records (visit_id, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE returned_answers (
    visit_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    n INTEGER NOT NULL,
    item TEXT NOT NULL,
    value TEXT NOT NULL,
    evidence TEXT,
    note TEXT NOT NULL,
    unchanged INTEGER NOT NULL,
    PRIMARY KEY (visit_id, version, n, item),
    FOREIGN KEY (visit_id, version, n) REFERENCES returns (visit_id, version, n)
) STRICT, WITHOUT ROWID;

-- How the officer dealt with a comment, in her words.
CREATE TABLE comment_replies (
    comment_id TEXT NOT NULL PRIMARY KEY REFERENCES comments (comment_id),
    text TEXT NOT NULL,
    author TEXT NOT NULL,
    at TEXT NOT NULL,
    revision INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;

-- Whose opinions the rules of review want for a version; set when it is handed in and again when
-- somebody decides.
CREATE TABLE opinion_needs (
    visit_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('second', 'risk', 'compliance')),
    PRIMARY KEY (visit_id, version, level),
    FOREIGN KEY (visit_id, version) REFERENCES records (visit_id, version)
) STRICT, WITHOUT ROWID;

-- 会签意见: bound to the content that was read; handed in anew, it is asked for anew. `review` is the
-- reviewer's own approval while further opinions are awaited. Nobody speaks twice.
CREATE TABLE opinions (
    visit_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    content_hash TEXT NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('review', 'second', 'risk', 'compliance')),
    user TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('agree', 'conditions', 'disagree')),
    text TEXT NOT NULL,
    at TEXT NOT NULL,
    revision INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (visit_id, version, content_hash, level),
    UNIQUE (visit_id, version, content_hash, user),
    FOREIGN KEY (visit_id, version) REFERENCES records (visit_id, version)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER opinions_four_eyes BEFORE INSERT ON opinions
WHEN EXISTS (
    SELECT 1 FROM records r WHERE r.visit_id = NEW.visit_id AND r.version = NEW.version AND NEW.user IN (r.author, r.submitted_by))
    OR EXISTS (
    SELECT 1 FROM record_writers w WHERE w.visit_id = NEW.visit_id AND w.version = NEW.version AND w.user = NEW.user)
    OR EXISTS (
    SELECT 1 FROM visits v JOIN customers c USING (customer_id)
    WHERE v.visit_id = NEW.visit_id AND NEW.user IN (v.officer, c.officer))
BEGIN SELECT RAISE(ABORT, 'four eyes: whose opinion it is had a hand in this record'); END;
CREATE TRIGGER opinions_same_person BEFORE UPDATE OF user, level, content_hash ON opinions
BEGIN SELECT RAISE(ABORT, 'opinions: an opinion stays whose and of what it is'); END;
CREATE TRIGGER records_all_opinions BEFORE UPDATE OF state ON records
WHEN NEW.state = 'approved' AND EXISTS (
    SELECT 1 FROM opinion_needs n WHERE n.visit_id = NEW.visit_id AND n.version = NEW.version AND NOT EXISTS (
        SELECT 1 FROM opinions o WHERE o.visit_id = n.visit_id AND o.version = n.version AND o.level = n.level
            AND o.content_hash = NEW.content_hash AND o.verdict <> 'disagree'))
BEGIN SELECT RAISE(ABORT, 'opinions: one that is needed is missing'); END;

-- 抽样回访: every call, also those that reached nobody.
CREATE TABLE call_backs (
    visit_id TEXT NOT NULL REFERENCES visits (visit_id),
    n INTEGER NOT NULL CHECK (n >= 1),
    version INTEGER NOT NULL,
    result TEXT NOT NULL CHECK (result IN ('confirmed', 'not_reached', 'differs')),
    contact TEXT NOT NULL,
    text TEXT NOT NULL,
    user TEXT NOT NULL,
    at TEXT NOT NULL,
    flag_id TEXT,
    PRIMARY KEY (visit_id, n)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER call_backs_no_update BEFORE UPDATE ON call_backs
BEGIN SELECT RAISE(ABORT, 'call_backs: rows are never changed'); END;
CREATE TRIGGER call_backs_no_delete BEFORE DELETE ON call_backs
BEGIN SELECT RAISE(ABORT, 'call_backs: rows are never deleted'); END;
-- Records by the time at which they were handed in: what a month's sample is drawn from.
CREATE INDEX records_handed_in ON records (submitted_at) WHERE state IN ('submitted', 'approved');
