//! Chapters 1 and 2: the inspection itself, the borrower and what changed.

use chrono::NaiveDate;

use super::Writing;
use super::chapter::Chapter;
use crate::domain::duty::Fate;
use crate::domain::visit::Purpose;
use crate::i18n::{Catalog, words};
use crate::protocol::page::WhyDuty;
use crate::report::model::{Block, Said, Table};
use crate::report::show::pick;

impl Writing<'_> {
    pub(super) fn basics(&self) -> Vec<Block> {
        let (desk, t, row) = (self.desk, self.desk.t, &self.report.row);
        let purposes: Vec<String> = row.purposes.iter().map(|p| self.purpose(p)).collect();
        let scope = self.judged.map(|judged| {
            let titles = judged.state.sections.iter();
            let titles: Vec<&str> = titles.map(|s| pick(&s.title, desk.lang)).collect();
            desk.join(&titles)
        });
        let mut blocks = vec![Block::Pairs(vec![
            (t.visit_day.to_owned(), row.visited_on.to_string().into()),
            (t.class.to_owned(), words::visit_class(desk.lang, row.class).into()),
            (t.channel.to_owned(), self.channel()),
            (t.inspector.to_owned(), desk.or_missing(Some(row.officer_name.as_str()))),
            (
                t.basis.to_owned(),
                if purposes.is_empty() {
                    Said::missing(t.no_purpose)
                } else {
                    desk.join(&purposes).into()
                },
            ),
            (t.interval.to_owned(), self.interval()),
            (t.handed_in.to_owned(), self.handed_in()),
            (t.scope.to_owned(), desk.or_missing(scope.as_deref())),
        ])];
        blocks.push(Block::Heading(2, t.duties_met.to_owned()));
        blocks.push(self.duties_met());
        blocks.extend(self.people());
        blocks.extend(self.second());
        blocks.extend(self.looked_up());
        blocks.extend(self.answered_too(Chapter::Basics));
        blocks
    }

    /// The way, in the words of the report, whatever the language in which it was noted.
    fn channel(&self) -> Said {
        let noted = self.report.row.channel.as_deref();
        let words = &Catalog::of(self.desk.lang).overlays;
        self.desk.or_missing(noted.map(|noted| words.channel(noted)))
    }

    fn purpose(&self, purpose: &Purpose) -> String {
        let word = words::duty(self.desk.lang, purpose.code);
        match &purpose.reference {
            Some(reference) => format!("{word} {reference}"),
            None => word.to_owned(),
        }
    }

    /// Days since the last visit.
    fn interval(&self) -> Said {
        let t = self.desk.t;
        match self.report.before {
            Some(before) => {
                let days = (self.report.row.visited_on - before).num_days();
                t.since(days, &before.to_string()).into()
            }
            None => Said::missing(t.first_visit),
        }
    }

    /// When the record was handed in, by how many workdays after the visit, and why late.
    fn handed_in(&self) -> Said {
        let t = self.desk.t;
        let Some(record) = &self.report.record else { return Said::missing(t.unknown) };
        let last = self.report.versions.iter().find(|v| v.version == record.visit.version);
        let Some(at) = last.and_then(|version| version.submitted_at.as_deref()) else {
            return Said::missing(t.not_handed_in);
        };
        let day: Option<NaiveDate> = at.split(' ').next().and_then(|day| day.parse().ok());
        let between = day
            .zip(crate::assets::holidays::shared())
            .map(|(day, workdays)| workdays.workdays_between(self.report.row.visited_on, day));
        let mut text = at.to_owned();
        if let Some(days) = between {
            text.push_str(&t.bracketed(&t.workdays_after(days)));
        }
        if let Some(reason) = &record.lateness_reason {
            text.push('\n');
            text.push_str(&t.late_because(reason));
        }
        text.into()
    }

    /// Which duties this visit met, each with its due day and whether in time.
    fn duties_met(&self) -> Block {
        let (desk, t) = (self.desk, self.desk.t);
        let mut table = Table::new(&[t.duty, t.about, t.due_on, t.compliance, t.rule]);
        for why in &self.report.met {
            let duty = &why.duty;
            let due = match duty.delayed_from {
                Some(from) => t.delayed(&duty.due.to_string(), &from.to_string()),
                None => duty.due.to_string(),
            };
            table.row(vec![
                t.begun(words::duty(desk.lang, duty.code)).into(),
                duty.reference.as_str().into(),
                due.into(),
                self.compliance(why),
                desk.rule(why),
            ]);
        }
        let row = &self.report.row;
        let counts = row.state.is_done();
        if self.report.met.is_empty() && !counts && !row.purposes.is_empty() {
            return Block::Text(Said::strong(self.desk.c.counts_later(&self.served())));
        }
        table.or(t.met_nothing)
    }

    /// The duties that the visit is to serve, with the days on which they are due.
    fn served(&self) -> String {
        let (desk, row) = (self.desk, &self.report.row);
        let due = |purpose: &Purpose| {
            let mut due = desk.base.dossier.due.iter();
            let due = due.find(|due| due.codes.contains(&purpose.code));
            due.map(|due| desk.t.bracketed(&due.due.to_string())).unwrap_or_default()
        };
        let served = row
            .purposes
            .iter()
            .map(|purpose| format!("{}{}", words::duty(desk.lang, purpose.code), due(purpose)));
        desk.join(&served.collect::<Vec<_>>())
    }

    fn compliance(&self, why: &WhyDuty) -> Said {
        let t = self.desk.t;
        match &why.fate {
            Fate::Met { late_days: 0, .. } => t.in_time.into(),
            Fate::Met { late_days, .. } => Said::strong(t.late_days(*late_days)),
            _ => Said::missing(t.unknown),
        }
    }

    pub(super) fn borrower(&self) -> Vec<Block> {
        let mut blocks = vec![self.desk.borrower()];
        blocks.push(Block::Heading(2, self.desk.t.related_parties.to_owned()));
        blocks.push(self.desk.relations());
        blocks.extend(self.answered_too(Chapter::Borrower));
        blocks
    }
}
