//! Reads: one file a page. A page is read in one transaction, within the actor's scope; what is
//! not there and what lies outside are answered alike.

mod agenda;
mod attachments;
mod backtest;
pub(crate) mod board;
mod brief;
pub(crate) mod cockpit;
mod compare;
mod conduct;
mod customers;
mod deadlines;
mod dossier;
mod dossier_news;
pub(super) mod events;
pub mod export;
pub(super) mod flags;
mod foreseen;
mod given;
mod groups;
mod handing;
mod heard;
mod home;
mod inbox;
mod journal;
mod listed;
mod looks;
mod month;
pub(crate) mod opinion;
mod packet;
pub(crate) mod person;
mod planned;
mod policies;
mod portfolio;
mod proofs;
mod queue;
mod record;
mod report;
mod request;
mod retention;
mod rounds;
mod sample;
pub(crate) mod scope;
mod score;
mod sheets;
pub(in crate::store) mod statements;
mod strategies;
pub(crate) mod task;
mod tiers;
mod todos;
mod visit;
mod why;

use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate};
use rusqlite::Connection;

use crate::access::{Action, Actor};
use crate::assets::Packs;
use crate::clock::china;
use crate::protocol::page::{Page, QueuePage};
use crate::protocol::query::Query;
use crate::protocol::reply::Refusal;
pub(crate) use queue::Last;
use scope::Sight;

/// What every page needs to know about the question.
pub(crate) struct Asked<'a> {
    db: &'a Connection,
    packs: &'a Packs,
    actor: &'a Actor,
    sight: Sight,
    now: DateTime<FixedOffset>,
    today: NaiveDate,
    /// Personal data in clear: only for a report whose order says so.
    clear: bool,
}

/// Answers a query; [`Refusal::NotFound`] = not there, or not in scope. The caller holds a
/// transaction, so that the counts of a page belong to its rows whatever other processes commit.
pub(crate) fn page(
    db: &Connection,
    packs: &Packs,
    actor: &Actor,
    now: DateTime<FixedOffset>,
    query: &Query,
) -> Result<Page, Refusal> {
    let today = now.with_timezone(&china()).date_naive();
    let clear = matches!(query, Query::Report { unmasked: true, .. });
    if clear && !actor.may(Action::Unmask) {
        return Err(Refusal::NotAllowed);
    }
    let asked = Asked { db, packs, actor, sight: Sight::of(actor), now, today, clear };
    asked.page(query)
}

/// Answers [`Query::Queue`] once more; see [`queue`].
pub(crate) fn queue_again(
    db: &Connection,
    packs: &Packs,
    actor: &Actor,
    now: DateTime<FixedOffset>,
    last: Last<'_>,
) -> Result<QueuePage, Refusal> {
    let today = now.with_timezone(&china()).date_naive();
    let asked = Asked { db, packs, actor, sight: Sight::of(actor), now, today, clear: false };
    if !actor.may(Action::Read) {
        return Err(Refusal::NotFound);
    }
    Ok(asked.queue(Some(last))?)
}

