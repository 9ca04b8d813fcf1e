//! What stands in the data never steers the terminal: every byte that is written is one that the
//! program means to write.

use std::time::Duration;

use crate::terminal::{Setup, Terminal, demo, file};

const PAYLOADS: [&str; 14] = [
    "\u{1b}]52;c;ZXZpbA==\u{7}OSC52",
    "\u{1b}]0;title\u{1b}\\OSC0",
    "\u{1b}P1$r0m\u{1b}\\DCS",
    "\u{1b}cRESET",
    "\u{9b}31mC1",
    "\u{9d}0;c1 title\u{9c}",
    "\u{1b}[?1000hMOUSE",
    "\u{1b}[6nREPORT",
    "RLO\u{202e}moc.kcatta",
    "ISO\u{2066}a\u{2069}",
    "ZWJ\u{200d}ZWSP\u{200b}BOM\u{feff}",
    "TAG\u{e0041}\u{e007f}PUA\u{f8ff}",
    "BELL\u{7}BS\u{8}CR\rNL\nTAB\tDEL\u{7f}NUL",
    "Z\u{300}\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}\u{307}algo",
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
    let text = std::str::from_utf8(raw).expect("valid UTF-8");
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
        // The program itself moves by returns, line feeds and backspaces where that costs the fewest bytes.
        assert!(rest.replace(['\r', '\n', '\u{8}'], "").chars().all(is_plain), "{what}: {rest:?}");
    }
}

fn look_around(terminal: &mut Terminal) {
    terminal.until("2026年11月");
    terminal.keys("2");
    terminal.until("OSC52");
    for key in ["j", "\r", "l", "3", "4", "i", "\u{1b}"] {
        terminal.keys(key);
        terminal.quiet(Duration::from_millis(150));
    }
    terminal.keys("1");
    terminal.until("2026年11月");
}

#[test]
fn nothing_in_the_data_steers_the_terminal() {
    let (_folder, db) = demo();
    let conn = file(&db);
    let mut found = conn.prepare("SELECT customer_id FROM customers ORDER BY customer_id").unwrap();
    let ids: Vec<String> =
        found.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    drop(found);
    for (id, payload) in ids.iter().zip(PAYLOADS.iter().cycle()) {
        conn.execute("UPDATE customers SET name = ?2 WHERE customer_id = ?1", [id, *payload])
            .unwrap();
    }
    for (table, column) in [("flags", "note"), ("visits", "note"), ("notices", "subject")] {
        let sql = format!("UPDATE {table} SET {column} = ?1 || rowid");
        let sql = if table == "notices" { sql } else { sql.replace(" || rowid", "") };
        conn.execute(&sql, [PAYLOADS.concat()]).unwrap();
    }
    drop(conn);
    for (columns, rows) in [(120, 36), (80, 24), (200, 60)] {
        let mut setup = Setup::demo(&db);
        setup.size = (columns, rows);
        let mut terminal = setup.start();
        look_around(&mut terminal);
        terminal.leave();
        check(&terminal.raw, &format!("{columns}x{rows}"));
    }
}
