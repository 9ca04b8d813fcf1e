-- The words of a journal row stand under a digest with a salt of its own, and the chain covers the
-- digest: so the words about an erased customer can go, and everything else stays proved.

-- Null in rows written before: their hash covers the words themselves, and these can never go.
ALTER TABLE journal ADD COLUMN digest TEXT;
-- Null once the words have gone: without it, nobody can try which words fit the digest.
ALTER TABLE journal ADD COLUMN salt TEXT;

-- Whom the words of a row are about; by number alone, because it outlives her.
CREATE TABLE journal_about (
    customer_id TEXT NOT NULL,
    seq INTEGER NOT NULL REFERENCES journal (seq),
    PRIMARY KEY (customer_id, seq)
) STRICT, WITHOUT ROWID;

CREATE INDEX journal_about_by_row ON journal_about (seq);

CREATE TRIGGER journal_about_new BEFORE INSERT ON journal_about
WHEN NEW.seq IS NOT (SELECT max(seq) FROM journal)
BEGIN SELECT RAISE(ABORT, 'journal_about: only of the row that was just written'); END;

CREATE TRIGGER journal_about_no_update BEFORE UPDATE ON journal_about
BEGIN SELECT RAISE(ABORT, 'journal_about: rows are never changed'); END;

CREATE TRIGGER journal_about_no_delete BEFORE DELETE ON journal_about
BEGIN SELECT RAISE(ABORT, 'journal_about: rows are never deleted'); END;

CREATE TRIGGER journal_sealed BEFORE INSERT ON journal
WHEN NEW.digest IS NULL OR NEW.salt IS NULL
BEGIN SELECT RAISE(ABORT, 'journal: words without a digest'); END;

-- One change passes, and this one only: the words and the salt of a row go, nothing else of it is
-- touched, it is about somebody who is being erased, and about nobody who stays.
DROP TRIGGER journal_no_update;
CREATE TRIGGER journal_no_update BEFORE UPDATE ON journal
WHEN NEW.before IS NOT NULL OR NEW.after IS NOT NULL OR NEW.salt IS NOT NULL
    OR OLD.digest IS NULL OR OLD.salt IS NULL OR OLD.command = 'erase'
    OR NEW.seq IS NOT OLD.seq OR NEW.at IS NOT OLD.at OR NEW.actor IS NOT OLD.actor
    OR NEW.role IS NOT OLD.role OR NEW.os_user IS NOT OLD.os_user
    OR NEW.session IS NOT OLD.session OR NEW.op IS NOT OLD.op
    OR NEW.command IS NOT OLD.command OR NEW.subject IS NOT OLD.subject
    OR NEW.digest IS NOT OLD.digest OR NEW.prev_hash IS NOT OLD.prev_hash
    OR NEW.hash IS NOT OLD.hash
    OR NOT EXISTS (SELECT 1 FROM journal_about a JOIN erasing USING (customer_id)
        WHERE a.seq = OLD.seq)
    OR EXISTS (SELECT 1 FROM journal_about a JOIN customers c USING (customer_id)
        WHERE a.seq = OLD.seq AND c.customer_id NOT IN (SELECT customer_id FROM erasing))
BEGIN SELECT RAISE(ABORT, 'journal: rows are never changed'); END;

-- An auditor sees wrong PINs, also those for a decision.
CREATE INDEX journal_vouches ON journal (at, actor) WHERE command = 'vouch';

-- What became of her rows in the journal: words that went, and rows of the old kind that keep them.
ALTER TABLE erasure_customers ADD COLUMN words_gone INTEGER;
ALTER TABLE erasure_customers ADD COLUMN words_kept INTEGER;
