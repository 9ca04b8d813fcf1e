//! Likeness on a real file: found across records and officers, told by scope, cheap in a large book.

use super::*;
use crate::domain::answer::Answer;
use crate::domain::ids::CustomerId;
use crate::domain::visit::VisitClass;
use crate::protocol::command::Command;
use crate::protocol::page::{HandingPage, LikeWhose, Page};
use crate::protocol::query::Query;
use crate::protocol::reply::{Outcome, Refusal};
use crate::store::tests::{Branch, actor, day};

const TEXT: &str =
    "本季度营业收入同比下降两成，主要因下游两家客户减少订单；现有库存约三百万元，周转放慢。";

fn start(branch: &mut Branch, who: &str, customer: &str) -> VisitId {
    let command = Command::StartVisit {
        customer: CustomerId::from(customer),
        class: VisitClass::Onsite,
        channel: "实地".to_owned(),
        visited_on: day(0).date_naive(),
        purposes: Vec::new(),
    };
    match branch.run(who, command).unwrap() {
        Outcome::VisitStarted(visit) => visit,
        other => panic!("{other:?}"),
    }
}

fn say(branch: &mut Branch, who: &str, visit: &VisitId, text: &str, unchanged: bool) {
    let value = Value::Text(text.to_owned());
    let answer = Answer { value, evidence: None, note: String::new(), unchanged };
    let item = "conclusion".to_owned();
    let command = Command::Answer { visit: visit.clone(), item, answer: Some(answer), seen: 0 };
    branch.run(who, command).unwrap();
}

fn submit(visit: &VisitId, why: Option<&str>) -> Command {
    Command::Submit {
        visit: visit.clone(),
        seen: 1,
        seen_answers: i64::MAX,
        lateness_reason: Some("出差".to_owned()),
        likeness_reason: why.map(str::to_owned),
    }
}

fn handing(branch: &Branch, who: &str, visit: &VisitId) -> HandingPage {
    let query = Query::Handing { visit: visit.clone() };
    match branch.store.query(&actor(who), day(0), &query).unwrap() {
        Page::Handing(page) => (*page).clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_officer_sees_it_first_and_hands_in_with_a_reason_the_reviewer_sees_it_after() {
    let mut branch = Branch::new();
    let first = start(&mut branch, "zhang", "C1");
    say(&mut branch, "zhang", &first, TEXT, false);
    branch.run("zhang", submit(&first, None)).unwrap();
    let second = start(&mut branch, "zhang", "C1");
    say(&mut branch, "zhang", &second, &TEXT.replace("两成", "三成"), false);
    let page = handing(&branch, "zhang", &second);
    assert_eq!(page.like.len(), 1);
    assert!(page.is_like() && page.like[0].percent < 100, "{:?}", page.like);
    assert_eq!(page.like[0].whose, LikeWhose::Same);
    let missing = Refusal::Invalid { field: "likeness_reason", why: "missing" };
    assert_eq!(branch.run("zhang", submit(&second, Some(" "))), Err(missing));
    branch.run("zhang", submit(&second, Some("季度数据口径相同"))).unwrap();
    let query = Query::Record { visit: second };
    let Page::Record(record) = branch.store.query(&actor("wang"), day(0), &query).unwrap() else {
        panic!()
    };
    assert_eq!(record.handing.likeness_reason.as_deref(), Some("季度数据口径相同"));
    assert_eq!(record.handing.like, page.like);
}

#[test]
fn another_officers_customer_has_no_name() {
    let mut branch = Branch::new();
    let hers = start(&mut branch, "li", "C2");
    say(&mut branch, "li", &hers, TEXT, false);
    branch.run("li", submit(&hers, None)).unwrap();
    let mine = start(&mut branch, "zhang", "C1");
    say(&mut branch, "zhang", &mine, TEXT, false);
    let page = handing(&branch, "zhang", &mine);
    assert_eq!((page.like[0].percent, &page.like[0].whose), (100, &LikeWhose::Outside));
    assert!(!format!("{page:?}").contains("张记"));
    branch.run("zhang", submit(&mine, Some("同一行业"))).unwrap();
    // The supervisor of both sees whose it is.
    let query = Query::Record { visit: mine.clone() };
    let Page::Record(record) = branch.store.query(&actor("wang"), day(0), &query).unwrap() else {
        panic!()
    };
    assert_eq!(record.handing.like[0].whose, LikeWhose::Other("张记货栈".to_owned()));
    // Nobody else looks into what stands before handing in.
    let query = Query::Handing { visit: mine };
    for who in ["li", "wang"] {
        let found = branch.store.query(&actor(who), day(0), &query);
        assert_eq!(found, Err(Refusal::NotFound), "{who}");
    }
}

#[test]
fn what_is_confirmed_unchanged_or_short_is_not_counted() {
    let mut branch = Branch::new();
    let first = start(&mut branch, "zhang", "C1");
    say(&mut branch, "zhang", &first, TEXT, false);
    branch.run("zhang", submit(&first, None)).unwrap();
    let second = start(&mut branch, "zhang", "C1");
    say(&mut branch, "zhang", &second, TEXT, true);
    assert_eq!(handing(&branch, "zhang", &second).like, []);
    branch.run("zhang", submit(&second, None)).unwrap();
    let short = start(&mut branch, "zhang", "C1");
    say(&mut branch, "zhang", &short, "经营正常", false);
    assert_eq!(handing(&branch, "zhang", &short).like, []);
}

#[test]
fn a_phrase_of_a_whole_book_costs_no_more_than_a_few_looks() {
    let mut branch = Branch::new();
    let mine = start(&mut branch, "zhang", "C1");
    say(&mut branch, "zhang", &mine, TEXT, false);
    // As many records with the very same words as a band would ever have.
    let bands = Runs::of(TEXT).bands();
    let conn = branch.store.conn();
    conn.execute_batch(
        "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 20000)
         INSERT INTO text_prints (text_id, visit_id, version, item) SELECT n, 'V' || n, 1, 'conclusion' FROM n;
         WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 20000)
         INSERT INTO visits (visit_id, customer_id, visited_on, class, state, origin)
         SELECT 'V' || n, 'C2', '2026-01-01', 'onsite', 'approved', 'here' FROM n;
         WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 20000)
         INSERT INTO records (visit_id, version, state, pack, sections, facts, author, started_at)
         SELECT 'V' || n, 1, 'approved', '', '', '', 'li', '' FROM n;",
    )
    .unwrap();
    conn.execute(
        "INSERT INTO answers (visit_id, version, item, value, answered_by, answered_at)
         SELECT visit_id, 1, 'conclusion', ?1, 'li', '' FROM text_prints",
        [Value::Text(TEXT.to_owned()).encode()],
    )
    .unwrap();
    for band in &bands {
        conn.execute("INSERT INTO text_bands SELECT ?1, text_id FROM text_prints", [band]).unwrap();
    }
    let mut search = Search::new(conn, &branch.packs);
    let found = search.of(&mine, 1).unwrap();
    assert_eq!((found.len(), found[0].percent), (1, 100));
    // The newest are looked at, and never more than a handful.
    assert!(search.compared <= COMPARED, "{}", search.compared);
    assert_eq!(found[0].other.visit, "V20000");
    let plan: Vec<String> = conn
        .prepare("EXPLAIN QUERY PLAN SELECT text_id FROM text_bands WHERE band = 1 ORDER BY text_id DESC LIMIT 8")
        .unwrap()
        .query_map([], |row| row.get(3))
        .unwrap()
        .collect::<Result<_>>()
        .unwrap();
    assert!(
        plan.iter().all(|step| step.contains("SEARCH") && !step.contains("TEMP B-TREE")),
        "{plan:?}"
    );
}

