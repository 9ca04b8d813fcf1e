//! The real program on the command line: exit status, one JSON document, one sentence.

#![expect(clippy::unwrap_used, reason = "a test: what is unexpected ends it")]

use std::path::Path;
use std::process::{Command, Output};

fn huifang(folder: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_huifang"))
        .args(words)
        .env("HOME", folder)
        .env("XDG_DATA_HOME", folder)
        .env("XDG_CONFIG_HOME", folder)
        .env("LANG", "en_US.UTF-8")
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES")
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A demo in a folder of its own.
fn demo(customers: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("demo.db").to_string_lossy().into_owned();
    let made = huifang(
        folder.path(),
        &["demo", "--no-open", "--customers", customers, "--as-of", "2026-11-23", "--db", &db],
    );
    assert!(made.status.success(), "{}", text(&made.stderr));
    (folder, db)
}

#[test]
fn wrong_usage_is_2_and_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let cases: [&[&str]; 9] = [
        &["frobnicate"],
        &["score", "--statements", "a.csv", "--growth", "change"],
        &["plan", "--when", "now"],
        &["plan", "--as-of", "yesterday"],
        &["demo", "--customers", "0"],
        &["import"],
        &["user", "add", "x", "--as-of", "2026-11-23"],
        &["journal"],
        &["doctor", "--format", "ics"],
    ];
    for words in cases {
        let said = huifang(folder.path(), words);
        let error = text(&said.stderr);
        let known = ["doctor"].contains(&words[0]);
        assert_eq!(said.status.code(), Some(2), "{words:?}: {error}");
        assert!(said.stdout.is_empty(), "{words:?}");
        assert_eq!(error.lines().count(), 1, "{words:?}: {error}");
        assert!(known || error.starts_with("huifang: "), "{error}");
    }
}

#[test]
fn what_is_refused_is_1_and_one_sentence_in_the_chosen_language() {
    let folder = tempfile::tempdir().unwrap();
    let nowhere = folder.path().join("nowhere.db").to_string_lossy().into_owned();
    let strange = folder.path().join("strange.db");
    std::fs::write(&strange, "not a database at all, just some text").unwrap();
    let strange = strange.to_string_lossy().into_owned();
    let config = folder.path().join("c.toml");
    std::fs::write(&config, "lang = \"en\"\ncolour = \"red\"\n").unwrap();
    let config = config.to_string_lossy().into_owned();
    let cases: [&[&str]; 6] = [
        &["plan", "--db", &nowhere],
        &["plan", "--db", &strange],
        &["doctor", "--config", &config],
        &["restore", &nowhere],
        &["policy", "check", &nowhere],
        &["--db", &nowhere],
    ];
    for words in cases {
        let said = huifang(folder.path(), words);
        let error = text(&said.stderr);
        assert_eq!(said.status.code(), Some(1), "{words:?}: {error}");
        assert_eq!(error.lines().count(), 1, "{words:?}: {error}");
    }
    let line = text(&huifang(folder.path(), &["doctor", "--config", &config]).stderr);
    assert!(line.contains("line 2"), "{line}");
    let chinese = huifang(folder.path(), &["plan", "--db", &nowhere, "--lang", "zh-CN"]);
    assert!(text(&chinese.stderr).contains("没有数据文件"));
    assert_eq!(std::fs::read(&strange).unwrap(), b"not a database at all, just some text");
}

/// What a file is called must not steer the terminal: the sentence names it without.
#[test]
fn names_of_files_reach_the_terminal_without_escapes() {
    let folder = tempfile::tempdir().unwrap();
    let named = |ending: &str, body: &str| {
        let path = folder.path().join(format!("a\u{1b}[31m\u{202e}.{ending}"));
        std::fs::write(&path, body).unwrap();
        path.to_string_lossy().into_owned()
    };
    let rows = (0..30).map(|at| format!("c{at},0.5,{}.{at:02}\n", 1 - at % 2));
    let quotient = format!("id,debt_ratio,sales_growth,x\u{1b}[1m\n{}", rows.collect::<String>());
    let (talk, empty) = (named("srt", "no time\n"), named("txt", ""));
    let (percents, growth) =
        (named("csv", "id,debt_ratio\na,45\nb,63\n"), named("tsv.csv", &quotient));
    let cases: [&[&str]; 6] = [
        &["scan", &talk],
        &["scan", &empty],
        &["scan", &format!("{talk}.gone")],
        &["score", "--ratios", &percents],
        &["score", "--ratios", &growth],
        &["plan", "--db", &talk],
    ];
    for words in cases {
        let said = text(&huifang(folder.path(), words).stderr);
        assert!(said.contains("a[31m."), "{words:?}: {said:?}");
        assert!(!said.contains(['\u{1b}', '\u{202e}']), "{words:?}: {said:?}");
    }
}

/// What a script reads is the same in both languages.
#[test]
fn why_somebody_is_looked_at_is_a_list_for_machines() {
    let (folder, db) = demo("60");
    let event = "events add 钢价上涨 --kind price --change 20 --due 2099-12-31 --points 看库存 --industry 批发";
    let mut words: Vec<&str> = event.split(' ').collect();
    words.extend(["--district", "城东区", "--as", "lifang", "--db", &db]);
    let entered = huifang(folder.path(), &words);
    assert!(entered.status.success(), "{}", text(&entered.stderr));
    let looks = |format: &str, lang: &str| {
        let words = ["events", "looks", "--db", &db];
        let said =
            huifang(folder.path(), &[&words[..], &["--format", format, "--lang", lang]].concat());
        assert!(said.status.success(), "{}", text(&said.stderr));
        text(&said.stdout)
    };
    let (en, zh) = (looks("json", "en"), looks("json", "zh-CN"));
    assert_eq!(en, zh);
    let read: serde_json::Value = serde_json::from_str(&en).unwrap();
    let rows = read.as_array().unwrap();
    assert!(!rows.is_empty() && rows.iter().all(|row| row["why"].is_array()), "{en}");
    assert_eq!(looks("csv", "en"), looks("csv", "zh-CN"));
}

#[test]
fn json_is_one_document_and_nothing_else() {
    let (folder, db) = demo("60");
    let cases: [&[&str]; 18] = [
        &["plan"],
        &["plan", "--gaps"],
        &["plan", "--explain", "C000003"],
        &["plan", "month", "2026-12"],
        &["cockpit"],
        &["deadlines"],
        &["cockpit", "--by", "district", "--month", "2026-10"],
        &["customers"],
        &["visits"],
        &["flags"],
        &["flags", "--watch"],
        &["actions"],
        &["jobs", "list"],
        &["user", "list"],
        &["journal", "verify"],
        &["journal", "head"],
        &["journal", "show"],
        &["doctor"],
    ];
    for words in cases {
        let mut all = words.to_vec();
        all.extend(["--db", &db, "--as-of", "2026-11-23", "--format", "json"]);
        let said = huifang(folder.path(), &all);
        assert_eq!(said.status.code(), Some(0), "{words:?}: {}", text(&said.stderr));
        let read: Result<serde_json::Value, _> = serde_json::from_slice(&said.stdout);
        assert!(read.is_ok(), "{words:?}: {}", text(&said.stdout));
        assert!(said.stderr.is_empty(), "{words:?}: {}", text(&said.stderr));
    }
}

#[test]
fn a_demo_is_the_same_twice_and_goes_on() {
    let (folder, db) = demo("40");
    let plan = |db: &str| {
        let words = ["plan", "--db", db, "--as-of", "2026-11-23", "--format", "json"];
        text(&huifang(folder.path(), &words).stdout)
    };
    let (_other, again) = demo("40");
    let first = plan(&db);
    assert_eq!(first, plan(&again));
    assert!(first.contains("C0000"));
    // Making it again on the same file changes nothing.
    let words = ["demo", "--no-open", "--customers", "40", "--as-of", "2026-11-23", "--db", &db];
    assert!(huifang(folder.path(), &words).status.success());
    assert_eq!(first, plan(&db));
}

#[test]
fn the_call_back_sample_is_a_list() {
    let (folder, db) = demo("60");
    let run = |words: &[&str]| {
        let all = [words, &["--as-of", "2026-11-23", "--db", &db]].concat();
        huifang(folder.path(), &all)
    };
    let json = run(&["callbacks", "2026-11", "--format", "json"]);
    assert!(json.status.success(), "{}", text(&json.stderr));
    let rows: serde_json::Value = serde_json::from_str(&text(&json.stdout)).unwrap();
    let rows = rows.as_array().unwrap();
    assert!(!rows.is_empty());
    for row in rows {
        assert!(row["visit_id"].as_str().is_some_and(|visit| visit.starts_with("V-")), "{row}");
        assert!(row["own"].is_boolean() && row["calls"].is_number(), "{row}");
    }
    let csv = text(&run(&["callbacks", "2026-11", "--format", "csv"]).stdout);
    assert_eq!(csv.lines().count(), rows.len() + 1, "{csv}");
    assert_eq!(run(&["callbacks", "November"]).status.code(), Some(2));
}

