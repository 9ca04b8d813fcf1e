//! Two people bring a policy into force; nobody else and nothing else does.

use crate::assets::policy::default_text;
use crate::protocol::command::{Command, PolicyCommand};
use crate::protocol::reply::{Outcome, Refusal};
use crate::store::tests::Branch;

/// The default policy as another one, with one text in place of another.
fn pack(text: &str, instead: &str) -> String {
    assert!(default_text().contains(text));
    default_text().replacen("id = \"default\"", "id = \"east\"", 1).replacen(text, instead, 1)
}

fn stricter() -> String {
    pack("normal = \"on 12, off 6\"", "normal = \"on 6, off 3\"")
}

fn propose(branch: &mut Branch, who: &str, content: &str) -> Result<Outcome, Refusal> {
    let (content, reason) = (content.to_owned(), "季度复核".to_owned());
    branch.run(who, Command::Policy(PolicyCommand::Propose { content, reason }))
}

fn decide(branch: &mut Branch, who: &str, activate: bool) -> Result<Outcome, Refusal> {
    let sha256 = branch.text("SELECT sha256 FROM policies WHERE policy = 'east@1'");
    let (policy, reason) = ("east@1".to_owned(), "同意".to_owned());
    branch.run(who, Command::Policy(PolicyCommand::Decide { policy, sha256, activate, reason }))
}

#[test]
fn two_people_bring_it_into_force_and_every_duty_says_so() {
    let mut branch = Branch::new();
    let today = crate::store::tests::day(0).date_naive();
    branch.store.plan_book(today).unwrap();
    assert_eq!(
        branch.text("SELECT count(*) > 0 FROM due_visits WHERE duties LIKE '%default@1%'"),
        "1"
    );
    propose(&mut branch, "wang", &stricter()).unwrap();
    assert_eq!(decide(&mut branch, "wang", true), Err(Refusal::OwnRecord), "her own");
    decide(&mut branch, "zhao", true).unwrap();
    assert_eq!(branch.store.packs().policy.version, "east@1");
    // What was due before stays with the policy of its day.
    let old = "SELECT count(*) FROM due_visits WHERE duties LIKE '%default@1%' AND due >= ";
    assert_eq!(branch.text(&format!("{old}'{today}'")), "0");
    assert_eq!(
        branch.text("SELECT count(*) > 0 FROM due_visits WHERE duties LIKE '%east@1%'"),
        "1"
    );
    assert_eq!(
        branch.text("SELECT cadence_since FROM customers WHERE customer_id = 'C1'"),
        "2026-11-23"
    );
    // The proposal told the others, the decision all but the decider.
    let told = "SELECT group_concat(kind || ':' || to_user, ' ') FROM
        (SELECT kind, to_user FROM notices ORDER BY kind, to_user)";
    let told = branch.text(told);
    assert!(
        told.contains("policy_proposed:zhao") && !told.contains("policy_proposed:wang"),
        "{told}"
    );
    assert!(told.contains("policy_active:wang") && !told.contains("policy_active:zhao"), "{told}");
    assert!(branch.store.verify_journal(&[]).is_ok());
}

#[test]
fn other_sessions_follow_and_a_new_one_begins_with_it() {
    let mut branch = Branch::new();
    let mut other = branch.second();
    let _ = other.changed_elsewhere().unwrap();
    propose(&mut branch, "wang", &stricter()).unwrap();
    decide(&mut branch, "risk", true).unwrap();
    assert!(other.changed_elsewhere().unwrap());
    assert_eq!(other.packs().policy.version, "east@1");
    assert_eq!(branch.second().packs().policy.version, "east@1");
    let text = other.policy_text(None).unwrap().unwrap();
    assert!(text.contains("id = \"east\""));
    assert!(
        other.policy_text(Some("default@1")).unwrap().is_some(),
        "the built-in one stays readable"
    );
}

#[test]
fn what_is_not_sound_known_or_somebody_elses_role_is_refused() {
    let mut branch = Branch::new();
    let why = |field, why| Err(Refusal::Invalid { field, why });
    for who in ["zhang", "audit", "admin"] {
        assert_eq!(propose(&mut branch, who, &stricter()), Err(Refusal::NotAllowed), "{who}");
    }
    let hole = pack("below = \"50000000 yuan\"", "below = \"49000000 yuan\"");
    assert_eq!(propose(&mut branch, "wang", &hole), why("policy", "unsound"));
    assert_eq!(propose(&mut branch, "wang", default_text()), why("policy", "known"));
    propose(&mut branch, "wang", &stricter()).unwrap();
    let other = pack("normal = \"on 12, off 6\"", "normal = \"on 3, off 3\"");
    assert_eq!(propose(&mut branch, "zhao", &other), why("policy", "known"), "same version");
    let (policy, reason) = ("east@1".to_owned(), String::new());
    let stale = Command::Policy(PolicyCommand::Decide {
        policy,
        sha256: "00".to_owned(),
        activate: true,
        reason,
    });
    assert_eq!(branch.run("zhao", stale), why("policy", "changed"));
    assert_eq!(branch.store.packs().policy.version, "default@1");
}

#[test]
fn it_is_decided_once_and_taken_back_by_whoever_wrote_it() {
    let mut branch = Branch::new();
    propose(&mut branch, "wang", &stricter()).unwrap();
    decide(&mut branch, "wang", false).unwrap();
    let state = "refused".to_owned();
    assert_eq!(decide(&mut branch, "zhao", true), Err(Refusal::WrongState { state }));
    assert_eq!(branch.store.packs().policy.version, "default@1");
}

#[test]
fn the_file_itself_keeps_versions_and_four_eyes() {
    let mut branch = Branch::new();
    propose(&mut branch, "wang", &stricter()).unwrap();
    let tx = branch.store.begin().unwrap();
    for sql in [
        "UPDATE policies SET content = ''",
        "DELETE FROM policies",
        "UPDATE policies SET state = 'active', decided_by = 'wang', decided_at = 'x'",
    ] {
        assert!(tx.execute_batch(sql).is_err(), "{sql}");
    }
}
