//! A record judged for its reviewer: what changed, what is missing, what contradicts itself.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use crate::domain::answer::{Answer, Value};
use crate::domain::facts;
use crate::domain::flag::FlagState;
use crate::domain::review::OpinionLevel;
use crate::form::{Carried, Fault, Form, Problem, Row, State};
use crate::protocol::page::{CommentRow, RecordPage};

/// A record is handed in at most this many workdays after the visit (`domain.md` 4.7).
const LIMIT: i64 = 5;

/// A judged record.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) page: Arc<RecordPage>,
    pub(super) state: State,
    /// Day of submission and workdays since the visit, where that is more than the limit.
    pub(super) handed_in_late: Option<(NaiveDate, i64)>,
    answers: BTreeMap<String, Answer>,
}

/// Headings of the parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Changes,
    Flags,
    Checks,
    Gaps,
    Weak,
    Lateness,
    Documents,
    Comments,
    Rest,
    Mended,
    Returned,
    Opinions,
    Files,
    Reused,
    Calls,
    Versions,
    Second,
    Likeness,
    LookUps,
    Next,
}

/// One thing in the list. Indices are those of the judged rows, of the flags of the page …
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Entry {
    /// Heading with how many there are.
    Title(Part, usize),
    /// A return: its index.
    Return(usize),
    /// An answer that was mended since the last return: its index, and its row if it has one.
    Mended(usize, Option<usize>),
    /// Nothing was mended.
    NothingMended,
    /// A comment with which the record was returned: its index, and the row of its item.
    Answered(usize, Option<usize>),
    /// An opinion: its index.
    Opinion(usize),
    /// An opinion that is awaited.
    Awaited(OpinionLevel),
    /// A registered file with something odd about it: its index.
    File(usize),
    /// An attempt to use a file of another visit: its index.
    Reuse(usize),
    /// A call to the customer: its index.
    Call(usize),
    /// The visit is in the sample and nobody has called.
    Sampled,
    /// A version: its index.
    Version(usize),
    /// What the co-inspector said in her own words.
    Second,
    /// A text that is like another: its index, and the row of its item.
    Like(usize, Option<usize>),
    /// Why texts are like others.
    LikeWhy,
    /// A look-up that found something: its index.
    Finding(usize),
    /// A look-up that was not queried: its index.
    NotQueried(usize),
    /// The next visit, as it stood when the record was handed in.
    Next,
    /// How much was taken over from last time.
    Carried,
    /// Nothing to compare with.
    FirstVisit,
    /// Nothing differs.
    NoChange,
    /// No flag.
    NoFlag,
    /// Signals that were open before.
    OpenBefore,
    /// Visit and submission lie too far apart.
    BothDates,
    /// A check that does not add up: its index.
    Check(usize),
    /// A suggested flag that nobody decided on: its index.
    Undecided(usize),
    /// A comment on the whole record: its index.
    Comment(usize),
    /// An answer that differs.
    Change(usize),
    /// A flag of this visit.
    Flag(usize),
    /// An answer that is missing or weak.
    Gap(usize),
    /// A document that is promised or refused.
    Document(usize),
    /// A section.
    Section(usize),
    /// An answer of an unfolded section.
    Answer(usize),
}

impl Entry {
    /// Whether it can be selected.
    pub(super) const fn is_row(&self) -> bool {
        matches!(
            self,
            Self::Change(_)
                | Self::Flag(_)
                | Self::Gap(_)
                | Self::Document(_)
                | Self::Mended(..)
                | Self::Answered(..)
                | Self::Like(..)
                | Self::Section(_)
                | Self::Answer(_)
        )
    }

    /// The judged row that it shows.
    pub(super) const fn row(&self) -> Option<usize> {
        match self {
            Self::Change(row) | Self::Gap(row) | Self::Document(row) | Self::Answer(row) => {
                Some(*row)
            }
            Self::Mended(_, row) | Self::Answered(_, row) | Self::Like(_, row) => *row,
            _ => None,
        }
    }
}

impl Sheet {
    /// Judges a record under its own pack; a pack that can't be read gives its fault.
    pub(super) fn new(page: Arc<RecordPage>) -> Result<Self, Fault> {
        let visit = &page.visit;
        let library = crate::assets::checklists::for_record(visit.pack_text.as_deref())?;
        let form = Form::new(library, &visit.sections, visit.facts.clone(), visit.last.clone());
        let answers: BTreeMap<_, _> =
            visit.answers.iter().map(|(item, at)| (item.clone(), at.answer.clone())).collect();
        let mut state = form.evaluate(&answers);
        state.look_at_files(&answers, &visit.filed());
        let handed_in_late = handed_in(&page).and_then(|day| {
            let workdays = crate::assets::holidays::shared()?;
            let between = workdays.workdays_between(visit.visited_on, day);
            (between > LIMIT).then_some((day, between))
        });
        Ok(Self { page, state, handed_in_late, answers })
    }

