//! Who comes first (section 7), and the rows of the printed lists (section 9).

use std::cmp::Reverse;

use chrono::NaiveDate;

use crate::domain::duty::DueVisit;
use crate::domain::flag::Level;
use crate::domain::ids::CustomerId;
use crate::domain::ids::UserId;
use crate::domain::loan::Tier;
use crate::domain::money::Fen;

use super::gap::Gap;

/// A due visit with what lists show of its customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// 客户名称
    pub name: String,
    /// 管户经理
    pub officer: UserId,
    /// 区域
    pub district: Option<String>,
    /// 商圈
    pub trade_circle: Option<String>,
    /// Highest level of the confirmed open flags.
    pub level: Option<Level>,
    /// The due visit.
    pub visit: DueVisit,
}

/// A gap with what lists show of its customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedGap {
    /// 客户号
    pub customer: CustomerId,
    /// 客户名称
    pub name: String,
    /// 管户经理
    pub officer: UserId,
    /// The gap.
    pub gap: Gap,
}

/// Place of a due visit in the order; the smaller comes first. Overdue visits lead by themselves, as
/// the longest overdue has the earliest date. A missing exposure counts as less than any.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Urgency<'a> {
    due: NaiveDate,
    level: Reverse<Option<Level>>,
    tier: Reverse<Tier>,
    exposure: Reverse<Option<Fen>>,
    customer: &'a CustomerId,
    first: Option<(&'static str, &'a str, NaiveDate)>,
}

/// The place of a due visit of a customer with this flag level.
pub fn urgency(visit: &DueVisit, level: Option<Level>) -> Urgency<'_> {
    Urgency {
        due: visit.due,
        level: Reverse(level),
        tier: Reverse(visit.tier),
        exposure: Reverse(visit.exposure),
        customer: &visit.customer,
        first: visit.duties.first().map(|d| (d.code.as_code(), d.reference.as_str(), d.raw_due)),
    }
}

/// Whether a list from one day to another, both included, shows a due visit: what is overdue always is.
pub fn is_listed(visit: &DueVisit, as_of: NaiveDate, from: NaiveDate, to: NaiveDate) -> bool {
    visit.due < as_of || (from <= visit.due && visit.due <= to)
}

/// Puts due visits of many customers in the order of section 7.
pub fn sort(list: &mut [Listed]) {
    // Most differ in their day, which is compared without making the rest of the key.
    list.sort_by(|a, b| {
        let day = a.visit.due.cmp(&b.visit.due);
        day.then_with(|| urgency(&a.visit, a.level).cmp(&urgency(&b.visit, b.level)))
    });
}

/// Puts gaps of many customers in order of customer, field and reference.
pub fn sort_gaps(list: &mut [ListedGap]) {
    list.sort_by(|a, b| (&a.customer, &a.gap).cmp(&(&b.customer, &b.gap)));
}
