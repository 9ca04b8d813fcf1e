-- Lines of statements that `statements` has no column for, and where they come from.

CREATE TABLE statement_details (
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    period_end TEXT NOT NULL CHECK (period_end GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    source TEXT CHECK (source IN ('customer', 'tax', 'public', 'third')),
    audited INTEGER NOT NULL DEFAULT 0 CHECK (audited IN (0, 1)),
    restricted_cash INTEGER,
    fixed_assets INTEGER,
    noncurrent_assets INTEGER,
    noncurrent_liabilities INTEGER,
    paid_in_capital INTEGER,
    profit_before_tax INTEGER,
    income_tax INTEGER,
    investing_cash_flow INTEGER,
    financing_cash_flow INTEGER,
    cash_change INTEGER,
    opening_cash INTEGER,
    closing_cash INTEGER,
    top5_sales INTEGER,
    affiliate_sales INTEGER,
    guarantees_given INTEGER,
    debt_service INTEGER,
    -- Ten-thousandths of a percent.
    shares_pledged INTEGER,
    revision INTEGER NOT NULL DEFAULT 1,
    PRIMARY KEY (customer_id, period_end)
) STRICT, WITHOUT ROWID;
