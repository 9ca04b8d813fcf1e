//! 待办: of a customer, or all open ones in scope.

use rusqlite::{Result, Row, named_params};

use super::Asked;
use super::given::REFS;
use crate::domain::ids::{CustomerId, PacketId, UserId};
use crate::domain::todo::{Promiser, TodoKind, TodoState};
use crate::protocol::page::{TodoRow, TodosPage};
use crate::protocol::query::Window;
use crate::store::row::{code, count, day, id, maybe_day, maybe_id};

/// Columns and tables of [`Asked::todo_row`].
const ROWS: &str = "SELECT t.todo_id, t.customer_id, c.name, t.kind, t.text, t.text_en, t.owner, \
    coalesce(u.name, t.owner), t.promised_by, t.due_on, t.state, t.done_on, \
    coalesce(t.proof, t.reason), t.visit_id, t.item, t.revision \
    FROM todos t CROSS JOIN customers c ON c.customer_id = t.customer_id \
    LEFT JOIN users u ON u.user = t.owner";

/// How many ended ones of a customer are shown.
const ENDED: u32 = 20;

/// How many open ones stand below the flags.
const BELOW_FLAGS: u32 = 200;

impl Asked<'_> {
    /// Open ones of a customer that is in scope, the earliest due first.
    pub(super) fn todos_of(&self, customer: &CustomerId) -> Result<Vec<TodoRow>> {
        let sql = format!(
            "{ROWS} WHERE t.customer_id = :id AND t.state = 'open' ORDER BY t.due_on, t.todo_id"
        );
        self.todo_rows(&sql, customer)
    }

    /// The same with the latest ended ones behind.
    pub(super) fn all_todos_of(&self, customer: &CustomerId) -> Result<Vec<TodoRow>> {
        let mut all = self.todos_of(customer)?;
        let sql = format!(
            "{ROWS} WHERE t.customer_id = :id AND t.state IN ('done', 'dropped') \
             ORDER BY coalesce(t.done_on, t.due_on) DESC, t.todo_id LIMIT {ENDED}"
        );
        all.extend(self.todo_rows(&sql, customer)?);
        Ok(all)
    }

    /// Those that were open when a packet was done, as they are now.
    pub(super) fn todos_given(
        &self,
        packet: &PacketId,
        customer: &CustomerId,
    ) -> Result<Vec<TodoRow>> {
        let sql = format!("{ROWS} WHERE t.todo_id IN ({REFS})");
        let parameters = named_params! {
            ":packet": packet.as_str(), ":customer": customer.as_str(), ":kind": "todo",
        };
        self.db.prepare_cached(&sql)?.query_map(parameters, |row| self.todo_row(row))?.collect()
    }

    fn todo_rows(&self, sql: &str, customer: &CustomerId) -> Result<Vec<TodoRow>> {
        self.db
            .prepare_cached(sql)?
            .query_map(named_params! {":id": customer.as_str()}, |row| self.todo_row(row))?
            .collect()
    }

    /// Those that stand below the live flags.
    pub(super) fn live_todos(&self) -> Result<Vec<TodoRow>> {
        Ok(self.todos(None, Window { offset: 0, limit: BELOW_FLAGS })?.rows)
    }

    /// Open ones in scope, the earliest due first; few in any book, so that the way leads over them.
    pub(super) fn todos(&self, owner: Option<&UserId>, window: Window) -> Result<TodosPage> {
        let wanted = format!(
            "WHERE t.state = 'open' AND (:owner IS NULL OR t.owner = :owner) AND {}",
            self.sight.walk("c.officer")
        );
        let owner = owner.map(UserId::as_str);
        let total = self
            .db
            .prepare_cached(&format!(
                "SELECT count(*) FROM todos t \
                 CROSS JOIN customers c ON c.customer_id = t.customer_id {wanted}"
            ))?
            .query_row(named_params! {":owner": owner, ":scope": self.sight.value()}, |row| {
                count(row, 0)
            })?;
        let sql = format!(
            "{ROWS} {wanted} ORDER BY t.due_on, t.customer_id, t.todo_id \
             LIMIT :limit OFFSET :offset"
        );
        let parameters = named_params! {
            ":owner": owner, ":scope": self.sight.value(), ":limit": window.limit,
            ":offset": window.offset,
        };
        let rows = self
            .db
            .prepare_cached(&sql)?
            .query_map(parameters, |row| self.todo_row(row))?
            .collect::<Result<_>>()?;
        Ok(TodosPage { total, offset: window.offset, rows })
    }

    /// How many open ones in scope are past their date.
    pub(super) fn todos_overdue(&self) -> Result<u32> {
        let sql = format!(
            "SELECT count(*) FROM todos t CROSS JOIN customers c ON c.customer_id = t.customer_id \
             WHERE t.state = 'open' AND t.due_on < :today AND {}",
            self.sight.walk("c.officer")
        );
        let today = self.today.to_string();
        self.db
            .prepare_cached(&sql)?
            .query_row(named_params! {":scope": self.sight.value(), ":today": today}, |row| {
                count(row, 0)
            })
    }

    fn todo_row(&self, row: &Row<'_>) -> Result<TodoRow> {
        let (due_on, state) = (day(row, 9)?, code(row, 10, TodoState::from_code)?);
        Ok(TodoRow {
            todo: id(row, 0)?,
            customer: id(row, 1)?,
            name: row.get(2)?,
            kind: code(row, 3, TodoKind::from_code)?,
            text: row.get(4)?,
            text_en: row.get(5)?,
            owner: id(row, 6)?,
            owner_name: row.get(7)?,
            promised_by: code(row, 8, Promiser::from_code)?,
            due_on,
            state,
            done_on: maybe_day(row, 11)?,
            note: row.get(12)?,
            overdue_days: match state {
                TodoState::Open => (self.today - due_on).num_days().max(0),
                TodoState::Done | TodoState::Dropped => 0,
            },
            visit: maybe_id(row, 13)?,
            item: row.get(14)?,
            revision: row.get(15)?,
        })
    }
}
