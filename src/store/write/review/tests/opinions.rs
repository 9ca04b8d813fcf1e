//! Several people about one record.

use super::*;

#[test]
fn a_red_record_is_approved_by_two_supervisors() {
    let mut branch = Branch::new();
    red(&branch);
    let visit = submitted(&mut branch);
    assert_eq!(record_of(&branch, "wang", &visit).needed, [OpinionLevel::Second]);
    // The second opinion may come first; the record still waits for its reviewer.
    assert_eq!(approve(&mut branch, "wang", &visit), Ok(WAITS));
    assert_eq!(branch.text("SELECT state FROM records"), "submitted");
    assert_eq!(
        branch.text("SELECT group_concat(to_user) FROM notices WHERE kind = 'opinion_wanted'"),
        "zhao"
    );
    assert_eq!(record_of(&branch, "wang", &visit).part, ReviewPart::Waits);
    let zhao = record_of(&branch, "zhao", &visit).part;
    assert_eq!(zhao, ReviewPart::Opinion(OpinionLevel::Second));
    let second = OpinionLevel::Second;
    let refused = [
        ("wang", second, Refusal::SpokenAlready),
        ("zhang", second, Refusal::OwnRecord),
        ("risk", second, Refusal::NotAllowed),
        ("far", second, Refusal::NotFound),
        ("zhao", OpinionLevel::Risk, Refusal::NotAllowed),
        ("risk", OpinionLevel::Risk, Refusal::WrongState { state: "no_opinion_needed".to_owned() }),
    ];
    for (who, level, why) in refused {
        let got = if who == "far" {
            let visit = visit.clone();
            let content_hash = String::new();
            let (verdict, text) = (Verdict::Agree, String::new());
            let command =
                Command::GiveOpinion { visit, seen: 0, content_hash, level, verdict, text };
            branch.run(who, command)
        } else {
            opine(&mut branch, who, &visit, level, Verdict::Agree, "")
        };
        let wrong_first = who == "zhang" && got == Err(Refusal::NotAllowed);
        assert!(got == Err(why) || wrong_first, "{who}: {got:?}");
    }
    // Against it: the record does not pass, the reviewer learns of it.
    let missing = Refusal::Invalid { field: "text", why: "missing" };
    let bare = opine(&mut branch, "zhao", &visit, second, Verdict::Disagree, "");
    assert_eq!(bare, Err(missing));
    assert_eq!(
        opine(&mut branch, "zhao", &visit, second, Verdict::Disagree, "用途不明"),
        Ok(WAITS)
    );
    assert_eq!(branch.text("SELECT to_user FROM notices WHERE kind = 'opinion_against'"), "wang");
    let bare = "UPDATE records SET state = 'approved', reviewed_by = 'wang'";
    assert!(branch.store.conn().execute_batch(bare).is_err(), "the schema refuses as well");
    // She may change her mind; then it is approved, by its reviewer.
    assert_eq!(
        opine(&mut branch, "zhao", &visit, second, Verdict::Conditions, "补发票"),
        Ok(APPROVED)
    );
    assert_eq!(
        branch.text("SELECT state || reviewed_by || review_note FROM records"),
        "approvedwang同意"
    );
    assert_eq!(branch.text("SELECT state FROM visits"), "approved");
    branch.store.check().unwrap();
    branch.store.verify_journal(&[]).unwrap();
}

#[test]
fn an_opinion_is_about_what_was_read() {
    let mut branch = Branch::new();
    red(&branch);
    let visit = submitted(&mut branch);
    approve(&mut branch, "wang", &visit).unwrap();
    let old = record_of(&branch, "zhao", &visit).content_hash.clone().unwrap();
    give_back(&mut branch, "wang", &visit, "补照片").unwrap();
    answer(&mut branch, &visit, "turnover", Some("另一个数"));
    submit(&mut branch, &visit);
    let command = Command::GiveOpinion {
        visit: visit.clone(),
        seen: 0,
        content_hash: old,
        level: OpinionLevel::Second,
        verdict: Verdict::Agree,
        text: String::new(),
    };
    assert!(matches!(branch.run("zhao", command), Err(Refusal::Conflict { .. })));
    // The reviewer's own approval is gone with the content that it was about.
    let page = record_of(&branch, "wang", &visit);
    assert_eq!(page.part, ReviewPart::Reviewer);
    assert!(page.opinions.iter().all(|said| !said.current));
    opine(&mut branch, "zhao", &visit, OpinionLevel::Second, Verdict::Agree, "").unwrap();
    assert_eq!(branch.text("SELECT state FROM records"), "submitted", "no reviewer yet");
    // Whoever has given the second opinion is not the reviewer too.
    assert_eq!(approve(&mut branch, "zhao", &visit), Err(Refusal::SpokenAlready));
    assert_eq!(approve(&mut branch, "wang", &visit), Ok(APPROVED));
}

