//! One puts a tier forward, another confirms it, and the plan follows.

use super::*;
use crate::protocol::command::Command;
use crate::protocol::page::{Page, TierRow};
use crate::protocol::query::Query;
use crate::protocol::reply::Outcome;
use crate::store::tests::{Branch, actor, day};

fn c1() -> CustomerId {
    CustomerId::from("C1")
}

fn run(branch: &mut Branch, user: &str, command: TierCommand) -> Result<Outcome, Refusal> {
    branch.run(user, Command::Tier(command))
}

fn propose(tier: Tier, reason: &str) -> TierCommand {
    TierCommand::Propose {
        customer: c1(),
        tier,
        subgrade: String::new(),
        reason: reason.to_owned(),
    }
}

fn decide(n: i64, confirm: bool, note: &str) -> TierCommand {
    TierCommand::Decide { customer: c1(), n, confirm, note: note.to_owned() }
}

fn row(branch: &Branch, user: &str) -> TierRow {
    let query = Query::Tiers { customer: Some(c1()), officer: None };
    match branch.store.query(&actor(user), day(0), &query).unwrap() {
        Page::Tiers(page) => page.rows[0].clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_tier_is_confirmed_by_somebody_else_and_plans_the_visits() {
    let mut branch = Branch::new();
    run(&mut branch, "zhang", propose(Tier::Substandard, "回款中断")).unwrap();
    let shown = row(&branch, "wang");
    assert_eq!((shown.machine, shown.in_force), (Tier::Normal, Tier::Normal));
    let open = shown.open.unwrap();
    assert_eq!((open.n, open.tier, open.own), (1, Tier::Substandard, false));
    assert!(row(&branch, "zhang").open.unwrap().own);
    assert_eq!(branch.text("SELECT count(*) FROM notices WHERE kind = 'tier_open'"), "2");
    let again = run(&mut branch, "wang", propose(Tier::Loss, "x")).unwrap_err();
    assert!(matches!(again, Refusal::Invalid { why: "asked_already", .. }), "{again:?}");
    assert_eq!(run(&mut branch, "zhang", decide(1, true, "")).unwrap_err(), Refusal::NotAllowed);
    run(&mut branch, "wang", decide(1, true, "同意")).unwrap();
    let shown = row(&branch, "zhang");
    assert_eq!((shown.confirmed, shown.in_force), (Some(Tier::Substandard), Tier::Substandard));
    assert_eq!(shown.past.len(), 1);
    // Bad, and not cured yet: the machine would not let her rise at once.
    assert_eq!(shown.machine, Tier::Substandard);
    let planned =
        branch.text("SELECT tier || ' ' || cell FROM customer_facts WHERE customer_id = 'C1'");
    assert!(planned.starts_with("substandard ") && planned.contains("/substandard/"), "{planned}");
    assert_eq!(
        branch.text(
            "SELECT cadence_since || extra_visit_from FROM customers WHERE customer_id = 'C1'"
        ),
        "2026-11-232026-11-23"
    );
    let late = run(&mut branch, "zhao", decide(1, false, "x")).unwrap_err();
    assert!(matches!(late, Refusal::WrongState { .. }), "{late:?}");
    assert_eq!(branch.text("SELECT count(*) FROM journal WHERE command LIKE '%_tier'"), "2");
}

#[test]
fn nobody_confirms_her_own_tier() {
    let mut branch = Branch::new();
    run(&mut branch, "wang", propose(Tier::SpecialMention, "迹象")).unwrap();
    assert_eq!(run(&mut branch, "wang", decide(1, true, "")).unwrap_err(), Refusal::OwnRecord);
    let refused = run(&mut branch, "zhao", decide(1, false, " ")).unwrap_err();
    assert!(matches!(refused, Refusal::Invalid { field: "note", .. }), "{refused:?}");
    run(&mut branch, "zhao", decide(1, false, "依据不足")).unwrap();
    assert_eq!(row(&branch, "zhao").in_force, Tier::Normal);
    // Whoever wrote past the commands is refused by the table itself.
    let past = branch
        .store
        .conn()
        .execute("UPDATE tier_decisions SET decided_by = proposed_by WHERE customer_id = 'C1'", []);
    assert!(past.is_err());
}

#[test]
fn what_differs_from_the_machine_needs_a_reason() {
    let mut branch = Branch::new();
    let silent = run(&mut branch, "zhang", propose(Tier::Loss, "  ")).unwrap_err();
    assert!(matches!(silent, Refusal::Invalid { field: "reason", why: "missing" }), "{silent:?}");
    run(&mut branch, "zhang", propose(Tier::Normal, "")).unwrap();
    run(&mut branch, "zhang", TierCommand::Withdraw { customer: c1(), n: 1 }).unwrap();
    assert_eq!(row(&branch, "zhang").open, None);
    for user in ["li", "far"] {
        let why = run(&mut branch, user, propose(Tier::Normal, "")).unwrap_err();
        assert_eq!(why, Refusal::NotFound, "{user}");
    }
    for user in ["audit", "admin"] {
        let why = run(&mut branch, user, propose(Tier::Normal, "")).unwrap_err();
        assert_eq!(why, Refusal::NotAllowed, "{user}");
    }
}

#[test]
fn a_milder_tier_needs_what_binds_her_to_be_over() {
    let mut branch = Branch::new();
    let sql = |branch: &Branch, sql: &str| branch.store.conn().execute_batch(sql).unwrap();
    let why = |branch: &mut Branch, tier| match run(branch, "zhang", propose(tier, "已好转")) {
        Err(Refusal::Invalid { field: "tier", why }) => why,
        other => panic!("{other:?}"),
    };
    sql(
        &branch,
        "UPDATE customers SET tier = 'doubtful' WHERE customer_id = 'C1';
         UPDATE loans SET days_past_due = 95 WHERE loan_id = 'L1'",
    );
    assert_eq!(why(&mut branch, Tier::SpecialMention), "still_overdue");
    sql(
        &branch,
        "UPDATE loans SET days_past_due = 0 WHERE loan_id = 'L1';
         INSERT INTO repayments (loan_id, due_on, principal, paid_on)
            VALUES ('L1', '2026-10-20', 100, '2026-10-20'), ('L1', '2026-12-20', 100, NULL)",
    );
    assert_eq!(why(&mut branch, Tier::Normal), "not_cured");
    // To substandard she may rise, and fall as far as anybody sees reason for.
    run(&mut branch, "zhang", propose(Tier::Substandard, "已还清欠款")).unwrap();
    let ended = |ended| TierCommand::Note {
        customer: c1(),
        event: TierEvent::ImpairedHalf,
        since: "2026-11-01".parse().unwrap(),
        ended,
        note: "减值测算".to_owned(),
    };
    run(&mut branch, "zhang", ended(false)).unwrap();
    // What has happened since stands against confirming it.
    let late = run(&mut branch, "wang", decide(1, true, "")).unwrap_err();
    assert_eq!(late, Refusal::Invalid { field: "tier", why: "event_stands" });
    run(&mut branch, "zhang", ended(true)).unwrap();
    run(&mut branch, "wang", decide(1, true, "")).unwrap();
    run(&mut branch, "zhang", propose(Tier::Loss, "无可供执行财产")).unwrap();
}

#[test]
fn two_people_go_no_higher_than_what_binds_her() {
    let mut branch = Branch::new();
    let days = |branch: &Branch, days: i64| {
        let sql = "UPDATE loans SET days_past_due = ?1 WHERE loan_id = 'L1'";
        branch.store.conn().execute(sql, [days]).unwrap();
    };
    let refused = |why| Err(Refusal::Invalid { field: "tier", why });
    // The book still has her as normal: nothing rises, and yet it is too high.
    days(&branch, 400);
    for tier in [Tier::Normal, Tier::Doubtful] {
        assert_eq!(run(&mut branch, "zhang", propose(tier, "系统误报")), refused("still_overdue"));
    }
    days(&branch, 0);
    run(&mut branch, "zhang", propose(Tier::Normal, "")).unwrap();
    days(&branch, 400);
    assert_eq!(run(&mut branch, "wang", decide(1, true, "同意")), refused("still_overdue"));
    run(&mut branch, "wang", decide(1, false, "已逾期")).unwrap();
    run(&mut branch, "zhang", propose(Tier::Loss, "")).unwrap();
    run(&mut branch, "wang", decide(2, true, "同意")).unwrap();
    assert_eq!(row(&branch, "wang").in_force, Tier::Loss);
}

#[test]
fn without_a_schedule_two_people_let_a_bad_debtor_rise_by_what_they_can_prove() {
    let mut branch = Branch::new();
    let sql = "UPDATE customers SET tier = 'substandard' WHERE customer_id = 'C1'";
    branch.store.conn().execute_batch(sql).unwrap();
    let shown = row(&branch, "zhang");
    assert_eq!(
        (shown.machine, &*shown.reasons),
        (Tier::Substandard, &[TierReason::NoSchedule][..])
    );
    let silent = run(&mut branch, "zhang", propose(Tier::Normal, "")).unwrap_err();
    assert!(matches!(silent, Refusal::Invalid { field: "reason", why: "missing" }), "{silent:?}");
    run(&mut branch, "zhang", propose(Tier::Normal, "还款凭证：连续八个月正常还息")).unwrap();
    // Whoever confirms sees that nothing could be counted.
    assert_eq!(list(&branch).rows[0].reasons, [TierReason::NoSchedule]);
    run(&mut branch, "wang", decide(1, true, "已核对凭证")).unwrap();
    assert_eq!(row(&branch, "zhang").in_force, Tier::Normal);
}

#[test]
fn a_grade_within_the_tier_is_kept_and_short() {
    let mut branch = Branch::new();
    let graded = |subgrade: &str| TierCommand::Propose {
        customer: c1(),
        tier: Tier::SpecialMention,
        subgrade: subgrade.to_owned(),
        reason: "回款变慢".to_owned(),
    };
    for bad in ["一二三四五六七八九十一二三", "二\n级"] {
        let why = run(&mut branch, "zhang", graded(bad)).unwrap_err();
        assert!(matches!(why, Refusal::Invalid { field: "subgrade", .. }), "{why:?}");
    }
    run(&mut branch, "zhang", graded(" 关注2 ")).unwrap();
    let open = row(&branch, "wang").open.unwrap();
    assert_eq!(open.subgrade.as_deref(), Some("关注2"));
    run(&mut branch, "wang", decide(1, true, "")).unwrap();
    assert_eq!(row(&branch, "wang").past[0].subgrade.as_deref(), Some("关注2"));
    run(&mut branch, "zhang", propose(Tier::Substandard, "逾期")).unwrap();
    assert_eq!(row(&branch, "wang").open.unwrap().subgrade, None);
    // Each of the two was told of to both supervisors.
    assert_eq!(branch.text("SELECT count(*) FROM notices WHERE kind = 'tier_open'"), "4");
}

#[test]
fn an_event_moves_the_machine_at_once_and_ends() {
    let mut branch = Branch::new();
    let note = |event, since: &str, ended| TierCommand::Note {
        customer: c1(),
        event,
        since: since.parse().unwrap(),
        ended,
        note: "法院公告".to_owned(),
    };
    run(&mut branch, "zhang", note(TierEvent::Liquidation, "2026-11-20", false)).unwrap();
    assert_eq!(row(&branch, "zhang").machine, Tier::Loss);
    assert_eq!(branch.text("SELECT tier FROM tier_proposals"), "loss");
    let twice = run(&mut branch, "zhang", note(TierEvent::Liquidation, "2026-11-20", false));
    assert!(matches!(twice.unwrap_err(), Refusal::Invalid { why: "exists", .. }));
    let ahead = run(&mut branch, "zhang", note(TierEvent::Impaired, "2026-12-20", false));
    assert!(matches!(ahead.unwrap_err(), Refusal::Invalid { why: "future", .. }));
    run(&mut branch, "zhang", note(TierEvent::Restructured, "2026-12-20", false)).unwrap();
    run(&mut branch, "zhang", note(TierEvent::Liquidation, "2026-11-20", true)).unwrap();
    assert_eq!(row(&branch, "zhang").machine, Tier::SpecialMention);
    let gone = run(&mut branch, "zhang", note(TierEvent::Liquidation, "2026-11-20", true));
    assert_eq!(gone.unwrap_err(), Refusal::NotFound);
    let ended = row(&branch, "wang").ended;
    assert_eq!((ended[0].event, ended[0].by.as_deref()), (TierEvent::Liquidation, Some("张伟")));
    // It was ended by mistake, by somebody else or long ago: noted again it stands again.
    run(&mut branch, "wang", note(TierEvent::Liquidation, "2026-11-20", false)).unwrap();
    assert_eq!(row(&branch, "zhang").machine, Tier::Loss);
    let twice = run(&mut branch, "zhang", note(TierEvent::Liquidation, "2026-11-20", false));
    assert!(matches!(twice.unwrap_err(), Refusal::Invalid { why: "exists", .. }));
    let history = "SELECT count(*) FROM journal WHERE after LIKE '%\"state\":\"reopened\"%'";
    assert_eq!(branch.text(history), "1");
}

#[test]
fn an_event_that_was_noted_or_ended_by_mistake_is_taken_back() {
    let mut branch = Branch::new();
    let note = |ended| TierCommand::Note {
        customer: c1(),
        event: TierEvent::Liquidation,
        since: "2026-11-20".parse().unwrap(),
        ended,
        note: "法院公告".to_owned(),
    };
    let undone = Outcome::Undone { command: "note_tier_event".to_owned() };
    let kept = |branch: &Branch| {
        branch.text("SELECT count(*) || ' ' || count(ended_on) || ' ' || coalesce(max(note), '') FROM tier_events")
    };
    run(&mut branch, "zhang", note(false)).unwrap();
    run(&mut branch, "zhang", note(true)).unwrap();
    assert_eq!(row(&branch, "zhang").machine, Tier::Normal);
    assert_eq!(branch.run("zhang", Command::UndoLight).unwrap(), undone);
    assert_eq!(row(&branch, "zhang").machine, Tier::Loss);
    assert_eq!(kept(&branch), "1 0 法院公告");
    assert_eq!(branch.run("zhang", Command::UndoLight).unwrap(), undone);
    assert_eq!(kept(&branch), "0 0 ");
    assert_eq!(branch.text("SELECT count(*) FROM tier_proposals"), "0");
    // Not once somebody else has written it.
    run(&mut branch, "zhang", note(false)).unwrap();
    run(&mut branch, "wang", note(true)).unwrap();
    let late = branch.run("zhang", Command::UndoLight).unwrap_err();
    assert_eq!(late, Refusal::WrongState { state: "acted_on".to_owned() });
    branch.store.verify_journal(&[]).unwrap();
}

/// The list of those that wait.
fn list(branch: &Branch) -> crate::protocol::page::TiersPage {
    let query = Query::Tiers { customer: None, officer: None };
    match branch.store.query(&actor("wang"), day(0), &query).unwrap() {
        Page::Tiers(page) => (*page).clone(),
        other => panic!("{other:?}"),
    }
}

/// The core system books her as doubtful, and she has paid every month since March.
fn booked_and_cured() -> Branch {
    let branch = Branch::new();
    let paid = ["03", "04", "05", "06", "07", "08", "09", "10", "11"]
        .map(|month| format!("('L1', '2026-{month}-20', 100, '2026-{month}-20')"));
    let sql = format!(
        "UPDATE loans SET tier = 'doubtful', days_past_due = 0 WHERE loan_id = 'L1';
         INSERT INTO repayments (loan_id, due_on, principal, paid_on) VALUES {}",
        paid.join(", ")
    );
    branch.store.conn().execute_batch(&sql).unwrap();
    branch
}

#[test]
fn what_people_have_decided_upon_waits_for_nobody_though_it_differs() {
    let mut branch = booked_and_cured();
    let counted = |branch: &Branch| {
        let page = list(branch);
        (page.total, page.answered, page.rows.len())
    };
    // The core system books her worse than what she pays asks for, and people see her worse still.
    run(&mut branch, "zhang", propose(Tier::Loss, "下落不明")).unwrap();
    assert_eq!(counted(&branch), (1, 0, 1));
    run(&mut branch, "wang", decide(1, true, "同意")).unwrap();
    assert_eq!(counted(&branch), (0, 1, 1));
    let row = list(&branch).rows[0].clone();
    assert_eq!((row.in_force, row.machine, row.due_on), (Tier::Loss, Tier::Normal, None));
    let answered = row.answered.unwrap();
    assert_eq!((answered.tier, answered.since, answered.on), (Tier::Loss, today(), today()));
    assert_eq!(answered.by, branch.text("SELECT name FROM users WHERE user = 'wang'"));
    assert_eq!(answered.by_login.as_str(), "wang");
    // Nobody is told that it is late, either.
    for n in 0..=12 {
        branch.store.run_jobs(day(n), "s");
    }
    assert_eq!(branch.text("SELECT count(*) FROM notices WHERE kind = 'tier_late'"), "0");
    assert_eq!(counted(&branch), (0, 1, 1));
}

#[test]
fn who_was_decided_upon_as_proposed_neither_waits_nor_differs() {
    let mut branch = booked_and_cured();
    // The core system books her worse than people and machine see her.
    run(&mut branch, "zhang", propose(Tier::Normal, "")).unwrap();
    assert_eq!(list(&branch).total, 1);
    run(&mut branch, "wang", decide(1, true, "同意")).unwrap();
    let nobody = |branch: &Branch| {
        let page = list(branch);
        (page.total, page.answered, page.rows.len()) == (0, 0, 0)
    };
    assert!(nobody(&branch));
    let alone = row(&branch, "wang");
    assert_eq!((alone.in_force, alone.machine), (Tier::Doubtful, Tier::Normal));
    assert_eq!(alone.due_on, None);
    // Looked at alone she tells why nothing waits.
    assert_eq!(alone.answered.map(|of| of.tier), Some(Tier::Normal));
    for n in 0..=12 {
        branch.store.run_jobs(day(n), "s");
    }
    assert_eq!(branch.text("SELECT count(*) FROM notices WHERE kind = 'tier_late'"), "0");
    assert!(nobody(&branch));
    // Another proposal is another question.
    let late = "UPDATE loans SET days_past_due = 400 WHERE loan_id = 'L1'";
    branch.store.conn().execute_batch(late).unwrap();
    branch.store.run_jobs(day(13), "s");
    let page = list(&branch);
    assert_eq!((page.total, page.answered, page.rows[0].machine), (1, 0, Tier::Loss));
    assert!(page.rows[0].answered.is_none() && page.rows[0].due_on.is_some());
}

fn today() -> NaiveDate {
    day(0).date_naive()
}
