//! Two sides as one list of rows: each judged by the form under which it was made.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::domain::answer::{Answer, Value};
use crate::domain::facts;
use crate::form::definition::{Item, Kind};
use crate::form::{Fault, Form, Words};
use crate::protocol::page::{ComparePage, CompareSide};

/// What both sides hold, row by row.
#[derive(Debug, Default)]
pub(super) struct Model {
    rows: Vec<Row>,
    /// Whether both sides hold the same kind of things: nobody knows how the questions of a record
    /// would have been answered at an imported visit, so that nothing is known to have changed.
    pub(super) comparable: bool,
    /// Paths of the answers that changed, counted as the record counts them for its reviewer.
    changed: BTreeSet<Arc<str>>,
    /// A form that can't be read.
    pub(super) fault: Option<Fault>,
}

/// One row.
#[derive(Debug)]
pub(super) struct Row {
    /// The section under whose heading it stands.
    pub(super) section: Arc<Words>,
    /// What it is about.
    pub(super) subject: Subject,
    /// What each side says; `None` = nothing.
    pub(super) sides: [Option<Cell>; 2],
}

/// What a row is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Subject {
    /// A fact with which the visit was composed.
    Fact(&'static str),
    /// Conclusion of an imported visit.
    Conclusion,
    /// Note of an imported visit.
    Note,
    /// An answer: its path and its question.
    Item(Arc<str>, Arc<Words>),
}

/// What one side says.
#[derive(Debug, Clone)]
pub(super) enum Cell {
    /// A bare value.
    Plain(Value),
    /// An answer with the item that it answers.
    Answer(Arc<Item>, Value, String),
}

impl Cell {
    fn value(&self) -> &Value {
        match self {
            Self::Plain(value) | Self::Answer(_, value, _) => value,
        }
    }
}

/// Last time's answers by path, with a day.
type Last = BTreeMap<String, (Answer, NaiveDate)>;

/// What an officer writes for herself alone.
const PRIVATE: &str = "retrospective";

/// Facts that are compared.
pub(super) const FACTS: [&str; 3] = [facts::TIER, facts::EXPOSURE, facts::DAYS_PAST_DUE];

impl Row {
    fn differs(&self) -> bool {
        let [left, right] = &self.sides;
        left.as_ref().map(Cell::value) != right.as_ref().map(Cell::value)
    }

    /// The change in percent of the left side, in tenths; `None` where that says nothing, as of days.
    pub(super) fn change(&self) -> Option<i64> {
        let days = |cell: &Cell| match cell {
            Cell::Answer(item, ..) => !item.kind.moves_in_percent(),
            Cell::Plain(_) => false,
        };
        if self.subject == Subject::Fact(facts::DAYS_PAST_DUE)
            || self.sides.iter().flatten().any(days)
        {
            return None;
        }
        let [left, right] = &self.sides;
        let number = |cell: &Option<Cell>| match cell.as_ref()?.value() {
            Value::Number(number) => Some(number.0),
            Value::Money(fen) => Some(fen.0),
            _ => None,
        };
        // How much more days have gone by since the last visit is no growth.
        let computed = |cell: &Option<Cell>| match cell {
            Some(Cell::Answer(item, ..)) => item.computed && matches!(item.kind, Kind::Number(_)),
            _ => false,
        };
        if computed(right) {
            return None;
        }
        let (then, now) = (i128::from(number(left)?), i128::from(number(right)?));
        if then == 0 || then == now {
            return None;
        }
        i64::try_from((now - then) * 1000 / then.abs()).ok()
    }

    /// The path of the answer that it is about.
    pub(super) fn path(&self) -> Option<&str> {
        match &self.subject {
            Subject::Item(path, _) => Some(path),
            _ => None,
        }
    }
}

