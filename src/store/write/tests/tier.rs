//! A record is handed in when the tier that was proposed is put forward or decided.

use super::*;
use crate::domain::gap::{Gap, GapKind};
use crate::domain::loan::Tier;
use crate::protocol::command::TierCommand;

fn proposed() -> Command {
    Command::Tier(TierCommand::Propose {
        customer: CustomerId::from("C1"),
        tier: Tier::SpecialMention,
        subgrade: String::new(),
        reason: String::new(),
    })
}

fn decided(n: i64, confirm: bool) -> Command {
    let (customer, note) = (CustomerId::from("C1"), "已核对".to_owned());
    Command::Tier(TierCommand::Decide { customer, n, confirm, note })
}

/// A record that lacks nothing but what waits beside it, of a debtor twenty days past due.
fn waiting(branch: &mut Branch) -> VisitId {
    let visit = started(branch);
    branch.run("zhang", answer(&visit, "conclusion", "正常", 0)).unwrap();
    branch.store.conn().execute_batch("UPDATE loans SET days_past_due = 20").unwrap();
    visit
}

#[test]
fn a_record_is_handed_in_with_a_tier_put_forward_of_late() {
    let owed = vec![Gap { item: "tier".to_owned(), kind: GapKind::Unclassified }];
    let mut branch = Branch::new();
    let visit = waiting(&mut branch);
    assert_eq!(branch.run("zhang", submit(&visit, 1)), Err(Refusal::Incomplete(owed.clone())));
    branch.run("zhang", proposed()).unwrap();
    // Somebody sent it back: it waits for her again.
    branch.run("wang", decided(1, false)).unwrap();
    assert_eq!(branch.run("zhang", submit(&visit, 1)), Err(Refusal::Incomplete(owed)));
    branch.run("zhang", proposed()).unwrap();
    branch.run("zhang", submit(&visit, 1)).unwrap();
}

#[test]
fn one_put_forward_long_ago_has_to_be_decided() {
    let owed = vec![Gap { item: "tier".to_owned(), kind: GapKind::Unclassified }];
    let mut branch = Branch::new();
    let visit = waiting(&mut branch);
    branch.run("zhang", proposed()).unwrap();
    let late = branch.run_at("zhang", day(11), submit(&visit, 1));
    assert_eq!(late, Err(Refusal::Incomplete(owed)));
    branch.run_at("wang", day(11), decided(1, true)).unwrap();
    branch.run_at("zhang", day(11), submit(&visit, 1)).unwrap();
}

#[test]
fn nothing_waits_at_a_customer_who_is_judged_as_she_stands() {
    let mut branch = Branch::new();
    let visit = waiting(&mut branch);
    branch.store.conn().execute_batch("UPDATE loans SET days_past_due = 7").unwrap();
    branch.run("zhang", submit(&visit, 1)).unwrap();
}
