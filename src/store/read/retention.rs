//! Data whose time is over, for those who put their erasure forward, agree to it, or audit it.

use rusqlite::{Row, named_params};

use super::Asked;
use crate::access::{Action, Scope};
use crate::assets::privacy;
use crate::domain::retention::ErasureState;
use crate::protocol::page::{Erased, ErasureRow, ExpiredRow, RetentionPage};
use crate::protocol::reply::Refusal;
use crate::store::retention;
use crate::store::row::{code, count, id, shown_to_minute};

/// Customers listed at the most, and proposals that have ended.
const MOST: usize = 200;
const MOST_PAST: i64 = 50;
/// Names of one proposal.
const NAMES: i64 = 8;

impl Asked<'_> {
    pub(super) fn retention(&self) -> Result<RetentionPage, Refusal> {
        if !self.actor.may(Action::ReadErasures) {
            return Err(Refusal::NotFound);
        }
        let keep = privacy::customers();
        let over = retention::expired(self.db, &self.sight, self.today, None)?;
        let due_total = u32::try_from(over.len()).unwrap_or(u32::MAX);
        let due = over.into_iter().take(MOST).map(|over| ExpiredRow {
            customer: over.customer,
            name: over.name,
            ended_on: over.ended_on,
            hold: over.hold,
            held_by: over.held_by,
        });
        Ok(RetentionPage {
            years: keep.years,
            verified: keep.verified,
            open: self.erasures("e.state = 'proposed' ORDER BY e.proposed_at, e.erasure")?,
            due: due.collect(),
            due_total,
            undated: retention::undated(self.db, &self.sight, self.today)?,
            past: self.erasures("e.state <> 'proposed' ORDER BY e.decided_at DESC, e.erasure")?,
        })
    }

    fn erasures(&self, which: &str) -> rusqlite::Result<Vec<ErasureRow>> {
        let branch = match self.actor.scope() {
            Scope::Branch(branch) => Some(branch),
            _ => None,
        };
        let sql = format!(
            "SELECT e.erasure, e.state, e.reason, coalesce(p.name, e.proposed_by), e.proposed_at,
                e.proposed_by = :user,
                (SELECT count(*) FROM erasure_customers x WHERE x.erasure = e.erasure),
                (SELECT group_concat(name, char(10)) FROM (SELECT c.name FROM erasure_customers x
                    JOIN customers c ON c.customer_id = x.customer_id
                    WHERE x.erasure = e.erasure ORDER BY x.customer_id LIMIT {NAMES})),
                coalesce(d.name, e.decided_by), e.decided_at, coalesce(e.note, ''),
                (SELECT count(x.rows) FROM erasure_customers x WHERE x.erasure = e.erasure),
                (SELECT coalesce(sum(x.rows), 0) FROM erasure_customers x WHERE x.erasure = e.erasure),
                (SELECT coalesce(sum(x.words_gone), 0) FROM erasure_customers x
                    WHERE x.erasure = e.erasure),
                (SELECT coalesce(sum(x.words_kept), 0) FROM erasure_customers x
                    WHERE x.erasure = e.erasure),
                e.proposed_by
            FROM erasures e LEFT JOIN users p ON p.user = e.proposed_by
            LEFT JOIN users d ON d.user = e.decided_by
            WHERE (:branch IS NULL OR e.branch = :branch) AND {which} LIMIT {MOST_PAST}"
        );
        let parameters = named_params! {":user": self.actor.user.as_str(), ":branch": branch};
        self.db.prepare_cached(&sql)?.query_map(parameters, read)?.collect()
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<ErasureRow> {
    let names: Option<String> = row.get(7)?;
    let by: Option<String> = row.get(8)?;
    let at: Option<String> = row.get(9)?;
    let note: String = row.get(10)?;
    Ok(ErasureRow {
        erasure: id(row, 0)?,
        state: code(row, 1, ErasureState::from_code)?,
        reason: row.get(2)?,
        by: row.get(3)?,
        by_login: id(row, 15)?,
        at: shown_to_minute(&row.get::<_, String>(4)?),
        own: row.get(5)?,
        customers: count(row, 6)?,
        names: names.unwrap_or_default().lines().map(str::to_owned).collect(),
        decided: by.zip(at).map(|(by, at)| (by, shown_to_minute(&at), note)),
        erased: Erased {
            customers: count(row, 11)?,
            rows: u64::from(count(row, 12)?),
            words_gone: u64::from(count(row, 13)?),
            words_kept: u64::from(count(row, 14)?),
        },
    })
}
