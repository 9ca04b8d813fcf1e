//! The portfolio as planning reads it: whole customer files, one or all, in order of customer id.
//!
//! A book is read in slices of customers. Per slice each table is read once, in the same order, and
//! the rows are dealt out to the customers as they come: nine queries a slice, however many
//! customers it has, and never more than a slice in memory.
//!
//! A customer whom a new policy has not taken over yet is given as if it had (`moving.rs`).

mod rows;

mod kept;

use std::collections::HashSet;

use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator as _;
use rusqlite::{Connection, Result, Row, Rows, named_params};

use super::moving::carry;
use super::read::scope::Sight;
use super::row::{day, id};
use crate::access::Scope;
use crate::assets::Packs;
use crate::domain::ids::CustomerId;
use crate::domain::loan::Drawdown;
use crate::domain::money::Fen;
use crate::domain::order::Handover;
use crate::domain::portfolio::CustomerFile;
pub(crate) use rows::purposes;
use rows::{file_of, flag, loan, request, task, visit};

/// Customers in one slice: enough that the queries vanish beside the rows, and few enough that a slice
/// stays in the processor's cache.
const SLICE: i64 = 128;

const CUSTOMER: &str = "c.customer_id, c.name, c.line, c.grade, c.industry, c.district, \
    c.trade_circle, c.officer, c.tier, c.low_risk, c.onboarded_on, c.cadence_since, \
    c.extra_visit_from";

/// How much of a file is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Detail {
    /// Everything: duties that were met or ended are explained too.
    Whole,
    /// What decides which duties are open. Visits keep their order but not their ids, and only
    /// active loans have drawdowns: in a book of a million visits that is a third of the time.
    Owed,
}

/// A table of rows that belong to customers: what is read of it, and in which order.
struct Part {
    columns: &'static str,
    /// With alias `t`, whose `customer_id` is the customer.
    from: &'static str,
    order: &'static str,
    /// The index that has the rows of a customer in this order: the engine, asked for the order of
    /// several officers' customers, can't tell and would sort every row once more.
    index: &'static str,
}

const LOANS: Part = Part {
    columns: "t.loan_id, t.amount, t.balance, t.disbursed_on, t.matures_on, t.status, \
        t.settled_on, t.days_past_due, t.tier",
    from: "loans t",
    order: "t.loan_id",
    index: "",
};
const DRAWDOWNS: Part = Part {
    columns: "t.loan_id, d.drawdown_id, d.drawn_on, d.amount",
    from: "loans t CROSS JOIN drawdowns d ON d.loan_id = t.loan_id",
    order: "t.loan_id",
    index: "",
};
const VISITS: Part = Part {
    columns: "t.visit_id, t.visited_on, t.submitted_on, t.class, t.state, t.purposes",
    from: "visits t",
    order: "t.visited_on, t.visit_id",
    index: "INDEXED BY visits_by_customer",
};
const VISITS_UNNAMED: Part =
    Part { columns: "'', t.visited_on, NULL, t.class, t.state, t.purposes", ..VISITS };
const DRAWDOWNS_OF_ACTIVE: Part = Part {
    from: "loans t CROSS JOIN drawdowns d ON d.loan_id = t.loan_id AND t.status = 'active'",
    ..DRAWDOWNS
};
const FLAGS: Part = Part {
    columns: "t.flag_id, t.signal, t.level, t.state, t.raised_on, t.confirmed_on, \
        t.level_since, t.closed_on, t.owner",
    from: "flags t",
    order: "t.flag_id",
    index: "INDEXED BY flags_by_customer",
};
const TASKS: Part = Part {
    columns: "t.task_id, t.issued_on, t.due_on, t.class, t.points, t.closed_on",
    from: "tasks t",
    order: "t.task_id",
    index: "INDEXED BY tasks_by_customer",
};
const HANDOVERS: Part = Part {
    columns: "t.handover_id, t.\"from\", t.\"to\", t.\"on\"",
    from: "handovers t",
    order: "t.handover_id",
    index: "INDEXED BY handovers_by_customer",
};
const REQUESTS: Part = Part {
    columns: "t.request_id, t.code, t.ref, t.raw_due, t.kind, t.new_due, t.decided_on, t.decision",
    from: "requests t",
    order: "t.request_id",
    index: "INDEXED BY requests_by_customer",
};
const KEPT: Part = Part {
    columns: kept::COLUMNS,
    from: "kept_duties t",
    order: "t.code, t.ref, t.raw_due",
    index: "",
};

