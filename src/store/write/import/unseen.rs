//! Grave flags that another system confirmed: whatever was decided about them there, nobody here has
//! seen them. They wait for that like those raised here, and are told of when they wait too long.

use rusqlite::{Connection, named_params};

use super::State;
use crate::domain::flag::{Awaited, Level};
use crate::store::{Error, instant};

/// Gives each of them the limit of its level, from now on; one that has become graver a shorter one.
pub(super) fn wait(tx: &Connection, state: &State) -> Result<(), Error> {
    const NEW: &str = "
        INSERT INTO flag_care (flag_id, step, step_due)
        SELECT f.flag_id, 'open', :due FROM flags f LEFT JOIN flag_care c USING (flag_id)
        WHERE f.state = 'confirmed' AND f.level = :level AND f.origin = 'import'
            AND c.flag_id IS NULL";
    const RISEN: &str = "
        UPDATE flag_care SET step_due = :due
        WHERE step = 'open' AND (step_due IS NULL OR step_due > :due) AND flag_id IN (
            SELECT f.flag_id FROM flags f
            WHERE f.state = 'confirmed' AND f.level = :level AND f.origin = 'import')";
    let (care, days) = (&state.packs.care, &state.packs.workdays);
    for level in Level::ALL.iter().filter(|level| **level > Level::Yellow) {
        let due = care.due(days, *level, Awaited::Acknowledged, state.now).map(instant::store);
        for sql in [NEW, RISEN] {
            tx.prepare_cached(sql)?
                .execute(named_params! {":due": due, ":level": level.as_code()})?;
        }
    }
    Ok(())
}
