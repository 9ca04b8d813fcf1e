//! The house rules that neither rustc nor clippy knows (`ARCHITECTURE.md`, invariants). Each test
//! prints every violation, so that one run shows all that there is to do.

#![expect(clippy::unwrap_used, clippy::string_slice, reason = "a test: what is unexpected ends it")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// A source file with its comments and tests taken out where a rule is about code only.
struct Source {
    /// `src/ui/panes/agenda.rs`
    path: String,
    text: String,
}

impl Source {
    fn is_test(&self) -> bool {
        self.path.ends_with("/tests.rs")
            || self.path.contains("/tests/")
            || self.path.starts_with("tests/")
    }

    /// Lines of production code: numbered from 1, without comments, up to an inline test module.
    fn code(&self) -> Vec<(usize, String)> {
        let mut lines = Vec::new();
        for (i, line) in self.text.lines().enumerate() {
            if line.trim_start().starts_with("#[cfg(test)]") && !lines.is_empty() {
                // A sibling `mod tests;` may stand before more code; a block ends the file.
                let next = self.text.lines().nth(i + 1).unwrap_or_default();
                if next.trim_end().ends_with('{') {
                    break;
                }
            }
            lines.push((i + 1, without_comment(line)));
        }
        lines
    }

    /// String literals of production code with their line.
    fn literals(&self) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        let mut open: Option<(usize, String, String)> = None;
        for (n, line) in self.code() {
            let mut rest = line.as_str();
            loop {
                if let Some((start, text, end)) = &mut open {
                    if let Some((inside, after)) = close(rest, end) {
                        text.push_str(inside);
                        found.push((*start, std::mem::take(text)));
                        open = None;
                        rest = after;
                    } else {
                        text.push_str(rest);
                        text.push('\n');
                        break;
                    }
                } else {
                    let Some((before, after)) = rest.split_once('"') else { break };
                    if before.ends_with('\'') && after.starts_with('\'') {
                        rest = after;
                        continue;
                    }
                    let hashes = before.chars().rev().take_while(|c| *c == '#').count();
                    let raw = before.trim_end_matches('#').ends_with('r');
                    let end =
                        if raw { format!("\"{}", "#".repeat(hashes)) } else { "\"".to_owned() };
                    let end = if raw { end } else { "\\".to_owned() };
                    open = Some((n, String::new(), end));
                    rest = after;
                }
            }
        }
        found
    }

    /// Paths used from this crate: `domain::loan` for `crate::domain::loan` or `super::…` at top.
    fn uses(&self) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        for (n, line) in self.code() {
            for (at, _) in line.match_indices("crate::") {
                let path: String = line[at + 7..]
                    .chars()
                    .take_while(|c| c.is_alphanumeric() || *c == '_' || *c == ':')
                    .collect();
                found.push((n, path.trim_end_matches(':').to_owned()));
            }
            // As many `super::` as the file lies deep lead to the root of the crate as well.
            let depth = self.path.split('/').count() - 1;
            let root = "super::".repeat(depth);
            for (at, _) in line.match_indices(&root) {
                let path = &line[at + root.len()..];
                if !line[..at].ends_with("super::") && !path.starts_with("super::") {
                    let path: String =
                        path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                    found.push((n, path));
                }
            }
        }
        found
    }
}

/// Finds the end of a literal; an end of `\` stands for a plain one with escapes.
fn close<'a>(rest: &'a str, end: &str) -> Option<(&'a str, &'a str)> {
    if end != "\\" {
        return rest.split_once(end);
    }
    let mut escaped = false;
    for (i, c) in rest.char_indices() {
        match c {
            '\\' if !escaped => escaped = true,
            '"' if !escaped => return Some((&rest[..i], &rest[i + 1..])),
            _ => escaped = false,
        }
    }
    None
}

