-- Unread messages are counted kind by kind at every start and after every write, while what was read
-- stays for ever.
CREATE INDEX notices_unread_kind ON notices (to_user, kind) WHERE acknowledged_at IS NULL;
