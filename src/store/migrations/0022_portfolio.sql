-- How the portfolio stood each night, by officer and tier: a projection kept for its trend.

CREATE TABLE portfolio_days (
    day TEXT NOT NULL CHECK (day GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    officer TEXT NOT NULL,
    tier TEXT NOT NULL,
    customers INTEGER NOT NULL,
    exposure INTEGER NOT NULL,
    PRIMARY KEY (day, officer, tier)
) STRICT, WITHOUT ROWID;
