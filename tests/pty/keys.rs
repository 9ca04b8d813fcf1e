//! What comes in: torn sequences, other keyboards, pastes, other charsets, noise.

use std::time::Duration;

use crate::terminal::{Setup, Terminal, at_the_agenda, count, demo, type_into_record};

fn at_the_desk() -> (tempfile::TempDir, std::path::PathBuf, Terminal) {
    let (folder, db) = demo();
    let mut terminal = Setup::demo(&db).start();
    at_the_agenda(&mut terminal);
    (folder, db, terminal)
}

/// Number of the customer whose dossier stands on the screen.
fn in_the_dossier(terminal: &Terminal) -> String {
    let shows = terminal.shows();
    let number = |word: &&str| word.len() == 7 && word.starts_with("C0");
    shows.split_whitespace().find(number).expect("a customer").to_owned()
}

#[test]
fn a_torn_arrow_is_an_arrow() {
    let (_folder, _db, mut terminal) = at_the_desk();
    let first = in_the_dossier(&terminal);
    terminal.bytes(b"\x1b");
    terminal.quiet(Duration::from_millis(60));
    terminal.bytes(b"[B");
    terminal.until_gone(&first);
    assert!(!terminal.shows().contains("退出程序"), "{}", terminal.shows());
    terminal.leave();
}

#[test]
fn function_keys_of_all_keyboards() {
    let (_folder, _db, mut terminal) = at_the_desk();
    let cases: [(&str, &[&str]); 3] =
        [("\u{1b}OR", &["退出程序"]), ("\u{1b}[[C", &["退出程序"]), ("\u{1b}[13~", &["退出程序"])];
    for (keys, shown) in cases {
        terminal.keys(keys);
        for text in shown {
            terminal.until(text);
        }
        terminal.keys("n");
        terminal.until_gone(shown[0]);
    }
    // Torn in the middle too.
    terminal.keys("\u{1b}");
    terminal.quiet(Duration::from_millis(30));
    terminal.keys("[13~");
    terminal.until("退出程序");
    // F12 takes one step back.
    terminal.keys("\u{1b}[24~");
    terminal.until_gone("退出程序");
    terminal.leave();
}

#[test]
fn backspace_is_either_byte() {
    let (_folder, db) = demo();
    let mut terminal = Setup::demo(&db).start();
    type_into_record(&mut terminal, "QWXZ");
    terminal.bytes(&[0x08]);
    terminal.until_gone("QWXZ");
    terminal.until("QWX");
    terminal.bytes(&[0x7f]);
    terminal.until_gone("QWX");
    terminal.until("QW");
    terminal.leave();
}

#[test]
fn an_unmarked_paste_is_no_row_of_commands() {
    let (_folder, db, mut terminal) = at_the_desk();
    let rows = || count(&db, "SELECT count(*) FROM journal WHERE command <> 'job'");
    let before = rows();
    terminal.keys(&"dy\r:q\r\ry1\r".repeat(20));
    terminal.until("粘贴");
    assert!(terminal.shows().contains("2026年11月"), "{}", terminal.shows());
    assert_eq!(rows(), before);
    // The same in a field is text, and answers nothing.
    terminal.leave();
    let mut terminal = Setup::demo(&db).start();
    type_into_record(&mut terminal, "QXZ");
    let before = rows();
    terminal.keys("abc\ry\ry\ry\rdef");
    terminal.until("abc y y y def");
    assert_eq!(rows(), before);
    terminal.leave();
}

#[test]
fn a_huge_paste_with_its_own_end_inside() {
    let (_folder, db) = demo();
    let mut terminal = Setup::demo(&db).start();
    type_into_record(&mut terminal, "QXZ");
    let rows = || count(&db, "SELECT count(*) FROM journal WHERE command <> 'job'");
    let before = rows();
    let half = "客户说明y\rq\u{3}\u{7}".repeat(25_000);
    terminal.keys(&format!("\u{1b}[200~{half}\u{1b}[201~\ry\ry\r{half}\u{1b}[201~"));
    // Leaving is asked for behind all of it.
    terminal.quiet(Duration::from_millis(500));
    terminal.until("Enter 确定");
    assert_eq!(rows(), before);
    terminal.leave();
}

#[test]
fn full_width_keys_and_foreign_charsets() {
    let (_folder, _db, mut terminal) = at_the_desk();
    terminal.keys("？");
    terminal.until("输入以筛选");
    terminal.keys("\u{1b}");
    terminal.until_gone("输入以筛选");
    terminal.keys("／");
    terminal.until("查找客户");
    terminal.keys("\u{1b}");
    terminal.until_gone("查找客户");
    terminal.keys("：");
    terminal.until("中文、拼音或英文");
    terminal.keys("\u{1b}");
    terminal.until_gone("中文、拼音或英文");
    // 张伟 as GBK, and a character of four bytes as GB18030.
    terminal.bytes(b"\xd5\xc5\xce\xb0");
    terminal.bytes(b"\x81\x30\x81\x30");
    terminal.keys("\u{1b}");
    terminal.quiet(Duration::from_millis(200));
    assert!(!terminal.shows().contains('\u{fffd}'), "{}", terminal.shows());
    terminal.leave();
}

/// Every byte but those that may leave or hand in.
#[test]
fn noise_neither_breaks_nor_blocks_it() {
    let (_folder, _db, mut terminal) = at_the_desk();
    let mut seed = 7_u32;
    for _ in 0..64 {
        let noise: Vec<u8> = (0..64)
            .map(|_| {
                seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                u8::try_from(seed >> 24).unwrap()
            })
            .filter(|byte| !matches!(byte, 0x03 | b'q' | b'y' | b'\r' | b'\n'))
            .collect();
        terminal.bytes(&noise);
    }
    terminal.quiet(Duration::from_millis(300));
    // Alive: it draws anew when asked to.
    terminal.resize(110, 30);
    terminal.when("a new drawing", |screen| screen.contents().contains("回访"));
    terminal.leave_somehow();
}

#[test]
fn any_size_and_back() {
    let (_folder, _db, mut terminal) = at_the_desk();
    for (columns, rows) in
        [(1, 1), (20, 5), (500, 200), (2, 300), (300, 2), (59, 16), (60, 16), (1, 1), (80, 24)]
    {
        terminal.resize(columns, rows);
        terminal.keys("j");
        terminal.keys("\t");
        terminal.quiet(Duration::from_millis(30));
    }
    for step in 0..60_u16 {
        terminal.resize(1 + step * 7 % 130, 1 + step * 5 % 40);
    }
    terminal.resize(120, 36);
    // The keys may have moved to another month meanwhile.
    terminal.until("第");
    terminal.until("2026年1");
    terminal.resize(20, 5);
    terminal.until("窗口太小");
    terminal.keys("q");
    assert_eq!(terminal.end(), 0);
    terminal.is_restored("q in a small window");
}
