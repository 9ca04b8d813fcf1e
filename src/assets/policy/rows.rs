//! The cadence matrix: reading its rows and checking that they neither overlap nor leave holes.

use crate::domain::customer::Line;
use crate::domain::loan::Tier;
use crate::domain::money::Fen;
use crate::planning::policy::{Cadence, Provenance, Row, RuleName};

use super::{At, Problem, check_id, quantity, raw};

const COLUMNS: [&str; 4] = ["normal", "special_mention", "substandard", "doubtful_loss"];

/// The rows of the pack, with the cells that the long-term rule leaves alone.
pub(super) fn build(raw: &[raw::MatrixRow], exempt: &[String]) -> Result<Vec<Row>, At> {
    let mut rows: Vec<Row> = Vec::with_capacity(raw.len());
    for row in raw {
        check_id("row.id", &row.id)?;
        if rows.iter().any(|before| before.id == row.id) {
            return Err(At::new("row.id", row.id.clone(), Problem::Twice));
        }
        rows.push(build_row(row)?);
    }
    for entry in exempt {
        mark_exempt(&mut rows, entry)?;
    }
    for line in Line::ALL {
        check_ranges(&rows, *line)?;
    }
    Ok(rows)
}

fn build_row(raw: &raw::MatrixRow) -> Result<Row, At> {
    let key = |field: &str| format!("row.{}.{field}", raw.id);
    let mut lines = Vec::new();
    for code in &raw.lines {
        let line = Line::from_code(code)
            .ok_or_else(|| At::new(key("lines"), code.clone(), Problem::UnknownCode))?;
        lines.push(line);
    }
    let limit = |field: &str, text: &Option<String>| {
        text.as_ref().map(|text| quantity::fen(&key(field), text)).transpose()
    };
    let name = |tier: Tier| RuleName {
        id: format!("cadence.{}.{}", raw.id, tier.as_code()),
        provenance: Provenance { source: raw.source.clone(), verified: raw.verified },
    };
    Ok(Row {
        id: raw.id.clone(),
        low_risk: raw.low_risk,
        lines,
        grades: raw.grades.clone(),
        from: limit("from", &raw.from)?,
        below: limit("below", &raw.below)?,
        cells: [
            cell(&key("normal"), &raw.normal)?,
            cell(&key("special_mention"), &raw.special_mention)?,
            cell(&key("substandard"), &raw.substandard)?,
            cell(&key("doubtful_loss"), &raw.doubtful_loss)?,
        ],
        exempt: [false; 4],
        names: [
            name(Tier::Normal),
            name(Tier::SpecialMention),
            name(Tier::Substandard),
            name(Tier::Doubtful),
            name(Tier::Loss),
        ],
    })
}

/// `on 6c, off 1`, `sample 10` or `none`.
fn cell(key: &str, text: &str) -> Result<Cadence, At> {
    let mut cadence = Cadence::default();
    if text == "none" {
        return Ok(cadence);
    }
    for part in text.split(',') {
        let fault = |problem| At::new(key, text, problem);
        let (series, value) =
            part.trim().split_once(' ').ok_or_else(|| fault(Problem::NotAQuantity))?;
        let value = value.trim();
        let twice = match series {
            "on" => cadence.on.replace(quantity::interval(key, value, text)?).is_some(),
            "off" => cadence.off.replace(quantity::months(key, value, text)?).is_some(),
            "sample" => cadence.sample.replace(quantity::percent(key, value, text)?).is_some(),
            _ => return Err(fault(Problem::UnknownCode)),
        };
        if twice {
            return Err(fault(Problem::Twice));
        }
    }
    Ok(cadence)
}

/// `consumption` exempts a row, `personal_small.normal` one cell.
fn mark_exempt(rows: &mut [Row], entry: &str) -> Result<(), At> {
    let fault = |problem| At::new("long_term.exempt", entry, problem);
    let (id, column) = match entry.split_once('.') {
        Some((id, column)) => (id, Some(column)),
        None => (entry, None),
    };
    let row = rows.iter_mut().find(|row| row.id == id).ok_or_else(|| fault(Problem::UnknownRow))?;
    let Some(column) = column else {
        row.exempt = [true; 4];
        return Ok(());
    };
    let named = COLUMNS.iter().zip(&mut row.exempt).find(|(name, _)| **name == column);
    *named.ok_or_else(|| fault(Problem::UnknownCode))?.1 = true;
    Ok(())
}

/// The exposures of one line must be cut without overlap and without a hole. Rows with a grade or the
/// cash-secured mark are special cases above the others; they are left out.
fn check_ranges(rows: &[Row], line: Line) -> Result<(), At> {
    let mut ranges: Vec<&Row> = rows
        .iter()
        .filter(|row| row.grades.is_empty() && row.low_risk.is_none())
        .filter(|row| row.lines.is_empty() || row.lines.contains(&line))
        .collect();
    ranges.sort_by_key(|row| row.from.unwrap_or(Fen(i64::MIN)));
    let fault = |row: &Row, field: &str, problem| {
        At::new(format!("row.{}.{field}", row.id), line.as_code(), problem)
    };
    if let Some(first) = ranges.first().filter(|row| row.from.is_some_and(|from| from > Fen::ZERO))
    {
        return Err(fault(first, "from", Problem::Hole));
    }
    for pair in ranges.windows(2) {
        let [lower, upper] = pair else { continue };
        let start = upper.from.unwrap_or(Fen(i64::MIN));
        match lower.below {
            Some(end) if end == start => {}
            Some(end) if end < start => return Err(fault(upper, "from", Problem::Hole)),
            _ => return Err(fault(upper, "from", Problem::Overlap)),
        }
    }
    match ranges.last() {
        Some(last) if last.below.is_some() => Err(fault(last, "below", Problem::Hole)),
        _ => Ok(()),
    }
}

/// The indices of named rows.
pub(super) fn indices(key: &str, names: &[String], rows: &[Row]) -> Result<Vec<usize>, At> {
    names
        .iter()
        .map(|name| {
            rows.iter()
                .position(|row| row.id == *name)
                .ok_or_else(|| At::new(key, name.clone(), Problem::UnknownRow))
        })
        .collect()
}
