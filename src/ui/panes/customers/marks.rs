//! Customers marked in the table, for what is ordered for many at once.

use std::collections::BTreeMap;

use crate::domain::ids::{CustomerId, UserId};
use crate::protocol::command::Whom;
use crate::protocol::page::CustomerRow;
use crate::protocol::query::CustomerFilter;
use crate::ui::action::Chosen;
use crate::ui::ctx::Ctx;
use crate::ui::overlays::ordering::some_names;

/// What is marked: single customers, or all that the filter finds.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// With the name, and the officer.
    single: BTreeMap<CustomerId, (String, UserId)>,
    all: bool,
}

impl Marks {
    /// Marks a customer or takes her mark away; `false` while all are marked.
    pub(super) fn turn(&mut self, row: &CustomerRow) -> bool {
        if self.all {
            return false;
        }
        if self.single.remove(&row.customer).is_none() {
            let named = (row.name.clone(), row.officer.clone());
            self.single.insert(row.customer.clone(), named);
        }
        true
    }

    /// Marks all that the filter finds, or takes every mark away.
    pub(super) fn turn_all(&mut self) {
        let any = self.all || !self.single.is_empty();
        *self = Self { all: !any, ..Self::default() };
    }

    /// Another filter stands: its customers are not marked because those of the old one were.
    pub(super) fn forget_all(&mut self) {
        self.all = false;
    }

    pub(super) fn has(&self, customer: &CustomerId) -> bool {
        self.all || self.single.contains_key(customer)
    }

    /// How many, for the heading; empty without a mark.
    pub(super) fn told(&self, total: u32, ctx: &Ctx<'_>) -> String {
        match self.count(total) {
            0 => String::new(),
            count => ctx.text.customers.marked(count),
        }
    }

    fn count(&self, total: u32) -> u32 {
        if self.all { total } else { u32::try_from(self.single.len()).unwrap_or(u32::MAX) }
    }

    /// What an order is about: what is marked, else the selected customer.
    pub(super) fn chosen(
        &self,
        row: Option<&CustomerRow>,
        filter: &CustomerFilter,
        total: u32,
        ctx: &Ctx<'_>,
    ) -> Chosen {
        if self.all {
            let whom = Whom::Filter { filter: filter.clone(), total: Some(total) };
            let officer = filter.officer.clone();
            return Chosen { whom, count: total, names: Vec::new(), officer };
        }
        if let Some((_, officer)) = self.single.values().next() {
            let whom = Whom::These(self.single.keys().cloned().collect());
            let officer = self.single.values().all(|(_, other)| other == officer);
            let officer = self.single.values().next().filter(|_| officer).map(|(_, o)| o.clone());
            let names = self.single.values().map(|(name, _)| name.as_str());
            let names = some_names(names, ctx.lang);
            return Chosen { whom, count: self.count(total), names, officer };
        }
        let whom = Whom::These(row.map(|row| row.customer.clone()).into_iter().collect());
        let names = row.map(|row| row.name.clone()).into_iter().collect();
        Chosen { whom, count: 1, names, officer: row.map(|row| row.officer.clone()) }
    }
}