impl Model {
    /// Makes the rows of a page.
    pub(super) fn of(page: &ComparePage) -> Self {
        let sides = [page.left.as_ref(), page.right.as_ref()];
        let [left, right] = sides.map(|side| side.map(|side| side.id.1.is_some()));
        let comparable = left.is_some() && left == right;
        let mut model = Self { comparable, ..Self::default() };
        model.facts(sides);
        // Last time's answers stand beside those of the right side as they do in its record.
        let before: Last = page.left.as_ref().map_or_else(BTreeMap::new, |side| {
            let answers = side.answers.iter();
            answers.map(|(path, answer)| (path.clone(), (answer.clone(), NaiveDate::MIN))).collect()
        });
        let left = page.left.as_ref().and_then(|side| model.judged(side, Last::new()));
        let right = page.right.as_ref().and_then(|side| model.judged(side, before));
        let mut left = left.unwrap_or_default();
        let mut rows = Vec::new();
        for (section, subject, cell) in right.unwrap_or_default() {
            let there = left.iter().position(|(_, other, _)| same(other, &subject));
            let then = there.map(|at| left.remove(at).2);
            rows.push(Row { section, subject, sides: [then, Some(cell)] });
        }
        // What only the left form asked goes to the end of the section of that name.
        for (section, subject, cell) in left {
            let last = rows.iter().rposition(|row| row.section == section);
            let row = Row { section, subject, sides: [Some(cell), None] };
            rows.insert(last.map_or(rows.len(), |at| at + 1), row);
        }
        model.rows.extend(rows);
        model
    }

    /// What stands above the answers: tier, exposure, and what an imported visit says.
    fn facts(&mut self, sides: [Option<&CompareSide>; 2]) {
        let section = Arc::new(Words::default());
        let mut add = |subject, cells: [Option<Cell>; 2]| {
            if cells.iter().any(Option::is_some) {
                self.rows.push(Row { section: Arc::clone(&section), subject, sides: cells });
            }
        };
        for fact in FACTS {
            let cell = |side: Option<&CompareSide>| side?.facts.get(fact).cloned().map(Cell::Plain);
            add(Subject::Fact(fact), sides.map(cell));
        }
        let text = |said: &Option<String>| {
            let said = said.clone().filter(|said| !said.is_empty());
            said.map(|said| Cell::Plain(Value::Text(said)))
        };
        let imported = |side: &&CompareSide| side.id.1.is_none();
        add(Subject::Conclusion, sides.map(|s| text(&s.filter(imported)?.conclusion)));
        add(Subject::Note, sides.map(|s| text(&s.filter(imported)?.note)));
    }

    /// The answers of a side in the order of its own form.
    fn judged(
        &mut self,
        side: &CompareSide,
        last: Last,
    ) -> Option<Vec<(Arc<Words>, Subject, Cell)>> {
        side.id.1?;
        let library = match crate::assets::checklists::for_record(side.pack_text.as_deref()) {
            Ok(library) => library,
            Err(fault) => {
                self.fault = Some(fault);
                return None;
            }
        };
        let form = Form::new(library, &side.sections, side.facts.clone(), last);
        let state = form.evaluate(&side.answers);
        let paths = state.changes(&side.answers).into_iter().filter_map(|at| state.rows.get(at));
        self.changed = paths.map(|row| Arc::clone(&row.path)).collect();
        let rows = state.rows.iter().filter(|row| !matches!(row.item.kind, Kind::Group(_)));
        let rows = rows.filter(|row| row.item.code != PRIVATE);
        let cells = rows.filter_map(|row| {
            let given: Option<&Answer> = side.answers.get(&*row.path);
            let value = row.computed.clone().or_else(|| given.map(|a| a.value.clone()))?;
            let note = given.map(|answer| answer.note.clone()).unwrap_or_default();
            let section = state.sections.get(row.section)?;
            let subject = Subject::Item(Arc::clone(&row.path), Arc::clone(&row.title));
            let cell = Cell::Answer(Arc::clone(&row.item), value, note);
            Some((Arc::clone(&section.title), subject, cell))
        });
        Some(cells.collect())
    }

    /// The rows to show; of an imported visit what it says.
    pub(super) fn shown(&self, all: bool) -> impl Iterator<Item = &Row> {
        let own = |row: &Row| matches!(row.subject, Subject::Conclusion | Subject::Note);
        self.rows.iter().filter(move |row| all || self.differs(row) || own(row))
    }

    /// How many answers changed; what the bank itself knows is shown and not counted.
    pub(super) fn differing(&self) -> usize {
        self.rows.iter().filter(|row| row.path().is_some() && self.differs(row)).count()
    }

    /// Whether the sides are known to say different things. An answer that only one visit was asked
    /// did not change, and nobody changed what is worked out.
    pub(super) fn differs(&self, row: &Row) -> bool {
        self.comparable
            && match &row.subject {
                Subject::Item(path, _) => self.changed.contains(path),
                _ => row.differs(),
            }
    }
}

/// The same question, whatever its wording was then.
fn same(one: &Subject, other: &Subject) -> bool {
    match (one, other) {
        (Subject::Item(one, _), Subject::Item(other, _)) => one == other,
        _ => one == other,
    }
}
