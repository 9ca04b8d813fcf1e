//! What the program learns of its terminal: how wide it draws, and whether it draws pictures.

use std::path::Path;
use std::time::Duration;

use crate::terminal::{Setup, Terminal, demo};

#[test]
fn a_terminal_that_draws_wide_gets_ascii_lines() {
    let (_folder, db) = demo();
    for (answers, wide) in [("\x1b[24;3R\x1b[?62c", true), ("\x1b[24;2R\x1b[?62c", false)] {
        let mut terminal = Setup::demo(&db).saying(answers, (0, 0)).start();
        terminal.until("张伟");
        let shown = terminal.shows();
        assert_eq!(shown.contains('─'), !wide, "{shown}");
        terminal.leave();
    }
}

/// Whose record waits with the photos of a visit on site.
const ON_SITE: &str = "枫陵新越";

/// At a photo of a record that waits: of one that was made on site.
fn at_a_photo(setup: &Setup) -> Terminal {
    let mut terminal = setup.start();
    terminal.until("李芳");
    terminal.keys("5");
    terminal.until(ON_SITE);
    // The record beside the list is that of the row.
    let beside = format!("检查记录  {ON_SITE}");
    for _ in 0..20 {
        terminal.quiet(Duration::from_millis(60));
        if terminal.shows().contains(&beside) {
            break;
        }
        terminal.keys("j");
    }
    terminal.until(&beside);
    for (keys, shown) in [("\r", "检查记录"), ("o", "拍摄时间")] {
        terminal.quiet(Duration::from_millis(60));
        terminal.keys(keys);
        terminal.until(shown);
    }
    terminal
}

fn supervisor(db: &Path) -> Setup {
    let mut setup = Setup::demo(db);
    setup.words.extend(["--role", "supervisor", "--customers", "60"].map(str::to_owned));
    setup
}

fn holds(raw: &[u8], wanted: &[u8]) -> bool {
    raw.windows(wanted.len()).any(|part| part == wanted)
}

#[test]
fn a_photo_is_drawn_by_a_terminal_that_can() {
    // A demo of its own: photos lie beside the database.
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("photos.db");
    let sixel: &[u8] = b"\x1bP0;1;0q\"1;1;";
    let kitty: &[u8] = b"\x1b_Ga=T,f=100,i=1,q=2,C=1,c=";
    let cell = (8, 16);
    let with_sixel = supervisor(&db).saying("\x1b[24;2R\x1b[?62;4c", cell);
    let with_kitty = supervisor(&db).env("TERM", "xterm-kitty").saying("\x1b[24;2R\x1b[?62c", cell);
    let without = supervisor(&db).saying("\x1b[24;2R\x1b[?62c", cell);
    let no_size = supervisor(&db).saying("\x1b[24;2R\x1b[?62;4c", (0, 0));
    for (setup, drawn, away) in [
        (with_sixel, Some(sixel), Some(&b"\x1b[2J"[..])),
        (with_kitty, Some(kitty), Some(&b"\x1b_Ga=d,d=I,i=1"[..])),
        (without, None, None),
        (no_size, None, None),
    ] {
        let mut terminal = at_a_photo(&setup);
        // The picture comes with its own drawing, behind that of what is known of it.
        let there = |raw: &[u8]| [sixel, kitty].into_iter().find(|start| holds(raw, start));
        if drawn.is_some() {
            terminal.when_raw("a picture", |raw| there(raw).is_some());
        } else {
            terminal.until("▀");
        }
        assert_eq!(there(&terminal.raw), drawn);
        assert_eq!(terminal.shows().contains('▀'), drawn.is_none(), "{}", terminal.shows());
        let before = terminal.raw.len();
        terminal.keys("\x1b");
        terminal.until_gone("拍摄时间");
        if let Some(away) = away {
            assert!(holds(&terminal.raw[before..], away), "it stays on the screen");
        }
        terminal.leave();
    }
}
