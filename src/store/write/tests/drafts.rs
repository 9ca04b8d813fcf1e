//! What is being written: answers, drafts of fields, commands that come twice.

use super::*;

#[test]
fn a_discarded_draft_is_in_the_journal() {
    let mut branch = Branch::new();
    let visit = started(&mut branch);
    branch.run("zhang", answer(&visit, "note", "电话13800138000", 0)).unwrap();
    branch.run("zhang", Command::Discard { visit: visit.clone(), seen: 1 }).unwrap();
    assert_eq!(branch.text("SELECT count(*) FROM visits"), "0");
    let kept = branch.text("SELECT before FROM journal WHERE command = 'discard'");
    assert!(kept.contains("138****8000") && !kept.contains("13800138000"), "{kept}");
}

#[test]
fn stale_answers_are_conflicts_with_both_values() {
    let mut branch = Branch::new();
    let visit = shared(&mut branch);
    let saved = branch.run("zhang", answer(&visit, "note", "甲", 0)).unwrap();
    let Outcome::Saved { revision, at, .. } = saved else { panic!("{saved:?}") };
    assert_eq!(at, "09:00:00");
    let why = branch.run("wang", answer(&visit, "note", "乙", 0)).unwrap_err();
    let field = ConflictField {
        field: "note".to_owned(),
        mine: "t:乙".to_owned(),
        theirs: "t:甲".to_owned(),
        by: "zhang".to_owned(),
    };
    assert_eq!(why, Refusal::Conflict { now: revision, fields: vec![field] });
    // The same value is no conflict.
    branch.run("wang", answer(&visit, "note", "甲", 0)).unwrap();
    // A cleared answer's revision never comes again.
    let clear = Command::Answer {
        visit: visit.clone(),
        item: "note".to_owned(),
        answer: None,
        seen: revision,
    };
    branch.run("zhang", clear).unwrap();
    branch.run("zhang", answer(&visit, "note", "丙", 0)).unwrap();
    let why = branch.run("wang", answer(&visit, "note", "丁", revision)).unwrap_err();
    assert!(matches!(why, Refusal::Conflict { .. }));
}

#[test]
fn answers_that_cant_be_kept_are_refused() {
    let mut branch = Branch::new();
    let visit = started(&mut branch);
    for text in ["\u{1b}[2J", "a\u{7}"] {
        let why = branch.run("zhang", answer(&visit, "note", text, 0)).unwrap_err();
        assert!(matches!(why, Refusal::Invalid { field: "value", .. }), "{why:?}");
    }
    let codes = Value::Multi(vec!["a;b".to_owned()]);
    let multi = Answer { value: codes, evidence: None, note: String::new(), unchanged: false };
    let command = Command::Answer {
        visit: visit.clone(),
        item: "kinds".to_owned(),
        answer: Some(multi),
        seen: 0,
    };
    let malformed = Refusal::Invalid { field: "value", why: "malformed" };
    assert_eq!(branch.run("zhang", command), Err(malformed));
}

#[test]
fn what_belongs_to_one_visit_is_never_unchanged() {
    let mut branch = Branch::with(Arc::new(crate::assets::packs()));
    let visit = started(&mut branch);
    let unchanged = |item: &str, text: &str| Command::Answer {
        visit: visit.clone(),
        item: item.to_owned(),
        answer: Some(Answer { unchanged: true, ..said(text) }),
        seen: 0,
    };
    let refused = Refusal::Invalid { field: "value", why: "this_visit" };
    for item in ["start_time", "conclusion", "people_met[0].name"] {
        assert_eq!(branch.run("zhang", unchanged(item, "9:18")), Err(refused.clone()), "{item}");
    }
    branch.run("zhang", unchanged("season", "年底")).unwrap();
}

#[test]
fn an_answer_that_is_taken_back_ends_what_was_being_typed() {
    let mut branch = Branch::new();
    let visit = started(&mut branch);
    let typed = |branch: &mut Branch| {
        let (item, text) = ("season".to_owned(), "3".to_owned());
        let keep = Command::KeepDraft { visit: visit.clone(), item, text, caret: 1 };
        branch.run("zhang", keep).unwrap();
        assert_eq!(branch.text("SELECT count(*) FROM field_drafts"), "1");
    };
    branch.run("zhang", answer(&visit, "season", "年底", 0)).unwrap();
    typed(&mut branch);
    branch.run("zhang", Command::Undo).unwrap();
    assert_eq!(branch.text("SELECT count(*) FROM field_drafts"), "0", "taken back");
}