/// Somebody who has the file open.
#[expect(clippy::disallowed_methods, reason = "a test works in the file as another session would")]
fn in_use(db: &str) -> rusqlite::Connection {
    let open = rusqlite::Connection::open(db).unwrap();
    open.query_row("SELECT count(*) FROM users", [], |_row| Ok(())).unwrap();
    open
}

#[test]
fn a_backup_comes_back() {
    let (folder, db) = demo("30");
    let copy = folder.path().join("copy.db").to_string_lossy().into_owned();
    let made = huifang(folder.path(), &["backup", &copy, "--db", &db]);
    assert!(made.status.success(), "{}", text(&made.stderr));
    let journal = huifang(folder.path(), &["journal", "show", "--last", "1", "--db", &db]);
    assert!(text(&journal.stdout).contains("backup"), "{}", text(&journal.stdout));
    let twice = huifang(folder.path(), &["backup", &copy, "--db", &db]);
    assert_eq!(twice.status.code(), Some(1), "an existing file is never overwritten");
    let users = |db: &str| text(&huifang(folder.path(), &["user", "list", "--db", db]).stdout);
    let before = users(&db);
    assert!(huifang(folder.path(), &["user", "add", "newcomer", "--db", &db]).status.success());
    assert_ne!(users(&db), before);
    // Nobody is asked where nobody sits: it is refused, and nothing is touched.
    let unasked = huifang(folder.path(), &["restore", &copy, "--db", &db]);
    assert_eq!(unasked.status.code(), Some(2));
    assert!(text(&unasked.stderr).contains("--yes"), "{}", text(&unasked.stderr));
    assert_ne!(users(&db), before);
    // Somebody has it open: what she typed last would be lost, so that has to be said.
    let open = in_use(&db);
    let held = huifang(folder.path(), &["restore", &copy, "--yes", "--db", &db]);
    assert_eq!(held.status.code(), Some(2));
    assert!(text(&held.stderr).contains("--force"), "{}", text(&held.stderr));
    assert_ne!(users(&db), before);
    drop(open);
    let back = huifang(folder.path(), &["restore", &copy, "--yes", "--db", &db]);
    assert!(back.status.success(), "{}", text(&back.stderr));
    assert_eq!(users(&db), before);
    let _open = in_use(&db);
    let forced = huifang(folder.path(), &["restore", &copy, "--yes", "--force", "--db", &db]);
    assert!(forced.status.success(), "{}", text(&forced.stderr));
    let kept = std::fs::read_dir(folder.path()).unwrap();
    let kept =
        kept.filter(|e| e.as_ref().unwrap().file_name().to_string_lossy().contains(".before-"));
    assert!(kept.count() >= 1, "the file before it is kept");
}

#[test]
fn documents_and_photos_come_back_with_a_backup() {
    let (folder, db) = demo("60");
    let run = |words: &[&str]| {
        let all = [words, &["--lang", "en", "--db", &db]].concat();
        huifang(folder.path(), &all)
    };
    let attached = Path::new(&db).with_file_name(format!(
        "{}-attach",
        Path::new(&db).file_stem().unwrap().to_string_lossy()
    ));
    let files = || -> usize {
        let folders = std::fs::read_dir(&attached).into_iter().flatten().flatten();
        folders.filter_map(|f| std::fs::read_dir(f.path()).ok()).map(Iterator::count).sum()
    };
    let before = files();
    assert!(before > 0, "the demo has photos in {attached:?}");
    let copy = folder.path().join("copy.db").to_string_lossy().into_owned();
    let made = run(&["backup", &copy]);
    assert!(text(&made.stderr).contains("Documents and photos"), "{}", text(&made.stderr));
    std::fs::remove_dir_all(&attached).unwrap();
    let ill = text(&run(&["doctor"]).stdout);
    assert!(ill.contains(&format!("0/{before}")), "{ill}");
    let back = run(&["restore", &copy, "--yes"]);
    assert!(back.status.success(), "{}", text(&back.stderr));
    assert_eq!(files(), before);
    let well = text(&run(&["doctor"]).stdout);
    assert!(well.contains(&format!("{before}/{before}")), "{well}");
}

#[test]
fn template_to_plan() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (db, book) = (at("own.db"), at("book"));
    assert!(huifang(folder.path(), &["template", "--out", &at("t.xlsx")]).status.success());
    std::fs::create_dir(&book).unwrap();
    let write = |name: &str, text: &str| {
        std::fs::write(folder.path().join("book").join(name), text).unwrap();
    };
    write("users.csv", "user,name,role,branch\nzhangwei,张伟,officer,城东支行\n");
    write(
        "customers.csv",
        "客户号,客户名称,业务条线,管户经理,纳管日期\nC1,甲公司,小微企业,zhangwei,2026-01-05\n",
    );
    write(
        "loans.csv",
        "loan_id,customer_id,amount,balance,disbursed_on,matures_on,status,tier\n\
         L1,C1,\"2,000,000.00\",2000000,2026-10-20,2027-10-19,active,normal\n",
    );
    let rehearsal = huifang(folder.path(), &["import", &book, "--dry-run", "--db", &db]);
    assert!(rehearsal.status.success(), "{}", text(&rehearsal.stderr));
    let taken = huifang(folder.path(), &["import", &book, "--db", &db, "--format", "json"]);
    assert!(taken.status.success(), "{}", text(&taken.stderr));
    assert!(serde_json::from_slice::<serde_json::Value>(&taken.stdout).is_ok());
    let words = ["plan", "--db", &db, "--as-of", "2026-11-01", "--format", "json"];
    let plan: serde_json::Value =
        serde_json::from_slice(&huifang(folder.path(), &words).stdout).unwrap();
    let due: Vec<&str> =
        plan.as_array().unwrap().iter().filter_map(|v| v["due"].as_str()).collect();
    assert!(due.contains(&"2026-11-19"), "use of funds: 30 days after the drawdown: {plan}");
}

#[test]
fn bad_files_never_panic() {
    let folder = tempfile::tempdir().unwrap();
    let db = folder.path().join("own.db").to_string_lossy().into_owned();
    let cases: [(&str, &[u8]); 6] = [
        ("empty.csv", b""),
        ("customers.csv", b"customer_id,name\nC1\n"),
        ("loans.csv", b"\xff\xfe\x00\x01garbage\n,,,,"),
        ("book.xlsx", b"PK\x03\x04 not really a workbook"),
        ("users.csv", b"user,name,role\nx,\x1b[31mred,officer\n"),
        ("unknown.csv", b"a,b\n1,2\n"),
    ];
    for (name, bytes) in cases {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let said = huifang(folder.path(), &["import", &path.to_string_lossy(), "--db", &db]);
        let error = text(&said.stderr);
        assert!(matches!(said.status.code(), Some(1 | 2)), "{name}: {:?} {error}", said.status);
        assert!(!error.contains("panicked"), "{name}: {error}");
        assert!(!error.contains('\x1b') && !text(&said.stdout).contains('\x1b'), "{name}");
    }
}

#[test]
fn help_completions_and_manual_are_there() {
    let folder = tempfile::tempdir().unwrap();
    for words in
        [&["--help"][..], &["plan", "--help"], &["completions", "bash"], &["man"], &["--version"]]
    {
        let said = huifang(folder.path(), words);
        assert!(said.status.success() && !said.stdout.is_empty(), "{words:?}");
    }
}

