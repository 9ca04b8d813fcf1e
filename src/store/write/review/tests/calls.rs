//! The call back to the customer.

use super::*;

fn call(visit: &VisitId, result: CallResult, contact: &str, text: &str) -> Command {
    Command::CallBack {
        visit: visit.clone(),
        result,
        contact: contact.to_owned(),
        text: text.to_owned(),
    }
}

#[test]
fn a_call_back_is_made_by_somebody_else_and_a_differing_one_proposes_a_flag() {
    let mut branch = Branch::new();
    let visit = submitted(&mut branch);
    let confirmed = CallResult::Confirmed;
    let refused = [
        ("zhang", confirmed, "王总", "", Refusal::NotAllowed),
        ("risk", confirmed, "王总", "", Refusal::NotAllowed),
        ("far", confirmed, "王总", "", Refusal::NotFound),
        ("wang", confirmed, "", "", Refusal::Invalid { field: "contact", why: "missing" }),
        (
            "wang",
            CallResult::Differs,
            "王总",
            "",
            Refusal::Invalid { field: "text", why: "missing" },
        ),
    ];
    for (who, result, contact, text, why) in refused {
        assert_eq!(branch.run(who, call(&visit, result, contact, text)), Err(why), "{who}");
    }
    branch.run("wang", call(&visit, CallResult::NotReached, "", "")).unwrap();
    branch.run("wang", call(&visit, CallResult::Differs, "王总", "没见过客户经理")).unwrap();
    let flag =
        "SELECT f.state || f.signal || k.visit_id FROM flags f JOIN flag_care k USING (flag_id)";
    assert_eq!(branch.text(flag), format!("proposedMGT-09{visit}"));
    // The same again proposes nothing twice; every call is kept.
    branch.run("zhao", call(&visit, CallResult::Differs, "王总", "再次否认")).unwrap();
    assert_eq!(branch.text("SELECT count(*) FROM flags"), "1");
    assert_eq!(branch.text("SELECT count(*) FROM call_backs"), "3");
    assert_eq!(branch.text("SELECT count(*) FROM notices WHERE kind = 'amendment_wanted'"), "0");
    let Page::Sample(sample) = branch
        .store
        .query(&actor("wang"), day(0), &Query::Sample { month: day(0).date_naive() })
        .unwrap()
    else {
        panic!()
    };
    assert_eq!((sample.drawn_from, sample.rows[0].calls), (1, 3));
    assert_eq!(sample.rows[0].result, Some(CallResult::Differs));
    branch.store.check().unwrap();
}

#[test]
fn a_differing_call_about_an_approved_record_asks_for_an_amendment() {
    let mut branch = Branch::new();
    let visit = submitted(&mut branch);
    approve(&mut branch, "wang", &visit).unwrap();
    branch.run("zhao", call(&visit, CallResult::Differs, "王总", "金额不对")).unwrap();
    assert_eq!(branch.text("SELECT to_user FROM notices WHERE kind = 'amendment_wanted'"), "zhang");
    assert_eq!(branch.text("SELECT state FROM records"), "approved");
    // Somebody has acted on the approval.
    let acted = Refusal::WrongState { state: "acted_on".to_owned() };
    assert_eq!(branch.run("wang", Command::Undo), Err(acted));
}
