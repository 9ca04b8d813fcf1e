//! Pages as a small branch would have them, answering the same requests as the worker.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{Datelike, Days, NaiveDate};

use crate::domain::customer::Line;
use crate::domain::duty::{Duty, DutyClass, DutyCode, Fate};
use crate::domain::flag::Level;
use crate::domain::ids::{CustomerId, VisitId};
use crate::domain::loan::{GuaranteeMode, LoanStatus, Tier};
use crate::domain::money::{Decimal4, Fen};
use crate::domain::statement::{Statement, StatementLine};
use crate::domain::todo::{Promiser, TodoKind, TodoState};
use crate::domain::user::Role;
use crate::domain::visit::{Purpose, VisitClass, VisitState};
use crate::domain::workday::DayKind;
use crate::protocol::command::Command;
use crate::protocol::page::*;
use crate::protocol::query::{AgendaFilter, Query};
use crate::protocol::reply::{Outcome, Refusal, Reply, Request};

mod customer;
mod foretold;

use customer::{dossier, score, why};

#[derive(Default)]
pub(super) struct Canned {
    pub(super) empty: bool,
    pub(super) refuse: Option<Refusal>,
    pub(super) gone: Option<&'static str>,
    pub(super) queries: Vec<Query>,
}

pub(super) fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(super) fn today() -> NaiveDate {
    date("2026-11-23")
}

const NAMES: [(&str, &str, &str, i64, Option<Level>); 9] = [
    ("C000123", "北京鼎盛新能源有限公司", "2026-11-20", 52_000_000, Some(Level::Red)),
    ("C000207", "江城滨江物业服务有限责任公司", "2026-11-21", 9_800_000, Some(Level::Yellow)),
    ("C000311", "张记货栈", "2026-11-23", 300_000, None),
    ("C000402", "李强", "2026-11-23", 150_000, None),
    ("C000415", "南湖五金批发部", "2026-11-23", 800_000, Some(Level::Orange)),
    ("C000533", "城东新材料科技股份有限公司江城分公司", "2026-11-23", 128_000_000, None),
    ("C000618", "“老街”餐饮管理有限公司—北岸①店", "2026-11-23", 900_000, None),
    ("C000702", "青山建材经营部", "2026-11-25", 600_000, None),
    ("C000811", "\u{1b}[31m和平路\u{202e}水果店", "2026-11-27", 150_000, None),
];

impl Canned {
    pub(super) fn handle(&mut self, request: Request) -> Vec<Reply> {
        match request {
            Request::Watch { slot, seq, query } => {
                self.queries.push(query.clone());
                let page = self.page(&query);
                page.map(|page| Reply::Loaded { slot, seq, page }).into_iter().collect()
            }
            Request::Unwatch { .. } => Vec::new(),
            Request::Apply { op, command } => {
                if let Some(why) = self.refuse.take() {
                    vec![Reply::Refused { op, why }]
                } else {
                    let outcome = match command {
                        Command::StartVisit { .. } => Outcome::VisitStarted(VisitId::from("V1")),
                        Command::Undo | Command::UndoLight => {
                            Outcome::Undone { command: "answer".into() }
                        }
                        Command::MakeReport { .. } => {
                            Outcome::ReportMade { path: "/srv/exports/brief.docx".into() }
                        }
                        _ => Outcome::Plain,
                    };
                    vec![Reply::Done { op, outcome }]
                }
            }
        }
    }

    fn page(&self, query: &Query) -> Option<Page> {
        Some(match query {
            Query::Home => Page::Home(Arc::new(self.home())),
            Query::Month { first, .. } => Page::Month(Arc::new(month(*first))),
            Query::Agenda { filter, .. } => Page::Agenda(Arc::new(self.agenda(*filter))),
            Query::Dossier { customer } => Page::Dossier(Arc::new(dossier(customer))),
            Query::Customers { .. } => Page::Customers(Arc::new(customers())),
            Query::Search { text, .. } => Page::Search(Arc::new(search(text))),
            Query::Backtest => Page::Backtest(Arc::new(foretold::backtest())),
            Query::Score { customer } => Page::Score(Arc::new(score(customer))),
            Query::Why { customer } => Page::Why(Arc::new(why(customer))),
            Query::Inbox => Page::Inbox(Arc::new(inbox())),
            Query::Flags { .. } => Page::Flags(Arc::new(FlagsPage {
                total: 0,
                offset: 0,
                rows: Vec::new(),
                officer: None,
                todos: Vec::new(),
            })),
            Query::Queue => Page::Queue(Arc::new(QueuePage { rows: Vec::new() })),
            _ => return None,
        })
    }

    fn home(&self) -> HomePage {
        HomePage {
            user: "zhangwei".into(),
            name: "张伟".into(),
            role: Role::Officer,
            branch: "城东支行".into(),
            today: today(),
            demo: false,
            empty: self.empty,
            unseen: false,
            planned_on: Some(today()),
            overdue: 2,
            due_today: 5,
            due_week: 12,
            drafts: 0,
            returned: 1,
            to_review: 0,
            requests: 0,
            to_sign: 0,
            todos_overdue: 0,
            deadlines_late: 0,
            unread: 2,
            gaps: 0,
            provisional_year: Some(2027),
            clock_back: false,
            clock_ahead: false,
            pin: false,
            resume: None,
        }
    }

