//! `huifang questionnaire export | import`: what a customer can answer herself, as a file to fill in.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;

use super::args::Questionnaire;
use super::session::{Desk, Io, Session};
use crate::assets::checklists;
use crate::domain::answer::{Answer, Evidence, Value};
use crate::domain::ids::VisitId;
use crate::exchange::questionnaire::{self as file, Entry, Question, Sheet};
use crate::exchange::rows::ReadFault;
use crate::exchange::template::TemplateFault;
use crate::fault::{Fault, Found, Wrong};
use crate::form::{Form, Kind, Problem, Row, entry};
use crate::i18n::Lang;
use crate::i18n::questionnaire as text;
use crate::i18n::questionnaire::Reject;
use crate::protocol::command::{Command, Conduct};
use crate::protocol::page::{Page, VisitPage};
use crate::protocol::query::Query;
use crate::protocol::reply::Refusal;

/// Writes a form or takes one in.
pub fn run(what: &Questionnaire, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let mut session = Session::writer(desk)?;
    match what {
        Questionnaire::Export { visit, out } => {
            let visit = VisitId::from(visit.as_str());
            let questions = export(&mut session, &visit, out, desk.lang)?;
            if !desk.global.quiet {
                writeln!(io.err, "{}", text::exported(desk.lang, questions))?;
            }
            Ok(())
        }
        Questionnaire::Import { file } => import(&mut session, file, desk, io),
    }
}

/// The record with its form.
pub(super) fn open(session: &Session, visit: &VisitId) -> Result<(Arc<VisitPage>, Form), Fault> {
    let query = Query::Visit { visit: visit.clone() };
    let Page::Visit(page) = session.store.query(&session.actor, session.now(), &query)? else {
        return Err(Fault::Refused(Refusal::NotFound));
    };
    let library = checklists::for_record(page.pack_text.as_deref()).map_err(Fault::Faulty)?;
    let form = Form::new(library, &page.sections, page.facts.clone(), page.last.clone());
    Ok((page, form))
}

pub(super) fn answers(page: &VisitPage) -> BTreeMap<String, Answer> {
    page.answers.iter().map(|(item, at)| (item.clone(), at.answer.clone())).collect()
}

/// What a customer can be asked.
fn asked(row: &Row) -> bool {
    row.item.declarable && !row.item.computed && !matches!(row.item.kind, Kind::Group(_))
}

/// Writes the questions of a record that its customer can answer herself.
fn export(session: &mut Session, visit: &VisitId, out: &Path, lang: Lang) -> Result<usize, Fault> {
    let ending = out.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    if !matches!(ending.as_deref(), Some("txt" | "xlsx")) {
        return Err(Fault::Wrong(Wrong::Ending(out.display().to_string())));
    }
    let (page, form) = open(session, visit)?;
    let state = form.evaluate(&answers(&page));
    let mut questions: Vec<Question> = file::WHO
        .iter()
        .map(|key| Question {
            key: (*key).to_owned(),
            title: text::who(lang, key).to_owned(),
            ..Question::default()
        })
        .collect();
    questions.extend(state.rows.iter().filter(|row| asked(row)).map(|row| question(row, lang)));
    let count = questions.len() - file::WHO.len();
    let sheet = Sheet {
        notes: text::notes(lang),
        head: [page.pack.clone(), page.visit.to_string(), page.version.to_string()],
        questions,
    };
    file::write(out, &sheet).map_err(|fault| match fault {
        TemplateFault::Io(why) if why.kind() == std::io::ErrorKind::AlreadyExists => {
            Fault::Exists(out.to_owned())
        }
        TemplateFault::Io(why) => {
            Fault::file(crate::outgoing::missing_folder(out).unwrap_or(out))(why)
        }
        TemplateFault::Workbook(_) => Fault::Output(std::io::ErrorKind::Other),
    })?;
    let note = serde_json::json!({"visit": visit.as_str(), "questions": count});
    let path = session.store.path().to_owned();
    let (now, actor) = (session.now(), session.actor.clone());
    let noted = session.store.note_export(&actor, now, "questionnaire", &note.to_string());
    noted.map_err(Fault::store(&path))?;
    Ok(count)
}

fn question(row: &Row, lang: Lang) -> Question {
    let pick = |words: &crate::form::Words| match lang {
        Lang::Zh => words.zh.clone(),
        Lang::En => words.en.clone(),
    };
    let options: Vec<String> = row.item.kind.choices().iter().map(|c| pick(&c.words)).collect();
    let unit = match &row.item.kind {
        Kind::Number(unit) => pick(unit),
        _ => String::new(),
    };
    let single = matches!(row.item.kind, Kind::Choice(_));
    Question {
        key: row.path.to_string(),
        title: pick(&row.title),
        hint: text::hint(lang, &row.item.kind, &unit, &options),
        options: if single { options } else { Vec::new() },
    }
}