#[test]
fn a_photo_is_registered_from_a_file_and_from_a_stream() {
    use std::io::Write as _;
    use std::process::Stdio;
    let (folder, db) = demo("60");
    let named = ["--db", &db, "--as", "zhangwei"];
    // Drafts of the demo: the visits that can still take files.
    let drops = folder.path().join("demo-drop/zhangwei");
    let photo = drops.join("门头.png").to_string_lossy().into_owned();
    let visit = {
        let journal = ["journal", "show", "--last", "100000", "--format", "json", "--db", &db];
        let rows: serde_json::Value =
            serde_json::from_slice(&huifang(folder.path(), &journal).stdout).unwrap();
        let rows = rows.as_array().unwrap().clone();
        let of = |command: &str| -> Vec<String> {
            let rows = rows.iter().filter(|row| row["command"] == command);
            rows.filter(|row| row["actor"] == "zhangwei")
                .map(|row| row["subject"].as_str().unwrap().to_owned())
                .collect()
        };
        let handed_in = of("submit");
        of("start_visit").into_iter().find(|visit| !handed_in.contains(visit)).unwrap()
    };
    let run = |words: &[&str], input: &[u8]| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_huifang"))
            .args(words)
            .args(named)
            .env("HOME", folder.path())
            .env("LANG", "en_US.UTF-8")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A program that refuses early reads nothing.
        let _ = child.stdin.take().unwrap().write_all(input);
        let said = child.wait_with_output().unwrap();
        (said.status.code(), text(&said.stderr))
    };
    let attach = |file: &str, input: &[u8]| {
        run(&["attach", &visit, "photo_signboard", file, "--name", "front.png"], input)
    };
    let (status, said) = attach(&photo, b"");
    assert_eq!((status, said.contains("Registered: front.png")), (Some(0), true), "{said}");
    let bytes = std::fs::read(drops.join("车间.png")).unwrap();
    let (status, said) = attach("-", &bytes);
    assert_eq!(status, Some(0), "{said}");
    let (status, said) = attach("-", b"%PDF-1.7 no photo");
    assert_eq!((status, said.contains("is no photo")), (Some(1), true), "{said}");
    let (status, said) = attach("/dev/zero", b"");
    assert_eq!((status, said.contains("no plain file")), (Some(1), true), "{said}");
    let (status, said) = attach("nosuch.png", b"");
    assert_eq!(status, Some(1), "{said}");
    assert_eq!(said, "huifang: nosuch.png is not there; check the name.\n");
    let used = drops.join("上次用过.png").to_string_lossy().into_owned();
    let (status, said) = attach(&used, b"");
    assert_eq!((status, said.contains("was used before")), (Some(1), true), "{said}");
    // A file that is gone is found.
    let doctor = ["doctor", "--format", "json", "--db", &db];
    let missing = || -> bool {
        let points: serde_json::Value =
            serde_json::from_slice(&huifang(folder.path(), &doctor).stdout).unwrap();
        let points = points.as_array().unwrap().clone();
        !points.iter().find(|p| p["check"] == "attachments").unwrap()["ok"].as_bool().unwrap()
    };
    assert!(!missing());
    std::fs::remove_dir_all(folder.path().join("demo-attach")).unwrap();
    assert!(missing());
}

#[test]
fn a_questionnaire_goes_out_and_comes_back_whole_or_not_at_all() {
    let (folder, db) = demo("60");
    let run = |words: &[&str]| {
        let as_officer = ["--db", &db, "--as", "zhangwei", "--lang", "en"];
        huifang(folder.path(), &[words, &as_officer].concat())
    };
    let list = folder.path().join("visits.csv").to_string_lossy().into_owned();
    assert!(run(&["export", "visits", "--out", &list]).status.success());
    let visits = std::fs::read_to_string(&list).unwrap();
    let draft = visits.lines().find(|line| line.contains("\"draft\"")).expect("a draft");
    let visit = draft.split(',').next().unwrap().trim_matches('"').to_owned();
    let out = folder.path().join("q.txt").to_string_lossy().into_owned();
    let made = run(&["questionnaire", "export", &visit, "--out", &out]);
    assert!(made.status.success(), "{}", text(&made.stderr));
    let again = run(&["questionnaire", "export", &visit, "--out", &out]);
    assert_eq!(again.status.code(), Some(1), "never written over");
    let form = std::fs::read_to_string(&out).unwrap();
    // Nothing but who and when: nothing to take in.
    let who = form.replacen("> \n", "> Wang Jianguo\n", 1).replacen("> \n", "> 2020-02-03\n", 1);
    let fill = |answer: &str| {
        let (before, after) = who.split_once("    yuan").expect("a question about money");
        let after = after.replacen("> \n", &format!("> {answer}\n"), 1);
        std::fs::write(&out, format!("{before}    yuan{after}")).unwrap();
        run(&["questionnaire", "import", &out])
    };
    let wrong = fill("a lot");
    let said = text(&wrong.stderr);
    assert_eq!(wrong.status.code(), Some(1), "{said}");
    assert!(said.starts_with("line ") && said.contains("Not a number"), "{said}");
    let right = fill("3.5万");
    assert!(right.status.success(), "{}", text(&right.stderr));
    assert!(text(&right.stderr).starts_with("1 answer taken in"), "{}", text(&right.stderr));
    // A form of another version, and a file that is none.
    std::fs::write(&out, who.replace("version: 1", "version: 9")).unwrap();
    let other = run(&["questionnaire", "import", &out]);
    assert!(text(&other.stderr).contains("another version"), "{}", text(&other.stderr));
    std::fs::write(&out, "hello\n").unwrap();
    let none = run(&["questionnaire", "import", &out]);
    assert!(text(&none.stderr).contains("no questionnaire"), "{}", text(&none.stderr));
}

#[test]
fn a_digest_tells_each_person_what_waits_without_names() {
    let (folder, db) = demo("60");
    let run = |words: &[&str]| {
        let said = huifang(folder.path(), &[&["--db", &db, "--lang", "en"], words].concat());
        (said.status.success(), String::from_utf8(said.stdout).unwrap())
    };
    let (done, all) = run(&["digest"]);
    assert!(done, "{all}");
    let texts: Vec<&str> = all.split('\u{c}').collect();
    let to = |text: &str| text.trim_start().lines().next().unwrap_or_default().to_owned();
    assert!(texts.iter().any(|text| to(text) == "To: zhangwei"), "{all}");
    assert!(texts.iter().any(|text| to(text) == "To: lifang"), "{all}");
    // The overdue visits of the officer, all of them, by number; no name leaves the server.
    let (_, own) = run(&["digest", "--user", "zhangwei"]);
    let (_, table) = run(&["visits", "--officer", "zhangwei", "--format", "json"]);
    let rows: serde_json::Value = serde_json::from_str(&table).unwrap();
    let late: Vec<&serde_json::Value> =
        rows.as_array().unwrap().iter().filter(|row| row["overdue_days"] != 0).collect();
    assert!(!late.is_empty());
    assert!(own.contains(&format!("Overdue ({})", late.len())), "{own}");
    for row in &late {
        assert!(own.contains(row["customer_id"].as_str().unwrap()), "{own}");
        assert!(!own.contains(row["customer"].as_str().unwrap()), "{own}");
    }
    let (_, named) = run(&["digest", "--user", "zhangwei", "--names"]);
    assert!(named.contains(late[0]["customer"].as_str().unwrap()), "{named}");
    // Nobody reads another's.
    assert!(!run(&["digest", "--user", "wangfang", "--as", "zhangwei"]).0);
    assert!(!run(&["digest", "--user", "nobody"]).0);
    let (_, only_mine) = run(&["digest", "--as", "zhangwei"]);
    assert_eq!(only_mine, own);
}

#[test]
fn a_month_that_is_not_whole_is_not_closed_and_says_who_is_in_the_way() {
    let (folder, db) = demo("120");
    let said = huifang(folder.path(), &["cockpit", "--db", &db, "--as-of", "2026-11-23"]);
    assert!(text(&said.stdout).contains("Total"), "{}", text(&said.stderr));
    let words =
        ["month", "close", "2026-10", "--db", &db, "--as", "lifang", "--as-of", "2026-11-23"];
    let said = huifang(folder.path(), &words);
    assert_eq!(said.status.code(), Some(2), "never under another day: {}", text(&said.stderr));
    for bad in ["2026-13", "October"] {
        let said = huifang(folder.path(), &["month", "close", bad, "--db", &db]);
        assert_eq!(said.status.code(), Some(2), "{bad}");
    }
}

/// Ratios of four companies, one of whom nothing is known.
const RATIOS: &str = "id,debt_ratio,current_ratio,quick_ratio,roa,retained_earnings_ratio,\
asset_turnover,interest_coverage,sales_growth,net_loss
safe,0.2,3,2.5,0.12,0.4,1.5,9,0.1,0
risky,1.1,0.4,0.2,-0.3,-0.8,0.4,-2,-0.4,1
gap,1.1,,,-0.3,,,,,1
none,,,,,,,,,
";

#[test]
fn a_score_can_be_added_up_by_hand() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("r.csv");
    std::fs::write(&file, RATIOS).unwrap();
    let (file, out) = (file.to_string_lossy().into_owned(), folder.path().join("s.csv"));
    let words = ["score", "--ratios", &file, "--out", &out.to_string_lossy()];
    let said = huifang(folder.path(), &words);
    assert!(said.status.success(), "{}", text(&said.stderr));
    let mut rows = csv::Reader::from_path(&out).unwrap();
    let head = rows.headers().unwrap().clone();
    assert_eq!(
        head.iter().take(5).collect::<Vec<_>>(),
        ["id", "score", "probability", "grade", "debt_ratio"]
    );
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    assert_eq!(
        rows.iter().map(|row| &row[0]).collect::<Vec<_>>(),
        ["safe", "risky", "gap", "none"]
    );
    let score = |at: usize| rows[at][1].parse::<i64>().unwrap();
    for row in &rows[..3] {
        let parts: i64 = row.iter().skip(4).map(|points| points.parse::<i64>().unwrap()).sum();
        assert_eq!(parts.to_string(), row[1], "{row:?}");
    }
    assert!(score(0) < score(2) && score(2) < score(1), "{rows:?}");
    assert!(rows[3].iter().skip(1).all(str::is_empty), "nothing known is no score: {:?}", rows[3]);
    // The same by hand: the column of points sums to the last line.
    for (lang, sum) in [("en", "Sum"), ("zh-CN", "合计")] {
        let said = huifang(
            folder.path(),
            &["score", "--ratios", &file, "--explain", "risky", "--lang", lang],
        );
        let told = text(&said.stdout);
        let line = told.lines().find(|line| line.starts_with(sum)).unwrap();
        assert!(line.ends_with(&score(1).to_string()), "{told}");
        assert!(told.contains("score@4"), "{told}");
    }
}

