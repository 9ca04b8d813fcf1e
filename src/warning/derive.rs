//! From what the bank has to the facts that rules name.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::facts::{Fact, Sheet};
use super::material::{CollateralLine, EventKind, LoanLine, Material, Series, year_months};
use super::periods;
use crate::domain::answer::Value;
use crate::domain::ids::CustomerId;
use crate::domain::loan::{GuaranteeMode, LoanStatus, Tier, days_past_due};
use crate::domain::money::{Decimal4, Fen};
use crate::risk::{Renewal, Signals};

/// The facts of a customer today.
pub fn sheet(material: &Material, signals: &Signals, today: NaiveDate) -> Sheet {
    let mut sheet = Sheet::empty();
    who(&mut sheet, material);
    loans(&mut sheet, material, signals, today);
    series(&mut sheet, material, today);
    collateral(&mut sheet, material, today);
    periods::add(&mut sheet, material, signals, today);
    around(&mut sheet, material);
    records(&mut sheet, material, today);
    sheet
}

fn number(n: i64) -> Value {
    Value::Number(Decimal4::from_int(n))
}

fn who(sheet: &mut Sheet, material: &Material) {
    if let Some(line) = material.line {
        sheet.put(Fact::Line, Value::Choice(line.as_code().to_owned()), None);
    }
    let of_loans = material.loans.iter().filter(|l| l.status == LoanStatus::Active);
    if let Some(tier) = of_loans.filter_map(|loan| loan.tier).chain(material.tier).max() {
        sheet.put(Fact::Tier, Value::Choice(tier.as_code().to_owned()), None);
    }
    if let Some(industry) = &material.industry {
        sheet.put(Fact::Industry, Value::Text(industry.clone()), None);
    }
    sheet.put(Fact::LowRisk, Value::Bool(material.low_risk), None);
}

fn loans(sheet: &mut Sheet, material: &Material, signals: &Signals, today: NaiveDate) {
    let active = || material.loans.iter().filter(|loan| loan.status == LoanStatus::Active);
    let balances: Option<Vec<Fen>> = active().map(|loan| loan.balance).collect();
    if let Some(exposure) = balances.and_then(Fen::sum_of) {
        sheet.put(Fact::Exposure, Value::Money(exposure), None);
    }
    past_due(sheet, material, today);
    if let Some(instalments) = material.instalments {
        if instalments.running {
            let days = instalments.oldest_interest.map_or(0, |day| (today - day).num_days());
            sheet.put(Fact::InterestUnpaidDays, number(days), instalments.oldest_interest);
        }
        sheet.put(Fact::Late6m, number(instalments.late_6m), None);
        sheet.put(Fact::Late12m, number(instalments.late_12m), None);
    }
    if let Some(day) = last_quarter_day(today) {
        sheet.put(Fact::QuarterDayDays, number((today - day).num_days()), Some(day));
    }
    let renewals = renewals(material, signals.renewal(), today);
    sheet.put(Fact::Renewals24m, number(renewals), None);
    if let Some(day) = active().filter_map(|loan| loan.matures_on).min() {
        sheet.put(Fact::MaturesIn, number((day - today).num_days()), Some(day));
    }
}

/// The most days past due, and since when where a schedule gives these days: what the bank reports may
/// be of another loan, or counted in its own way.
fn past_due(sheet: &mut Sheet, material: &Material, today: NaiveDate) {
    let active = material.loans.iter().filter(|loan| loan.status == LoanStatus::Active);
    let days = |loan: &LoanLine| days_past_due(loan.days_past_due, loan.unpaid_since, today);
    let since = material.instalments.and_then(|i| i.oldest_unpaid);
    let running = material.instalments.filter(|instalments| instalments.running);
    let counted = running.map(|_| since.map_or(0, |day| (today - day).num_days()));
    let worst = active.filter_map(|loan| Some((days(loan)?, loan))).max_by_key(|(days, _)| *days);
    let Some(days) = worst.map(|(days, _)| days).or(counted) else { return };
    let own = worst.and_then(|(_, loan)| loan.unpaid_since);
    let gives = |day: &NaiveDate| (today - *day).num_days() == days;
    let day = own.or(since).filter(gives);
    // What is new is told by that day, which stays the same while the days grow. Without a schedule
    // only the month is told apart: a report may be days old.
    let mark = own.or(since).map(|known| known.to_string()).or_else(|| {
        let from = u64::try_from(days).ok().and_then(|n| today.checked_sub_days(Days::new(n)))?;
        Some(format!("{:04}-{:02}", from.year(), from.month()))
    });
    sheet.put_marked(Fact::DaysPastDue, number(days), day, mark);
}