/// Cuts a line comment off, unless the slashes stand in a literal.
fn without_comment(line: &str) -> String {
    let mut in_text = false;
    let mut escaped = false;
    let mut previous = ' ';
    for (i, c) in line.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if in_text => escaped = true,
            '"' if previous != '\'' || in_text => in_text = !in_text,
            '/' if previous == '/' && !in_text => return line[..i - 1].to_owned(),
            _ => {}
        }
        previous = c;
    }
    line.to_owned()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> =
        std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() { walk(&path, files) } else { files.push(path) }
    }
}

fn sources(folders: &[&str]) -> Vec<Source> {
    let mut files = Vec::new();
    for folder in folders.iter().filter(|f| root().join(f).is_dir()) {
        walk(&root().join(folder), &mut files);
    }
    files
        .into_iter()
        .filter(|path| path.extension().is_some_and(|e| e == "rs"))
        .map(|path| Source {
            path: path.strip_prefix(root()).unwrap().to_string_lossy().replace('\\', "/"),
            text: std::fs::read_to_string(&path).unwrap(),
        })
        .collect()
}

/// The room of a file: `src/store/open.rs` and `src/store.rs` are in `store`.
fn room(path: &str) -> &str {
    let inside = path.strip_prefix("src/").unwrap_or(path);
    inside.split_once('/').map_or_else(|| inside.trim_end_matches(".rs"), |(room, _)| room)
}

fn none(rule: &str, violations: &[String]) {
    let mut list = String::new();
    for violation in violations {
        let _ = writeln!(list, "  {violation}");
    }
    assert!(violations.is_empty(), "{rule}: {} violations\n{list}", violations.len());
}

/// Which rooms a room may use; what is not listed is forbidden.
const MAY_USE: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("planning", &["domain"]),
    ("form", &["domain", "risk"]),
    ("risk", &["domain"]),
    ("notes", &["domain"]),
    ("warning", &["domain", "form", "risk"]),
    ("access", &["domain"]),
    ("protocol", &["domain"]),
    ("media", &["domain"]),
    ("clock", &[]),
    ("outgoing", &[]),
    ("config", &[]),
    ("assets", &["domain", "planning", "form", "risk", "notes", "warning"]),
    (
        "i18n",
        &["domain", "protocol", "form", "risk", "notes", "config", "fault", "exchange", "planning"],
    ),
    (
        "store",
        &[
            "domain", "planning", "form", "risk", "notes", "warning", "access", "protocol",
            "assets", "clock", "media",
        ],
    ),
    ("fault", &["domain", "form", "config", "protocol", "store", "exchange"]),
    ("report", &["domain", "form", "risk", "protocol", "i18n", "assets", "outgoing"]),
    (
        "worker",
        &[
            "domain", "access", "protocol", "store", "clock", "planning", "assets", "report",
            "outgoing",
        ],
    ),
    (
        "exchange",
        &["domain", "planning", "access", "protocol", "store", "clock", "assets", "outgoing"],
    ),
    ("demo", &["domain", "planning", "form", "access", "protocol", "store", "assets", "clock"]),
    ("ui", &["domain", "form", "risk", "notes", "protocol", "i18n", "assets"]),
    ("app", &["domain", "form", "risk", "protocol", "i18n", "ui", "assets"]),
    (
        "runtime",
        &["domain", "protocol", "i18n", "ui", "app", "worker", "clock", "config", "assets"],
    ),
];

#[test]
fn rooms_use_only_what_lies_below_them() {
    let mut violations = Vec::new();
    for source in sources(&["src"]).iter().filter(|s| !s.is_test()) {
        let own = room(&source.path);
        let Some((_, allowed)) = MAY_USE.iter().find(|(room, _)| *room == own) else { continue };
        for (line, path) in source.uses() {
            let used = path.split("::").next().unwrap_or_default();
            // `crate::` followed by a macro of ours or nothing is not a room.
            let is_room = MAY_USE.iter().any(|(room, _)| *room == used) || used == "cli";
            // `use crate::{a, b}` would hide its rooms from this test.
            if used.is_empty() || is_room && used != own && !allowed.contains(&used) {
                violations.push(format!("{}:{line}: {own} uses {used}", source.path));
            }
        }
    }
    none("dependency direction", &violations);
}

