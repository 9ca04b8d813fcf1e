//! Rows of `deadlines`, and the facts from which they are computed.

use std::collections::HashMap;

use chrono::NaiveDate;
use rusqlite::{Connection, Result, Row, named_params};

use super::HORIZON;
use crate::assets::Packs;
use crate::domain::deadline::{
    CollateralFact, CovenantFact, Deadline, DeadlineFacts, DeadlineKind, DeadlineMark, Frequency,
    Headroom, LoanFact, MarkFact, Operator, StepFact,
};
use crate::domain::duty::DutyCode;
use crate::domain::ids::CustomerId;
use crate::domain::loan::LoanStatus;
use crate::domain::money::{Decimal4, Fen};
use crate::domain::portfolio::CustomerFile;
use crate::domain::strategy::step_reference;
use crate::domain::visit::Purpose;
use crate::planning::deadline::deadlines;
use crate::risk::ratios::Ratio;
use crate::risk::statements::Telling;
use crate::store::collateral::held;
use crate::store::read::statements::of_customer;
use crate::store::row::{code, day, maybe_code, maybe_day};

/// A row as it is on disk, after the customer.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Kept {
    officer: String,
    deadline: Deadline,
}

/// Ten years of quarters.
const MOST_STATEMENTS: u32 = 40;

type ByCustomer<T> = HashMap<String, T>;

/// Projects the deadlines of customers that follow each other in the book; tells which changed.
pub(super) fn project(
    db: &Connection,
    packs: &Packs,
    files: &[CustomerFile],
    today: NaiveDate,
) -> Result<Vec<bool>> {
    let (Some(first), Some(last)) = (files.first(), files.last()) else { return Ok(Vec::new()) };
    let range = (first.customer.id.as_str(), last.customer.id.as_str());
    let mut facts = facts(db, packs, files, range, today)?;
    let mut there = on_disk(db, range)?;
    let to = today.checked_add_days(HORIZON).unwrap_or(NaiveDate::MAX);
    let mut changed = Vec::with_capacity(files.len());
    for file in files {
        let id = file.customer.id.as_str();
        let mut one = facts.remove(id).unwrap_or_default();
        one.onboarded_on = file.customer.onboarded_on;
        let unsettled = file
            .loans
            .iter()
            .filter(|loan| loan.status != LoanStatus::Settled && loan.disbursed_on <= today);
        one.loans = unsettled
            .map(|loan| LoanFact {
                id: loan.id.0.clone(),
                disbursed_on: loan.disbursed_on,
                matures_on: loan.matures_on,
                status: loan.status,
            })
            .collect();
        let active = file.loans.iter().filter(|loan| loan.status == LoanStatus::Active);
        let balances: Option<Vec<Fen>> = active.map(|loan| loan.balance).collect();
        one.balance = balances.and_then(Fen::sum_of);
        // Whose use was checked has shown what proves it.
        one.drawdowns.retain(|(drawdown, drawn_on)| !is_checked(file, drawdown, *drawn_on));
        let officer = file.customer.officer.as_str();
        let wanted: Vec<Kept> = deadlines(&one, &packs.deadlines, today, to)
            .into_iter()
            .map(|deadline| Kept { officer: officer.to_owned(), deadline })
            .collect();
        let found = there.remove(id).unwrap_or_default();
        changed.push(found != wanted);
        if found != wanted {
            write(db, id, &wanted, !found.is_empty())?;
        }
    }
    Ok(changed)
}

/// Whether a visit has served the use-of-funds check of a drawdown.
fn is_checked(file: &CustomerFile, drawdown: &str, drawn_on: NaiveDate) -> bool {
    let served = |purpose: &Purpose| {
        let about = purpose.reference.as_deref().is_none_or(|reference| reference == drawdown);
        purpose.code == DutyCode::UseOfFunds && about
    };
    file.visits.iter().any(|visit| {
        visit.state.is_done() && visit.visited_on > drawn_on && visit.purposes.iter().any(served)
    })
}

