//! One statement, both tables, seen before and after, and taken back.

use super::*;
use crate::domain::money::Decimal4;
use crate::protocol::command::Command;
use crate::protocol::page::{Page, StatementsPage};
use crate::protocol::query::Query;
use crate::store::tests::{Branch, actor, day};

fn statement(end: &str, lines: &[(StatementLine, i64)]) -> Statement {
    let amounts = lines.iter().map(|(line, yuan)| (*line, Fen::from_yuan(*yuan))).collect();
    Statement { months: Some(9), amounts, ..Statement::empty(end.parse().unwrap()) }
}

fn first() -> Statement {
    Statement {
        pledged: Some(Decimal4::from_int(40)),
        source: Some(StatementSource::Tax),
        audited: true,
        ..statement(
            "2026-09-30",
            &[(StatementLine::TotalAssets, 100), (StatementLine::IncomeTax, -3)],
        )
    }
}

fn keep(statement: &Statement, seen: Revision) -> Command {
    let (customer, statement) = (CustomerId::from("C1"), statement.clone());
    Command::KeepStatement(Box::new(KeepStatement { customer, statement, seen, withdrawn: None }))
}

fn withdraw(end: &str, seen: Revision, reason: &str) -> Command {
    Command::KeepStatement(Box::new(KeepStatement {
        customer: CustomerId::from("C1"),
        statement: Statement::empty(end.parse().unwrap()),
        seen,
        withdrawn: Some(reason.to_owned()),
    }))
}

