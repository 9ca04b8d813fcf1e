//! Several visits of one customer that are due on one day.

use super::*;
use crate::domain::order::{RequestGround, RequestKind};
use crate::protocol::command::RequestCommand;

/// Slots that were missed and then put off together are due on one day, and met one by one: each
/// gets a day of its own.
#[test]
fn visits_due_on_one_day_each_get_a_day_of_their_own() {
    let mut branch = Branch::new();
    let tx = branch.store.begin().unwrap();
    tx.execute_batch(
        "UPDATE customers SET onboarded_on = '2025-02-01'; \
         UPDATE loans SET disbursed_on = '2025-01-10', matures_on = '2028-01-10'",
    )
    .unwrap();
    tx.commit().unwrap();
    branch.store.plan_book(day(0).date_naive()).unwrap();
    let due = date(&branch.text("SELECT min(due) FROM due_visits WHERE customer_id = 'C1'"));
    let put_off = date("2026-12-08");
    let (customer, reason) = ("C1".into(), "客户出差".to_owned());
    let ask = RequestCommand::Ask {
        customer,
        due,
        kind: RequestKind::Delay,
        new_due: Some(put_off),
        reason,
        interim: "每周电话核实经营".to_owned(),
        ground: RequestGround::CustomerAway,
    };
    branch.run("zhang", Command::Request(ask)).unwrap();
    let bundle = branch.text("SELECT min(bundle) FROM request_care").as_str().into();
    let note = String::new();
    let seen = branch.text("SELECT max(revision) FROM requests").parse().unwrap();
    let decide = RequestCommand::Decide { bundle, seen, approve: true, note };
    branch.run("wang", Command::Request(decide)).unwrap();

    let page = plan(&branch.store, "zhang", "2026-12-01", "zhang").unwrap();
    let mut together: Vec<_> = page.visits.iter().filter(|visit| visit.due == put_off).collect();
    together.sort_by_key(|visit| visit.first);
    assert!(together.len() >= 2, "{:?}", page.visits);
    let days = [date("2026-12-02"), date("2026-12-04")];
    for (visit, day) in together.iter().zip(days) {
        let fix = FixedDay { visit: visit.key(), day: Some(day), seen: visit.revision };
        branch.run("zhang", Command::Schedule(ScheduleCommand::Fix(vec![fix]))).unwrap();
    }
    let page = plan(&branch.store, "zhang", "2026-12-01", "zhang").unwrap();
    let stands = |first| page.visits.iter().find(|visit| visit.first == first).unwrap().stand;
    let [one, two] = [together[0].first, together[1].first].map(stands);
    assert_eq!([one, two], days.map(Stand::Fixed));
}
