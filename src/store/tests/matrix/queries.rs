//! One row a query.

use super::world::{Ids, today};
use crate::domain::cockpit::Grouping;
use crate::domain::picture::View;
use crate::domain::portfolio_by::PortfolioBy;
use crate::protocol::query::{
    AgendaFilter, CustomerFilter, CustomerSort, DropsFor, FlagScope, GalleryOf, JournalFilter,
    PictureOf, Query, Reaching, Window,
};
use crate::protocol::report::ReportSubject;
use chrono::Datelike;

pub(super) struct Row {
    pub(super) name: &'static str,
    /// Whether it names something that may lie out of sight.
    pub(super) named: bool,
    /// Who gets a page where she sees what is named.
    pub(super) may: &'static str,
    pub(super) make: fn(&Ids) -> Query,
}

/// The rows, and the name of each query: both from one list, so that none is forgotten.
macro_rules! matrix {
    ($($pattern:pat => $name:literal, $named:literal, $may:literal, $make:expr;)+) => {
        pub(super) fn name_of(query: &Query) -> &'static str {
            match query { $($pattern => $name,)+ }
        }
        pub(super) fn rows() -> Vec<Row> {
            vec![$(Row { name: $name, named: $named, may: $may, make: $make },)+]
        }
    };
}

const ALL: Window = Window { offset: 0, limit: 50 };

fn first() -> chrono::NaiveDate {
    today().with_day(1).unwrap_or_else(today)
}