/// Two files that say the same of thirty companies: growth as a change, and as this ÷ last.
#[test]
fn growth_is_read_as_the_whole_column_tells_it() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, quotient: bool| {
        let rows = (0..30).map(|at| {
            let hundredths = 75 + at * 4 - if quotient { 0 } else { 100 };
            format!("c{at},0.5,{:.2}\n", f64::from(hundredths) / 100.0)
        });
        let path = folder.path().join(name);
        std::fs::write(&path, format!("id,debt_ratio,sales_growth\n{}", rows.collect::<String>()))
            .unwrap();
        path.to_string_lossy().into_owned()
    };
    let (change, quotient) = (write("change.csv", false), write("quotient.csv", true));
    let scored = |words: &[&str]| {
        let said =
            huifang(folder.path(), &[&["score", "--format", "csv", "--ratios"], words].concat());
        assert!(said.status.success(), "{}", text(&said.stderr));
        (text(&said.stdout), text(&said.stderr))
    };
    let (right, silent) = scored(&[&change]);
    assert_eq!(silent, "");
    let (same, note) = scored(&[&quotient]);
    assert_eq!(same, right);
    assert!(note.contains("quotient.csv: sales_growth reads as this ÷ last"), "{note}");
    // Whoever says how it is meant is not told.
    assert_eq!(scored(&[&quotient, "--growth", "quotient"]), (right.clone(), String::new()));
    let (as_it_stands, silent) = scored(&[&quotient, "--growth", "change"]);
    assert_eq!(silent, "");
    assert_ne!(as_it_stands, right);
}

#[test]
fn what_cannot_be_scored_is_said_in_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, body: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, body).unwrap();
        path.to_string_lossy().into_owned()
    };
    let good = write("good.csv", RATIOS);
    let word = write("word.csv", "id,roa\na,0.1\nb,high\n");
    let twice = write("twice.csv", "id,roa\na,0.1\na,0.2\n");
    let keyless = write("keyless.csv", "roa\n0.1\n");
    let card = write("card.toml", "card = 7\n");
    let few = write("few.csv", "id,roa,bad\na,0.1,0\nb,-0.1,1\n");
    let percents = write("percents.csv", "id,debt_ratio,roa\na,45.2,0.1\nb,63,-0.1\n");
    let cases: [(&[&str], &str); 10] = [
        (&["score", "--ratios", &percents], "column debt_ratio: these are percents"),
        (&["score", "train", &percents], "column debt_ratio: these are percents"),
        (&["score", "--ratios", &word], "line 3, column roa: high"),
        (&["score", "--ratios", &twice], "line 3: a stands twice"),
        (&["score", "--ratios", &keyless], "id"),
        (&["score", "--ratios", "/nowhere.csv"], "nowhere"),
        (&["score", "--ratios", &good, "--explain", "nobody"], "nobody"),
        (&["score", "--ratios", &good, "--card", &card], "card.toml"),
        (&["score", "train", &good], "column bad"),
        (&["score", "train", &few], "at least 50"),
    ];
    for (words, wanted) in cases {
        let said = huifang(folder.path(), words);
        let error = text(&said.stderr);
        assert_eq!(said.status.code(), Some(1), "{words:?}: {error}");
        assert!(error.contains(wanted) && error.lines().count() == 1, "{words:?}: {error}");
    }
}

/// A bank's own outcomes: the new card is told beside the one in force, with what chance makes of it.
#[test]
fn a_card_of_own_outcomes_is_told_beside_the_one_in_force() {
    let folder = tempfile::tempdir().unwrap();
    let mut rows = vec!["id,debt_ratio,asset_turnover,bad".to_owned()];
    for at in 0..600_u32 {
        let share = |step: u32| f64::from(at * step % 101) / 101.0;
        // Here fate hangs on turnover alone, of which the built-in card makes little.
        let bad = share(53) + share(71) / 2.0 < 0.4;
        let (debt, turnover) = (0.2 + share(37) / 2.0, 2.0 * share(53));
        rows.push(format!("b{at},{debt},{turnover},{}", u8::from(bad)));
    }
    let path = folder.path().join("own.csv");
    std::fs::write(&path, rows.join("\n")).unwrap();
    let out = folder.path().join("card.toml");
    let [path, card] = [&path, &out].map(|path| path.to_string_lossy().into_owned());
    let words = ["score", "train", &path, "--id", "own@1", "--out", &card, "--format", "json"];
    let said = huifang(folder.path(), &words);
    assert!(said.status.success(), "{}", text(&said.stderr));
    let told: serde_json::Value = serde_json::from_slice(&said.stdout).unwrap();
    let auc = |at: usize| told["order"][at]["auc"].as_f64().unwrap();
    assert_eq!(told["order"][0]["card"], "own@1");
    assert_eq!(told["order"][0]["rows"], 600);
    let lead = &told["lead"][0];
    let figure = |key: &str| lead[key].as_f64().unwrap();
    assert!((figure("by") - (auc(0) - auc(1))).abs() < 2e-4, "{told}");
    assert!(figure("from") > 0.0 && figure("to") > figure("by") && lead["clear"] == true, "{told}");
    let said = huifang(folder.path(), &["score", "--ratios", &path, "--card", &card]);
    assert!(said.status.success() && text(&said.stdout).contains("b599"), "{}", text(&said.stderr));
}

#[test]
fn statements_of_a_file_and_of_the_book_are_scored() {
    let (folder, db) = demo("60");
    let out = folder.path().join("statements.csv");
    let path = out.to_string_lossy().into_owned();
    let said = huifang(folder.path(), &["export", "statements", "--out", &path, "--db", &db]);
    assert!(said.status.success(), "{}", text(&said.stderr));
    let scored = |words: &[&str]| -> serde_json::Value {
        let said = huifang(folder.path(), words);
        assert!(said.status.success(), "{words:?}: {}", text(&said.stderr));
        serde_json::from_slice(&said.stdout).unwrap()
    };
    let of_file = scored(&["score", "--statements", &path, "--format", "json"]);
    let of_book = scored(&["score", "--db", &db, "--as-of", "2026-11-23", "--format", "json"]);
    assert!(!of_file.as_array().unwrap().is_empty());
    assert!(of_book.as_array().unwrap().len() >= of_file.as_array().unwrap().len());
    // Of the book it is said who she is and whose; a file knows neither.
    let all = scored(&["customers", "--db", &db, "--format", "json"]);
    let named: std::collections::BTreeMap<_, _> = all
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["customer_id"].to_string(), &row["customer"]))
        .collect();
    for row in of_book.as_array().unwrap() {
        assert_eq!(named.get(&row["id"].to_string()), Some(&&row["customer"]), "{row}");
        let officer = row["officer"].as_str().unwrap();
        assert!(!officer.is_empty() && officer.is_ascii(), "a login, no name: {row}");
    }
    assert!(of_file[0].get("customer").is_none(), "{}", of_file[0]);
    let known = |of: &serde_json::Value, id: &str| {
        let rows = of.as_array().unwrap();
        rows.iter().find(|row| row["id"] == id).map(|row| row["known"].clone())
    };
    for row in of_file.as_array().unwrap() {
        let id = row["id"].as_str().unwrap();
        assert_eq!(known(&of_book, id), known(&of_file, id), "{id}: the same statement");
    }
}

