//! Reminders and escalation: what falls due is brought to mind, what has been left lying is told to
//! the officer and to the branch's supervisors. Each thing is told once; the messages stay until
//! they are acknowledged. How many workdays before and after stands in the policy pack.

use chrono::{DateTime, Days, FixedOffset, NaiveDate};
use rusqlite::{Connection, named_params};

use crate::access::Actor;
use crate::assets::{strategy, tiers};
use crate::domain::workday::Workdays;
use crate::planning::policy::Policy;
use crate::store::proposal::LAPSED;
use crate::store::read::scope::SAME_BRANCH;
use crate::store::tiers::answered;
use crate::store::{Error, Store, instant, journal};

/// Visits that fall due some workdays from now: one message for all of an officer's on one day,
/// because twenty would be read as none.
const AHEAD: &str = "
    INSERT OR IGNORE INTO notices (to_user, kind, subject, business_date, created_at)
    SELECT o.user, 'visits_ahead', d.due || '@' || :workdays, :date, :at
    FROM due_visits d
    JOIN users o ON o.user = d.officer AND o.disabled = 0
    WHERE d.due >= :first AND d.due < :end
        AND NOT EXISTS (SELECT 1 FROM pauses x
            WHERE x.customer_id = d.customer_id AND x.until >= :date)
    GROUP BY o.user, d.due";

/// The same for deadlines beside visits.
const DEADLINES_AHEAD: &str = "
    INSERT OR IGNORE INTO notices (to_user, kind, subject, business_date, created_at)
    SELECT o.user, 'deadlines_ahead', d.due || '@' || :workdays, :date, :at
    FROM deadlines d
    JOIN users o ON o.user = d.officer AND o.disabled = 0
    WHERE d.due >= :first AND d.due < :end
    GROUP BY o.user, d.due";

/// Due visits that nobody has made: the officer hears of it first.
const VISITS: &str = "
    INSERT OR IGNORE INTO notices (to_user, kind, customer_id, subject, business_date, created_at)
    SELECT p.user, 'visit_overdue', d.customer_id, d.customer_id || '@' || d.due, :date, :at
    FROM due_visits d
    JOIN users o ON o.user = d.officer
    JOIN users p ON p.disabled = 0
        AND (p.user = o.user
            OR p.role = 'supervisor' AND {SAME_BRANCH} AND d.due < :since)
    WHERE d.due < :late
        AND NOT EXISTS (SELECT 1 FROM pauses x
            WHERE x.customer_id = d.customer_id AND x.until >= :date)";

/// Confirmed flags past their date, and those on which nobody acts.
const FLAGS: &str = "
    INSERT OR IGNORE INTO notices
        (to_user, kind, customer_id, flag_id, subject, business_date, created_at)
    SELECT p.user,
        CASE WHEN f.due_on < :date THEN 'flag_overdue' ELSE 'flag_no_action' END,
        f.customer_id, f.flag_id, f.flag_id || '@' || coalesce(f.due_on, ''), :date, :at
    FROM flags f
    JOIN customers c USING (customer_id)
    JOIN users o ON o.user = c.officer
    JOIN users p ON p.disabled = 0
        AND (p.user = o.user OR p.user = f.owner OR p.role = 'supervisor' AND {SAME_BRANCH})
    WHERE f.state = 'confirmed' AND f.raised_on < :date
        AND (f.due_on < :date OR f.owner IS NULL OR f.measure IS NULL OR f.due_on IS NULL)";

/// Records that nobody has reviewed.
const REVIEWS: &str = "
    INSERT OR IGNORE INTO notices
        (to_user, kind, customer_id, visit_id, subject, business_date, created_at)
    SELECT p.user, 'review_late', v.customer_id, v.visit_id,
        v.visit_id || '#' || r.version || '@' || r.submitted_at, :date, :at
    FROM records r
    JOIN visits v USING (visit_id)
    JOIN customers c USING (customer_id)
    JOIN users o ON o.user = c.officer
    JOIN users p ON p.disabled = 0 AND (p.user = r.author OR p.role = 'supervisor' AND {SAME_BRANCH})
    WHERE r.state = 'submitted' AND r.submitted_at < :since_instant";