impl Part {
    /// The query for a slice. The whole book needs no look at the customers; a scope does.
    fn sql(&self, sight: &Sight) -> String {
        let Self { columns, from, order, index } = self;
        if sight.is_all() {
            return format!(
                "SELECT t.customer_id, {columns} FROM {from} \
                 WHERE t.customer_id BETWEEN :first AND :last AND {} \
                 ORDER BY t.customer_id, {order}",
                sight.seek("")
            );
        }
        let (table, rest) = from.split_once(" t").unwrap_or((from, ""));
        format!(
            "SELECT t.customer_id, {columns} FROM customers c \
             CROSS JOIN {table} t {index} ON t.customer_id = c.customer_id{rest} \
             WHERE c.customer_id BETWEEN :first AND :last AND {} \
             ORDER BY c.customer_id",
            sight.sieve("c.officer")
        )
    }
}

/// One customer's file; `None` if there is no such customer. No scope: ask [`Sight::sees`] first.
pub(crate) fn load(
    db: &Connection,
    packs: &Packs,
    customer: &CustomerId,
) -> Result<Option<CustomerFile>> {
    let sql = format!(
        "SELECT {CUSTOMER}, EXISTS (SELECT 1 FROM users u WHERE u.user = c.officer \
         AND u.disabled = 0) FROM customers c WHERE c.customer_id = :id"
    );
    let found = db
        .prepare_cached(&sql)?
        .query_map(named_params! {":id": customer.as_str()}, file_of)?
        .collect::<Result<Vec<_>>>()?;
    let mut files = fill(db, &Sight::within(Scope::All), Detail::Whole, found)?;
    carry(db, packs, &mut files)?;
    Ok(files.into_iter().next())
}

/// Calls `each` with the file of every customer in sight, in order of customer id; with all that
/// decides which duties are open, see [`slice`].
pub(crate) fn each<E: From<rusqlite::Error>>(
    db: &Connection,
    packs: &Packs,
    sight: &Sight,
    mut each: impl FnMut(CustomerFile) -> std::result::Result<(), E>,
) -> std::result::Result<(), E> {
    let mut after = String::new();
    loop {
        let files = slice(db, packs, sight, &after)?;
        let Some(last) = files.last() else { return Ok(()) };
        after.clone_from(&last.customer.id.0);
        for file in files {
            each(file)?;
        }
    }
}

/// The files of the next customers after this id; empty at the end. Visits have no ids, and ended
/// loans no drawdowns: enough to plan, not to explain.
pub(crate) fn slice(
    db: &Connection,
    packs: &Packs,
    sight: &Sight,
    after: &str,
) -> Result<Vec<CustomerFile>> {
    let mut files = as_they_stand(db, sight, after)?;
    carry(db, packs, &mut files)?;
    Ok(files)
}

/// The same as the rows have it, whoever of them was taken over.
pub(super) fn as_they_stand(
    db: &Connection,
    sight: &Sight,
    after: &str,
) -> Result<Vec<CustomerFile>> {
    let sql = format!(
        "SELECT {CUSTOMER}, 0 FROM customers c WHERE c.customer_id > :after AND {} \
         ORDER BY c.customer_id LIMIT :count",
        sight.sieve("c.officer")
    );
    let mut found = db
        .prepare_cached(&sql)?
        .query_map(
            named_params! {":after": after, ":scope": sight.value(), ":count": SLICE},
            file_of,
        )?
        .collect::<Result<Vec<_>>>()?;
    // Few people and many customers: asked for once a slice instead of once a customer.
    let people: HashSet<String> = db
        .prepare_cached("SELECT user FROM users WHERE disabled = 0")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_>>()?;
    for file in &mut found {
        file.officer_known = people.contains(file.customer.officer.as_str());
    }
    fill(db, sight, Detail::Owed, found)
}

