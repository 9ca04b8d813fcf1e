//! What was published of due visits in calendar files.

use rusqlite::{Connection, Result, named_params};

use super::read::scope::Sight;
use super::row::{day, id, maybe_day};
use super::{Error, Store};
use crate::access::Actor;
use crate::domain::ids::UserId;
use crate::protocol::calendar::CalendarEvent;

impl Store {
    /// What stood in the last files of the officers in an actor's sight.
    pub fn published(
        &self,
        actor: &Actor,
        officer: Option<&UserId>,
    ) -> std::result::Result<Vec<CalendarEvent>, Error> {
        let sight = Sight::of(actor).narrowed(self.conn(), officer)?;
        Ok(read(self.conn(), &sight)?)
    }
}

fn read(db: &Connection, sight: &Sight) -> Result<Vec<CalendarEvent>> {
    let sql = format!(
        "SELECT officer, uid, due, summary, digest, sequence, cancelled_on FROM calendar_events \
         WHERE {} ORDER BY officer, uid",
        sight.seek("officer")
    );
    db.prepare_cached(&sql)?
        .query_map(named_params! {":scope": sight.value()}, |row| {
            Ok(CalendarEvent {
                officer: id(row, 0)?,
                uid: row.get(1)?,
                due: day(row, 2)?,
                summary: row.get(3)?,
                digest: row.get(4)?,
                sequence: row.get(5)?,
                cancelled_on: maybe_day(row, 6)?,
            })
        })?
        .collect()
}

/// Keeps what stands in the files now, of officers in sight alone.
pub(super) fn keep(db: &Connection, sight: &Sight, events: &[CalendarEvent]) -> Result<()> {
    let sql = format!("DELETE FROM calendar_events WHERE {}", sight.seek("officer"));
    db.prepare_cached(&sql)?.execute(named_params! {":scope": sight.value()})?;
    let sql = format!(
        "INSERT INTO calendar_events (officer, uid, due, summary, digest, sequence, cancelled_on) \
         SELECT :officer, :uid, :due, :summary, :digest, :sequence, :cancelled WHERE {}",
        sight.seek(":officer")
    );
    let mut insert = db.prepare_cached(&sql)?;
    for event in events {
        insert.execute(named_params! {
            ":officer": event.officer.as_str(), ":uid": event.uid, ":due": event.due.to_string(),
            ":summary": event.summary, ":digest": event.digest, ":sequence": event.sequence,
            ":cancelled": event.cancelled_on.map(|day| day.to_string()), ":scope": sight.value(),
        })?;
    }
    Ok(())
}
