//! Facts from statements: ratios with their limits, losses, growth, each of the latest statement that
//! tells it; how many are late.

use chrono::NaiveDate;

use super::facts::{Fact, Sheet};
use super::material::Material;
use crate::domain::answer::Value;
use crate::domain::flag::Level;
use crate::domain::money::{Decimal4, Fen};
use crate::domain::statement::{Statement, StatementLine as Line, opening};
use crate::risk::statements::{Telling, level_of};
use crate::risk::{Beside, Input, NotComputable, Ratio, Signals, ratio};

pub(super) fn add(sheet: &mut Sheet, material: &Material, signals: &Signals, today: NaiveDate) {
    if let Some((late, end)) = material.statements_late {
        sheet.put(Fact::StatementsLate, Value::Number(Decimal4::from_int(late.into())), end);
    }
    let applies = signals.judges(material.industry.as_deref(), material.unfinished);
    sheet.put(Fact::LimitsApply, Value::Bool(applies), None);
    let telling = Telling::of(&material.statements, signals.oldest_judged(today), today);
    ratios(sheet, material, signals, applies, &telling);
    for (line, this, that) in [
        (Line::NetProfit, Fact::NetProfit, Fact::NetProfitBefore),
        (Line::OperatingCashFlow, Fact::CashFlow, Fact::CashFlowBefore),
    ] {
        let Some(now) = telling.line(line).map(|one| one.statement) else { continue };
        // Interim figures run from January: the period before is what ended when this one began, a
        // year or a single quarter. An older one, or the same months a year ago, does not run on to it.
        let before = opening(&material.statements, now).filter(|s| s.months > Some(0));
        let known = |of: &Statement| Some((of.get(line)?, of.period_end));
        for (fact, found) in [(this, known(now)), (that, before.and_then(known))] {
            if let Some((amount, end)) = found {
                sheet.put(fact, Value::Money(amount), Some(end));
            }
        }
    }
    if let Some(now) = telling.line(Line::Equity).map(|one| one.statement)
        && let Some(equity) = now.get(Line::Equity)
    {
        sheet.put(Fact::Equity, Value::Money(equity), Some(now.period_end));
    }
    for (fact, line) in
        [(Fact::ReceivablesGrowth, Line::Receivables), (Fact::InventoryGrowth, Line::Inventory)]
    {
        let growth = telling.figure(|one| {
            let old = one.same.and_then(|same| same.get(line));
            let both = one.statement.get(line).zip(old).ok_or(NotComputable::NoComparison)?;
            let (Fen(new), Fen(old)) = both;
            let below = NotComputable::NothingBelow(Input::Line(line));
            Decimal4::percent_of(new.saturating_sub(old), old).ok_or(below)
        });
        if let Some((of, Ok(growth))) = growth {
            sheet.put(fact, Value::Number(growth), Some(of.statement.period_end));
        }
    }
    let margin = |of: &Statement| ratio(Ratio::GrossMargin, of, None, &Beside::default());
    let change = telling.figure(|one| {
        let same = one.same.ok_or(NotComputable::NoComparison)?;
        Ok(Decimal4(margin(one.statement)?.0.saturating_sub(margin(same)?.0)))
    });
    if let Some((of, Ok(change))) = change {
        sheet.put(Fact::GrossMarginChange, Value::Number(change), Some(of.statement.period_end));
    }
}

/// What stands in the statement alone: security and flows have facts of their own.
fn ratios(
    sheet: &mut Sheet,
    material: &Material,
    signals: &Signals,
    judges: bool,
    telling: &Telling<'_>,
) {
    let industry = material.industry.as_deref();
    for which in Ratio::ALL {
        let Some((of, value)) = telling.ratio(*which) else { continue };
        let (now, value) = (of.statement, value.ok());
        let before = of.same.and_then(|same| {
            ratio(*which, same, None, &Beside::began(&material.statements, same)).ok()
        });
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
