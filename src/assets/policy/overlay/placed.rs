//! Where a fault of a policy that was put together stands in the branch's own file: nobody sees the
//! other one.

use std::ops::Range;

use toml::de::{DeTable, DeValue, Error};

/// Keys down to a value, rows by their names, and whether the last key is meant or what it has.
#[derive(Debug, PartialEq, Eq)]
struct Place {
    path: Vec<String>,
    value: bool,
}

/// What the reader says of the text that was put together, with line, key and picture of the branch's
/// file. What does not stand there is told as the reader told it.
pub(super) fn told(fault: &Error, whole: &str, text: &str) -> String {
    let here = fault.span().and_then(|there| {
        let whole = DeTable::parse(whole).ok()?;
        let own = DeTable::parse(text).ok()?;
        span_of(own.get_ref(), &place_of(whole.get_ref(), there.start)?)
    });
    let pictured = here.and_then(|here| picture(text, here, fault.message()));
    pictured.unwrap_or_else(|| fault.to_string())
}

/// The name of a row.
fn id<'a>(row: &'a DeTable<'_>) -> &'a str {
    row.get("id").and_then(|id| id.get_ref().as_str()).unwrap_or_default()
}

/// The tables right below a key, each with the further part of its path.
fn below<'a, 'i>(value: &'a DeValue<'i>) -> Vec<(Option<&'a str>, &'a DeTable<'i>)> {
    match value {
        DeValue::Table(table) => vec![(None, table)],
        DeValue::Array(rows) => {
            let tables = rows.iter().filter_map(|row| row.get_ref().as_table());
            tables.map(|row| (Some(id(row)), row)).collect()
        }
        _ => Vec::new(),
    }
}

/// What stands at this byte of a text. A table may say of itself that it reaches over its neighbours:
/// what stands in one comes before the table.
fn place_of(table: &DeTable<'_>, at: usize) -> Option<Place> {
    for (key, value) in table {
        let name = key.get_ref().to_string();
        if key.span().contains(&at) {
            return Some(Place { path: vec![name], value: false });
        }
        for (row, table) in below(value.get_ref()) {
            if let Some(mut place) = place_of(table, at) {
                let above = [name].into_iter().chain(row.map(str::to_owned));
                place.path.splice(0..0, above);
                return Some(place);
            }
        }
    }
    let (key, _) = table.iter().find(|(_, value)| value.span().contains(&at))?;
    Some(Place { path: vec![key.get_ref().to_string()], value: true })
}

/// Where it stands in a text of its own.
fn span_of(table: &DeTable<'_>, place: &Place) -> Option<Range<usize>> {
    let (first, rest) = place.path.split_first()?;
    let (key, value) = table.iter().find(|(key, _)| key.get_ref() == first)?;
    if rest.is_empty() {
        return Some(if place.value { value.span() } else { key.span() });
    }
    below(value.get_ref()).into_iter().find_map(|(row, table)| {
        let rest = match row {
            Some(row) => rest.split_first().filter(|(wanted, _)| *wanted == row)?.1,
            None => rest,
        };
        span_of(table, &Place { path: rest.to_vec(), value: place.value })
    })
}

/// Line, column and the line itself, as the reader draws them.
fn picture(text: &str, span: Range<usize>, said: &str) -> Option<String> {
    let before = text.get(..span.start)?;
    let number = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count();
    let line = text.lines().nth(number - 1)?;
    let marked = text.get(span)?.lines().next().unwrap_or_default().chars().count();
    let gutter = " ".repeat(number.to_string().len());
    let (pad, marks) = (" ".repeat(column), "^".repeat(marked.max(1)));
    Some(format!(
        "TOML parse error at line {number}, column {}\n{gutter} |\n{number} | {line}\n{gutter} | {pad}{marks}\n{said}\n",
        column + 1
    ))
}
