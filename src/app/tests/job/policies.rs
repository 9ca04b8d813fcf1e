//! A policy of the branch's own by keys: read, refused with a reason, brought into force by a second
//! person, and every visit names it.

use super::*;
use crate::app::tests::desk::Office;
use crate::domain::ids::OpId;
use crate::i18n::Lang;
use crate::protocol::command::{Command, PolicyCommand};
use crate::protocol::page::{Page, PoliciesPage};
use crate::protocol::query::Query;

fn page(desk: &mut Desk) -> PoliciesPage {
    match desk.query(&Query::Policies) {
        Page::Policies(page) => (*page).clone(),
        other => panic!("{other:?}"),
    }
}

/// Another supervisor has put two versions forward.
fn proposed(office: &Office) {
    let mut store = office.store();
    let now = crate::clock::Clock::now(&office.clock);
    let who = office.actor("hupeng");
    for (n, days) in [(2, 25), (3, 20)] {
        let content = crate::assets::policy::default_text()
            .replacen("version = 1", &format!("version = {n}"), 1)
            .replacen(
                "due = \"30 days after drawn_on\"",
                &format!("due = \"{days} days after drawn_on\""),
                1,
            );
        let propose = Command::Policy(PolicyCommand::Propose {
            content,
            reason: "用途检查提前".into(),
        });
        store.apply(&who, now, &OpId(format!("p{n}")), &propose).unwrap();
    }
}

#[test]
fn the_second_person_brings_it_into_force() {
    let office = Office::open();
    proposed(&office);
    let mut h = office.desk("lifang");
    h.keys("8pj");
    h.assert_whole();
    let screen = h.screen();
    for wanted in
        ["回访制度", "default@1", "default@3", "待启用", "用途检查提前", "20 days after drawn_on"]
    {
        assert!(screen.contains(wanted), "{wanted}\n{screen}");
    }
    // To refuse asks for a reason; Esc takes back what was begun.
    h.keys("r<enter>");
    assert!(h.screen().contains("请写明理由"), "{}", h.screen());
    h.keys("<esc>a");
    h.assert_whole();
    h.keys("同意<enter>");
    assert_eq!(h.refused, [], "{}", h.screen());
    assert_eq!(page(&mut h).in_force, "default@3");
    assert!(h.screen().contains("新制度今日起启用"), "{}", h.screen());
    // The other one is refused, with the reason; nothing is decided twice.
    let first = page(&mut h).rows[0].policy.clone();
    assert_eq!(first, "default@2");
    h.keys("gr太晚<enter>");
    assert_eq!(h.refused, [], "{}", h.screen());
    assert!(page(&mut h).rows.iter().all(|row| row.state != "proposed"));
    h.keys("ga");
    assert!(h.screen().contains("该制度已审定"), "{}", h.screen());
    // Every visit that waits names the version by which it was planned.
    let named = h.query(&Query::Why { customer: "C000113".into() });
    let Page::Why(why) = named else { panic!("{named:?}") };
    assert!(format!("{why:?}").contains("default@3"));
}

#[test]
fn who_does_not_decide_reads() {
    let office = Office::open();
    proposed(&office);
    let mut h = office.desk("zhangwei");
    h.keys("8p");
    h.assert_whole();
    h.keys("a");
    assert!(h.screen().contains("制度由主管或风险经理审定"), "{}", h.screen());
    assert_eq!(page(&mut h).in_force, "default@1");
    for (lang, width, height) in [(Lang::Zh, 80, 24), (Lang::En, 80, 24), (Lang::En, 200, 60)] {
        let mut h = office.desk_of("lifang", width, height, lang);
        h.keys("8p");
        h.assert_whole();
        h.keys("a");
        h.assert_whole();
    }
}
