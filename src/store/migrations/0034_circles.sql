-- The look for signals asks for everybody of a trade circle.
CREATE INDEX customers_by_circle ON customers (trade_circle, customer_id) WHERE trade_circle <> '';