matrix! {
    Query::Home => "home", false, "", |_| Query::Home;
    Query::Month { .. } => "month", false, "", |ids| Query::Month {
        first: first(),
        officer: Some(ids.officer.clone()),
    };
    Query::Board { .. } => "board", false, "", |_| Query::Board { first: first() };
    Query::MonthPlan { .. } => "month_plan", true, "zhang wang", |ids| Query::MonthPlan {
        first: first(),
        officer: ids.officer.clone(),
    };
    Query::Cockpit { .. } => "cockpit", false, "", |_| Query::Cockpit {
        by: Grouping::Officer,
        month: first(),
    };
    Query::Deadlines { .. } => "deadlines", false, "", |ids| Query::Deadlines {
        customer: None,
        officer: Some(ids.officer.clone()),
    };
    Query::Policies => "policies", false, "", |_| Query::Policies;
    Query::Agenda { .. } => "agenda", false, "", |ids| Query::Agenda {
        filter: AgendaFilter::Until(today() + chrono::Days::new(60)),
        class: None,
        officer: Some(ids.officer.clone()),
        window: ALL,
    };
    Query::Dossier { .. } => "dossier", true, "zhang wang risk law audit", |ids| Query::Dossier {
        customer: ids.customer.clone(),
    };
    Query::Brief { .. } => "brief", true, "zhang wang risk law audit", |ids| Query::Brief {
        customer: ids.customer.clone(),
    };
    Query::Sheets { .. } => "sheets", true, "zhang wang risk law audit", |ids| Query::Sheets {
        customer: ids.customer.clone(),
    };
    Query::Statements { .. } => "statements", true, "zhang wang risk law audit", |ids| Query::Statements {
        customer: ids.customer.clone(),
    };
    Query::Portfolio { .. } => "portfolio", false, "", |_| Query::Portfolio {
        by: PortfolioBy::Officer,
        whole: false,
    };
    Query::PortfolioPart { .. } => "portfolio_part", false, "", |ids| Query::PortfolioPart {
        by: PortfolioBy::Single,
        key: ids.customer.to_string(),
        whole: false,
    };
    Query::Tiers { .. } => "tiers", true, "zhang wang risk law audit", |ids| Query::Tiers {
        customer: Some(ids.customer.clone()),
        officer: None,
    };
    Query::Strategies { .. } => "strategies", true, "zhang wang risk law audit", |ids| Query::Strategies {
        customer: Some(ids.customer.clone()),
        officer: None,
    };
    Query::Flags { .. } => "flags", true, "zhang wang risk law audit", |ids| Query::Flags {
        scope: FlagScope::Customer(ids.customer.clone()),
        window: ALL,
    };
    Query::Visit { .. } => "visit", true, "zhang wang risk law audit", |ids| Query::Visit {
        visit: ids.visit.clone(),
    };
    Query::Handing { .. } => "handing", true, "zhang", |ids| Query::Handing {
        visit: ids.visit.clone(),
    };
    Query::Backtest => "backtest", false, "", |_| Query::Backtest;
    Query::Why { .. } => "why", true, "zhang wang risk law audit", |ids| Query::Why {
        customer: ids.customer.clone(),
    };
    Query::Score { .. } => "score", true, "zhang wang risk law audit", |ids| Query::Score {
        customer: ids.customer.clone(),
    };
    Query::Customers { .. } => "customers", false, "", |_| Query::Customers {
        filter: CustomerFilter::default(),
        sort: CustomerSort::Id,
        window: ALL,
    };
    Query::Search { .. } => "search", false, "", |ids| Query::Search {
        text: ids.customer.to_string(),
        limit: 50,
    };
    Query::Queue => "queue", false, "", |_| Query::Queue;
    Query::Record { .. } => "record", true, "zhang wang risk law audit", |ids| Query::Record {
        visit: ids.sent.clone(),
    };
    Query::Compare { .. } => "compare", true, "zhang wang risk law audit", |ids| Query::Compare {
        customer: ids.customer.clone(),
        left: None,
        right: Some((ids.sent.clone(), None)),
    };
    Query::Sample { .. } => "sample", false, "", |_| Query::Sample { month: first() };
    Query::Inbox => "inbox", false, "", |_| Query::Inbox;
    Query::Requests => "requests", false, "", |_| Query::Requests;
    Query::Journal(_) => "journal", false, "", |ids| Query::Journal(JournalFilter {
        about: Some(ids.customer.to_string()),
        ..JournalFilter::default()
    });
    Query::Unusual { .. } => "unusual", false, "", |_| Query::Unusual { days: 30 };
    Query::Retention => "retention", false, "", |_| Query::Retention;
    Query::Events => "events", false, "", |_| Query::Events;
    Query::LookAts { .. } => "look_ats", false, "", |_| Query::LookAts { event: None };
    Query::Foreseen(_) => "foreseen", false, "", |_| Query::Foreseen(Reaching {
        industries: vec!["食品".to_owned()],
        ..Reaching::default()
    });
    Query::Tasks => "tasks", false, "", |_| Query::Tasks;
    Query::Packets => "packets", false, "", |_| Query::Packets;
    Query::Packet { .. } => "packet", true, "zhang wang audit", |ids| Query::Packet {
        packet: ids.packet.clone(),
        customer: None,
    };
    Query::Staff => "staff", false, "", |_| Query::Staff;
    Query::Todos { .. } => "todos", false, "", |ids| Query::Todos {
        owner: Some(ids.officer.clone()),
        window: ALL,
    };
    Query::Report { .. } => "report", true, "zhang wang risk law audit", |ids| Query::Report {
        subject: ReportSubject::Diligence(ids.customer.clone()),
        unmasked: false,
    };
    Query::FlagHistory { .. } => "flag_history", true, "zhang wang risk law audit", |ids| Query::FlagHistory {
        flag: ids.flag.clone(),
    };
    Query::Drops(DropsFor::Item { .. }) => "drops", true, "zhang", |ids| Query::Drops(DropsFor::Item {
        visit: ids.visit.clone(),
        item: "photo_signboard".to_owned(),
    });
    Query::Drops(DropsFor::Flag(_)) => "flag_drops", true, "zhang wang risk", |ids| {
        Query::Drops(DropsFor::Flag(ids.flag.clone()))
    };
    Query::Gallery(GalleryOf::Flag(_)) => "flag_gallery", true, "zhang wang risk law audit", |ids| {
        Query::Gallery(GalleryOf::Flag(ids.flag.clone()))
    };
    Query::Gallery(_) => "gallery", true, "zhang wang risk law audit", |ids| {
        Query::Gallery(GalleryOf::Customer(ids.customer.clone()))
    };
    Query::Picture { .. } => "picture", false, "", |ids| Query::Picture {
        what: PictureOf::Stored(ids.hash.clone()),
        view: View { cells: (10, 10), dots: (1, 2), zoom: 1, middle: (500, 500) },
    };
}
