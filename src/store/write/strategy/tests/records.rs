//! What a record says about the strategy, when it is handed in, sent back, handed in again.

use super::*;

fn answer(branch: &mut Branch, visit: &VisitId, item: &str, value: Value) {
    let sql = format!("SELECT max(revision) FROM answers WHERE item = '{item}'");
    let seen = branch.text(&sql).parse().unwrap_or(0);
    let answer = Some(Answer { value, evidence: None, note: String::new(), unchanged: false });
    let command = Command::Answer { visit: visit.clone(), item: item.to_owned(), answer, seen };
    branch.run("zhang", command).unwrap();
}

fn says(branch: &mut Branch, visit: &VisitId, strategy: Strategy) {
    answer(branch, visit, "strategy", Value::Choice(strategy.as_code().to_owned()));
}

fn begin(branch: &mut Branch) -> VisitId {
    let start = Command::StartVisit {
        customer: c1(),
        class: VisitClass::Onsite,
        channel: "实地".to_owned(),
        visited_on: at(0).date_naive(),
        purposes: Vec::new(),
    };
    match branch.run("zhang", start).unwrap() {
        Outcome::VisitStarted(visit) => visit,
        other => panic!("{other:?}"),
    }
}

fn revision(branch: &Branch) -> Revision {
    branch.text("SELECT revision FROM records").parse().unwrap()
}

fn hand_in(branch: &mut Branch, visit: &VisitId) {
    let command = Command::Submit {
        visit: visit.clone(),
        seen: revision(branch),
        seen_answers: i64::MAX,
        lateness_reason: Some("出差".to_owned()),
        likeness_reason: None,
    };
    branch.run("zhang", command).unwrap();
}

/// What the officer is told before she hands in.
fn told(branch: &Branch, visit: &VisitId) -> Option<(Strategy, Strategy, bool)> {
    match branch.store.query(&actor("zhang"), at(0), &Query::Handing { visit: visit.clone() }) {
        Ok(Page::Handing(page)) => page.strategy,
        other => panic!("{other:?}"),
    }
}

/// Rows of the plan as the form keeps them.
fn plan(branch: &mut Branch, visit: &VisitId, steps: &[(&str, i64)]) {
    answer(branch, visit, "plan_steps", Value::Rows(u32::try_from(steps.len()).unwrap()));
    for (at, (due, yuan)) in steps.iter().enumerate() {
        let cell = |name: &str| format!("plan_steps[{at}].{name}");
        answer(branch, visit, &cell("due"), Value::Date(date(due)));
        answer(branch, visit, &cell("target"), Value::Money(Fen::from_yuan(*yuan)));
        answer(branch, visit, &cell("measure"), Value::Text("处置存货".to_owned()));
    }
}

#[test]
fn a_record_that_differs_puts_its_strategy_forward_with_its_plan() {
    let mut branch = Branch::new();
    let visit = begin(&mut branch);
    says(&mut branch, &visit, Strategy::Exit);
    answer(&mut branch, &visit, "strategy_plan", Value::Text("处置存货后退出".to_owned()));
    plan(&mut branch, &visit, &[("2026-12-15", 300_000), ("2027-02-28", 0)]);
    assert_eq!(told(&branch, &visit), Some((Strategy::Keep, Strategy::Exit, true)));
    hand_in(&mut branch, &visit);
    let open = row(&branch, "wang").open.unwrap();
    assert_eq!((open.strategy, open.reason.as_str()), (Strategy::Exit, "处置存货后退出"));
    assert_eq!(open.visit, Some((visit.clone(), at(0).date_naive())));
    assert_eq!(open.steps.len(), 2);
    assert_eq!(
        branch.text("SELECT json_extract(after, '$.strategy_proposed') FROM journal WHERE command = 'submit'"),
        "exit"
    );
    // Whose answer is in it does not decide, nor who wrote in the record and did not hand it in.
    let answered =
        |user: &str| format!("UPDATE answers SET answered_by = '{user}' WHERE item = 'strategy'");
    branch.store.conn().execute(&answered("zhao"), []).unwrap();
    assert!(row(&branch, "zhao").open.unwrap().wrote);
    assert_eq!(run(&mut branch, "zhao", decide(1, 1, true, "")).unwrap_err(), Refusal::OwnRecord);
    branch.store.conn().execute(&answered("zhang"), []).unwrap();
    let seen = row(&branch, "zhao").open.unwrap();
    assert_eq!((seen.own, seen.wrote), (false, false));
    branch
        .store
        .conn()
        .execute(
            "INSERT INTO record_writers (visit_id, version, user) VALUES (?1, 1, 'zhao')",
            [visit.as_str()],
        )
        .unwrap();
    assert_eq!(run(&mut branch, "zhao", decide(1, 1, true, "")).unwrap_err(), Refusal::OwnRecord);
    run(&mut branch, "wang", decide(1, 1, true, "")).unwrap();
    assert_eq!(steps_due(&branch), "1-1@2026-12-15/0 1-2@2027-02-28/0");
}

