//! What `huifang plan` prints (`planning.md` section 9): pure functions from planned customers to text.
//!
//! JSON and CSV are for machines and keep codes; table headings come from the caller, who
//! knows the language.

use std::fmt::Write as _;
use std::io::{self, BufWriter, Write};

use chrono::NaiveDate;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::session::Names;
use crate::domain::duty::{Duty, Fate, Uncounted};
use crate::outgoing::guard;
use crate::planning::{Explanation, Listed, ListedGap, Placed};
use crate::protocol::page::PlanAppointment;
use crate::ui::clean;

mod rows;
#[cfg(test)]
mod tests;

use rows::{AppointmentRow, ExplanationRow, GapRow, MonthLine, MonthRow, VisitRow};

/// How much of a long list is written at once.
const CHUNK: usize = 64 << 10;

/// A JSON array with one element a line, so that two plans can be compared line by line. Written as
/// it is made: a whole book is more than ten megabytes.
fn json_array<T: Serialize>(rows: impl Iterator<Item = T>, out: &mut dyn Write) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(CHUNK, out);
    out.write_all(b"[")?;
    for (index, row) in rows.enumerate() {
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        serde_json::to_writer(&mut out, &row)?;
    }
    out.write_all(b"\n]\n")?;
    out.flush()
}

/// `--format json`: the array of section 9, in the order given.
pub fn plan_json(list: &[Listed], as_of: NaiveDate, out: &mut dyn Write) -> io::Result<()> {
    json_array(list.iter().map(|listed| VisitRow::new(listed, as_of)), out)
}

/// `plan month … --format json`: the same with `day`, `reason` and, where the officer chose the day,
/// `fixed`; after the due visits, the appointments.
pub fn month_json(
    list: &[Placed],
    appointments: &[PlanAppointment],
    as_of: NaiveDate,
    out: &mut dyn Write,
) -> io::Result<()> {
    let visits = list.iter().map(|placed| MonthLine::Visit(MonthRow::new(placed, as_of)));
    let others = appointments.iter().map(|one| MonthLine::Other(AppointmentRow::new(one)));
    json_array(visits.chain(others), out)
}

/// `--gaps --format json`.
pub fn gaps_json(list: &[ListedGap], out: &mut dyn Write) -> io::Result<()> {
    json_array(list.iter().map(GapRow::new), out)
}

/// `--explain CUSTOMER --format json`: one object.
pub fn explain_json(page: &Explanation) -> String {
    let text = serde_json::to_string_pretty(&ExplanationRow::new(page));
    format!("{}\n", text.unwrap_or_else(|_never| "{}".to_owned()))
}

/// Codes of a visit's duties with their references: `use_of_funds:L001#1;periodic_offsite:C001`.
fn duty_list(duties: &[Duty]) -> String {
    let mut text = String::new();
    for duty in duties {
        let part = if text.is_empty() { "" } else { ";" };
        let _infallible = write!(text, "{part}{}:{}", duty.code.as_code(), duty.reference);
    }
    text
}

fn cells(listed: &Listed, as_of: NaiveDate) -> [String; 11] {
    let visit = &listed.visit;
    [
        visit.customer.0.clone(),
        listed.name.clone(),
        listed.officer.0.clone(),
        listed.district.clone().unwrap_or_default(),
        visit.class.as_code().to_owned(),
        visit.opens.to_string(),
        visit.due.to_string(),
        visit.overdue_days(as_of).to_string(),
        visit.tier.as_code().to_owned(),
        visit.exposure.map(|sum| sum.to_string()).unwrap_or_default(),
        duty_list(&visit.duties),
    ]
}

/// Columns of [`plan_csv`]: the fields of the JSON.
const CSV_HEADINGS: [&str; 11] = [
    "customer_id",
    "customer",
    "officer",
    "district",
    "class",
    "opens",
    "due",
    "overdue_days",
    "tier",
    "exposure",
    "duties",
];

