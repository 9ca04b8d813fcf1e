//! 授信策略: what is in force, the steps of its plan, what was decided before.

use crate::i18n::{Catalog, words};
use crate::protocol::page::{StrategyDecision, StrategyRow};
use crate::report::Desk;
use crate::report::model::{Block, Said, Table};
use crate::report::show::money;

impl Desk<'_> {
    /// The strategy in force with its plan, and the one that waits.
    pub(in crate::report) fn strategy(&self) -> Vec<Block> {
        let text = &Catalog::of(self.lang).strategies;
        let Some(row) = &self.base.dossier.strategy else {
            let none = Said::missing(text.none_yet);
            return vec![Block::Pairs(vec![(text.title.to_owned(), none)])];
        };
        let mut pairs = vec![(text.in_force.to_owned(), Said::strong(text.holds(row)))];
        if let Some(current) = &row.current {
            pairs.push((text.by.to_owned(), text.put_forward(current).into()));
            pairs.push((text.decided_by.to_owned(), text.outcome(current).into()));
            pairs.push((text.reason.to_owned(), current.reason.as_str().into()));
        }
        let mut blocks = vec![Block::Pairs(pairs)];
        blocks.extend(row.current.as_ref().and_then(|current| self.plan(current)));
        if let Some(open) = &row.open {
            let change = text.change_of(open, self.t.becomes);
            blocks.push(Block::Pairs(vec![
                (text.waiting.to_owned(), Said::strong(change)),
                (text.by.to_owned(), text.put_forward(open).into()),
                (text.reason.to_owned(), open.reason.as_str().into()),
            ]));
            blocks.extend(self.plan(open));
        }
        blocks
    }

    /// The steps of a plan; nothing where a strategy goes without one.
    fn plan(&self, one: &StrategyDecision) -> Option<Block> {
        let text = &Catalog::of(self.lang).strategies;
        if !one.strategy.has_plan() {
            return None;
        }
        let target = format!(">{}", self.t.unit(text.target));
        let mut table = Table::new(&[text.step, text.due, &target, text.measure, text.state]);
        for step in &one.steps {
            table.row(vec![
                step.step.to_string().into(),
                step.plan.due.to_string().into(),
                self.figure(Some(step.plan.target)),
                step.plan.measure.as_str().into(),
                text.step_state_in(step, self.base.as_of, |fen| money(self.lang, fen)).into(),
            ]);
        }
        Some(table.or(text.no_plan))
    }

    /// Everything that was put forward, latest first: from where to where, by whom, for which visit.
    pub(in crate::report) fn strategies(&self) -> Block {
        let text = &Catalog::of(self.lang).strategies;
        let mut table = Table::new(&[text.day, text.change, text.reason, text.visit, text.state]);
        for one in self.base.dossier.strategy.iter().flat_map(|row| all(row)) {
            let visit = one.visit.as_ref().map(|(_, day)| day.to_string());
            table.row(vec![
                format!("{} {}", one.on, one.by).into(),
                text.change_of(one, self.t.becomes).into(),
                one.reason.as_str().into(),
                visit.map_or_else(Said::default, Said::from),
                match &one.decided {
                    Some(_) => text.outcome(one).into(),
                    None => words::strategy_state(self.lang, one.state).into(),
                },
            ]);
        }
        table.or(text.none_yet)
    }
}

/// Latest first.
fn all(row: &StrategyRow) -> Vec<&StrategyDecision> {
    let mut all: Vec<_> = row.current.iter().chain(&row.open).chain(&row.past).collect();
    all.sort_by_key(|one| std::cmp::Reverse(one.n));
    all
}
