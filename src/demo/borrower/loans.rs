//! The loans of an invented borrower: what runs, what it renewed, what is not quite in order with it.

use chrono::{Days, NaiveDate};

use super::{Book, days_before, months_after};
use crate::demo::chance::Chance;
use crate::demo::row::Row;
use crate::domain::customer::Line;
use crate::domain::ids::{DrawdownId, LoanId};
use crate::domain::loan::{Drawdown, Loan, LoanStatus, Tier};
use crate::domain::money::Fen;

/// Days of the longest month.
const MONTH: i64 = 31;

pub(super) struct MadeLoan {
    pub(super) loan: Loan,
    /// Months of its term.
    pub(super) term: i64,
}

/// Yuan that a loan of this line may have, in ten thousands.
const fn size(line: Line) -> (i64, i64) {
    match line {
        Line::Corporate => (300, 4_000),
        Line::SmallBusiness => (60, 700),
        Line::PersonalBusiness => (15, 150),
        Line::PersonalConsumption => (3, 40),
        Line::MicroShop => (5, 60),
        Line::Project => (3_000, 20_000),
    }
}

/// Loans that run, with those that they renewed, going back three years.
pub(super) fn loans_of(
    today: NaiveDate,
    line: Line,
    customer: &str,
    tier: Tier,
    n: u32,
    chance: &mut Chance,
) -> Vec<MadeLoan> {
    let active = match line {
        Line::Corporate | Line::Project => chance.between(1, 3),
        Line::SmallBusiness => chance.between(1, 2),
        _ => 1,
    };
    // A few pay one loan with the next; the others have the money some days before.
    let hasty = n % 34 == 7;
    let mut loans = Vec::new();
    for _ in 0..active {
        let (low, high) = size(line);
        let amount = chance.between(low, high) * 10_000;
        let long = match line {
            Line::Project => true,
            Line::Corporate => chance.per_mille(250),
            Line::PersonalConsumption => chance.per_mille(600),
            _ => chance.per_mille(120),
        };
        let term = if long { chance.pick(&[24, 36, 60]) } else { 12 };
        let age = if long { chance.between(20, 700) } else { chance.between(2, 358) };
        let mut start = days_before(today, age);
        let mut made = loan(customer, loans.len() + 1, amount, start, term, LoanStatus::Active);
        spoil(&mut made.loan, tier, today, n, chance);
        begin_before_arrears(&mut made, today);
        start = made.loan.disbursed_on;
        loans.push(made);
        // The loans that this one renewed: each ended a few days before the next began.
        while !long && start > days_before(today, 1095) && chance.per_mille(820) {
            let gap = if hasty { chance.between(0, 6) } else { chance.between(8, 21) };
            let ended = days_before(start, gap);
            let begun = days_before(ended, 350 + chance.between(0, 15));
            let amount = chance.about(amount, 20) / 10_000 * 10_000;
            let mut old =
                loan(customer, loans.len() + 1, amount.max(10_000), begun, 12, LoanStatus::Settled);
            old.loan.settled_on = Some(ended);
            loans.push(old);
            start = begun;
        }
    }
    loans
}

fn loan(
    customer: &str,
    n: usize,
    yuan: i64,
    start: NaiveDate,
    term: i64,
    status: LoanStatus,
) -> MadeLoan {
    let amount = Fen::from_yuan(yuan);
    let balance = if status == LoanStatus::Active { amount } else { Fen::ZERO };
    let loan = Loan {
        id: LoanId(format!("{}-L{n}", customer.replacen('C', "J", 1))),
        amount,
        balance: Some(balance),
        disbursed_on: start,
        matures_on: Some(months_after(start, term)),
        status,
        settled_on: None,
        days_past_due: (status == LoanStatus::Active).then_some(0),
        tier: Some(Tier::Normal),
        drawdowns: Vec::new(),
    };
    MadeLoan { loan, term }
}

