//! The shipped pack is sound and complete; a faulty one is refused with file and line.

use super::*;

#[test]
fn every_line_has_look_ups_people_and_words() {
    let pack = shared().unwrap();
    for line in Line::ALL {
        assert!(pack.lookups_for(Some(*line)).count() > 0, "{line:?}");
        assert!(pack.meetings_for(Some(*line), &[]).count() > 0, "{line:?}");
        for focus in Focus::ALL {
            for channel in Channel::ALL {
                for part in Part::ALL {
                    let said = pack.script(*focus, *channel, Some(*line));
                    let count = said.filter(|said| said.part == *part).count();
                    assert!(count > 0, "{line:?} {focus:?} {channel:?} {part:?}");
                }
            }
        }
    }
    // Whatever the case, a focus is proposed.
    assert!(pack.focuses.last().unwrap().always);
    assert!(pack.near_days > 0 && pack.instalments > 0);
}

#[test]
fn texts_use_the_marks_of_their_language() {
    let pack = shared().unwrap();
    let mut words: Vec<&Words> = pack.script.iter().map(|said| &said.words).collect();
    words.extend(pack.lookups.iter().flat_map(|one| [&one.title, &one.place, &one.help]));
    words.extend(pack.focuses.iter().map(|rule| &rule.reason));
    words.extend(pack.meetings.iter().map(|rule| &rule.reason));
    for both in words {
        assert!(!both.zh.contains([',', ';', ':', '?', '(']), "{}", both.zh);
        assert!(both.en.is_ascii(), "{}", both.en);
    }
}

/// Scripts never give another purpose than the real one.
#[test]
fn no_script_hides_the_purpose() {
    let pack = shared().unwrap();
    for line in Line::ALL {
        for channel in Channel::ALL {
            let said: String = pack
                .script(Focus::RiskControl, *channel, Some(*line))
                .filter(|said| said.part == Part::Opening)
                .map(|said| said.words.zh.as_str())
                .collect();
            assert!(said.contains("银行"), "{line:?} {channel:?}: {said}");
            assert!(said.contains("回访"), "{line:?} {channel:?}: {said}");
        }
    }
}

/// A file, what is replaced in it by what, where that is, and what is wrong then.
type Case = (File<'static>, &'static str, &'static str, &'static str, FaultKind);

fn cases() -> Vec<Case> {
    let b = BUILT_IN;
    vec![
        (
            b.lookups,
            "code = \"annual_report\"",
            "code = \"licence\"",
            "code = \"licence\"",
            FaultKind::Duplicate("licence".into()),
        ),
        (
            b.lookups,
            "en = \"Enforcement (company)\"",
            "en = \" \"",
            "code = \"court_company\"",
            FaultKind::MissingWords("court_company".into(), "en"),
        ),
        (
            b.lookups,
            "lines = [\"corporate\", \"small_business\", \"personal_business\", \"project\"]\nfresh = 90",
            "lines = [\"corporation\"]\nfresh = 90",
            "code = \"annual_report\"",
            FaultKind::Unknown("corporation".into()),
        ),
        (
            b.lookups,
            "answers = \"tax\"",
            "answers = \"taxes\"",
            "code = \"tax\"",
            FaultKind::Unknown("taxes".into()),
        ),
        (
            b.lookups,
            "    { code = \"not_queried\", result = \"not_queried\", zh = \"未查询\", en = \"not queried\" },\n",
            "",
            "id = \"plain\"",
            FaultKind::Unknown("not_queried".into()),
        ),
        (
            b.lookups,
            "about = \"person\"",
            "about = \"cousin\"",
            "code = \"court_person\"",
            FaultKind::Unknown("cousin".into()),
        ),
        (
            b.meet,
            "[\"finance\"]",
            "[\"cashier\"]",
            "id = \"company\"",
            FaultKind::Unknown("cashier".into()),
        ),
        (
            b.meet,
            "id = \"borrower\"",
            "id = \"project\"",
            "id = \"project\"",
            FaultKind::Duplicate("project".into()),
        ),
        (
            b.focus,
            "level = \"yellow\"",
            "level = \"purple\"",
            "id = \"flag\"",
            FaultKind::Unknown("purple".into()),
        ),
        (
            b.focus,
            "zh = \"首次回访\"",
            "",
            "id = \"first\"",
            FaultKind::MissingWords("first".into(), "zh"),
        ),
        (
            b.scripts,
            "channel = [\"video\"]",
            "channel = [\"fax\"]",
            "channel = [\"fax\"]",
            FaultKind::Unknown("fax".into()),
        ),
    ]
}

/// A file with something replaced is refused at this line of it.
#[test]
fn a_faulty_file_is_refused_with_its_line() {
    let swap = |file: File<'static>, from: &str, to: &str| {
        assert!(file.1.contains(from), "{from}");
        (file.0, file.1.replacen(from, to, 1))
    };
    let line_of =
        |text: &str, needle: &str| 1 + text.lines().position(|line| line.contains(needle)).unwrap();
    let b = BUILT_IN;
    for (file, from, to, at, what) in cases() {
        let (name, text) = swap(file, from, to);
        let faulty = (name, text.as_str());
        let mut files = BUILT_IN;
        for place in [&mut files.lookups, &mut files.meet, &mut files.focus] {
            if place.0 == name {
                *place = faulty;
            }
        }
        if file.1 == b.scripts.1 {
            files.scripts = faulty;
        }
        let fault = load(files).unwrap_err();
        assert_eq!((fault.file.as_str(), &fault.what), (name, &what), "{from}");
        let wanted = line_of(&text, at);
        let near = match &what {
            // The second of two is at fault.
            FaultKind::Duplicate(_) => fault.line > wanted,
            _ => fault.line.abs_diff(wanted) <= 2,
        };
        assert!(near, "{from}: line {} for {wanted}", fault.line);
    }
    let head = ("pack.toml", "pack = \"x\"\nnear_days = 30\ninstalments = 3\nwhat = 1\n");
    let fault = load(Files { pack: head, ..BUILT_IN }).unwrap_err();
    assert_eq!((fault.file.as_str(), fault.line), ("pack.toml", 4), "{fault}");
    assert!(matches!(fault.what, FaultKind::Shape(_)));
}