/// A room that is not in the table would be free to use anything.
#[test]
fn every_room_has_its_row() {
    let library = std::fs::read_to_string(root().join("src/lib.rs")).unwrap();
    let rooms = library.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    // The command line is the top: it glues all others.
    let strangers: Vec<String> = rooms
        .filter(|room| *room != "cli" && !MAY_USE.iter().any(|(known, _)| known == room))
        .map(str::to_owned)
        .collect();
    none("rooms without a row in MAY_USE", &strangers);
}

/// The rules above read the source by hand: these show that they see what they should.
#[test]
fn the_reader_of_sources_sees_what_it_should() {
    let source = |path: &str, text: &str| Source { path: path.into(), text: text.into() };
    let used = |path: &str, text: &str| -> Vec<String> {
        source(path, text).uses().into_iter().map(|(_, path)| path).collect()
    };
    assert_eq!(used("src/ui/key.rs", "use crate::store::Store;"), ["store::Store"]);
    assert_eq!(used("src/ui/key.rs", "use super::super::store;"), ["store"]);
    assert_eq!(used("src/worker.rs", "super::ui::draw();"), ["ui"]);
    assert_eq!(used("src/ui/key.rs", "use super::store;"), Vec::<String>::new());
    assert_eq!(used("src/ui/key.rs", "use crate::{store, ui};"), [""]);
    assert_eq!(used("src/ui/key.rs", "// crate::store"), Vec::<String>::new());
    let said = |text: &str| -> Vec<String> {
        source("src/x.rs", text).literals().into_iter().map(|(_, text)| text).collect()
    };
    assert_eq!(said(r#"f("到期 // 今天"); // "x""#), ["到期 // 今天"]);
    assert_eq!(said("f(r#\"a \"b\" c\"#, \"d\\\"e\")"), ["a \"b\" c", "d\\\"e"]);
    assert_eq!(said("f('\"', \"x\")"), ["x"]);
}

/// Chinese sentences have Chinese punctuation: a half-width comma after a character looks wrong in
/// every terminal and takes the place of none.
#[test]
fn chinese_texts_have_full_width_punctuation() {
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let mut violations = Vec::new();
    for source in
        sources(&["src/i18n", "src/cli", "src/ui", "src/app"]).iter().filter(|s| !s.is_test())
    {
        for (line, text) in source.literals() {
            let pairs = text.chars().zip(text.chars().skip(1).chain([' ']));
            // The language of the filter and of purposes, which is typed.
            let syntax = text.contains("officer:") || text.contains("代码:对象编号");
            if pairs.into_iter().any(|(a, b)| han(a) && ",;:!?(".contains(b)) && !syntax {
                violations.push(format!("{}:{line}: {text}", source.path));
            }
        }
    }
    none("half-width punctuation after a Chinese character", &violations);
}

/// What stands between two texts is a matter of the language: `Lang::colon` and its kin.
/// A count before an English plural: `{count} customers` reads "1 customers" for one.
fn counts_a_plural(text: &str) -> bool {
    const THINGS: [&str; 34] = [
        "anchors",
        "answers",
        "changes",
        "checks",
        "claims",
        "comments",
        "contradictions",
        "customers",
        "days",
        "duties",
        "faults",
        "files",
        "flags",
        "gaps",
        "instalments",
        "items",
        "lines",
        "loans",
        "look-ups",
        "messages",
        "months",
        "opinions",
        "photos",
        "points",
        "records",
        "requests",
        "rows",
        "signals",
        "steps",
        "times",
        "users",
        "visits",
        "workdays",
        "years",
    ];
    text.match_indices("} ").any(|(at, _)| {
        let counts = text[..at].rsplit_once('{').is_some_and(|(_, name)| !name.contains(' '));
        let after = text[at + 2..].split([',', '.', ';', ':', '{', '(', ')']).next().unwrap_or("");
        // `{n} older journal rows`; a verb in between begins something else.
        counts && after.split(' ').take(3).any(|word| THINGS.contains(&word))
    })
}

#[test]
fn a_count_in_english_has_its_singular() {
    // Limits of packs and of the form, never one; sums that name what they are of.
    const NEVER_ONE: [&str; 7] = [
        "more double the odds",
        "Came true = within",
        "days overdue",
        "scored customers",
        "can be changed by others",
        "are not looked at yet",
        "{count} customers",
    ];
    assert!(counts_a_plural("{n} customers") && counts_a_plural("of {all} older journal rows"));
    assert!(!counts_a_plural("{} of {name}") && !counts_a_plural("{year}: {off} off"));
    let mut found = Vec::new();
    for source in sources(&["src"]).iter().filter(|source| !source.is_test()) {
        let told = source.path.starts_with("src/i18n") || source.path.starts_with("src/cli");
        for (line, text) in source.literals().into_iter().filter(|_| told) {
            let excused = NEVER_ONE.iter().any(|part| text.contains(part));
            if counts_a_plural(&text) && !excused {
                found.push(format!("{}:{line}: {text}", source.path));
            }
        }
    }
    none("an English count is written with `format::counted`", &found);
}

#[test]
fn screens_put_no_half_width_punctuation_between_texts() {
    let between = |text: &str| {
        ["}: ", "}, ", "}; ", " ({"].iter().any(|half| text.contains(half))
            || [": ", ", ", "; "].contains(&text)
    };
    assert!(between("{}: {name}") && between("{shown} ({note})") && !between("{day}  {name}"));
    let mut violations = Vec::new();
    for source in sources(&["src/ui", "src/app", "src/report"]).iter().filter(|s| !s.is_test()) {
        for (line, text) in source.literals() {
            let code = source.text.lines().nth(line - 1).unwrap_or_default().trim_start();
            // The faults of a keymap are read by who wrote it.
            if between(&text) && !code.starts_with("#[error") {
                violations.push(format!("{}:{line}: {text}", source.path));
            }
        }
    }
    none("half-width punctuation between texts", &violations);
}

#[test]
fn pure_rooms_know_neither_disk_nor_screen_nor_language() {
    const PURE: [&str; 7] = ["domain", "planning", "form", "risk", "notes", "warning", "access"];
    const FOREIGN: [&str; 11] = [
        "rusqlite",
        "ratatui",
        "crossterm",
        "serde",
        "std::fs",
        "std::thread",
        "i18n",
        "std::net",
        "std::process",
        "std::env",
        "tracing",
    ];
    let mut violations = Vec::new();
    for source in sources(&["src"]).iter().filter(|s| !s.is_test() && PURE.contains(&room(&s.path)))
    {
        for (line, code) in source.code() {
            for word in FOREIGN.iter().filter(|word| has_path(&code, word)) {
                violations.push(format!("{}:{line}: {word}", source.path));
            }
        }
    }
    none("pure rooms", &violations);
}

/// Whether a path such as `std::fs` stands in a line as a path, not as a part of a longer word.
fn has_path(code: &str, path: &str) -> bool {
    code.match_indices(path).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + path.len()..].chars().next();
        let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && c != '_');
        edge(before)
            && edge(after)
            && (path.contains("::") || code[at + path.len()..].starts_with("::"))
    })
}

