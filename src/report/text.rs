//! Plain text on A4 pages: 80 columns, a head and a numbered foot on each, form feeds between.

use unicode_width::UnicodeWidthStr as _;

use super::model::{Align, Block, Document, Said, Signature, Table};
use super::widths::{widths, wrap};

/// Cells of a line.
const COLUMNS: usize = 80;
/// Lines of a page, its head and foot included: A4 at six lines an inch, with margins.
const LINES: usize = 62;
/// Lines of a page that the content may fill: without head, foot and the lines that part them.
const BODY: usize = LINES - 4;
/// Blanks between columns.
const GAP: usize = 2;
/// Lines that must follow a heading on its page.
const WITH_HEADING: usize = 4;

/// Lines that are not parted by the end of a page.
#[derive(Debug, Default)]
struct Piece {
    lines: Vec<String>,
    /// Stands with what follows.
    leads: bool,
    /// Repeated where a page begins between two rows of a table.
    head: Vec<String>,
    /// A new page begins here.
    fresh: bool,
}

/// Writes a document as text.
pub(super) fn write(document: &Document) -> String {
    // Boxes to tick become ones that every printer has.
    let mut document = document.clone();
    document.each_text(&mut |text| *text = text.replace('□', "[ ]"));
    let document = &document;
    let mut pieces = vec![title(document)];
    for block in &document.blocks {
        block_pieces(block, document.sign, &mut pieces);
    }
    let pages = paginate(pieces);
    let total = pages.len();
    let mut out = String::new();
    for (number, lines) in pages.iter().enumerate() {
        if number > 0 {
            out.push('\u{c}');
        }
        let running = wrap(&document.running.replace('\n', " "), COLUMNS);
        push_line(&mut out, running.first().map_or("", String::as_str));
        push_line(&mut out, &"-".repeat(COLUMNS));
        for at in 0..BODY {
            push_line(&mut out, lines.get(at).map_or("", String::as_str));
        }
        push_line(&mut out, "");
        let foot = &document.foot;
        let foot = format!("{}{}{}{total}{}", foot.before, number + 1, foot.between, foot.after);
        push_line(&mut out, &centred(&foot));
    }
    out
}

/// Adds a line without blanks at its end.
fn push_line(out: &mut String, line: &str) {
    out.push_str(line.replace('\u{a0}', " ").trim_end());
    out.push('\n');
}

fn centred(text: &str) -> String {
    let left = COLUMNS.saturating_sub(text.width()) / 2;
    format!("{}{text}", " ".repeat(left))
}

fn title(document: &Document) -> Piece {
    let mut lines = vec![String::new()];
    if !document.issuer.is_empty() {
        lines.extend(wrap(&document.issuer, COLUMNS - 8).iter().map(|line| centred(line)));
    }
    lines.extend(wrap(&document.title, COLUMNS - 8).iter().map(|line| centred(line)));
    for line in &document.subtitle {
        lines.extend(wrap(line, COLUMNS - 8).iter().map(|line| centred(line)));
    }
    lines.push(String::new());
    Piece { lines, ..Piece::default() }
}

fn plain(lines: Vec<String>) -> Piece {
    Piece { lines, ..Piece::default() }
}

fn block_pieces(block: &Block, sign: (&str, &str), pieces: &mut Vec<Piece>) {
    match block {
        Block::Heading(level, text) => {
            let mark = if *level <= 1 { "=" } else { "-" };
            // Every block ends with an empty line; before a chapter there are two.
            let mut lines = if *level <= 1 { vec![String::new()] } else { Vec::new() };
            let wrapped = wrap(text, COLUMNS);
            let longest = wrapped.iter().map(|line| line.width()).max().unwrap_or(0);
            lines.extend(wrapped);
            lines.push(mark.repeat(if *level <= 1 { COLUMNS } else { longest.min(COLUMNS) }));
            pieces.push(Piece { lines, leads: true, ..Piece::default() });
        }
        Block::Text(said) => {
            let mut lines = wrap(&said.text, COLUMNS);
            lines.push(String::new());
            pieces.extend(lines.into_iter().map(|line| plain(vec![line])));
        }
        Block::Pairs(list) => pairs(list, pieces),
        Block::Table(table) => rows(table, pieces),
        Block::List(points) => {
            for said in points {
                pieces.push(plain(hanging("- ", &said.text)));
            }
            pieces.push(plain(vec![String::new()]));
        }
        Block::Note(text) => {
            let mut lines = hanging("* ", text);
            lines.push(String::new());
            pieces.push(plain(lines));
        }
        Block::Lines(count) => {
            for _ in 0..*count {
                pieces.push(plain(vec![String::new(), "_".repeat(COLUMNS)]));
            }
            pieces.push(plain(vec![String::new()]));
        }
        Block::Signatures(all) => pieces.push(signatures(all, sign)),
        Block::Break => pieces.push(Piece { fresh: true, ..Piece::default() }),
    }
}

/// A text behind a mark, its further lines set in.
fn hanging(mark: &str, text: &str) -> Vec<String> {
    let inside = " ".repeat(mark.width());
    let lines = wrap(text, COLUMNS - mark.width()).into_iter().enumerate();
    lines.map(|(at, line)| format!("{}{line}", if at == 0 { mark } else { &inside })).collect()
}

