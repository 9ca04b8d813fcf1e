-- A proposal waits to be decided, whatever owner, measure or date was put in it meanwhile: it counts as
-- left lying until somebody confirms or rejects it.
DROP INDEX flags_rotting;
ALTER TABLE flags DROP COLUMN rots_on;
ALTER TABLE flags ADD COLUMN rots_on TEXT GENERATED ALWAYS AS (
    CASE state WHEN 'proposed' THEN ''
        WHEN 'confirmed' THEN
            CASE WHEN owner IS NULL OR coalesce(measure, '') = '' THEN '' ELSE due_on END END) VIRTUAL;
CREATE INDEX flags_rotting ON flags (customer_id, rots_on) WHERE rots_on IS NOT NULL;
-- What a checklist said of a flag, in English: the note has it in Chinese, so that everybody reads her own
-- language. Empty where somebody wrote words of her own.
ALTER TABLE flag_care ADD COLUMN note_en TEXT;
-- What the rule of a signal saw when somebody made its flag milder: it raises the flag again only for more.
ALTER TABLE flag_care ADD COLUMN lowered_stamp TEXT;
