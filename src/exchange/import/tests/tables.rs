//! The rules of single tables.

use super::*;

#[test]
fn settled_on_is_kept() {
    let mut desk = Desk::with_loan();
    desk.options.as_of_file = NaiveDate::from_ymd_opt(2026, 5, 31);
    desk.good("loans", "loan_id,status\nL1,结清\n");
    assert_eq!(desk.field("loans", "settled_on"), "2026-05-31");
    desk.good("loans", "loan_id,status\nL1,active\n");
    assert_eq!(desk.field("loans", "settled_on"), "");
    desk.good("loans", "loan_id,status,settled_on\nL1,settled,\n");
    assert_eq!(desk.field("loans", "settled_on"), "");
    let wrong = desk.bad("loans", "loan_id,status,settled_on\nL1,active,2026-01-01\n");
    assert_eq!(wrong, [(2, "settled_on", Why::MustBeEmpty("status", "active"))]);
}

#[test]
fn loans_that_disappear() {
    let mut desk = Desk::with_loan();
    desk.good("loans", &LOAN.replace("L1", "L2").replace("2026-01-05", "2026-05-20"));
    desk.good("loans", &LOAN.replace("L1", "L3"));
    desk.options.complete_loans = true;
    desk.options.as_of_file = NaiveDate::from_ymd_opt(2026, 5, 10);
    let (report, _) = desk.csv("loans", LOAN);
    assert_eq!((report.missing_loans, report.settled_count), (vec!["L3".to_owned()], 0));
    desk.options.settle_missing = true;
    // A rejected row counts as present.
    desk.options.accept_valid = true;
    let both = format!("{LOAN}L3,C1,-5,2026-01-05,active\n");
    let (report, _) = desk.csv("loans", &both);
    assert_eq!((report.missing_count, report.settled_count), (0, 0));
    // An id that can't be read holds everything back.
    let (report, _) = desk.csv("loans", &format!("{LOAN},C1,5,2026-01-05,active\n"));
    assert_eq!((report.missing_count, report.settled_count), (1, 0));
    assert!(report.settling_held_back);
    let (report, _) = desk.csv("loans", LOAN);
    assert_eq!((report.missing_count, report.settled_count), (1, 1));
    assert!(desk.export("loans").contains("\"settled\",2026-05-10"));
    let other = desk.file("customers.csv", "customer_id\nC1\n");
    assert!(matches!(desk.take(&other), Err(ImportFault::NoLoans)));
}

#[test]
fn states_of_flags_follow_their_dates() {
    let head = "flag_id,customer_id,signal,level,raised_on";
    for (columns, cells, wanted) in [
        ("", "", Ok("proposed")),
        (",confirmed_on", ",2026-02-01", Ok("confirmed")),
        (",confirmed_on,closed_on", ",2026-02-01,2026-03-01", Ok("closed")),
        (",state,confirmed_on", ",,2026-02-01", Ok("confirmed")),
        (",state", ",已否决", Ok("rejected")),
        (",state", ",confirmed", Err(Why::NeededWith("state", "confirmed"))),
        (",state", ",closed", Err(Why::NeededWith("state", "closed"))),
        (",state,confirmed_on", ",proposed,2026-02-01", Err(Why::MustBeEmpty("state", "proposed"))),
        (",state,confirmed_on", ",rejected,2026-02-01", Err(Why::MustBeEmpty("state", "rejected"))),
        (
            ",state,confirmed_on,closed_on",
            ",confirmed,2026-02-01,2026-02-02",
            Err(Why::MustBeEmpty("state", "confirmed")),
        ),
    ] {
        let mut desk = Desk::with_customer();
        let file = format!("{head}{columns}\nF1,C1,s,黄色,2026-01-01{cells}\n");
        match wanted {
            Ok(state) => {
                desk.good("flags", &file);
                assert_eq!(desk.field("flags", "state"), state, "{file}");
            }
            Err(why) => assert_eq!(desk.bad("flags", &file)[0].2, why, "{file}"),
        }
    }
    let mut desk = Desk::with_customer();
    desk.good("flags", &format!("{head},confirmed_on\nF1,C1,s,yellow,2026-01-01,2026-01-02\n"));
    desk.good("flags", "flag_id,level\nF1,red\n");
    assert_eq!(desk.field("flags", "level_since"), "2026-06-01");
    desk.good("flags", "flag_id,closed_on\nF1,2026-05-01\n");
    assert_eq!(desk.field("flags", "state"), "closed");
}