fn page(branch: &Branch, user: &str) -> Result<StatementsPage, Refusal> {
    let query = Query::Statements { customer: CustomerId::from("C1") };
    match branch.store.query(&actor(user), day(0), &query)? {
        Page::Statements(page) => Ok((*page).clone()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_kept_is_read_and_taken_back() {
    let mut branch = Branch::new();
    branch.run("zhang", keep(&first(), 0)).unwrap();
    let shown = page(&branch, "zhang").unwrap();
    assert_eq!(shown.statements, vec![first()]);
    assert_eq!(shown.disbursed_on.unwrap().to_string(), "2026-06-01");
    // A correction leaves what only files bring, and takes a line away.
    branch.store.conn().execute("UPDATE statements SET employees = 12", []).unwrap();
    let second = Statement {
        source: None,
        ..statement("2026-09-30", &[(StatementLine::TotalAssets, 101), (StatementLine::Cash, 0)])
    };
    branch.run("zhang", keep(&second, shown.revisions[0])).unwrap();
    assert_eq!(page(&branch, "wang").unwrap().statements, vec![second.clone()]);
    assert_eq!(branch.text("SELECT employees FROM statements"), "12");
    assert_eq!(branch.text("SELECT count(*) FROM journal WHERE command = 'keep_statement'"), "2");
    let after = branch.text("SELECT after FROM journal ORDER BY seq DESC LIMIT 1");
    assert!(
        after.contains("\"total_assets\":\"101.00\",") && after.contains("\"income_tax\":null")
    );
    assert!(!after.contains("revenue"), "only what differs: {after}");
    // The same again writes nothing, whatever revision was seen.
    branch.run("zhang", keep(&second, 0)).unwrap();
    assert_eq!(branch.text("SELECT count(*) FROM journal WHERE command = 'keep_statement'"), "2");
    branch.run("zhang", Command::Undo).unwrap();
    assert_eq!(page(&branch, "zhang").unwrap().statements, vec![first()]);
    branch.run("zhang", Command::Undo).unwrap();
    assert_eq!(page(&branch, "zhang").unwrap().statements, vec![]);
}

#[test]
fn an_import_in_between_is_a_conflict_that_names_the_lines() {
    let mut branch = Branch::new();
    branch.run("zhang", keep(&first(), 0)).unwrap();
    let other = "UPDATE statement_details SET income_tax = 7700, revision = revision + 1";
    let seen = page(&branch, "wang").unwrap().revisions[0];
    branch.store.conn().execute(other, []).unwrap();
    let mine = statement("2026-09-30", &[(StatementLine::TotalAssets, 100)]);
    let why = branch.run("wang", keep(&Statement { audited: true, ..mine }, seen)).unwrap_err();
    let Refusal::Conflict { now, fields } = why else { panic!("{why:?}") };
    assert_eq!(now, seen + 1);
    let tax = fields.iter().find(|field| field.field == "income_tax").unwrap();
    assert_eq!((tax.mine.as_str(), tax.theirs.as_str()), ("", "77.00"));
    assert!(!fields.iter().any(|field| field.field == "total_assets"));
    let why = branch.run("zhang", Command::Undo).unwrap_err();
    assert!(matches!(why, Refusal::Conflict { .. }), "{why:?}");
}

#[test]
fn who_may_not_write_or_says_nothing_is_refused() {
    let mut branch = Branch::new();
    for (user, expected) in [
        ("li", Refusal::NotFound),
        ("far", Refusal::NotFound),
        ("risk", Refusal::NotAllowed),
        ("audit", Refusal::NotAllowed),
        ("admin", Refusal::NotAllowed),
    ] {
        assert_eq!(branch.run(user, keep(&first(), 0)).unwrap_err(), expected, "{user}");
    }
    let invalid = [
        ("period_end", Statement { period_end: "2026-11-24".parse().unwrap(), ..first() }),
        ("period_months", Statement { months: Some(0), ..first() }),
        ("shares_pledged", Statement { pledged: Some(Decimal4::from_int(101)), ..first() }),
        ("statement", statement("2026-09-30", &[])),
    ];
    for (expected, wrong) in invalid {
        let why = branch.run("zhang", keep(&wrong, 0)).unwrap_err();
        assert!(matches!(why, Refusal::Invalid { field, .. } if field == expected), "{why:?}");
    }
    assert_eq!(page(&branch, "li").unwrap_err(), Refusal::NotFound);
    assert_eq!(branch.text("SELECT count(*) FROM statements"), "0");
}

#[test]
fn a_new_statement_never_takes_the_place_of_one_that_is_there() {
    let mut branch = Branch::new();
    branch.run("zhang", keep(&first(), 0)).unwrap();
    let mine = statement("2026-09-30", &[(StatementLine::TotalAssets, 7)]);
    let why = branch.run("wang", keep(&mine, 0)).unwrap_err();
    assert_eq!(why, Refusal::Invalid { field: "period_end", why: "statement_there" });
    assert_eq!(page(&branch, "zhang").unwrap().statements, vec![first()]);
}

#[test]
fn what_was_seen_before_a_statement_was_taken_back_never_fits_another() {
    let mut branch = Branch::new();
    branch.run("zhang", keep(&first(), 0)).unwrap();
    let seen = page(&branch, "wang").unwrap().revisions[0];
    branch.run("zhang", Command::Undo).unwrap();
    let other = statement("2026-09-30", &[(StatementLine::TotalAssets, 7)]);
    branch.run("zhang", keep(&other, 0)).unwrap();
    // She corrects what is not there any more.
    let mine = statement("2026-09-30", &[(StatementLine::TotalAssets, 101)]);
    let why = branch.run("wang", keep(&mine, seen)).unwrap_err();
    assert!(matches!(why, Refusal::Conflict { .. }), "{why:?}");
    assert_eq!(page(&branch, "zhang").unwrap().statements, vec![other]);
}

#[test]
fn a_statement_of_a_wrong_day_is_taken_off_the_file_with_a_reason_and_comes_back() {
    let mut branch = Branch::new();
    branch.run("zhang", keep(&first(), 0)).unwrap();
    branch.store.conn().execute("UPDATE statements SET employees = 12", []).unwrap();
    let seen = page(&branch, "zhang").unwrap().revisions[0];
    let day = "2026-09-30";
    let why = branch.run("zhang", withdraw(day, seen, " ")).unwrap_err();
    assert!(matches!(why, Refusal::Invalid { field: "reason", why: "missing" }), "{why:?}");
    let why = branch.run("zhang", withdraw("2026-06-30", 0, "x")).unwrap_err();
    assert_eq!(why, Refusal::NotFound);
    // Nobody takes away what she has not seen, nor whose customer it is not.
    let why = branch.run("zhang", withdraw(day, seen - 1, "x")).unwrap_err();
    assert!(matches!(why, Refusal::Conflict { .. }), "{why:?}");
    for (user, expected) in [("li", Refusal::NotFound), ("audit", Refusal::NotAllowed)] {
        assert_eq!(branch.run(user, withdraw(day, seen, "x")).unwrap_err(), expected, "{user}");
    }
    branch.run("zhang", withdraw(day, seen, "日期录错，应为六月末")).unwrap();
    assert_eq!(page(&branch, "zhang").unwrap().statements, vec![]);
    let told =
        branch.text("SELECT command || before || after FROM journal ORDER BY seq DESC LIMIT 1");
    assert!(told.starts_with("withdraw_statement") && told.contains("\"total_assets\":\"100.00\""));
    assert!(told.contains("日期录错，应为六月末"), "{told}");
    let undone = branch.run("zhang", Command::Undo).unwrap();
    assert_eq!(undone, Outcome::Undone { command: "withdraw_statement".to_owned() });
    assert_eq!(page(&branch, "zhang").unwrap().statements, vec![first()]);
    assert_eq!(branch.text("SELECT employees FROM statements"), "12");
    branch.store.verify_journal(&[]).unwrap();
}
