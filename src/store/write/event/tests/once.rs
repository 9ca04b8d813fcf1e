//! An event is entered once, and for those whom it hurts.

use super::*;

#[test]
fn a_price_is_looked_at_by_those_whom_it_hurts() {
    for (change, wanted) in [(20, "C1,C2"), (-20, "C2,C4")] {
        let mut branch = branch();
        branch
            .store
            .conn()
            .execute_batch(
                "UPDATE customers SET industry = '钢材批发' WHERE customer_id = 'C4';
                 UPDATE loans SET status = 'active' WHERE customer_id = 'C4'",
            )
            .unwrap();
        let change = Decimal4::from_int(change);
        let list = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        let of = |change| Reaching {
            industries: list(&["茶"]),
            drivers: list(&["钢材"]),
            change,
            ..Reaching::default()
        };
        let told = |of: Reaching| match branch
            .store
            .query(&actor("wang"), day(0), &Query::Foreseen(of))
            .unwrap()
        {
            Page::Foreseen(page) => page.customers,
            other => panic!("{other:?}"),
        };
        // Until it is said by how much, both sides are meant.
        assert_eq!((told(of(None)), told(of(Some(change)))), (3, 2));
        branch.run("wang", add(NewEvent { change: Some(change), ..steel() })).unwrap();
        let met =
            "SELECT group_concat(customer_id) FROM (SELECT * FROM todos ORDER BY customer_id)";
        assert_eq!(branch.text(met), wanted, "C2 is named and not only driven");
    }
}

#[test]
fn an_event_is_entered_once_and_its_look_ats_can_go_with_it() {
    let mut branch = branch();
    branch.run("wang", add(steel())).unwrap();
    let again: Result<Outcome, _> =
        Err(Refusal::Invalid { field: "title", why: "entered_already" });
    assert_eq!(branch.run("risk", add(steel())), again.clone());
    // A rehearsal refuses what entering it refuses.
    let tried = branch.store.try_event(&steel(), (&actor("risk"), day(0)));
    assert_eq!(tried.map(|_| ()), again.map(|_| ()));
    let event = page(&branch, "wang").rows[0].event.clone();
    let close = |left| {
        let (event, finding) = (event.clone(), "录入有误，作废".to_owned());
        Command::Event(EventCommand::Close { event, seen: 1, finding, left })
    };
    let missing = Err(Refusal::Invalid { field: "left", why: "missing" });
    assert_eq!(branch.run("wang", close(None)), missing);
    branch.run("wang", close(Some(Leftover::Drop))).unwrap();
    let state = "SELECT group_concat(DISTINCT state || ':' || reason) FROM todos";
    assert_eq!(branch.text(state), "dropped:event_closed");
    // Closed, the same may come again.
    branch.run("wang", add(steel())).unwrap();
    branch.store.verify_journal(&[]).unwrap();
}
