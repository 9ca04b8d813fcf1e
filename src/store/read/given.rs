//! A packet as it was given: whoever looks at one that is done sees what was signed for, not what has
//! become of the customers since.

use chrono::NaiveDate;
use rusqlite::{OptionalExtension as _, Result, Row, named_params, params};

use super::Asked;
use super::dossier::VISITS;
use crate::domain::flag::{FlagState, Level};
use crate::domain::ids::{CustomerId, PacketId, UserId};
use crate::domain::loan::Tier;
use crate::domain::money::Fen;
use crate::domain::todo::TodoState;
use crate::protocol::page::{DossierPage, FlagRow, TodoRow};
use crate::store::row::{code, count, maybe_code, maybe_day, maybe_id};

/// What was open with a customer when a packet was done, of one kind.
pub(super) const REFS: &str = "SELECT ref FROM packet_open \
    WHERE packet = :packet AND customer_id = :customer AND kind = :kind";

/// What was open with a customer when a packet was done.
pub(super) struct AsGiven {
    /// The flags that were live, worst first.
    pub(super) flags: Vec<FlagRow>,
    /// The 待办 that were open, the earliest due first.
    pub(super) todos: Vec<TodoRow>,
}

/// What was kept of one customer.
struct Given {
    tier: Tier,
    exposure: Option<Fen>,
    flags: [u32; 3],
    last_visit: Option<NaiveDate>,
    next_due: Option<NaiveDate>,
    open: Vec<Open>,
}

/// A flag or a 待办 that was open.
struct Open {
    kind: String,
    reference: String,
    state: String,
    level: Option<Level>,
    measure: Option<String>,
    due_on: Option<NaiveDate>,
    owner: Option<UserId>,
    owner_name: Option<String>,
}

impl Asked<'_> {
    /// A customer as she was when a packet was done, her dossier set back to that day; `None` = it is
    /// open, or older than the keeping. What was given is looked up by its ids: a list of what is
    /// latest may have gone past it since.
    pub(super) fn as_given(
        &self,
        packet: &PacketId,
        dossier: &mut DossierPage,
    ) -> Result<Option<AsGiven>> {
        let customer = dossier.customer.clone();
        let Some(given) = self.given(packet, &customer)? else { return Ok(None) };
        (dossier.tier, dossier.exposure, dossier.flags) = (given.tier, given.exposure, given.flags);
        dossier.due.retain(|row| Some(row.due) == given.next_due);
        dossier.visits = match given.last_visit {
            None => Vec::new(),
            until => self.visits_until(&customer, until, VISITS)?,
        };
        let flags = given.flags(self.flags_given(packet, &customer)?);
        let todos = given.todos(self.todos_given(packet, &customer)?);
        Ok(Some(AsGiven { flags, todos }))
    }

    fn given(&self, packet: &PacketId, customer: &CustomerId) -> Result<Option<Given>> {
        const HEAD: &str = "SELECT tier, exposure, yellow, orange, red, last_visit, next_due \
            FROM packet_given WHERE packet = ?1 AND customer_id = ?2";
        const OPEN: &str = "SELECT o.kind, o.ref, o.state, o.level, o.measure, o.due_on, o.owner, \
            coalesce(u.name, o.owner) FROM packet_open o LEFT JOIN users u ON u.user = o.owner \
            WHERE o.packet = :packet AND o.customer_id = :customer ORDER BY o.kind, o.ref";
        let key = params![packet.as_str(), customer.as_str()];
        let found = self.db.prepare_cached(HEAD)?.query_row(key, given).optional()?;
        let Some(mut found) = found else { return Ok(None) };
        let mut statement = self.db.prepare_cached(OPEN)?;
        let key = named_params! {":packet": packet.as_str(), ":customer": customer.as_str()};
        found.open = statement.query_map(key, open)?.collect::<Result<_>>()?;
        Ok(Some(found))
    }
}

fn given(row: &Row<'_>) -> Result<Given> {
    Ok(Given {
        tier: code(row, 0, Tier::from_code)?,
        exposure: row.get::<_, Option<i64>>(1)?.map(Fen),
        flags: [count(row, 2)?, count(row, 3)?, count(row, 4)?],
        last_visit: maybe_day(row, 5)?,
        next_due: maybe_day(row, 6)?,
        open: Vec::new(),
    })
}

fn open(row: &Row<'_>) -> Result<Open> {
    Ok(Open {
        kind: row.get(0)?,
        reference: row.get(1)?,
        state: row.get(2)?,
        level: maybe_code(row, 3, Level::from_code)?,
        measure: row.get(4)?,
        due_on: maybe_day(row, 5)?,
        owner: maybe_id(row, 6)?,
        owner_name: row.get(7)?,
    })
}

impl Given {
    fn of(&self, kind: &str, reference: &str) -> Option<&Open> {
        self.open.iter().find(|open| open.kind == kind && open.reference == reference)
    }

    /// The flags that were live, as they stood.
    fn flags(&self, all: Vec<FlagRow>) -> Vec<FlagRow> {
        let as_it_stood = |mut row: FlagRow| {
            let open = self.of("flag", row.flag.as_str())?;
            row.state = FlagState::from_code(&open.state)?;
            row.level = open.level.unwrap_or(row.level);
            row.measure.clone_from(&open.measure);
            row.due_on = open.due_on;
            row.owner.clone_from(&open.owner);
            row.owner_name.clone_from(&open.owner_name);
            (row.overdue_days, row.rots, row.step_late) = (0, false, false);
            Some(row)
        };
        let mut rows: Vec<FlagRow> = all.into_iter().filter_map(as_it_stood).collect();
        rows.sort_by_key(|row| std::cmp::Reverse(row.level));
        rows
    }

    /// The 待办 that were open, as they stood.
    fn todos(&self, all: Vec<TodoRow>) -> Vec<TodoRow> {
        let as_it_stood = |mut row: TodoRow| {
            let open = self.of("todo", row.todo.as_str())?;
            row.state = TodoState::from_code(&open.state)?;
            row.due_on = open.due_on.unwrap_or(row.due_on);
            row.owner = open.owner.clone().unwrap_or(row.owner);
            row.owner_name = open.owner_name.clone().unwrap_or(row.owner_name);
            (row.done_on, row.overdue_days) = (None, 0);
            Some(row)
        };
        let mut rows: Vec<TodoRow> = all.into_iter().filter_map(as_it_stood).collect();
        rows.sort_by(|a, b| (a.due_on, &a.todo).cmp(&(b.due_on, &b.todo)));
        rows
    }
}
