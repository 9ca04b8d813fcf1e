//! What stands in the data never steers the terminal: every byte that is written is one that the
//! program means to write.

use std::time::Duration;

use crate::terminal::{Setup, Terminal, demo, file};

/// What could steer a terminal, and what of it may be seen.
const PAYLOADS: [(&str, &str); 14] = [
    ("\u{1b}]52;c;ZXZpbA==\u{7}OSC52", "]52;c;ZXZpbA==OSC52"),
    ("\u{1b}]0;title\u{1b}\\OSC0", "]0;title\\OSC0"),
    ("\u{1b}P1$r0m\u{1b}\\DCS", "P1$r0m\\DCS"),
    ("\u{1b}cRESET", "cRESET"),
    ("\u{9b}31mC1", "31mC1"),
    ("\u{9d}0;c1 title\u{9c}", "0;c1 title"),
    ("\u{1b}[?1000hMOUSE", "[?1000hMOUSE"),
    ("\u{1b}[6nREPORT", "[6nREPORT"),
    ("RLO\u{202e}moc.kcatta", "RLOmoc.kcatta"),
    ("ISO\u{2066}a\u{2069}", "ISOa"),
    ("ZWJ\u{200d}ZWSP\u{200b}BOM\u{feff}", "ZWJZWSPBOM"),
    ("TAG\u{e0041}\u{e007f}PUA\u{f8ff}", "TAGPUA"),
    ("BELL\u{7}BS\u{8}CR\rNL\nTAB\tDEL\u{7f}NUL", "BELLBSCR NL TAB DELNUL"),
    ("Z\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}algo", "Z\u{300}\u{301}algo"),
];

/// Whether a character may stand between sequences.
fn is_plain(c: char) -> bool {
    let hidden = matches!(u32::from(c),
        0x00AD | 0x061C | 0x200B..=0x200F | 0x2028..=0x202E | 0x2060..=0x206F | 0xFEFF
        | 0xFE00..=0xFE0F | 0xE000..=0xF8FF | 0xE0000..=0x10_FFFF | 0xFFFD);
    !c.is_control() && !hidden
}

/// Checks all that was written against what the program may write.
fn check(raw: &[u8], what: &str) {
    const MODES: [&str; 8] =
        ["?25l", "?25h", "?2026h", "?2026l", "?1049h", "?1049l", "?2004h", "?2004l"];
    // What it asks its terminal once, before there is a screen.
    const QUESTION: &str = "\r①\u{1b}[6n\r\u{1b}[K\u{1b}[c";
    let text = std::str::from_utf8(raw).expect("valid UTF-8");
    let text = text.strip_prefix(QUESTION).expect("the question comes first");
    let mut parts = text.split('\u{1b}');
    let first = parts.next().unwrap();
    assert!(first.chars().all(is_plain), "{what}: {first:?}");
    for part in parts {
        let inside = part.strip_prefix('[').unwrap_or_else(|| panic!("{what}: ESC {part:?}"));
        let end = inside.find(|c: char| c.is_ascii_alphabetic()).expect("an end");
        let (sequence, rest) = inside.split_at(end + 1);
        let numbers = sequence.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let known = MODES.contains(&sequence)
            || matches!(sequence.chars().last(), Some('C' | 'D' | 'H' | 'J' | 'K' | 'X' | 'm'))
                && numbers.chars().all(|c| c.is_ascii_digit() || c == ';');
        assert!(known, "{what}: CSI {sequence:?}");
        // The program itself moves to the next row and a step back from there where that costs the
        // fewest bytes; a return or backspace elsewhere is none of its own.
        let words = rest.replace("\r\n", "").replace("\n\u{8}", "").replace('\n', "");
        assert!(words.chars().all(is_plain), "{what}: {rest:?}");
    }
}

/// Looks at many pages of two databases side by side: where a text moves the cursor, something
/// stands elsewhere than with a plain one.
fn look_around(hostile: &mut Terminal, clean: &mut Terminal, what: &str) {
    for terminal in [&mut *hostile, &mut *clean] {
        terminal.until("2026年11月");
        terminal.keys("2");
        // With its count the list is there, and `j` has rows to go down.
        terminal.until("户  按 客户号");
    }
    for key in ["j", "\r", "l", "3", "4", "i", "\u{1b}"] {
        for terminal in [&mut *hostile, &mut *clean] {
            terminal.keys(key);
        }
        // A page may come later at one of the two.
        let same = (0..PATIENCE_TRIES).any(|_| {
            hostile.quiet(Duration::from_millis(150));
            clean.quiet(Duration::from_millis(150));
            seen(hostile) == seen(clean)
        });
        assert!(same, "{what}, {key:?}:\n{}\n{}", hostile.shows(), clean.shows());
    }
    for terminal in [hostile, clean] {
        terminal.keys("1");
        terminal.until("2026年11月");
    }
}

/// What a screen shows; a blank that was written looks like one that never was.
fn seen(terminal: &Terminal) -> Vec<String> {
    terminal.shows().lines().map(|line| line.trim_end().to_owned()).collect()
}

/// How often two terminals are looked at before they differ for good.
const PATIENCE_TRIES: u32 = 60;

/// Puts these texts wherever people write names and notes.
fn fill(db: &std::path::Path, texts: &[&str]) {
    let conn = file(db);
    let mut found = conn.prepare("SELECT customer_id FROM customers ORDER BY customer_id").unwrap();
    let ids: Vec<String> =
        found.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    for (id, text) in ids.iter().zip(texts.iter().cycle()) {
        conn.execute("UPDATE customers SET name = ?2 WHERE customer_id = ?1", [id, *text]).unwrap();
    }
    for (table, column) in [("flags", "note"), ("visits", "note"), ("notices", "subject")] {
        let sql = format!("UPDATE {table} SET {column} = ?1 || rowid");
        let sql = if table == "notices" { sql } else { sql.replace(" || rowid", "") };
        conn.execute(&sql, [texts.concat()]).unwrap();
    }
}

#[test]
fn nothing_in_the_data_steers_the_terminal() {
    let ((_hostile, hostile), (_clean, clean)) = (demo(), demo());
    fill(&hostile, &PAYLOADS.map(|(raw, _)| raw));
    fill(&clean, &PAYLOADS.map(|(_, seen)| seen));
    for size in [(120, 36), (80, 24), (200, 60)] {
        let (columns, rows) = size;
        let what = format!("{columns}x{rows}");
        let [mut hostile, mut clean] = [&hostile, &clean].map(|db| {
            let mut setup = Setup::demo(db);
            setup.size = size;
            setup.start()
        });
        look_around(&mut hostile, &mut clean, &what);
        for mut terminal in [hostile, clean] {
            terminal.leave();
            check(&terminal.raw, &what);
        }
    }
}
