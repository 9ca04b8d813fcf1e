//! Keeps what a terminal could misread from reaching it (`security.md`: untrusted text).
//!
//! Every external text passes [`text`] when it is shown; [`sweep`] goes over the finished screen
//! once more, so that a forgotten call can't let an escape sequence through.

use ratatui::buffer::Buffer;
use unicode_width::UnicodeWidthStr;

/// Whether a character may reach the terminal at all.
pub fn is_safe(c: char) -> bool {
    !matches!(c,
        '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' // control
        | '\u{ad}' | '\u{61c}' | '\u{180b}'..='\u{180f}' // soft hyphen, Arabic mark, Mongolian
        | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' // invisible fillers
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' // zero width, direction, line
        | '\u{2060}'..='\u{206f}' // joiners, isolates
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}' // variation, BOM
        | '\u{e000}'..='\u{f8ff}' // private use
        | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}' | '\u{f0000}'..='\u{10ffff}')
}

/// A one-line text fit for a screen: line feeds and tabs become blanks, what could steer the
/// terminal or hide goes, and at most two marks may stand on one character.
pub fn text(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut marks = 0;
    for c in raw.chars() {
        if matches!(c, ' '..='~' | '\u{4e00}'..='\u{9fff}') {
            out.push(c);
            marks = 0;
        } else if matches!(c, '\n' | '\r' | '\t') {
            out.push(' ');
            marks = 0;
        } else if is_safe(c) {
            let zero_width = unicode_width::UnicodeWidthChar::width(c) == Some(0);
            marks = if zero_width { marks + 1 } else { 0 };
            if marks <= 2 && !(zero_width && out.is_empty()) {
                out.push(c);
            }
        }
    }
    out
}

/// What was pasted, with line feeds only as `\n` and nothing that could steer anything.
pub fn pasted(raw: &str) -> String {
    let unified = raw.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " ");
    unified.chars().filter(|c| *c == '\n' || is_safe(*c)).collect()
}

/// What stands for a character that some Chinese terminals draw two cells wide.
pub fn narrow(c: char) -> Option<&'static str> {
    Some(match c {
        '·' | '•' | '‧' | '∙' => ".",
        '…' => "...",
        '—' | '–' | '―' | '─' | '━' | '−' => "-",
        '│' | '┃' | '‖' => "|",
        '“' | '”' | '〝' | '〞' => "\"",
        '‘' | '’' | '′' => "'",
        '①'..='⑨' => ["1", "2", "3", "4", "5", "6", "7", "8", "9"]
            .get((u32::from(c) - 0x2460) as usize)
            .copied()?,
        '±' => "+-",
        '×' => "x",
        '÷' => "/",
        '≤' => "<=",
        '≥' => ">=",
        '≠' => "!=",
        '℃' | '°' => "C",
        '→' => "->",
        '←' => "<-",
        '↑' | '▲' | '△' => "^",
        '↓' | '▼' | '▽' | '√' | '✓' | '✔' => "v",
        '●' | '○' | '◎' | '◆' | '◇' | '■' | '□' | '★' | '☆' | '¤' | '¶' | '†' | '‡' | '※' => {
            "*"
        }
        '┌' | '┐' | '└' | '┘' | '├' | '┤' | '┬' | '┴' | '┼' | '╭' | '╮' | '╯' | '╰' => {
            "+"
        }
        '▁'..='█' => "#",
        '░' | '▒' | '▓' => ":",
        '§' => "S",
        _ => return None,
    })
}

/// Goes over the finished screen: a cell with anything unsafe shows `?`, and on a terminal that
/// draws ambiguous characters wide (`wide`) those become ASCII of the same width.
pub fn sweep(buffer: &mut Buffer, wide: bool) {
    for cell in &mut buffer.content {
        let symbol = cell.symbol();
        if is_plain(symbol.as_bytes(), wide) {
            continue;
        }
        if !symbol.chars().all(is_safe) {
            let filler = if symbol.width() > 1 { "??" } else { "?" };
            cell.set_symbol(filler);
        } else if wide && symbol.width() == 1 {
            let short = symbol.chars().next().and_then(narrow).and_then(|s| s.get(..1));
            if let Some(short) = short {
                cell.set_symbol(short);
            }
        }
    }
}

/// What nearly every cell of every drawing holds, told by its first bytes: a letter, an ideograph, a
/// line of a border where those are narrow. For anything else the answer is no.
const fn is_plain(symbol: &[u8], wide: bool) -> bool {
    match symbol {
        [0x20..=0x7e] | [0xe4..=0xe9, _, _] => true,
        [0xe2, 0x94..=0x97, _] => !wide,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
