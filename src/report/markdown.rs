//! GitHub's Markdown: what was typed can't become markup.

use super::model::{Align, Block, Document, Said, Table, Tone};

/// Writes a document as Markdown.
pub(super) fn write(document: &Document) -> String {
    let mut out = String::new();
    line(&mut out, &format!("# {}", escaped(&document.title)));
    line(&mut out, "");
    if !document.issuer.is_empty() {
        line(&mut out, &format!("{}  ", escaped(&document.issuer)));
    }
    for text in &document.subtitle {
        line(&mut out, &format!("{}  ", escaped(text)));
    }
    line(&mut out, "");
    for block in &document.blocks {
        block_lines(block, document.sign, &mut out);
    }
    out
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

fn block_lines(block: &Block, sign: (&str, &str), out: &mut String) {
    match block {
        Block::Heading(level, text) => {
            let marks = "#".repeat(usize::from(*level) + 1);
            line(out, &format!("{marks} {}", escaped(&text.replace('\n', " "))));
        }
        Block::Text(said) => line(out, &paragraph(said)),
        Block::Pairs(pairs) => {
            line(out, "| | |");
            line(out, "|---|---|");
            for (label, said) in pairs {
                line(out, &format!("| {} | {} |", cell(&Said::strong(label.as_str())), cell(said)));
            }
        }
        Block::Table(table) => rows(table, out),
        Block::List(points) => {
            for said in points {
                line(out, &format!("- {}", cell(said)));
            }
        }
        Block::Note(text) => line(out, &format!("> {}", escaped(&text.replace('\n', " ")))),
        Block::Lines(count) => {
            for _ in 0..*count {
                line(out, &format!("{}\n", "\\_".repeat(40)));
            }
        }
        Block::Signatures(all) => {
            line(out, &format!("| | | {} | {} |", escaped(sign.0), escaped(sign.1)));
            line(out, "|---|---|---|---|");
            for one in all {
                let blank = "\\_".repeat(12);
                let (role, name) = (escaped(&one.role), escaped(&one.name));
                line(out, &format!("| {role} | {name} | {blank} | {blank} |"));
            }
        }
        Block::Break => line(out, "---"),
    }
    line(out, "");
}

fn rows(table: &Table, out: &mut String) {
    if !table.caption.is_empty() {
        line(out, &format!("{}\n", escaped(&table.caption.replace('\n', " "))));
    }
    let titles = table.columns.iter().map(|column| cell(&Said::from(column.title.as_str())));
    line(out, &row(titles));
    let rules = table.columns.iter().map(|column| match column.align {
        Align::Left => "---".to_owned(),
        Align::Right => "---:".to_owned(),
    });
    line(out, &row(rules));
    for cells in &table.rows {
        line(out, &row(cells.iter().map(cell)));
    }
}

fn row(cells: impl Iterator<Item = String>) -> String {
    format!("| {} |", cells.collect::<Vec<_>>().join(" | "))
}

fn toned(text: String, tone: Tone) -> String {
    match tone {
        Tone::Strong if !text.trim().is_empty() => format!("**{text}**"),
        _ => text,
    }
}

/// A text in one line; line feeds become breaks.
fn cell(said: &Said) -> String {
    let lines: Vec<String> = said.text.lines().map(|line| escaped(line.trim())).collect();
    toned(lines.join("<br>"), said.tone) // tidy: not a text
}

fn paragraph(said: &Said) -> String {
    let lines = said.text.lines().map(|line| toned(escaped(line.trim()), said.tone));
    lines.collect::<Vec<_>>().join("  \n")
}

/// A text in which every mark stands for itself.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().enumerate().peekable();
    while let Some((at, c)) = rest.next() {
        let marks = matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '#' | '&' | '$' | '!'
        );
        // What begins a list or a rule only does so at the beginning of a line.
        let leads = at == 0 && matches!(c, '-' | '+' | '=');
        // `1. ` begins a list, `1.5` does not.
        let ends = rest.peek().is_none_or(|(_, next)| next.is_whitespace());
        let numbers = c == '.' && ends && at > 0 && out.bytes().all(|b| b.is_ascii_digit());
        if marks || leads || numbers {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
