//! Appointments that take a share of a day, and pauses in which nobody is visited.

use super::*;

fn appointment(day: &str, points: u32) -> Appointment {
    Appointment {
        id: None,
        seen: 0,
        officer: UserId::from("zhang"),
        day: date(day),
        kind: AppointmentKind::PreLoan,
        title: "贷前调查 王老板".to_owned(),
        district: "城东".to_owned(),
        trade_circle: "建材街".to_owned(),
        points,
    }
}

fn appoint(one: Appointment) -> Command {
    Command::Schedule(ScheduleCommand::Appoint(Box::new(one)))
}

#[test]
fn an_appointment_takes_its_share_and_offers_who_is_near() {
    let (mut branch, opens, due) = planned();
    let on = workday(&branch, opens.max(date("2026-12-01")));
    branch.run("zhang", appoint(appointment(&on.to_string(), 4))).unwrap();
    let first = on.with_day_first();
    let page = plan(&branch.store, "zhang", &first, "zhang").unwrap();
    assert_eq!(page.appointments.len(), 1);
    assert!(page.load(on).fixed >= 4);
    let on_it = page.visits.iter().any(|v| v.stand.day() == Some(on));
    let offered = page.near.iter().any(|(day, _)| *day == on);
    assert!(on_it || offered, "somebody of the district joins or is offered: {page:?}");
    // Full days take nobody.
    let one = page.appointments[0].clone();
    let mut full = appointment(&on.to_string(), 6);
    (full.id, full.seen) = (Some(one.id.clone()), one.revision);
    branch.run("wang", appoint(full)).unwrap();
    let page = plan(&branch.store, "zhang", &first, "zhang").unwrap();
    assert!(page.visits.iter().all(|v| v.stand.day() != Some(on)));
    assert!(page.near.iter().all(|(day, _)| *day != on));
    // Taken out and back.
    let one = page.appointments[0].clone();
    let stale = ScheduleCommand::Cancel { appointment: one.id.clone(), seen: one.revision - 1 };
    let conflict = branch.run("zhang", Command::Schedule(stale));
    assert!(matches!(conflict, Err(Refusal::Conflict { .. })), "{conflict:?}");
    let cancel = ScheduleCommand::Cancel { appointment: one.id.clone(), seen: one.revision };
    branch.run("zhang", Command::Schedule(cancel)).unwrap();
    assert_eq!(branch.text("SELECT count(*) FROM appointments"), "0");
    branch.run("zhang", Command::Undo).unwrap();
    assert_eq!(branch.text("SELECT points FROM appointments"), "6");
    // The way back of the first entry ends where somebody else has changed it since.
    assert!(matches!(branch.run("zhang", Command::Undo), Err(Refusal::Conflict { .. })));
    assert!(due > on);
}

trait FirstDay {
    fn with_day_first(&self) -> String;
}

impl FirstDay for NaiveDate {
    fn with_day_first(&self) -> String {
        self.format("%Y-%m-01").to_string()
    }
}

#[test]
fn appointments_that_are_refused() {
    let (mut branch, _, _) = planned();
    let change = |change: fn(&mut Appointment)| {
        let mut one = appointment("2026-12-01", 2);
        change(&mut one);
        one
    };
    let invalid = |field, why| Err(Refusal::Invalid { field, why });
    let cases: Vec<(&str, Appointment, Result<Outcome, Refusal>)> = vec![
        ("zhang", change(|a| a.day = date("2026-11-20")), invalid("planned_day", "past")),
        ("zhang", change(|a| a.points = 7), invalid("points", "more_than_a_day")),
        ("zhang", change(|a| a.title = " ".to_owned()), invalid("text", "missing")),
        (
            "zhang",
            change(|a| a.district = "\u{7}".to_owned()),
            invalid("area", "control_character"),
        ),
        ("zhang", change(|a| a.officer = "li".into()), Err(Refusal::NotFound)),
        ("zhang", change(|a| a.id = Some(AppointmentId::from("E9"))), Err(Refusal::NotFound)),
        ("far", change(|_| {}), Err(Refusal::NotFound)),
        ("risk", change(|_| {}), Err(Refusal::NotAllowed)),
        ("wang", change(|_| {}), Ok(Outcome::Plain)),
    ];
    for (who, one, wanted) in cases {
        assert_eq!(branch.run(who, appoint(one.clone())), wanted, "{who} {one:?}");
    }
}

