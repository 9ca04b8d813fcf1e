//! Numbers with units, as the pack writes them: `30 days after drawn_on`, `3000000 yuan`.

use crate::domain::duty::DutyClass;
use crate::domain::money::Fen;
use crate::planning::policy::{Interval, Span};

use super::{At, Problem};

/// No period or count of a policy is larger; it keeps date arithmetic far from its ends.
const LARGEST: i64 = 10_000;

/// A number before a unit; the unit may stand in singular.
fn number<'a>(key: &str, text: &'a str, units: &[&'a str]) -> Result<(i64, &'a str), At> {
    let fault = |problem| At::new(key, text, problem);
    let (number, unit) = text.trim().split_once(' ').ok_or_else(|| fault(Problem::NotAQuantity))?;
    let unit = unit.trim();
    let known = units.iter().find(|u| **u == unit || u.strip_suffix('s') == Some(unit));
    let unit = known.ok_or_else(|| fault(Problem::NotAQuantity))?;
    let Ok(value) = number.parse::<i64>() else { return Err(fault(Problem::NotAQuantity)) };
    if value < 0 {
        return Err(fault(Problem::Negative));
    }
    Ok((value, unit))
}

fn small(key: &str, text: &str, units: &[&str]) -> Result<i64, At> {
    let (value, _) = number(key, text, units)?;
    if value > LARGEST { Err(At::new(key, text, Problem::TooLarge)) } else { Ok(value) }
}

/// `15 days`.
pub(super) fn days(key: &str, text: &str) -> Result<i64, At> {
    small(key, text, &["days"])
}

/// A count of this unit.
pub(super) fn whole(key: &str, text: &str, unit: &str) -> Result<u32, At> {
    let value = small(key, text, &[unit])?;
    u32::try_from(value).map_err(|_fits_by_limit| At::new(key, text, Problem::TooLarge))
}

/// `6 points`; at least one, or nothing would ever fill a day.
pub(super) fn points(key: &str, text: &str) -> Result<u32, At> {
    super::nonzero(key, text, whole(key, text, "points")?)
}

/// `3000000 yuan`.
pub(super) fn fen(key: &str, text: &str) -> Result<Fen, At> {
    let (yuan, _) = number(key, text, &["yuan"])?;
    yuan.checked_mul(100).map(Fen).ok_or_else(|| At::new(key, text, Problem::TooLarge))
}

/// `30 days` or `10 workdays`; not zero, as a duty opens the day after its event.
pub(super) fn span(key: &str, text: &str) -> Result<Span, At> {
    let (_, unit) = number(key, text, &["days", "workdays"])?;
    let count = super::nonzero(key, text, whole(key, text, unit)?)?;
    Ok(if unit == "workdays" { Span::Workdays(count) } else { Span::Days(count) })
}

/// `30 days after drawn_on`; `direction` is 1 for after and -1 for before this event.
pub(super) fn offset(key: &str, text: &str, event: &str, direction: i64) -> Result<i64, At> {
    let word = if direction > 0 { " after " } else { " before " };
    match text.split_once(word) {
        Some((period, named)) if named.trim() == event => {
            Ok(days(key, period).map_err(|at| At::new(key, text, at.problem))? * direction)
        }
        _ => Err(At::new(key, text, Problem::NotAQuantity)),
    }
}

/// `any` or `onsite`.
pub(super) fn class(key: &str, text: &str) -> Result<DutyClass, At> {
    DutyClass::from_code(text).ok_or_else(|| At::new(key, text, Problem::UnknownCode))
}

/// `6` or `6c`.
pub(super) fn interval(key: &str, text: &str, cell: &str) -> Result<Interval, At> {
    if text == "6c" {
        return Ok(Interval::HalfYear);
    }
    months(key, text, cell).map(Interval::Months)
}

/// The months of a series.
pub(super) fn months(key: &str, text: &str, cell: &str) -> Result<u32, At> {
    bare(key, text, cell, 120)
}

/// The share of a sample.
pub(super) fn percent(key: &str, text: &str, cell: &str) -> Result<u32, At> {
    bare(key, text, cell, 100)
}

fn bare(key: &str, text: &str, cell: &str, largest: i64) -> Result<u32, At> {
    let fault = |problem| At::new(key, cell, problem);
    let Ok(value) = text.parse::<i64>() else { return Err(fault(Problem::NotAQuantity)) };
    match value {
        i64::MIN..0 => Err(fault(Problem::Negative)),
        0 => Err(fault(Problem::Zero)),
        _ if value > largest => Err(fault(Problem::TooLarge)),
        _ => u32::try_from(value).map_err(|_fits_by_limit| fault(Problem::TooLarge)),
    }
}
