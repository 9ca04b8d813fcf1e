//! Days, appointments and pauses: who may, what is refused, what is taken back, and two at once.

use chrono::{Days, NaiveDate};

use crate::domain::duty::DueKey;
use crate::domain::ids::{AppointmentId, OpId, UserId};
use crate::domain::plan::AppointmentKind;
use crate::domain::sample::day as date;
use crate::protocol::command::{Appointment, Command, FixedDay, Revision, ScheduleCommand};
use crate::protocol::page::{MonthPlanPage, Page, Stand};
use crate::protocol::query::{AgendaFilter, Query, Window};
use crate::protocol::reply::{Outcome, Refusal};
use crate::store::Store;
use crate::store::tests::{Branch, actor, day};

mod leave;
mod together;

/// C1 owes something that is due well ahead: its window and due date.
fn planned() -> (Branch, NaiveDate, NaiveDate) {
    let mut branch = Branch::new();
    let tx = branch.store.begin().unwrap();
    tx.execute_batch(
        "UPDATE customers SET onboarded_on = '2026-11-19', district = '城东', trade_circle = '建材街'; \
         UPDATE loans SET matures_on = '2027-01-20'; \
         INSERT INTO loans (loan_id, customer_id, amount, balance, disbursed_on, matures_on, status) \
         VALUES ('L2', 'C2', 100000000, 80000000, '2026-11-19', '2027-11-19', 'active')",
    )
    .unwrap();
    tx.commit().unwrap();
    branch.store.plan_book(day(0).date_naive()).unwrap();
    let sql = |what: &str| {
        format!(
            "SELECT {what} FROM due_visits WHERE customer_id = 'C1' AND due > '2026-12-01' ORDER BY due LIMIT 1"
        )
    };
    let opens = date(&branch.text(&sql("opens")));
    let due = date(&branch.text(&sql("due")));
    (branch, opens, due)
}

fn fix(due: NaiveDate, day: Option<NaiveDate>, seen: Revision) -> Command {
    let visit = DueKey { customer: "C1".into(), due, first: due };
    Command::Schedule(ScheduleCommand::Fix(vec![FixedDay { visit, day, seen }]))
}

fn fixed(branch: &Branch) -> String {
    branch.text("SELECT group_concat(customer_id || '=' || day || ':' || set_by) FROM planned_days")
}

fn revision(branch: &Branch) -> Revision {
    branch.text("SELECT max(revision) FROM planned_days").parse().unwrap()
}

fn plan(store: &Store, who: &str, first: &str, officer: &str) -> Result<MonthPlanPage, Refusal> {
    let query = Query::MonthPlan { first: date(first), officer: UserId::from(officer) };
    match store.query(&actor(who), day(0), &query)? {
        Page::MonthPlan(page) => Ok((*page).clone()),
        other => panic!("{other:?}"),
    }
}

/// A workday from this one on.
fn workday(branch: &Branch, from: NaiveDate) -> NaiveDate {
    from.iter_days().find(|day| branch.packs.workdays.is_workday(*day)).unwrap()
}

#[test]
fn a_day_is_set_moved_let_go_and_the_journal_knows() {
    let (mut branch, opens, due) = planned();
    let first = workday(&branch, opens.max(date("2026-11-24")));
    let second = workday(&branch, first + Days::new(1));
    assert_eq!(branch.run("zhang", fix(due, Some(first), 0)), Ok(Outcome::Plain));
    assert_eq!(fixed(&branch), format!("C1={first}:zhang"));
    let seen = revision(&branch);
    branch.run("wang", fix(due, Some(second), seen)).unwrap();
    assert_eq!(fixed(&branch), format!("C1={second}:wang"));
    let seen = revision(&branch);
    branch.run("zhang", fix(due, None, seen)).unwrap();
    assert_eq!(fixed(&branch), "");
    let told = branch.text("SELECT group_concat(subject || coalesce(json_extract(after, '$.days'), ''), ' ') FROM journal WHERE command = 'fix_days'");
    assert!(
        told.contains(&format!("={first} ")) && told.contains(&format!("={second} ")),
        "{told}"
    );
    // Each session takes back its own, the last first.
    branch.run("zhang", Command::Undo).unwrap();
    assert_eq!(fixed(&branch), format!("C1={second}:wang"));
    branch.run("wang", Command::Undo).unwrap();
    assert_eq!(fixed(&branch), format!("C1={first}:zhang"));
    branch.run("zhang", Command::Undo).unwrap();
    assert_eq!(fixed(&branch), "");
    branch.store.check().unwrap();
}