#[test]
fn loans_and_onboardings_that_cannot_be() {
    let head = "loan_id,customer_id,amount,disbursed_on,status,matures_on,rate";
    for (row, wanted) in [
        ("2026-01-05,active,2026-01-04,4.35", Some(("matures_on", Why::Before("disbursed_on")))),
        ("2026-01-05,active,2026-01-05,4.35", None),
        ("2026-01-05,active,2027-01-05,435", Some(("rate", Why::RateAbove(100)))),
        ("2026-01-05,active,2027-01-05,100.0001%", Some(("rate", Why::RateAbove(100)))),
        ("2026-01-05,active,2027-01-05,100", None),
    ] {
        let mut desk = Desk::with_customer();
        let file = format!("{head}\nL1,C1,1000000,{row}\n");
        match wanted {
            None => assert_eq!(desk.good("loans", &file), count(1, 0, 0), "{row}"),
            Some((column, why)) => assert_eq!(desk.bad("loans", &file), [(2, column, why)]),
        }
    }
    // 2026-06-01 is today; a file that tells of a later day may name that one.
    for column in ["onboarded_on", "cadence_since"] {
        let mut desk = Desk::new();
        let row = |day: &str| format!("customer_id,name,officer,{column}\nC1,甲,zhang,{day}\n");
        let wrong = [(2, column, Why::InTheFuture)];
        assert_eq!(desk.bad("customers", &row("2026-06-02")), wrong);
        desk.options.dry_run = true;
        assert_eq!(desk.bad("customers", &row("2030-01-01")), wrong);
        desk.options.dry_run = false;
        assert_eq!(desk.good("customers", &row("2026-06-01")), count(1, 0, 0));
        desk.options.as_of_file = NaiveDate::from_ymd_opt(2026, 6, 2);
        assert_eq!(desk.good("customers", &row("2026-06-02")), count(0, 1, 0));
    }
}

/// A date in the column of days is no delay, and nothing was paid tomorrow.
#[test]
fn days_that_no_loan_can_be_late_and_payments_to_come_are_refused() {
    let mut desk = Desk::with_loan();
    for (days, refused) in [("20261128", true), ("36601", true), ("-1", true), ("36600", false)] {
        let file = format!("loan_id,days_past_due\nL1,{days}\n");
        if refused {
            let wrong = desk.bad("loans", &file);
            assert_eq!(wrong.iter().map(|w| w.1).collect::<Vec<_>>(), ["days_past_due"], "{days}");
        } else {
            assert_eq!(desk.good("loans", &file), count(0, 1, 0));
        }
    }
    let paid = |day: &str| format!("loan_id,due_on,principal,paid_on\nL1,2026-05-20,100,{day}\n");
    let wrong = [(2, "paid_on", Why::InTheFuture)];
    assert_eq!(desk.bad("repayments", &paid("2027-05-20")), wrong);
    assert_eq!(desk.good("repayments", &paid("2026-06-01")), count(1, 0, 0));
}

/// A row that stands here with a fault since long keeps its balance up to date all the same.
#[test]
fn an_old_fault_does_not_stop_other_columns() {
    let mut desk = Desk::with_loan();
    let spoil = "UPDATE loans SET matures_on = '2020-01-01', rate = 4350000";
    desk.store.conn().execute_batch(spoil).unwrap();
    assert_eq!(desk.good("loans", "loan_id,balance\nL1,500\n"), count(0, 1, 0));
    assert_eq!(desk.field("loans", "balance"), "500.00");
    let still = desk.bad("loans", "loan_id,matures_on\nL1,2021-01-01\n");
    assert_eq!(still, [(2, "matures_on", Why::Before("disbursed_on"))]);
}