fn pause(until: &str, reason: &str, seen: Revision) -> Command {
    Command::Schedule(ScheduleCommand::Pause {
        customer: "C1".into(),
        until: date(until),
        reason: reason.to_owned(),
        seen,
    })
}

#[test]
fn a_pause_is_a_supervisors_shows_and_ends_by_itself() {
    let (mut branch, _, due) = planned();
    let invalid = |field, why| Err(Refusal::Invalid { field, why });
    let cases = [
        ("zhang", pause("2026-12-10", "客户住院", 0), Err(Refusal::NotAllowed)),
        ("far", pause("2026-12-10", "客户住院", 0), Err(Refusal::NotFound)),
        ("wang", pause("2026-12-10", " ", 0), invalid("reason", "missing")),
        ("wang", pause("2026-11-20", "客户住院", 0), invalid("until", "past")),
        ("wang", pause("2027-03-01", "客户住院", 0), invalid("until", "longer_than_a_delay")),
        ("wang", pause("2026-12-10", "客户住院", 0), Ok(Outcome::Plain)),
    ];
    for (who, command, wanted) in cases {
        assert_eq!(branch.run(who, command.clone()), wanted, "{who} {command:?}");
    }
    assert!(matches!(
        branch.run("zhao", pause("2026-12-01", "再议", 0)),
        Err(Refusal::Conflict { .. })
    ));
    let agenda = |branch: &Branch, at: i64| {
        let filter = AgendaFilter::Until(date("2027-03-01"));
        let window = Window { offset: 0, limit: 50 };
        let query = Query::Agenda { filter, class: None, officer: None, window };
        match branch.store.query(&actor("zhang"), day(at), &query).unwrap() {
            Page::Agenda(page) => {
                page.rows.iter().map(|r| r.paused.map(|(on, _)| on)).collect::<Vec<_>>()
            }
            other => panic!("{other:?}"),
        }
    };
    // Nothing disappears, and on the day after the last one nothing is paused any more.
    let paused = agenda(&branch, 0);
    assert!(!paused.is_empty() && paused.iter().all(|on| *on == Some(date("2026-12-10"))));
    assert_eq!(agenda(&branch, 17).len(), paused.len());
    assert!(agenda(&branch, 18).iter().all(Option::is_none));
    // No day within the pause, whoever asks; the first proposal comes after it.
    let within = branch.run("zhang", fix(due, Some(date("2026-12-08")), 0));
    let allowed = [invalid("planned_day", "paused"), invalid("planned_day", "before_window")];
    assert!(allowed.contains(&within), "{within:?}");
    let page = plan(&branch.store, "zhang", "2026-12-01", "zhang").unwrap();
    assert!(page.visits.iter().all(|v| v.stand.day().is_none_or(|on| on > date("2026-12-10"))));
    // Ended before its time, and that taken back.
    let seen = branch.text("SELECT revision FROM pauses").parse().unwrap();
    let resume = ScheduleCommand::Resume { customer: "C1".into(), seen };
    branch.run("zhao", Command::Schedule(resume)).unwrap();
    assert!(agenda(&branch, 0).iter().all(Option::is_none));
    branch.run("zhao", Command::Undo).unwrap();
    assert_eq!(branch.text("SELECT reason FROM pauses"), "客户住院");
}

#[test]
fn reminders_wait_for_the_end_of_a_pause() {
    let told = |paused: bool| {
        let mut branch = Branch::new();
        branch.store.plan_book(day(0).date_naive()).unwrap();
        if paused {
            branch.run("wang", pause("2026-12-10", "客户住院", 0)).unwrap();
        }
        // A week at a time: a clock that leaps further waits for a confirmation.
        let mut seen = Vec::new();
        for at in [5, 11, 17, 22] {
            branch.store.run_jobs(day(at), "s");
            let count =
                "SELECT count(*) FROM notices WHERE kind = 'visit_overdue' AND customer_id = 'C1'";
            seen.push(branch.text(count) != "0");
        }
        seen
    };
    assert_eq!(told(true)[..3], [false, false, false]);
    assert!(told(true)[3]);
    assert!(told(false)[1]);
}
