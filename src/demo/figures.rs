//! Figures of a borrower: statements, account flows, utilities, repayments, security, relations,
//! conditions. They hang together, so that ratios and cross-checks say something.

use chrono::{Datelike, Months, NaiveDate};

use super::borrower::{Book, Borrower, days_before, id_of, months_after};
use super::chance::Chance;
use super::row::Row;
use super::statements::{self, last_quarter_end, trend};
use super::trouble::Trouble;
use super::{names, repayments};
use crate::domain::customer::Line;
use crate::domain::loan::LoanStatus;
use crate::domain::money::Fen;

/// Rows in the order in which they may be written, after customers, loans and drawdowns.
pub(super) fn rows(book: &Book<'_>, borrower: &Borrower, n: u32, chance: &mut Chance) -> Vec<Row> {
    let mut rows = Vec::new();
    let file = &borrower.file;
    let line = file.customer.line.unwrap_or(Line::SmallBusiness);
    let company = matches!(line, Line::Corporate | Line::SmallBusiness | Line::Project);
    if borrower.detailed {
        for loan in file.loans.iter().filter(|l| l.status == LoanStatus::Active) {
            rows.extend(repayments::of_today(book.today, loan, chance));
        }
    }
    rows.extend(contacts(book, borrower, company, chance));
    rows.extend(security(book, borrower, chance));
    if borrower.detailed {
        let sales = yearly_sales(borrower, chance);
        if company {
            rows.extend(statements::rows(book.today, borrower, sales, chance));
        }
        rows.extend(flows(book.today, borrower, sales, chance));
        if matches!(line, Line::Corporate | Line::SmallBusiness | Line::MicroShop) {
            rows.extend(utilities(book.today, borrower, sales, chance));
        }
        rows.extend(relations(book, borrower, n, chance));
        rows.extend(conditions(book.today, borrower, company, chance));
    }
    rows
}

/// Yuan a year that a borrower of this exposure sells for.
fn yearly_sales(borrower: &Borrower, chance: &mut Chance) -> i64 {
    (borrower.exposure().max(50_000) * chance.between(16, 42)) / 10
}

fn contacts(book: &Book<'_>, borrower: &Borrower, company: bool, chance: &mut Chance) -> Vec<Row> {
    let contact = |name: &str, role: &str, note: &str, chance: &mut Chance| {
        Row::of("contacts")
            .text("customer_id", borrower.id())
            .text("name", name)
            .text("role", role)
            .text("phone", names::phone(chance))
            .text("note", note)
    };
    let first = if company { "controller" } else { "borrower" };
    let mut rows = vec![contact(&borrower.person, first, "", chance)];
    if company {
        let finance = book.names.person(chance);
        if finance != borrower.person {
            rows.push(contact(&finance, "finance", "上午在公司", chance));
        }
    }
    rows
}

fn security(book: &Book<'_>, borrower: &Borrower, chance: &mut Chance) -> Vec<Row> {
    let mut rows = Vec::new();
    if chance.per_mille(380) {
        let name = book.names.person(chance);
        let relation = chance.pick(&["股东", "配偶", "实际控制人亲属", "合作伙伴"]);
        rows.push(
            Row::of("guarantors")
                .text("customer_id", borrower.id())
                .text("name", name)
                .text("id_no", names::person_id(chance))
                .money("amount", Some(Fen::from_yuan(borrower.exposure())))
                .text("relation", relation),
        );
    }
    if chance.per_mille(420) {
        let loan = borrower.file.loans.iter().find(|l| l.status == LoanStatus::Active);
        let (kind, place) = chance.weigh(
            ("工业厂房", true),
            &[(("住宅", true), 30), (("商铺", true), 20), (("机器设备", false), 20)],
            30,
        );
        let district = borrower.file.customer.district.as_deref().unwrap_or_default();
        let valued = days_before(book.today, chance.between(40, 400));
        let insured = days_before(book.today, chance.between(-360, 9));
        let insured =
            months_after(insured, i64::from(insured < book.today) * 12 * chance.between(0, 1));
        let worth = if borrower.trouble == Some(Trouble::Value) { 11 } else { 19 };
        let address = if place { book.names.address(district, chance) } else { String::new() };
        rows.push(
            Row::of("collateral")
                .text("collateral_id", format!("Y{}", borrower.id()))
                .text("customer_id", borrower.id())
                .text("loan_id", loan.map_or("", |l| l.id.as_str()))
                .text("kind", kind)
                .text("place", address)
                .int("area", place.then(|| chance.between(60, 8_000) * 10_000))
                .money(
                    "value",
                    Some(Fen::from_yuan(
                        chance.about(borrower.exposure() * worth / 10, 12).max(80_000),
                    )),
                )
                .date("valued_on", Some(valued))
                .date("next_valuation_on", Some(months_after(valued, 12)))
                .text("registered_no", format!("澜(演)他字第{:06}号", chance.between(1, 999_999)))
                .date("insured_until", Some(insured)),
        );
    }
    rows
}

fn month_text(today: NaiveDate, back: u32) -> String {
    let day = today.checked_sub_months(Months::new(back)).unwrap_or(today);
    format!("{:04}-{:02}", day.year(), day.month())
}

