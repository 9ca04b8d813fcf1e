//! The brief of a small branch: what is gathered, what is masked, who sees what.

use crate::access::Actor;
use crate::domain::ids::CustomerId;
use crate::domain::loan::Tier;
use crate::protocol::page::{BriefPage, Page, SheetsPage};
use crate::protocol::query::Query;
use crate::store::read::tests::{Desk, boss, desk, now, today, zhang};
use std::sync::Arc;

fn brief(desk: &Desk, actor: &Actor, customer: &str) -> Option<Arc<BriefPage>> {
    let query = Query::Brief { customer: CustomerId::from(customer) };
    match desk.store.query(actor, now(), &query) {
        Ok(Page::Brief(page)) => Some(page),
        _ => None,
    }
}

fn sheets(desk: &Desk, actor: &Actor, customer: &str) -> Option<Arc<SheetsPage>> {
    let query = Query::Sheets { customer: CustomerId::from(customer) };
    match desk.store.query(actor, now(), &query) {
        Ok(Page::Sheets(page)) => Some(page),
        _ => None,
    }
}

#[test]
fn everything_is_gathered_in_one_read() {
    let desk = desk();
    let page = brief(&desk, &zhang(), "C001").unwrap();
    assert_eq!(page.day, today());
    assert!(!page.duties.is_empty() && page.duties.iter().all(|item| !item.source.is_empty()));
    assert!(page.duties.is_sorted_by_key(|item| item.duty.due));
    let flags: Vec<&str> = page.flags.iter().map(|flag| flag.flag.as_str()).collect();
    assert_eq!(flags, ["F1"], "only those that live");
    assert_eq!(page.focus.as_ref().map(|(_, rule)| rule.as_str()), Some("flag"));
    let sections: Vec<&str> = page.outline.iter().map(|(id, _)| id.as_str()).collect();
    assert!(sections.contains(&"head") && sections.contains(&"documents"), "{sections:?}");
    assert!(page.outline.iter().any(|(_, count)| *count > 3));
    let bank = page.papers.iter().find(|paper| paper.item == "doc_bank").unwrap();
    let days = bank.window.map(|(from, to)| format!("{from} {to}"));
    assert_eq!((days.as_deref(), bank.hard), (Some("2026-08-01 2026-10-31"), true));
    let codes: Vec<&str> = page.lookups.iter().map(|row| row.code.as_str()).collect();
    assert_eq!(codes.first(), Some(&"licence"));
    assert!(codes.contains(&"court_company") && codes.contains(&"news"));
}

#[test]
fn changes_are_those_since_the_last_done_visit() {
    let desk = desk();
    let since = brief(&desk, &zhang(), "C001").unwrap().since.clone().unwrap();
    assert_eq!(since.day.to_string(), "2026-11-20");
    assert!(since.flags_raised.is_empty(), "raised on that very day");
    assert_eq!((since.tier, since.exposure), (None, None), "that record kept no facts");
    let tx = desk.store.conn();
    tx.execute_batch(
        "UPDATE records SET facts = 'tier\tc:normal\nexposure\tf:1800000000\ndays_past_due\tn:50000\n'
            WHERE visit_id = 'V2';
         INSERT INTO loans (loan_id, customer_id, amount, balance, disbursed_on, status)
            VALUES ('L9', 'C001', 5000000, 5000000, '2026-11-21', 'active');
         INSERT INTO flags (flag_id, customer_id, signal, level, state, raised_on)
            VALUES ('F9', 'C001', 'EXT-09', 'yellow', 'proposed', '2026-11-22'),
                   ('F8', 'C001', 'EXT-01', 'yellow', 'rejected', '2026-11-22');
         UPDATE flags SET closed_on = '2026-11-21' WHERE flag_id = 'F4';
         INSERT INTO statements (customer_id, period_end) VALUES ('C001', '2026-11-30');",
    )
    .unwrap();
    let since = brief(&desk, &zhang(), "C001").unwrap().since.clone().unwrap();
    assert_eq!((since.tier, since.days_past_due), (Some(Tier::Normal), Some(5)));
    assert_eq!(since.exposure.map(|fen| fen.0), Some(1_800_000_000));
    let signals = |rows: &[(String, chrono::NaiveDate)]| {
        rows.iter().map(|(signal, _)| signal.clone()).collect::<Vec<_>>()
    };
    assert_eq!(signals(&since.flags_raised), ["EXT-09"]);
    assert_eq!(signals(&since.flags_closed), ["ACC-16"]);
    assert_eq!(since.loans_new.first().map(|(loan, ..)| loan.as_str()), Some("L9"));
    assert_eq!(since.statements.len(), 1);
    let other = brief(&desk, &boss(), "C003").unwrap();
    assert_eq!(other.since.as_ref().map(|s| s.day.to_string()).as_deref(), Some("2026-11-21"));
    // Nobody was there yet: said, not made up.
    assert_eq!(brief(&desk, &zhang(), "C002").unwrap().since, None);
}

