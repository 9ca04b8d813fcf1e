use super::*;
use crate::domain::duty::DutyClass;
use crate::domain::money::Fen;
use crate::planning::policy::{Interval, Span};

#[test]
fn the_default_pack_says_what_the_page_says() {
    let policy = load().unwrap();
    assert_eq!(policy.version, "default@1");
    let ids: Vec<&str> = policy.rows.iter().map(|row| row.id.as_str()).collect();
    let expected = [
        "low_risk",
        "project",
        "large",
        "medium",
        "standard",
        "small",
        "personal_large",
        "personal_medium",
        "personal_small",
        "consumption",
    ];
    assert_eq!(ids, expected);
    let medium = policy.rows.iter().find(|row| row.id == "medium").unwrap();
    assert_eq!(medium.cells[0].on, Some(Interval::HalfYear));
    assert_eq!(medium.cells[0].off, Some(3));
    assert_eq!(medium.cells[3].on, Some(Interval::Months(3)));
    assert_eq!(medium.from, Some(Fen::from_yuan(10_000_000)));
    assert_eq!(medium.names[4].id, "cadence.medium.loss");
    assert_eq!(policy.before_maturity.due, -30);
    assert_eq!(policy.renewal_talk.opens, -120);
    assert_eq!(policy.flag_revisit.levels[2].first, Span::Workdays(3));
    assert_eq!(policy.flag_revisit.levels[0].class, DutyClass::Any);
    assert_eq!(policy.before_maturity.onsite_rows.len(), 7);
    assert!(!policy.day90.name.provenance.source.is_empty());
}

#[test]
fn faults_name_key_value_and_problem() {
    // (text of the pack, what stands there instead, fault)
    for (text, instead, fault) in [
        (
            "due = \"30 days after drawn_on\"",
            "due = \"-30 days after drawn_on\"",
            "p.toml: node.use_of_funds.due: negative: `-30 days after drawn_on`",
        ),
        (
            "due = \"30 days after drawn_on\"",
            "due = \"30 days after matures_on\"",
            "p.toml: node.use_of_funds.due: not_a_quantity: `30 days after matures_on`",
        ),
        (
            "due = \"30 days after drawn_on\"",
            "due = \"0 days after drawn_on\"",
            "p.toml: node.use_of_funds.opens: opens_after_due: `1 day after drawn_on`",
        ),
        (
            "below = \"50000000 yuan\"",
            "below = \"49000000 yuan\"",
            "p.toml: row.large.from: hole: `corporate`",
        ),
        (
            "below = \"50000000 yuan\"",
            "below = \"51000000 yuan\"",
            "p.toml: row.large.from: overlap: `corporate`",
        ),
        (
            "lines = [\"project\"]",
            "lines = [\"projects\"]",
            "p.toml: row.project.lines: unknown_code: `projects`",
        ),
        (
            "normal = \"sample 10\"",
            "normal = \"sample 101\"",
            "p.toml: row.personal_small.normal: too_large: `sample 101`",
        ),
        (
            "normal = \"on 12, off 6\"",
            "normal = \"on 0, off 6\"",
            "p.toml: row.small.normal: zero: `on 0, off 6`",
        ),
        (
            "normal = \"on 12, off 6\"",
            "normal = \"on 12, of 6\"",
            "p.toml: row.small.normal: unknown_code: `on 12, of 6`",
        ),
        (
            "exempt = [\"low_risk\"",
            "exempt = [\"lowrisk\"",
            "p.toml: long_term.exempt: unknown_row: `lowrisk`",
        ),
        ("id = \"large\"", "id = \"Large\"", "p.toml: row.id: bad_id: `Large`"),
        ("id = \"large\"", "id = \"medium\"", "p.toml: row.id: twice: `medium`"),
        (
            "grace = \"5 workdays\"",
            "grace = \"5 days\"",
            "p.toml: overdue.grace: not_a_quantity: `5 days`",
        ),
        (
            "except_rows = [\"low_risk\"]",
            "except_rows = [\"x\"]",
            "p.toml: node.renewal_talk.except_rows: unknown_row: `x`",
        ),
    ] {
        let pack = default_text();
        assert!(pack.contains(text), "{text}");
        let found = parse("p.toml", &pack.replacen(text, instead, 1)).unwrap_err();
        assert_eq!(found.to_string(), fault);
    }
}

#[test]
fn what_nobody_has_confirmed_is_listed_with_its_source() {
    let found = unconfirmed(default_text());
    let has = |key: &str| found.iter().find(|(k, _)| k == key).map(|(_, s)| s.as_str());
    assert_eq!(has("node.renewal_talk"), Some("J"));
    assert_eq!(has("row.large"), Some("S 000, J"));
    assert_eq!(has("node.day90"), None, "confirmed by a written source");
    let confirmed = default_text().replace("verified = false", "verified = true");
    assert!(unconfirmed(&confirmed).is_empty());
}

#[test]
fn an_unknown_key_is_a_fault() {
    let pack = default_text().replace("[merge]", "[merge]\nreech = \"1 day\"");
    assert!(matches!(parse("p.toml", &pack), Err(PolicyFault::Syntax { .. })));
}

#[test]
fn a_line_may_be_left_out_altogether() {
    let pack = default_text()
        .replace("lines = [\"personal_consumption\"]", "lines = [\"project\"]\ngrades = [\"A\"]");
    assert!(parse("p.toml", &pack).is_ok());
}
