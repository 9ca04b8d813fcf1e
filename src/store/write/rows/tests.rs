//! Rows move up as one step, never unseen, and come back as they were.

use super::*;
use crate::domain::ids::CustomerId;
use crate::domain::visit::VisitClass;
use crate::protocol::command::{Command, RemoveRow};
use crate::protocol::reply::Outcome;
use crate::store::tests::{Branch, day};

fn started(branch: &mut Branch) -> VisitId {
    let start = Command::StartVisit {
        customer: CustomerId::from("C1"),
        class: VisitClass::Onsite,
        channel: "实地".to_owned(),
        visited_on: day(0).date_naive(),
        purposes: Vec::new(),
    };
    // A draft in which both the supervisor and the officer may write.
    match branch.run("wang", start).unwrap() {
        Outcome::VisitStarted(visit) => visit,
        other => panic!("{other:?}"),
    }
}

fn answer(branch: &mut Branch, who: &str, visit: &VisitId, item: &str, value: Option<Value>) {
    let seen = branch.text(&format!("SELECT revision FROM answers WHERE item = '{item}'"));
    let answer =
        value.map(|value| Answer { value, evidence: None, note: String::new(), unchanged: false });
    let command = Command::Answer {
        visit: visit.clone(),
        item: item.to_owned(),
        answer,
        seen: seen.parse().unwrap_or(0),
    };
    branch.run(who, command).unwrap();
}

#[expect(clippy::unnecessary_wraps, reason = "what an answer may be")]
fn text(words: &str) -> Option<Value> {
    Some(Value::Text(words.to_owned()))
}

/// Three suppliers; the second has no share, the third is the supervisor's.
fn three(branch: &mut Branch) -> VisitId {
    let visit = started(branch);
    answer(branch, "zhang", &visit, "suppliers", Some(Value::Rows(3)));
    for (who, item, words) in [
        ("zhang", "suppliers[0].name", "甲厂"),
        ("zhang", "suppliers[0].share", "一半"),
        ("zhang", "suppliers[1].name", "乙厂"),
        ("wang", "suppliers[2].name", "丙厂"),
        ("wang", "suppliers[2].share", "两成"),
        ("zhang", "suppliers_note", "不属于任何一行"),
    ] {
        answer(branch, who, &visit, item, text(words));
    }
    visit
}

fn seen(branch: &Branch) -> Vec<(String, Revision)> {
    let all = branch.text(
        "SELECT group_concat(item || '=' || revision, ' ') FROM answers WHERE item LIKE 'suppliers[%' OR item = 'suppliers'",
    );
    all.split(' ')
        .map(|pair| {
            let (item, revision) = pair.split_once('=').unwrap();
            (item.to_owned(), revision.parse().unwrap())
        })
        .collect()
}

fn remove(visit: &VisitId, row: u32, seen: Vec<(String, Revision)>) -> Command {
    Command::RemoveRow(RemoveRow { visit: visit.clone(), group: "suppliers".to_owned(), row, seen })
}

fn shown(branch: &Branch) -> String {
    branch.text(
        "SELECT group_concat(line, ' ') FROM (SELECT item || '=' || substr(value, 3) || ':' || answered_by AS line
         FROM answers ORDER BY item)",
    )
}

#[test]
fn any_row_goes_and_those_below_move_up_with_their_authors() {
    let kept = "suppliers_note=不属于任何一行:zhang";
    let (first, third) = (
        "suppliers[0].name=甲厂:zhang suppliers[0].share=一半:zhang",
        "name=丙厂:wang suppliers[N].share=两成:wang",
    );
    let cases = [
        (
            0,
            format!(
                "suppliers=2:zhang suppliers[0].name=乙厂:zhang suppliers[1].{} {kept}",
                third.replace('N', "1")
            ),
        ),
        (1, format!("suppliers=2:zhang {first} suppliers[1].{} {kept}", third.replace('N', "1"))),
        (2, format!("suppliers=2:zhang {first} suppliers[1].name=乙厂:zhang {kept}")),
    ];
    for (row, wanted) in cases {
        let mut branch = Branch::new();
        let visit = three(&mut branch);
        let before = shown(&branch);
        let looked = seen(&branch);
        branch.run("zhang", remove(&visit, row, looked)).unwrap();
        assert_eq!(shown(&branch), wanted, "row {row}");
        let journal = branch.text(
            "SELECT command || json_extract(before, '$.value') || json_extract(after, '$.value')
             FROM journal ORDER BY seq DESC LIMIT 1",
        );
        assert_eq!(journal, "remove_rowr:3r:2");
        // One step back, and on to what was done before it.
        branch.run("zhang", Command::Undo).unwrap();
        assert_eq!(shown(&branch), before);
        branch.run("zhang", Command::Undo).unwrap();
        assert!(!shown(&branch).contains("不属于"), "the step before");
        branch.store.verify_journal(&[]).unwrap();
    }
}

#[test]
fn rows_are_never_moved_unseen() {
    let mut branch = Branch::new();
    let visit = three(&mut branch);
    let looked = seen(&branch);
    answer(&mut branch, "wang", &visit, "suppliers[2].name", text("丁厂"));
    let changed = Err(Refusal::WrongState { state: "rows_changed".to_owned() });
    assert_eq!(branch.run("zhang", remove(&visit, 0, looked)), changed);
    // Nor is a cell that was cleared meanwhile, or one that was not there.
    let looked = seen(&branch);
    answer(&mut branch, "wang", &visit, "suppliers[2].share", None);
    assert_eq!(branch.run("zhang", remove(&visit, 0, looked)), changed);
    let mut looked = seen(&branch);
    looked.pop();
    assert_eq!(branch.run("zhang", remove(&visit, 0, looked)), changed);
    // Taken back only while nobody has touched the rows since.
    let looked = seen(&branch);
    branch.run("zhang", remove(&visit, 0, looked)).unwrap();
    answer(&mut branch, "wang", &visit, "suppliers[0].name", text("戊厂"));
    assert_eq!(branch.run("zhang", Command::Undo), changed);
}

#[test]
fn what_is_no_row_is_refused() {
    let mut branch = Branch::new();
    let visit = three(&mut branch);
    let looked = seen(&branch);
    let why = branch.run("zhang", remove(&visit, 3, looked.clone())).unwrap_err();
    assert_eq!(why, Refusal::Invalid { field: "item", why: "malformed" });
    assert_eq!(branch.run("li", remove(&visit, 0, looked.clone())), Err(Refusal::NotFound));
    assert_eq!(branch.run("risk", remove(&visit, 0, looked)), Err(Refusal::NotAllowed));
}
