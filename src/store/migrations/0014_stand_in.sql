-- A giver who has left can't sign: a supervisor who is neither receiver nor witness stands in.

DROP TRIGGER packet_signatures_own;
CREATE TRIGGER packet_signatures_own BEFORE INSERT ON packet_signatures
WHEN NOT EXISTS (SELECT 1 FROM packets p WHERE p.packet = NEW.packet AND p.state = 'open' AND NEW.user =
    CASE NEW.part WHEN 'giver' THEN p.giver WHEN 'receiver' THEN p.receiver ELSE p.witness END)
AND NOT EXISTS (SELECT 1 FROM packets p JOIN users g ON g.user = p.giver AND g.disabled = 1
    JOIN users s ON s.user = NEW.user AND s.disabled = 0 AND s.role = 'supervisor'
    WHERE p.packet = NEW.packet AND p.state = 'open' AND NEW.part = 'giver'
    AND NEW.user NOT IN (p.giver, p.receiver, p.witness))
BEGIN SELECT RAISE(ABORT, 'packet_signatures: everybody signs for herself, while it is open'); END;
