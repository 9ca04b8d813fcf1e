//! What is proposed again after a flag has ended.

use super::*;

/// Takes the only flag of C1 to its end on a day: confirmed by one, cleared by another.
fn ended(branch: &mut Branch, days: i64) {
    let flag = FlagId(branch.text("SELECT flag_id FROM flags WHERE state = 'proposed'"));
    let confirm = Command::DecideFlag {
        flag: flag.clone(),
        seen: 1,
        confirm: true,
        owner: Some(UserId::from("zhang")),
        measure: "催收".to_owned(),
        due_on: Some(instant::business_date(day(days)) + Days::new(5)),
        reason: String::new(),
    };
    branch.run_at("zhang", day(days), confirm).unwrap();
    let path =
        [FlagStep::Acknowledged, FlagStep::MeasureDecided, FlagStep::Acting, FlagStep::Verify];
    for (seen, step) in (2..).zip(path.into_iter().chain([FlagStep::Cleared])) {
        let note = if step == FlagStep::Cleared { "承诺月底还清" } else { "" };
        let command = Command::MoveFlag {
            flag: flag.clone(),
            seen,
            step,
            note: note.to_owned(),
            measure: String::new(),
            left: None,
        };
        branch.run_at("wang", day(days), command).unwrap();
    }
}

#[test]
fn a_cleared_signal_comes_again_when_it_got_worse_or_after_its_time_and_says_so() {
    let mut branch = late();
    assert_eq!(look(&mut branch, 0), 1);
    ended(&mut branch, 1);
    let kept = "SELECT fact || value || as_of FROM flag_end_inputs";
    assert_eq!(branch.text(kept), "days_past_duen:1100002026-11-13");
    // The same instalment is still unpaid: that is known, however many days pass; that it is late
    // for more than 30 days is another signal.
    assert_eq!((look(&mut branch, 1), look(&mut branch, 20)), (0, 0));
    // It is paid, and the next one is late: a new trouble.
    branch
        .store
        .conn()
        .execute_batch(
            "UPDATE repayments SET paid_on = '2026-12-15', paid_amount = 100 WHERE due_on = '2026-11-13';
             UPDATE repayments SET due_on = '2026-12-05' WHERE due_on = '2026-12-13'",
        )
        .unwrap();
    assert_eq!(look(&mut branch, 23), 2);
    assert_eq!(flags(&branch), "ACC-02:closed ACC-02:proposed ACC-21:proposed");
}

#[test]
fn unchanged_facts_come_again_after_the_time_of_the_pack() {
    let mut branch = Branch::new();
    branch
        .store
        .conn()
        .execute_batch(
            "INSERT INTO collateral (collateral_id, customer_id, loan_id, kind, value, insured_until)
             VALUES ('K1', 'C1', 'L1', 'x', 100, '2026-11-20');
             UPDATE loans SET guarantee_mode = 'mortgage' WHERE loan_id = 'L1'",
        )
        .unwrap();
    let uninsured = "SELECT count(*) FROM flags WHERE signal = 'COL-05'";
    look(&mut branch, 0);
    assert_eq!(branch.text(uninsured), "1");
    branch
        .store
        .conn()
        .execute_batch("UPDATE flags SET state = 'rejected' WHERE signal <> 'COL-05'")
        .unwrap();
    ended(&mut branch, 0);
    let again = |branch: &mut Branch, days| {
        look(branch, days);
        branch.text(uninsured)
    };
    let quiet = i64::from(branch.store.packs().care.quiet_days(FlagStep::Cleared).unwrap());
    assert_eq!(again(&mut branch, 0), "1");
    assert_eq!(again(&mut branch, quiet - 1), "1");
    assert_eq!(again(&mut branch, quiet), "2");
}