impl Asked<'_> {
    fn page(&self, query: &Query) -> Result<Page, Refusal> {
        if !self.actor.may(Action::Read) && !matches!(query, Query::Home | Query::Inbox) {
            return Err(Refusal::NotFound);
        }
        let page = match query {
            Query::Home => Page::Home(self.home()?.into()),
            Query::Inbox => Page::Inbox(self.inbox()?.into()),
            Query::Month { first, officer } => {
                Page::Month(self.month(*first, officer.as_ref())?.into())
            }
            Query::Board { first } => Page::Board(self.board(*first)?.into()),
            Query::MonthPlan { first, officer } => {
                Page::MonthPlan(there(self.month_plan(*first, officer)?)?)
            }
            Query::Cockpit { by, month } => Page::Cockpit(self.cockpit(*by, *month)?.into()),
            Query::Agenda { filter, class, officer, window } => {
                Page::Agenda(self.agenda(*filter, *class, officer.as_ref(), *window)?.into())
            }
            Query::Statements { customer } => {
                Page::Statements(there(self.statements_page(customer)?)?)
            }
            Query::Portfolio { by, whole } => Page::Portfolio(self.portfolio(*by, *whole)?.into()),
            Query::PortfolioPart { by, key, whole } => {
                Page::PortfolioPart(self.portfolio_part(*by, key, *whole)?.into())
            }
            Query::Tiers { customer, officer } => {
                Page::Tiers(there(self.tiers_page(customer.as_ref(), officer.as_ref())?)?)
            }
            Query::Strategies { customer, officer } => {
                Page::Strategies(there(self.strategies_page(customer.as_ref(), officer.as_ref())?)?)
            }
            Query::Dossier { customer } => Page::Dossier(there(self.dossier(customer)?)?),
            Query::Brief { customer } => Page::Brief(there(self.preparation(customer)?)?),
            Query::Sheets { customer } => Page::Sheets(there(self.sheets(customer)?)?),
            Query::Flags { scope, window } => Page::Flags(there(self.flags(scope, *window)?)?),
            Query::Visit { visit } => Page::Visit(there(self.visit(visit)?)?),
            Query::Handing { visit } => Page::Handing(there(self.handing(visit)?)?),
            Query::Backtest => Page::Backtest(self.backtest()?.into()),
            Query::Score { customer } => Page::Score(there(self.score(customer)?)?),
            Query::Why { customer } => Page::Why(there(self.why(customer)?)?),
            Query::Customers { filter, sort, window } => {
                Page::Customers(self.customers(filter, *sort, *window)?.into())
            }
            Query::Search { text, limit } => Page::Search(self.search(text, *limit)?.into()),
            Query::Queue => Page::Queue(self.queue(None)?.into()),
            Query::Record { visit } => Page::Record(there(self.record(visit)?)?),
            Query::Compare { customer, left, right } => {
                let page = self.compare(customer, left.as_ref(), right.as_ref())?;
                Page::Compare(there(page)?)
            }
            Query::Sample { month } => Page::Sample(self.sample(*month)?.into()),
            Query::Todos { owner, window } => {
                Page::Todos(self.todos(owner.as_ref(), *window)?.into())
            }
            Query::Deadlines { customer, officer } => {
                let page = self.deadlines(customer.as_ref(), officer.as_ref())?;
                Page::Deadlines(there(page)?)
            }
            Query::Report { subject, .. } => Page::Report(there(self.report(subject)?)?),
            Query::Gallery(of) => Page::Gallery(there(self.gallery(of)?)?),
            // Answered by the store itself, which knows the folders.
            Query::Drops(_) | Query::Picture { .. } => return Err(Refusal::NotFound),
            Query::Requests => Page::Requests(self.requests_page()?.into()),
            Query::Policies => Page::Policies(self.policies()?.into()),
            Query::Journal(filter) => Page::Journal(self.journal(filter)?.into()),
            Query::Unusual { days } => Page::Unusual(self.unusual(*days)?.into()),
            Query::Retention => Page::Retention(self.retention()?.into()),
            Query::Events => Page::Events(self.events_page()?.into()),
            Query::LookAts { event } => Page::LookAts(self.look_ats(event.as_ref())?.into()),
            Query::Foreseen(of) => Page::Foreseen(self.foreseen(of)?.into()),
            Query::Tasks => Page::Tasks(self.tasks()?.into()),
            Query::Packets => Page::Packets(self.packets()?.into()),
            Query::Packet { packet, customer } => {
                Page::Packet(there(self.packet(packet, customer.as_ref())?)?)
            }
            Query::Staff => Page::Staff(self.staff()?.into()),
            Query::FlagHistory { flag } => Page::FlagHistory(there(self.flag_history(flag)?)?),
        };
        Ok(page)
    }
}

impl Asked<'_> {
    /// A personal datum as this page may show it.
    fn shown(&self, mask: fn(&str) -> String, text: &str) -> String {
        if self.clear { text.to_owned() } else { mask(text) }
    }
}

fn there<T>(found: Option<T>) -> Result<Arc<T>, Refusal> {
    found.map(Arc::new).ok_or(Refusal::NotFound)
}

#[cfg(test)]
pub(crate) mod tests;