#[test]
fn the_screen_never_touches_the_store_and_the_store_never_a_widget() {
    let rules: [(&[&str], &[&str]); 3] = [
        (&["ui", "app"], &["rusqlite"]),
        (&["store"], &["ratatui", "crossterm"]),
        (&["protocol"], &["rusqlite", "ratatui", "crossterm", "serde", "serde_json"]),
    ];
    let mut violations = Vec::new();
    for source in sources(&["src"]).iter().filter(|s| !s.is_test()) {
        for (_, words) in rules.iter().filter(|(rooms, _)| rooms.contains(&room(&source.path))) {
            for (line, code) in source.code() {
                for word in words.iter().filter(|word| has_path(&code, word)) {
                    violations.push(format!("{}:{line}: {word}", source.path));
                }
            }
        }
    }
    none("screen and store apart", &violations);
}

#[test]
fn rusqlite_stays_in_the_store() {
    let mut violations = Vec::new();
    for source in sources(&["src"]).iter().filter(|s| room(&s.path) != "store" && !s.is_test()) {
        for (line, code) in source.code() {
            if has_path(&code, "rusqlite") {
                violations.push(format!("{}:{line}", source.path));
            }
        }
    }
    none("rusqlite outside the store", &violations);
}

#[test]
fn panes_never_name_other_panes() {
    let mut violations = Vec::new();
    for source in sources(&["src/ui/panes"]).iter().filter(|s| !s.is_test()) {
        let inside = source.path.strip_prefix("src/ui/panes/").unwrap_or_default();
        let own = inside.split('/').next().unwrap_or_default().trim_end_matches(".rs");
        for (line, path) in source.uses() {
            if let Some(rest) = path.strip_prefix("ui::panes::")
                && rest.split("::").next() != Some(own)
            {
                violations.push(format!("{}:{line}: {path}", source.path));
            }
        }
        let top = !inside.contains('/');
        for (line, code) in source.code() {
            if top && code.contains("use super::") {
                violations.push(format!("{}:{line}: {}", source.path, code.trim()));
            }
        }
    }
    none("panes are islands", &violations);
}