/// Adds to the customers of a slice what belongs to them.
fn fill(
    db: &Connection,
    sight: &Sight,
    detail: Detail,
    mut files: Vec<CustomerFile>,
) -> Result<Vec<CustomerFile>> {
    let (drawdowns, visits) = match detail {
        Detail::Whole => (&DRAWDOWNS, &VISITS),
        Detail::Owed => (&DRAWDOWNS_OF_ACTIVE, &VISITS_UNNAMED),
    };
    deal(db, sight, &LOANS, &mut files, |file, row| {
        file.loans.push(loan(row)?);
        Ok(())
    })?;
    deal(db, sight, drawdowns, &mut files, |file, row| {
        let loan = row.get_ref(1)?.as_str()?;
        if let Some(loan) = file.loans.iter_mut().find(|l| l.id.as_str() == loan) {
            loan.drawdowns.push(Drawdown {
                id: id(row, 2)?,
                drawn_on: day(row, 3)?,
                amount: Fen(row.get(4)?),
            });
        }
        Ok(())
    })?;
    deal(db, sight, visits, &mut files, |file, row| {
        file.visits.push(visit(row)?);
        Ok(())
    })?;
    deal(db, sight, &FLAGS, &mut files, |file, row| {
        file.flags.push(flag(row)?);
        Ok(())
    })?;
    deal(db, sight, &TASKS, &mut files, |file, row| {
        file.tasks.push(task(row)?);
        Ok(())
    })?;
    deal(db, sight, &HANDOVERS, &mut files, |file, row| {
        file.handovers.push(Handover {
            id: id(row, 1)?,
            from: id(row, 2)?,
            to: id(row, 3)?,
            on: day(row, 4)?,
        });
        Ok(())
    })?;
    deal(db, sight, &REQUESTS, &mut files, |file, row| {
        file.requests.push(request(row)?);
        Ok(())
    })?;
    deal(db, sight, &KEPT, &mut files, |file, row| {
        file.kept.push(kept::kept_of(row)?);
        Ok(())
    })?;
    for loan in files.iter_mut().flat_map(|file| &mut file.loans) {
        loan.drawdowns.sort_by(|a, b| (a.drawn_on, &a.id).cmp(&(b.drawn_on, &b.id)));
    }
    Ok(files)
}

/// Reads one part for a slice and hands each row to its customer.
fn deal(
    db: &Connection,
    sight: &Sight,
    part: &Part,
    files: &mut [CustomerFile],
    mut take: impl FnMut(&mut CustomerFile, &Row<'_>) -> Result<()>,
) -> Result<()> {
    let (Some(first), Some(last)) = (files.first(), files.last()) else { return Ok(()) };
    let mut statement = db.prepare_cached(&part.sql(sight))?;
    let (first, last) = (first.customer.id.as_str(), last.customer.id.as_str());
    let named = named_params! {":first": first, ":last": last, ":scope": sight.value()};
    let mut rows: Rows<'_> = statement.query(named)?;
    rows.advance()?;
    for file in files {
        while let Some(row) = rows.get() {
            match row.get_ref(0)?.as_bytes()?.cmp(file.customer.id.as_str().as_bytes()) {
                std::cmp::Ordering::Less => {}
                std::cmp::Ordering::Equal => take(file, row)?,
                std::cmp::Ordering::Greater => break,
            }
            rows.advance()?;
        }
    }
    Ok(())
}
