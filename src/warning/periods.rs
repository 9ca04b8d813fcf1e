//! Facts from statements: ratios with their limits, losses, growth, lateness.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::facts::{Fact, Sheet};
use super::material::{Material, Statement};
use crate::domain::answer::Value;
use crate::domain::money::{Decimal4, Fen};
use crate::risk::{Figures, Light, Ratio, Signals, ratio};

/// Days after the end of a period within which its statement is to be there. J: the bank's own
/// contracts may say otherwise.
const GRACE: Days = Days::new(45);

pub(super) fn add(sheet: &mut Sheet, material: &Material, signals: &Signals, today: NaiveDate) {
    lateness(sheet, material, today);
    let mut periods = material.statements.iter().filter(|s| s.end <= today);
    let Some(now) = periods.next() else { return };
    let before = periods.next();
    let same = now.end.checked_sub_months(Months::new(12)).map(end_of_month);
    let same = material.statements.iter().find(|s| Some(end_of_month(s.end)) == same);
    ratios(sheet, material, signals, now, same);
    for (fact, of, column) in [
        (Fact::NetProfit, Some(now), "net_profit"),
        (Fact::NetProfitBefore, before, "net_profit"),
        (Fact::CashFlow, Some(now), "operating_cash_flow"),
        (Fact::CashFlowBefore, before, "operating_cash_flow"),
        (Fact::Equity, Some(now), "equity"),
    ] {
        if let Some(of) = of
            && let Some(amount) = of.amounts.get(column)
        {
            sheet.put(fact, Value::Money(*amount), Some(of.end));
        }
    }
    let Some(same) = same else { return };
    for (fact, column) in
        [(Fact::ReceivablesGrowth, "receivables"), (Fact::InventoryGrowth, "inventory")]
    {
        let (new, old) = (now.amounts.get(column), same.amounts.get(column));
        let growth = new.zip(old).and_then(|(Fen(new), Fen(old))| percent(*new - *old, *old));
        if let Some(growth) = growth {
            sheet.put(fact, Value::Number(growth), Some(now.end));
        }
    }
    let margin = |of: &Statement| ratio(Ratio::GrossMargin, figures(of), None).ok();
    if let (Some(new), Some(old)) = (margin(now), margin(same)) {
        let change = Value::Number(Decimal4(new.0 - old.0));
        sheet.put(Fact::GrossMarginChange, change, Some(now.end));
    }
}

fn ratios(
    sheet: &mut Sheet,
    material: &Material,
    signals: &Signals,
    now: &Statement,
    same: Option<&Statement>,
) {
    for which in Ratio::ALL {
        let Ok(value) = ratio(*which, figures(now), same.map(figures)) else { continue };
        let Some(rule) = signals.ratio(*which) else { continue };
        let light = match rule.judge(Some(value), material.industry.as_deref()) {
            Light::Ok => "ok",
            Light::Watch => "watch",
            Light::Alarm => "alarm",
            Light::Unknown => continue,
        };
        sheet.put_ratio(*which, Value::Number(value), light, now.end);
    }
}

const fn figures(of: &Statement) -> Figures<'_> {
    Figures { amounts: &of.amounts, months: of.months }
}

/// How many of the last two reporting periods have no statement, although it should be there.
fn lateness(sheet: &mut Sheet, material: &Material, today: NaiveDate) {
    let Some(every) = material.reports_every.filter(|months| (1..=12).contains(months)) else {
        return;
    };
    let due = today.checked_sub_days(GRACE).unwrap_or(today);
    // Periods end with the calendar year and every so many months before.
    let mut month = due.month0() / every * every;
    let mut year = due.year();
    let mut late = 0;
    let mut last = None;
    for _ in 0..2 {
        if month == 0 {
            (year, month) = (year - 1, 12);
        }
        let Some(end) = NaiveDate::from_ymd_opt(year, month, 1).map(end_of_month) else { return };
        last = last.or(Some(end));
        let came = material.statements.iter().any(|s| end_of_month(s.end) == end);
        late += i64::from(!came);
        month = month.saturating_sub(every);
    }
    sheet.put(Fact::StatementsLate, Value::Number(Decimal4::from_int(late)), last);
}

fn end_of_month(day: NaiveDate) -> NaiveDate {
    let first = day.with_day(1).and_then(|first| first.checked_add_months(Months::new(1)));
    first.and_then(|next| next.pred_opt()).unwrap_or(day)
}

/// `part` of `whole` in percent; `None` where there is nothing below the line.
pub(super) fn percent(part: i64, whole: i64) -> Option<Decimal4> {
    if whole <= 0 {
        return None;
    }
    let scaled = i128::from(part) * 1_000_000 / i128::from(whole);
    i64::try_from(scaled).ok().map(Decimal4)
}
