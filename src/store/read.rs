//! Placeholder of branch `store` until the reads are merged.

pub(crate) mod scope;

use chrono::{DateTime, FixedOffset};
use rusqlite::Connection;

use crate::access::Actor;
use crate::assets::Packs;
use crate::protocol::page::{InboxPage, NoticeRow, Page};
use crate::protocol::query::Query;
use crate::protocol::reply::Refusal;

/// One read.
pub(crate) fn page(
    db: &Connection,
    _packs: &Packs,
    actor: &Actor,
    _now: DateTime<FixedOffset>,
    _query: &Query,
) -> Result<Page, Refusal> {
    let mut statement = db.prepare_cached(
        "SELECT notice_id, kind, business_date, acknowledged_at IS NULL FROM notices WHERE to_user = ?1",
    )?;
    let rows = statement.query_map([actor.user.as_str()], |row| {
        Ok(NoticeRow {
            id: row.get(0)?,
            kind: row.get(1)?,
            customer: None,
            name: None,
            visit: None,
            flag: None,
            date: super::row::day(row, 2)?,
            days: 0,
            officer_name: None,
            unread: row.get(3)?,
        })
    })?;
    Ok(Page::Inbox(std::sync::Arc::new(InboxPage { rows: rows.collect::<Result<_, _>>()? })))
}