#[test]
fn what_agrees_with_the_strategy_in_force_puts_nothing_forward() {
    let mut branch = Branch::new();
    let visit = begin(&mut branch);
    says(&mut branch, &visit, Strategy::Keep);
    assert_eq!(told(&branch, &visit), None);
    hand_in(&mut branch, &visit);
    assert_eq!(branch.text("SELECT count(*) FROM strategies"), "0");
    let mut branch = reducing();
    let visit = begin(&mut branch);
    says(&mut branch, &visit, Strategy::Reduce);
    hand_in(&mut branch, &visit);
    assert_eq!(branch.text("SELECT count(*) FROM strategies"), "1");
}

#[test]
fn a_plan_that_does_not_hold_waits_for_a_better_one() {
    let mut branch = Branch::new();
    let visit = begin(&mut branch);
    says(&mut branch, &visit, Strategy::Reduce);
    plan(&mut branch, &visit, &[("2026-12-15", 900_000)]);
    hand_in(&mut branch, &visit);
    assert_eq!(row(&branch, "wang").open.unwrap().steps, []);
    assert_eq!(why(run(&mut branch, "wang", decide(1, 1, true, ""))), "no_steps");
    run(&mut branch, "zhang", propose(Strategy::Reduce, &[step("2026-12-15", 1)], 1)).unwrap();
    let open = row(&branch, "wang").open.unwrap();
    assert_eq!(open.visit.map(|(of, _)| of), Some(visit), "the visit still caused it");
    run(&mut branch, "wang", decide(1, 2, true, "")).unwrap();
}

#[test]
fn a_record_that_is_sent_back_takes_its_proposal_with_it() {
    let mut branch = Branch::new();
    let visit = begin(&mut branch);
    says(&mut branch, &visit, Strategy::Increase);
    hand_in(&mut branch, &visit);
    let back = Command::Return {
        visit: visit.clone(),
        seen: revision(&branch),
        reason: "依据不足".to_owned(),
    };
    branch.run("wang", back).unwrap();
    assert_eq!(why(run(&mut branch, "wang", decide(1, 1, true, ""))), "record_open");
    // Handed in again with another word: the same proposal says it.
    says(&mut branch, &visit, Strategy::Reduce);
    hand_in(&mut branch, &visit);
    let open = row(&branch, "wang").open.unwrap();
    assert_eq!((open.n, open.revision, open.strategy), (1, 2, Strategy::Reduce));
    // And with the one in force: it waits no longer.
    let take = Command::Withdraw { visit: visit.clone(), seen: revision(&branch) };
    branch.run("zhang", take).unwrap();
    says(&mut branch, &visit, Strategy::Keep);
    hand_in(&mut branch, &visit);
    assert_eq!(row(&branch, "wang").open, None);
    assert_eq!(branch.text("SELECT state FROM strategies"), "withdrawn");
}

#[test]
fn a_proposal_from_elsewhere_stays_as_it_is() {
    let mut branch = Branch::new();
    run(&mut branch, "wang", propose(Strategy::Increase, &[], 0)).unwrap();
    let visit = begin(&mut branch);
    says(&mut branch, &visit, Strategy::Exit);
    assert_eq!(told(&branch, &visit), Some((Strategy::Keep, Strategy::Exit, false)));
    hand_in(&mut branch, &visit);
    assert_eq!(branch.text("SELECT strategy || revision FROM strategies"), "increase1");
}
