//! A branch's own values: put over their base, checked like a whole policy, told one by one.

use super::*;
use crate::assets::policy::{default_text, load, parse, unconfirmed};

const OWN: &str = "
id = \"chengdong\"
version = 3
base = \"default@1\"

[node.day90]
due = \"75 days after disbursed_on\"

[delay]
most = \"20 days\"

[[row]]
id = \"small\"
normal = \"on 12, off 3\"
";

fn composed(text: &str) -> Result<String, PolicyFault> {
    compose("policy.toml", default_text(), text)
}

#[test]
fn only_what_is_said_differs_and_each_value_tells_where_it_comes_from() {
    let text = composed(OWN).unwrap();
    let (policy, base) = (parse("x", &text).unwrap(), load().unwrap());
    assert_eq!(policy.version, "chengdong@3");
    assert_eq!(policy.delay.most_days, 20);
    assert_eq!(policy.day90.due - base.day90.due, -15);
    assert_eq!(policy.day90.opens, base.day90.opens);
    assert_eq!(policy.rows.len(), base.rows.len());
    let (from, own) = own_values(&text).unwrap();
    assert_eq!(from, "default@1");
    let mut keys: Vec<&str> = own.iter().map(|own| own.key.as_str()).collect();
    keys.sort_unstable();
    assert_eq!(keys, ["delay.most", "node.day90.due", "row.small.normal"]);
    let due = own.iter().find(|own| own.key == "node.day90.due").unwrap();
    assert_eq!(due.instead, "90 days after disbursed_on");
    assert_eq!(due.value, "75 days after disbursed_on");
    // What was confirmed with another value is open again; the rest stays confirmed.
    let open = |text: &str| unconfirmed(text).into_iter().map(|(key, _)| key).collect::<Vec<_>>();
    assert!(open(&text).contains(&"node.day90".to_owned()));
    assert!(!open(default_text()).contains(&"node.day90".to_owned()));
    assert!(!open(&text).contains(&"node.use_of_funds".to_owned()));
    // It is whole now: nothing is put over it a second time by mistake.
    assert_eq!(base_of(&text), None);
    assert_eq!(base_of(OWN).as_deref(), Some("default@1"));
    assert_eq!(base_of(default_text()), None);
    assert_eq!(own_values(default_text()), None);
}

#[test]
fn a_branch_can_confirm_its_own_value_with_its_source() {
    let said = OWN.replace(
        "due = \"75 days after disbursed_on\"",
        "due = \"75 days after disbursed_on\"\nverified = true\nsource = \"行发〔2026〕8号\"",
    );
    let text = composed(&said).unwrap();
    assert!(!unconfirmed(&text).iter().any(|(key, _)| key == "node.day90"));
}

#[test]
fn what_a_whole_policy_may_not_say_an_override_may_not_either() {
    for (from, to, problem) in [
        ("75 days after disbursed_on", "-5 days after disbursed_on", Problem::Negative),
        ("75 days after disbursed_on", "30 days after disbursed_on", Problem::OpensAfterDue),
        ("id = \"small\"", "id = \"tiny\"", Problem::UnknownRow),
        ("normal = \"on 12, off 3\"", "below = \"2000000 yuan\"", Problem::Hole),
        ("normal = \"on 12, off 3\"", "below = \"4000000 yuan\"", Problem::Overlap),
    ] {
        assert!(OWN.contains(from));
        match composed(&OWN.replace(from, to)) {
            Err(PolicyFault::Value { problem: found, file, .. }) => {
                assert_eq!((found, file.as_str()), (problem, "policy.toml"), "{to}");
            }
            other => panic!("{to}: {other:?}"),
        }
    }
    // A misspelt key must not pass for none.
    for wrong in [OWN.replace("due =", "dew ="), OWN.replace("[delay]", "[delays]"), "=".to_owned()]
    {
        assert!(matches!(composed(&wrong), Err(PolicyFault::Syntax { .. })), "{wrong}");
    }
    let nothing = "id = \"x\"\nversion = 1\nbase = \"default@1\"\n[delay]\nmost = \"30 days\"\n";
    let why = composed(nothing);
    assert!(matches!(why, Err(PolicyFault::Value { problem: Problem::NothingOwn, .. })), "{why:?}");
}

#[test]
fn what_differs_is_told_by_key() {
    let base = super::super::default_text();
    assert_eq!(differences(base, base), []);
    let text = base
        .replacen("version = 1", "version = 2", 1)
        .replacen("due = \"90 days after", "due = \"80 days after", 1)
        .replacen("id = \"large\"\nsource = \"S 000, J\"", "id = \"large\"\nsource = \"X\"", 1)
        .replacen("min_term = \"180 days\"\n", "", 1);
    let found = differences(base, &text);
    let told: Vec<_> = found.iter().map(|own| (own.key.as_str(), own.value.as_str())).collect();
    assert_eq!(
        told,
        [("node.day90.due", "80 days after disbursed_on"), ("node.renewal_talk.min_term", "")]
    );
    assert_eq!(found[0].instead, "90 days after disbursed_on");
}

#[test]
fn a_slip_is_told_with_its_line_and_picture_in_the_branchs_file() {
    const HEAD: &str = "id = \"own\"\nversion = 1\nbase = \"default@1\"\n";
    for (own, line, picture) in [
        ("\n[node.day90]\ndays = 80\n", 6, "6 | days = 80\n  | ^^^^\nunknown field `days`"),
        // The same key in two tables, in either order, and in rows.
        (
            "[node.day90]\ndue = \"80 days after disbursed_on\"\n\n[node.handover]\ndue = 30\n",
            8,
            "8 | due = 30\n  |       ^^\ninvalid type",
        ),
        (
            "[node.handover]\ndue = \"30 days after handover\"\n\n[node.day90]\ndue = 80\n",
            8,
            "8 | due = 80\n  |       ^^\ninvalid type",
        ),
        (
            "[[row]]\nid = \"large\"\nnormal = \"on 1\"\n[[row]]\nid = \"small\"\nnormal = 1\n",
            9,
            "9 | normal = 1\n  |          ^\n",
        ),
        (
            "delay.most = \"20 days\" # 最长\ndelay.days = 3",
            5,
            "5 | delay.days = 3\n  |       ^^^^\n",
        ),
        ("delay = { most = 20 }\n", 4, "4 | delay = { most = 20 }\n  |                  ^^\n"),
        (
            "\n[delays]\nmost = \"20 days\"\n",
            5,
            "5 | [delays]\n  |  ^^^^^^\nunknown field `delays`",
        ),
    ] {
        let fault = composed(&format!("{HEAD}{own}")).unwrap_err();
        let PolicyFault::Syntax { message, .. } = &fault else { panic!("{fault:?}") };
        let head = format!("TOML parse error at line {line}, column ");
        assert!(message.starts_with(&head) && message.contains(picture), "{message}");
    }
}
