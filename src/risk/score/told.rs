//! How a file of ratios tells its figures: what a whole column says of its unit.
//!
//! One row can't tell whether a growth of 1.1 means a tenth more or more than double. A column can:
//! among a score of companies some shrink, and few double.

use super::{Given, Taken, Unknown};

/// How growth is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Growth {
    /// 本期 ÷ 上年同期 − 1: a tenth more is 0.1.
    Change,
    /// 本期 ÷ 上年同期: a tenth more is 1.1.
    Quotient,
}

/// Among fewer known values nothing is concluded of growth.
const MANY: usize = 20;
/// No book of companies grows by half in the median with fewer than one in ten that shrink.
const HALF: f64 = 0.5;
const FEW: usize = 10;
/// Among so many values their median is judged, among fewer only what no company can be.
const SEVERAL: usize = 10;
/// Shares of assets that are told as shares: median of several, and the most of a few.
const SHARES: [(Given, f64, f64); 3] =
    [(Given::Debt, 3.0, 20.0), (Given::Roa, 1.5, 20.0), (Given::Retained, 10.0, 50.0)];

/// How a column tells growth: [`Growth::Change`] unless many values say otherwise.
pub fn growth<'a>(companies: impl IntoIterator<Item = &'a Taken>) -> Growth {
    let values = known(companies, Given::RevenueGrowth);
    if values.len() < MANY {
        return Growth::Change;
    }
    let shrinking = values.partition_point(|value| *value < 0.0);
    if shrinking * FEW < values.len() && median(&values) > HALF {
        Growth::Quotient
    } else {
        Growth::Change
    }
}

/// Reads growth as the card needs it: as a change. A quotient below zero is no quotient of sales but
/// some program's sign for none, and not known.
pub fn as_change(taken: &mut Taken, told: Growth) {
    if told == Growth::Quotient
        && let Ok(quotient) = taken.get(Given::RevenueGrowth)
    {
        let known = quotient >= 0.0;
        let none = Err(Unknown::NotGiven(Given::RevenueGrowth));
        taken.set(Given::RevenueGrowth, if known { Ok(quotient - 1.0) } else { none });
    }
}

/// The first column of shares that can only be percents: 45 where 0.45 is meant.
pub fn percents(companies: &[Taken]) -> Option<Given> {
    let column = SHARES.iter().find(|(given, several, few)| {
        let mut sizes: Vec<f64> = known(companies, *given).into_iter().map(f64::abs).collect();
        sizes.sort_by(f64::total_cmp);
        median(&sizes) > if sizes.len() >= SEVERAL { *several } else { *few }
    });
    column.map(|(given, ..)| *given)
}

/// The known values of a column in ascending order.
fn known<'a>(companies: impl IntoIterator<Item = &'a Taken>, given: Given) -> Vec<f64> {
    let known = companies.into_iter();
    let mut values: Vec<f64> = known.filter_map(|taken| taken.get(given).ok()).collect();
    values.sort_by(f64::total_cmp);
    values
}

/// The median of sorted values, 0 of none.
fn median(sorted: &[f64]) -> f64 {
    sorted.get(sorted.len() / 2).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests;
