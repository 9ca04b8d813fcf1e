//! Risk flags: of a customer, or all that are live.

mod beside;

use chrono::NaiveDate;
use rusqlite::{OptionalExtension as _, Result, Row, named_params};

use super::Asked;
use super::given::REFS;
use super::home::ROTTING;
use crate::domain::answer::Value;
use crate::domain::flag::{Department, FlagState, FlagStep, Level, Lowered};
use crate::domain::ids::{CustomerId, FlagId, PacketId, UserId, VisitId};
use crate::protocol::page::{FlagHistoryPage, FlagInput, FlagRow, FlagsPage};
use crate::protocol::query::{FlagScope, Window};
use crate::risk::{EVENT, NEAR};
use crate::store::instant;
use crate::store::proposal::LAPSED;
use crate::store::row::{code, count, day, id, maybe_code, maybe_day, maybe_id, shown_to_minute};

/// Columns and tables of [`Asked::flag_row`].
const ROWS: &str = "SELECT f.flag_id, f.customer_id, c.name, f.signal, f.level, f.state, k.step, \
    f.raised_on, f.owner, u.name, f.measure, f.due_on, \
    CASE f.state WHEN 'rejected' THEN coalesce((SELECT h.note FROM flag_history h \
    WHERE h.flag_id = f.flag_id AND h.what = 'rejected' ORDER BY h.n DESC LIMIT 1), f.note) \
    ELSE f.note END, k.visit_id, f.revision, \
    f.confirmed_on, f.closed_on, k.step_due, k.proposed_level, k.lowered_why, \
    k.lies_with, EXISTS (SELECT 1 FROM proofs p WHERE p.flag_id = f.flag_id), \
    EXISTS (SELECT 1 FROM proof_refusals r WHERE r.flag_id = f.flag_id), f.rots_on, c.officer, \
    (SELECT count(*) FROM flag_todos l JOIN todos t USING (todo_id) \
    WHERE l.flag_id = f.flag_id AND t.state = 'open'), \
    old.closed_on, coalesce(how.step, 'cleared'), \
    CASE f.state WHEN 'rejected' THEN NULL ELSE k.note_en END \
    FROM flags f JOIN customers c ON c.customer_id = f.customer_id \
    LEFT JOIN flag_care k ON k.flag_id = f.flag_id LEFT JOIN users u ON u.user = f.owner \
    LEFT JOIN flags old ON old.flag_id = (SELECT e.flag_id FROM flags e \
    WHERE e.customer_id = f.customer_id AND e.signal = f.signal AND e.state = 'closed' \
    AND e.closed_on <= f.raised_on AND e.flag_id <> f.flag_id \
    ORDER BY e.closed_on DESC, e.flag_id DESC LIMIT 1) \
    LEFT JOIN flag_care how ON how.flag_id = old.flag_id";

/// The step of flag `f` with its care `c`: one without care stands where [`FlagStep::brought`] has it.
pub(in crate::store) const STEP: &str = "coalesce(c.step, \
    CASE WHEN f.measure <> '' AND f.level = 'yellow' THEN 'measure_decided' ELSE 'open' END)";

/// Finds a row if a person raised a flag, confirmed it, owns it, owned it once or looks after the
/// customer: then an orange or red one is for somebody else to lower or to close.
pub(in crate::store) const OWN_FLAG: &str = "
    SELECT 1 FROM flags WHERE flag_id = :flag AND owner = :me
    UNION ALL
    SELECT 1 FROM flag_care WHERE flag_id = :flag AND raised_by = :me
    UNION ALL
    SELECT 1 FROM flag_owners WHERE flag_id = :flag AND user = :me
    UNION ALL
    SELECT 1 FROM flag_history WHERE flag_id = :flag AND by = :me
        AND what IN ('proposed', 'raised', 'confirmed')
    UNION ALL
    SELECT 1 FROM flags f JOIN customers c USING (customer_id)
    WHERE f.flag_id = :flag AND c.officer = :me LIMIT 1";

/// Orange and red signals that somebody rejected, or keeps milder than a rule asks for.
const WEAKENED: &str = "(f.state = 'rejected' AND f.level IN ('orange', 'red') \
    OR f.state IN ('proposed', 'confirmed') \
    AND (k.proposed_level = 'red' AND f.level <> 'red' \
    OR k.proposed_level = 'orange' AND f.level = 'yellow'))";

/// When that was last done; those that were rejected elsewhere come after all others.
const WEAKENED_AT: &str = "coalesce((SELECT max(h.at) FROM flag_history h \
    WHERE h.flag_id = f.flag_id AND h.what IN ('rejected', 'lowered_level')), '')";