#[test]
fn a_day_outside_the_window_is_refused_with_the_reason() {
    let (mut branch, opens, due) = planned();
    let wrong = |why| Err(Refusal::Invalid { field: "planned_day", why });
    let holiday = date("2027-01-01");
    let saturday = date("2026-11-28");
    let cases = [
        ("zhang", fix(due, Some(date("2026-11-20")), 0), wrong("past")),
        ("zhang", fix(due, Some(due + Days::new(1)), 0), wrong("after_due")),
        ("zhang", fix(due + Days::new(1), Some(due), 0), Err(Refusal::NotFound)),
        ("li", fix(due, Some(due), 0), Err(Refusal::NotFound)),
        ("far", fix(due, Some(due), 0), Err(Refusal::NotFound)),
        ("risk", fix(due, Some(due), 0), Err(Refusal::NotAllowed)),
        ("audit", fix(due, Some(due), 0), Err(Refusal::NotAllowed)),
        ("zhang", Command::Schedule(ScheduleCommand::Fix(Vec::new())), Err(Refusal::NotFound)),
    ];
    for (who, command, wanted) in cases {
        assert_eq!(branch.run(who, command.clone()), wanted, "{who} {command:?}");
    }
    for free in [holiday, saturday] {
        if opens <= free && free <= due {
            assert_eq!(branch.run("zhang", fix(due, Some(free), 0)), wrong("no_workday"));
        }
    }
    if opens > date("2026-11-24") {
        let early = branch.run("zhang", fix(due, Some(date("2026-11-24")), 0));
        assert_eq!(early, wrong("before_window"));
    }
    assert_eq!(fixed(&branch), "");
    assert_eq!(branch.text("SELECT count(*) FROM journal WHERE command = 'fix_days'"), "0");
}

#[test]
fn two_who_set_the_same_visit_meet_in_a_conflict() {
    let (mut branch, opens, due) = planned();
    let mine = workday(&branch, opens.max(date("2026-11-24")));
    let theirs = workday(&branch, mine + Days::new(1));
    let mut other = branch.second();
    other.apply(&actor("wang"), day(0), &OpId::from("o"), &fix(due, Some(theirs), 0)).unwrap();
    match branch.run("zhang", fix(due, Some(mine), 0)) {
        Err(Refusal::Conflict { now, fields }) => {
            assert_eq!(now, revision(&branch));
            assert_eq!(fields[0].theirs, theirs.to_string());
            assert_eq!(
                (fields[0].mine.as_str(), fields[0].by.as_str()),
                (mine.to_string().as_str(), "wang")
            );
        }
        other => panic!("{other:?}"),
    }
    // What somebody changed since can't be taken back either.
    let seen = revision(&branch);
    branch.run("zhang", fix(due, Some(mine), seen)).unwrap();
    let seen = revision(&branch);
    other.apply(&actor("wang"), day(0), &OpId::from("p"), &fix(due, None, seen)).unwrap();
    assert!(matches!(branch.run("zhang", Command::Undo), Err(Refusal::Conflict { .. })));
}

#[test]
fn several_days_are_one_step_or_none() {
    let (mut branch, _, due) = planned();
    let first = plan(&branch.store, "zhang", "2026-12-01", "zhang").unwrap();
    let all: Vec<FixedDay> = first
        .visits
        .iter()
        .filter(|visit| matches!(visit.stand, Stand::Proposed(_)))
        .map(|v| FixedDay { visit: v.key(), day: v.stand.day(), seen: 0 })
        .collect();
    assert!(!all.is_empty(), "{first:?}");
    let mut broken = all.clone();
    let nothing = DueKey { customer: "C2".into(), due, first: due };
    broken.push(FixedDay { visit: nothing, day: None, seen: 0 });
    let refused = branch.run("zhang", Command::Schedule(ScheduleCommand::Fix(broken)));
    assert_eq!((refused, fixed(&branch).as_str()), (Err(Refusal::NotFound), ""));
    branch.run("zhang", Command::Schedule(ScheduleCommand::Fix(all.clone()))).unwrap();
    let after = plan(&branch.store, "zhang", "2026-12-01", "zhang").unwrap();
    let stands = |page: &MonthPlanPage| -> Vec<Option<NaiveDate>> {
        page.visits.iter().map(|visit| visit.stand.day()).collect()
    };
    assert_eq!(stands(&first), stands(&after), "what was proposed stands");
    assert!(after.visits.iter().any(|visit| matches!(visit.stand, Stand::Fixed(_))));
    assert_eq!(branch.text("SELECT count(*) FROM journal WHERE command = 'fix_days'"), "1");
    branch.run("zhang", Command::Undo).unwrap();
    assert_eq!(fixed(&branch), "");
}