/// How many loans of two years were paid with a new one. Each settlement stands for one renewal,
/// and so does each new loan, however many of both there are on a day.
fn renewals(material: &Material, rules: &Renewal, today: NaiveDate) -> i64 {
    let since = today.checked_sub_months(Months::new(24)).unwrap_or(today);
    let mut new: Vec<&LoanLine> =
        material.loans.iter().filter(|loan| loan.disbursed_on > since).collect();
    // A settlement without a day counts as made at maturity; what was written off paid nothing.
    let settled = material.loans.iter().filter(|loan| loan.status == LoanStatus::Settled);
    let mut old: Vec<(NaiveDate, &LoanLine)> =
        settled.filter_map(|loan| Some((loan.settled_on.or(loan.matures_on)?, loan))).collect();
    new.sort_by_key(|loan| loan.disbursed_on);
    old.sort_by_key(|(settled, _)| *settled);
    let excepted = |new: &LoanLine, (settled, old): (NaiveDate, &LoanLine)| {
        material.line.is_some_and(|line| rules.lines.contains(&line))
            && rules.words.iter().any(|word| new.about.contains(word.as_str()))
            && old.tier.is_none_or(|tier| tier == Tier::Normal)
            && old.matures_on.is_none_or(|last| settled <= last)
    };
    let mut count = 0;
    for loan in new {
        let follows = |(settled, _): &(NaiveDate, &LoanLine)| {
            (0..=i64::from(rules.within_days)).contains(&(loan.disbursed_on - *settled).num_days())
        };
        if let Some(at) = old.iter().position(follows) {
            count += i64::from(!excepted(loan, old.remove(at)));
        }
    }
    count
}

/// The last of the days on which interest of a quarter falls due: 20 March, June, September,
/// December.
fn last_quarter_day(today: NaiveDate) -> Option<NaiveDate> {
    (0..=3).find_map(|back| {
        let month = today.checked_sub_months(Months::new(back))?;
        let day = month.with_day(20)?;
        (month.month().is_multiple_of(3) && day <= today).then_some(day)
    })
}

fn series(sheet: &mut Sheet, material: &Material, today: NaiveDate) {
    let month_end = |back: u32| {
        let first = today.with_day(1)?.checked_sub_months(Months::new(back - 1))?;
        first.pred_opt()
    };
    let end = month_end(1);
    let year_end = month_end(year_months(today.month()).1);
    let mut drops = |series: &Series, circle: Option<Decimal4>, year: Fact, before: Fact| {
        if let Some(drop) = fall(series.year_now, series.year_before) {
            sheet.put(year, Value::Number(drop), year_end);
        }
        if let Some(drop) = fall_beyond_season(series, circle, today) {
            sheet.put(before, Value::Number(drop), end);
        }
    };
    let circle = material.circle_drop;
    drops(&material.inflow, circle, Fact::InflowDropYear, Fact::InflowDropBefore);
    drops(&material.power, None, Fact::PowerDropYear, Fact::PowerDropBefore);
    drops(&material.water, None, Fact::WaterDropYear, Fact::WaterDropBefore);
    if let Some(inflow) = material.inflow.last_3 {
        sheet.put(Fact::Inflow3m, Value::Money(Fen(inflow)), end);
    }
    let exposure = match sheet.get(Fact::Exposure).map(|known| &known.value) {
        Some(Value::Money(fen)) => fen.0,
        _ => 0,
    };
    if let Some(share) =
        material.inflow.last_12.and_then(|inflow| Decimal4::percent_of(inflow, exposure))
    {
        sheet.put(Fact::InflowShare, Value::Number(share), end);
    }
    let own = fall(material.inflow.last_3, material.inflow.before_3);
    if let Some((own, circle)) = own.zip(material.circle_drop) {
        let below = Value::Number(Decimal4(own.0 - circle.0));
        sheet.put(Fact::InflowBelowCircle, below, end);
    }
}

/// By how many percent a sum is below another one.
fn fall(new: Option<i64>, old: Option<i64>) -> Option<Decimal4> {
    let (new, old) = new.zip(old)?;
    Decimal4::percent_of(old - new, old)
}

/// By how many percent the last three months are below what the three before let expect: as much,
/// or as much less as a year before. Without a year before, and with January or February among
/// the six, it is what the trade circle did that tells the season, or nothing does.
fn fall_beyond_season(
    series: &Series,
    circle: Option<Decimal4>,
    today: NaiveDate,
) -> Option<Decimal4> {
    const WHOLE: i64 = 1_000_000;
    let (last, before) = series.last_3.zip(series.before_3)?;
    let season = series.season_3.zip(series.season_before_3).filter(|(_, before)| *before > 0);
    // The six full months before today begin in January or February, or one of them does.
    let festival = (2..=8).contains(&today.month());
    let (this, of) = match season {
        Some((last, before)) => (last.min(before), before),
        None if festival => (WHOLE - circle?.0.clamp(0, WHOLE), WHOLE),
        None => (WHOLE, WHOLE),
    };
    let expected = i128::from(before) * i128::from(this) / i128::from(of);
    fall(Some(last), i64::try_from(expected).ok())
}