#[test]
fn files_stay_short() {
    let mut violations = Vec::new();
    for source in sources(&["src"]).iter().filter(|s| !s.is_test()) {
        let lines = source.code().len();
        if lines > 400 {
            violations.push(format!("{}: {lines} lines", source.path));
        }
    }
    none("at most 400 lines without tests", &violations);
}

#[test]
fn module_names_say_something() {
    const EMPTY: [&str; 7] = ["utils", "util", "helpers", "helper", "common", "types", "manager"];
    let mut violations = Vec::new();
    for source in sources(&["src", "tests"]) {
        let stem = Path::new(&source.path).file_stem().unwrap().to_string_lossy().into_owned();
        if stem == "mod" || EMPTY.contains(&stem.as_str()) {
            violations.push(source.path.clone());
        }
    }
    none("module names", &violations);
}

#[test]
fn sql_stays_in_the_store() {
    const STARTS: [&str; 9] = [
        "SELECT ",
        "INSERT ",
        "UPDATE ",
        "DELETE ",
        "CREATE TABLE",
        "PRAGMA ",
        "BEGIN ",
        "ALTER ",
        "VACUUM",
    ];
    let mut violations = Vec::new();
    for source in sources(&["src"]).iter().filter(|s| room(&s.path) != "store" && !s.is_test()) {
        for (line, text) in source.literals() {
            if STARTS.iter().any(|word| text.trim_start().starts_with(word)) {
                violations.push(format!("{}:{line}: {text}", source.path));
            }
        }
    }
    none("SQL outside src/store", &violations);
}

#[test]
fn only_the_clock_reads_the_time() {
    const READS: [&str; 5] =
        ["Utc::now", "Local::now", "SystemTime::now", "Local::today", "Utc::today"];
    const SQL: [&str; 6] =
        ["current_timestamp", "current_date", "current_time", "'now'", "strftime(", "unixepoch("];
    let mut violations = Vec::new();
    for source in sources(&["src"]).iter().filter(|s| !s.is_test() && s.path != "src/clock.rs") {
        for (line, code) in source.code() {
            for word in READS.iter().filter(|word| code.contains(**word)) {
                violations.push(format!("{}:{line}: {word}", source.path));
            }
        }
        for (line, text) in source.literals() {
            let text = text.to_lowercase();
            if room(&source.path) == "store" && SQL.iter().any(|word| text.contains(word)) {
                violations.push(format!("{}:{line}: {text}", source.path));
            }
        }
    }
    let mut files = Vec::new();
    walk(&root().join("src/store"), &mut files);
    for path in files.iter().filter(|p| p.extension().is_some_and(|e| e == "sql")) {
        for (i, line) in std::fs::read_to_string(path).unwrap().lines().enumerate() {
            let code = line.split("--").next().unwrap_or_default().to_lowercase();
            if SQL.iter().any(|word| code.contains(word)) {
                violations.push(format!("{}:{}: {code}", path.display(), i + 1));
            }
        }
    }
    none("the time is a parameter", &violations);
}

