use super::*;
use crate::domain::ids::OpId;
use crate::domain::money::Decimal4;
use crate::domain::todo::{Promiser, TodoKind};
use crate::i18n::{Catalog, Lang};
use crate::protocol::command::{Command, TodoCommand};
use crate::protocol::page::{EventsPage, ForeseenPage, Page};
use crate::protocol::query::{Query, Reaching};
use crate::store::tests::{Branch, actor, day};

mod once;

fn steel() -> NewEvent {
    NewEvent {
        kind: EventKind::Price,
        title: "钢材涨价".to_owned(),
        change: Some(Decimal4::from_int(15)),
        happened_on: "2026-11-20".parse().unwrap(),
        industries: vec!["茶".to_owned()],
        districts: Vec::new(),
        drivers: vec!["钢材".to_owned()],
        points: "核查库存与毛利".to_owned(),
        due_on: "2026-12-01".parse().unwrap(),
    }
}

fn add(new: NewEvent) -> Command {
    Command::Event(EventCommand::Add(Box::new(new)))
}

/// C1 hangs on steel, C2 sells tea, C3 belongs to another branch, C4 has no active loan.
fn branch() -> Branch {
    let branch = Branch::new();
    branch
        .store
        .conn()
        .execute_batch(
            "UPDATE customers SET industry = '机械制造', district = '城东' WHERE customer_id IN ('C1', 'C3');
             UPDATE customers SET industry = '茶叶零售', district = '城西' WHERE customer_id = 'C2';
             INSERT INTO customers (customer_id, name, officer, industry) VALUES ('C4', '旧户', 'li', '钢材');
             INSERT INTO loans (loan_id, customer_id, amount, disbursed_on, status) VALUES
                ('L2', 'C2', 1, '2026-01-01', 'active'), ('L3', 'C3', 1, '2026-01-01', 'active'),
                ('L4', 'C4', 1, '2026-01-01', 'settled')",
        )
        .unwrap();
    branch
}

