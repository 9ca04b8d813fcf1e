//! One invented borrower: who it is, what it has borrowed, what secures it.

use chrono::{Days, Months, NaiveDate};

use super::chance::Chance;
use super::names::{self, Names};
use super::row::Row;
use super::staff::{self, Person};
use super::trouble::{self, Trouble};
use crate::domain::customer::{Customer, Line};
use crate::domain::ids::{CustomerId, DrawdownId, LoanId, UserId};
use crate::domain::loan::{Drawdown, Loan, LoanStatus, Tier};
use crate::domain::money::Fen;
use crate::domain::portfolio::CustomerFile;

/// A borrower as planning sees it, with the rows that the store gets.
#[derive(Debug)]
pub(super) struct Borrower {
    /// For planning; visits, flags and orders are added later.
    pub(super) file: CustomerFile,
    /// Rows in the order in which they may be written, without visits, flags and orders.
    pub(super) rows: Vec<Row>,
    /// Person behind it.
    pub(super) person: String,
    /// Whether figures (statements, flows) are made for it.
    pub(super) detailed: bool,
    /// What is not well with it.
    pub(super) trouble: Option<Trouble>,
}

impl Borrower {
    /// Its number, as rows of other tables name it.
    pub(super) fn id(&self) -> &str {
        self.file.customer.id.as_str()
    }

    /// Yuan that it owes, as far as the balances are known.
    pub(super) fn exposure(&self) -> i64 {
        self.file.loans.iter().filter_map(|loan| loan.balance).map(|fen| fen.0).sum::<i64>() / 100
    }
}

/// What all borrowers of a book share.
#[derive(Debug)]
pub(super) struct Book<'a> {
    /// Word lists.
    pub(super) names: &'a Names,
    /// Staff.
    pub(super) people: &'a [Person],
    /// The as-of day of the book.
    pub(super) today: NaiveDate,
    /// Customers up to this number have figures; a large book would drown in them.
    pub(super) detailed: u32,
}

/// The id of the n-th customer, from 1.
pub(super) fn id_of(n: u32) -> String {
    format!("C{n:06}")
}

/// The day so many days before; after, if the number is negative.
pub(super) fn days_before(day: NaiveDate, n: i64) -> NaiveDate {
    let days = Days::new(n.unsigned_abs());
    if n < 0 { day.checked_add_days(days) } else { day.checked_sub_days(days) }.unwrap_or(day)
}

/// The day so many months after, at most the last of its month.
pub(super) fn months_after(day: NaiveDate, n: i64) -> NaiveDate {
    day.checked_add_months(Months::new(u32::try_from(n).unwrap_or(0))).unwrap_or(day)
}

/// Makes the n-th borrower.
pub(super) fn make(book: &Book<'_>, n: u32, chance: &mut Chance) -> Borrower {
    let line = line_of(n, chance);
    let tier = tier_of(n, chance);
    let low_risk = chance.per_mille(15);
    let person = book.names.person(chance);
    let officer = staff::officer_of(book.people, n, chance);
    let id = id_of(n);
    let loans = loans_of(book.today, line, &id, tier, n, chance);
    let first = loans.iter().map(|l| l.loan.disbursed_on).min().unwrap_or(book.today);
    // Three years under this system, or since the first loan: what is older is history.
    let onboarded = first.max(days_before(book.today, 1095));
    let trade = book.names.trade(line, chance);
    let name = book.names.borrower(line, trade, &person, chance);
    let (district, circle) = book.names.district(chance);
    // A few holes, so that the gaps of the plan can be seen.
    let line_known = (!chance.per_mille(6)).then_some(line);
    let customer = Customer {
        id: CustomerId(id.clone()),
        name: name.clone(),
        line: line_known,
        grade: Some(grade_of(tier, chance.pick(&["AA", "A", "A", "BBB", "BB"])).to_owned()),
        industry: Some(trade.industry.to_owned()),
        district: Some(district.to_owned()),
        trade_circle: Some(circle.to_owned()),
        officer: UserId(officer.clone()),
        tier: (tier != Tier::Normal).then_some(tier),
        low_risk,
        onboarded_on: Some(onboarded),
        cadence_since: None,
        extra_visit_from: None,
    };
    let mut rows = vec![customer_row(book, &customer, (n, line), &person, chance)];
    let detailed = n <= book.detailed;
    for made in &loans {
        rows.push(loan_row(&id, made, line, chance));
    }
    for made in &loans {
        rows.extend(drawdown_rows(book, made, chance));
    }
    let officer_known = officer != staff::LEFT;
    let file = CustomerFile {
        customer,
        officer_known,
        loans: loans.into_iter().map(|l| l.loan).collect(),
        visits: Vec::new(),
        flags: Vec::new(),
        tasks: Vec::new(),
        handovers: Vec::new(),
        requests: Vec::new(),
        kept: Vec::new(),
    };
    let trouble = trouble::of(n, line, tier, chance).filter(|_| detailed);
    Borrower { file, rows, person, detailed, trouble }
}

