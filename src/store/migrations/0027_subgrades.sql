-- What belongs to tiers and flags besides: the bank's own grade within a tier, and files as proof.

-- 子级: the bank's own code, such as 关注2; NULL where it has none.
ALTER TABLE tier_decisions ADD COLUMN subgrade TEXT;

-- Sums of the portfolio by industry and district read these alone, not each customer's whole row.
CREATE INDEX customers_by_field ON customers (customer_id, industry, district);
