//! Messages to me.

use rusqlite::{Result, named_params};

use super::Asked;
use crate::protocol::page::{InboxPage, MANY_UNREAD, NoticeRow, OfficerRead};
use crate::store::row::{count, day, maybe_day, maybe_id};
use crate::store::{instant, tiers};

/// Whether what message `n` warns of still stands. A visit that was made meanwhile, a record that was
/// reviewed: nobody has to read of it any more, and nothing is written for that, so that taking the
/// work back brings the warning back as well.
///
/// An officer's own visits are looked for where hers lie together: her messages are counted at every
/// start, and the rows of her customers lie far apart.
const STANDS: [(&[&str], &str); 21] = [
    (
        &["visit_overdue"],
        "CASE WHEN EXISTS (\
         SELECT 1 FROM due_visits d INDEXED BY due_visits_by_officer \
         WHERE d.officer = n.to_user AND d.due = substr(n.subject, -10) \
         AND d.customer_id = n.customer_id AND d.customer_id || '@' || d.due = n.subject) \
         THEN 1 ELSE EXISTS (SELECT 1 FROM due_visits d \
         WHERE d.customer_id = n.customer_id AND d.customer_id || '@' || d.due = n.subject) END",
    ),
    (
        &["visits_ahead"],
        "EXISTS (SELECT 1 FROM due_visits d \
         WHERE d.officer = n.to_user AND d.due = substr(n.subject, 1, 10))",
    ),
    (
        &["deadlines_ahead"],
        "EXISTS (SELECT 1 FROM deadlines d \
         WHERE d.officer = n.to_user AND d.due = substr(n.subject, 1, 10))",
    ),
    (
        &["deadline_late"],
        "EXISTS (SELECT 1 FROM deadlines d \
         WHERE d.customer_id = n.customer_id AND d.kind || ':' || d.ref || '@' || d.due = n.subject)",
    ),
    (
        &["flag_overdue"],
        "EXISTS (SELECT 1 FROM flags f WHERE f.flag_id = n.flag_id \
         AND f.state = 'confirmed' AND f.flag_id || '@' || coalesce(f.due_on, '') = n.subject)",
    ),
    (
        &["flag_no_action"],
        "EXISTS (SELECT 1 FROM flags f WHERE f.flag_id = n.flag_id \
         AND f.state = 'confirmed' AND (f.owner IS NULL OR f.measure IS NULL OR f.due_on IS NULL))",
    ),
    (
        &["tier_late"],
        "EXISTS (SELECT 1 FROM tier_proposals p \
         WHERE p.customer_id = n.customer_id AND p.customer_id || '@' || p.since = n.subject \
         AND NOT {ANSWERED}) \
         OR EXISTS (SELECT 1 FROM tier_decisions t \
         WHERE t.customer_id = n.customer_id AND t.state = 'proposed')",
    ),
    (
        &["tier_open"],
        "EXISTS (SELECT 1 FROM tier_decisions t \
         WHERE t.customer_id = n.customer_id AND t.state = 'proposed')",
    ),
    (
        &["strategy_open", "strategy_late"],
        "EXISTS (SELECT 1 FROM strategies t \
         WHERE t.customer_id = n.customer_id AND t.state = 'proposed' \
         AND t.customer_id || '#' || t.n = n.subject)",
    ),
    (
        &["flag_asked"],
        "EXISTS (SELECT 1 FROM flags f JOIN flag_care k USING (flag_id) \
         JOIN users me ON me.user = n.to_user \
         WHERE f.flag_id = n.flag_id AND f.state IN ('proposed', 'confirmed') \
         AND k.lies_with = me.role)",
    ),
    (
        &["flag_step_late"],
        "EXISTS (SELECT 1 FROM flags f JOIN flag_care k USING (flag_id) \
         WHERE f.flag_id = n.flag_id AND f.state IN ('proposed', 'confirmed') \
         AND f.flag_id || '#' || k.step || '@' || k.step_due = n.subject)",
    ),
    (
        &["request_open"],
        "EXISTS (SELECT 1 FROM request_care q JOIN requests a USING (request_id) \
         WHERE q.bundle = n.subject AND a.decision IS NULL)",
    ),
    (
        &["flag_rejected"],
        "EXISTS (SELECT 1 FROM flags f WHERE f.flag_id = n.flag_id AND f.state = 'rejected')",
    ),
    (
        &["flag_lowered"],
        "EXISTS (SELECT 1 FROM flags f JOIN flag_care k USING (flag_id) \
         WHERE f.flag_id = n.flag_id AND f.state IN ('proposed', 'confirmed') \
         AND k.proposed_level IS NOT NULL AND k.proposed_level <> f.level)",
    ),
    (
        &["flag_replanned"],
        "EXISTS (SELECT 1 FROM flags f JOIN flag_care k USING (flag_id) \
         WHERE f.flag_id = n.flag_id AND f.state = 'confirmed' AND k.step = 'acknowledged')",
    ),
    (
        &["flag_reopened"],
        "EXISTS (SELECT 1 FROM flags f WHERE f.flag_id = n.flag_id AND f.state = 'proposed')",
    ),
    (&["rules_branch"], "NOT EXISTS (SELECT 1 FROM users u WHERE u.branch = n.subject)"),
    (
        &["todo_overdue"],
        "EXISTS (SELECT 1 FROM todos t \
         WHERE t.todo_id = substr(n.subject, 1, length(n.subject) - 11) AND t.state = 'open')",
    ),
    (
        &["erasure_open"],
        "EXISTS (SELECT 1 FROM erasures e \
         WHERE e.erasure = n.subject AND e.state = 'proposed')",
    ),
    (
        &["review_late"],
        "EXISTS (SELECT 1 FROM records x \
         WHERE x.visit_id = n.visit_id AND x.state = 'submitted')",
    ),
    (
        &["record_approved"],
        "EXISTS (SELECT 1 FROM records x \
         WHERE x.visit_id = n.visit_id AND x.state = 'approved')",
    ),
];