fn collateral(sheet: &mut Sheet, material: &Material, today: NaiveDate) {
    let of = |piece: &CollateralLine| {
        material.loans.iter().find(|loan| Some(&loan.id) == piece.loan.as_ref())
    };
    let secured = || material.loans.iter().filter(|loan| is_secured(loan));
    let any = secured().next().is_some();
    // A piece counts as long as its own loan runs; one that names none of hers stands for all that are
    // secured.
    let held = |piece: &&CollateralLine| match of(piece) {
        Some(loan) => loan.status == LoanStatus::Active,
        None => any,
    };
    let pieces: Vec<&CollateralLine> = material.collateral.iter().filter(held).collect();
    let counts = |piece: &&&CollateralLine| of(piece).is_none_or(is_secured);
    let mut worth = pieces.iter().filter(counts).peekable();
    if any && worth.peek().is_some() {
        let balances: Option<Vec<Fen>> = secured().map(|loan| loan.balance).collect();
        let owed = balances.and_then(Fen::sum_of);
        let value = Fen::sum_of(worth.map(|piece| piece.value));
        if let Some(ltv) =
            owed.zip(value).and_then(|(owed, value)| Decimal4::percent_of(owed.0, value.0))
        {
            sheet.put(Fact::Ltv, Value::Number(ltv), None);
        }
    }
    // The oldest lapse counts; where nothing is known of a piece, it says nothing.
    let mut lapse = |fact: Fact, days: &mut dyn Iterator<Item = NaiveDate>| {
        let Some(first) = days.min() else { return };
        sheet.put(fact, number((today - first).num_days().max(0)), Some(first));
    };
    lapse(Fact::UninsuredDays, &mut pieces.iter().filter_map(|piece| piece.insured_until));
    lapse(Fact::ValuationLateDays, &mut pieces.iter().filter_map(|piece| piece.next_valuation_on));
    // It has waited since the loan was paid out that it is for.
    let mut waits = pieces.iter().filter(|piece| !piece.registered).filter_map(|piece| {
        let oldest = || secured().map(|loan| loan.disbursed_on).min();
        of(piece).map(|loan| loan.disbursed_on).or_else(oldest)
    });
    lapse(Fact::UnregisteredDays, &mut waits);
}

/// Whether a loan runs and stands on collateral.
fn is_secured(loan: &LoanLine) -> bool {
    loan.status == LoanStatus::Active && loan.mode.is_some_and(GuaranteeMode::is_by_collateral)
}

/// What was answered at the last two visits. An answer that is no number says nothing here.
fn records(sheet: &mut Sheet, material: &Material, today: NaiveDate) {
    if let Some(last) = material.records.first() {
        let days = (today - last.visited_on).num_days();
        sheet.put(Fact::VisitDays, number(days), Some(last.visited_on));
    }
    for (back, record) in material.records.iter().take(2).enumerate() {
        for (item, value) in &record.answers {
            if matches!(value, Value::Number(_) | Value::Money(_)) {
                sheet.put_answer(back, *item, value.clone(), record.visited_on);
            }
        }
    }
}

fn around(sheet: &mut Sheet, material: &Material) {
    let near = &material.near_defaults;
    let count = i64::try_from(near.len()).unwrap_or(i64::MAX);
    let mark: Vec<&str> = near.iter().map(CustomerId::as_str).collect();
    sheet.put_marked(Fact::NearDefaults, number(count), None, Some(mark.join(" ")));
    if let Some((flagged, others)) = material.circle_flagged {
        sheet.put(Fact::CircleFlagged, number(i64::from(flagged)), None);
        if let Some(share) = Decimal4::percent_of(i64::from(flagged), i64::from(others)) {
            sheet.put(Fact::CircleFlaggedShare, Value::Number(share), None);
        }
    }
    let mut price: Option<(Decimal4, NaiveDate, &str)> = None;
    for event in &material.events {
        let mark = Some(event.id.clone());
        match event.kind {
            EventKind::Price(change, side) => {
                if side.is_hurt(change)
                    && price.is_none_or(|(known, _, _)| change.0.abs() > known.0.abs())
                {
                    price = Some((change, event.on, &event.id));
                }
            }
            EventKind::Policy => {
                sheet.put_marked(Fact::EventPolicy, Value::Bool(true), Some(event.on), mark);
            }
            EventKind::Disaster => {
                sheet.put_marked(Fact::EventDisaster, Value::Bool(true), Some(event.on), mark);
            }
            EventKind::Other => {}
        }
    }
    if let Some((change, on, id)) = price {
        let value = Value::Number(Decimal4(change.0.abs()));
        sheet.put_marked(Fact::EventPrice, value, Some(on), Some(id.to_owned()));
    }
}
