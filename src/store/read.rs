//! Reads: one file a page. A page is read in one transaction, within the actor's scope; what is
//! not there and what lies outside are answered alike.

mod agenda;
mod customers;
mod dossier;
mod flags;
mod home;
mod inbox;
mod month;
mod person;
mod queue;
mod record;
pub(crate) mod scope;
mod visit;
mod why;

use chrono::{DateTime, FixedOffset, NaiveDate};
use rusqlite::{Connection, Result};

use crate::access::{Action, Actor};
use crate::assets::Packs;
use crate::clock::china;
use crate::protocol::page::Page;
use crate::protocol::query::Query;
use scope::Sight;

/// What every page needs to know about the question.
pub(crate) struct Asked<'a> {
    db: &'a Connection,
    packs: &'a Packs,
    actor: &'a Actor,
    sight: Sight,
    now: DateTime<FixedOffset>,
    today: NaiveDate,
}

/// Answers a query; `None` = not there, or not in scope.
pub(crate) fn answer(
    db: &Connection,
    packs: &Packs,
    actor: &Actor,
    now: DateTime<FixedOffset>,
    query: &Query,
) -> Result<Option<Page>> {
    let today = now.with_timezone(&china()).date_naive();
    let asked = Asked { db, packs, actor, sight: Sight::of(actor), now, today };
    if !db.is_autocommit() {
        return asked.page(query);
    }
    // One transaction: the counts of a page belong to its rows whatever other processes commit.
    let reading = db.unchecked_transaction()?;
    let page = asked.page(query);
    reading.finish()?;
    page
}

impl Asked<'_> {
    fn page(&self, query: &Query) -> Result<Option<Page>> {
        match query {
            Query::Home => self.home().map(|page| Some(Page::Home(page.into()))),
            Query::Inbox => self.inbox().map(|page| Some(Page::Inbox(page.into()))),
            _ if !self.actor.may(Action::Read) => Ok(None),
            Query::Month { first, officer } => {
                let page = self.month(*first, officer.as_ref())?;
                Ok(Some(Page::Month(page.into())))
            }
            Query::Agenda { filter, class, officer, window } => {
                let page = self.agenda(*filter, *class, officer.as_ref(), *window)?;
                Ok(Some(Page::Agenda(page.into())))
            }
            Query::Dossier { customer } => {
                Ok(self.dossier(customer)?.map(|page| Page::Dossier(page.into())))
            }
            Query::Flags { scope, window } => {
                Ok(self.flags(scope, *window)?.map(|page| Page::Flags(page.into())))
            }
            Query::Visit { visit } => {
                Ok(self.visit(visit)?.map(|page| Page::Visit(page.into())))
            }
            Query::Why { customer } => Ok(self.why(customer)?.map(|page| Page::Why(page.into()))),
            Query::Customers { filter, sort, window } => {
                let page = self.customers(filter, *sort, *window)?;
                Ok(Some(Page::Customers(page.into())))
            }
            Query::Search { text, limit } => {
                let page = self.search(text, *limit)?;
                Ok(Some(Page::Search(page.into())))
            }
            Query::Queue => self.queue().map(|page| Some(Page::Queue(page.into()))),
            Query::Record { visit } => {
                Ok(self.record(visit)?.map(|page| Page::Record(page.into())))
            }
            Query::FlagHistory { flag } => {
                Ok(self.flag_history(flag)?.map(|page| Page::FlagHistory(page.into())))
            }
        }
    }
}

#[cfg(test)]
mod tests;