/// What holds as long as a message of this kind stands; those that warn of nothing stand always.
fn stands(kind: &str) -> String {
    let rule = STANDS.iter().find(|(kinds, _)| kinds.contains(&kind));
    rule.map_or("1", |(_, rule)| rule).replace("{ANSWERED}", &tiers::answered())
}

/// The same for a message of any kind.
fn any_stands() -> String {
    let kinds = STANDS.iter().flat_map(|(kinds, _)| *kinds);
    let cases = kinds.map(|kind| format!("WHEN '{kind}' THEN {}", stands(kind)));
    format!("CASE n.kind {} ELSE 1 END", cases.collect::<Vec<_>>().join(" "))
}

impl Asked<'_> {
    /// Unread messages of the actor's that still stand, up to [`MANY_UNREAD`].
    ///
    /// Kind by kind: the rule of all kinds together is the longest statement of a start, and who has
    /// many messages has enough of the first kinds.
    pub(super) fn unread(&self) -> Result<u32> {
        const KINDS: &str = "WITH RECURSIVE k(kind) AS (\
            SELECT min(kind) FROM notices INDEXED BY notices_unread_kind \
                WHERE to_user = :user AND acknowledged_at IS NULL \
            UNION ALL SELECT (SELECT min(kind) FROM notices INDEXED BY notices_unread_kind \
                WHERE to_user = :user AND kind > k.kind AND acknowledged_at IS NULL) \
            FROM k WHERE k.kind IS NOT NULL) SELECT kind FROM k WHERE kind IS NOT NULL";
        let user = self.actor.user.as_str();
        let mut statement = self.db.prepare_cached(KINDS)?;
        let kinds = statement.query_map(named_params! {":user": user}, |row| row.get(0))?;
        let mut unread = 0;
        for kind in kinds {
            let kind: String = kind?;
            // What was read stays for ever, and is not looked at.
            let sql = format!(
                "SELECT count(*) FROM (SELECT 1 FROM notices n INDEXED BY notices_unread_kind \
                 WHERE n.to_user = :user AND n.kind = :kind AND n.acknowledged_at IS NULL AND ({}) LIMIT :most)",
                stands(&kind)
            );
            let parameters =
                named_params! {":user": user, ":kind": kind, ":most": MANY_UNREAD - unread};
            unread += self.db.prepare_cached(&sql)?.query_row(parameters, |row| count(row, 0))?;
            if unread >= MANY_UNREAD {
                break;
            }
        }
        Ok(unread)
    }

    pub(super) fn inbox(&self) -> Result<InboxPage> {
        let sql = format!(
            "SELECT n.notice_id, n.kind, c.customer_id, c.name, n.visit_id, n.flag_id, \
             n.business_date, coalesce(b.name, u.name, c.officer), n.acknowledged_at IS NULL, \
             CASE n.kind WHEN 'visit_overdue' THEN (SELECT min(d.due) FROM due_visits d WHERE d.customer_id = n.customer_id) \
             WHEN 'flag_overdue' THEN (SELECT f.due_on FROM flags f WHERE f.flag_id = n.flag_id) \
             WHEN 'todo_overdue' THEN substr(n.subject, -10) \
             WHEN 'deadline_late' THEN substr(n.subject, -10) END, \
             CASE WHEN c.customer_id IS NULL THEN NULL \
             WHEN n.kind IN ('flag_rejected', 'flag_lowered', 'flag_replanned', 'flag_reopened') \
             THEN (SELECT w.note FROM flag_history w WHERE w.flag_id = n.flag_id \
             AND w.flag_id || '#' || w.n = n.subject) \
             ELSE r.review_note END, \
             CASE WHEN n.kind IN ('visits_ahead', 'deadlines_ahead') THEN substr(n.subject, 1, 10) END, \
             CASE n.kind WHEN 'visits_ahead' THEN (SELECT count(*) FROM due_visits d \
             WHERE d.officer = :user AND d.due = substr(n.subject, 1, 10)) \
             WHEN 'deadlines_ahead' THEN (SELECT count(*) FROM deadlines d \
             WHERE d.officer = :user AND d.due = substr(n.subject, 1, 10)) ELSE 0 END, \
             h.notice_id IS NOT NULL, h.acknowledged_at, {} AS stands \
             FROM notices n LEFT JOIN customers c ON c.customer_id = n.customer_id \
             AND (n.kind = 'co_inspect' OR {}) \
             LEFT JOIN users u ON u.user = c.officer \
             LEFT JOIN records r ON n.kind = 'record_returned' AND r.visit_id = n.visit_id \
             AND r.version = (SELECT max(x.version) FROM records x WHERE x.visit_id = n.visit_id) \
             LEFT JOIN users b ON b.user = r.reviewed_by \
             LEFT JOIN notices h ON h.to_user = c.officer AND h.to_user <> n.to_user \
             AND h.kind = n.kind AND h.subject = n.subject \
             WHERE n.to_user = :user \
             ORDER BY n.acknowledged_at IS NOT NULL OR NOT stands, n.kind = 'record_approved', \
             n.created_at DESC, \
             n.notice_id DESC LIMIT 200",
            any_stands(),
            self.sight.sieve("c.officer")
        );
        let parameters =
            named_params! {":scope": self.sight.value(), ":user": self.actor.user.as_str()};
        let rows = self
            .db
            .prepare_cached(&sql)?
            .query_map(parameters, |row| {
                let (since, stands) = (maybe_day(row, 9)?, row.get(15)?);
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
                    unread: row.get::<_, bool>(8)? && stands,
                    stands,
                    ahead: maybe_day(row, 11)?.zip(row.get(12)?),
                    officer_read: officer_read(row.get(13)?, row.get(14)?),
                })
            })?
            .collect::<Result<_>>()?;
        Ok(InboxPage { rows })
    }
}

/// Whether the officer, who was `told` the same, has read it, and when.
fn officer_read(told: bool, at: Option<String>) -> OfficerRead {
    match (told, at) {
        (false, _) => OfficerRead::NotTold,
        (true, None) => OfficerRead::NotYet,
        (true, Some(at)) => instant::read(&at).map_or(OfficerRead::NotYet, OfficerRead::At),
    }
}
