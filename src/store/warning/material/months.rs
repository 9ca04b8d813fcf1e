//! Sums of months, made by the engine: inflow, power, water.

use std::fmt::Write as _;

use chrono::{Datelike as _, NaiveDate};
use rusqlite::types::ToSql;
use rusqlite::{Result, Row};

use super::Slice;
use crate::store::deal::Months;
use crate::warning::Material;
use crate::warning::material::{Series, year_months};

impl Slice<'_> {
    pub(super) fn series(&self, all: &mut [Material], today: NaiveDate) -> Result<()> {
        let months = Months::before(today);
        let (from, to) = year_months(today.month());
        let back = [1, 3, 4, 6, 12, 13, 15, 16, 18, from, to, from + 12, to + 12];
        let back = back.map(|n| months.back(n));
        let names = [
            ":m1", ":m3", ":m4", ":m6", ":m12", ":m13", ":m15", ":m16", ":m18", ":yf", ":yt",
            ":bf", ":bt",
        ];
        let values = back.iter().map(|month| month as &dyn ToSql);
        let named: Vec<(&str, &dyn ToSql)> = names.into_iter().zip(values).collect();
        let year = i64::from(from - to) + 1;
        let flows = sums("account_flows", "inflow", &[""]);
        self.deal(&flows, &named, all, |material, row| {
            material.inflow = series(row, 1, year)?;
            Ok(())
        })?;
        let kinds = [" AND kind = 'power'", " AND kind = 'water'"];
        self.deal(&sums("utilities", "quantity", &kinds), &named, all, |material, row| {
            material.power = series(row, 1, year)?;
            material.water = series(row, 1 + 2 * SPANS.len(), year)?;
            Ok(())
        })
    }
}

/// The spans of months of a series: the last three, the three before, twelve, those of a year's
/// comparison and the same a year before, the six of a year before.
const SPANS: [&str; 7] = [
    "month BETWEEN :m3 AND :m1",
    "month BETWEEN :m6 AND :m4",
    "month BETWEEN :m12 AND :m1",
    "month BETWEEN :yf AND :yt",
    "month BETWEEN :bf AND :bt",
    "month BETWEEN :m15 AND :m13",
    "month BETWEEN :m18 AND :m16",
];

/// Sum and count of each span of months, once for each condition.
fn sums(table: &str, column: &str, conditions: &[&str]) -> String {
    let mut sql = String::from("SELECT customer_id");
    for (condition, span) in conditions.iter().flat_map(|c| SPANS.map(|span| (c, span))) {
        let _ = write!(
            sql,
            ", sum({column}) FILTER (WHERE {span}{condition}), \
             count({column}) FILTER (WHERE {span}{condition})"
        );
    }
    let _ = write!(
        sql,
        " FROM {table} WHERE customer_id BETWEEN :first AND :last AND month BETWEEN :m18 AND :m1 \
         GROUP BY customer_id ORDER BY customer_id"
    );
    sql
}

/// The sums of the spans from a column on; where a month is missing there is none. `year` = how many
/// months a year's comparison has.
fn series(row: &Row<'_>, from: usize, year: i64) -> Result<Series> {
    let span = |at: usize, months: i64| -> Result<Option<i64>> {
        let whole = row.get::<_, i64>(from + 2 * at + 1)? == months;
        Ok(row.get::<_, Option<i64>>(from + 2 * at)?.filter(|_| whole))
    };
    Ok(Series {
        last_3: span(0, 3)?,
        before_3: span(1, 3)?,
        last_12: span(2, 12)?,
        year_now: span(3, year)?,
        year_before: span(4, year)?,
        season_3: span(5, 3)?,
        season_before_3: span(6, 3)?,
    })
}
