//! The content of the file.

use unicode_width::UnicodeWidthStr as _;

use super::parts::{HEAD, SPACES};
use super::xml::{paragraph, run};
use crate::report::model::{Align, Block, Column, Document, Said, Signature, Table, Tone};
use crate::report::widths::steady;

/// Width of the text on A4 with margins of 2.3 cm, in twentieths of a point.
const WIDTH: usize = 9_298;
/// Cells of small print that stand side by side on it.
const CELLS: usize = 98;
/// Cells up to which a value of a pair stands beside another pair.
const SHORT: usize = 26;
/// Pairs up to which a form stays on one page.
const WHOLE: usize = 8;
/// Shade of headings of rows and columns.
const SHADE: &str = "<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"EDF1F7\"/>";

/// The main part.
pub(super) fn document(document: &Document) -> String {
    let mut out = format!("{HEAD}<w:document {SPACES}><w:body>");
    if !document.issuer.is_empty() {
        out.push_str(&paragraph("Issuer", "", &run(&document.issuer, Tone::Plain)));
    }
    out.push_str(&paragraph("Title", "", &run(&document.title, Tone::Plain)));
    for line in &document.subtitle {
        out.push_str(&paragraph("Subtitle", "", &run(line, Tone::Plain)));
    }
    for block in &document.blocks {
        push(block, document.sign, &mut out);
    }
    out.push_str(
        "<w:sectPr><w:headerReference w:type=\"default\" r:id=\"rId4\"/>\
         <w:footerReference w:type=\"default\" r:id=\"rId5\"/><w:pgSz w:w=\"11906\" w:h=\"16838\"/>\
         <w:pgMar w:top=\"1418\" w:right=\"1304\" w:bottom=\"1247\" w:left=\"1304\" w:header=\"737\" \
         w:footer=\"624\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>",
    );
    out
}

fn push(block: &Block, sign: (&str, &str), out: &mut String) {
    match block {
        Block::Heading(level, text) => {
            let style = if *level <= 1 { "Heading1" } else { "Heading2" };
            out.push_str(&paragraph(style, "", &run(text, Tone::Plain)));
        }
        Block::Text(said) => out.push_str(&paragraph("Normal", "", &run(&said.text, said.tone))),
        Block::Pairs(pairs) => out.push_str(&pairs_table(pairs)),
        Block::Table(table) => push_table(table, out),
        Block::List(points) => {
            for said in points {
                let dot = "<w:r><w:t xml:space=\"preserve\">•  </w:t></w:r>";
                let runs = format!("{dot}{}", run(&said.text, said.tone));
                out.push_str(&paragraph("Point", "", &runs));
            }
        }
        Block::Note(text) => out.push_str(&paragraph("Remark", "", &run(text, Tone::Plain))),
        Block::Lines(count) => {
            for _ in 0..*count {
                out.push_str(&paragraph("Writing", "", ""));
            }
            out.push_str(&gap());
        }
        Block::Signatures(all) => out.push_str(&signatures(all, sign)),
        Block::Break => out.push_str("<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>"),
    }
}

/// What parts a table from the next thing: without it two tables become one.
fn gap() -> String {
    let small = "<w:spacing w:before=\"0\" w:after=\"0\" w:line=\"160\" w:lineRule=\"exact\"/>";
    paragraph("Normal", small, "")
}

/// Begins a table of these column widths.
fn begin(columns: &[usize]) -> String {
    let line = |side: &str| {
        format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"A6A6A6\"/>")
    };
    let borders = ["top", "left", "bottom", "right", "insideH", "insideV"].map(line).concat();
    let grid: Vec<String> =
        columns.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
    let grid = grid.concat();
    format!(
        "<w:tbl><w:tblPr><w:tblW w:w=\"{}\" w:type=\"dxa\"/><w:tblBorders>{borders}</w:tblBorders>\
         <w:tblLayout w:type=\"fixed\"/><w:tblCellMar><w:left w:w=\"70\" w:type=\"dxa\"/>\
         <w:right w:w=\"70\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>",
        columns.iter().sum::<usize>()
    )
}

/// A cell of this width over so many columns.
fn cell(width: usize, span: usize, shaded: bool, content: &str) -> String {
    let span = if span > 1 { format!("<w:gridSpan w:val=\"{span}\"/>") } else { String::new() };
    let shade = if shaded { SHADE } else { "" };
    format!(
        "<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{span}{shade}\
         <w:vAlign w:val=\"center\"/></w:tcPr>{content}</w:tc>"
    )
}

