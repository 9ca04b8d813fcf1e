//! Messages to me.

use rusqlite::{Result, named_params};

use super::Asked;
use crate::protocol::page::{InboxPage, NoticeRow};
use crate::store::row::{day, maybe_day, maybe_id};

impl Asked<'_> {
    pub(super) fn inbox(&self) -> Result<InboxPage> {
        let sql = format!(
            "SELECT n.notice_id, n.kind, c.customer_id, c.name, n.visit_id, n.flag_id, \
             n.business_date, coalesce(b.name, u.name, c.officer), n.acknowledged_at IS NULL, \
             CASE n.kind WHEN 'visit_overdue' THEN (SELECT min(d.due) FROM due_visits d WHERE d.customer_id = n.customer_id) \
             WHEN 'flag_overdue' THEN (SELECT f.due_on FROM flags f WHERE f.flag_id = n.flag_id) \
             WHEN 'todo_overdue' THEN substr(n.subject, -10) END, \
             CASE WHEN c.customer_id IS NOT NULL THEN r.review_note END \
             FROM notices n LEFT JOIN customers c ON c.customer_id = n.customer_id \
             AND (n.kind = 'co_inspect' OR {}) \
             LEFT JOIN users u ON u.user = c.officer \
             LEFT JOIN records r ON n.kind = 'record_returned' AND r.visit_id = n.visit_id \
             AND r.version = (SELECT max(x.version) FROM records x WHERE x.visit_id = n.visit_id) \
             LEFT JOIN users b ON b.user = r.reviewed_by \
             WHERE n.to_user = :user ORDER BY n.acknowledged_at IS NOT NULL, n.created_at DESC, \
             n.notice_id DESC LIMIT 200",
            self.sight.sieve("c.officer")
        );
        let parameters =
            named_params! {":scope": self.sight.value(), ":user": self.actor.user.as_str()};
        let rows = self
            .db
            .prepare_cached(&sql)?
            .query_map(parameters, |row| {
                let since = maybe_day(row, 9)?;
                Ok(NoticeRow {
                    id: row.get(0)?,
                    kind: row.get(1)?,
                    customer: maybe_id(row, 2)?,
                    name: row.get(3)?,
                    visit: maybe_id(row, 4)?,
                    flag: maybe_id(row, 5)?,
                    date: day(row, 6)?,
                    days: since.map_or(0, |since| (self.today - since).num_days().max(0)),
                    officer_name: row.get(7)?,
                    note: row.get::<_, Option<String>>(10)?.filter(|note| !note.is_empty()),
                    unread: row.get(8)?,
                })
            })?
            .collect::<Result<_>>()?;
        Ok(InboxPage { rows })
    }
}
