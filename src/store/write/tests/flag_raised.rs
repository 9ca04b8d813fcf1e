//! What raising a flag asks for, beside a proposal of the night and the pack of care.

use super::*;

/// What a rule of the night proposed, red.
fn at_night(branch: &mut Branch) {
    branch
        .store
        .conn()
        .execute_batch(
            "INSERT INTO flags (flag_id, customer_id, signal, level, state, raised_on, origin)
             VALUES ('FN', 'C1', 'ACC-03', 'red', 'proposed', '2026-11-20', 'here');
             INSERT INTO flag_care (flag_id, step, raised_by) VALUES ('FN', 'open', 'huifang')",
        )
        .unwrap();
}

#[test]
fn a_signal_is_open_once_and_milder_only_with_a_reason() {
    let mut branch = Branch::new();
    let visit = started(&mut branch);
    at_night(&mut branch);
    let raise = |during: bool, level: Level, why: &str| {
        let Command::RaiseFlag { customer, owner, measure, due_on, note, .. } = flag(level, false)
        else {
            panic!()
        };
        Command::RaiseFlag {
            lowered: Some(Box::new(Lowered { from: Level::Orange, why: why.to_owned() })),
            visit: during.then(|| visit.clone()),
            item: Some("flaw_days".to_owned()),
            signal: "ACC-03".to_owned(),
            proposed: false,
            customer,
            level,
            owner,
            measure,
            due_on,
            note,
        }
    };
    let invalid = |field, why| Err(Refusal::Invalid { field, why });
    let cases = [
        // Outside of a visit the proposal itself is to be decided.
        (raise(false, Level::Red, ""), invalid("signal", "proposed_already")),
        (raise(true, Level::Yellow, " "), invalid("lowered_why", "missing")),
        // Milder than the proposal of the night, though not than the question's own rule.
        (raise(true, Level::Orange, ""), invalid("lowered_why", "missing")),
    ];
    for (command, wanted) in cases {
        assert_eq!(branch.run("wang", command.clone()), wanted, "{command:?}");
    }
    // Who looks after the customer makes no red proposal milder, whatever her reason.
    let own = branch.run("zhang", raise(true, Level::Yellow, "昨日已还清"));
    assert_eq!(own, Err(Refusal::OwnRecord));
    branch.run("wang", raise(true, Level::Yellow, "昨日已还清")).unwrap();
    let kept = "SELECT group_concat(f.flag_id || f.state || f.level || k.proposed_level \
        || k.lowered_why || (k.visit_id IS NOT NULL)) FROM flags f JOIN flag_care k USING (flag_id)";
    assert_eq!(branch.text(kept), "FNconfirmedyellowred昨日已还清1");
    assert_eq!(branch.run("zhang", raise(true, Level::Red, "")), invalid("signal", "open_already"));
    // The way back leaves nothing of it.
    branch.run("wang", Command::Undo).unwrap();
    let back = "SELECT f.state || f.level || (k.proposed_level IS NULL) || (k.visit_id IS NULL) \
        FROM flags f JOIN flag_care k USING (flag_id)";
    assert_eq!(branch.text(back), "proposedred11");
    branch.store.verify_journal(&[]).unwrap();
}

#[test]
fn a_measure_ends_within_what_the_pack_of_care_allows() {
    for (level, days) in [(Level::Red, 60), (Level::Orange, 90), (Level::Yellow, 180)] {
        let mut branch = Branch::new();
        let until = |days: u64| match flag(level, false) {
            Command::RaiseFlag { customer, signal, owner, measure, note, .. } => {
                Command::RaiseFlag {
                    lowered: None,
                    visit: None,
                    item: None,
                    proposed: false,
                    due_on: Some(today() + Days::new(days)),
                    customer,
                    signal,
                    level,
                    owner,
                    measure,
                    note,
                }
            }
            _ => panic!(),
        };
        let last = today() + Days::new(days);
        let refused = Err(Refusal::TooFar { field: "due_on", last });
        assert_eq!(branch.run("zhang", until(days + 1)), refused, "{level:?}");
        branch.run("zhang", until(days)).unwrap();
    }
}

/// A checklist with one signal.
const PACK: &str = "
#: t
pack = 't@1'
[[section]]
id = 's'
zh = '节'
en = 'S'
[[section.item]]
code = 'works'
kind = 'choice'
options = [{ code = 'yes', zh = '是', en = 'yes' }, { code = 'no', zh = '否', en = 'no' }]
zh = '是否开工'
en = 'Working'
help_zh = '因'
help_en = 'W'
[[section.item.flag]]
when = \"works == 'no'\"
signal = 'OPS-01'
level = 'red'
zh = '已停产'
en = 'Stopped'
";

#[test]
fn what_a_checklist_said_is_kept_in_both_languages_and_own_words_as_they_are() {
    let pages = |branch: &Branch| {
        let window = crate::protocol::query::Window { offset: 0, limit: 50 };
        let scope = crate::protocol::query::FlagScope::Live;
        let query = crate::protocol::query::Query::Flags { scope, window };
        match branch.store.query(&actor("zhang"), day(0), &query).unwrap() {
            crate::protocol::page::Page::Flags(page) => page.rows[0].clone(),
            other => panic!("{other:?}"),
        }
    };
    for (note, zh, en) in [
        ("Stopped", "已停产", Some("Stopped")),
        ("已停产", "已停产", Some("Stopped")),
        ("Stopped since May", "Stopped since May", None),
    ] {
        let mut packs = crate::assets::packs();
        packs.library = Arc::new(std::sync::LazyLock::new(|| {
            Arc::new(crate::assets::checklists::parse(PACK).unwrap())
        }));
        let mut branch = Branch::with(Arc::new(packs));
        let visit = started(&mut branch);
        let no = Answer { value: Value::Choice("no".to_owned()), ..said("") };
        let item = "works".to_owned();
        let answer = Command::Answer { visit: visit.clone(), item, answer: Some(no), seen: 0 };
        branch.run("zhang", answer).unwrap();
        let mut raise = flag(Level::Red, false);
        if let Command::RaiseFlag { visit: at, signal, note: said, .. } = &mut raise {
            *at = Some(visit);
            "OPS-01".clone_into(signal);
            note.clone_into(said);
        }
        branch.run("zhang", raise).unwrap();
        let row = pages(&branch);
        assert_eq!((row.note.as_deref(), row.beside.note_en.as_deref()), (Some(zh), en), "{note}");
        let (lang, other) = (crate::i18n::Lang::En, crate::i18n::Lang::Zh);
        let shown = |lang| crate::i18n::Catalog::of(lang).flags.noted(&row).map(str::to_owned);
        assert_eq!((shown(lang).as_deref(), shown(other).as_deref()), (en.or(Some(zh)), Some(zh)));
    }
}