#[test]
fn app_has_at_most_ten_fields() {
    let source = sources(&["src"]).into_iter().find(|s| s.path == "src/app.rs").unwrap();
    let Some((_, after)) = source.text.split_once("pub struct App {") else {
        panic!("src/app.rs has no `pub struct App`");
    };
    let body = after.split_once("\n}").map_or(after, |(body, _)| body);
    let fields = body
        .lines()
        .map(str::trim)
        .filter(|l| !l.starts_with("//") && !l.starts_with('#') && l.contains(':'))
        .count();
    assert!(fields <= 10, "App has {fields} fields; a field used by one pane belongs to that pane");
}

#[test]
fn screens_say_nothing_that_is_not_in_the_catalogue() {
    // Names of keys and actions, and the words of the filter language, are read, not shown.
    const CODES: [&str; 6] = [
        "src/ui/key.rs",
        "src/ui/keymap.rs",
        "src/ui/keymap/table.rs",
        "src/ui/keymap/table/overlays.rs",
        "src/ui/action.rs",
        "src/ui/panes/customers/filter.rs",
    ];
    let mut violations = Vec::new();
    for source in sources(&["src/ui", "src/app", "src/report"]).iter().filter(|s| !s.is_test()) {
        let marked: Vec<usize> = source
            .text
            .lines()
            .enumerate()
            .filter(|(_, line)| line.contains("// tidy: not a text"))
            .map(|(i, _)| i + 1)
            .collect();
        // Names of the parts and elements of a file format.
        let format = source.path.starts_with("src/report/docx");
        if format || CODES.contains(&source.path.as_str()) {
            continue;
        }
        for (line, text) in source.literals() {
            let code = source.text.lines().nth(line - 1).unwrap_or_default().trim_start();
            // A code is one word of small letters: `quit`, `staff_total`, `page-down`. What goes
            // straight into a span is shown, whatever it looks like.
            let calls = ["Span::", "Line::", "Text::", "set_string"];
            let shown = code
                .split([' ', '(', '.', '[', '!'])
                .any(|part| calls.iter().any(|call| part.starts_with(call)));
            let word =
                |c: char| c.is_ascii_lowercase() || "_-.[]".contains(c) || c.is_ascii_digit();
            if !shown && text.chars().all(word) {
                continue;
            }
            // Command lines are the same in both languages; so are patterns of dates.
            if text.starts_with("huifang ") || text.starts_with('%') {
                continue;
            }
            let spoken = without_placeholders(&text.replace("\\n", "\n").replace("\\r", "\r"));
            let letters = spoken.chars().filter(|c| c.is_alphabetic()).count();
            let attribute =
                code.starts_with("#[") || code.starts_with("reason") || code.contains(".expect(");
            if letters > 1 && !attribute && !marked.contains(&line) {
                violations.push(format!("{}:{line}: {text}", source.path));
            }
        }
    }
    none("user-visible text outside i18n (allow with `// tidy: not a text`)", &violations);
}

/// A format string without its `{…}` parts.
fn without_placeholders(text: &str) -> String {
    let mut depth = 0_usize;
    text.chars()
        .filter(|c| {
            match c {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => return depth == 0,
            }
            false
        })
        .collect()
}

