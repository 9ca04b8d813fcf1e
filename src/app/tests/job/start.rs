//! The dialog that starts a visit: which duties it serves.

use chrono::{Days, NaiveDate};

use super::officer::decide;
use super::*;
use crate::app::tests::desk::Office;
use crate::domain::duty::{Duty, DutyCode};
use crate::domain::visit::VisitState;

/// The day on which all of this happens.
pub(super) const TODAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();

/// The first customer of the officer whose duties, those that the dialog lists, are as wanted.
pub(super) fn with_duties(
    desk: &mut Desk,
    wanted: impl Fn(&[Duty]) -> bool,
) -> (String, Vec<Duty>) {
    use crate::domain::duty::Fate;
    use crate::protocol::page::Page;
    use crate::protocol::query::{CustomerFilter, CustomerSort, Query, Window};
    let query = Query::Customers {
        filter: CustomerFilter::default(),
        sort: CustomerSort::NextDue,
        window: Window { offset: 0, limit: 200 },
    };
    let Page::Customers(page) = desk.query(&query) else { panic!() };
    for row in &page.rows {
        // Where a record is open, it is opened instead of the dialog.
        let Page::Dossier(dossier) = desk.query(&Query::Dossier { customer: row.customer.clone() })
        else {
            panic!()
        };
        if dossier.record.as_ref().is_some_and(|(_, state)| state.is_open()) {
            continue;
        }
        let Page::Why(why) = desk.query(&Query::Why { customer: row.customer.clone() }) else {
            panic!()
        };
        let open = why.duties.iter().filter(|d| d.fate == Fate::Open).map(|d| d.duty.clone());
        let listed: Vec<Duty> = open.filter(|d| d.opens <= TODAY + Days::new(31)).collect();
        if wanted(&listed) {
            return (row.customer.to_string(), listed);
        }
    }
    panic!("the invented book has no such customer");
}

#[test]
fn a_duty_whose_window_opens_later_is_seen_and_not_served() {
    let office = Office::open();
    let mut h = office.desk_of("zhangwei", 80, 24, crate::i18n::Lang::Zh);
    let later = |d: &Duty| d.opens > TODAY;
    let (customer, duties) = with_duties(&mut h, |listed| {
        // The next slot of a series that is open now is told apart by nothing but its day.
        let again = |d: &Duty| {
            let same = |o: &&Duty| !later(o) && o.code == d.code && o.reference == d.reference;
            later(d) && listed.iter().any(|o| same(&o))
        };
        let both = listed.iter().any(later) && listed.iter().any(|d| !later(d));
        both && !listed.iter().any(again) && listed.len() < 5
    });
    h.keys(&format!("/{customer}<enter>v"));
    let (open, ahead) = duties.iter().partition::<Vec<&Duty>, _>(|d| !later(d));
    assert_eq!(h.screen().matches("[x]").count(), open.len(), "{}", h.screen());
    assert_eq!(h.screen().matches("起计").count(), ahead.len(), "{}", h.screen());
    // Ticks go off and on again; those that open later can't be ticked.
    let each = format!("<tab><tab><tab>{}", "<space><tab>".repeat(duties.len()));
    h.keys(&each);
    assert_eq!(h.screen().matches("[x]").count(), 0, "{}", h.screen());
    h.keys(&each);
    assert_eq!(h.screen().matches("[x]").count(), open.len(), "{}", h.screen());
    h.play(&[("<enter>", "检查表")]);
    let visit = h.open_visit();
    let served = h.visit(&visit).purposes.clone();
    let covered = |d: &&Duty| served.iter().any(|p| p.covers(d.code, &d.reference));
    assert!(open.iter().all(covered) && !ahead.iter().any(covered), "{served:?}");
}

#[test]
fn a_check_of_the_use_of_funds_alone_is_short() {
    let office = Office::open();
    let mut h = office.desk_of("zhangwei", 80, 24, crate::i18n::Lang::Zh);
    let funds = |d: &Duty| d.code == DutyCode::UseOfFunds;
    let (customer, duties) =
        with_duties(&mut h, |listed| listed.iter().any(|d| funds(d) && d.opens <= TODAY));
    h.keys(&format!("/{customer}<enter>v"));
    // Every duty that is open is ticked; one that opens later can't be.
    assert!(h.screen().contains("[x] 用途检查"), "{}", h.screen());
    h.keys("<tab><tab><tab>");
    for duty in duties {
        h.keys(if funds(&duty) { "<tab>" } else { "<space><tab>" });
    }
    h.play(&[("<enter>", "检查表")]);
    let visit = h.open_visit();
    let rows = judged(&h.visit(&visit)).rows.len();
    assert!(rows <= 20, "{rows}\n{}", h.screen());
    fill(&mut h, &visit, &[]);
    decide(&mut h, &visit);
    countersign(&office, &mut h, &visit);
    h.keys("s<enter>");
    if h.screen().contains("逾期原因") {
        h.keys("客户外出<enter>");
    }
    assert_eq!(h.visit(&visit).state, VisitState::Submitted, "{:?}\n{}", h.refused, h.screen());
}

#[test]
fn the_plan_on_file_is_that_of_today() {
    // Records of the demo were written as on days of the past, each projecting its customer then.
    assert_eq!(Office::open().store().plan_book(TODAY).unwrap(), 0);
}