/// `--format csv`: one line a due visit, headings as in the JSON, duties as `code:ref` parted by `;`.
/// A text that a spreadsheet would take for a formula gets an apostrophe in front.
pub fn plan_csv(list: &[Listed], as_of: NaiveDate) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory has nothing that could fail.
    let _in_memory = writer.write_record(CSV_HEADINGS);
    for listed in list {
        let _in_memory = writer.write_record(cells(listed, as_of).map(guard));
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// Headings of [`plan_table`], in the language of the user.
#[derive(Debug, Clone, Copy)]
pub struct TableWords<'a> {
    /// Due, overdue days, customer id, name, officer, district, class, tier, exposure, duties.
    pub headings: [&'a str; 10],
    /// Words for a class, a tier and a duty code: from their code.
    pub word: fn(&str) -> String,
    /// How the officers are called.
    pub names: &'a Names,
}

/// `--format table`: columns as wide as their widest cell, Chinese characters two columns each.
pub fn plan_table(list: &[Listed], as_of: NaiveDate, words: &TableWords<'_>) -> String {
    let mut table = vec![words.headings.map(str::to_owned)];
    for listed in list {
        let visit = &listed.visit;
        let mut codes: Vec<String> = Vec::new();
        for duty in &visit.duties {
            let word = (words.word)(duty.code.as_code());
            if !codes.contains(&word) {
                codes.push(word);
            }
        }
        let overdue = visit.overdue_days(as_of);
        table.push([
            visit.due.to_string(),
            if overdue > 0 { overdue.to_string() } else { String::new() },
            visit.customer.0.clone(),
            listed.name.clone(),
            words.names.of(&listed.officer).to_owned(),
            listed.district.clone().unwrap_or_default(),
            (words.word)(visit.class.as_code()),
            (words.word)(visit.tier.as_code()),
            visit.exposure.map(|sum| sum.to_string()).unwrap_or_default(),
            codes.join(" "),
        ]);
    }
    lay_out(&table, &[1, 8])
}

/// Pads the cells of each column, those of `right` on their left; what a terminal could misread goes.
fn lay_out<const N: usize>(table: &[[String; N]], right: &[usize]) -> String {
    let plain = |cell: &String| clean::text(cell);
    let table: Vec<[String; N]> = table.iter().map(|row| row.each_ref().map(plain)).collect();
    let mut widths = [0; N];
    for row in &table {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.width().max(*width);
        }
    }
    let mut text = String::new();
    for row in &table {
        let mut line = String::new();
        for (index, (cell, width)) in row.iter().zip(widths).enumerate() {
            let padding = " ".repeat(width.saturating_sub(cell.width()));
            if right.contains(&index) {
                line.push_str(&padding);
                line.push_str(cell);
            } else {
                line.push_str(cell);
                line.push_str(&padding);
            }
            line.push_str("  ");
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

/// Words of [`explain_text`].
#[derive(Debug, Clone, Copy)]
pub struct ExplainWords<'a> {
    /// Headings of the parts: inputs, duties, gaps.
    pub parts: [&'a str; 3],
    /// Fate, due, code, ref, class, opens, `raw_due`, rule, source.
    pub headings: [&'a str; 9],
    /// Words for a code: of inputs, duties, classes, reasons, fates (`open`, `met`, `late`, `missed`, `terminated`).
    pub word: fn(&str) -> String,
    /// Why a visit left a duty open, as a sentence.
    pub uncounted: fn(&Duty, &Uncounted) -> String,
}

/// `--explain CUSTOMER` as text.
pub fn explain_text(page: &Explanation, words: &ExplainWords<'_>) -> String {
    let [inputs, duties, gaps] = words.parts;
    let row = page.row.as_deref().unwrap_or("-");
    let head = format!(
        "{} {}  {}  {}\n{row} / {}\n\n{inputs}\n",
        page.customer,
        page.name.replace(char::is_control, " "),
        page.as_of,
        page.policy,
        (words.word)(page.tier.as_code()),
    );
    let mut text = head;
    let table: Vec<[String; 2]> = page
        .inputs
        .iter()
        .map(|(name, value)| [format!("  {}", (words.word)(name)), value.clone()])
        .collect();
    text.push_str(&lay_out(&table, &[]));
    let _infallible = write!(text, "\n{duties}\n");
    let mut table = vec![words.headings.map(str::to_owned)];
    for explained in &page.duties {
        let duty = &explained.duty;
        let fate = match &explained.fate {
            Fate::Open => (words.word)("open"),
            Fate::Missed => (words.word)("missed"),
            Fate::Terminated => (words.word)("terminated"),
            Fate::NotOwed(reason) => (words.word)(reason),
            Fate::Met { visit, on, late_days: 0 } => {
                format!("{} {on} {visit}", (words.word)("met"))
            }
            Fate::Met { visit, on, late_days } => {
                format!("{} {on} {visit} +{late_days}", (words.word)("late"))
            }
        };
        let mark = if explained.verified { "" } else { " ?" };
        table.push([
            fate,
            duty.due.to_string(),
            (words.word)(duty.code.as_code()),
            duty.reference.clone(),
            (words.word)(duty.class.as_code()),
            duty.opens.to_string(),
            duty.raw_due.to_string(),
            duty.rule.clone(),
            format!("{}{mark}", explained.source),
        ]);
    }
    text.push_str(&lay_out(&table, &[]));
    for explained in &page.duties {
        let duty = &explained.duty;
        for seen in &explained.uncounted {
            let said = (words.uncounted)(duty, seen);
            let code = (words.word)(duty.code.as_code());
            let _infallible = writeln!(text, "  {} {code} {}: {said}", duty.due, seen.visit);
        }
    }
    if !page.gaps.is_empty() {
        let _infallible = write!(text, "\n{gaps}\n");
        let row = |gap: &crate::planning::Gap| {
            let kind = if gap.blocks { "!" } else { "" };
            [format!("  {}{kind}", (words.word)(gap.field)), gap.reference.clone()]
        };
        text.push_str(&lay_out(&page.gaps.iter().map(row).collect::<Vec<_>>(), &[]));
    }
    text
}

/// Headings and cells of the gaps as a table: customer id, name, officer, field, reference.
pub fn gaps_table(
    list: &[ListedGap],
    headings: [&str; 5],
    names: &Names,
    word: fn(&str) -> String,
) -> String {
    let mut table = vec![headings.map(str::to_owned)];
    for listed in list {
        let mark = if listed.gap.blocks { "!" } else { "" };
        table.push([
            listed.customer.0.clone(),
            listed.name.clone(),
            names.of(&listed.officer).to_owned(),
            format!("{}{mark}", word(listed.gap.field)),
            listed.gap.reference.clone(),
        ]);
    }
    lay_out(&table, &[])
}