const ROW: &str = "<w:tr><w:trPr><w:cantSplit/></w:trPr>";

/// Labels and values as a form of four columns; a long value has a row of its own.
fn pairs_table(pairs: &[(String, Said)]) -> String {
    let columns = [1_700, 2_949, 1_700, 2_949];
    let [label, value, ..] = columns;
    let mut out = begin(&columns);
    // A short form is not parted by the end of a page.
    let whole = pairs.len() <= WHOLE;
    let head = |text: &str, keep: &str| {
        cell(label, 1, true, &paragraph("Cell", keep, &run(text, Tone::Plain)))
    };
    let body = |said: &Said, span: usize, keep: &str| {
        let width = if span > 1 { WIDTH - label } else { value };
        cell(width, span, false, &paragraph("Cell", keep, &run(&said.text, said.tone)))
    };
    let is_short = |pair: &(String, Said)| {
        pair.1.text.width() <= SHORT && !pair.1.text.contains('\n') && pair.0.width() <= SHORT
    };
    let mut rest = pairs;
    while let Some((first, after)) = rest.split_first() {
        let second = after.first().filter(|second| is_short(first) && is_short(second));
        rest = after.get(usize::from(second.is_some())..).unwrap_or_default();
        let keep = if whole && !rest.is_empty() { "<w:keepNext/>" } else { "" };
        out.push_str(ROW);
        out.push_str(&head(&first.0, keep));
        if let Some(second) = second {
            out.push_str(&body(&first.1, 1, keep));
            out.push_str(&head(&second.0, keep));
            out.push_str(&body(&second.1, 1, keep));
        } else {
            out.push_str(&body(&first.1, 3, keep));
        }
        out.push_str("</w:tr>");
    }
    out.push_str("</w:tbl>");
    out.push_str(&gap());
    out
}

fn push_table(table: &Table, out: &mut String) {
    if table.columns.is_empty() {
        return;
    }
    if !table.caption.is_empty() {
        out.push_str(&paragraph("Caption", "", &run(&table.caption, Tone::Plain)));
    }
    let columns = scaled(&steady(table, CELLS - 2 * table.columns.len().min(24)));
    out.push_str(&begin(&columns));
    out.push_str("<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
    for (column, width) in table.columns.iter().zip(&columns) {
        let text = paragraph("CellHead", side(column), &run(&column.title, Tone::Plain));
        out.push_str(&cell(*width, 1, true, &text));
    }
    out.push_str("</w:tr>");
    for row in &table.rows {
        out.push_str(ROW);
        for ((said, column), width) in row.iter().zip(&table.columns).zip(&columns) {
            let text = paragraph("Cell", side(column), &run(&said.text, said.tone));
            out.push_str(&cell(*width, 1, false, &text));
        }
        out.push_str("</w:tr>");
    }
    out.push_str("</w:tbl>");
    out.push_str(&gap());
}

const fn side(column: &Column) -> &'static str {
    match column.align {
        Align::Left => "",
        Align::Right => "<w:jc w:val=\"right\"/>",
    }
}

/// Widths that fill the page: cells to twentieths of a point, two cells of margin each.
fn scaled(cells: &[usize]) -> Vec<usize> {
    let total: usize = cells.iter().map(|width| width + 2).sum();
    let mut columns: Vec<usize> =
        cells.iter().map(|width| (width + 2) * WIDTH / total.max(1)).collect();
    let left = WIDTH.saturating_sub(columns.iter().sum());
    if let Some(last) = columns.last_mut() {
        *last += left;
    }
    columns
}

fn signatures(all: &[Signature], sign: (&str, &str)) -> String {
    let columns = [2_000, 2_300, 2_998, 2_000];
    let mut out = begin(&columns);
    for (place, one) in all.iter().enumerate() {
        // Who signs beside whom stays on one page.
        let keep = if place + 1 < all.len() { "<w:keepNext/>" } else { "" };
        out.push_str(
            "<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val=\"680\" w:hRule=\"atLeast\"/></w:trPr>",
        );
        let texts = [one.role.as_str(), one.name.as_str(), sign.0, sign.1];
        for (at, (text, width)) in texts.iter().zip(columns).enumerate() {
            let tone = if at < 2 { Tone::Plain } else { Tone::Missing };
            let text = paragraph("Cell", keep, &run(text, tone));
            out.push_str(&cell(width, 1, at == 0, &text));
        }
        out.push_str("</w:tr>");
    }
    out.push_str("</w:tbl>");
    out.push_str(&gap());
    out
}
