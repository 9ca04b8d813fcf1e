//! Two people bring a score card into force; nobody else and nothing else does.

use crate::assets::score::default_text;
use crate::protocol::command::{CardCommand, Command};
use crate::protocol::page::Page;
use crate::protocol::query::Query;
use crate::protocol::reply::{Outcome, Refusal};
use crate::store::tests::{Branch, actor, day};

/// The built-in card under another name, with other points for what nobody knows.
fn own() -> String {
    let text = default_text().replacen("card = \"score@", "card = \"score-own@", 1);
    assert_ne!(text, default_text());
    text
}

/// The name that the changed text carries.
fn id() -> String {
    crate::assets::score::parse("own", &own()).unwrap().id
}

fn propose(branch: &mut Branch, who: &str, content: &str) -> Result<Outcome, Refusal> {
    let (content, reason) = (content.to_owned(), "以本行样本训练".to_owned());
    branch.run(who, Command::Card(CardCommand::Propose { content, reason }))
}

fn decide(branch: &mut Branch, who: &str, activate: bool) -> Result<Outcome, Refusal> {
    let (card, reason) = (id(), "同意".to_owned());
    let sha256 = branch.text(&format!("SELECT sha256 FROM score_cards WHERE card = '{card}'"));
    branch.run(who, Command::Card(CardCommand::Decide { card, sha256, activate, reason }))
}

fn retire(branch: &mut Branch, who: &str) -> Result<Outcome, Refusal> {
    let reason = "回测不佳".to_owned();
    branch.run(who, Command::Card(CardCommand::Retire { card: id(), reason }))
}

/// The card that the screen adds up with; `None` = the one built in.
fn shown(branch: &Branch) -> Option<String> {
    let query = Query::Score { customer: "C1".into() };
    match branch.store.query(&actor("zhang"), day(0), &query).unwrap() {
        Page::Score(page) => page.card.clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn two_people_bring_it_into_force_and_the_night_scores_by_it() {
    let mut branch = Branch::new();
    branch.store.conn().execute("UPDATE loans SET days_past_due = 5", []).unwrap();
    branch.store.run_jobs(day(0), "s");
    let built_in = crate::assets::score::shared().unwrap().id.clone();
    let last = "SELECT card FROM scores WHERE customer_id = 'C1' ORDER BY scored_on DESC LIMIT 1";
    assert_eq!(branch.text(last), built_in);
    propose(&mut branch, "wang", &own()).unwrap();
    assert_eq!(decide(&mut branch, "wang", true), Err(Refusal::OwnRecord), "her own");
    assert_eq!(shown(&branch), None, "what is proposed scores nobody");
    decide(&mut branch, "zhao", true).unwrap();
    assert_eq!(shown(&branch), Some(own()));
    branch.store.run_jobs(day(1), "s");
    assert_eq!(branch.text(last), id());
    let told = branch.text(
        "SELECT group_concat(kind || ':' || to_user, ' ') FROM
        (SELECT kind, to_user FROM notices ORDER BY kind, to_user)",
    );
    assert!(told.contains("card_proposed:zhao") && !told.contains("card_proposed:wang"), "{told}");
    assert!(told.contains("card_active:wang") && !told.contains("card_active:zhao"), "{told}");
    retire(&mut branch, "wang").unwrap();
    assert_eq!(shown(&branch), None);
    branch.store.run_jobs(day(2), "s");
    assert_eq!(branch.text(last), built_in);
    assert_eq!(retire(&mut branch, "wang"), Err(Refusal::NotFound), "it is retired already");
    assert!(branch.store.verify_journal(&[]).is_ok());
}

#[test]
fn what_is_not_sound_known_or_somebody_elses_role_is_refused() {
    let mut branch = Branch::new();
    let why = |why| Err(Refusal::Invalid { field: "card", why });
    for who in ["zhang", "audit", "admin"] {
        assert_eq!(propose(&mut branch, who, &own()), Err(Refusal::NotAllowed), "{who}");
    }
    assert_eq!(propose(&mut branch, "wang", default_text()), why("known"));
    let falling = own().replacen("points = [0,", "points = [999,", 1);
    assert_eq!(propose(&mut branch, "wang", &falling), why("unsound_card"));
    propose(&mut branch, "wang", &own()).unwrap();
    assert_eq!(propose(&mut branch, "zhao", &own()), why("known"), "same version");
    let (card, reason) = (id(), String::new());
    let sha256 = "00".to_owned();
    let stale = Command::Card(CardCommand::Decide { card, sha256, activate: true, reason });
    assert_eq!(branch.run("zhao", stale), why("changed"));
    assert_eq!(retire(&mut branch, "zhao"), Err(Refusal::NotFound), "not in force");
    assert_eq!(shown(&branch), None);
}

#[test]
fn it_is_decided_once_and_taken_back_by_whoever_put_it_forward() {
    let mut branch = Branch::new();
    propose(&mut branch, "wang", &own()).unwrap();
    decide(&mut branch, "wang", false).unwrap();
    let state = "refused".to_owned();
    assert_eq!(decide(&mut branch, "zhao", true), Err(Refusal::WrongState { state }));
}

#[test]
fn the_file_itself_keeps_versions_and_four_eyes() {
    let mut branch = Branch::new();
    propose(&mut branch, "wang", &own()).unwrap();
    let tx = branch.store.begin().unwrap();
    for sql in [
        "UPDATE score_cards SET content = ''",
        "DELETE FROM score_cards",
        "UPDATE score_cards SET state = 'active', decided_by = 'wang', decided_at = 'x'",
    ] {
        assert!(tx.execute_batch(sql).is_err(), "{sql}");
    }
}
