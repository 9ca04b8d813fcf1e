-- A covenant may belong to one loan: what it asks for is owed from the day on which that loan was paid
-- out, and as long as it runs. The projection says of which loan a deadline is.

CREATE TABLE covenant_loans (
    covenant_id TEXT NOT NULL REFERENCES covenants (covenant_id),
    loan_id TEXT NOT NULL REFERENCES loans (loan_id),
    revision INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (covenant_id)
) STRICT, WITHOUT ROWID;

ALTER TABLE deadlines ADD COLUMN loan_id TEXT;