#[test]
fn domain_values_are_not_serialised_as_they_are() {
    let mut violations = Vec::new();
    for source in sources(&["src/domain"]) {
        for (line, code) in source.code() {
            if code.contains("Serialize") {
                violations.push(format!("{}:{line}", source.path));
            }
        }
    }
    none("Serialize on domain values", &violations);
}

#[test]
fn nothing_is_left_for_later() {
    const WORDS: [&str; 3] = ["TODO", "FIXME", "todo!("];
    let mut violations = Vec::new();
    for source in sources(&["src", "tests"]).iter().filter(|s| s.path != "tests/tidy.rs") {
        for (i, line) in source.text.lines().enumerate() {
            if WORDS.iter().any(|word| line.contains(word)) {
                violations.push(format!("{}:{}: {}", source.path, i + 1, line.trim()));
            }
            // Where no event tells of an end, a poll that says so is no sleep.
            let sleeps =
                source.is_test() && line.contains("thread::sleep") && !line.contains("// polls: ");
            if line.contains("#[ignore]") || line.contains("#[should_panic") || sleeps {
                violations.push(format!("{}:{}: {}", source.path, i + 1, line.trim()));
            }
        }
    }
    none("left for later", &violations);
}

#[test]
fn lints_are_switched_off_with_a_reason() {
    let mut violations = Vec::new();
    for source in sources(&["src", "tests"]).iter().filter(|s| s.path != "tests/tidy.rs") {
        for (i, line) in source.text.lines().enumerate() {
            let line = line.trim_start();
            if line.starts_with("#[allow(") || line.starts_with("#![allow(") {
                violations.push(format!("{}:{}: {line}", source.path, i + 1));
            }
        }
    }
    none("use #[expect(lint, reason = …)]", &violations);
}

#[test]
fn migrations_are_numbered_and_say_why() {
    let mut files = Vec::new();
    walk(&root().join("src/store/migrations"), &mut files);
    let mut violations = Vec::new();
    let mut numbers = BTreeMap::new();
    for path in files.iter().filter(|p| p.extension().is_some_and(|e| e == "sql")) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(path).unwrap();
        match name.get(..4).and_then(|n| n.parse::<usize>().ok()) {
            Some(number) => drop(numbers.insert(number, name.clone())),
            None => violations.push(format!("{name}: no number")),
        }
        if !text.starts_with("-- ") {
            violations.push(format!("{name}: the first line must give the reason"));
        }
        let code: String = text
            .lines()
            .map(|l| l.split("--").next().unwrap_or_default())
            .collect::<Vec<_>>()
            .join("\n");
        for table in code.split("CREATE TABLE ").skip(1) {
            let body = table.split(';').next().unwrap_or_default();
            if !body.contains("STRICT") {
                let name = table.split_whitespace().next().unwrap_or_default();
                violations.push(format!("{name}: not STRICT"));
            }
        }
    }
    if numbers.keys().copied().ne(1..=numbers.len()) {
        violations.push(format!("numbers are not 1..n: {numbers:?}"));
    }
    none("migrations", &violations);
}

#[test]
fn no_path_of_a_machine_is_written_down() {
    const PLACES: [&str; 4] = ["/root/", "/home/runner", "/Users/", "C:\\\\Users"];
    let mut violations = Vec::new();
    let mut files = Vec::new();
    for folder in ["src", "assets", ".ci", "tests", "benches", "examples"]
        .iter()
        .map(|f| root().join(f))
        .filter(|f| f.is_dir())
    {
        walk(&folder, &mut files);
    }
    for path in files {
        let Ok(text) = std::fs::read_to_string(&path) else { continue };
        for (i, line) in text.lines().enumerate() {
            if PLACES.iter().any(|place| line.contains(place))
                && !path.ends_with("tests.rs")
                && !path.ends_with("tidy.rs")
            {
                violations.push(format!("{}:{}", path.display(), i + 1));
            }
        }
    }
    none("paths of one machine", &violations);
}
