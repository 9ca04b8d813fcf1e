-- Why a delay or an end was asked for, by its kind; none is known of earlier requests.

ALTER TABLE request_care ADD COLUMN ground TEXT CHECK (ground IN ('customer_away', 'customer_unwilling',
    'officer_away', 'workload', 'hindrance', 'papers', 'settling', 'other'));
