//! One invented borrower: who it is, what it has borrowed, what secures it.

use chrono::{Days, Months, NaiveDate};

mod loans;

use super::chance::Chance;
use super::names::{self, Names};
use super::row::Row;
use super::staff::{self, Person};
use super::trouble::{self, Trouble};
use crate::domain::customer::{Customer, Line};
use crate::domain::ids::{CustomerId, UserId};
use crate::domain::loan::Tier;
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
    let loans = loans::loans_of(book.today, line, &id, tier, n, chance);
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
        rows.push(loans::loan_row(&id, made, line, chance));
    }
    for made in &loans {
        rows.extend(loans::drawdown_rows(book, made, chance));
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
