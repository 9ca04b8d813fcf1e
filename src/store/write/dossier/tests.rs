//! One answer, one field, seen before and after, and taken back.

use std::sync::{Arc, LazyLock};

use super::*;
use crate::assets::checklists;
use crate::domain::answer::Answer;
use crate::protocol::command::Command;
use crate::protocol::page::{Page, VisitPage};
use crate::protocol::query::Query;
use crate::store::files::tests::started;
use crate::store::tests::{Branch, actor, day};

const PACK: &str = r#"
pack = "own@1"

[[section]]
id = "own"
zh = "变化"
en = "Changes"

[[section.item]]
code = "new_phone"
zh = "新电话"
en = "New phone"
help_zh = "问"
help_en = "ask"
kind = "text"
updates = "phone"

[[section.item]]
code = "new_address"
zh = "新地址"
en = "New address"
help_zh = "问"
help_en = "ask"
kind = "text"
updates = "address"

[[section.item]]
code = "remark"
zh = "备注"
en = "Remark"
help_zh = "问"
help_en = "ask"
kind = "text"
"#;

/// An open record that says phone and address have changed.
fn open() -> (Branch, VisitId) {
    let mut packs = crate::assets::packs();
    packs.library = Arc::new(LazyLock::new(|| Arc::new(checklists::parse(PACK).unwrap())));
    let mut branch = Branch::with(Arc::new(packs));
    let old = "UPDATE customers SET phone = '13800001111', address = '城东路1号', revision = 1";
    branch.store.conn().execute(old, []).unwrap();
    let visit = started(&mut branch, "zhang", "C1");
    for (item, said) in [("new_phone", "13900002222"), ("new_address", "城西路 8 号")] {
        let answer = Some(Answer::plain(Value::Text(said.to_owned())));
        let (visit, item) = (visit.clone(), item.to_owned());
        branch.run("zhang", Command::Answer { visit, item, answer, seen: 0 }).unwrap();
    }
    (branch, visit)
}

fn news(visit: &VisitId, item: &str, field: DossierField, value: &str, seen: Revision) -> Command {
    let (visit, item, value) = (visit.clone(), item.to_owned(), value.to_owned());
    Command::UpdateDossier(DossierNews { visit, item, field, value, seen })
}

fn phone(visit: &VisitId, seen: Revision) -> Command {
    news(visit, "new_phone", DossierField::Phone, "13900002222", seen)
}

fn page(branch: &Branch, visit: &VisitId) -> Arc<VisitPage> {
    match branch.store.query(&actor("zhang"), day(0), &Query::Visit { visit: visit.clone() }) {
        Ok(Page::Visit(page)) => page,
        other => panic!("{other:?}"),
    }
}

fn found(branch: &Branch, text: &str) -> usize {
    let sight = crate::store::read::scope::Sight::of(&actor("zhang"));
    search::search(branch.store.conn(), &sight, text, 9).unwrap().len()
}

#[test]
fn an_answer_goes_into_the_dossier_and_back() {
    let (mut branch, visit) = open();
    let dossier = page(&branch, &visit).dossier.clone();
    assert_eq!((dossier.revision, dossier.changed.len()), (1, 0));
    assert_eq!(dossier.fields[&DossierField::Phone], "138****1111", "masked on the screen");
    branch.run("zhang", phone(&visit, 1)).unwrap();
    assert_eq!(branch.text("SELECT phone FROM customers WHERE customer_id = 'C1'"), "13900002222");
    assert_eq!(found(&branch, "13900002222"), 1, "found by the new number");
    let dossier = page(&branch, &visit).dossier.clone();
    let change = &dossier.changed["new_phone"];
    assert_eq!((change.before.as_str(), change.after.as_str()), ("138****1111", "139****2222"));
    assert_eq!(dossier.revision, 2);
    let journal = "SELECT command || ' ' || subject || before || after FROM journal ORDER BY seq DESC LIMIT 1";
    let told = branch.text(journal);
    assert!(told.starts_with("update_dossier C1"), "{told}");
    assert!(told.contains("138****1111") && told.contains("139****2222"), "{told}");
    let address = news(&visit, "new_address", DossierField::Address, "城西路8号", 2);
    branch.run("zhang", address).unwrap();
    assert_eq!(branch.text("SELECT address FROM customers WHERE customer_id = 'C1'"), "城西路8号");
    // Back, one after the other: what an update left is found under the revision of its undoing.
    branch.run("zhang", Command::Undo).unwrap();
    assert_eq!(branch.text("SELECT address FROM customers WHERE customer_id = 'C1'"), "城东路1号");
    branch.run("zhang", Command::Undo).unwrap();
    assert_eq!(branch.text("SELECT phone FROM customers WHERE customer_id = 'C1'"), "13800001111");
    assert_eq!(found(&branch, "13900002222"), 0);
    assert!(page(&branch, &visit).dossier.changed.is_empty());
    branch.store.check().unwrap();
}

#[test]
fn what_has_no_reason_is_refused() {
    use DossierField::{Address, Phone};
    let (mut branch, visit) = open();
    let invalid = |field, why| Refusal::Invalid { field, why };
    let long = "长".repeat(201);
    let cases = [
        ("remark", Address, "x", 1, invalid("item", "no_news")),
        ("new_phone", Address, "x", 1, invalid("item", "no_news")),
        ("nothing", Phone, "x", 1, invalid("item", "no_news")),
        ("new_address", Address, " ", 1, invalid("dossier", "missing")),
        ("new_address", Address, "a\nb", 1, invalid("dossier", "too_long")),
        ("new_address", Address, &long, 1, invalid("dossier", "too_long")),
        ("new_address", Address, "城东路1号", 1, invalid("dossier", "same")),
    ];
    for (item, field, value, seen, why) in cases {
        let refused = branch.run("zhang", news(&visit, item, field, value, seen));
        assert_eq!(refused, Err(why), "{item} {value}");
    }
    assert_eq!(branch.run("li", phone(&visit, 1)), Err(Refusal::NotFound));
    assert_eq!(branch.run("wang", phone(&visit, 1)), Err(Refusal::NotAllowed));
    let seen = page(&branch, &visit).answers["new_phone"].revision;
    let item = "new_phone".to_owned();
    let clear = Command::Answer { visit: visit.clone(), item, answer: None, seen };
    branch.run("zhang", clear).unwrap();
    assert_eq!(branch.run("zhang", phone(&visit, 1)), Err(invalid("item", "not_answered")));
    assert_eq!(branch.text("SELECT count(*) FROM dossier_updates"), "0");
}

#[test]
fn a_customer_changed_meanwhile_is_a_conflict() {
    let (mut branch, visit) = open();
    let import = "UPDATE customers SET phone = '13700003333', revision = revision + 1 WHERE customer_id = 'C1'";
    branch.store.conn().execute(import, []).unwrap();
    let Err(Refusal::Conflict { now, fields }) = branch.run("zhang", phone(&visit, 1)) else {
        panic!("written over")
    };
    assert_eq!((now, fields[0].theirs.as_str()), (2, "t:137****3333"));
    branch.run("zhang", phone(&visit, 2)).unwrap();
    branch.store.conn().execute(import, []).unwrap();
    let undone = branch.run("zhang", Command::Undo);
    assert!(matches!(undone, Err(Refusal::Conflict { .. })), "{undone:?}");
    assert_eq!(branch.text("SELECT phone FROM customers WHERE customer_id = 'C1'"), "13700003333");
}