/// Takes a form in that was filled in: whole, or not at all with every fault named.
fn import(session: &mut Session, path: &Path, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let entries = file::read(path).map_err(|fault| unreadable(path, &fault))?;
    let head = |key: &str| entries.iter().find(|e| e.key == key).map(|e| e.value.clone());
    let [Some(pack), Some(visit), Some(version)] = file::HEAD.map(head) else {
        return Err(Fault::Found(Found::NoQuestionnaire));
    };
    let (page, form) = open(session, &VisitId::from(visit.as_str()))?;
    let version: i64 = version.parse().unwrap_or_default();
    if page.pack != pack || page.version != version {
        return Err(Fault::Refused(Refusal::Invalid { field: "questionnaire", why: "other_form" }));
    }
    let mut filled = Filled::read(&entries, &page, &form, session.today());
    filled.judge(&page, &form);
    if !filled.rejects.is_empty() {
        for (line, title, reject) in &filled.rejects {
            let title = match desk.lang {
                Lang::Zh => &title.zh,
                Lang::En => &title.en,
            };
            writeln!(io.err, "{}", text::reject(desk.lang, *line, title, reject))?;
        }
        return Err(Fault::Found(Found::Questionnaire(filled.rejects.len())));
    }
    let differing = filled.answers.iter().filter(|(item, _, value)| {
        let own = page.answers.get(item).map(|own| &own.answer);
        own.is_some_and(|own| own.value != *value && !page.is_declared(item, own))
    });
    let differing = differing.count();
    let count = filled.answers.len();
    session.apply(&Command::Conduct(Conduct::TakeQuestionnaire {
        visit: page.visit.clone(),
        version,
        pack,
        by: filled.by,
        on: filled.on.unwrap_or_else(|| session.today()),
        answers: filled.answers.into_iter().map(|(item, _, value)| (item, value)).collect(),
    }))?;
    Ok(writeln!(io.err, "{}", text::taken(desk.lang, count, differing))?)
}

fn unreadable(path: &Path, fault: &ReadFault) -> Fault {
    match fault {
        ReadFault::NotFound => {
            Fault::File { path: path.to_owned(), why: std::io::ErrorKind::NotFound }
        }
        other => Fault::Import(crate::fault::import::Fault::File {
            name: path.display().to_string(),
            fault: other.clone(),
        }),
    }
}

/// A form that was filled in, as far as it was understood.
#[derive(Debug, Default)]
struct Filled {
    by: String,
    on: Option<NaiveDate>,
    /// Item, line and value.
    answers: Vec<(String, u64, Value)>,
    /// Line, question and what is wrong.
    rejects: Vec<(u64, crate::form::Words, Reject)>,
}

impl Filled {
    fn read(entries: &[Entry], page: &VisitPage, form: &Form, today: NaiveDate) -> Self {
        let mut filled = Self::default();
        let state = form.evaluate(&answers(page));
        for found in entries.iter().filter(|e| !file::HEAD.contains(&e.key.as_str())) {
            filled.take(found, &state.rows, today);
        }
        let absent = |key: &str| crate::form::Words {
            zh: text::who(Lang::Zh, key).to_owned(),
            en: text::who(Lang::En, key).to_owned(),
        };
        if filled.by.is_empty() {
            filled.rejects.push((0, absent("by"), Reject::Missing));
        }
        if filled.on.is_none() {
            filled.rejects.push((0, absent("on"), Reject::Missing));
        }
        if filled.answers.is_empty() && filled.rejects.is_empty() {
            filled.rejects.push((0, crate::form::Words::default(), Reject::Empty));
        }
        filled
    }

    fn take(&mut self, found: &Entry, rows: &[Row], today: NaiveDate) {
        let line = found.line;
        let key = crate::form::Words { zh: found.key.clone(), en: found.key.clone() };
        match found.key.as_str() {
            "by" => self.by.clone_from(&found.value),
            "on" => match entry::parse(&Kind::Date, &found.value, today) {
                Ok(Value::Date(day)) if day <= today => self.on = Some(day),
                Ok(_) => self.rejects.push((line, key, Reject::Future)),
                Err(fault) => self.rejects.push((line, key, Reject::Entry(fault))),
            },
            item => {
                let Some(row) = rows.iter().find(|row| *row.path == *item && asked(row)) else {
                    return self.rejects.push((line, key, Reject::NotAsked));
                };
                if self.answers.iter().any(|(known, _, _)| known == item) {
                    return self.rejects.push((line, (*row.title).clone(), Reject::Twice));
                }
                match entry::parse(&row.item.kind, &found.value, today) {
                    Ok(value) => self.answers.push((item.to_owned(), line, value)),
                    Err(fault) => {
                        self.rejects.push((line, (*row.title).clone(), Reject::Entry(fault)));
                    }
                }
            }
        }
    }

    /// Answers against a rule of the form; the officer's own answers count for the others.
    fn judge(&mut self, page: &VisitPage, form: &Form) {
        let mut all = answers(page);
        for (item, _, value) in &self.answers {
            all.entry(item.clone()).or_insert_with(|| Answer {
                value: value.clone(),
                evidence: Some(Evidence::Oral),
                note: String::new(),
                unchanged: false,
            });
        }
        let state = form.evaluate(&all);
        for (item, line, value) in &self.answers {
            let Some(row) = state.row(item) else { continue };
            if all.get(item).is_some_and(|answer| answer.value != *value) {
                continue;
            }
            let reject = match &row.problem {
                Some(Problem::Against(words)) => Reject::Against((**words).clone()),
                Some(Problem::Negative) => Reject::Negative,
                Some(Problem::WrongKind | Problem::Incomplete) => Reject::NotAsked,
                Some(
                    Problem::Missing
                    | Problem::Wanted
                    | Problem::Ahead
                    | Problem::Unexplained
                    | Problem::Unfiled
                    | Problem::Stale
                    | Problem::Weak(_),
                )
                | None => continue,
            };
            self.rejects.push((*line, (*row.title).clone(), reject));
        }
    }
}