#[test]
fn the_same_op_writes_once_and_says_the_same() {
    let mut branch = Branch::new();
    let visit = started(&mut branch);
    let commands = [
        start("C1"),
        answer(&visit, "note", "甲", 0),
        flag(Level::Orange, false),
        submit(&visit, 1),
        Command::NoteCopy { customer: None, what: "name".to_owned() },
    ];
    for (i, command) in commands.iter().enumerate() {
        let op = OpId(format!("same-{i}"));
        let who = actor("zhang");
        let first = branch.store.apply(&who, day(0), &op, command).unwrap();
        let rows = branch.text("SELECT count(*) FROM journal");
        // Another session, after a lost line.
        let again = branch.second().apply(&who, day(0), &op, command).unwrap();
        assert_eq!(first, again);
        assert_eq!(branch.text("SELECT count(*) FROM journal"), rows, "{}", command.code());
    }
    let op = OpId::from("same-4");
    let stolen = branch.store.apply(&actor("li"), day(0), &op, &commands[4]).unwrap_err();
    assert_eq!(stolen, Refusal::Invalid { field: "op", why: "used" });
}

#[test]
fn the_number_of_a_discarded_draft_never_comes_again() {
    let mut branch = Branch::new();
    let first = started(&mut branch);
    branch.run("zhang", Command::Discard { visit: first.clone(), seen: 1 }).unwrap();
    let second = started(&mut branch);
    assert_eq!((first.as_str(), second.as_str()), ("V-C1-20261123-X", "V-C1-20261123-X-2"));
}

#[test]
fn drafts_and_places_are_kept_without_a_journal_row() {
    let mut branch = Branch::new();
    let visit = started(&mut branch);
    let rows = branch.text("SELECT count(*) FROM journal");
    let draft = |text: &str| Command::KeepDraft {
        visit: visit.clone(),
        item: "note".to_owned(),
        text: text.to_owned(),
        caret: 1,
    };
    branch.run("zhang", draft("半句")).unwrap();
    branch
        .run("zhang", Command::KeepPlace { visit: visit.clone(), item: "note".to_owned() })
        .unwrap();
    assert_eq!(
        branch.text("SELECT text || cursor FROM field_drafts JOIN records USING (visit_id)"),
        "半句note"
    );
    assert_eq!(branch.text("SELECT count(*) FROM journal"), rows);
    assert_eq!(branch.run("li", draft("偷")), Err(Refusal::NotFound));
    branch.run("zhang", answer(&visit, "note", "整句", 0)).unwrap();
    assert_eq!(branch.text("SELECT count(*) FROM field_drafts"), "0");
    branch.run("zhang", submit(&visit, 1)).unwrap();
    assert!(matches!(branch.run("zhang", draft("晚")), Err(Refusal::WrongState { .. })));
}

#[test]
fn two_sessions_write_in_turn() {
    let mut branch = Branch::new();
    let visit = shared(&mut branch);
    let path = branch.store.path().to_owned();
    let packs = Arc::clone(&branch.packs);
    std::thread::scope(|scope| {
        for who in ["zhang", "wang"] {
            let (visit, path, packs) = (visit.clone(), path.clone(), Arc::clone(&packs));
            scope.spawn(move || {
                let mut store = Store::open(&path, packs, crate::store::Mode::Existing).unwrap();
                for n in 0..30 {
                    let op = OpId(format!("{who}-{n}"));
                    let write = answer(&visit, &format!("{who}_{n}"), "x", 0);
                    store.apply(&actor(who), day(0), &op, &write).unwrap();
                }
            });
        }
    });
    assert_eq!(branch.text("SELECT count(*) FROM answers"), "60");
    branch.store.check().unwrap();
}

#[test]
fn the_shipped_checklist_is_asked() {
    let mut branch = Branch::with(Arc::new(crate::assets::packs()));
    let visit = started(&mut branch);
    assert!(!branch.text("SELECT sections FROM records").is_empty());
    assert!(branch.text("SELECT pack FROM records").starts_with("checklists@"));
    let Err(Refusal::Incomplete(gaps)) = branch.run("zhang", submit(&visit, 1)) else {
        panic!("an empty record was handed in")
    };
    assert!(gaps.iter().all(|gap| gap.kind != crate::domain::gap::GapKind::Wanted));
    // A value of another kind than the question's is refused.
    let library = Arc::clone(&branch.packs.library);
    let money = library
        .sections()
        .iter()
        .flat_map(|section| &section.items)
        .find(|item| item.kind == crate::form::Kind::Money && !item.computed)
        .unwrap();
    let wrong = Refusal::Invalid { field: "value", why: "wrong_kind" };
    assert_eq!(branch.run("zhang", answer(&visit, &money.code, "一百万", 0)), Err(wrong));
}