/// The first customers cover every line, so that even the smallest book shows each.
fn line_of(n: u32, chance: &mut Chance) -> Line {
    let rest = [
        (Line::Corporate, 14),
        (Line::PersonalBusiness, 24),
        (Line::MicroShop, 15),
        (Line::PersonalConsumption, 11),
        (Line::Project, 4),
    ];
    let drawn = chance.weigh(Line::SmallBusiness, &rest, 32);
    usize::try_from(n).ok().and_then(|n| Line::ALL.get(n.wrapping_sub(1))).copied().unwrap_or(drawn)
}

/// Every tier occurs among the first customers.
fn tier_of(n: u32, chance: &mut Chance) -> Tier {
    let rest =
        [(Tier::SpecialMention, 27), (Tier::Substandard, 7), (Tier::Doubtful, 3), (Tier::Loss, 1)];
    let drawn = chance.weigh(Tier::Normal, &rest, 962);
    match n {
        9 => Tier::SpecialMention,
        14 => Tier::Substandard,
        23 => Tier::Doubtful,
        31 => Tier::Loss,
        _ => drawn,
    }
}

/// The bank's own grade: whoever does not pay has lost the good one that she had.
const fn grade_of(tier: Tier, drawn: &'static str) -> &'static str {
    match tier {
        Tier::Normal => drawn,
        Tier::SpecialMention => "B",
        Tier::Substandard => "CCC",
        Tier::Doubtful => "CC",
        Tier::Loss => "D",
    }
}

struct MadeLoan {
    loan: Loan,
    /// Months of its term.
    term: i64,
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
fn loans_of(
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
        unpaid_since: None,
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

/// Every fortieth number begins a group: the companies among it and the five that follow.
fn group_of(n: u32) -> Option<String> {
    (n % 40 < 6).then(|| format!("G{:03}", n / 40 + 1))
}

fn customer_row(
    book: &Book<'_>,
    customer: &Customer,
    (n, line): (u32, Line),
    person: &str,
    chance: &mut Chance,
) -> Row {
    let company = matches!(line, Line::Corporate | Line::SmallBusiness | Line::Project);
    let (id_type, id_no) = if company {
        ("统一社会信用代码", names::company_id(chance))
    } else {
        ("居民身份证", names::person_id(chance))
    };
    let district = customer.district.as_deref().unwrap_or_default();
    let group = company.then_some(n).and_then(group_of);
    Row::of("customers")
        .text("customer_id", customer.id.as_str())
        .text("name", &customer.name)
        .text("line", customer.line.map_or("", Line::as_code))
        .text("id_type", id_type)
        .text("id_no", id_no)
        .text("industry", customer.industry.as_deref().unwrap_or_default())
        .text("district", district)
        .text("trade_circle", customer.trade_circle.as_deref().unwrap_or_default())
        .text("grade", customer.grade.as_deref().unwrap_or_default())
        .text("officer", customer.officer.as_str())
        .text("tier", customer.tier.map_or("", Tier::as_code))
        .int("low_risk", Some(i64::from(customer.low_risk)))
        .text("group_id", group.unwrap_or_default())
        .text("legal_rep", if company { person } else { "" })
        .text("controller", person)
        .text("phone", names::phone(chance))
        .text("address", book.names.address(district, chance))
        .date("onboarded_on", customer.onboarded_on)
}

fn loan_row(customer: &str, made: &MadeLoan, line: Line, chance: &mut Chance) -> Row {
    let loan = &made.loan;
    let (products, purposes): (&[&str], &[&str]) = match line {
        Line::Corporate => (
            &["流动资金贷款", "银行承兑汇票", "固定资产贷款"],
            &["采购原材料", "支付货款", "购置生产设备"],
        ),
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

fn drawdown_rows(book: &Book<'_>, made: &MadeLoan, chance: &mut Chance) -> Vec<Row> {
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