/// What is not quite in order with a running loan: arrears, a balance that is not known …
fn spoil(loan: &mut Loan, tier: Tier, today: NaiveDate, n: u32, chance: &mut Chance) {
    loan.tier = Some(tier);
    loan.days_past_due = Some(match tier {
        Tier::Normal => i64::from(chance.per_mille(12)) * chance.between(1, 6),
        Tier::SpecialMention => chance.between(3, 85),
        Tier::Substandard => chance.between(91, 170),
        Tier::Doubtful | Tier::Loss => chance.between(200, 500),
    });
    let repaid = chance.between(0, 4) * 15;
    loan.balance = Some(Fen(loan.amount.0 / 100 * (100 - repaid)));
    if chance.per_mille(4) || n == 41 {
        loan.balance = None;
    }
    if chance.per_mille(4) || n == 57 {
        loan.matures_on = None;
    }
    if chance.per_mille(5) {
        loan.tier = None;
    }
    // Large loans are drawn in parts.
    let old_enough = loan.disbursed_on < days_before(today, 45);
    if loan.amount >= Fen::from_yuan(8_000_000) && old_enough && chance.per_mille(500) {
        let half = Fen(loan.amount.0 / 200 * 100);
        let second = loan.disbursed_on.checked_add_days(Days::new(30));
        loan.drawdowns = vec![
            Drawdown {
                id: DrawdownId(format!("{}-D1", loan.id)),
                drawn_on: loan.disbursed_on,
                amount: half,
            },
            Drawdown {
                id: DrawdownId(format!("{}-D2", loan.id)),
                drawn_on: second.unwrap_or(loan.disbursed_on),
                amount: Fen(loan.amount.0 - half.0),
            },
        ];
    }
}

/// Nobody is late for longer than since her first instalment, a month after the money was paid out.
fn begin_before_arrears(made: &mut MadeLoan, today: NaiveDate) {
    let loan = &mut made.loan;
    let late = loan.days_past_due.filter(|days| *days > 0);
    let Some(first) = late.map(|days| days_before(today, days + MONTH)) else { return };
    let earlier = (loan.disbursed_on - first).num_days();
    if earlier <= 0 {
        return;
    }
    loan.disbursed_on = first;
    loan.matures_on = loan.matures_on.map(|_| months_after(first, made.term));
    for drawdown in &mut loan.drawdowns {
        drawdown.drawn_on = days_before(drawdown.drawn_on, earlier);
    }
}

pub(super) fn loan_row(customer: &str, made: &MadeLoan, line: Line, chance: &mut Chance) -> Row {
    let loan = &made.loan;
    let (products, purposes): (&[&str], &[&str]) = match line {
        // Machines are paid for over years, what is worked up within one.
        Line::Corporate if made.term > 12 => (&["固定资产贷款"], &["购置生产设备", "厂房改造"]),
        Line::Corporate => (&["流动资金贷款", "银行承兑汇票"], &["采购原材料", "支付货款"]),
        Line::SmallBusiness => (&["小微快贷", "流动资金贷款"], &["采购原材料", "补充营运资金"]),
        Line::PersonalBusiness => (&["个人经营贷"], &["进货周转", "门店装修"]),
        Line::PersonalConsumption => (&["个人消费贷", "住房装修贷"], &["房屋装修", "购置家电"]),
        Line::MicroShop => (&["商铺贷", "惠民小额贷"], &["进货周转", "支付租金"]),
        Line::Project => (&["项目贷款", "固定资产贷款"], &["项目建设", "工程款支付"]),
    };
    let guarantee = match line {
        Line::Corporate | Line::Project => chance.pick(&["mortgage", "guarantee", "pledge"]),
        Line::SmallBusiness => chance.pick(&["mortgage", "guarantee", "credit"]),
        _ => chance.pick(&["credit", "guarantee", "mortgage"]),
    };
    let repayment = if made.term > 12 { "等额本金" } else { "按月付息,到期还本" };
    Row::of("loans")
        .text("loan_id", loan.id.as_str())
        .text("customer_id", customer)
        .text("product", chance.pick(products))
        .text("contract_no", loan.id.as_str().replacen('J', "HT", 1))
        .text("purpose", chance.pick(purposes))
        .text("guarantee_mode", guarantee)
        .money("amount", Some(loan.amount))
        .money("balance", loan.balance)
        .int("rate", Some(chance.between(335, 680) * 100))
        .date("disbursed_on", Some(loan.disbursed_on))
        .date("matures_on", loan.matures_on)
        .text("status", loan.status.as_code())
        .date("settled_on", loan.settled_on)
        .int("days_past_due", loan.days_past_due)
        .text("tier", loan.tier.map_or("", Tier::as_code))
        .text("repayment", repayment)
}

pub(super) fn drawdown_rows(book: &Book<'_>, made: &MadeLoan, chance: &mut Chance) -> Vec<Row> {
    let mut rows = Vec::new();
    for drawdown in &made.loan.drawdowns {
        let payee = book.names.borrower(
            Line::SmallBusiness,
            book.names.trade(Line::SmallBusiness, chance),
            "",
            chance,
        );
        rows.push(
            Row::of("drawdowns")
                .text("drawdown_id", drawdown.id.as_str())
                .text("loan_id", made.loan.id.as_str())
                .date("drawn_on", Some(drawdown.drawn_on))
                .money("amount", Some(drawdown.amount))
                .text("payee", payee)
                .text("payment_mode", chance.pick(&["entrusted", "entrusted", "self"])),
        );
    }
    rows
}
