//! The cockpit as a file for a spreadsheet: the figures on the screen, whatever they are.

pub mod portfolio;

use crate::domain::cockpit::{Figure, Grouping};
use crate::i18n::{Catalog, Lang};
use crate::outgoing::guard;
use crate::protocol::page::{CockpitPage, CockpitRow};

use super::Fault;

/// CSV in UTF-8 with the mark by which spreadsheets know it. A month that was closed brings the
/// figures of that day beside those of now.
pub fn csv(page: &CockpitPage, lang: Lang) -> Result<Vec<u8>, Fault> {
    let t = &Catalog::of(lang).cockpit;
    let fault = |fault: csv::Error| Fault::File(fault.to_string());
    let mut writer = csv::Writer::from_writer(b"\xEF\xBB\xBF".to_vec()); // tidy: not a text
    let closed = page.closed.is_some();
    let mut head = vec![t.grouping(page.by).to_owned(), t.key.to_owned()];
    let heads = |since: &str| -> Vec<String> {
        let name = |figure: &Figure| {
            let unit = if *figure == Figure::OnTime { " %" } else { "" };
            format!("{}{unit}{since}", t.name(*figure, &page.rule))
        };
        let mut names: Vec<String> = Figure::ALL.iter().map(name).collect();
        names.push(format!("{}{since}", t.met));
        names.push(format!("{}{since}", t.asked));
        names
    };
    head.extend(heads(""));
    if closed {
        head.extend(heads(t.at_closing));
    }
    writer.write_record(&head).map_err(fault)?;
    for (name, row) in
        page.rows.iter().map(|row| (row.name.as_str(), row)).chain([(t.total, &page.total)])
    {
        let name = match (page.by, row.key.as_str()) {
            (Grouping::District, "") if name.is_empty() => t.no_district,
            _ => name,
        };
        let mut cells = vec![guard(name.to_owned()), guard(row.key.clone())];
        cells.extend(figures(row));
        if closed {
            let then = page.at_closing(row);
            cells.extend(then.map_or_else(|| vec![String::new(); Figure::ALL.len() + 2], figures));
        }
        writer.write_record(&cells).map_err(fault)?;
    }
    writer.into_inner().map_err(|fault| Fault::File(fault.to_string()))
}

fn figures(row: &CockpitRow) -> Vec<String> {
    let cell = |figure: &Figure| match figure {
        Figure::OnTime => row.rate().map_or_else(String::new, |rate| rate.to_string()),
        figure => row.count(*figure).to_string(),
    };
    let mut cells: Vec<String> = Figure::ALL.iter().map(cell).collect();
    cells.push(row.met.to_string());
    cells.push(row.asked.to_string());
    cells
}

#[cfg(test)]
mod tests;