#[test]
fn what_was_handed_in_before_there_was_an_index_is_taken_in_once() {
    let mut branch = Branch::new();
    let mut visits = Vec::new();
    for (n, (who, customer)) in [("zhang", "C1"), ("li", "C2")].into_iter().enumerate() {
        let visit = start(&mut branch, who, customer);
        say(
            &mut branch,
            who,
            &visit,
            &format!("{TEXT}第 {n} 户另有说明，见附件与访谈记录。"),
            false,
        );
        branch.run(who, submit(&visit, Some("同一模板"))).unwrap();
        visits.push(visit);
    }
    let bands = "SELECT group_concat(band) FROM (SELECT band FROM text_bands ORDER BY band)";
    let whole = branch.text(bands);
    assert!(!whole.is_empty());
    // As a file of an earlier program is, after its schema was brought up.
    let conn = branch.store.conn();
    conn.execute_batch("DELETE FROM text_bands; DELETE FROM text_prints;").unwrap();
    let packs = std::sync::Arc::clone(&branch.packs);
    let conn = branch.store.conn();
    assert!(!has_all_earlier(conn).unwrap());
    assert_eq!(take_in_earlier(conn, &packs, 1).unwrap(), Some(1));
    assert_eq!(branch.text("SELECT count(DISTINCT visit_id) FROM text_prints"), "1");
    // Killed in between: the job goes on where it was.
    let ran = branch.store.run_jobs(day(0), "s");
    let counted = ran.iter().find(|run| run.job == "index_texts").map(|run| run.count);
    assert_eq!(counted, Some(1));
    assert_eq!(branch.text(bands), whole, "the same bands as handing in made");
    let conn = branch.store.conn();
    assert!(has_all_earlier(conn).unwrap());
    assert_eq!(take_in_earlier(conn, &packs, 9).unwrap(), None);
    let again = branch.store.run_jobs(day(1), "s");
    assert!(again.iter().all(|run| run.job != "index_texts"), "{again:?}");
}