#[test]
fn rules_of_requests() {
    let head = "request_id,customer_id,code,ref,raw_due,kind,new_due,requested_by,decided_by,decided_on,decision";
    for (row, wanted) in [
        ("delay,2026-07-01,a,,,", None),
        ("delay,,a,,,", Some(("new_due", Why::NeededWith("kind", "delay")))),
        ("终止,2026-07-01,a,,,", Some(("new_due", Why::MustBeEmpty("kind", "termination")))),
        ("termination,,a,a,2026-05-01,同意", Some(("decided_by", Why::SameAs("requested_by")))),
        (
            "termination,,a,,2026-05-01,approved",
            Some(("decided_by", Why::NeededWith("decision", "approved"))),
        ),
        (
            "termination,,a,b,,refused",
            Some(("decided_on", Why::NeededWith("decision", "approved"))),
        ),
        ("termination,,a,b,2026-05-01,不同意", None),
    ] {
        let mut desk = Desk::with_customer();
        let file = format!("{head}\nR1,C1,用途检查,L1#1,2026-06-10,{row}\n");
        match wanted {
            None => assert_eq!(desk.good("requests", &file), count(1, 0, 0)),
            Some((column, why)) => assert_eq!(desk.bad("requests", &file), [(2, column, why)]),
        }
    }
}

#[test]
fn visits_derive_their_id_and_know_their_duties() {
    let mut desk = Desk::with_loan();
    let head = "customer_id,visited_on,class,submitted_on,purposes";
    desk.good("visits", &format!("{head}\nC1,2026-03-31,现场,,用途检查：L1#1；day90:L1;sample\n"));
    assert_eq!(desk.field("visits", "visit_id"), "V-C1-20260331-X");
    assert_eq!(desk.field("visits", "state"), "approved");
    assert_eq!(desk.field("visits", "purposes"), "use_of_funds:L1#1;day90:L1;sample");
    for (row, wanted) in [
        ("C1,2026-03-31,offsite,2026-03-30,", Why::Before("visited_on")),
        ("C1,2026-03-31,offsite,,day90:L9", Why::UnknownPurposeRef),
        ("C1,2026-03-31,offsite,,day90:", Why::UnknownPurposeRef),
    ] {
        assert_eq!(desk.bad("visits", &format!("{head}\n{row}\n"))[0].2, wanted, "{row}");
    }
    let two = format!("{head}\nC1,2026-04-01,onsite,,sample\nC1,2026-04-01,onsite,,day90\n");
    assert_eq!(desk.bad("visits", &two).len(), 2);
}

#[test]
fn a_statement_that_hardly_can_be_right_is_taken_in_and_told() {
    use crate::domain::money::Fen;
    use crate::domain::statement::{Balance, Doubt};
    use crate::protocol::import::{Doubtful, RowDoubt};
    let mut desk = Desk::with_customer();
    let told = |report: &ImportReport| -> Vec<(u64, Doubt)> {
        assert!(report.committed);
        assert_eq!(report.doubtful_count, report.doubtful.len() as u64);
        let doubt = |d: &Doubtful| match d.doubt {
            RowDoubt::Statement(doubt) => (d.line, doubt),
            other => panic!("{other:?}"),
        };
        report.doubtful.iter().map(doubt).collect()
    };
    let head = "customer_id,period_end,total_assets,total_liabilities,equity,cash\n";
    let rows = "C1,2025-12-31,1000,600,400,50\nC1,2026-03-31,1000,600,300,50\n";
    let (report, _) = desk.csv("statements", &format!("{head}{rows}"));
    assert_eq!(told(&report), [(3, Doubt::Off(Balance::Sheet, Fen::from_yuan(100)))]);
    assert_eq!(report.doubtful[0].customer.as_str(), "C1");
    // The same file again says nothing new.
    let (report, _) = desk.csv("statements", &format!("{head}{rows}"));
    assert_eq!(told(&report), []);
    // A line of the other table is held against this one; what was wrong there is not told again.
    let head = "customer_id,period_end,restricted_cash\n";
    let rows = "C1,2025-12-31,80\nC1,2026-03-31,20\n";
    let (report, _) = desk.csv("statement_details", &format!("{head}{rows}"));
    assert_eq!(told(&report), [(2, Doubt::Off(Balance::RestrictedCash, Fen::from_yuan(30)))]);
}

