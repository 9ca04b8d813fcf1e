-- What is recorded here about a request beyond the exchange: which rows were asked for together, what
-- is done meanwhile, and what the decider said.
CREATE TABLE request_care (
    request_id TEXT NOT NULL PRIMARY KEY REFERENCES requests (request_id),
    bundle TEXT NOT NULL,
    interim TEXT NOT NULL DEFAULT '',
    asked_at TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE INDEX request_care_by_bundle ON request_care (bundle);
CREATE INDEX requests_open ON requests (customer_id) WHERE decision IS NULL;

-- Four eyes: nobody decides her own request.
CREATE TRIGGER requests_four_eyes BEFORE UPDATE OF decided_by ON requests
WHEN NEW.decided_by IS NOT NULL AND NEW.decided_by IS NEW.requested_by
BEGIN SELECT RAISE(ABORT, 'four eyes: whoever asked does not decide'); END;