/// Whether a word of the actor's department is asked for.
const ASKED: &str = "EXISTS (SELECT 1 FROM flag_care q \
    WHERE q.flag_id = f.flag_id AND q.lies_with = :mine)";

/// Worst level first.
const BY_LEVEL: &str = "CASE f.level WHEN 'red' THEN 0 WHEN 'orange' THEN 1 ELSE 2 END";

impl Asked<'_> {
    /// `None` if the flags of a customer outside the scope are asked for.
    pub(super) fn flags(&self, scope: &FlagScope, window: Window) -> Result<Option<FlagsPage>> {
        match scope {
            FlagScope::Customer(customer) => {
                if !self.sight.sees(self.db, customer)? {
                    return Ok(None);
                }
                let total = self
                    .db
                    .prepare_cached("SELECT count(*) FROM flags WHERE customer_id = :id")?
                    .query_row(named_params! {":id": customer.as_str()}, |row| count(row, 0))?;
                let sql = format!(
                    "{ROWS} WHERE f.customer_id = :id \
                     ORDER BY f.closed_on IS NOT NULL OR coalesce(f.state, '') IN ('rejected', 'closed'), \
                     {BY_LEVEL}, f.raised_on, f.flag_id LIMIT :limit OFFSET :offset"
                );
                let rows = self
                    .db
                    .prepare_cached(&sql)?
                    .query_map(
                        named_params! {
                            ":id": customer.as_str(), ":limit": window.limit, ":offset": window.offset,
                        },
                        |row| self.flag_row(row),
                    )?
                    .collect::<Result<_>>()?;
                let todos = self.todos_of(customer)?;
                let officer = self.officer_of(customer)?;
                Ok(Some(FlagsPage { total, offset: window.offset, rows, officer, todos }))
            }
            FlagScope::Live => self.live_flags(window).map(Some),
            FlagScope::Weakened => self.weakened_flags(window).map(Some),
        }
    }

    /// Those that somebody has made harmless, the last one first: asked for when a superior looks over
    /// what was decided, not on every screen.
    fn weakened_flags(&self, window: Window) -> Result<FlagsPage> {
        // One whose rule did not hold any more was none to weaken.
        let of = format!(
            "{} AND {WEAKENED} AND NOT (f.state = 'rejected' AND {LAPSED})",
            self.sight.sieve("c.officer")
        );
        let count_of = format!(
            "SELECT count(*) FROM flags f JOIN customers c ON c.customer_id = f.customer_id \
             LEFT JOIN flag_care k ON k.flag_id = f.flag_id WHERE {of}"
        );
        let total = self
            .db
            .prepare_cached(&count_of)?
            .query_row(named_params! {":scope": self.sight.value()}, |row| count(row, 0))?;
        let sql = format!(
            "{ROWS} WHERE {of} ORDER BY {WEAKENED_AT} DESC, f.raised_on DESC, f.flag_id \
             LIMIT :limit OFFSET :offset"
        );
        let named = named_params! {
            ":scope": self.sight.value(), ":limit": window.limit, ":offset": window.offset,
        };
        let rows = self
            .db
            .prepare_cached(&sql)?
            .query_map(named, |row| self.flag_row(row))?
            .collect::<Result<_>>()?;
        Ok(FlagsPage { total, offset: window.offset, rows, officer: None, todos: Vec::new() })
    }

    /// Those on which a word of the actor's department is asked for, those that nobody acts on or that are past their date first, then by level and age. The way
    /// leads over the customers that have flags at all: few in any book.
    fn live_flags(&self, window: Window) -> Result<FlagsPage> {
        let from = format!(
            "FROM customer_facts x CROSS JOIN flags f ON f.customer_id = x.customer_id \
             WHERE x.signals > 0 AND {} \
             AND f.state IN ('proposed', 'confirmed')",
            self.sight.seek("x.officer")
        );
        let total = self
            .db
            .prepare_cached(&format!("SELECT count(*) {from}"))?
            .query_row(named_params! {":scope": self.sight.value()}, |row| count(row, 0))?;
        let sql = format!(
            "{ROWS} JOIN (SELECT f.flag_id AS id {from} \
             ORDER BY NOT {ASKED}, NOT {ROTTING}, {BY_LEVEL}, f.raised_on, f.flag_id \
             LIMIT :limit OFFSET :offset) w \
             ON w.id = f.flag_id ORDER BY NOT {ASKED}, NOT {ROTTING}, {BY_LEVEL}, f.raised_on, f.flag_id"
        );
        let rows = self
            .db
            .prepare_cached(&sql)?
            .query_map(
                named_params! {
                    ":scope": self.sight.value(), ":today": self.today.to_string(),
                    ":mine": Department::of(self.actor.role).map(Department::as_code),
                    ":limit": window.limit, ":offset": window.offset,
                },
                |row| self.flag_row(row),
            )?
            .collect::<Result<_>>()?;
        let todos = self.live_todos()?;
        Ok(FlagsPage { total, offset: window.offset, rows, officer: None, todos })
    }

    /// Flags raised or proposed during a visit.
    pub(super) fn flags_of_visit(&self, visit: &VisitId) -> Result<Vec<FlagRow>> {
        let sql = format!(
            "{ROWS} WHERE f.customer_id = (SELECT customer_id FROM visits WHERE visit_id = :visit) \
             AND k.visit_id = :visit ORDER BY {BY_LEVEL}, f.flag_id"
        );
        self.db
            .prepare_cached(&sql)?
            .query_map(named_params! {":visit": visit.as_str()}, |row| self.flag_row(row))?
            .collect()
    }

    /// Flags of a customer that were live when a packet was done, as they are now.
    pub(super) fn flags_given(
        &self,
        packet: &PacketId,
        customer: &CustomerId,
    ) -> Result<Vec<FlagRow>> {
        let sql = format!("{ROWS} WHERE f.flag_id IN ({REFS}) ORDER BY f.raised_on, f.flag_id");
        let parameters = named_params! {
            ":packet": packet.as_str(), ":customer": customer.as_str(), ":kind": "flag",
        };
        self.db.prepare_cached(&sql)?.query_map(parameters, |row| self.flag_row(row))?.collect()
    }

    pub(super) fn flag_history(&self, flag: &FlagId) -> Result<Option<FlagHistoryPage>> {
        let sql = format!("{ROWS} WHERE f.flag_id = :flag AND {}", self.sight.sieve("c.officer"));
        let parameters = named_params! {":flag": flag.as_str(), ":scope": self.sight.value()};
        let row = self
            .db
            .prepare_cached(&sql)?
            .query_row(parameters, |row| self.flag_row(row))
            .optional()?;
        let Some(row) = row else { return Ok(None) };
        let changes = self
            .db
            .prepare_cached(
                "SELECT h.at, coalesce(u.name, h.by), h.what, h.note FROM flag_history h \
                 LEFT JOIN users u ON u.user = h.by WHERE h.flag_id = :flag ORDER BY h.n",
            )?
            .query_map(named_params! {":flag": flag.as_str()}, |row| {
                let at: String = row.get(0)?;
                Ok((shown_to_minute(&at), row.get(1)?, row.get(2)?, row.get(3)?))
            })?
            .collect::<Result<Vec<(String, String, String, String)>>>()?;
        let told: Vec<&str> = changes.iter().map(|(_, _, what, _)| what.as_str()).collect();
        let brought = self.brought(flag, &told)?;
        let (inputs, rule) = (self.flag_inputs(flag)?, self.flag_rule(flag)?);
        Ok(Some(FlagHistoryPage { flag: row, brought, changes, inputs, rule }))
    }

    /// Of a flag that came with its days from the bank's system: those that no change here tells.
    fn brought(&self, flag: &FlagId, told: &[&str]) -> Result<Vec<(NaiveDate, &'static str)>> {
        const SQL: &str = "SELECT raised_on, confirmed_on, closed_on FROM flags WHERE flag_id = ?1";
        if told.iter().any(|what| matches!(*what, "raised" | "proposed")) {
            return Ok(Vec::new());
        }
        let days = self.db.prepare_cached(SQL)?.query_row([flag.as_str()], |row| {
            Ok([maybe_day(row, 0)?, maybe_day(row, 1)?, maybe_day(row, 2)?])
        })?;
        let known = ["raised", "confirmed", "closed"].into_iter().zip(days);
        // Whatever was done here has a row of its own, and ended is what was not taken back.
        let ends = |what: &&&str| FlagStep::from_code(what).is_some_and(FlagStep::ends);
        let last = told.iter().rev().find(|what| ends(what) || ***what == *"undone");
        let ended_here = last.as_ref().is_some_and(ends);
        let here = |what: &str| what == "closed" && ended_here || told.contains(&what);
        Ok(known
            .filter_map(|(what, day)| Some((day?, what)))
            .filter(|(_, what)| !here(what))
            .collect())
    }

    /// What a rule saw; one that this program can't read is left out.
    fn flag_inputs(&self, flag: &FlagId) -> Result<Vec<FlagInput>> {
        const SQL: &str =
            "SELECT fact, value, as_of FROM flag_inputs WHERE flag_id = ?1 ORDER BY n";
        let mut statement = self.db.prepare_cached(SQL)?;
        let rows = statement.query_map([flag.as_str()], |row| {
            let value = Value::decode(row.get_ref(1)?.as_str()?);
            let (fact, day): (String, _) = (row.get(0)?, maybe_day(row, 2)?);
            let value = match value {
                Some(Value::Text(id)) if fact == NEAR => Some(Value::Text(self.near(&id)?)),
                Some(Value::Text(id)) if fact == EVENT => Some(Value::Text(self.titled(id)?)),
                other => other,
            };
            Ok(value.map(|value| FlagInput { fact, value, day }))
        })?;
        rows.filter_map(Result::transpose).collect()
    }

    /// Number and name of a customer near another; empty if the reader may not see her.
    fn near(&self, customer: &str) -> Result<String> {
        let sql = format!(
            "SELECT c.customer_id || ' ' || c.name FROM customers c \
             WHERE c.customer_id = :id AND {}",
            self.sight.sieve("c.officer")
        );
        let named = named_params! {":id": customer, ":scope": self.sight.value()};
        let found = self.db.prepare_cached(&sql)?.query_row(named, |row| row.get(0)).optional()?;
        Ok(found.unwrap_or_default())
    }

    /// What an event is called. Whoever sees a customer whom it concerns sees it.
    fn titled(&self, event: String) -> Result<String> {
        const SQL: &str = "SELECT title FROM events WHERE event_id = ?1";
        let found =
            self.db.prepare_cached(SQL)?.query_row([&event], |row| row.get(0)).optional()?;
        Ok(found.unwrap_or(event))
    }

    fn flag_rule(&self, flag: &FlagId) -> Result<Option<String>> {
        let mut statement =
            self.db.prepare_cached("SELECT rule FROM flag_care WHERE flag_id = ?1")?;
        Ok(statement.query_row([flag.as_str()], |row| row.get(0)).optional()?.flatten())
    }

    fn officer_of(&self, customer: &CustomerId) -> Result<Option<UserId>> {
        const SQL: &str = "SELECT officer FROM customers WHERE customer_id = ?1";
        let mut statement = self.db.prepare_cached(SQL)?;
        statement.query_row([customer.as_str()], |row| id(row, 0)).optional()
    }

    fn flag_row(&self, row: &Row<'_>) -> Result<FlagRow> {
        let due_on = maybe_day(row, 11)?;
        let measure: Option<String> = row.get(10)?;
        let by_dates = match (maybe_day(row, 16)?, maybe_day(row, 15)?) {
            (Some(_), _) => FlagState::Closed,
            (None, Some(_)) => FlagState::Confirmed,
            (None, None) => FlagState::Proposed,
        };
        let state = maybe_code(row, 5, FlagState::from_code)?.unwrap_or(by_dates);
        let live = matches!(state, FlagState::Proposed | FlagState::Confirmed);
        let step_due = row.get::<_, Option<String>>(17)?.as_deref().and_then(instant::read);
        let level = code(row, 4, Level::from_code)?;
        let known = maybe_code(row, 6, FlagStep::from_code)?;
        let step = match known.filter(|step| step.ends() || state != FlagState::Closed) {
            Some(step) => step,
            // The bank's system has ended it.
            None if state == FlagState::Closed => FlagStep::Cleared,
            None => {
                let has_measure = measure.as_deref().is_some_and(|text| !text.is_empty());
                FlagStep::brought(level, has_measure)
            }
        };
        let flag: FlagId = id(row, 0)?;
        let lies_with = maybe_code(row, 20, Department::from_code)?.filter(|_| live);
        Ok(FlagRow {
            customer: id(row, 1)?,
            name: row.get(2)?,
            signal: row.get(3)?,
            level,
            state,
            step,
            raised_on: day(row, 7)?,
            owner: maybe_id(row, 8)?,
            owner_name: row.get::<_, Option<String>>(9)?.or(row.get(8)?),
            measure,
            due_on,
            note: row.get(12)?,
            overdue_days: match due_on {
                Some(due) if live => (self.today - due).num_days().max(0),
                _ => 0,
            },
            // Before every day where nobody owns it.
            rots: row.get::<_, Option<String>>(23)?.is_some_and(|day| day < self.today.to_string()),
            step_due: step_due.filter(|_| live).map(|due| due.naive_local()),
            step_late: live && step_due.is_some_and(|due| due < self.now),
            lowered: match maybe_code(row, 18, Level::from_code)? {
                Some(from) => Some(Lowered { from, why: row.get(19)? }),
                None => None,
            },
            lies_with,
            asks_me: lies_with.is_some() && lies_with == Department::of(self.actor.role),
            visit: maybe_id(row, 13)?,
            // Few flags have any: the others cost a look into an index.
            proofs: if row.get(21)? { self.proofs(&flag)? } else { Vec::new() },
            reused: if row.get(22)? { self.proofs_reused(&flag)? } else { Vec::new() },
            beside: self.beside(row, &flag, (level, state))?,
            revision: row.get(14)?,
            flag,
        })
    }
}
