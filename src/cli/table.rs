//! Lists as aligned text, JSON or CSV. The same rows in each.

use std::io::{self, Write};

use serde_json::{Map, Value};
use unicode_width::UnicodeWidthStr;

use crate::outgoing::guard;
use crate::ui::clean;

/// A list to print: one key per column (JSON, CSV) with its heading for people.
#[derive(Debug)]
pub struct Sheet {
    columns: Vec<(&'static str, String)>,
    rows: Vec<Vec<Value>>,
}

impl Sheet {
    /// An empty list with these keys and headings.
    pub fn new(columns: &[(&'static str, &'static str)]) -> Self {
        Self::titled(columns)
    }

    /// The same with headings that are put together.
    pub fn titled(columns: &[(&'static str, &str)]) -> Self {
        let columns = columns.iter().map(|(key, heading)| (*key, (*heading).to_owned())).collect();
        Self { columns, rows: Vec::new() }
    }

    /// Adds a row; one value a column.
    pub fn push(&mut self, row: Vec<Value>) {
        self.rows.push(row);
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Columns aligned by display width, two spaces between, no trailing blanks.
    pub fn text(&self, out: &mut dyn Write) -> io::Result<()> {
        let cells: Vec<Vec<String>> =
            self.rows.iter().map(|row| row.iter().map(plain).collect()).collect();
        let widths: Vec<usize> = self
            .columns
            .iter()
            .enumerate()
            .map(|(i, (_, heading))| {
                let widest = cells.iter().filter_map(|r| r.get(i)).map(|c| c.width()).max();
                widest.unwrap_or(0).max(heading.width())
            })
            .collect();
        let headings: Vec<String> = self.columns.iter().map(|(_, h)| h.clone()).collect();
        for row in std::iter::once(&headings).chain(&cells) {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(&widths) {
                line.push_str(cell);
                line.extend(std::iter::repeat_n(' ', width.saturating_sub(cell.width()) + 2));
            }
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }

    /// The rows as one array of objects.
    pub fn value(&self) -> Value {
        let objects = self.rows.iter().map(|row| {
            let fields = self.columns.iter().zip(row);
            Value::Object(
                fields.map(|((k, _), v)| ((*k).to_owned(), v.clone())).collect::<Map<_, _>>(),
            )
        });
        Value::Array(objects.collect())
    }

    /// One JSON array of objects.
    pub fn json(&self, out: &mut dyn Write) -> io::Result<()> {
        document(&self.value(), out)
    }

    /// CSV with the keys as header; texts that a spreadsheet would run are written as text.
    pub fn csv(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(self.columns.iter().map(|(key, _)| key))?;
        for row in &self.rows {
            writer.write_record(row.iter().map(|value| match value {
                Value::String(text) => guard(text.clone()),
                // What is counted may be less than nothing, and is never a formula.
                Value::Number(number) => number.to_string(),
                other => guard(plain(other)),
            }))?;
        }
        writer.flush()
    }
}

/// A person in a list: the login for machines, the name for people.
pub fn person(machine: bool, login: &str, name: &str) -> Value {
    Value::from(if machine { login } else { name })
}

/// Writes one JSON document with a line feed behind it.
pub fn document(value: &Value, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    writeln!(out)
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => clean::text(text),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(";"),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn sheet() -> Sheet {
        let mut sheet = Sheet::new(&[("customer", "客户"), ("n", "N")]);
        sheet.push(vec![json!("恒泰茶庄"), json!(3)]);
        sheet.push(vec![json!("=1+1"), Value::Null]);
        sheet
    }

    fn shown(write: impl Fn(&Sheet, &mut dyn Write) -> io::Result<()>) -> String {
        let mut out = Vec::new();
        write(&sheet(), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn columns_align_by_display_width() {
        assert_eq!(shown(Sheet::text), "客户      N\n恒泰茶庄  3\n=1+1\n");
    }

    #[test]
    fn json_is_one_document() {
        let read: Value = serde_json::from_str(&shown(Sheet::json)).unwrap();
        assert_eq!(
            read,
            json!([{"customer": "恒泰茶庄", "n": 3}, {"customer": "=1+1", "n": null}])
        );
    }

    #[test]
    fn a_machine_is_told_a_login_and_nobody_else_is() {
        assert_eq!(person(true, "zhang", "张伟"), json!("zhang"));
        assert_eq!(person(false, "zhang", "张伟"), json!("张伟"));
    }

    #[test]
    fn csv_runs_no_formula() {
        assert_eq!(shown(Sheet::csv), "customer,n\n恒泰茶庄,3\n'=1+1,\n");
    }
}
