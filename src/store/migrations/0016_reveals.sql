-- How often somebody has looked at personal data lately, and when the last anchor was written, is
-- found without reading the journal.

CREATE INDEX journal_reveals ON journal (actor, at) WHERE command = 'reveal';
CREATE INDEX journal_anchors ON journal (seq) WHERE command = 'anchor';
