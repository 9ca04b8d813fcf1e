//! Every kind of customer from the brief to the approved record and its report, with keys only.

use super::levels::state;
use super::officer::decide;
use super::review::open;
use super::start::{TODAY, with_duties};
use super::*;
use crate::domain::customer::Line;
use crate::domain::duty::{Duty, DutyCode};
use crate::domain::visit::VisitState;
use crate::i18n::Lang;
use crate::protocol::page::{CustomerRow, Page};
use crate::protocol::query::{CustomerFilter, CustomerSort, Query, Window};

/// Her customers of a line that have no record under way.
fn of_line(desk: &mut Desk, line: Line) -> Vec<CustomerRow> {
    let query = Query::Customers {
        filter: CustomerFilter { line: Some(line), ..CustomerFilter::default() },
        sort: CustomerSort::NextDue,
        window: Window { offset: 0, limit: 200 },
    };
    let Page::Customers(page) = desk.query(&query) else { panic!() };
    let rows = page.rows.clone();
    let free = |desk: &mut Desk, row: &CustomerRow| {
        let Page::Dossier(page) = desk.query(&Query::Dossier { customer: row.customer.clone() })
        else {
            panic!()
        };
        page.record.is_none()
    };
    rows.into_iter().filter(|row| free(desk, row)).collect()
}

/// Prepares, visits, hands in; the supervisor approves; the report is made.
fn whole_visit(office: &Office, customer: &str, duties: &str, size: (u16, u16)) {
    let mut officer = office.desk_of("zhangwei", size.0, size.1, Lang::Zh);
    officer.play(&[(&format!("/{customer}<enter>"), customer)]);
    officer.play(&[
        ("p", "为何回访"),
        ("v", "开始回访"),
        (duties, "开始回访"),
        ("<enter>", "检查表"),
    ]);
    let visit = officer.open_visit();
    fill(&mut officer, &visit, &[]);
    decide(&mut officer, &visit);
    fill(&mut officer, &visit, &[]);
    countersign(office, &mut officer, &visit);
    officer.play(&[("s", "提交此检查表")]);
    officer.keys("<enter>");
    if officer.visit(&visit).state == VisitState::Draft {
        // It is late, and wants a reason.
        officer.keys("客户外出，改约<enter>");
    }
    let handed_in = officer.visit(&visit).state;
    assert_eq!(handed_in, VisitState::Submitted, "{:?}\n{}", officer.refused, officer.screen());
    // Supervisors of the branch, as many as its level of risk wants.
    for head in ["lifang", "hupeng"] {
        let mut head = office.desk_of(head, size.0, size.1, Lang::Zh);
        if state(&mut head, &visit) == VisitState::Approved {
            break;
        }
        open(&mut head, &visit);
        head.keys("a<enter>");
        assert_eq!(head.refused, [], "{customer}\n{}", head.screen());
        head.assert_whole();
    }
    assert_eq!(state(&mut officer, &visit), VisitState::Approved, "{customer}");
    // The report of what was approved.
    officer.keys(&format!("1/{customer}<enter>"));
    officer.play(&[("d", "生成报告"), ("<enter>", "报告已生成")]);
    assert_eq!(officer.refused, [], "{}", officer.screen());
    let made = std::fs::read_dir(office.store().path().with_file_name("exports")).unwrap().count();
    assert_eq!(made, 1, "{customer}");
}

#[test]
fn every_line_from_the_brief_to_the_approved_report() {
    for (line, size) in [
        (Line::Corporate, (120, 36)),
        (Line::SmallBusiness, (80, 24)),
        (Line::PersonalBusiness, (80, 24)),
        (Line::PersonalConsumption, (200, 60)),
        (Line::MicroShop, (80, 24)),
        (Line::Project, (120, 36)),
    ] {
        let office = Office::open();
        let customer = of_line(&mut office.desk("zhangwei"), line).swap_remove(0).customer;
        whole_visit(&office, customer.as_str(), "", size);
    }
}

#[test]
fn a_use_of_funds_check_from_the_brief_to_the_approved_report() {
    let funds = |d: &Duty| d.code == DutyCode::UseOfFunds;
    let office = Office::open();
    let (customer, duties) = with_duties(&mut office.desk("zhangwei"), |listed| {
        listed.iter().any(|d| funds(d) && d.opens <= TODAY)
    });
    let each = duties.iter().map(|duty| if funds(duty) { "<tab>" } else { "<space><tab>" });
    let ticks = format!("<tab><tab><tab>{}", each.collect::<String>());
    whole_visit(&office, &customer, &ticks, (80, 24));
}
