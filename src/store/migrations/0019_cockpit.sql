-- The cockpit: how the duties of a month were met, loans without a plan, and months that were closed.

ALTER TABLE customer_facts ADD COLUMN unplanned INTEGER NOT NULL DEFAULT 0;
ALTER TABLE customer_facts ADD COLUMN exempt INTEGER NOT NULL DEFAULT 0;
CREATE INDEX customer_facts_unplanned ON customer_facts (officer, unplanned) WHERE unplanned > 0;
CREATE INDEX customer_facts_exempt ON customer_facts (officer, exempt) WHERE exempt > 0;
CREATE INDEX customers_by_district ON customers (coalesce(district, ''), officer);

-- A projection like `due_visits`: the duties of one customer that fell due in a month.
CREATE TABLE month_duties (
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    month TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]'),
    officer TEXT NOT NULL,
    district TEXT NOT NULL,
    on_time INTEGER NOT NULL,
    late INTEGER NOT NULL,
    open INTEGER NOT NULL,
    PRIMARY KEY (customer_id, month)
) STRICT, WITHOUT ROWID;
CREATE INDEX month_duties_missed ON month_duties (month, customer_id, late, open) WHERE late + open > 0;

-- Its sums, so that no key has to add up a whole book.
CREATE TABLE month_load (
    month TEXT NOT NULL,
    officer TEXT NOT NULL,
    district TEXT NOT NULL,
    on_time INTEGER NOT NULL,
    late INTEGER NOT NULL,
    open INTEGER NOT NULL,
    PRIMARY KEY (month, officer, district)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER month_load_more AFTER INSERT ON month_duties
BEGIN
    INSERT INTO month_load (month, officer, district, on_time, late, open)
    VALUES (NEW.month, NEW.officer, NEW.district, NEW.on_time, NEW.late, NEW.open)
    ON CONFLICT (month, officer, district) DO UPDATE SET
        on_time = on_time + NEW.on_time, late = late + NEW.late, open = open + NEW.open;
END;

CREATE TRIGGER month_load_less AFTER DELETE ON month_duties
BEGIN
    UPDATE month_load SET
        on_time = on_time - OLD.on_time, late = late - OLD.late, open = open - OLD.open
    WHERE month = OLD.month AND officer = OLD.officer AND district = OLD.district;
    DELETE FROM month_load WHERE month = OLD.month AND officer = OLD.officer
        AND district = OLD.district AND on_time = 0 AND late = 0 AND open = 0;
END;

-- A month that a branch has closed, and its figures on that day; what comes later changes nothing in them.
CREATE TABLE closed_months (
    branch TEXT NOT NULL,
    month TEXT NOT NULL CHECK (month GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]'),
    closed_by TEXT NOT NULL,
    closed_at TEXT NOT NULL,
    PRIMARY KEY (branch, month)
) STRICT, WITHOUT ROWID;

CREATE TABLE closed_figures (
    branch TEXT NOT NULL,
    month TEXT NOT NULL,
    grouping TEXT NOT NULL CHECK (grouping IN ('officer', 'district')),
    -- Login name or district; empty = without a district.
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    figure TEXT NOT NULL,
    n INTEGER NOT NULL,
    -- Of a share: of how many.
    of INTEGER NOT NULL,
    PRIMARY KEY (branch, month, grouping, key, figure),
    FOREIGN KEY (branch, month) REFERENCES closed_months (branch, month)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER closed_months_no_update BEFORE UPDATE ON closed_months
BEGIN SELECT RAISE(ABORT, 'closed_months: what was closed stays so'); END;
CREATE TRIGGER closed_months_no_delete BEFORE DELETE ON closed_months
BEGIN SELECT RAISE(ABORT, 'closed_months: what was closed stays so'); END;
CREATE TRIGGER closed_figures_no_update BEFORE UPDATE ON closed_figures
BEGIN SELECT RAISE(ABORT, 'closed_figures: what was closed stays so'); END;
CREATE TRIGGER closed_figures_no_delete BEFORE DELETE ON closed_figures
BEGIN SELECT RAISE(ABORT, 'closed_figures: what was closed stays so'); END;

-- Planned again at the next start, so that the figures are there on the day of this step.
DELETE FROM job_runs WHERE job = 'roll_plan';