/// Runs a query over the customers of a slice and deals its rows out.
fn each(
    db: &Connection,
    sql: &str,
    (first, last): (&str, &str),
    mut take: impl FnMut(String, &Row<'_>) -> Result<()>,
) -> Result<()> {
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query(named_params! {":first": first, ":last": last})?;
    while let Some(row) = rows.next()? {
        take(row.get(0)?, row)?;
    }
    Ok(())
}

fn facts(
    db: &Connection,
    packs: &Packs,
    files: &[CustomerFile],
    range: (&str, &str),
    today: NaiveDate,
) -> Result<ByCustomer<DeadlineFacts>> {
    // The loan of somebody else binds nobody.
    const COVENANTS: &str = "SELECT v.customer_id, v.covenant_id, v.kind, v.indicator, v.operator, \
        v.\"limit\", v.frequency, l.loan_id FROM covenants v \
        LEFT JOIN covenant_loans x ON x.covenant_id = v.covenant_id \
        LEFT JOIN loans l ON l.loan_id = x.loan_id AND l.customer_id = v.customer_id \
        WHERE v.customer_id BETWEEN :first AND :last ORDER BY v.customer_id, v.covenant_id";
    const CONDITIONS: &str = "SELECT customer_id, condition_id, text, due_on FROM conditions \
        WHERE customer_id BETWEEN :first AND :last AND done_on IS NULL AND due_on IS NOT NULL";
    // What secures nothing any more need be neither valued nor insured.
    const COLLATERAL: &str = concat!(
        "SELECT k.customer_id, k.collateral_id, k.kind, k.valued_on, k.next_valuation_on, \
        k.insured_until FROM collateral k WHERE k.customer_id BETWEEN :first AND :last AND ",
        held!()
    );
    const DRAWDOWNS: &str = "SELECT l.customer_id, d.drawdown_id, d.drawn_on FROM loans l \
        CROSS JOIN drawdowns d ON d.loan_id = l.loan_id WHERE l.customer_id BETWEEN :first AND :last \
        AND l.status = 'active' AND d.payment_mode = 'self'";
    const STEPS: &str = "SELECT s.customer_id, p.n, p.step, p.due_on, p.target, p.measure \
        FROM strategies s JOIN strategy_steps p ON p.customer_id = s.customer_id AND p.n = s.n \
        WHERE s.customer_id BETWEEN :first AND :last AND s.in_force = 1 \
        AND p.met_on IS NULL AND p.mark IS NULL";
    const MARKS: &str = "SELECT customer_id, kind, ref, due_on, mark, marked_on FROM deadline_marks \
        WHERE customer_id BETWEEN :first AND :last";
    let mut all: ByCustomer<DeadlineFacts> = HashMap::with_capacity(files.len());
    each(db, COVENANTS, range, |customer, row| {
        let limit: Option<i64> = row.get(5)?;
        all.entry(customer).or_default().covenants.push(CovenantFact {
            id: row.get(1)?,
            loan: row.get(7)?,
            financial: row.get::<_, Option<String>>(2)?.as_deref() == Some("financial"),
            indicator: row.get::<_, Option<String>>(3)?.unwrap_or_default(),
            operator: maybe_code(row, 4, Operator::from_code)?,
            limit: limit.map(Decimal4),
            frequency: maybe_code(row, 6, Frequency::from_code)?,
            tested: None,
        });
        Ok(())
    })?;
    each(db, CONDITIONS, range, |customer, row| {
        let one = (row.get(1)?, row.get(2)?, day(row, 3)?);
        all.entry(customer).or_default().conditions.push(one);
        Ok(())
    })?;
    each(db, COLLATERAL, range, |customer, row| {
        all.entry(customer).or_default().collateral.push(CollateralFact {
            id: row.get(1)?,
            kind: row.get(2)?,
            valued_on: maybe_day(row, 3)?,
            next_valuation_on: maybe_day(row, 4)?,
            insured_until: maybe_day(row, 5)?,
        });
        Ok(())
    })?;
    each(db, DRAWDOWNS, range, |customer, row| {
        let one = (row.get(1)?, day(row, 2)?);
        all.entry(customer).or_default().drawdowns.push(one);
        Ok(())
    })?;
    each(db, STEPS, range, |customer, row| {
        all.entry(customer).or_default().steps.push(StepFact {
            reference: step_reference(row.get(1)?, row.get(2)?),
            due: day(row, 3)?,
            target: Fen(row.get(4)?),
            measure: row.get(5)?,
        });
        Ok(())
    })?;
    each(db, MARKS, range, |customer, row| {
        all.entry(customer).or_default().marks.push(MarkFact {
            kind: code(row, 1, DeadlineKind::from_code)?,
            reference: row.get(2)?,
            due: day(row, 3)?,
            mark: code(row, 4, DeadlineMark::from_code)?,
            on: day(row, 5)?,
        });
        Ok(())
    })?;
    // Statements have many columns: they are read of those only who have agreed upon something.
    for (customer, facts) in all.iter_mut().filter(|(_, facts)| !facts.covenants.is_empty()) {
        add_statements(db, packs, customer, facts, today)?;
    }
    Ok(all)
}

fn add_statements(
    db: &Connection,
    packs: &Packs,
    customer: &str,
    facts: &mut DeadlineFacts,
    today: NaiveDate,
) -> Result<()> {
    let all = of_customer(db, &CustomerId::from(customer), MOST_STATEMENTS)?;
    facts.statements = all.iter().map(|statement| statement.period_end).collect();
    // Tested at the last statement that tells the ratio, however old: the next one is due from there.
    let telling = Telling::of(&all, None, today);
    for covenant in facts.covenants.iter_mut().filter(|covenant| covenant.financial) {
        let known = packs.deadlines.ratio(&covenant.indicator).and_then(Ratio::from_code);
        let told = known.and_then(|known| telling.ratio(known));
        covenant.tested =
            told.and_then(|(of, figure)| Some((of.statement.period_end, figure.ok()?)));
    }
    Ok(())
}

const COLUMNS: &str = "kind, ref, due, officer, opens, about, period_end, headroom, figure, in_a_row, loan_id, \
    target, balance";

/// A deadline from the columns after the first: kind, ref, due, officer, opens …
pub(crate) fn deadline_of(row: &Row<'_>, at: usize) -> Result<(String, Deadline)> {
    let figure: Option<i64> = row.get(at + 8)?;
    let deadline = Deadline {
        kind: code(row, at, DeadlineKind::from_code)?,
        reference: row.get(at + 1)?,
        due: day(row, at + 2)?,
        opens: day(row, at + 4)?,
        about: row.get(at + 5)?,
        period_end: maybe_day(row, at + 6)?,
        headroom: maybe_code(row, at + 7, Headroom::from_code)?,
        figure: figure.map(Decimal4),
        late_in_a_row: row.get(at + 9)?,
        loan: row.get(at + 10)?,
        target: row.get::<_, Option<i64>>(at + 11)?.map(Fen),
        balance: row.get::<_, Option<i64>>(at + 12)?.map(Fen),
    };
    Ok((row.get(at + 3)?, deadline))
}

fn on_disk(db: &Connection, range: (&str, &str)) -> Result<ByCustomer<Vec<Kept>>> {
    let sql = format!(
        "SELECT customer_id, {COLUMNS} FROM deadlines WHERE customer_id BETWEEN :first AND :last"
    );
    let mut found: ByCustomer<Vec<Kept>> = HashMap::new();
    each(db, &sql, range, |customer, row| {
        let (officer, deadline) = deadline_of(row, 1)?;
        found.entry(customer).or_default().push(Kept { officer, deadline });
        Ok(())
    })?;
    for rows in found.values_mut() {
        rows.sort_by(|a, b| {
            let (a, b) = (&a.deadline, &b.deadline);
            (a.due, a.kind, &a.reference).cmp(&(b.due, b.kind, &b.reference))
        });
    }
    Ok(found)
}

fn write(db: &Connection, customer: &str, rows: &[Kept], known: bool) -> Result<()> {
    if known {
        db.prepare_cached("DELETE FROM deadlines WHERE customer_id = :id")?
            .execute(named_params! {":id": customer})?;
    }
    let sql = format!(
        "INSERT INTO deadlines (customer_id, {COLUMNS}) VALUES (:id, :kind, :ref, :due, :officer, \
         :opens, :about, :period_end, :headroom, :figure, :in_a_row, :loan, \
         :target, :balance)"
    );
    let mut insert = db.prepare_cached(&sql)?;
    for Kept { officer, deadline } in rows {
        insert.execute(named_params! {
            ":id": customer, ":kind": deadline.kind.as_code(), ":ref": deadline.reference,
            ":due": deadline.due.to_string(), ":officer": officer,
            ":opens": deadline.opens.to_string(), ":about": deadline.about,
            ":period_end": deadline.period_end.map(|end| end.to_string()),
            ":headroom": deadline.headroom.map(Headroom::as_code),
            ":figure": deadline.figure.map(|figure| figure.0),
            ":in_a_row": deadline.late_in_a_row, ":loan": deadline.loan,
            ":target": deadline.target.map(|fen| fen.0),
            ":balance": deadline.balance.map(|fen| fen.0),
        })?;
    }
    Ok(())
}
