//! `huifang policy diff`: another policy rehearsed on the whole book, visit by visit, before anybody
//! decides about it.

use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

use crate::cli::args::Format;
use crate::cli::session::{Desk, Io, Session};
use crate::cli::table::{Sheet, document};
use crate::domain::duty::DueVisit;
use crate::fault::{Fault, Wrong};
use crate::i18n::{Catalog, policy as texts, words};
use crate::planning::Policy;
use crate::planning::rehearsal::{Rehearsal, Shift, rehearse};
use crate::protocol::reply::Refusal;

/// How it can be told.
pub(super) const FORMATS: [Format; 3] = [Format::Table, Format::Json, Format::Csv];
/// How far a rehearsal looks when `--to` is not given, in days: each yearly series comes once.
const REACH: u64 = 365;

/// Which days are rehearsed, under which policies.
struct Span<'p> {
    in_force: &'p str,
    policy: &'p str,
    from: NaiveDate,
    to: NaiveDate,
}

/// Rehearses a policy up to a day, for the customers of one officer if one is named.
pub(super) fn run(
    policy: &Policy,
    session: &Session,
    (to, officer): (Option<NaiveDate>, Option<&str>),
    (format, desk): (Format, &Desk),
    io: &mut Io<'_>,
) -> Result<(), Fault> {
    let from = session.today();
    let to = to.unwrap_or_else(|| from.checked_add_days(Days::new(REACH)).unwrap_or(from));
    if to < from {
        return Err(Fault::Wrong(Wrong::Range));
    }
    let packs = &session.packs;
    let mut sheet = sheet(&Catalog::of(desk.lang).policy);
    let mut counts = Counts::default();
    let officer = session.officer(officer)?;
    let names = session.names(format != Format::Table)?;
    let outcome = session.store.each_file(&session.actor, officer.as_ref(), |file| {
        let found = rehearse(&file, &packs.policy, policy, &packs.workdays, from, to);
        counts.take(file.customer.id.as_str(), &found);
        for shift in &found.shifts {
            let kind = match format {
                Format::Table => texts::shift(desk.lang, shift.as_code()),
                _ => shift.as_code(),
            };
            sheet.push(vec![
                json!(file.customer.id.as_str()),
                json!(file.customer.name),
                json!(names.of(&file.customer.officer)),
                json!(kind),
                due(shift.from()),
                due(shift.to()),
                class(shift.from(), desk, format),
                class(shift.to(), desk, format),
                codes(shift.to().or(shift.from())),
            ]);
        }
    });
    outcome.map_err(Refusal::from)?;
    let span = Span { in_force: &packs.policy.version, policy: &policy.version, from, to };
    match format {
        Format::Json => {
            let mut told = counts.json();
            told["in_force"] = json!(span.in_force);
            told["policy"] = json!(span.policy);
            told["as_of"] = json!(span.from.to_string());
            told["to"] = json!(span.to.to_string());
            told["shifts"] = sheet.value();
            document(&told, io.out)?;
        }
        Format::Csv => sheet.csv(io.out)?,
        Format::Table | Format::Ics => print(&span, &counts, &sheet, desk, io)?,
    }
    Ok(())
}

/// For people: what was rehearsed, the sums, whom it leaves out, and visit by visit what moves.
fn print(
    span: &Span<'_>,
    counts: &Counts,
    sheet: &Sheet,
    desk: &Desk,
    io: &mut Io<'_>,
) -> Result<(), Fault> {
    let t = &Catalog::of(desk.lang).policy;
    writeln!(io.out, "{}", t.rehearsed(span.in_force, span.policy, span.from, span.to))?;
    writeln!(io.out, "{}", t.moves(counts.moved, counts.class, counts.new, counts.gone))?;
    writeln!(io.out, "{}", t.total(counts.before, counts.after, counts.changed))?;
    for (text, ids) in [
        (t.left_out(counts.left_out.len()), &counts.left_out),
        (t.unmatched(counts.unmatched.len()), &counts.unmatched),
    ] {
        if !ids.is_empty() {
            writeln!(io.out, "{text} {}", ids.join(" "))?;
        }
    }
    if !sheet.is_empty() {
        writeln!(io.out)?;
        sheet.text(io.out)?;
    }
    Ok(())
}

/// What a rehearsal counts.
#[derive(Default)]
struct Counts {
    customers: usize,
    changed: usize,
    left_out: Vec<String>,
    unmatched: Vec<String>,
    before: usize,
    after: usize,
    moved: usize,
    class: usize,
    new: usize,
    gone: usize,
}

impl Counts {
    /// Takes in what a customer's rehearsal came to.
    fn take(&mut self, customer: &str, found: &Rehearsal) {
        self.customers += 1;
        self.before += found.before;
        self.after += found.after;
        self.changed += usize::from(!found.shifts.is_empty());
        self.left_out.extend(found.left_out.then(|| customer.to_owned()));
        self.unmatched.extend(found.unmatched.then(|| customer.to_owned()));
        for shift in &found.shifts {
            match shift {
                Shift::Moved { .. } => self.moved += 1,
                Shift::Class { .. } => self.class += 1,
                Shift::New(_) => self.new += 1,
                Shift::Gone(_) => self.gone += 1,
            }
        }
    }

    fn json(&self) -> Value {
        json!({"customers": self.customers, "customers_changed": self.changed,
            "customers_without_visit": self.left_out, "customers_without_row": self.unmatched,
            "visits_before": self.before, "visits_after": self.after, "moved": self.moved,
            "class_changed": self.class, "new": self.new, "gone": self.gone})
    }
}

fn sheet(t: &texts::Policy) -> Sheet {
    Sheet::new(&[
        ("customer_id", t.customer_id),
        ("customer", t.customer),
        ("officer", t.officer),
        ("change", t.change),
        ("due_before", t.due_before),
        ("due_after", t.due_after),
        ("class_before", t.class_before),
        ("class_after", t.class_after),
        ("duties", t.duties),
    ])
}

fn due(visit: Option<&DueVisit>) -> Value {
    visit.map_or(Value::Null, |visit| json!(visit.due.to_string()))
}

fn class(visit: Option<&DueVisit>, desk: &Desk, format: Format) -> Value {
    visit.map_or(Value::Null, |visit| match format {
        Format::Table => json!(words::duty_class(desk.lang, visit.class)),
        _ => json!(visit.class.as_code()),
    })
}

fn codes(visit: Option<&DueVisit>) -> Value {
    let mut codes: Vec<&str> = Vec::new();
    for duty in visit.into_iter().flat_map(|visit| &visit.duties) {
        if !codes.contains(&duty.code.as_code()) {
            codes.push(duty.code.as_code());
        }
    }
    json!(codes)
}
