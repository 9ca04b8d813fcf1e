-- What a visit found changed in a customer's dossier: who took which answer over, and what stood there before.

CREATE TABLE dossier_updates (
    visit_id TEXT NOT NULL REFERENCES visits (visit_id),
    item TEXT NOT NULL,
    n INTEGER NOT NULL CHECK (n >= 1),
    version INTEGER NOT NULL,
    field TEXT NOT NULL CHECK (field IN ('industry', 'address', 'phone', 'legal_rep', 'controller')),
    before TEXT,
    after TEXT NOT NULL CHECK (after <> ''),
    by TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (visit_id, item, n)
) STRICT, WITHOUT ROWID;
