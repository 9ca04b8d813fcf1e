//! Facts from statements: ratios with their limits, losses, growth; how many are late.

use chrono::NaiveDate;

use super::facts::{Fact, Sheet};
use super::material::Material;
use crate::domain::answer::Value;
use crate::domain::flag::Level;
use crate::domain::money::{Decimal4, Fen};
use crate::domain::statement::{Statement, StatementLine as Line, opening, years_before};
use crate::risk::statements::level_of;
use crate::risk::{Beside, Ratio, Signals, ratio};

pub(super) fn add(sheet: &mut Sheet, material: &Material, signals: &Signals, today: NaiveDate) {
    if let Some((late, end)) = material.statements_late {
        sheet.put(Fact::StatementsLate, Value::Number(Decimal4::from_int(late.into())), end);
    }
    let statements = || material.statements.iter().filter(|s| s.period_end <= today);
    let applies = signals.judges(material.industry.as_deref(), material.unfinished);
    sheet.put(Fact::LimitsApply, Value::Bool(applies), None);
    let oldest = signals.oldest_judged(today);
    let judged = |s: &&Statement| oldest.is_none_or(|oldest| s.period_end >= oldest);
    let Some(now) = statements().max_by_key(|s| s.period_end).filter(judged) else { return };
    let same = years_before(&material.statements, now.period_end, 1);
    // Interim figures run from January: the period before is the year that ended when this one
    // began. An older one, or the same months a year ago, does not run on to it.
    let before = opening(&material.statements, now).filter(|s| s.months == Some(12));
    ratios(sheet, material, signals, applies, (now, same));
    for (line, this, that) in [
        (Line::NetProfit, Fact::NetProfit, Fact::NetProfitBefore),
        (Line::OperatingCashFlow, Fact::CashFlow, Fact::CashFlowBefore),
    ] {
        let known = |of: &Statement| Some((of.get(line)?, of.period_end));
        for (fact, found) in [(this, known(now)), (that, before.and_then(known))] {
            if let Some((amount, end)) = found {
                sheet.put(fact, Value::Money(amount), Some(end));
            }
        }
    }
    if let Some(equity) = now.get(Line::Equity) {
        sheet.put(Fact::Equity, Value::Money(equity), Some(now.period_end));
    }
    let Some(same) = same else { return };
    for (fact, line) in
        [(Fact::ReceivablesGrowth, Line::Receivables), (Fact::InventoryGrowth, Line::Inventory)]
    {
        let both = now.get(line).zip(same.get(line));
        let growth = both
            .and_then(|(Fen(new), Fen(old))| Decimal4::percent_of(new.saturating_sub(old), old));
        if let Some(growth) = growth {
            sheet.put(fact, Value::Number(growth), Some(now.period_end));
        }
    }
    let margin = |of: &Statement| ratio(Ratio::GrossMargin, of, None, &Beside::default()).ok();
    if let (Some(new), Some(old)) = (margin(now), margin(same)) {
        let change = Value::Number(Decimal4(new.0.saturating_sub(old.0)));
        sheet.put(Fact::GrossMarginChange, change, Some(now.period_end));
    }
}

/// What stands in the statement alone: security and flows have facts of their own.
fn ratios(
    sheet: &mut Sheet,
    material: &Material,
    signals: &Signals,
    judges: bool,
    (now, same): (&Statement, Option<&Statement>),
) {
    let industry = material.industry.as_deref();
    let began = Beside::began(&material.statements, now);
    let of_same = same.map(|same| Beside::began(&material.statements, same)).unwrap_or_default();
    for which in Ratio::ALL {
        let value = ratio(*which, now, same, &began).ok();
        let before = same.and_then(|same| ratio(*which, same, None, &of_same).ok());
        // Where the limits do not apply the value is known, and no judgement.
        let rule = signals.ratio(*which).filter(|_| judges);
        let light = rule.map(|rule| {
            let limits = rule.limit(industry);
            let (light, limit) = match level_of(*which, rule, now, value, before, industry) {
                None => ("ok", None),
                Some(Level::Yellow) => ("watch", Some(limits.watch)),
                Some(Level::Orange) => ("alarm", Some(limits.alarm)),
                Some(Level::Red) => ("grave", limits.grave),
            };
            // It may be the change against the year before that is too great.
            (light, limit.filter(|limit| value.is_some_and(|value| rule.is_beyond(value, *limit))))
        });
        match (value, light) {
            (Some(value), _) => {
                sheet.put_ratio(*which, Value::Number(value), light, now.period_end);
            }
            // There may be no ratio, and the limit is exceeded all the same.
            (None, Some((light, limit))) if light != "ok" => {
                sheet.put_light(*which, light, limit, now.period_end);
            }
            (None, _) => {}
        }
    }
}
