-- Early-warning scores by the day on which they changed, with their card: quarters are judged by them.

CREATE TABLE scores (
    customer_id TEXT NOT NULL REFERENCES customers (customer_id),
    scored_on TEXT NOT NULL CHECK (scored_on GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]'),
    card TEXT NOT NULL,
    score INTEGER NOT NULL,
    -- Ten-thousandths.
    probability INTEGER NOT NULL CHECK (probability BETWEEN 0 AND 10000),
    grade TEXT NOT NULL,
    -- How many inputs of the statements were known.
    known INTEGER NOT NULL,
    PRIMARY KEY (customer_id, scored_on)
) STRICT, WITHOUT ROWID;
