//! Tables of the bank's own data that several reports print.

mod figures;
mod prepared;
mod security;
mod strategy;

use chrono::NaiveDate;

use super::Desk;
use super::model::{Block, Said, Table};
use super::show::money;
use crate::domain::flag::{FlagState, Level};
use crate::domain::ids::VisitId;
use crate::domain::loan::LoanStatus;
use crate::domain::money::Fen;
use crate::domain::todo::TodoState;
use crate::form::entry;
use crate::i18n::{Catalog, words};
use crate::protocol::page::{FlagRow, LoanRow, TodoRow, WhyDuty};

impl Desk<'_> {
    /// Who the borrower is.
    pub(super) fn borrower(&self) -> Block {
        let (t, d) = (self.t, &self.base.dossier);
        let line = d.line.map(|line| self.t.line_in_full(line));
        let said = |text: Option<&str>| self.or_missing(text);
        Block::Pairs(vec![
            (t.customer.to_owned(), Said::from(d.name.as_str())),
            (t.customer_id.to_owned(), Said::from(d.customer.as_str())),
            (t.line.to_owned(), said(line)),
            (t.industry.to_owned(), said(d.industry.as_deref())),
            (t.grade.to_owned(), said(d.grade.as_deref())),
            (t.tier.to_owned(), Said::from(self.t.tier_in_full(d.tier))),
            (t.legal_rep.to_owned(), said(d.legal_rep.as_deref())),
            (t.controller.to_owned(), said(d.controller.as_deref())),
            (t.id_no.to_owned(), said(d.id_no.as_deref())),
            (t.phone.to_owned(), said(d.phone.as_deref())),
            (t.address.to_owned(), said(d.address.as_deref())),
            (t.officer.to_owned(), Said::from(d.officer_name.as_str())),
            (t.onboarded.to_owned(), self.day(d.onboarded_on)),
            (
                t.exposure.to_owned(),
                match d.exposure {
                    Some(fen) => money(self.lang, fen).into(),
                    None => Said::missing(t.balance_missing),
                },
            ),
        ])
    }

    /// Who is to be met, with what is known of reaching them.
    pub(super) fn contacts(&self) -> Block {
        let t = self.t;
        let mut table = Table::new(&[self.c.person, t.role, t.phone]);
        for (name, role, phone) in &self.base.dossier.contacts {
            let role = role.as_deref().map(|role| words::contact_role(self.lang, role));
            table.row(vec![
                name.as_str().into(),
                self.or_missing(role),
                self.or_missing(phone.as_deref()),
            ]);
        }
        table.or(t.no_contacts)
    }

    /// Loans: the running ones, or all.
    pub(super) fn loans(&self, all: bool) -> Block {
        let t = self.t;
        let amount = format!(">{}", t.unit(t.amount));
        let balance = format!(">{}", t.unit(t.balance));
        let mut table = Table::new(&[
            t.loan,
            t.product,
            &amount,
            &balance,
            t.rate_column,
            t.disbursed,
            t.matures,
            t.past_due_column,
            t.tier_column,
        ]);
        let loans = self.base.dossier.loans.iter();
        for loan in loans.filter(|loan| all || loan.status == LoanStatus::Active) {
            table.row(self.loan_row(loan));
        }
        table.or(t.no_loans)
    }

    fn loan_row(&self, loan: &LoanRow) -> Vec<Said> {
        let tier = match (loan.status, loan.tier) {
            (LoanStatus::Active, Some(tier)) => Said::from(self.t.tier_in_full(tier)),
            (LoanStatus::Active, None) => Said::missing(self.t.unknown),
            (ended, _) => Said::from(words::loan_status(self.lang, ended)),
        };
        vec![
            loan.loan.as_str().into(),
            self.or_missing(loan.product.as_deref()),
            self.figure(Some(loan.amount)),
            self.figure(loan.balance),
            match loan.rate {
                Some(rate) => format!("{}%", entry::format_number(rate)).into(),
                None => Said::missing(self.t.unknown),
            },
            loan.disbursed_on.to_string().into(),
            self.day(loan.matures_on),
            match loan.days_past_due {
                Some(days) => days.to_string().into(),
                None => Said::missing(self.t.unknown),
            },
            tier,
        ]
    }

    /// 提款: when, how much, to whom.
    pub(super) fn drawdowns(&self) -> Block {
        let t = self.t;
        let amount = format!(">{}", t.unit(t.amount));
        let mut table = Table::new(&[t.loan, t.drawn_on, &amount, t.payee, t.payment]);
        for drawdown in &self.base.drawdowns {
            let mode = drawdown.mode.as_deref().map(|mode| t.payment_mode(mode));
            table.row(vec![
                drawdown.loan.as_str().into(),
                drawdown.drawn_on.to_string().into(),
                self.figure(Some(drawdown.amount)),
                self.or_missing(drawdown.payee.as_deref()),
                self.or_missing(mode),
            ]);
        }
        table.or(t.no_drawdowns)
    }

    /// The next instalments, at most so many.
    pub(super) fn instalments(&self, most: usize) -> Block {
        let t = self.t;
        let columns = [
            t.due_on.to_owned(),
            t.loan.to_owned(),
            format!(">{}", t.unit(t.principal)),
            format!(">{}", t.unit(t.interest)),
            format!(">{}", t.unit(t.together)),
        ];
        let mut table = Table::new(&columns.each_ref().map(String::as_str));
        for row in self.base.instalments.iter().take(most) {
            let parts = [row.principal, row.interest];
            let known = parts.iter().any(Option::is_some);
            let sum = Fen::sum_of(parts.iter().flatten().copied()).filter(|_| known);
            table.row(vec![
                row.due_on.to_string().into(),
                row.loan.as_str().into(),
                self.figure(row.principal),
                self.figure(row.interest),
                self.figure(sum),
            ]);
        }
        table.or(t.no_instalments)
    }

    /// Related parties.
    pub(super) fn relations(&self) -> Block {
        let t = self.t;
        let exposure = format!(">{}", t.unit(t.exposure));
        let mut table = Table::new(&[t.name, t.relation, &exposure, t.highest_flag]);
        for row in &self.base.dossier.relations {
            let level = row.level.map(|level| words::level(self.lang, level));
            table.row(vec![
                row.name.as_str().into(),
                words::relation(self.lang, &row.kind).into(),
                match row.customer {
                    Some(_) => self.figure(row.exposure),
                    None => Said::missing(t.not_ours),
                },
                level.map_or_else(|| Said::missing(t.none), Said::from),
            ]);
        }
        table.or(t.no_relations)
    }

    /// 批复条件 and what was promised or agreed, with what is overdue.
    pub(super) fn conditions(&self) -> Block {
        self.conditions_but(None, &|_| None)
    }

    /// The same without what was agreed at a visit that tells of it itself; `seen` tells what that visit
    /// found of a promise: it stands before what is on file.
    pub(super) fn conditions_but(
        &self,
        visit: Option<&VisitId>,
        seen: &dyn Fn(&TodoRow) -> Option<String>,
    ) -> Block {
        let t = self.t;
        let mut table = Table::new(&[t.condition, t.due_on, t.state]);
        for row in &self.base.dossier.conditions {
            let state = self.kept(row.done_on, row.due_on);
            table.row(vec![row.text.clone().into(), self.day(row.due_on), state]);
        }
        let words = &crate::i18n::Catalog::of(self.lang).todos;
        let elsewhere = |row: &TodoRow| visit.is_some() && row.visit.as_ref() == visit;
        let live = |row: &&TodoRow| row.state != TodoState::Dropped && !elsewhere(row);
        for row in self.base.dossier.todos.iter().filter(live) {
            let mut state = self.kept(row.done_on, Some(row.due_on));
            if let Some(found) = seen(row).filter(|_| row.done_on.is_none()) {
                state = Said::from(self.c.found_at_visit(&found, &state.text));
            }
            table.row(vec![words.text(row).to_owned().into(), self.day(Some(row.due_on)), state]);
        }
        table.or(t.no_conditions)
    }

    /// Done, overdue or open.
    pub(super) fn kept(&self, done_on: Option<NaiveDate>, due_on: Option<NaiveDate>) -> Said {
        match (done_on, due_on) {
            (Some(done), _) => Said::from(self.t.done_on(&done.to_string())),
            (None, Some(due)) if due < self.base.as_of => {
                Said::strong(self.t.overdue_days((self.base.as_of - due).num_days()))
            }
            (None, _) => Said::from(self.t.open),
        }
    }

    /// The question of an item, or its code where this pack has it no more.
    pub(super) fn item_title(&self, path: &str) -> String {
        let library = crate::assets::checklists::shared().ok();
        let item = library.as_ref().and_then(|library| library.item(path).cloned());
        item.map_or_else(
            || path.to_owned(),
            |item| super::show::pick(&item.title, self.lang).to_owned(),
        )
    }

    /// 约束条款
    pub(super) fn covenants(&self) -> Block {
        let t = self.t;
        let mut table = Table::new(&[t.covenant, t.limit, t.frequency]);
        for row in &self.base.covenants {
            let limit = match (&row.operator, row.limit) {
                (Some(operator), Some(limit)) => {
                    Said::from(format!("{operator} {}", entry::format_number(limit)))
                }
                _ => Said::missing(t.unknown),
            };
            let frequency = row.frequency.as_deref().map(|code| t.how_often(code));
            let kind = row.kind.as_deref().map(|code| words::covenant_kind(self.lang, code));
            table.row(vec![
                self.or_missing(row.indicator.as_deref().or(kind)),
                limit,
                self.or_missing(frequency),
            ]);
        }
        table.or(t.no_covenants)
    }

    /// Flags: signal, level, since when, what is done, who, until when.
    pub(super) fn flags<'f>(
        &self,
        flags: impl Iterator<Item = &'f FlagRow>,
        nothing: &str,
    ) -> Block {
        let t = self.t;
        let texts = &Catalog::of(self.lang).flags;
        let mut table =
            Table::new(&[t.signal, t.level, t.raised, t.facts, t.measure, t.owner, t.due_on]);
        for flag in flags {
            let due = match flag.overdue_days {
                0 => self.day(flag.due_on),
                days => {
                    let due = flag.due_on.map(|day| day.to_string()).unwrap_or_default();
                    Said::strong(format!("{due}\n{}", t.overdue_days(days)))
                }
            };
            let state = match flag.state {
                FlagState::Confirmed => words::flag_step(self.lang, flag.step),
                other => words::flag_state(self.lang, other),
            };
            let level = words::level(self.lang, flag.level);
            table.row(vec![
                self.signal(&flag.signal).into(),
                format!("{level}\n{state}").into(),
                flag.raised_on.to_string().into(),
                self.or_missing(texts.noted(flag)),
                self.or_missing(flag.measure.as_deref()),
                self.or_missing(flag.owner_name.as_deref()),
                due,
            ]);
        }
        table.or(nothing)
    }

    /// Live flags parted by what is to be done about them: at once, or to be watched (R66).
    pub(super) fn ranked_flags(&self) -> Vec<Block> {
        let live =
            |flag: &&FlagRow| matches!(flag.state, FlagState::Proposed | FlagState::Confirmed);
        let at_once = |flag: &&FlagRow| flag.level >= Level::Orange;
        let flags = || self.base.flags.iter().filter(live);
        vec![
            Block::Heading(2, self.t.act_now.to_owned()),
            self.ranked(flags().filter(at_once)),
            Block::Heading(2, self.t.keep_watching.to_owned()),
            self.ranked(flags().filter(|flag| !at_once(flag))),
        ]
    }

    /// Who does what until when; the facts stand with the flags themselves.
    fn ranked<'f>(&self, flags: impl Iterator<Item = &'f FlagRow>) -> Block {
        let t = self.t;
        let mut table = Table::new(&[t.signal, self.c.level, t.measure, t.owner, t.due_on]);
        for flag in flags {
            table.row(vec![
                self.signal(&flag.signal).into(),
                words::level(self.lang, flag.level).into(),
                self.or_missing(flag.measure.as_deref()),
                self.or_missing(flag.owner_name.as_deref()),
                self.day(flag.due_on),
            ]);
        }
        table.or(t.none)
    }

    /// Duties with the rule behind each.
    pub(super) fn duties(&self, duties: &[WhyDuty]) -> Block {
        let t = self.t;
        let mut table = Table::new(&[t.duty, t.about, t.class, t.due_on, t.rule]);
        for why in duties {
            let duty = &why.duty;
            let due = if duty.due < self.base.as_of {
                let late = t.overdue_days((self.base.as_of - duty.due).num_days());
                Said::strong(format!("{}\n{late}", duty.due))
            } else {
                duty.due.to_string().into()
            };
            table.row(vec![
                self.t.begun(words::duty(self.lang, duty.code)).into(),
                duty.reference.as_str().into(),
                words::duty_class(self.lang, duty.class).into(),
                due,
                self.rule(why),
            ]);
        }
        table.or(t.no_duties)
    }

    /// The rule of a duty with its policy, and whether the bank has confirmed its numbers.
    pub(super) fn rule(&self, why: &WhyDuty) -> Said {
        let rule = format!("{}{}", why.duty.rule, self.lang.aside(&why.duty.policy));
        let mark = if why.verified { String::new() } else { self.t.bracketed(self.t.unverified) };
        format!("{rule}{mark}").into()
    }
}