/// 待办 past their date.
const LATE: &str = "
    INSERT OR IGNORE INTO notices
        (to_user, kind, customer_id, visit_id, subject, business_date, created_at)
    SELECT p.user, 'todo_overdue', t.customer_id, NULL, t.todo_id || '@' || t.due_on, :date, :at
    FROM todos t
    JOIN customers c USING (customer_id)
    JOIN users o ON o.user = c.officer
    JOIN users p ON p.disabled = 0
        AND (p.user = o.user OR p.user = t.owner OR p.role = 'supervisor' AND {SAME_BRANCH})
    WHERE t.state = 'open' AND t.due_on < :date";

/// Deadlines beside visits past their day: the officer at once, supervisors beyond the grace.
const DEADLINES: &str = "
    INSERT OR IGNORE INTO notices (to_user, kind, customer_id, subject, business_date, created_at)
    SELECT p.user, 'deadline_late', d.customer_id,
        d.kind || ':' || d.ref || '@' || d.due, :date, :at
    FROM deadlines d
    JOIN users o ON o.user = d.officer
    JOIN users p ON p.disabled = 0
        AND (p.user = o.user OR p.role = 'supervisor' AND {SAME_BRANCH} AND d.due < :since)
    WHERE d.due < :date";

/// Tiers that were proposed or put forward longer ago than they may wait for.
const TIERS: &str = "
    INSERT OR IGNORE INTO notices (to_user, kind, customer_id, subject, business_date, created_at)
    SELECT p.user, 'tier_late', w.customer_id, w.customer_id || '@' || w.since, :date, :at
    FROM (SELECT customer_id, since FROM tier_proposals p WHERE NOT {ANSWERED}
          UNION SELECT customer_id, date(proposed_at, '+8 hours') FROM tier_decisions
          WHERE state = 'proposed') w
    JOIN customers c USING (customer_id)
    JOIN users o ON o.user = c.officer
    JOIN users p ON p.disabled = 0
        AND (p.user = o.user OR p.role = 'supervisor' AND {SAME_BRANCH})
    WHERE w.since < :since";

/// Strategies that were put forward longer ago than they may wait for.
const STRATEGIES: &str = "
    INSERT OR IGNORE INTO notices (to_user, kind, customer_id, subject, business_date, created_at)
    SELECT p.user, 'strategy_late', s.customer_id, s.customer_id || '#' || s.n, :date, :at
    FROM strategies s
    JOIN customers c USING (customer_id)
    JOIN users o ON o.user = c.officer
    JOIN users p ON p.disabled = 0
        AND (p.user = o.user OR p.role = 'supervisor' AND {SAME_BRANCH})
    WHERE s.state = 'proposed' AND date(s.proposed_at, '+8 hours') < :since";

/// Flags that have not reached in time what they wait for: told to owner and supervisors. What a
/// rule proposed is in the list to decide; a message apiece would drown the rest, but for the grave that
/// the rule still finds.
const STEPS: &str = "
    INSERT OR IGNORE INTO notices
        (to_user, kind, customer_id, flag_id, subject, business_date, created_at)
    SELECT p.user, 'flag_step_late', f.customer_id, f.flag_id,
        f.flag_id || '#' || k.step || '@' || k.step_due, :date, :at
    FROM flag_care k
    JOIN flags f USING (flag_id)
    JOIN customers c USING (customer_id)
    JOIN users o ON o.user = c.officer
    JOIN users p ON p.disabled = 0
        AND (p.user = coalesce(f.owner, o.user) OR p.role = 'supervisor' AND {SAME_BRANCH})
    WHERE k.step_due < :at
        AND (f.state = 'confirmed'
            OR f.state = 'proposed' AND (k.rule IS NULL OR f.level IN ('orange', 'red'))
                AND NOT {LAPSED})";