fn page(branch: &Branch, who: &str) -> EventsPage {
    match branch.store.query(&actor(who), day(0), &Query::Events).unwrap() {
        Page::Events(page) => (*page).clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_event_has_those_looked_at_whom_it_concerns() {
    let mut branch = branch();
    let entered = Outcome::EventEntered("E-20261123".into());
    assert_eq!(branch.run("wang", add(steel())), Ok(entered));
    assert_eq!(
        branch.text("SELECT group_concat(customer_id || ':' || owner || ':' || due_on, ' ') FROM (SELECT * FROM todos ORDER BY customer_id)"),
        "C1:zhang:2026-12-01 C2:li:2026-12-01"
    );
    assert_eq!(branch.text("SELECT count(*) FROM notices WHERE kind = 'look_at'"), "2");
    let row = &page(&branch, "wang").rows[0];
    assert_eq!((row.customers, row.done, row.late), (2, 0, 0));
    assert_eq!(row.reach, [vec!["茶".to_owned()], vec![], vec!["steel".to_owned()]]);
    // The officer counts her own; another branch sees nothing of it.
    assert_eq!(page(&branch, "li").rows[0].customers, 1);
    assert!(page(&branch, "far").rows.is_empty() && !page(&branch, "li").may_enter);
    // A finding closes the look-at and is counted.
    let todo = branch.text("SELECT todo_id FROM todos WHERE customer_id = 'C2'");
    let done = Command::Todo(TodoCommand::End {
        todo: todo.into(),
        seen: 1,
        done: true,
        note: "毛利未受影响".to_owned(),
    });
    branch.run("li", done).unwrap();
    assert_eq!(page(&branch, "wang").rows[0].done, 1);
    branch.store.verify_journal(&[]).unwrap();
}

#[test]
fn an_event_is_told_by_its_number_also_at_a_second_try() {
    let mut branch = branch();
    let op = OpId::from("event");
    let mut try_it = || branch.store.apply(&actor("wang"), day(0), &op, &add(steel()));
    let entered = Outcome::EventEntered("E-20261123".into());
    assert_eq!([try_it(), try_it()], [Ok(entered.clone()), Ok(entered)]);
    assert_eq!(branch.text("SELECT count(*) FROM events"), "1");
}

#[test]
fn an_event_that_reaches_nobody_any_more_is_known_to_whoever_enters_them() {
    let mut branch = branch();
    branch.run("wang", add(steel())).unwrap();
    // The register shows two hundred; this one is behind them.
    branch
        .store
        .conn()
        .execute_batch(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200)
             INSERT INTO events (event_id, kind, title, happened_on, points, due_on, branch,
                entered_by, entered_at, industries, districts, drivers)
             SELECT 'E-2027-' || i, 'policy', '限产', '2026-11-22', '查', '2026-12-01',
                branch, entered_by, entered_at, '茶', '', '' FROM n CROSS JOIN events;
             DELETE FROM look_ats",
        )
        .unwrap();
    assert!(page(&branch, "wang").rows.iter().all(|row| row.event.as_str() != "E-20261123"));
    let knows =
        |who: &str, event: &str| branch.store.enters_event(&actor(who), &event.into()).unwrap();
    assert!(knows("wang", "E-20261123") && !knows("wang", "E-20261124"));
    assert!(!knows("zhang", "E-20261123") && !knows("far", "E-20261123"));
}

#[test]
fn rules_see_an_open_event() {
    let mut branch = branch();
    branch.run("wang", add(steel())).unwrap();
    let found = branch.store.propose_signals(None, day(0), "s").unwrap();
    let told: Vec<_> =
        found.iter().map(|p| (p.customer.as_str(), p.finding.signal.as_str())).collect();
    assert_eq!(told, [("C1", "EXT-02"), ("C2", "EXT-02")]);
    assert_eq!(
        branch.text("SELECT fact || value || as_of FROM flag_inputs LIMIT 1"),
        "event_pricen:1500002026-11-20"
    );
    // Which one it was is told by its name.
    let flag = found[0].flag.clone();
    let page = branch.store.query(&actor("zhang"), day(0), &Query::FlagHistory { flag }).unwrap();
    let Page::FlagHistory(page) = page else { panic!("{page:?}") };
    let event = page.inputs.iter().find(|input| input.fact == crate::risk::EVENT).unwrap();
    assert_eq!(event.value, crate::domain::answer::Value::Text("钢材涨价".to_owned()));
}

#[test]
fn a_price_that_falls_hurts_who_sells_and_nobody_who_buys() {
    let found = |change: i64| {
        let mut branch = branch();
        branch
            .store
            .conn()
            .execute_batch(
                "UPDATE customers SET industry = '钢材批发' WHERE customer_id = 'C4';
                 UPDATE loans SET status = 'active' WHERE customer_id = 'C4'",
            )
            .unwrap();
        let event = NewEvent { change: Some(Decimal4::from_int(change)), ..steel() };
        branch.run("wang", add(event)).unwrap();
        branch.store.propose_signals(None, day(0), "s").unwrap();
        branch.text("SELECT group_concat(customer_id) FROM (SELECT * FROM flags WHERE signal = 'EXT-02' ORDER BY customer_id)")
    };
    // C1 builds machines of steel, C4 sells it; what it means for C2, who is named, nobody knows.
    assert_eq!(found(20), "C1,C2");
    assert_eq!(found(-20), "C2,C4");
    assert_eq!(found(-14), "");
}

#[test]
fn whoever_has_the_customers_of_a_branch_that_was_renamed_closes_its_events() {
    let mut branch = branch();
    branch.run("wang", add(steel())).unwrap();
    let renamed = |user: &str| crate::access::Actor { branch: "B9".to_owned(), ..actor(user) };
    let close = |branch: &mut Branch, who: &crate::access::Actor| {
        let (event, finding) = ("E-20261123".into(), "已逐户核查，影响可控".to_owned());
        let left = Some(Leftover::Stay);
        let close = Command::Event(EventCommand::Close { event, seen: 1, finding, left });
        let op = OpId(format!("close-{}-{}", who.user, who.branch));
        branch.store.apply(who, day(0), &op, &close)
    };
    // Another branch, also while that of the event is there.
    assert_eq!(close(&mut branch, &actor("far")), Err(Refusal::NotFound));
    let rename = "UPDATE users SET branch = 'B9' WHERE branch = 'B1'";
    branch.store.conn().execute_batch(rename).unwrap();
    assert_eq!(close(&mut branch, &actor("far")), Err(Refusal::NotFound));
    assert!(branch.store.enters_event(&renamed("zhao"), &"E-20261123".into()).unwrap());
    assert_eq!(close(&mut branch, &renamed("zhao")), Ok(Outcome::Plain));
}

#[test]
fn an_event_that_says_too_little_or_nonsense_is_refused() {
    let mut branch = branch();
    let invalid = |field, why| Err(Refusal::Invalid { field, why });
    let cases = [
        (NewEvent { change: None, ..steel() }, invalid("change", "missing")),
        (NewEvent { kind: EventKind::Policy, ..steel() }, invalid("change", "only_price")),
        (
            NewEvent { drivers: vec!["金".to_owned()], ..steel() },
            invalid("drivers", "unknown_driver"),
        ),
        (
            NewEvent { drivers: Vec::new(), industries: vec![" ".to_owned()], ..steel() },
            invalid("industries", "reaches_nobody"),
        ),
        (
            NewEvent { districts: vec!["火星区".to_owned()], ..steel() },
            invalid("districts", "meets_nobody"),
        ),
        (
            NewEvent { drivers: Vec::new(), industries: vec!["航天".to_owned()], ..steel() },
            invalid("industries", "meets_nobody"),
        ),
        (NewEvent { title: " ".to_owned(), ..steel() }, invalid("title", "missing")),
        (NewEvent { points: String::new(), ..steel() }, invalid("points", "missing")),
        (
            NewEvent { districts: vec!["a;b".to_owned()], ..steel() },
            invalid("districts", "malformed"),
        ),
        (
            NewEvent { happened_on: "2026-11-24".parse().unwrap(), ..steel() },
            invalid("happened_on", "future"),
        ),
        (NewEvent { due_on: "2026-11-22".parse().unwrap(), ..steel() }, invalid("due_on", "past")),
    ];
    for (new, why) in cases {
        assert_eq!(branch.run("wang", add(new.clone())), why, "{new:?}");
    }
    assert_eq!(branch.run("zhang", add(steel())), Err(Refusal::NotAllowed));
    branch.run("risk", add(steel())).unwrap();
}

#[test]
fn an_event_is_closed_once_with_a_finding_by_its_own_branch() {
    let mut branch = branch();
    branch.run("wang", add(steel())).unwrap();
    let event = page(&branch, "wang").rows[0].event.clone();
    let close = |seen, finding: &str| {
        let (event, finding) = (event.clone(), finding.to_owned());
        Command::Event(EventCommand::Close { event, seen, finding, left: Some(Leftover::Stay) })
    };
    let refused = |why| Refusal::Invalid { field: "finding", why };
    assert_eq!(branch.run("wang", close(1, " ")), Err(refused("missing")));
    for little in ["x", "回落了", "价 格 回", "\u{3000}无 "] {
        assert_eq!(branch.run("wang", close(1, little)), Err(refused("says_little")), "{little}");
    }
    assert_eq!(branch.text("SELECT count(*) FROM events WHERE closed_on IS NOT NULL"), "0");
    let said = Catalog::of(Lang::Zh).shell.refusal(&refused("says_little"));
    assert_eq!(said, "核查结论太短，请写明情况");
    assert_eq!(branch.run("far", close(1, "价格回落")), Err(Refusal::NotFound));
    branch.run("wang", close(1, "价格回落")).unwrap();
    assert!(matches!(branch.run("zhao", close(1, "价格未变")), Err(Refusal::Conflict { .. })));
    assert!(matches!(branch.run("zhao", close(2, "价格未变")), Err(Refusal::WrongState { .. })));
    assert_eq!(page(&branch, "wang").rows[0].finding.as_deref(), Some("价格回落"));
    // What is closed no longer counts for rules.
    assert!(branch.store.propose_signals(None, day(0), "s").unwrap().is_empty());
}

#[test]
fn an_entered_event_stays_and_what_was_done_before_it_too() {
    let mut branch = branch();
    branch.run("wang", add(NewEvent { title: "先登记".to_owned(), ..steel() })).unwrap();
    branch.run("wang", Command::Todo(look_after())).unwrap();
    branch.run("wang", add(steel())).unwrap();
    let stays = Refusal::Stays { command: "make_event" };
    let said = Catalog::of(Lang::Zh).shell.refusal(&stays);
    assert_eq!(said, "登记事件不能撤销，核查待办已下达，可按 d 结束");
    for _ in 0..2 {
        assert_eq!(branch.run("wang", Command::Undo), Err(stays.clone()));
    }
    assert_eq!(branch.text("SELECT state FROM todos WHERE text = '报表'"), "open");
}

fn look_after() -> TodoCommand {
    TodoCommand::Add {
        customer: "C1".into(),
        kind: TodoKind::Agreed,
        text: "报表".to_owned(),
        owner: "zhang".into(),
        promised_by: Promiser::Bank,
        due_on: "2026-12-01".parse().unwrap(),
        visit: None,
        item: None,
    }
}

#[test]
fn who_is_looked_at_is_listed_within_the_scope() {
    let mut branch = branch();
    branch.run("wang", add(steel())).unwrap();
    let list = |branch: &Branch, user: &str, event: Option<&str>| {
        let query = Query::LookAts { event: event.map(Into::into) };
        match branch.store.query(&actor(user), day(0), &query).unwrap() {
            Page::LookAts(page) => page.rows.clone(),
            other => panic!("{other:?}"),
        }
    };
    let all = list(&branch, "wang", None);
    let who = |rows: &[crate::protocol::page::LookAtRow]| -> Vec<String> {
        rows.iter().map(|row| row.customer.to_string()).collect()
    };
    assert!(!all.is_empty() && all.iter().all(|row| row.title == "钢材涨价"), "{all:?}");
    assert_eq!(who(&list(&branch, "wang", Some(all[0].event.as_str()))), who(&all));
    assert!(list(&branch, "wang", Some("E-none")).is_empty());
    assert!(
        list(&branch, "far", None).iter().all(|row| !who(&all).contains(&row.customer.to_string()))
    );
    let own = list(&branch, "zhang", None);
    assert!(
        own.len() < all.len() && own.iter().all(|row| row.owner.as_str() == "zhang"),
        "{own:?}"
    );
}

fn foreseen(branch: &Branch, user: &str, of: [&[&str]; 3]) -> Result<ForeseenPage, Refusal> {
    let list = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let [industries, districts, drivers] = of.map(list);
    let of = Reaching { industries, districts, drivers, change: None };
    match branch.store.query(&actor(user), day(0), &Query::Foreseen(of))? {
        Page::Foreseen(page) => Ok((*page).clone()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn whom_an_event_will_meet_is_told_before_it_is_entered() {
    let mut branch = branch();
    branch
        .store
        .conn()
        .execute_batch(
            "DELETE FROM customer_facts WHERE customer_id IN ('C1', 'C2');
             INSERT INTO customer_facts (customer_id, officer, exposure, tier, days_past_due, red,
                orange, yellow, proposed, gaps) VALUES
                ('C1', 'zhang', NULL, 'normal', 0, 0, 0, 0, 0, 0),
                ('C2', 'li', 70000, 'normal', 0, 0, 0, 0, 0, 0)",
        )
        .unwrap();
    let seen = foreseen(&branch, "wang", [&["茶"], &[], &["钢材"]]).unwrap();
    assert_eq!((seen.customers, seen.exposure.0, seen.unknown_exposure), (2, 70_000, 1));
    // The largest first; what is not known last.
    let first: Vec<&str> = seen.first.iter().map(|one| one.customer.as_str()).collect();
    assert_eq!(first, ["C2", "C1"]);
    let officers: Vec<_> =
        seen.officers.iter().map(|one| (one.officer.as_str(), one.customers)).collect();
    assert_eq!(officers, [("li", 1), ("zhang", 1)]);
    // Nothing was written, and entering it makes just these to-dos.
    assert_eq!(branch.text("SELECT count(*) FROM todos"), "0");
    branch.run("wang", add(steel())).unwrap();
    let made = branch.text(
        "SELECT group_concat(customer_id, ' ') FROM (SELECT * FROM todos ORDER BY customer_id DESC)",
    );
    assert_eq!(made, first.join(" "));
    let none = |of| foreseen(&branch, "wang", of).unwrap();
    // A slip of the keys is told by its word; no list at all means nobody.
    let slip = none([&["茶"], &[], &["刚才"]]);
    assert_eq!((slip.customers, slip.unknown_drivers), (0, vec!["刚才".to_owned()]));
    let slip = none([&[], &["城冬", "城东"], &[]]);
    assert_eq!((slip.customers, slip.unknown_districts), (1, vec!["城冬".to_owned()]));
    let slip = none([&["茶", "荼", "机械"], &[], &[]]);
    assert_eq!((slip.customers, slip.unknown_industries), (2, vec!["荼".to_owned()]));
    assert_eq!(none([&[], &[], &[]]).customers, 0);
    // Another branch sees its own alone; who may not enter an event is told nothing.
    let far = foreseen(&branch, "far", [&["机械", "茶"], &[], &[]]).unwrap();
    assert_eq!(far.unknown_industries, ["茶"]);
    assert!(far.customers == 1 && far.first[0].customer.as_str() == "C3", "{far:?}");
    assert_eq!(foreseen(&branch, "zhang", [&["机械"], &[], &[]]), Err(Refusal::NotFound));
}