#[test]
fn tiers_are_worked_out_with_what_they_rest_on() {
    let mut desk = Desk::with_loan();
    let waiting = |desk: &Desk| -> i64 {
        let sql = "SELECT count(*) FROM tier_proposals";
        desk.store.conn().query_row(sql, [], |row| row.get(0)).unwrap()
    };
    assert_eq!(waiting(&desk), 0);
    desk.good("loans", "loan_id,days_past_due\nL1,361\n");
    assert_eq!(waiting(&desk), 1, "without waiting for the night");
    desk.good("loans", "loan_id,days_past_due\nL1,0\n");
    assert_eq!(waiting(&desk), 0);
}

/// What the screen refuses of a statement no file brings in.
#[test]
fn a_statement_that_cannot_be_is_refused() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let months = Why::OutOfRange(1, 24);
    for (row, wanted) in [
        ("2026-06-01,12", None),
        ("2026-06-02,12", Some(("period_end", Why::InTheFuture))),
        ("9999-12-31,12", Some(("period_end", Why::InTheFuture))),
        ("2026-03-31,0", Some(("period_months", months))),
        ("2026-03-31,24", None),
        ("2026-03-31,25", Some(("period_months", months))),
    ] {
        let mut desk = Desk::with_customer();
        let file = format!("customer_id,period_end,period_months,cash\nC1,{row},5\n");
        match wanted {
            None => assert_eq!(desk.good("statements", &file), count(1, 0, 0), "{row}"),
            Some((column, why)) => {
                assert_eq!(desk.bad("statements", &file), [(2, column, why)], "{row}");
            }
        }
    }
    // A file that tells of a later day may end on that one.
    let mut desk = Desk::with_customer();
    desk.options.as_of_file = Some(day("2026-06-02"));
    let file = "customer_id,period_end,cash\nC1,2026-06-02,5\n";
    assert_eq!(desk.good("statements", file), count(1, 0, 0));
    let pledged = "customer_id,period_end,shares_pledged\nC1,2026-03-31,101\n";
    let wrong = [(2, "shares_pledged", Why::OutOfRange(0, 100))];
    assert_eq!(desk.bad("statement_details", pledged), wrong);
}

#[test]
fn loans_and_months_that_hardly_can_be_are_taken_in_and_told() {
    use crate::domain::loan::LoanDoubt;
    use crate::protocol::import::RowDoubt;
    let mut desk = Desk::with_customer();
    let told = |report: &ImportReport| -> Vec<(u64, String, RowDoubt)> {
        assert!(report.committed);
        report.doubtful.iter().map(|d| (d.line, d.key.clone(), d.doubt)).collect()
    };
    let head = "loan_id,customer_id,amount,balance,disbursed_on,matures_on,status\n";
    let rows = "L1,C1,1000000,900000,2026-01-05,2027-01-05,active\n\
                L2,C1,1000000,2000000,2026-01-05,2027-01-05,active\n\
                L3,C1,0,,2030-01-05,2031-01-05,active\n\
                L4,C1,100,5,1800-01-01,2500-12-31,settled\n";
    let (report, _) = desk.csv("loans", &format!("{head}{rows}"));
    let of = |line, id: &str, doubt| (line, id.to_owned(), RowDoubt::Loan(doubt));
    let expected = [
        of(3, "L2", LoanDoubt::OverAmount),
        of(4, "L3", LoanDoubt::Nothing),
        of(4, "L3", LoanDoubt::ToCome),
        of(5, "L4", LoanDoubt::Long),
        of(5, "L4", LoanDoubt::Unsettled),
    ];
    assert_eq!(told(&report), expected);
    let flows = "customer_id,month,inflow\nC1,2026-06,1\nC1,9999-12,1\n";
    let (report, _) = desk.csv("account_flows", flows);
    assert_eq!(told(&report), [(3, "9999-12".to_owned(), RowDoubt::MonthToCome)]);
}

/// Whoever creates unknown users does not lock herself out by it.
#[test]
fn nobody_creates_herself_disabled() {
    let mut desk = Desk::new();
    desk.options.create_users = true;
    let me = clerk().user;
    let file = format!("customer_id,name,officer\nC1,甲,{me}\n");
    assert_eq!(desk.bad("customers", &file), [(2, "officer", Why::OwnLogin)]);
}