#[test]
fn whom_an_event_will_meet_is_told_without_entering_it() {
    let (folder, db) = demo("60");
    let run = |who: &str, driver: &str, more: &[&str]| {
        let words = ["events", "add", "粮价上涨", "--kind", "price", "--change", "18", "--driver"];
        let rest =
            [driver, "--points", "核查毛利", "--due", "2099-12-01", "--db", &db, "--as", who];
        huifang(folder.path(), &[&words[..], &rest[..], more].concat())
    };
    let said = run("lifang", "grain", &["--dry-run", "--format", "json"]);
    assert!(said.status.success(), "{}", text(&said.stderr));
    let told: serde_json::Value = serde_json::from_slice(&said.stdout).unwrap();
    let count = told["customers"].as_u64().unwrap();
    let officers = told["officers"].as_array().unwrap();
    assert!(count > 0);
    assert_eq!(officers.iter().map(|one| one["customers"].as_u64().unwrap()).sum::<u64>(), count);
    assert!(told["first"][0]["customer"].as_str().is_some_and(|name| !name.is_empty()), "{told}");
    let table = run("lifang", "grain", &["--dry-run", "--lang", "zh-CN"]);
    assert!(text(&table.stdout).contains(&format!("涉及 {count} 户")), "{}", text(&table.stdout));
    assert!(text(&table.stderr).contains("未登记任何事件"), "{}", text(&table.stderr));
    // What entering would refuse is refused, and an officer is told nothing.
    assert!(!run("lifang", "gold", &["--dry-run"]).status.success());
    assert!(!run("zhangwei", "grain", &["--dry-run"]).status.success());
    let looks = || {
        let said = huifang(folder.path(), &["events", "looks", "--db", &db, "--format", "json"]);
        let rows: serde_json::Value = serde_json::from_slice(&said.stdout).unwrap();
        u64::try_from(rows.as_array().unwrap().len()).unwrap()
    };
    let before = looks();
    assert!(!run("lifang", "grain", &["--dry-run"]).stdout.is_empty());
    assert_eq!(looks(), before, "a dry run enters nothing");
    let said = run("lifang", "grain", &[]);
    assert!(said.status.success(), "{}", text(&said.stderr));
    assert_eq!(looks(), before + count, "just as many as were told");
}

#[test]
fn a_district_in_which_nobody_is_is_told_before_an_event_is_entered() {
    let (folder, db) = demo("60");
    let listed = huifang(folder.path(), &["customers", "--db", &db, "--format", "json"]);
    let rows: serde_json::Value = serde_json::from_slice(&listed.stdout).unwrap();
    let here = |row: &serde_json::Value| row["district"].as_str().map(str::to_owned);
    let real = rows.as_array().unwrap().iter().find_map(here).expect("somebody is somewhere");
    let run = |of: &[&str], more: &[&str]| {
        let words = ["events", "add", "水灾", "--kind", "disaster", "--points", "核查库存"];
        let who = ["--due", "2099-12-01", "--dry-run", "--as", "lifang", "--db", &db];
        huifang(folder.path(), &[&words[..], &who[..], of, more, &["--lang", "zh-CN"]].concat())
    };
    let districts = ["--district", "火星区", "--district", &real];
    let industries = ["--industry", "采星", "--industry", "餐饮"];
    for (of, said, unknown, strange) in [
        (districts, "区域内没有客户：火星区\n", "unknown_districts", "火星区"),
        (industries, "行业内没有客户：采星\n", "unknown_industries", "采星"),
    ] {
        let table = run(&of, &[]);
        assert!(table.status.success(), "{}", text(&table.stderr));
        assert!(text(&table.stderr).contains(said), "{}", text(&table.stderr));
        let json = run(&of, &["--format", "json"]);
        let told: serde_json::Value = serde_json::from_slice(&json.stdout).unwrap();
        assert_eq!(told[unknown], serde_json::json!([strange]));
        assert!(told["customers"].as_u64().is_some_and(|n| n > 0), "{told}");
    }
}

#[test]
fn texts_and_transcripts_are_scanned_in_both_languages() {
    let folder = tempfile::tempdir().unwrap();
    let note = folder.path().join("note.txt");
    std::fs::write(&note, "企业已停产，但未拖欠工资。The owner cannot be reached.").unwrap();
    let talk = folder.path().join("talk.srt");
    std::fs::write(&talk, "1\n00:00:05,000 --> 00:00:07,000\n借高利贷 50 万元\n").unwrap();
    let (note, talk) = (note.to_string_lossy().into_owned(), talk.to_string_lossy().into_owned());
    let said = huifang(folder.path(), &["scan", &note, &talk, "--format", "json"]);
    assert!(said.status.success(), "{}", text(&said.stderr));
    let found: serde_json::Value = serde_json::from_slice(&said.stdout).unwrap();
    assert_eq!(found[0]["signals"], serde_json::json!(["MGT-04", "OPS-01"]));
    assert_eq!(found[1]["signals"], serde_json::json!(["FIN-16"]));
    assert_eq!(found[1]["findings"][0]["at"], "00:00:05");
    let denied = found[0]["findings"].as_array().unwrap();
    assert!(denied.iter().any(|f| f["text"] == "拖欠工资" && f["stand"] == "denied"), "{denied:?}");
    let told = text(&huifang(folder.path(), &["scan", &note, "--lang", "zh-CN"]).stdout);
    assert!(told.contains("OPS-01 停产、停业、关门") && told.contains("否定"), "{told}");
    let missing = huifang(folder.path(), &["scan", "/nowhere.txt"]);
    assert_eq!(missing.status.code(), Some(1));
    for (name, content, en, zh) in [
        ("bad.srt", "1\nnotatime\nxx\n", "bad.srt: line 2 should say the time", "第2行应为时间"),
        ("x.vtt", "hello", "x.vtt: line 1 is not WEBVTT", "第1行不是 WEBVTT"),
        ("empty.txt", "", "empty.txt: nothing is said in it", "没有文字内容"),
        ("a.png", "\u{89}PNG\r\n\0\0", "a.png: no text; name a text", "不是文本；请指定文本文件"),
        (
            "long.txt",
            &"长".repeat(6 << 20),
            "long.txt: longer than 16 MB; cut",
            "超过 16 MB；请分成",
        ),
    ] {
        let path = folder.path().join(name);
        std::fs::write(&path, content).unwrap();
        let path = path.to_string_lossy().into_owned();
        for (lang, wanted) in [("en", en), ("zh-CN", zh)] {
            let refused = huifang(folder.path(), &["scan", &note, &path, "--lang", lang]);
            assert_eq!(refused.status.code(), Some(1), "{name}");
            assert_eq!(text(&refused.stdout), "", "{name}");
            assert!(text(&refused.stderr).contains(wanted), "{}", text(&refused.stderr));
        }
    }
    std::fs::write(&note, "听说已停产，订单下降5%").unwrap();
    let told = text(&huifang(folder.path(), &["scan", &note, "--lang", "zh-CN"]).stdout);
    for wanted in ["传闻", "未达标准", "建议信号：无；仅为传闻：OPS-01"] {
        assert!(told.contains(wanted), "{told}");
    }
}

#[test]
fn a_flag_is_proved_by_a_file_that_was_used_nowhere() {
    let (folder, db) = demo("60");
    let run = |words: &[&str]| {
        let said = huifang(folder.path(), &[words, &["--db", &db, "--as", "zhangwei"]].concat());
        (said.status.code(), text(&said.stdout), text(&said.stderr))
    };
    let (_, listed, said) = run(&["flags", "--format", "json", "--as-of", "2026-11-23"]);
    let rows: serde_json::Value = serde_json::from_str(&listed).expect(&said);
    let live = |row: &&serde_json::Value| row["state"] == "confirmed";
    let flag = rows.as_array().unwrap().iter().find(live).expect("a live flag");
    let flag = flag["flag_id"].as_str().unwrap();
    let photo = folder.path().join("demo-drop/zhangwei/门头.png");
    let photo = photo.to_string_lossy();
    let (status, _, said) = run(&["proof", flag, "nosuch.png"]);
    assert_eq!(
        (status, said.as_str()),
        (Some(1), "huifang: nosuch.png is not there; check the name.\n")
    );
    let (status, _, said) = run(&["proof", flag, "nosuch.png", "--lang", "zh-CN"]);
    assert_eq!((status, said.as_str()), (Some(1), "huifang: nosuch.png 不存在；请检查名称。\n"));
    let (status, _, said) = run(&["proof", "NOFLAG", &photo]);
    assert_eq!(status, Some(1), "{said}");
    let (status, out, said) = run(&["proof", flag, &photo]);
    assert_eq!((status, out.as_str(), said.contains("门头.png")), (Some(0), "", true), "{said}");
    // The same once more is known, and nothing comes twice.
    let (status, _, said) = run(&["proof", flag, &photo]);
    assert_eq!(status, Some(0), "{said}");
    let journal = ["journal", "show", "--last", "100000", "--format", "json", "--db", &db];
    let rows: serde_json::Value =
        serde_json::from_slice(&huifang(folder.path(), &journal).stdout).unwrap();
    let proofs = rows.as_array().unwrap().iter().filter(|row| row["command"] == "add_proof");
    assert_eq!(proofs.filter(|row| row["subject"] == flag).count(), 1);
}

