//! `huifang customers | visits | flags | actions`: lists as table, JSON or CSV.

mod watch;

use chrono::NaiveDate;
use serde_json::{Value, json};

use super::args::{Format, List};
use super::session::{Desk, Io, Session, Want};
use super::table::{self, Sheet};
use crate::domain::flag::FlagState;
use crate::domain::ids::UserId;
use crate::domain::todo::{Promiser, TodoKind};
use crate::fault::Fault;
use crate::i18n::{Catalog, Lang, words};
use crate::protocol::page::{AgendaRow, CustomerRow, FlagRow, Page, TodoRow};
use crate::protocol::query::{
    AgendaFilter, CustomerFilter, CustomerSort, FlagScope, Query, Window,
};
use crate::protocol::reply::Refusal;

/// How many rows are read at once; lists are printed whole.
const SLICE: u32 = 5_000;
/// Days ahead that `visits` lists: as far as the plan is projected for everybody.
const AHEAD: u64 = 90;

/// Which list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Customers.
    Customers,
    /// Due visits.
    Visits,
    /// Live flags.
    Flags,
    /// Customers with confirmed flags.
    Watch,
    /// 待办 and measures of confirmed flags.
    Actions,
}

/// Prints a list.
pub fn run(kind: Kind, list: &List, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json, Format::Csv])?;
    let session = Session::batch(desk, Want::Read)?;
    let officer = session.officer(list.officer.as_deref())?;
    let machine = format != Format::Table;
    let lens = Lens { session: &session, lang: desk.lang, machine, list, officer };
    let sheet = match kind {
        Kind::Customers => lens.customers()?,
        Kind::Visits => lens.visits()?,
        Kind::Flags => lens.flags()?,
        Kind::Watch => watch::sheet(&lens)?,
        Kind::Actions => lens.actions()?,
    };
    print(&sheet, format, io)
}

/// Prints a sheet in one of the three formats.
pub fn print(sheet: &Sheet, format: Format, io: &mut Io<'_>) -> Result<(), Fault> {
    match format {
        Format::Json => sheet.json(io.out)?,
        Format::Csv => sheet.csv(io.out)?,
        Format::Table | Format::Ics => sheet.text(io.out)?,
    }
    Ok(())
}

struct Lens<'a> {
    session: &'a Session,
    lang: Lang,
    /// Codes instead of words.
    machine: bool,
    list: &'a List,
    /// Whose rows alone are wanted.
    officer: Option<UserId>,
}

