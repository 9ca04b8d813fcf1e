//! What makes one ask whether a loan was read right: it is taken in as it is, but not without a
//! question.

use chrono::{Months, NaiveDate};

use super::LoanStatus;
use crate::domain::money::Fen;

/// A loan that runs for longer has a slip in one of its years.
pub const LONGEST_YEARS: u32 = 50;

/// A doubt about a loan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoanDoubt {
    /// Nothing was lent.
    Nothing,
    /// It is paid out on a day to come, and counts for nothing until then.
    ToCome,
    /// It runs for more than [`LONGEST_YEARS`].
    Long,
    /// More is owed than was lent.
    OverAmount,
    /// It is settled, and something is owed.
    Unsettled,
    /// It is past due for longer than it runs.
    PastDueLonger,
}

/// What is looked at of a loan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Terms {
    /// 借据金额
    pub amount: Option<Fen>,
    /// 贷款余额
    pub balance: Option<Fen>,
    /// 放款日期
    pub disbursed_on: Option<NaiveDate>,
    /// 到期日期
    pub matures_on: Option<NaiveDate>,
    /// 借据状态
    pub status: Option<LoanStatus>,
    /// 逾期天数
    pub days_past_due: Option<i64>,
}

/// The doubts about a loan. `latest` is the last day that can have been.
pub fn doubts(of: &Terms, latest: NaiveDate) -> impl Iterator<Item = LoanDoubt> + use<> {
    let over = of.amount.zip(of.balance).is_some_and(|(lent, owed)| owed > lent && lent.0 > 0);
    let owed = of.balance.is_some_and(|owed| owed.0 > 0);
    let term = Months::new(12 * LONGEST_YEARS);
    let long = of.disbursed_on.zip(of.matures_on).is_some_and(|(from, to)| {
        from.checked_add_months(term).is_some_and(|longest| to > longest)
    });
    let longer = of
        .days_past_due
        .zip(of.disbursed_on)
        .is_some_and(|(days, from)| days > 0 && days > (latest - from).num_days());
    let found = [
        (of.amount.is_some_and(|lent| lent.0 == 0)).then_some(LoanDoubt::Nothing),
        (of.disbursed_on.is_some_and(|day| day > latest)).then_some(LoanDoubt::ToCome),
        long.then_some(LoanDoubt::Long),
        over.then_some(LoanDoubt::OverAmount),
        (of.status == Some(LoanStatus::Settled) && owed).then_some(LoanDoubt::Unsettled),
        longer.then_some(LoanDoubt::PastDueLonger),
    ];
    found.into_iter().flatten()
}

#[cfg(test)]
mod tests;