/// Two years of the account at the bank, oldest first.
fn flows(today: NaiveDate, borrower: &Borrower, sales: i64, chance: &mut Chance) -> Vec<Row> {
    let trend = trend(borrower, chance);
    let share = chance.between(35, 85);
    // Whose money goes elsewhere sends it elsewhere since the summer.
    let stays =
        |back: u32| if borrower.trouble == Some(Trouble::Inflow) && back <= 3 { 38 } else { 100 };
    let mut balance = sales / 20;
    (1..=24)
        .rev()
        .map(|back| {
            let month = sales / 12 * share / 100;
            let month = month * (100 - trend * i64::from(back) / 12) / 100;
            let inflow = chance.about(month * stays(back) / 100, 15);
            let outflow = chance.about(inflow, 9).min(inflow + balance * 8 / 10);
            balance = (balance + inflow - outflow).max(1_000);
            Row::of("account_flows")
                .text("customer_id", borrower.id())
                .text("month", month_text(today, back))
                .money("inflow", Some(Fen::from_yuan(inflow)))
                .money("outflow", Some(Fen::from_yuan(outflow)))
                .money("end_balance", Some(Fen::from_yuan(balance)))
                .money("min_balance", Some(Fen::from_yuan(balance * chance.between(20, 80) / 100)))
                .int("transactions", Some(chance.between(8, 240)))
        })
        .collect()
}

fn utilities(today: NaiveDate, borrower: &Borrower, sales: i64, chance: &mut Chance) -> Vec<Row> {
    let trend = trend(borrower, chance);
    let stays =
        |back: u32| if borrower.trouble == Some(Trouble::Power) && back <= 3 { 55 } else { 100 };
    let usual = (sales / 12 / 45).clamp(180, 900_000);
    (1..=24)
        .rev()
        .map(|back| {
            let month = usual * (100 - trend * i64::from(back) / 12) / 100;
            let used = chance.about(month * stays(back) / 100, 9).max(20);
            Row::of("utilities")
                .text("customer_id", borrower.id())
                .text("month", month_text(today, back))
                .text("kind", "power")
                .int("quantity", Some(used * 10_000))
                .money("amount", Some(Fen(used * 68)))
        })
        .collect()
}

fn relations(book: &Book<'_>, borrower: &Borrower, n: u32, chance: &mut Chance) -> Vec<Row> {
    let mut rows = Vec::new();
    if n > 12 && chance.per_mille(140) {
        // Always to an earlier customer: that row is there already.
        let other = u32::try_from(chance.between(1, i64::from(n) - 1)).unwrap_or(1);
        let kind = chance.pick(&["mutual_guarantee", "guarantee", "downstream", "upstream"]);
        rows.push(
            Row::of("relations")
                .text("customer_id", borrower.id())
                .text("related_name", format!("本行客户{}", id_of(other)))
                .text("related_customer_id", id_of(other))
                .text("kind", kind),
        );
    }
    if chance.per_mille(300) {
        let trade = book.names.trade(Line::SmallBusiness, chance);
        let name = book.names.borrower(Line::SmallBusiness, trade, "", chance);
        let kind = chance.pick(&["upstream", "downstream", "control"]);
        rows.push(
            Row::of("relations")
                .text("customer_id", borrower.id())
                .text("related_name", name)
                .text("kind", kind)
                .text("note", "按合同往来"),
        );
    }
    rows
}

fn conditions(
    today: NaiveDate,
    borrower: &Borrower,
    company: bool,
    chance: &mut Chance,
) -> Vec<Row> {
    let mut rows = Vec::new();
    if chance.per_mille(260) {
        let text = chance.pick(&[
            "放款后三个月内结算回笼不低于贷款额的 50%",
            "补充签署股东连带责任保证",
            "押品保险第一受益人变更为本行",
        ]);
        let due = days_before(today, chance.between(-70, 60));
        let done = due < today && chance.per_mille(850);
        rows.push(
            Row::of("conditions")
                .text("condition_id", format!("T{}", borrower.id()))
                .text("customer_id", borrower.id())
                .text("text", text)
                .date("due_on", Some(due))
                .date("done_on", done.then_some(due)),
        );
    }
    if company && chance.per_mille(300) {
        rows.push(
            Row::of("covenants")
                .text("covenant_id", format!("K{}", borrower.id()))
                .text("customer_id", borrower.id())
                .text("kind", "financial")
                .text("indicator", "资产负债率")
                .text("operator", "<=")
                .int("limit", Some(70 * 10_000))
                .text("frequency", "quarterly"),
        );
        rows.extend(reporting(today, borrower));
        rows.extend(bound(borrower));
    }
    rows
}

/// Who has several loans reports for the one that was paid out first.
fn bound(borrower: &Borrower) -> Option<Row> {
    let running = borrower.file.loans.iter().filter(|loan| loan.status == LoanStatus::Active);
    let several = running.clone().count() > 1;
    let first = running.min_by_key(|loan| loan.disbursed_on).filter(|_| several)?;
    let bound = Row::of("covenant_loans")
        .text("covenant_id", format!("B{}", borrower.id()))
        .text("loan_id", first.id.as_str());
    Some(bound)
}

/// Statements are owed each quarter; one from before the first that is there was let off.
fn reporting(today: NaiveDate, borrower: &Borrower) -> [Row; 2] {
    let id = format!("B{}", borrower.id());
    let before = last_quarter_end(days_before(last_quarter_end(today), 731));
    let due = days_before(before, -30);
    [
        Row::of("covenants")
            .text("covenant_id", id.clone())
            .text("customer_id", borrower.id())
            .text("kind", "reporting")
            .text("frequency", "quarterly"),
        Row::of("deadline_marks")
            .text("customer_id", borrower.id())
            .text("kind", "statement")
            .text("ref", id)
            .date("due_on", Some(due))
            .text("mark", "waived")
            .date("marked_on", Some(due))
            .text("marked_by", "lifang")
            .text("reason", "新设企业，首期报表免报"),
    ]
}