impl Lens<'_> {
    /// Reads a list slice by slice.
    fn all<R>(
        &self,
        query: impl Fn(Window) -> Query,
        rows_of: impl Fn(Page) -> Option<(u32, Vec<R>)>,
    ) -> Result<Vec<R>, Fault> {
        let mut all = Vec::new();
        loop {
            let offset = u32::try_from(all.len()).unwrap_or(u32::MAX);
            let query = query(Window { offset, limit: SLICE });
            let page = self.session.store.query(&self.session.actor, self.session.now(), &query)?;
            let (total, rows) = rows_of(page).ok_or(Refusal::NotFound)?;
            let done = rows.is_empty();
            all.extend(rows);
            if done || all.len() >= total as usize {
                return Ok(all);
            }
        }
    }

    fn officer(&self) -> Option<UserId> {
        self.officer.clone()
    }

    fn wanted(&self, texts: &[&str]) -> bool {
        let Some(query) = self.list.query.as_deref() else { return true };
        let query = query.to_lowercase();
        texts.iter().any(|text| text.to_lowercase().contains(&query))
    }

    /// A code for machines, its word for people.
    fn word(&self, code: &'static str, word: &'static str) -> Value {
        json!(if self.machine { code } else { word })
    }

    fn person(&self, login: &str, name: &str) -> Value {
        table::person(self.machine, login, name)
    }

    fn owner(&self, row: &FlagRow) -> Value {
        let name = row.owner_name.as_deref();
        let owner = row.owner.as_ref().map(UserId::as_str);
        owner.map_or(Value::Null, |login| self.person(login, name.unwrap_or(login)))
    }

    fn customers(&self) -> Result<Sheet, Fault> {
        let filter = CustomerFilter {
            text: self.list.query.clone().unwrap_or_default(),
            officer: self.officer(),
            ..CustomerFilter::default()
        };
        let rows = self.all(
            |window| Query::Customers { filter: filter.clone(), sort: CustomerSort::Id, window },
            |page| match page {
                Page::Customers(page) => Some((page.total, page.rows.clone())),
                _ => None,
            },
        )?;
        let t = &Catalog::of(self.lang).cli;
        let mut sheet = Sheet::new(&[
            ("customer_id", t.customer_id),
            ("customer", t.customer),
            ("line", t.line),
            ("district", t.district),
            ("officer", t.officer),
            ("tier", t.tier),
            ("exposure", t.exposure),
            ("days_past_due", t.past_due),
            ("next_due", t.next_due),
            ("last_visit", t.last_visit),
            ("gaps", t.gaps),
        ]);
        for row in rows {
            sheet.push(self.customer(&row));
        }
        Ok(sheet)
    }

    fn customer(&self, row: &CustomerRow) -> Vec<Value> {
        vec![
            json!(row.customer.as_str()),
            json!(row.name),
            row.line.map_or(Value::Null, |l| self.word(l.as_code(), words::line(self.lang, l))),
            json!(row.district),
            self.person(row.officer.as_str(), &row.officer_name),
            self.word(row.tier.as_code(), words::tier(self.lang, row.tier)),
            json!(row.exposure.map(|e| e.to_string())),
            json!(row.days_past_due),
            json!(row.next_due.map(|d| d.to_string())),
            json!(row.last_visit.map(|d| d.to_string())),
            json!(row.gaps),
        ]
    }

    fn visits(&self) -> Result<Sheet, Fault> {
        let today = self.session.today();
        let until = today.checked_add_days(chrono::Days::new(AHEAD)).unwrap_or(today);
        let rows = self.all(
            |window| Query::Agenda {
                filter: AgendaFilter::Until(until),
                class: None,
                officer: self.officer(),
                window,
            },
            |page| match page {
                Page::Agenda(page) => Some((page.total, page.rows.clone())),
                _ => None,
            },
        )?;
        let t = &Catalog::of(self.lang).cli;
        let mut sheet = Sheet::new(&[
            ("due", t.due),
            ("overdue_days", t.overdue),
            ("customer_id", t.customer_id),
            ("customer", t.customer),
            ("officer", t.officer),
            ("district", t.district),
            ("class", t.class),
            ("opens", t.opens),
            ("tier", t.tier),
            ("exposure", t.exposure),
            ("duties", t.duties),
        ]);
        for row in rows.iter().filter(|r| self.wanted(&[&r.name, r.customer.as_str()])) {
            sheet.push(self.visit(row));
        }
        Ok(sheet)
    }

    fn visit(&self, row: &AgendaRow) -> Vec<Value> {
        let duty = |code| {
            self.word(crate::domain::duty::DutyCode::as_code(code), words::duty(self.lang, code))
        };
        vec![
            json!(row.due.to_string()),
            json!(row.overdue_days),
            json!(row.customer.as_str()),
            json!(row.name),
            self.person(row.officer.as_str(), &row.officer_name),
            json!(row.district),
            self.word(row.class.as_code(), words::duty_class(self.lang, row.class)),
            json!(row.opens.to_string()),
            self.word(row.tier.as_code(), words::tier(self.lang, row.tier)),
            json!(row.exposure.map(|e| e.to_string())),
            Value::Array(row.codes.iter().copied().map(duty).collect()),
        ]
    }

    fn live(&self) -> Result<Vec<FlagRow>, Fault> {
        let mut rows = self.all(
            |window| Query::Flags { scope: FlagScope::Live, window },
            |page| match page {
                Page::Flags(page) => Some((page.total, page.rows.clone())),
                _ => None,
            },
        )?;
        if let Some(officer) = self.officer() {
            rows.retain(|row| row.owner.as_ref() == Some(&officer));
        }
        Ok(rows)
    }

    fn flags(&self) -> Result<Sheet, Fault> {
        let t = &Catalog::of(self.lang).cli;
        let mut sheet = Sheet::new(&[
            ("flag_id", t.flag),
            ("customer_id", t.customer_id),
            ("customer", t.customer),
            ("signal", t.signal),
            ("level", t.level),
            ("state", t.state),
            ("step", t.step),
            ("raised_on", t.raised),
            ("owner", t.owner),
            ("due_on", t.due),
            ("overdue_days", t.overdue),
        ]);
        for row in self.live()? {
            if self.wanted(&[&row.name, row.customer.as_str(), &row.signal]) {
                sheet.push(vec![
                    json!(row.flag.as_str()),
                    json!(row.customer.as_str()),
                    json!(row.name),
                    json!(row.signal),
                    self.word(row.level.as_code(), words::level(self.lang, row.level)),
                    self.word(row.state.as_code(), words::flag_state(self.lang, row.state)),
                    self.word(row.step.as_code(), words::flag_step(self.lang, row.step)),
                    json!(row.raised_on.to_string()),
                    self.owner(&row),
                    json!(row.due_on.map(|d| d.to_string())),
                    json!(row.overdue_days),
                ]);
            }
        }
        Ok(sheet)
    }

    /// 待办 and the measures of confirmed flags, by date.
    fn actions(&self) -> Result<Sheet, Fault> {
        let t = &Catalog::of(self.lang).cli;
        let mut sheet = Sheet::new(&[
            ("due_on", t.due),
            ("overdue_days", t.overdue),
            ("owner", t.owner),
            ("customer_id", t.customer_id),
            ("customer", t.customer),
            ("kind", t.kind),
            ("text", t.what),
            ("promised_by", t.promised_by),
            ("level", t.level),
            ("id", t.id),
        ]);
        let mut rows: Vec<(Option<NaiveDate>, String, Vec<Value>)> = Vec::new();
        for row in self.live()?.iter().filter(|row| row.state == FlagState::Confirmed) {
            let measure = row.measure.as_deref().unwrap_or_default();
            if self.wanted(&[&row.name, row.customer.as_str(), measure]) {
                rows.push((row.due_on, row.flag.to_string(), self.measure(row, measure)));
            }
        }
        for row in self.todos()? {
            let text = Catalog::of(self.lang).todos.text(&row).to_owned();
            if self.wanted(&[&row.name, row.customer.as_str(), &row.text, &text]) {
                rows.push((Some(row.due_on), row.todo.to_string(), self.todo(&row, &text)));
            }
        }
        rows.sort_by(|a, b| (a.0, &a.1).cmp(&(b.0, &b.1)));
        for (_, _, row) in rows {
            sheet.push(row);
        }
        Ok(sheet)
    }

    fn todos(&self) -> Result<Vec<TodoRow>, Fault> {
        self.all(
            |window| Query::Todos { owner: self.officer(), window },
            |page| match page {
                Page::Todos(page) => Some((page.total, page.rows.clone())),
                _ => None,
            },
        )
    }

    fn measure(&self, row: &FlagRow, measure: &str) -> Vec<Value> {
        let kind = TodoKind::Measure;
        let bank = Promiser::Bank;
        vec![
            json!(row.due_on.map(|d| d.to_string())),
            json!(row.overdue_days),
            self.owner(row),
            json!(row.customer.as_str()),
            json!(row.name),
            self.word(kind.as_code(), words::todo_kind(self.lang, kind)),
            json!(measure),
            self.word(bank.as_code(), words::promiser(self.lang, bank)),
            self.word(row.level.as_code(), words::level(self.lang, row.level)),
            json!(row.flag.as_str()),
        ]
    }

    fn todo(&self, row: &TodoRow, text: &str) -> Vec<Value> {
        vec![
            json!(row.due_on.to_string()),
            json!(row.overdue_days),
            self.person(row.owner.as_str(), &row.owner_name),
            json!(row.customer.as_str()),
            json!(row.name),
            self.word(row.kind.as_code(), words::todo_kind(self.lang, row.kind)),
            json!(text),
            self.word(row.promised_by.as_code(), words::promiser(self.lang, row.promised_by)),
            Value::Null,
            json!(row.todo.as_str()),
        ]
    }
}
