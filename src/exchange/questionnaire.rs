//! A customer's questionnaire as a file: plain text or a workbook, written for her to fill in, and
//! read back as pairs of key and answer with their lines. What the answers mean is not for here.

use std::fs::{File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DocProperties, Format, FormatBorder, Workbook,
};

use super::fold::trim;
use super::rows::{Raw, ReadFault, Rows as _};
use super::template::TemplateFault;
use super::workbook;

/// Keys of the lines that say what the form belongs to.
pub const HEAD: [&str; 3] = ["form", "visit", "version"];
/// Keys of who filled it in and when.
pub const WHO: [&str; 2] = ["by", "on"];
/// Larger files are no questionnaires.
const LARGEST: u64 = 1 << 20;

/// A form to be filled in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    /// What the customer should know, line by line.
    pub notes: Vec<String>,
    /// Pack, visit and version, as [`HEAD`].
    pub head: [String; 3],
    /// The questions, who and when among them.
    pub questions: Vec<Question>,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Question {
    /// Under which its answer is read back.
    pub key: String,
    /// The question.
    pub title: String,
    /// How to answer it.
    pub hint: String,
    /// Names of the options of which one is chosen; empty = not a choice.
    pub options: Vec<String>,
}

/// An answer as it stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Line of the text, or row of the sheet.
    pub line: u64,
    /// Key.
    pub key: String,
    /// What was written; never empty.
    pub value: String,
}

/// Writes a form, by the ending of the file's name; a file that is there is never written over.
pub fn write(path: &Path, sheet: &Sheet) -> Result<(), TemplateFault> {
    let bytes = if is_workbook(path) { workbook_of(sheet)? } else { text_of(sheet).into_bytes() };
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    file.write_all(&bytes)?;
    file.sync_all()?;
    Ok(())
}

/// Reads a form that was filled in.
pub fn read(path: &Path) -> Result<Vec<Entry>, ReadFault> {
    let length = File::open(path)?.metadata()?.len();
    if length > LARGEST {
        return Err(ReadFault::Bomb(length));
    }
    if is_workbook(path) {
        return read_workbook(path);
    }
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST).read_to_end(&mut bytes)?;
    if bytes.is_empty() {
        return Err(ReadFault::Empty);
    }
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(ReadFault::Utf16);
    }
    // A customer's notepad may save in the old national encoding.
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(fault) => {
            let (text, _, broken) = encoding_rs::GB18030.decode(fault.as_bytes());
            if broken {
                let offset = fault.utf8_error().valid_up_to() as u64;
                return Err(ReadFault::WrongEncoding { encoding: "GB18030", offset });
            }
            text.into_owned()
        }
    };
    Ok(entries(text.strip_prefix('\u{feff}').unwrap_or(&text)))
}

/// Whether the ending says workbook.
pub fn is_workbook(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"))
}

/// The form as text: `form: …`, then `[key] question` with the answer behind `>`.
pub fn text_of(sheet: &Sheet) -> String {
    let mut out = String::new();
    for note in &sheet.notes {
        out.extend(["# ", note, "\n"]);
    }
    for (key, value) in HEAD.iter().zip(&sheet.head) {
        out.extend([*key, ": ", value, "\n"]);
    }
    for question in &sheet.questions {
        out.extend(["\n[", &question.key, "] ", &question.title, "\n"]);
        if !question.hint.is_empty() {
            out.extend(["    ", &question.hint, "\n"]);
        }
        out.push_str("> \n");
    }
    out
}

/// Reads [`text_of`] back. An answer begins behind `>` and goes on to the next question.
pub fn entries(text: &str) -> Vec<Entry> {
    let mut found: Vec<Entry> = Vec::new();
    // The question being read, and whether its answer has begun.
    let mut open: Option<(Entry, bool)> = None;
    for (line, said) in (1..).zip(text.lines()) {
        let said = said.trim_end();
        if let Some(key) = question(said) {
            found.extend(open.take().and_then(finished));
            let entry = Entry { line, key: key.to_owned(), value: String::new() };
            open = Some((entry, false));
        } else if let Some((entry, begun)) = &mut open {
            let first = said.trim_start().strip_prefix(['>', '\u{FF1E}']);
            match (first, *begun) {
                (Some(said), _) => {
                    *begun = true;
                    push_line(&mut entry.value, said.trim());
                }
                (None, true) => push_line(&mut entry.value, said.trim()),
                (None, false) => {}
            }
        } else if let Some((key, value)) = said.split_once([':', '\u{FF1A}']) {
            let (key, value) = (key.trim().to_owned(), value.trim().to_owned());
            let head = HEAD.contains(&key.as_str()) && !value.is_empty();
            found.extend(head.then_some(Entry { line, key, value }));
        }
    }
    found.extend(open.and_then(finished));
    found
}