#[test]
fn strategies_are_told_with_their_plans_and_their_history() {
    let (folder, db) = demo("40");
    let run = |words: &[&str]| {
        huifang(folder.path(), &[words, &["--db", &db, "--as-of", "2026-11-23"]].concat())
    };
    let listed = run(&["strategy", "--format", "json"]);
    assert!(listed.status.success(), "{}", text(&listed.stderr));
    let rows: serde_json::Value = serde_json::from_slice(&listed.stdout).unwrap();
    let rows = rows.as_array().unwrap();
    let planned = rows.iter().find(|row| row["next_step"].is_string()).expect("a plan that runs");
    assert!(["reduce", "exit"].contains(&planned["in_force"].as_str().unwrap()), "{planned}");
    let customer = planned["customer_id"].as_str().unwrap();
    let plan = run(&["strategy", customer, "--format", "csv"]);
    let plan = text(&plan.stdout);
    assert!(plan.starts_with("strategy,state,step,due,target,measure,"), "{plan}");
    assert!(plan.contains(",approved,1,"), "{plan}");
    let told = run(&["strategy", customer, "--history", "--lang", "zh-CN"]);
    assert!(text(&told.stdout).contains("已批准"), "{}", text(&told.stdout));
    assert_eq!(run(&["strategy", "C999999"]).status.code(), Some(1));
    // A history of everybody is none.
    assert_eq!(run(&["strategy", "--history"]).status.code(), Some(2));
}

#[test]
fn people_are_told_by_name_at_the_terminal_and_by_login_in_files() {
    let (folder, db) = demo("40");
    let run = |words: &[&str], format: &str| {
        let options = ["--db", &db, "--as-of", "2026-11-23", "--lang", "zh-CN", "--format", format];
        let said = huifang(folder.path(), &[words, &options].concat());
        assert!(said.status.success(), "{words:?}: {}", text(&said.stderr));
        text(&said.stdout)
    };
    let of_zhangwei = ["--officer", "zhangwei"];
    for (list, column) in [
        ("customers", "officer"),
        ("visits", "officer"),
        ("flags", "owner"),
        ("actions", "owner"),
        ("deadlines", "officer"),
    ] {
        let words = [&[list], &of_zhangwei[..]].concat();
        let shown = run(&words, "table");
        assert!(shown.contains("张伟") && !shown.contains("zhangwei"), "{list}: {shown}");
        let rows: serde_json::Value = serde_json::from_str(&run(&words, "json")).unwrap();
        let rows = rows.as_array().unwrap();
        assert!(!rows.is_empty(), "{list}");
        assert!(rows.iter().all(|row| row[column] == "zhangwei"), "{list}: {rows:?}");
    }
    let told = run(&["callbacks", "2026-11"], "csv");
    assert!(told.lines().count() > 1 && !told.contains("张伟"), "{told}");
}

#[test]
fn whoever_planned_or_decided_is_told_by_name_and_by_login_in_files() {
    let (folder, db) = demo("60");
    let rules = folder.path().join("own.toml").to_string_lossy().into_owned();
    let run = |words: &[&str]| {
        let options = ["--db", &db, "--lang", "zh-CN"];
        let said = huifang(folder.path(), &[words, &options].concat());
        assert!(said.status.success(), "{words:?}: {}", text(&said.stderr));
        text(&said.stdout)
    };
    let own = run(&["policy", "show"]).replace("id = \"default\"", "id = \"own\"");
    std::fs::write(
        &rules,
        own.replace("due = \"30 days after drawn_on\"", "due = \"20 days after drawn_on\""),
    )
    .unwrap();
    run(&["policy", "propose", &rules, "--reason", "试行", "--as", "zhouqiang"]);
    run(&["policy", "refuse", "own@1", "--reason", "暂不试行", "--as", "lifang"]);
    let listed = run(&["strategy", "--format", "json", "--as-of", "2026-11-23"]);
    let listed: serde_json::Value = serde_json::from_str(&listed).unwrap();
    let of = |row: &&serde_json::Value| row["next_step"].is_string();
    let customer = listed.as_array().unwrap().iter().find(of).expect("a plan that runs");
    let customer = customer["customer_id"].as_str().unwrap();
    let people =
        ["zhangwei 张伟", "liuyang 刘洋", "zhaomin 赵敏", "wangfang 王芳", "chenjing 陈静"];
    let above = ["lifang 李芳", "hupeng 胡鹏", "sunhao 孙浩", "zhouqiang 周强"];
    let cases: [(&[&str], &[&str]); 6] = [
        (&["plan"], &["json", "csv"]),
        (&["plan", "month", "2026-12"], &["json", "csv"]),
        (&["plan", "--gaps"], &["json"]),
        (&["policy", "diff", &rules], &["json", "csv"]),
        (&["policy", "list"], &["json", "csv"]),
        (&["strategy", customer, "--history"], &["json", "csv"]),
    ];
    for (words, formats) in cases {
        for format in [&["table"], formats].concat() {
            let day = ["--format", format, "--as-of", "2026-11-23"];
            let told = run(&[words, &day].concat());
            let logins = people.iter().chain(&above).map(|one| one.split_once(' ').unwrap());
            let (logins, names): (Vec<_>, Vec<_>) = logins.unzip();
            let has = |list: &[&str]| list.iter().any(|one| told.contains(one));
            let wanted = (format != "table", format == "table");
            assert_eq!((has(&logins), has(&names)), wanted, "{words:?} {format}: {told}");
        }
    }
    // A month for machines has codes, in either language.
    let month = run(&["plan", "month", "2026-12", "--format", "csv", "--as-of", "2026-11-23"]);
    assert!(month.contains(",any,") && !month.contains("不限"), "{month}");
    let nobody = ["policy", "diff", &rules, "--officer", "nobody", "--db", &db];
    assert_eq!(huifang(folder.path(), &nobody).status.code(), Some(2));
}

#[test]
fn a_slip_is_told_with_what_where_and_what_to_do() {
    let (folder, db) = demo("40");
    let empty = folder.path().join("empty.csv").to_string_lossy().into_owned();
    std::fs::write(&empty, "").unwrap();
    let latin = folder.path().join("latin.toml").to_string_lossy().into_owned();
    std::fs::write(&latin, b"id = \"\xb3\xc7\"\n").unwrap();
    let cases: [(&[&str], i32, &str, &str); 14] = [
        (&["plan", "--to", "2020-01-01"], 2, "--to lies before --from, or", "早于当日"),
        (&["template", "--out", &empty], 2, "let it end in .xlsx", "请以 .xlsx 结尾"),
        (&["events", "looks", "--event", "E-9"], 1, "not in your sight; check it", "请核对编号"),
        (&["policy", "check", &latin], 1, "is no text in UTF-8", "不是 UTF-8 文本"),
        (
            &["plan", "--officer", "a", "--officer", "b"],
            2,
            "--officer <USER> is given twice",
            "写了两次",
        ),
        (&["plan", "--explain"], 2, "--explain <CUSTOMER> needs a value", "缺少取值"),
        (&["plan", "--from", "2026-02-30"], 2, "2026-02-30 is not a value", "（YYYY-MM-DD）"),
        (&["plan", "--explain", "C9"], 1, "There is no customer C9", "没有客户 C9"),
        (&["strategy", "C9"], 1, "There is no customer C9", "没有客户 C9"),
        (&["score", "--explain", "C9"], 1, "There is no customer C9", "没有客户 C9"),
        (
            &["report", "brief", "C9", "--out", "x.md"],
            1,
            "not in your sight; check it",
            "请核对编号",
        ),
        (&["import", &empty, "--kind", "loans"], 1, "empty.csv: it is empty", "文件为空"),
        (&["score", "--ratios", &empty], 1, "empty.csv: it is empty", "文件为空"),
        (&["import", "gone.csv"], 1, "no such file or folder; check", "请检查名称"),
    ];
    for (words, code, en, zh) in cases {
        for (lang, wanted) in [("en", en), ("zh-CN", zh)] {
            let said = huifang(folder.path(), &[words, &["--db", &db, "--lang", lang]].concat());
            let error = text(&said.stderr);
            assert_eq!(said.status.code(), Some(code), "{words:?}: {error}");
            assert!(error.contains(wanted) && error.lines().count() == 1, "{words:?}: {error}");
            assert!(said.stdout.is_empty(), "{words:?}");
        }
    }
}

