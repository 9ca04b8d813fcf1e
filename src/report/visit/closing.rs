//! Chapters 9 to 14: what was to be done, flags, repayment, findings, strategy, conclusion.

use super::Writing;
use super::chapter::Chapter;
use crate::domain::facts::as_key;
use crate::domain::todo::TodoState;
use crate::i18n::words;
use crate::protocol::page::{FlagRow, TodoRow};
use crate::report::model::{Block, Said, Table};

impl Writing<'_> {
    pub(super) fn follow_up(&self) -> Vec<Block> {
        let (desk, t) = (self.desk, self.desk.t);
        let mut blocks = vec![
            Block::Heading(2, t.conditions.to_owned()),
            desk.conditions_but(Some(&self.report.row.visit), &|row| self.found(row)),
            Block::Heading(2, t.covenants.to_owned()),
            desk.covenants(),
        ];
        blocks.push(Block::Heading(2, desk.c.agreed.to_owned()));
        blocks.push(self.agreed());
        blocks.extend(self.answered_too(Chapter::FollowUp));
        blocks
    }

    /// What this visit found of a promise, in the words of its answer.
    fn found(&self, row: &TodoRow) -> Option<String> {
        let judged = self.judged?;
        let asked = |path: &str| path.starts_with("promise[") && path.ends_with("].kept");
        let mut rows = judged.state.rows.iter().filter(|row| asked(&row.path) && row.answered);
        let found = rows.find(|asked| asked.subject.as_deref() == Some(&*as_key(&row.text)))?;
        Some(self.desk.now(judged, found).text)
    }

    /// What the customer promised, or was agreed with her, at this visit.
    fn agreed(&self) -> Block {
        let (desk, t, c) = (self.desk, self.desk.t, self.desk.c);
        let mut table = Table::new(&[c.what, c.promised_by, t.owner, t.due_on, t.state]);
        let visit = &self.report.row.visit;
        let todos = desk.base.dossier.todos.iter().filter(|row| row.visit.as_ref() == Some(visit));
        for row in todos {
            table.row(vec![
                crate::i18n::Catalog::of(desk.lang).todos.text(row).to_owned().into(),
                words::promiser(desk.lang, row.promised_by).into(),
                row.owner_name.as_str().into(),
                row.due_on.to_string().into(),
                match row.state {
                    TodoState::Dropped => words::todo_state(desk.lang, row.state).into(),
                    _ => desk.kept(row.done_on, Some(row.due_on)),
                },
            ]);
        }
        table.or(c.nothing_agreed)
    }

    pub(super) fn flags(&self) -> Vec<Block> {
        let (desk, t) = (self.desk, self.desk.t);
        let mut blocks = vec![Block::Heading(2, t.flags_of_visit.to_owned())];
        match &self.report.record {
            Some(record) => {
                let flags: Vec<_> = record.visit.flags.iter().map(|f| self.worded(f)).collect();
                blocks.push(desk.flags(flags.iter(), t.no_flags));
            }
            None => blocks.push(Block::Text(Said::missing(t.no_record))),
        }
        // Those of the visit stand above.
        blocks.push(Block::Heading(2, desk.c.live_others.to_owned()));
        let live = desk.base.flags.iter().filter(|flag| {
            use crate::domain::flag::FlagState::{Confirmed, Proposed};
            let told = self.report.record.iter().flat_map(|record| &record.visit.flags);
            let told = told.map(|known| &known.flag).any(|known| *known == flag.flag);
            !told && matches!(flag.state, Proposed | Confirmed)
        });
        blocks.push(desk.flags(live, t.no_flags));
        blocks.extend(self.undecided());
        blocks.extend(self.answered_too(Chapter::Flags));
        blocks
    }

    /// A flag with what its answer suggested in the language of the report, whatever the language of
    /// who took it up.
    fn worded(&self, flag: &FlagRow) -> FlagRow {
        let words = self.judged.zip(flag.note.as_deref());
        let words = words.and_then(|(judged, note)| judged.state.suggested(&flag.signal, note));
        let mut flag = flag.clone();
        if let Some(words) = words {
            flag.note = Some(crate::report::show::pick(words, self.desk.lang).to_owned());
        }
        flag
    }

    /// Signals that the answers suggest and nobody decided upon.
    fn undecided(&self) -> Vec<Block> {
        let (desk, t) = (self.desk, self.desk.t);
        let Some((judged, record)) = self.judged.zip(self.report.record.as_ref()) else {
            return Vec::new();
        };
        let known = |signal: &str| {
            let flags = record.visit.flags.iter().chain(&desk.base.flags);
            flags.into_iter().any(|flag| flag.signal == signal)
        };
        let open = judged.state.proposals.iter().filter(|proposal| !known(&proposal.signal));
        let points: Vec<Said> = open
            .map(|proposal| {
                let level = words::level(desk.lang, proposal.level);
                let note = crate::report::show::pick(&proposal.note, desk.lang);
                format!("{} {level}  {note}", desk.signal(&proposal.signal)).into()
            })
            .collect();
        if points.is_empty() {
            return Vec::new();
        }
        vec![Block::Heading(2, t.undecided.to_owned()), Block::List(points)]
    }

    pub(super) fn repayment(&self) -> Vec<Block> {
        let t = self.desk.t;
        let mut blocks =
            vec![Block::Heading(2, t.next_instalments.to_owned()), self.desk.instalments(3)];
        blocks.extend(self.answered_too(Chapter::Repayment));
        blocks
    }

    /// Problems ranked by what is to be done about them, then the officer's own words.
    pub(super) fn findings(&self) -> Vec<Block> {
        let mut blocks = self.desk.ranked_flags();
        blocks.push(Block::Heading(2, self.desk.t.own_words.to_owned()));
        blocks.push(self.spoken(Chapter::Findings));
        blocks
    }

    pub(super) fn strategy(&self) -> Vec<Block> {
        let (desk, t) = (self.desk, self.desk.t);
        let tier = desk.t.tier_in_full(desk.base.dossier.tier);
        let mut blocks = vec![
            Block::Pairs(vec![(t.tier_now.to_owned(), tier.into())]),
            self.spoken(Chapter::Strategy),
            Block::Heading(2, t.strategy_decided.to_owned()),
        ];
        blocks.extend(desk.strategy());
        blocks
    }

    pub(super) fn conclusion(&self) -> Vec<Block> {
        let (desk, t) = (self.desk, self.desk.t);
        let mut blocks = Vec::new();
        if self.judged.is_some() {
            blocks.push(self.spoken(Chapter::Conclusion));
        } else {
            blocks.push(Block::Pairs(vec![
                (t.conclusion.to_owned(), desk.or_missing(self.report.row.conclusion.as_deref())),
                (t.note.to_owned(), desk.or_missing(self.report.note.as_deref())),
            ]));
        }
        blocks.push(Block::Heading(2, t.next_due.to_owned()));
        let next: Vec<Said> = desk
            .base
            .dossier
            .due
            .iter()
            .map(|row| {
                let codes: Vec<&str> =
                    row.codes.iter().map(|code| words::duty(desk.lang, *code)).collect();
                format!("{}  {}", row.due, desk.join(&codes)).into()
            })
            .collect();
        if next.is_empty() {
            blocks.push(Block::Text(Said::missing(t.nothing_due)));
        } else {
            blocks.push(Block::List(next));
        }
        blocks.extend(self.next_then());
        blocks.extend(self.apart());
        blocks.extend(self.opinions());
        blocks.extend(self.calls());
        blocks
    }

    /// What the plan asked for when the record was handed in, and what was agreed with the customer.
    fn next_then(&self) -> Option<Block> {
        let (desk, t, c) = (self.desk, self.desk.t, self.desk.c);
        let record = self.report.record.as_ref().filter(|record| record.submitted_at.is_some())?;
        let handing = &record.handing;
        let next = match &handing.next {
            Some((day, codes)) => {
                let codes: Vec<&str> =
                    codes.iter().map(|code| words::duty(desk.lang, *code)).collect();
                Said::from(format!("{day}  {}", desk.join(&codes)))
            }
            None => Said::missing(t.nothing_due),
        };
        let wish = match &handing.wish {
            Some((day, why)) => Said::from(format!("{day}  {why}").trim_end()),
            None => Said::missing(c.no_wish),
        };
        Some(Block::Pairs(vec![(c.plan_then.to_owned(), next), (c.wish.to_owned(), wish)]))
    }

    /// What the customer wants, and what the officer declares of gifts: neither says anything of risk.
    fn apart(&self) -> Vec<Block> {
        let c = self.desk.c;
        if self.judged.is_none() {
            return Vec::new();
        }
        vec![
            Block::Heading(2, c.customers_own.to_owned()),
            self.spoken(Chapter::CustomersOwn),
            Block::Note(c.apart.to_owned()),
            Block::Heading(2, c.gifts.to_owned()),
            self.spoken(Chapter::Gifts),
        ]
    }
}
