-- Which versions a visit has and how far they are, and what somebody has open, without the records
-- themselves: their rows are long, and to find one by its key the engine reads the rows that it passes,
-- with what lies outside of their pages.

CREATE INDEX records_versions ON records (visit_id, version, state);
CREATE INDEX records_by_author ON records (author, state, visit_id, version, started_at)
    WHERE state IN ('draft', 'submitted', 'returned');