/// What can't be worked out is told with the input that is missing, and is never 0.
#[test]
fn a_score_says_what_is_not_known() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &str| {
        let path = folder.path().join(name).to_string_lossy().into_owned();
        std::fs::write(&path, content).unwrap();
        path
    };
    let run = |words: &[&str]| {
        let said = huifang(folder.path(), &[&["score"], words].concat());
        (said.status.code(), text(&said.stdout), text(&said.stderr))
    };
    let ratios =
        file("r.csv", "id,debt_ratio,current_ratio,roa\nA,0.5,0,0.05\nB,,,\nN,1.7,1,-0.2\n");
    let (_, told, side) = run(&["--ratios", &ratios, "--format", "json"]);
    let rows: serde_json::Value = serde_json::from_str(&told).unwrap();
    let ids: Vec<_> = rows.as_array().unwrap().iter().map(|row| row["id"].clone()).collect();
    assert_eq!(ids, ["N", "A"]);
    assert!(side.contains("Not scored") && side.contains("1 (B)"), "{side}");
    let (_, told, _) = run(&["--ratios", &ratios, "--explain", "B", "--format", "json"]);
    let row: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!(
        (&row["id"], &row["score"], &row["grade"]),
        (&"B".into(), &serde_json::Value::Null, &serde_json::Value::Null)
    );
    let (_, csv, _) = run(&["--ratios", &ratios, "--explain", "B", "--format", "csv"]);
    assert_eq!(csv.lines().last(), Some("Sum,,,,,"), "{csv}");
    // Nothing below, lines that are not there, more debts than assets.
    let heads = "customer_id,period_end,period_months,total_assets,current_liabilities,total_liabilities,equity,revenue,ebit,interest_expense,net_profit";
    let rows = "Z,2025-12-31,12,0,0,0,0,0,0,0,0\nM,2025-12-31,12,100,,50,,200,,,\nN,2025-12-31,12,100,120,130,-30,200,-10,8,-18\n";
    let statements = file("s.csv", &format!("{heads}\n{rows}"));
    for (who, wanted) in [
        ("Z", ["total assets not above zero", "interest expense not above zero"]),
        ("M", ["not computable, net profit missing", "not computable, EBIT missing"]),
        ("N", ["130.0%", "-1.25"]),
    ] {
        let (code, told, _) = run(&["--statements", &statements, "--explain", who]);
        assert_eq!(code, Some(0));
        assert!(wanted.iter().all(|wanted| told.contains(wanted)), "{who}: {told}");
        assert!(told.contains("Statement 2025-12-31"), "of which day it is: {told}");
    }
    let words = file("w.csv", "id,debt_ratio\nA,half\n");
    let (code, _, error) = run(&["--ratios", &words]);
    assert_eq!(code, Some(1));
    assert!(error.contains("w.csv, line 2, column debt_ratio: half"), "{error}");
}

#[test]
fn the_portfolio_has_its_total_at_the_terminal() {
    let (folder, db) = demo("40");
    let run = |format: &str| {
        let options = ["portfolio", "--by", "tier", "--db", &db, "--as-of", "2026-11-23"];
        let said = huifang(folder.path(), &[&options[..], &["--format", format]].concat());
        assert!(said.status.success(), "{}", text(&said.stderr));
        text(&said.stdout)
    };
    let rows: serde_json::Value = serde_json::from_str(&run("json")).unwrap();
    let rows = rows.as_array().unwrap();
    assert!(rows.iter().all(|row| row["key"] != "Total"), "{rows:?}");
    let all: u64 = rows.iter().map(|row| row["customers"].as_u64().unwrap()).sum();
    let table = run("table");
    // Below it stands only of how many the balance is missing.
    let total = table.lines().rfind(|line| line.starts_with("Total")).unwrap();
    let last: Vec<&str> = total.split_whitespace().collect();
    assert_eq!(last[..2], ["Total", &all.to_string()], "{table}");
    assert_eq!(last[3], "100", "{table}");
}

#[test]
fn lists_leave_as_files_and_the_journal_says_so() {
    let (folder, db) = demo("40");
    let at = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (csv, json, strange) = (at("p.csv"), at("l.json"), at("p.pdf"));
    let run = |words: &[&str]| {
        huifang(folder.path(), &[words, &["--db", &db, "--as-of", "2026-11-23"]].concat())
    };
    let left = run(&["portfolio", "--by", "tier", "--out", &csv]);
    assert!(left.status.success() && left.stdout.is_empty(), "{}", text(&left.stderr));
    let file = std::fs::read_to_string(&csv).unwrap();
    assert!(file.starts_with("key,name,customers,exposure,share,"), "{file}");
    assert!(file.contains("special_mention,"), "codes, not words: {file}");
    let looks = run(&["events", "looks", "--out", &json]);
    assert!(looks.status.success(), "{}", text(&looks.stderr));
    let rows: serde_json::Value = serde_json::from_slice(&std::fs::read(&json).unwrap()).unwrap();
    let rows = rows.as_array().unwrap();
    assert!(!rows.is_empty() && rows.iter().all(|row| row["why"].is_array()), "{rows:?}");
    // Scores of the book are no less than a list of it; those of a file are nobody's here.
    let scores = at("s.csv");
    let scored = run(&["score", "--officer", "zhangwei", "--out", &scores]);
    assert!(scored.status.success() && scored.stdout.is_empty(), "{}", text(&scored.stderr));
    let file = std::fs::read_to_string(&scores).unwrap();
    assert!(file.starts_with("id,score,probability,grade,"), "{file}");
    let mut lines = file.lines();
    assert!(lines.next().is_some_and(|head| head.ends_with(",customer,officer")), "{file}");
    assert!(lines.all(|line| line.ends_with(",zhangwei")), "{file}");
    let ratios = at("r.csv");
    std::fs::write(&ratios, "id,debt_ratio\na,0.5\n").unwrap();
    let of_file = run(&["score", "--ratios", &ratios, "--out", &at("t.csv")]);
    assert!(of_file.status.success(), "{}", text(&of_file.stderr));
    // Another ending is wrong usage, and nothing has left.
    let wrong = run(&["portfolio", "--out", &strange]);
    assert_eq!(wrong.status.code(), Some(2), "{}", text(&wrong.stderr));
    assert!(!Path::new(&strange).exists());
    let journal = text(&run(&["journal", "show", "--format", "csv"]).stdout);
    for told in ["portfolio tier", "look_ats", "score"] {
        let lines = journal.lines().filter(|line| line.contains("export") && line.contains(told));
        assert_eq!(lines.count(), 2, "begun and done: {told}\n{journal}");
    }
}

#[test]
fn net_capital_of_the_settings_is_checked() {
    let (folder, db) = demo("10");
    let config = folder.path().join("c.toml");
    let settings = |yuan: &str| {
        std::fs::write(&config, format!("lang = \"en\"\nnet_capital_yuan = {yuan}\n")).unwrap();
        let config = config.to_string_lossy().into_owned();
        huifang(folder.path(), &["portfolio", "--db", &db, "--config", &config])
    };
    assert!(settings("1_200_000_000").status.success());
    for wrong in ["0", "-5", "\"much\""] {
        let said = settings(wrong);
        assert_ne!(said.status.code(), Some(0), "{wrong}");
        let told = text(&said.stderr);
        assert!(told.contains("c.toml, line 2: "), "{told}");
    }
}

#[test]
fn a_back_test_with_too_few_outcomes_says_so() {
    let (folder, db) = demo("20");
    let words = ["backtest", "--db", &db, "--as-of", "2026-11-23"];
    let said = huifang(folder.path(), &words);
    assert!(said.status.success(), "{}", text(&said.stderr));
    assert!(text(&said.stdout).contains("too early to tell"), "{}", text(&said.stdout));
    let said = huifang(folder.path(), &[&words[..], &["--format", "json"]].concat());
    let all: serde_json::Value = serde_json::from_slice(&said.stdout).unwrap();
    assert_eq!(all["scores_too_early"], true);
}

#[test]
fn the_demo_has_quarters_in_which_scores_are_judged() {
    let (folder, db) = demo("200");
    let words = ["backtest", "--db", &db, "--as", "lifang", "--format", "json"];
    let said = huifang(folder.path(), &words);
    assert!(said.status.success(), "{}", text(&said.stderr));
    let all: serde_json::Value = serde_json::from_slice(&said.stdout).unwrap();
    assert_eq!(all["scores_too_early"], false);
    assert!(all["quarters"].as_array().unwrap().len() >= 5, "{}", all["quarters"]);
    // Those of whom it warned were late far more often than the others.
    let (mut warned, mut others) = ([0.0; 2], [0.0; 2]);
    for row in all["quarters"].as_array().unwrap() {
        let n = |name: &str| row[name].as_f64().unwrap();
        warned = [warned[0] + n("hit"), warned[1] + n("false_alarm")];
        others = [others[0] + n("missed"), others[1] + n("quiet")];
    }
    let share = |[came, not]: [f64; 2]| came / (came + not);
    assert!(share(warned) > 4.0 * share(others), "{warned:?} {others:?}");
}