#[test]
fn neighbours_are_the_officers_own_and_for_a_supervisor_the_branchs() {
    let desk = desk();
    desk.store
        .conn()
        .execute_batch(
            "UPDATE customers SET district = '东城', trade_circle = '建材城' WHERE customer_id = 'C002';
             UPDATE customers SET trade_circle = '建材城' WHERE customer_id = 'C001';
             UPDATE customers SET district = '东城' WHERE customer_id IN ('C003', 'C004');",
        )
        .unwrap();
    let near = |actor: &Actor| {
        let page = brief(&desk, actor, "C001").unwrap();
        let mut ids: Vec<(String, bool)> = Vec::new();
        for row in &page.neighbours {
            ids.push((row.customer.as_str().to_owned(), row.circle));
        }
        ids.dedup();
        ids
    };
    assert_eq!(near(&zhang()), [("C002".to_owned(), true)]);
    let all = near(&boss());
    assert_eq!(all.first(), Some(&("C002".to_owned(), true)), "the same circle first");
    assert!(all.iter().all(|(id, _)| id != "C004" && id != "C001"), "{all:?}");
}

#[test]
fn sheets_and_brief_are_masked_and_within_the_scope() {
    let desk = desk();
    let page = brief(&desk, &zhang(), "C001").unwrap();
    let told = format!("{page:?}");
    for secret in ["刘会计", "13987654321", "13812345678", "陈建国", "110101199001010123"] {
        assert!(!told.contains(secret), "{secret}");
    }
    let sheets_page = sheets(&desk, &zhang(), "C001").unwrap();
    assert_eq!(sheets_page.contracts.first().and_then(|c| c.number.as_deref()), Some("HT2026001"));
    assert!(!format!("{sheets_page:?}").contains("13812345678"));
    for customer in ["C003", "C004", "C999"] {
        assert!(brief(&desk, &zhang(), customer).is_none(), "{customer}");
        assert!(sheets(&desk, &zhang(), customer).is_none(), "{customer}");
    }
}

#[test]
fn what_the_last_visit_found_is_told_with_what_differed_from_the_one_before() {
    let desk = desk();
    let pack = crate::assets::packs().library.id().to_owned();
    desk.store
        .conn()
        .execute_batch(&format!(
            "UPDATE records SET pack = '{pack}', sections = 'operation;closing',
                facts = 'line\tc:corporate\nclass\tc:onsite\n' WHERE visit_id IN ('V1', 'V2');
             INSERT INTO answers (visit_id, version, item, value, note, answered_by, answered_at) VALUES
                ('V1', 1, 'sales_3m', 'f:300000000', '', 'zhang', '2026-08-10T01:30:00.000Z'),
                ('V1', 1, 'gross_margin', 'n:100000', '', 'zhang', '2026-08-10T01:30:00.000Z'),
                ('V1', 1, 'conclusion', 't:从前', '', 'zhang', '2026-08-10T01:30:00.000Z'),
                ('V2', 2, 'sales_3m', 'f:330000000', '旺季', 'zhang', '2026-11-20T03:30:00.000Z'),
                ('V2', 2, 'gross_margin', 'n:100000', '', 'zhang', '2026-11-20T03:30:00.000Z'),
                ('V2', 2, 'conclusion', 't:可按期还', '', 'zhang', '2026-11-20T03:30:00.000Z');"
        ))
        .unwrap();
    let found = brief(&desk, &zhang(), "C001").unwrap().found.clone().unwrap();
    assert_eq!((found.day.to_string(), found.by.as_str()), ("2026-11-20".to_owned(), "张伟"));
    assert_eq!(found.conclusion.as_deref(), Some("可按期还"));
    assert_eq!(found.before.map(|day| day.to_string()).as_deref(), Some("2026-08-10"));
    let items: Vec<&str> = found.changes.iter().map(|change| change.item.as_str()).collect();
    assert_eq!(items, ["sales_3m"], "what is the same and what is prose are no changes");
    assert_eq!(found.changes[0].percent.map(|percent| percent.0), Some(100_000));
    assert_eq!(found.changes[0].note, "旺季");
    assert_eq!(brief(&desk, &zhang(), "C002").unwrap().found, None, "a draft found nothing yet");
}
