//! Events outside, with how far their look-ats have come.

use rusqlite::{Result, Row, named_params};

use super::Asked;
use crate::access::{Action, Actor};
use crate::assets::drivers;
use crate::domain::event::{EventKind, Reach};
use crate::domain::ids::EventId;
use crate::domain::money::Decimal4;
use crate::domain::todo::TodoState;
use crate::protocol::page::{EventRow, EventsPage, LookAtRow, LookAtsPage};
use crate::store::row::{code, count, day, id, maybe_day};
use crate::store::{Error, Store};

/// How many are read: open ones first, then the latest.
const MOST: u32 = 200;

/// Whether an event `e` is of the branch `:branch`. Where the branch under whose name it was entered
/// has nobody any more, it was renamed or given away: then it is of the one where who entered it is
/// now, or those who look after the customers whom it concerns.
pub(in crate::store) const OF_BRANCH: &str = "(e.branch = :branch OR NOT EXISTS \
    (SELECT 1 FROM users x WHERE x.disabled = 0 AND coalesce(x.branch, '') = e.branch) \
    AND (EXISTS (SELECT 1 FROM users y WHERE y.user = e.entered_by AND y.disabled = 0 \
    AND coalesce(y.branch, '') = :branch) \
    OR EXISTS (SELECT 1 FROM look_ats k2 JOIN customers c2 ON c2.customer_id = k2.customer_id \
    JOIN users o2 ON o2.user = c2.officer WHERE k2.origin = e.event_id \
    AND coalesce(o2.branch, '') = :branch)))";

/// The words of a list.
fn words(row: &Row<'_>, at: usize) -> Result<Vec<String>> {
    let text = row.get_ref(at)?.as_str()?;
    Ok(text.split(';').filter(|word| !word.is_empty()).map(str::to_owned).collect())
}

/// Whom the event of a look-at concerns.
fn reach(row: &Row<'_>) -> Result<Reach> {
    let known = drivers::shared().unwrap_or_default();
    Ok(Reach {
        industries: words(row, 12)?,
        districts: words(row, 13)?,
        driven: drivers::resolve(&known, &words(row, 14)?).industries,
    })
}

impl Store {
    /// Whether an event stands in the actor's register though it reaches nobody in her sight: it is of
    /// her branch, and events are hers to enter.
    pub fn enters_event(&self, actor: &Actor, event: &EventId) -> Result<bool, Error> {
        let sql = format!("SELECT 1 FROM events e WHERE e.event_id = :event AND {OF_BRANCH}");
        let may = actor.may(Action::RegisterEvents);
        let mut statement = self.conn().prepare_cached(&sql)?;
        let named = named_params! {":event": event.as_str(), ":branch": actor.branch};
        Ok(may && statement.exists(named)?)
    }
}

impl Asked<'_> {
    pub(super) fn events_page(&self) -> Result<EventsPage> {
        // The officer sees the events that concern a customer of hers, and counts those alone.
        let sql = format!(
            "SELECT e.event_id, e.kind, e.title, e.change, e.happened_on, e.industries, e.districts, \
             e.drivers, e.points, e.due_on, e.closed_on, e.finding, coalesce(u.name, e.entered_by), \
             e.revision, n.customers, n.done, n.late \
             FROM events e LEFT JOIN users u ON u.user = e.entered_by \
             CROSS JOIN (SELECT e2.event_id AS id, count(c.customer_id) AS customers, \
                count(*) FILTER (WHERE c.customer_id IS NOT NULL AND t.state <> 'open') AS done, \
                count(*) FILTER (WHERE c.customer_id IS NOT NULL AND t.state = 'open' \
                    AND t.due_on < :today) AS late \
                FROM events e2 LEFT JOIN look_ats k ON k.origin = e2.event_id \
                LEFT JOIN todos t ON t.todo_id = k.todo_id \
                LEFT JOIN customers c ON c.customer_id = k.customer_id AND {} \
                GROUP BY e2.event_id) n ON n.id = e.event_id \
             WHERE n.customers > 0 OR :enters AND {OF_BRANCH} \
             ORDER BY e.closed_on IS NOT NULL, e.happened_on DESC, e.event_id DESC LIMIT :most",
            self.sight.sieve("c.officer")
        );
        let may_enter = self.actor.may(Action::RegisterEvents);
        let rows = self
            .db
            .prepare_cached(&sql)?
            .query_map(
                named_params! {
                    ":today": self.today.to_string(), ":scope": self.sight.value(), ":most": MOST,
                    ":enters": may_enter, ":branch": self.actor.branch,
                },
                |row| {
                    Ok(EventRow {
                        event: id(row, 0)?,
                        kind: code(row, 1, EventKind::from_code)?,
                        title: row.get(2)?,
                        change: row.get::<_, Option<i64>>(3)?.map(Decimal4),
                        happened_on: day(row, 4)?,
                        reach: [words(row, 5)?, words(row, 6)?, words(row, 7)?],
                        points: row.get(8)?,
                        due_on: day(row, 9)?,
                        closed_on: maybe_day(row, 10)?,
                        finding: row.get(11)?,
                        entered_by: row.get(12)?,
                        revision: row.get(13)?,
                        customers: count(row, 14)?,
                        done: count(row, 15)?,
                        late: count(row, 16)?,
                    })
                },
            )?
            .collect::<Result<_>>()?;
        Ok(EventsPage { rows, may_enter })
    }

    /// Customers in sight that are looked at because of events.
    pub(super) fn look_ats(&self, event: Option<&EventId>) -> Result<LookAtsPage> {
        let sql = format!(
            "SELECT e.event_id, e.title, c.customer_id, c.name, t.owner, coalesce(u.name, t.owner), \
             t.due_on, t.state, t.done_on, coalesce(t.proof, t.reason), c.industry, c.district, \
             e.industries, e.districts, e.drivers \
             FROM events e CROSS JOIN look_ats k ON k.origin = e.event_id \
             JOIN customers c ON c.customer_id = k.customer_id \
             JOIN todos t ON t.todo_id = k.todo_id LEFT JOIN users u ON u.user = t.owner \
             WHERE (:event IS NULL OR e.event_id = :event) AND {} \
             ORDER BY t.state <> 'open', t.due_on, e.event_id, c.customer_id",
            self.sight.sieve("c.officer")
        );
        let event = event.map(EventId::as_str);
        // What an event reaches is worked out once for its rows, which mostly follow each other.
        let mut last: Option<(EventId, Reach)> = None;
        let rows = self
            .db
            .prepare_cached(&sql)?
            .query_map(named_params! {":event": event, ":scope": self.sight.value()}, |row| {
                let (industry, district): (Option<String>, Option<String>) =
                    (row.get(10)?, row.get(11)?);
                let event: EventId = id(row, 0)?;
                let (_, reach) = match last.take() {
                    Some(known) if known.0 == event => last.insert(known),
                    _ => last.insert((event.clone(), reach(row)?)),
                };
                Ok(LookAtRow {
                    why: reach.why(industry.as_deref(), district.as_deref()),
                    industry,
                    district,
                    event,
                    title: row.get(1)?,
                    customer: id(row, 2)?,
                    name: row.get(3)?,
                    owner: id(row, 4)?,
                    owner_name: row.get(5)?,
                    due_on: day(row, 6)?,
                    state: code(row, 7, TodoState::from_code)?,
                    done_on: maybe_day(row, 8)?,
                    result: row.get(9)?,
                })
            })?
            .collect::<Result<_>>()?;
        Ok(LookAtsPage { rows })
    }
}