    /// How much was taken over from last time.
    pub(super) fn carried(&self) -> Carried {
        self.state.carried(&self.answers)
    }

    /// The answer at a path.
    pub(super) fn answer(&self, path: &str) -> Option<&Answer> {
        self.answers.get(path)
    }

    /// This time's value of a row, computed ones included.
    pub(super) fn now<'a>(&'a self, row: &'a Row) -> Option<&'a Value> {
        row.computed.as_ref().or_else(|| self.answer(&row.path).map(|answer| &answer.value))
    }

    /// Nothing to compare with.
    pub(super) fn is_first_visit(&self) -> bool {
        self.page.visit.last.is_empty()
    }

    /// Whether she was visited before, with answers that can be compared or without.
    pub(super) fn was_visited(&self) -> bool {
        self.page.visit.facts.get(facts::LAST_VISIT).is_some()
    }

    /// Whether this time's value is not last time's.
    pub(super) fn differs(&self, row: &Row) -> bool {
        row.last.as_ref().is_some_and(|last| self.now(row) != Some(&last.0.value))
    }

    pub(super) fn rows(&self, wanted: impl Fn(&Row) -> bool) -> Vec<usize> {
        let rows = self.state.rows.iter().enumerate();
        rows.filter(|(_, row)| wanted(row)).map(|(index, _)| index).collect()
    }

    /// Rows whose answer is not last time's, by weight: those that suggest a flag, those beyond
    /// their threshold without and with an explanation, then the others in the order of the form.
    pub(super) fn changes(&self) -> Vec<usize> {
        let mut rows = self.state.changes(&self.answers);
        rows.retain(|at| self.state.rows.get(*at).is_some_and(|row| !self.is_private(row)));
        rows.sort_by_key(|at| self.state.rows.get(*at).map_or(3, |row| self.weight(row)));
        rows
    }

    fn weight(&self, row: &Row) -> u8 {
        let beyond = row.delta.is_some_and(|delta| delta.beyond);
        if self.state.proposals.iter().any(|proposal| *proposal.item == *row.path) {
            0
        } else if row.problem == Some(Problem::Unexplained) {
            1
        } else if beyond {
            2
        } else {
            3
        }
    }