    fn agenda(&self, filter: AgendaFilter) -> AgendaPage {
        let wanted = |due: NaiveDate| match filter {
            AgendaFilter::Overdue => due < today(),
            AgendaFilter::Day(day) => due == day || (day == today() && due < day),
            AgendaFilter::Until(day) => due <= day,
        };
        let rows: Vec<AgendaRow> = (0..NAMES.len())
            .map(agenda_row)
            .filter(|row| wanted(row.due) && Some(row.customer.as_str()) != self.gone)
            .collect();
        AgendaPage {
            deadlines: Vec::new(),
            deadlines_counted: 0,
            total: u32::try_from(rows.len()).unwrap(),
            offset: 0,
            rows,
            wishes: Vec::new(),
            plans: Vec::new(),
            occasions: Vec::new(),
        }
    }
}

fn agenda_row(index: usize) -> AgendaRow {
    let (id, name, due, yuan, level) = NAMES[index];
    let due = date(due);
    let codes = match index % 4 {
        0 => vec![DutyCode::UseOfFunds, DutyCode::PeriodicOnsite],
        1 => vec![DutyCode::BeforeMaturity],
        2 => vec![DutyCode::PeriodicOffsite],
        _ => vec![DutyCode::Day90],
    };
    AgendaRow {
        customer: id.into(),
        name: name.into(),
        line: Some(line(index)),
        officer: "zhangwei".into(),
        officer_name: "张伟".into(),
        district: Some("城东".into()),
        class: if index.is_multiple_of(2) { DutyClass::Onsite } else { DutyClass::Any },
        opens: due - Days::new(30),
        due,
        overdue_days: (today() - due).num_days().max(0),
        codes,
        level,
        tier: tier(index),
        exposure: Some(Fen::from_yuan(yuan)),
        planned: None,
        paused: None,
        delayed_from: None,
        asked: None,
        delay_to: None,
        record: (index == 3).then(|| (VisitId::from("V9"), VisitState::Draft)),
    }
}

fn line(index: usize) -> Line {
    if index.is_multiple_of(2) { Line::Corporate } else { Line::SmallBusiness }
}

fn tier(index: usize) -> Tier {
    if index.is_multiple_of(4) { Tier::SpecialMention } else { Tier::Normal }
}

fn month(first: NaiveDate) -> MonthPage {
    let days = first
        .iter_days()
        .take_while(|d| d.month() == first.month())
        .map(|day| {
            let load = [0, 2, 0, 1, 6, 0, 0, 3, 12, 0][day.day() as usize % 10];
            let weekend = day.weekday().number_from_monday() > 5;
            let special = match (day.month(), day.day()) {
                (10, 1..=7) => Some((DayKind::Off, "国庆节".to_owned())),
                (10, 10) => Some((DayKind::Work, "国庆节".to_owned())),
                _ => None,
            };
            let off = weekend || matches!(special, Some((DayKind::Off, _)));
            MonthDay {
                date: day,
                due: if off { 0 } else { load },
                onsite: load / 2,
                overdue: u32::from(day < today() && load == 1),
                planned: 0,
                done: u32::from(day < today()),
                workday: !off,
                special,
                provisional: day.year() > 2026,
            }
        })
        .collect();
    MonthPage { first, days, planned_to: date("2027-03-23") }
}

fn customer_row(index: usize) -> CustomerRow {
    let row = agenda_row(index);
    CustomerRow {
        customer: row.customer,
        name: row.name,
        line: row.line,
        district: row.district,
        officer: "zhangwei".into(),
        officer_name: row.officer_name,
        tier: row.tier,
        exposure: row.exposure,
        days_past_due: 0,
        flags: row.level.map_or([0; 3], |l| {
            let mut flags = [0; 3];
            flags[l as usize] = 1;
            flags
        }),
        proposed: [0; 3],
        score: None,
        next_due: Some(row.due),
        last_visit: Some(date("2026-08-20")),
        gaps: 0,
    }
}

fn customers() -> CustomersPage {
    let rows: Vec<_> = (0..NAMES.len()).map(customer_row).collect();
    CustomersPage { total: u32::try_from(rows.len()).unwrap(), offset: 0, rows }
}

fn search(text: &str) -> SearchPage {
    let hits = (0..NAMES.len())
        .map(customer_row)
        .filter(|row| row.name.contains(text) || text == "dsxny")
        .map(|row| {
            let span = row.name.find(text).map(|from| (from, from + text.len()));
            Hit { row, span }
        })
        .collect();
    SearchPage { text: text.to_owned(), hits }
}

fn todo() -> TodoRow {
    TodoRow {
        todo: "T1".into(),
        customer: "C000123".into(),
        name: "北京鼎盛新能源有限公司".into(),
        kind: TodoKind::Document,
        text: "补交9月报表".into(),
        text_en: Some("September statement".into()),
        owner: "zhangwei".into(),
        owner_name: "张伟".into(),
        promised_by: Promiser::Customer,
        due_on: date("2026-11-20"),
        state: TodoState::Open,
        done_on: None,
        note: None,
        overdue_days: 3,
        visit: Some("V8".into()),
        item: Some("doc_statement".into()),
        revision: 1,
    }
}

fn inbox() -> InboxPage {
    let row = |id: i64, kind: &str, unread| NoticeRow {
        id,
        kind: kind.into(),
        customer: Some("C000123".into()),
        name: Some("北京鼎盛新能源有限公司".into()),
        visit: None,
        flag: None,
        date: today(),
        days: 3,
        officer_name: Some("张伟".into()),
        note: None,
        unread,
        stands: true,
        ahead: None,
        officer_read: OfficerRead::NotYet,
    };
    let ahead = NoticeRow {
        customer: None,
        name: None,
        officer_name: None,
        ahead: Some((today() + chrono::Days::new(9), 4)),
        officer_read: OfficerRead::NotTold,
        ..row(3, "visits_ahead", true)
    };
    InboxPage { rows: vec![row(1, "visit_overdue", true), ahead, row(2, "flag_red", false)] }
}