fn pairs(list: &[(String, Said)], pieces: &mut Vec<Piece>) {
    let label = list.iter().map(|(label, _)| label.width()).max().unwrap_or(0).min(26);
    for (name, said) in list {
        let names = wrap(name, label);
        let texts = wrap(&said.text, COLUMNS - label - GAP);
        let height = names.len().max(texts.len());
        let lines = (0..height).map(|at| {
            let (name, text) = (names.get(at), texts.get(at));
            let name = name.map_or("", String::as_str);
            format!("{}{}", padded(name, label + GAP, Align::Left), text.map_or("", String::as_str))
        });
        pieces.push(plain(lines.collect()));
    }
    pieces.push(plain(vec![String::new()]));
}

fn rows(table: &Table, pieces: &mut Vec<Piece>) {
    let gaps = GAP * table.columns.len().saturating_sub(1);
    let widths = widths(table, COLUMNS.saturating_sub(gaps));
    let aligns: Vec<Align> = table.columns.iter().map(|column| column.align).collect();
    let titles: Vec<&str> = table.columns.iter().map(|column| column.title.as_str()).collect();
    let mut head = cells(&titles, &widths, &aligns);
    let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
    head.push(rule.join(&" ".repeat(GAP)));
    if !table.caption.is_empty() {
        let lines = wrap(&table.caption, COLUMNS);
        pieces.push(Piece { lines, leads: true, ..Piece::default() });
    }
    pieces.push(Piece { lines: head.clone(), leads: true, ..Piece::default() });
    let rows: Vec<Vec<String>> = table
        .rows
        .iter()
        .map(|row| {
            let texts: Vec<&str> = row.iter().map(|said| said.text.as_str()).collect();
            cells(&texts, &widths, &aligns)
        })
        .collect();
    // Where a row takes several lines, an empty one tells it from the next.
    let airy = rows.iter().any(|lines| lines.len() > 1);
    let last = rows.len().saturating_sub(1);
    for (at, mut lines) in rows.into_iter().enumerate() {
        if airy && at < last {
            lines.push(String::new());
        }
        pieces.push(Piece { lines, head: head.clone(), ..Piece::default() });
    }
    pieces.push(plain(vec![String::new()]));
}

/// The lines of one row.
fn cells(texts: &[&str], widths: &[usize], aligns: &[Align]) -> Vec<String> {
    let wrapped: Vec<Vec<String>> =
        texts.iter().zip(widths).map(|(text, width)| wrap(text, *width)).collect();
    let height = wrapped.iter().map(Vec::len).max().unwrap_or(1);
    let line = |at: usize| {
        let parts = wrapped.iter().zip(widths).zip(aligns).map(|((lines, width), align)| {
            padded(lines.get(at).map_or("", String::as_str), *width, *align)
        });
        parts.collect::<Vec<_>>().join(&" ".repeat(GAP))
    };
    (0..height).map(line).collect()
}

fn padded(text: &str, width: usize, align: Align) -> String {
    let blanks = " ".repeat(width.saturating_sub(text.width()));
    match align {
        Align::Left => format!("{text}{blanks}"),
        Align::Right => format!("{blanks}{text}"),
    }
}

fn signatures(all: &[Signature], sign: (&str, &str)) -> Piece {
    let role = all.iter().map(|one| one.role.width()).max().unwrap_or(0).min(24);
    let mut lines = Vec::new();
    for one in all {
        lines.push(String::new());
        let role = padded(&one.role.replace('\n', " "), role + GAP, Align::Left);
        let name = padded(&one.name.replace('\n', " "), 16, Align::Left);
        lines.push(format!("{role}{name}  {} ________________  {} ____-__-__", sign.0, sign.1));
    }
    lines.push(String::new());
    Piece { lines, ..Piece::default() }
}

/// Puts pieces on pages. What leads stands with what follows; only what is longer than a page is
/// parted.
fn paginate(pieces: Vec<Piece>) -> Vec<Vec<String>> {
    let mut pages: Vec<Vec<String>> = Vec::new();
    let mut page: Vec<String> = Vec::new();
    let follows: Vec<usize> = (0..pieces.len()).map(|at| with_followers(&pieces, at)).collect();
    for (piece, needed) in pieces.into_iter().zip(follows) {
        let fits = page.len() + needed <= BODY;
        if (piece.fresh || !fits) && !page.is_empty() {
            pages.push(std::mem::take(&mut page));
            page.extend(piece.head.iter().cloned());
        }
        for line in piece.lines {
            // A page begins with no empty line.
            if page.is_empty() && line.is_empty() && !pages.is_empty() {
                continue;
            }
            if page.len() >= BODY {
                pages.push(std::mem::take(&mut page));
                page.extend(piece.head.iter().cloned());
            }
            page.push(line);
        }
    }
    if !page.is_empty() || pages.is_empty() {
        pages.push(page);
    }
    pages
}

/// Lines that a piece needs on its page: its own, and the first of what it leads.
fn with_followers(pieces: &[Piece], at: usize) -> usize {
    let mut needed = 0;
    let mut leading = false;
    for piece in pieces.iter().skip(at) {
        let lines = piece.lines.len();
        if leading && !piece.leads {
            return needed + lines.min(WITH_HEADING);
        }
        needed += lines;
        if !piece.leads {
            return needed;
        }
        leading = true;
    }
    needed
}
