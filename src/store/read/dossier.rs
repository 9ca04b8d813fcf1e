//! Everything about one customer. Personal data leave this file masked (`access.rs`).

mod sections;

use chrono::Datelike as _;
use rusqlite::{OptionalExtension as _, Result, named_params};

use super::{Asked, groups};
use crate::access::{mask_id, mask_name, mask_phone};
use crate::domain::customer::Line;
use crate::domain::ids::CustomerId;
use crate::domain::loan::Tier;
use crate::domain::money::Fen;
use crate::domain::visit::{OnsiteYear, VisitClass};
use crate::planning::{self, Cell, onsite_year};
use crate::protocol::page::{DossierPage, StrategyRow, VisitRow};
use crate::store::portfolio;
use crate::store::project::HORIZON;
use crate::store::row::{code, count, id, maybe_code, maybe_day};

/// Visits of a customer that are told, the latest.
pub(super) const VISITS: u32 = 50;

impl Asked<'_> {
    pub(super) fn dossier(&self, customer: &CustomerId) -> Result<Option<DossierPage>> {
        let Some((mut page, gaps, cell)) = self.head(customer)? else { return Ok(None) };
        page.due = self.agenda_of(customer)?;
        page.deadlines = self.deadlines_of(customer)?;
        page.strategy = self.strategy_of(customer)?.filter(StrategyRow::is_told).map(Box::new);
        if gaps > 0 {
            page.gaps = self.gaps(customer)?;
        }
        page.loans = self.loans(customer)?;
        page.statements = self.statements(customer, 8)?;
        page.flows = self.flows(customer)?;
        page.power = self.power(customer)?;
        page.collateral = self.collateral(customer)?;
        page.guarantors = self.guarantors(customer)?;
        page.unfinished = super::statements::is_unfinished(self.db, customer, page.line)?;
        page.relations = self.relations(customer)?;
        page.group_sum = groups::sum(self.db, &self.sight, customer)?;
        page.contacts = self.contacts(customer)?;
        page.conditions = self.conditions(customer)?;
        page.todos = self.all_todos_of(customer)?;
        page.visits = self.visits(customer, VISITS)?;
        page.onsite = self.onsite(cell.as_deref(), &page.visits);
        page.handovers = self.handovers(customer)?;
        page.handovers.reverse();
        page.record = self.open_record(customer)?;
        page.proposed = self.proposed(customer)?;
        Ok(Some(page))
    }

    /// The customer's own row and figures, and how many gaps the plan has.
    fn head(&self, customer: &CustomerId) -> Result<Option<(DossierPage, i64, Option<String>)>> {
        let sql = format!(
            "SELECT c.customer_id, c.name, c.line, c.industry, c.district, c.trade_circle, c.grade, \
             c.officer, coalesce(u.name, c.officer), coalesce(x.tier, c.tier, 'normal'), c.low_risk, \
             c.group_id, c.id_no, c.legal_rep, c.controller, c.phone, c.address, c.onboarded_on, \
             x.exposure, coalesce(x.days_past_due, 0), coalesce(x.yellow, 0), \
             coalesce(x.orange, 0), coalesce(x.red, 0), coalesce(x.gaps, 1), x.cell \
             FROM customers c LEFT JOIN customer_facts x ON x.customer_id = c.customer_id \
             LEFT JOIN users u ON u.user = c.officer WHERE c.customer_id = :id AND {}",
            self.sight.sieve("c.officer")
        );
        let parameters = named_params! {":id": customer.as_str(), ":scope": self.sight.value()};
        let masked = |text: Option<String>, mask: fn(&str) -> String| {
            text.map(|text| self.shown(mask, &text))
        };
        self.db
            .prepare_cached(&sql)?
            .query_row(parameters, |row| {
                let page = DossierPage {
                    customer: id(row, 0)?,
                    name: row.get(1)?,
                    line: maybe_code(row, 2, Line::from_code)?,
                    industry: row.get(3)?,
                    unfinished: false,
                    district: row.get(4)?,
                    trade_circle: row.get(5)?,
                    grade: row.get(6)?,
                    officer: id(row, 7)?,
                    officer_name: row.get(8)?,
                    tier: code(row, 9, Tier::from_code)?,
                    low_risk: row.get(10)?,
                    group_id: row.get(11)?,
                    id_no: masked(row.get(12)?, mask_id),
                    legal_rep: masked(row.get(13)?, mask_name),
                    controller: masked(row.get(14)?, mask_name),
                    phone: masked(row.get(15)?, mask_phone),
                    address: masked(row.get(16)?, to_the_street),
                    onboarded_on: maybe_day(row, 17)?,
                    exposure: row.get::<_, Option<i64>>(18)?.map(Fen),
                    days_past_due: row.get(19)?,
                    flags: [count(row, 20)?, count(row, 21)?, count(row, 22)?],
                    proposed: [0; 3],
                    onsite: None,
                    deadlines: Vec::new(),
                    due: Vec::new(),
                    strategy: None,
                    gaps: Vec::new(),
                    loans: Vec::new(),
                    statements: Vec::new(),
                    flows: Vec::new(),
                    power: Vec::new(),
                    collateral: Vec::new(),
                    guarantors: Vec::new(),
                    relations: Vec::new(),
                    group_sum: None,
                    contacts: Vec::new(),
                    conditions: Vec::new(),
                    todos: Vec::new(),
                    visits: Vec::new(),
                    handovers: Vec::new(),
                    record: None,
                };
                Ok((page, row.get(23)?, row.get(24)?))
            })
            .optional()
    }

    /// On-site inspections of this year, by the cadence that the plan keeps.
    fn onsite(&self, cell: Option<&str>, visits: &[VisitRow]) -> Option<OnsiteYear> {
        let cell: Cell = cell?.parse().ok()?;
        let made = visits.iter().filter(|v| v.state.is_done() && v.class == VisitClass::Onsite);
        onsite_year(cell.on?, self.today.year(), made.map(|visit| visit.visited_on))
    }

    /// Flags on which nobody has decided, by level.
    fn proposed(&self, customer: &CustomerId) -> Result<[u32; 3]> {
        const SQL: &str = "SELECT coalesce(sum(level = 'yellow'), 0), \
            coalesce(sum(level = 'orange'), 0), coalesce(sum(level = 'red'), 0) \
            FROM flags WHERE customer_id = ?1 AND state = 'proposed'";
        let mut statement = self.db.prepare_cached(SQL)?;
        statement.query_row([customer.as_str()], |row| {
            Ok([count(row, 0)?, count(row, 1)?, count(row, 2)?])
        })
    }

    fn gaps(&self, customer: &CustomerId) -> Result<Vec<(String, String, bool)>> {
        let Some(file) = portfolio::load(self.db, self.packs, customer)? else {
            return Ok(Vec::new());
        };
        let to = self.today.checked_add_days(HORIZON).unwrap_or(self.today);
        let plan = planning::plan(&file, &self.packs.policy, &self.packs.workdays, self.today, to);
        let gaps = plan.gaps.iter();
        Ok(gaps.map(|gap| (gap.field.to_string(), gap.reference.clone(), gap.blocks)).collect())
    }
}

/// An address without house and room: up to and with the last word for a street or village. One
/// without such a word stops at the first digit.
pub(super) fn to_the_street(address: &str) -> String {
    const STREETS: [char; 10] = ['路', '街', '道', '巷', '弄', '胡', '村', '镇', '乡', '区'];
    let last = address.char_indices().rfind(|(_, c)| STREETS.contains(c));
    let end = match last {
        Some((at, '胡')) => {
            address.get(at..).and_then(|rest| rest.starts_with("胡同").then(|| at + "胡同".len()))
        }
        Some((at, c)) => Some(at + c.len_utf8()),
        None => address.find(|c: char| c.is_numeric()),
    };
    end.and_then(|end| address.get(..end)).unwrap_or(address).to_owned()
}

#[cfg(test)]
mod tests;