    /// Open comments of a path; `None` = on the whole record.
    pub(super) fn comments<'a>(
        &'a self,
        path: Option<&'a str>,
    ) -> impl Iterator<Item = &'a CommentRow> {
        self.page.visit.comments.iter().filter(move |c| !c.resolved && c.item.as_deref() == path)
    }

    /// How many open comments there are.
    pub(super) fn open_comments(&self) -> usize {
        self.page.visit.comments.iter().filter(|comment| !comment.resolved).count()
    }

    /// Signals that were open when the visit began.
    pub(super) fn open_before(&self) -> &[String] {
        match self.page.visit.facts.get(facts::OPEN_FLAGS) {
            Some(Value::Multi(codes)) => codes,
            _ => &[],
        }
    }

    /// Whether a red flag is open or proposed.
    pub(super) fn has_red(&self) -> bool {
        let red = |flag: &crate::protocol::page::FlagRow| {
            let live = matches!(flag.state, FlagState::Proposed | FlagState::Confirmed);
            live && flag.level == crate::domain::flag::Level::Red
        };
        self.page.flags.last().is_some_and(|count| *count > 0)
            || self.page.visit.flags.iter().any(red)
    }

    /// Everything in the order in which a reviewer needs it.
    pub(super) fn entries(&self, unfolded: &BTreeSet<String>) -> Vec<Entry> {
        let mut list = Vec::new();
        self.round_entries(&mut list);
        self.second_entries(&mut list);
        let changes = self.changes();
        list.push(Entry::Title(Part::Changes, changes.len()));
        if self.is_first_visit() {
            list.push(Entry::FirstVisit);
        } else if changes.is_empty() {
            list.push(Entry::NoChange);
        }
        if self.carried().all > 0 {
            list.push(Entry::Carried);
        }
        list.extend(changes.into_iter().map(Entry::Change));
        self.flag_entries(&mut list);
        self.like_entries(&mut list);
        let parts = [
            (Part::Gaps, self.gaps(), Entry::Gap as fn(usize) -> Entry),
            (Part::Weak, self.weak(), Entry::Gap),
            (Part::Documents, self.documents(), Entry::Document),
        ];
        for (part, rows, entry) in parts {
            if !rows.is_empty() {
                list.push(Entry::Title(part, rows.len()));
                list.extend(rows.into_iter().map(entry));
            }
            if part == Part::Documents {
                self.file_entries(&mut list);
            }
            if part == Part::Weak {
                self.look_up_entries(&mut list);
                if self.handed_in_late.is_some() {
                    list.extend([Entry::Title(Part::Lateness, 0), Entry::BothDates]);
                }
            }
        }
        let whole = self.page.visit.comments.iter().enumerate();
        let whole = whole.filter(|(_, c)| !c.resolved && c.item.is_none()).map(|(at, _)| at);
        let whole: Vec<_> = whole.collect();
        if !whole.is_empty() {
            list.push(Entry::Title(Part::Comments, whole.len()));
            list.extend(whole.into_iter().map(Entry::Comment));
        }
        self.call_entries(&mut list);
        self.version_entries(&mut list);
        self.next_entries(&mut list);
        list.push(Entry::Title(Part::Rest, self.state.progress.answered));
        for (at, section) in self.state.sections.iter().enumerate() {
            list.push(Entry::Section(at));
            if unfolded.contains(&*section.id) {
                let rows = section.first..section.first + section.rows;
                let read =
                    |at: &usize| self.state.rows.get(*at).is_none_or(|row| !self.is_private(row));
                list.extend(rows.filter(read).map(Entry::Answer));
            }
        }
        list
    }

    /// Suggested flags on which nobody decided: neither during this visit nor before, where the
    /// customer had the flag already.
    pub(super) fn undecided(&self) -> impl Iterator<Item = usize> {
        let (flags, before) = (&self.page.visit.flags, self.open_before());
        let decided = |signal: &str| {
            flags.iter().any(|flag| flag.signal == signal) || before.iter().any(|s| s == signal)
        };
        let proposals = self.state.proposals.iter().enumerate();
        proposals.filter(move |(_, p)| !decided(&p.signal)).map(|(at, _)| at)
    }

    fn flag_entries(&self, list: &mut Vec<Entry>) {
        let flags = &self.page.visit.flags;
        list.push(Entry::Title(Part::Flags, flags.len()));
        if flags.is_empty() {
            list.push(Entry::NoFlag);
        }
        list.extend((0..flags.len()).map(Entry::Flag));
        list.extend(self.undecided().map(Entry::Undecided));
        if !self.open_before().is_empty() {
            list.push(Entry::OpenBefore);
        }
        let bad: Vec<_> = self.state.contradictions().map(|(at, _)| at).collect();
        if !bad.is_empty() {
            list.push(Entry::Title(Part::Checks, bad.len()));
            list.extend(bad.into_iter().map(Entry::Check));
        }
    }

    /// What makes an entry the same after the list was made anew: its kind and its subject.
    pub(super) fn key(&self, entry: &Entry) -> (u8, String) {
        let path = |row: &usize| self.state.rows.get(*row).map_or("", |row| &*row.path);
        let (kind, subject) = match entry {
            Entry::Change(row) => (1, path(row)),
            Entry::Gap(row) => (2, path(row)),
            Entry::Document(row) => (3, path(row)),
            Entry::Answer(row) => (4, path(row)),
            Entry::Mended(at, _) => (7, self.page.mended.get(*at).map_or("", |m| m.item.as_str())),
            Entry::Answered(at, _) => {
                (8, self.page.visit.comments.get(*at).map_or("", |c| c.id.as_str()))
            }
            Entry::Like(at, _) => {
                (9, self.page.handing.like.get(*at).and_then(|r| r.item.as_deref()).unwrap_or(""))
            }
            Entry::Section(at) => (5, self.state.sections.get(*at).map_or("", |s| &*s.id)),
            Entry::Flag(at) => {
                (6, self.page.visit.flags.get(*at).map_or("", |flag| flag.flag.as_str()))
            }
            _ => (0, ""),
        };
        (kind, subject.to_owned())
    }
}

/// The day of submission. The page tells it without a year: it is the first such day not before
/// the visit.
fn handed_in(page: &RecordPage) -> Option<NaiveDate> {
    let visited = page.visit.visited_on;
    let (day, _) = page.submitted_at.as_deref()?.split_once(' ')?;
    let (month, day) = day.split_once('-')?;
    let (month, day) = (month.parse().ok()?, day.parse().ok()?);
    let of = |year| NaiveDate::from_ymd_opt(year, month, day);
    of(visited.year()).filter(|day| *day >= visited).or_else(|| of(visited.year() + 1))
}