#[test]
fn the_month_of_others_looks_like_nothing() {
    let (branch, _, _) = planned();
    for (who, officer, seen) in [
        ("zhang", "zhang", true),
        ("zhang", "li", false),
        ("wang", "zhang", true),
        ("wang", "out", false),
        ("far", "zhang", false),
        ("audit", "zhang", true),
    ] {
        let page = plan(&branch.store, who, "2026-12-01", officer);
        assert_eq!(page.is_ok(), seen, "{who} {officer}");
    }
    assert_eq!(plan(&branch.store, "admin", "2026-12-01", "zhang"), Err(Refusal::NotFound));
    let board = |who: &str| match branch
        .store
        .query(&actor(who), day(0), &Query::Board { first: date("2026-12-01") })
        .unwrap()
    {
        Page::Board(page) => {
            (page.own, page.officers.iter().map(|o| o.user.to_string()).collect::<Vec<_>>())
        }
        other => panic!("{other:?}"),
    };
    assert_eq!(board("zhang"), (true, vec!["zhang".to_owned()]));
    assert_eq!(board("wang"), (false, vec!["zhang".to_owned(), "li".to_owned()]));
    assert_eq!(board("far").1, ["out"]);
}

#[test]
fn what_is_overdue_gets_a_day_soon_or_a_request() {
    let (mut branch, ..) = planned();
    let tx = branch.store.begin().unwrap();
    tx.execute_batch("UPDATE customers SET onboarded_on = '2025-01-01'").unwrap();
    tx.commit().unwrap();
    branch.store.plan_book(day(0).date_naive()).unwrap();
    let due = date(&branch.text("SELECT min(due) FROM due_visits WHERE customer_id = 'C1'"));
    assert!(due < date("2026-11-23"), "{due}");
    let limit = crate::planning::month_limit(
        &branch.packs.policy,
        &branch.packs.workdays,
        date("2026-11-23"),
    );
    assert_eq!(limit, date("2026-12-07"), "the fifth workday of the next month");
    let late = Err(Refusal::Invalid { field: "planned_day", why: "overdue_later" });
    for day in [date("2026-12-08"), date("2027-05-06")] {
        assert_eq!(branch.run("zhang", fix(due, Some(day), 0)), late, "{day}");
    }
    branch.run("zhang", fix(due, Some(limit), 0)).unwrap();
    let page = plan(&branch.store, "zhang", "2026-11-01", "zhang").unwrap();
    let visit = page.visits.iter().find(|visit| visit.due == due).unwrap();
    assert_eq!((visit.until, &visit.stand), (limit, &Stand::Fixed(limit)));
}

#[test]
fn board_and_plan_of_a_month_ahead_count_the_same_visits() {
    let (mut branch, ..) = planned();
    let tx = branch.store.begin().unwrap();
    tx.execute_batch("UPDATE customers SET onboarded_on = '2025-01-01'").unwrap();
    tx.commit().unwrap();
    branch.store.plan_book(day(0).date_naive()).unwrap();
    for first in ["2026-11-01", "2026-12-01", "2027-01-01"] {
        let page = plan(&branch.store, "zhang", first, "zhang").unwrap();
        let stands = |wanted: fn(&Stand) -> Option<Option<NaiveDate>>| {
            // The days of a board are those of its month.
            let here = |day: Option<NaiveDate>| {
                day.is_none_or(|day| page.days.iter().any(|one| one.date == day))
            };
            let all = page.visits.iter().filter_map(|visit| wanted(&visit.stand));
            u32::try_from(all.filter(|day| here(*day)).count()).unwrap()
        };
        let query = Query::Board { first: date(first) };
        let Page::Board(board) = branch.store.query(&actor("zhang"), day(0), &query).unwrap()
        else {
            panic!("a board")
        };
        let told = board.officers.first().map(|one| (one.proposed, one.fixed, one.unplaced));
        let wanted = (
            stands(|stand| if let Stand::Proposed(day) = stand { Some(Some(*day)) } else { None }),
            stands(|stand| if let Stand::Fixed(day) = stand { Some(Some(*day)) } else { None }),
            stands(|stand| matches!(stand, Stand::Unplaced(_)).then_some(None)),
        );
        assert_eq!(told, Some(wanted), "{first}");
        let overdue = page.visits.iter().any(|visit| visit.overdue_days > 0);
        assert!(overdue, "{first}: something overdue is what they could part over");
    }
}