/// Makes the messages about flags whose limit in working hours has passed by now. Runs at each look
/// at the jobs, not once a day: a limit of four hours would be told of the next morning.
fn steps(tx: &Connection, now: DateTime<FixedOffset>) -> Result<usize, Error> {
    let (date, at) = (instant::business_date(now).to_string(), instant::store(now));
    let sql = STEPS.replace("{SAME_BRANCH}", SAME_BRANCH).replace("{LAPSED}", LAPSED);
    Ok(tx.prepare_cached(&sql)?.execute(named_params! {":date": date, ":at": at})?)
}

impl Store {
    /// Tells of flags whose limit in working hours has passed; writes nothing if there is none.
    pub(super) fn tell_of_late_steps(
        &mut self,
        now: DateTime<FixedOffset>,
        session: &str,
    ) -> Result<(), Error> {
        let tx = self.begin()?;
        let count = steps(&tx, now)?;
        if count == 0 {
            return Ok(());
        }
        let after = format!(r#"{{"count":{count}}}"#);
        let entry = journal::Entry {
            actor: &Actor::program(session),
            now,
            op: None,
            command: "job",
            subject: "late_steps",
            before: None,
            after: Some(&after),
        };
        journal::append(&tx, &entry)?;
        Ok(tx.commit()?)
    }
}

/// Makes the messages of one business date; returns how many are new.
pub(super) fn run(
    tx: &Connection,
    policy: &Policy,
    days: &Workdays,
    date: NaiveDate,
    now: DateTime<FixedOffset>,
) -> Result<i64, Error> {
    let since = beyond(days, date, policy.grace_workdays);
    let late = beyond(days, date, policy.remind.after.saturating_sub(1));
    let (on, at) = (date.to_string(), instant::store(now));
    let since_instant = instant::start_of(since);
    let since = since.to_string();
    let confirm = tiers::shared().confirm_days;
    let confirm_by = date.checked_sub_days(Days::new(confirm)).unwrap_or(date).to_string();
    // Who is told follows the rule of who sees.
    let told =
        |sql: &str| sql.replace("{SAME_BRANCH}", SAME_BRANCH).replace("{ANSWERED}", &answered());
    let within = Days::new(strategy::shared().decide_days);
    let decide_by = date.checked_sub_days(within).unwrap_or(date).to_string();
    let mut made = vec![
        tx.prepare_cached(&told(VISITS))?.execute(
            named_params! {":date": on, ":at": at, ":since": since, ":late": late.to_string()},
        )?,
        tx.prepare_cached(&told(FLAGS))?.execute(named_params! {":date": on, ":at": at})?,
        tx.prepare_cached(&told(LATE))?.execute(named_params! {":date": on, ":at": at})?,
        tx.prepare_cached(&told(DEADLINES))?
            .execute(named_params! {":date": on, ":at": at, ":since": since})?,
        tx.prepare_cached(&told(TIERS))?
            .execute(named_params! {":date": on, ":at": at, ":since": confirm_by})?,
        tx.prepare_cached(&told(STRATEGIES))?
            .execute(named_params! {":date": on, ":at": at, ":since": decide_by})?,
        tx.prepare_cached(&told(REVIEWS))?
            .execute(named_params! {":date": on, ":at": at, ":since_instant": since_instant})?,
    ];
    // A day that was missed needs no look ahead any more; a day off is no day for reminders.
    if date == now.date_naive() && days.is_workday(date) {
        for workdays in &policy.remind.before {
            let first = days.plus_workdays(date, *workdays);
            let end = days.next_after(first);
            for sql in [AHEAD, DEADLINES_AHEAD] {
                made.push(tx.prepare_cached(sql)?.execute(named_params! {
                    ":workdays": workdays, ":date": on, ":at": at,
                    ":first": first.to_string(), ":end": end.to_string(),
                })?);
            }
        }
    }
    Ok(i64::try_from(made.iter().sum::<usize>()).unwrap_or(i64::MAX))
}

/// The first day of which at most so many workdays have passed.
fn beyond(days: &Workdays, date: NaiveDate, workdays: u32) -> NaiveDate {
    let mut first = date;
    while let Some(earlier) = first.pred_opt()
        && days.workdays_between(earlier, date) <= i64::from(workdays)
    {
        first = earlier;
    }
    first
}
