//! The whole job of officer and supervisor, key by key, on the real store.

mod audit;
mod back;
mod cockpit;
mod conduct;
mod deadlines;
mod kept;
mod layout;
mod levels;
mod lines;
mod lock;
mod month;
mod news;
mod officer;
mod orders;
mod photos;
mod policies;
mod portfolio;
mod prepare;
mod reveal;
mod review;
mod risk;
mod roles;
mod shared;
mod short;
mod start;
mod statements;
mod strategies;
mod tiers;
mod todos;
mod traps;
mod truth;
mod visit;

use super::desk::{Desk, Office};
use crate::domain::answer::Answer;
use crate::domain::ids::{CustomerId, VisitId};
use crate::form::{Form, Kind, Needed, Problem, Row, State};
use crate::protocol::page::{Page, VisitPage};
use crate::protocol::query::{AgendaFilter, Query, Window};

/// The form of a record, judged from what is on disk.
fn judged(page: &VisitPage) -> State {
    let library = crate::assets::checklists::for_record(page.pack_text.as_deref()).unwrap();
    let form = Form::new(library, &page.sections, page.facts.clone(), page.last.clone());
    let answers = page.answers.iter().map(|(k, r)| (k.clone(), r.answer.clone())).collect();
    form.evaluate(&answers)
}

/// Keys from anywhere in the list to a row.
fn to_row(index: usize) -> String {
    format!("g{}", "j".repeat(index))
}

fn index(desk: &mut Desk, visit: &VisitId, path: &str) -> usize {
    let state = judged(&desk.visit(visit));
    let found = state.rows.iter().position(|row| &*row.path == path);
    found.unwrap_or_else(|| panic!("no {path} in {:?}", paths(&state)))
}

fn paths(state: &State) -> Vec<String> {
    state.rows.iter().map(|row| row.path.to_string()).collect()
}

/// Goes to a question and types.
fn at(desk: &mut Desk, visit: &VisitId, path: &str, keys: &str) {
    let index = index(desk, visit, path);
    desk.keys(&(to_row(index) + keys));
}

fn answer(desk: &mut Desk, visit: &VisitId, path: &str) -> Option<Answer> {
    desk.visit(visit).answers.get(path).map(|recorded| recorded.answer.clone())
}

/// What an officer types to answer a question in the ordinary way.
fn ordinary(row: &Row) -> String {
    match &row.item.kind {
        Kind::Bool => String::from("2"),
        Kind::Choice(_) | Kind::Multi(_) | Kind::Document => String::from("1"),
        Kind::Number(_) => String::from("12<enter>"),
        Kind::Money => String::from("12.5万<enter>"),
        Kind::Percent => String::from("20<enter>"),
        Kind::Date => String::from("2026-11-20<enter>"),
        Kind::Text => String::from("<enter><ctrl-u>李店长<enter>"),
        Kind::LongText => String::from("<enter>货架补齐，客流平稳。<ctrl-s>"),
        Kind::Group(_) => String::from("a"),
    }
}

/// Where two persons are needed: the lead asks the first colleague, who signs at her own desk.
fn countersign(office: &Office, desk: &mut Desk, visit: &VisitId) {
    let second = desk.visit(visit).second.clone();
    if !second.is_owed() {
        return;
    }
    if second.asked.is_none() {
        desk.play(&[("t", "指定协查人"), ("<enter>", "待签")]);
    }
    let colleague = desk.visit(visit).second.asked.clone().expect("asked");
    let mut other = office.desk(colleague.user.as_str());
    other.play(&[("i", "请协查并签署"), ("<enter>", "检查表"), ("t", "协查签署")]);
    other.keys("<tab>到场核对一致<enter>");
    assert_eq!(other.refused, [], "{}", other.screen());
    desk.poll();
    assert!(!desk.visit(visit).second.is_owed(), "{}", desk.screen());
}

/// A company in the agenda that is overdue and has no open record: which, and her name. Where she
/// stands in the list is the invented book's affair.
fn overdue_company(desk: &mut Desk) -> (CustomerId, String) {
    let window = Window { offset: 0, limit: 50 };
    let agenda =
        Query::Agenda { filter: AgendaFilter::Overdue, class: None, officer: None, window };
    let Page::Agenda(page) = desk.query(&agenda) else { panic!() };
    for row in page.rows.iter().filter(|row| row.name.ends_with("有限公司")) {
        let query = Query::Dossier { customer: row.customer.clone() };
        let Page::Dossier(dossier) = desk.query(&query) else { panic!() };
        if dossier.record.as_ref().is_none_or(|(_, state)| !state.is_open()) {
            return (row.customer.clone(), row.name.clone());
        }
    }
    panic!("no such customer\n{}", desk.screen());
}

/// Goes down the agenda to a customer.
fn to_customer(desk: &mut Desk, customer: &CustomerId) {
    for _ in 0..30 {
        if desk.screen().contains(customer.as_str()) {
            return;
        }
        desk.keys("j");
    }
    panic!("{customer} is not in the agenda\n{}", desk.screen());
}

/// Answers everything that is required, then what the answers call for, with keys only.
fn fill(desk: &mut Desk, visit: &VisitId, except: &[&str]) {
    for _ in 0..300 {
        let state = judged(&desk.visit(visit));
        let open = state.rows.iter().enumerate().find(|(_, row)| {
            let hard = row.needed == Needed::Hard && !row.answered;
            let wrong = row.problem.as_ref().is_some_and(|p| !p.is_open());
            (hard || wrong) && !except.contains(&&*row.path)
        });
        let Some((index, row)) = open else { return };
        let keys = match &row.problem {
            Some(Problem::Unexplained) => String::from("n旺季备货<enter>"),
            Some(Problem::Incomplete) => String::from("1"),
            Some(Problem::Against(_)) if matches!(row.item.kind, Kind::Date) => {
                String::from("2026-12-30<enter>")
            }
            // All of it comes back: no less than is owed.
            Some(Problem::Against(_)) if &*row.path == "recoverable_sum" => {
                String::from("99999万<enter>")
            }
            Some(Problem::Against(words)) => {
                panic!("{}: {}\n{}", row.path, words.zh, desk.screen())
            }
            _ => ordinary(row),
        };
        desk.keys(&(to_row(index) + &keys));
        let now = judged(&desk.visit(visit));
        let still = now.row(&row.path).is_some_and(|r| r.problem == row.problem);
        assert!(!still, "{} {keys:?}: {:?}\n{}", row.path, desk.refused, desk.screen());
    }
    panic!("never complete\n{}", desk.screen());
}