#[test]
fn no_opinion_is_forged_past_the_program() {
    let mut branch = Branch::new();
    red(&branch);
    let visit = submitted(&mut branch);
    let forged = |user: &str| {
        format!(
            "INSERT INTO opinions (visit_id, version, content_hash, level, user, verdict, text, at)
             VALUES ('{visit}', 1, 'h', 'second', '{user}', 'agree', '', '')"
        )
    };
    assert!(branch.store.conn().execute_batch(&forged("zhang")).is_err());
    approve(&mut branch, "wang", &visit).unwrap();
    for change in ["user = 'zhao'", "level = 'second'", "content_hash = 'h'"] {
        let sql = format!("UPDATE opinions SET {change}");
        assert!(branch.store.conn().execute_batch(&sql).is_err(), "{change}");
    }
}

#[test]
fn a_worse_tier_asks_for_the_risk_desk() {
    let mut branch = Branch::new();
    let first = submitted(&mut branch);
    assert_eq!(approve(&mut branch, "wang", &first), Ok(APPROVED));
    let worse = "UPDATE customers SET tier = 'special_mention' WHERE customer_id = 'C1';
        UPDATE customer_facts SET tier = 'special_mention' WHERE customer_id = 'C1'";
    branch.store.conn().execute_batch(worse).unwrap();
    let visit = submitted(&mut branch);
    assert_ne!(first, visit);
    assert_eq!(record_of(&branch, "wang", &visit).needed, [OpinionLevel::Risk]);
    let home = |branch: &Branch, user: &str| {
        let Page::Home(home) = branch.store.query(&actor(user), day(0), &Query::Home).unwrap()
        else {
            panic!()
        };
        home.to_review
    };
    assert_eq!((home(&branch, "risk"), home(&branch, "wang"), home(&branch, "zhao")), (1, 1, 1));
    assert_eq!(approve(&mut branch, "wang", &visit), Ok(WAITS));
    assert_eq!((home(&branch, "risk"), home(&branch, "wang"), home(&branch, "zhao")), (1, 0, 0));
    let risk = OpinionLevel::Risk;
    assert_eq!(opine(&mut branch, "risk", &visit, risk, Verdict::Agree, ""), Ok(APPROVED));
    assert_eq!((home(&branch, "risk"), home(&branch, "wang")), (0, 0));
}

#[test]
fn a_red_flag_wants_the_pin_of_who_has_one_each_time() {
    use crate::domain::pin::Pin;
    use crate::protocol::command::PinCommand;
    let mut branch = Branch::new();
    red(&branch);
    let visit = submitted(&mut branch);
    let set = PinCommand::Set { present: None, new: Pin::new("192837") };
    branch.run("wang", Command::Pin(set)).unwrap();
    let vouch = |branch: &mut Branch, pin: &str| {
        let (pin, visit) = (Pin::new(pin), visit.clone());
        branch.run("wang", Command::Pin(PinCommand::Vouch { pin, visit }))
    };
    let needed = Err(Refusal::Invalid { field: "pin", why: "pin_needed" });
    assert_eq!(approve(&mut branch, "wang", &visit), needed);
    // A screen that was opened with it vouches for nothing, and neither does a wrong one.
    branch.run("wang", Command::Pin(PinCommand::Unlock { pin: Pin::new("192837") })).unwrap();
    assert_eq!(approve(&mut branch, "wang", &visit), needed);
    assert_eq!(vouch(&mut branch, "000001"), Ok(Outcome::Pin { right: false, left: 4 }));
    assert_eq!(approve(&mut branch, "wang", &visit), needed);
    vouch(&mut branch, "192837").unwrap();
    let told =
        "SELECT command || ' ' || subject || ' ' || after FROM journal ORDER BY seq DESC LIMIT 1";
    assert_eq!(branch.text(told), format!(r#"vouch {visit} {{"result":"right"}}"#));
    // It serves one decision, and only while nothing else was done to the record.
    let comment =
        Command::Comment { visit: visit.clone(), item: None, text: "请补充".to_owned() };
    branch.run("wang", comment).unwrap();
    assert_eq!(approve(&mut branch, "wang", &visit), needed);
    vouch(&mut branch, "192837").unwrap();
    assert_eq!(approve(&mut branch, "wang", &visit), Ok(Outcome::Reviewed { approved: false }));
    assert_eq!(approve(&mut branch, "wang", &visit), needed);
    // Nobody vouches for what is not hers to decide about.
    let pin = || Pin::new("192837");
    let hers = Command::Pin(PinCommand::Vouch { pin: pin(), visit: visit.clone() });
    assert_eq!(branch.run("zhang", hers), Err(Refusal::NotAllowed));
    let none = Command::Pin(PinCommand::Vouch { pin: pin(), visit: VisitId::from("V-none") });
    assert_eq!(branch.run("wang", none), Err(Refusal::NotFound));
}

#[test]
fn without_a_red_flag_or_a_pin_nobody_is_asked() {
    use crate::domain::pin::Pin;
    use crate::protocol::command::PinCommand;
    let mut branch = Branch::new();
    let visit = submitted(&mut branch);
    let set = PinCommand::Set { present: None, new: Pin::new("192837") };
    branch.run("wang", Command::Pin(set)).unwrap();
    assert_eq!(approve(&mut branch, "wang", &visit), Ok(Outcome::Reviewed { approved: true }));
    let mut branch = Branch::new();
    red(&branch);
    let visit = submitted(&mut branch);
    assert_eq!(approve(&mut branch, "wang", &visit), Ok(Outcome::Reviewed { approved: false }));
}