/// `[key] …` at the beginning of a line.
fn question(line: &str) -> Option<&str> {
    let (key, _) = line.strip_prefix('[')?.split_once(']')?;
    let letters = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    (!key.is_empty() && key.chars().all(letters)).then_some(key)
}

fn push_line(value: &mut String, line: &str) {
    if !value.is_empty() {
        value.push('\n');
    }
    value.push_str(line);
}

fn finished((mut entry, _): (Entry, bool)) -> Option<Entry> {
    entry.value.truncate(entry.value.trim_end().len());
    (!entry.value.trim().is_empty()).then_some(entry)
}

/// Columns: key, question, answer, how to answer.
fn workbook_of(sheet: &Sheet) -> Result<Vec<u8>, TemplateFault> {
    let mut workbook = Workbook::new();
    // The same form is the same file, byte for byte, on whatever day it is written.
    let stamp = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&stamp));
    let page = workbook.add_worksheet();
    let wrapped = Format::new().set_text_wrap();
    let muted = Format::new().set_font_color(Color::RGB(0x0080_8080)).set_text_wrap();
    let field = Format::new()
        .set_num_format("@")
        .set_text_wrap()
        .set_border(FormatBorder::Thin)
        .set_background_color(Color::RGB(0x00FF_F9E5));
    for (column, width) in [(0, 18.0), (1, 44.0), (2, 36.0), (3, 40.0)] {
        page.set_column_width(column, width)?;
    }
    let mut row = 0;
    for note in &sheet.notes {
        page.write_with_format(row, 1, note, &wrapped)?;
        row += 1;
    }
    for (key, value) in HEAD.iter().zip(&sheet.head) {
        page.write_with_format(row, 0, *key, &muted)?;
        page.write_with_format(row, 2, value, &muted)?;
        row += 1;
    }
    for question in &sheet.questions {
        page.write_with_format(row, 0, &question.key, &muted)?;
        page.write_with_format(row, 1, &question.title, &wrapped)?;
        page.write_blank(row, 2, &field)?;
        page.write_with_format(row, 3, &question.hint, &muted)?;
        // A list of more than 255 characters does not fit a cell's rule; the hint has it anyway.
        let length: usize = question.options.iter().map(|o| o.chars().count() + 1).sum();
        if !question.options.is_empty() && length < 255 {
            let list = DataValidation::new()
                .allow_list_strings(&question.options)?
                .set_error_style(DataValidationErrorStyle::Warning);
            page.add_data_validation(row, 2, row, 2, &list)?;
        }
        row += 1;
    }
    Ok(workbook.save_to_buffer()?)
}

fn read_workbook(path: &Path) -> Result<Vec<Entry>, ReadFault> {
    let mut book = workbook::Workbook::open(path)?;
    let Some(name) = book.sheets().first().cloned() else { return Err(ReadFault::Empty) };
    let mut rows = book.rows(&name)?;
    let mut found = Vec::new();
    while let Some(line) = rows.advance()? {
        let (Some(key), Some(value)) = (words(rows.cell(0)), words(rows.cell(2))) else {
            continue;
        };
        found.push(Entry { line, key, value });
    }
    Ok(found)
}

/// A cell as somebody would have typed it.
fn words(cell: Raw<'_>) -> Option<String> {
    let text = match cell {
        Raw::Empty => return None,
        Raw::Text(text) | Raw::Error(text) => trim(text).to_owned(),
        Raw::Number(n) => n.to_string(),
        Raw::Date(at) => at.date().to_string(),
        Raw::Bool(yes) => (if yes { "y" } else { "n" }).to_owned(),
    };
    Some(text.replace("\r\n", "\n")).filter(|text| !text.trim().is_empty())
}

#[cfg(test)]
mod tests;