#[test]
fn a_score_card_of_ones_own_needs_two_people() {
    let (folder, db) = demo("40");
    let run = |words: &[&str]| huifang(folder.path(), &[words, &["--db", &db]].concat());
    let shown = run(&["score", "show"]);
    let own = text(&shown.stdout).replacen("card = \"score@", "card = \"score-own@", 1);
    let file = folder.path().join("own.toml");
    std::fs::write(&file, &own).unwrap();
    let file = file.to_string_lossy().into_owned();
    let id = own.lines().find_map(|line| line.strip_prefix("card = \"")?.strip_suffix('"'));
    let id = id.unwrap();
    assert!(id.starts_with("score-own@"), "{id}");
    let compared = run(&["score", "compare", &file, "--lang", "en"]);
    assert!(text(&compared.stdout).contains("0 would have a worse grade"), "{compared:?}");
    let reason = ["--reason", "own outcomes"];
    let refused = run(&[&["score", "propose", &file, "--as", "zhangwei"], &reason[..]].concat());
    assert!(!refused.status.success(), "not an officer's");
    let put = run(&[&["score", "propose", &file, "--as", "lifang"], &reason[..]].concat());
    assert!(put.status.success(), "{}", text(&put.stderr));
    assert!(!run(&["score", "activate", id, "--as", "lifang"]).status.success(), "her own");
    assert!(run(&["score", "activate", id, "--as", "hupeng"]).status.success());
    let listed = run(&["score", "cards", "--format", "json"]);
    let listed: serde_json::Value = serde_json::from_slice(&listed.stdout).unwrap();
    assert_eq!(listed[0]["state"], "active", "{listed}");
    assert_eq!(text(&run(&["score", "show"]).stdout), own);
    let back = run(&[&["score", "retire", "--as", "lifang"], &reason[..]].concat());
    assert!(back.status.success(), "{}", text(&back.stderr));
    assert_eq!(text(&run(&["score", "show"]).stdout), text(&shown.stdout));
}

#[test]
fn a_name_that_nobody_has_is_refused_and_no_empty_list() {
    let (folder, db) = demo("20");
    let run = |words: &[&str]| huifang(folder.path(), &[words, &["--db", &db]].concat());
    for words in [
        &["score"][..],
        &["flags"],
        &["flags", "--watch"],
        &["visits"],
        &["customers"],
        &["actions"],
        &["tiers"],
        &["strategy"],
        &["deadlines"],
        &["plan"],
        &["plan", "--gaps"],
    ] {
        let said = run(&[words, &["--officer", "nobody", "--lang", "en"]].concat());
        assert_eq!(said.status.code(), Some(2), "{words:?}: {}", text(&said.stdout));
        assert!(text(&said.stderr).contains("no user nobody"), "{}", text(&said.stderr));
        let said = run(&[words, &["--officer", "zhangwei"]].concat());
        assert!(said.status.success(), "{words:?}: {}", text(&said.stderr));
    }
    let said = run(&["visits", "--officer", "nobody", "--lang", "zh-CN"]);
    assert!(text(&said.stderr).contains("没有用户 nobody"), "{}", text(&said.stderr));
    let said = run(&["signals", "run", "--customer", "C000999", "--lang", "zh-CN"]);
    assert_eq!(said.status.code(), Some(2), "{}", text(&said.stdout));
    assert!(text(&said.stderr).contains("没有客户 C000999"), "{}", text(&said.stderr));
    for words in [&["strategy", "C000999"][..], &["deadlines", "--customer", "C000999"]] {
        let said = run(&[words, &["--lang", "en"]].concat());
        assert_eq!(said.status.code(), Some(1), "{words:?}: {}", text(&said.stdout));
        assert!(said.stdout.is_empty() && !said.stderr.is_empty(), "{words:?}");
    }
    // A table without rows has the columns of one with rows.
    let heading = |officer: &str| {
        let said = run(&["score", "--officer", officer, "--format", "csv"]);
        text(&said.stdout).lines().next().unwrap_or_default().to_owned()
    };
    assert!(heading("admin").ends_with(",customer,officer"), "{}", heading("admin"));
    assert_eq!(heading("admin"), heading("zhangwei"));
}

#[test]
fn a_copy_or_a_folder_that_is_not_there_is_said_to_be_missing() {
    let (folder, db) = demo("5");
    for words in [
        &["restore", "nofile.db", "--yes"][..],
        &["restore", "nofile.db", "--drill"],
        &["restore", "nofile.age", "--identity", "key.txt"],
        &["backup", "nodir/x.db"],
        &["template", "--out", "nodir/x.xlsx"],
        &["report", "brief", "C000001", "--out", "nodir/x.md", "--as", "lifang"],
    ] {
        let said = huifang(folder.path(), &[words, &["--db", &db, "--lang", "en"]].concat());
        let (status, said) = (said.status.code(), text(&said.stderr));
        assert_eq!(status, Some(1), "{words:?}: {said}");
        assert!(said.contains("is not there") && !said.contains("start `huifang`"), "{said}");
        // Not the file, which is yet to be made.
        let to_be_made = words.iter().any(|word| word.starts_with("nodir"));
        assert!(!to_be_made || said.contains("huifang: nodir is not there"), "{said}");
    }
}

#[test]
fn a_dry_run_of_an_event_refuses_what_entering_it_refuses() {
    let (folder, db) = demo("20");
    for (who, driver, due, told) in [
        ("zhangwei", "grain", "2099-12-01", "外部事件由主管和风险经理登记"),
        ("lifang", "gold", "2099-12-01", "没有驱动因素 gold"),
        ("lifang", "grain", "2020-01-01", "早于今天"),
    ] {
        for more in [&["--dry-run"][..], &[]] {
            let words = ["events", "add", "粮价上涨", "--kind", "price", "--change", "18"];
            let rest = ["--driver", driver, "--due", due, "--points", "核查毛利", "--as", who];
            let rest = [&words[..], &rest[..], &["--db", &db, "--lang", "zh-CN"], more].concat();
            let said = huifang(folder.path(), &rest);
            assert!(!said.status.success(), "{who} {driver} {due}");
            assert!(text(&said.stderr).contains(told), "{}", text(&said.stderr));
        }
    }
}

/// A reader that has seen enough and a full disk are no faults of the program.
#[test]
fn completions_end_cleanly_whoever_reads_them() {
    use std::io::Read as _;
    use std::process::Stdio;
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_huifang"))
            .args(["completions", shell])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut pipe = child.stdout.take().unwrap();
        pipe.read_exact(&mut [0; 8]).unwrap();
        drop(pipe);
        let said = child.wait_with_output().unwrap();
        assert_eq!((said.status.code(), text(&said.stderr)), (Some(0), String::new()), "{shell}");
    }
    let full = std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_huifang"));
    let said = command.args(["completions", "bash"]).stdout(full).output().unwrap();
    let error = text(&said.stderr);
    assert_eq!((said.status.code(), error.lines().count()), (Some(1), 1), "{error}");
}

/// Who owns the file and is a user of it acts as one, and not at all once she is disabled.
#[test]
fn the_owner_acts_under_the_role_that_she_has_in_the_file() {
    let (folder, db) = demo("40");
    let me = Command::new("id").arg("-un").output().unwrap();
    let me = text(&me.stdout).trim().to_owned();
    let run = |words: &[&str]| {
        let said = huifang(folder.path(), &[words, &["--db", &db]].concat());
        (said.status.code(), text(&said.stdout), text(&said.stderr))
    };
    let role = |command: &str| -> String {
        let words = ["journal", "show", "--last", "5", "--kind", command, "--format", "json"];
        let (_, rows, _) = run(&words);
        let rows: serde_json::Value = serde_json::from_str(&rows).unwrap();
        rows.as_array().unwrap().last().unwrap()["role"].as_str().unwrap().to_owned()
    };
    let out = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let count = |name: &str| std::fs::read_to_string(out(name)).unwrap().lines().count();
    // As nobody of the file she is the service, which sees everything.
    assert_eq!(run(&["export", "customers", "--out", &out("all.csv")]).0, Some(0));
    assert_eq!((role("export"), count("all.csv") > 40), ("auditor".to_owned(), true));
    assert_eq!(run(&["user", "add", &me, "--name", "Me", "--role", "officer"]).0, Some(0));
    assert_eq!(run(&["export", "customers", "--out", &out("own.csv")]).0, Some(0));
    assert_eq!((role("export"), count("own.csv")), ("officer".to_owned(), 1));
    assert_eq!(run(&["user", "add", "helper", "--role", "officer"]).0, Some(0));
    assert_eq!(role("set_user"), "officer");
    let (status, _, said) = run(&["user", "disable", &me, "--as", "helper"]);
    assert_eq!(status, Some(0), "{said}");
    for words in
        [&["plan"][..], &["export", "customers", "--out", &out("no.csv")], &["user", "list"]]
    {
        let (status, _, said) = run(words);
        assert_eq!((status, said.contains("is disabled")), (Some(1), true), "{words:?}: {said}");
    }
}
