-- How a visit is conducted: the co-inspector's own opinion, what a customer declared, likeness, what follows.

-- 协查: who inspects beside the lead, and what she says in her own session. One row a version; the
-- signature is of the content with this hash, so a later change of an answer shows.
CREATE TABLE co_inspections (
    visit_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    user TEXT NOT NULL,
    asked_by TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    stand TEXT CHECK (stand IN ('agree', 'reserve', 'disagree')),
    opinion TEXT,
    signed_at TEXT,
    content_hash TEXT,
    revision INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (visit_id, version),
    FOREIGN KEY (visit_id, version) REFERENCES records (visit_id, version),
    CHECK (user <> asked_by),
    CHECK ((stand IS NULL) = (signed_at IS NULL) AND (opinion IS NULL) = (signed_at IS NULL)
        AND (content_hash IS NULL) = (signed_at IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX co_inspections_by_user ON co_inspections (user, visit_id, version);
-- Nobody inspects beside herself, and a signature never passes to another name.
CREATE TRIGGER co_inspections_not_the_lead BEFORE INSERT ON co_inspections
WHEN EXISTS (SELECT 1 FROM records r WHERE r.visit_id = NEW.visit_id AND r.version = NEW.version
    AND NEW.user IN (r.author, r.submitted_by))
BEGIN SELECT RAISE(ABORT, 'co_inspections: the lead can''t inspect beside herself'); END;
CREATE TRIGGER co_inspections_one_name BEFORE UPDATE OF user ON co_inspections WHEN NEW.user <> OLD.user
BEGIN SELECT RAISE(ABORT, 'co_inspections: another name is another row'); END;
-- Who signs had a hand in the record: she can't review it.
CREATE TRIGGER co_inspections_signed AFTER UPDATE OF signed_at ON co_inspections WHEN NEW.signed_at IS NOT NULL
BEGIN INSERT INTO record_writers (visit_id, version, user) VALUES (NEW.visit_id, NEW.version, NEW.user) ON CONFLICT DO NOTHING; END;

-- 客户自述: what a customer answered in a questionnaire. Taken in where the officer had no answer;
-- where she had another one, she decides.
CREATE TABLE declared_answers (
    visit_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    item TEXT NOT NULL,
    value TEXT NOT NULL,
    declared_by TEXT NOT NULL,
    declared_on TEXT NOT NULL CHECK (declared_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    decided TEXT CHECK (decided IN ('own', 'declared')),
    taken_by TEXT NOT NULL,
    taken_at TEXT NOT NULL,
    PRIMARY KEY (visit_id, version, item),
    FOREIGN KEY (visit_id, version) REFERENCES records (visit_id, version)
) STRICT, WITHOUT ROWID;

-- Free texts of records that were handed in, and the bands under which similar ones meet. Only adds:
-- a candidate is compared by its words, so that an old band leads to no wrong answer.
CREATE TABLE text_prints (
    text_id INTEGER PRIMARY KEY,
    visit_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    -- Empty = all texts of the record together.
    item TEXT NOT NULL,
    UNIQUE (visit_id, version, item)
) STRICT;
CREATE TABLE text_bands (
    band INTEGER NOT NULL,
    text_id INTEGER NOT NULL,
    PRIMARY KEY (band, text_id)
) STRICT, WITHOUT ROWID;

-- What was so when a record was handed in: why its words are like others', and when the customer is
-- to be seen next, by the plan and by the officer's wish.
CREATE TABLE handings (
    visit_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    likeness_reason TEXT,
    planned_next TEXT CHECK (planned_next GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    planned_codes TEXT NOT NULL DEFAULT '',
    wished_next TEXT CHECK (wished_next GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    wish_reason TEXT,
    PRIMARY KEY (visit_id, version),
    FOREIGN KEY (visit_id, version) REFERENCES records (visit_id, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX handings_wished ON handings (wished_next, visit_id) WHERE wished_next IS NOT NULL;

-- Which texts of others each text was like then, the likest first.
CREATE TABLE likenesses (
    visit_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    item TEXT NOT NULL,
    percent INTEGER NOT NULL CHECK (percent BETWEEN 0 AND 100),
    other_visit TEXT NOT NULL,
    other_version INTEGER NOT NULL,
    other_item TEXT NOT NULL,
    PRIMARY KEY (visit_id, version, item),
    FOREIGN KEY (visit_id, version) REFERENCES records (visit_id, version)
) STRICT, WITHOUT ROWID;
