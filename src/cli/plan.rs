//! `huifang plan`: the plan of the whole book, of a month, its gaps, and why.

use chrono::{Datelike as _, Days, NaiveDate};
use serde_json::json;

use super::args::{Format, Plan, PlanMonth};
use super::plan_print::{
    ExplainWords, TableWords, explain_json, explain_text, gaps_json, gaps_table, month_json,
    plan_csv, plan_json, plan_table,
};
use super::session::{Desk, Io, Names, Session, Want};
use super::table::Sheet;
use crate::domain::ids::CustomerId;
use crate::fault::{Fault, Wrong};
use crate::i18n::{Catalog, Lang, plan as texts, words};
use crate::planning::{self, Listed, ListedGap};
use crate::protocol::calendar::CalendarOrder;
use crate::protocol::reply::Refusal;
use crate::store::Material;
use crate::worker::calendar::{draw, due_list};

/// How far the list and the explanation reach when `--to` is not given.
const REACH: u64 = 90;
/// How far after a month a visit may be due that is fixed in it.
const FIXED_REACH: Days = Days::new(120);

/// Prints what was asked for.
pub fn run(plan: &Plan, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    if let Some(PlanMonth::Month { month, officer }) = &plan.month {
        return print_month(month, officer.as_deref(), desk, io);
    }
    if let Some(customer) = &plan.explain {
        return print_why(customer, plan, desk, io);
    }
    if plan.gaps {
        return print_gaps(plan.officer.as_deref(), desk, io);
    }
    let format = desk.format(&[Format::Table, Format::Json, Format::Csv, Format::Ics])?;
    let session = Session::batch(desk, Want::Read)?;
    let as_of = session.today();
    let from = plan.from.unwrap_or(as_of);
    let to = plan.to.unwrap_or_else(|| from.checked_add_days(Days::new(REACH)).unwrap_or(from));
    if from > to {
        return Err(Fault::Wrong(Wrong::Range));
    }
    let officer = session.officer(plan.officer.as_deref())?;
    let mut list = listed(&session, plan.officer.as_deref(), to)?;
    // What is overdue is always in the list, whatever its window.
    list.retain(|item| item.visit.due < as_of || (from..=to).contains(&item.visit.due));
    let text = match format {
        Format::Json => return Ok(plan_json(&list, as_of, io.out)?),
        Format::Csv => plan_csv(&list, as_of),
        Format::Ics => {
            let lang = desk.lang.of_file();
            let order = CalendarOrder { officer, private: plan.private, lang };
            draw(&session.store, &session.actor, session.now(), &order, list)?.text
        }
        Format::Table => plan_table(&list, as_of, &table_words(desk.lang, &session.names(false)?)),
    };
    io.out.write_all(text.as_bytes())?;
    Ok(())
}

const fn word_of(lang: Lang) -> fn(&str) -> String {
    match lang {
        Lang::Zh => texts::zh,
        Lang::En => texts::en,
    }
}

fn table_words(lang: Lang, names: &Names) -> TableWords<'_> {
    let t = &Catalog::of(lang).cli;
    let headings = [
        t.due,
        t.overdue,
        t.customer_id,
        t.customer,
        t.officer,
        t.district,
        t.class,
        t.tier,
        t.exposure,
        t.duties,
    ];
    TableWords { headings, word: word_of(lang), names }
}

/// The due visits of everybody in sight up to a day, in the order of `planning.md` section 7.
fn listed(session: &Session, officer: Option<&str>, to: NaiveDate) -> Result<Vec<Listed>, Fault> {
    Ok(due_list(&session.store, &session.actor, session.today(), officer, to)?)
}

/// The first day of a month that is written `2026-11`.
pub(super) fn month_of(month: &str) -> Result<NaiveDate, Fault> {
    let first = format!("{month}-01").parse::<NaiveDate>();
    first.map_err(|_not_a_day| Fault::Wrong(Wrong::Month(month.to_owned())))
}

fn print_month(
    month: &str,
    officer: Option<&str>,
    desk: &Desk,
    io: &mut Io<'_>,
) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json, Format::Csv])?;
    let first = month_of(month)?;
    let session = Session::batch(desk, Want::Read)?;
    let packs = &session.packs;
    let limit = planning::month_limit(&packs.policy, &packs.workdays, first);
    let as_of = session.today();
    let whose = session.officer(officer)?;
    let found = session.store.month_material(&session.actor, whose.as_ref(), first, as_of);
    let mut material = found.map_err(Refusal::from)?;
    // A visit that is due far ahead may have been fixed in this month all the same.
    let fixed_to = limit.checked_add_days(FIXED_REACH).filter(|_| material.has_fixed());
    for item in listed(&session, officer, fixed_to.unwrap_or(limit))? {
        material.push(item);
    }
    let Material { entries, errands, mut appointments, .. } = material;
    let placed = planning::months(entries, &errands, &packs.policy, &packs.workdays, first, as_of);
    appointments.retain(|one| (one.day.year(), one.day.month()) == (first.year(), first.month()));
    if format == Format::Json {
        return Ok(month_json(&placed, &appointments, as_of, io.out)?);
    }
    let t = &Catalog::of(desk.lang).cli;
    let machine = format != Format::Table;
    let names = session.names(machine)?;
    let mut sheet = Sheet::new(&[
        ("day", t.day),
        ("due", t.due),
        ("customer_id", t.customer_id),
        ("customer", t.customer),
        ("officer", t.officer),
        ("district", t.district),
        ("class", t.class),
        ("reason", t.reason),
        ("fixed", t.fixed),
    ]);
    // Codes for machines, their words for people.
    let word = |code: &str, word: &str| json!(if machine { code } else { word });
    let board = &Catalog::of(desk.lang).board;
    let fixed = |is: bool| if machine { json!(is) } else { json!(is.then_some(t.yes)) };
    for item in &placed {
        let visit = &item.listed.visit;
        sheet.push(vec![
            item.day.map(|d| d.to_string()).into(),
            visit.due.to_string().into(),
            visit.customer.as_str().into(),
            item.listed.name.clone().into(),
            names.of(&item.listed.officer).into(),
            item.listed.district.clone().into(),
            word(visit.class.as_code(), words::duty_class(desk.lang, visit.class)),
            item.reason.map(|why| word(why.as_code(), board.why(why))).into(),
            fixed(item.fixed),
        ]);
    }
    for one in &appointments {
        sheet.push(vec![
            Some(one.day.to_string()).into(),
            None::<String>.into(),
            None::<String>.into(),
            one.title.clone().into(),
            names.of(&one.officer).into(),
            one.district.clone().into(),
            word(one.kind.as_code(), board.appointment(one.kind)),
            None::<&str>.into(),
            fixed(true),
        ]);
    }
    super::lists::print(&sheet, format, io)
}

fn print_gaps(officer: Option<&str>, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json])?;
    let session = Session::batch(desk, Want::Read)?;
    let officer = session.officer(officer)?;
    let (packs, as_of) = (&session.packs, session.today());
    let mut list = Vec::new();
    let outcome = session.store.each_file(&session.actor, officer.as_ref(), |file| {
        for gap in planning::gaps(&file, &packs.policy, as_of) {
            list.push(ListedGap {
                customer: file.customer.id.clone(),
                name: file.customer.name.clone(),
                officer: file.customer.officer.clone(),
                gap,
            });
        }
    });
    outcome.map_err(Refusal::from)?;
    planning::sort_gaps(&mut list);
    let t = &Catalog::of(desk.lang).cli;
    if format == Format::Json {
        return Ok(gaps_json(&list, io.out)?);
    }
    let headings = [t.customer_id, t.customer, t.officer, t.field, t.reference];
    let word = match desk.lang {
        Lang::En => |field: &str| words::gap(Lang::En, field).to_owned(),
        Lang::Zh => |field: &str| words::gap(Lang::Zh, field).to_owned(),
    };
    let text = gaps_table(&list, headings, &session.names(false)?, word);
    io.out.write_all(text.as_bytes())?;
    if list.iter().any(|listed| listed.gap.blocks) && !desk.global.quiet {
        writeln!(io.err, "{}", t.gap_blocks)?;
    }
    Ok(())
}

fn print_why(customer: &str, plan: &Plan, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json])?;
    let session = Session::batch(desk, Want::Read)?;
    let file = session.store.customer_file(&session.actor, &CustomerId::from(customer));
    let nobody = || Fault::NoCustomer(customer.to_owned());
    let file = file.map_err(Refusal::from)?.ok_or_else(nobody)?;
    let (packs, as_of) = (&session.packs, session.today());
    let to = plan.to.unwrap_or_else(|| as_of.checked_add_days(Days::new(REACH)).unwrap_or(as_of));
    let page = planning::explain(&file, &packs.policy, &packs.workdays, as_of, to);
    let text = if format == Format::Json {
        explain_json(&page)
    } else {
        let t = &Catalog::of(desk.lang);
        let c = &t.cli;
        let words = ExplainWords {
            parts: [t.overlays.why_inputs, t.overlays.why_duties, t.overlays.why_gaps],
            headings: [
                c.fate,
                c.due,
                c.duties,
                c.reference,
                c.class,
                c.opens,
                c.raw_due,
                c.rule,
                c.source,
            ],
            word: word_of(desk.lang),
            uncounted: match desk.lang {
                Lang::En => texts::uncounted_en,
                Lang::Zh => texts::uncounted_zh,
            },
        };
        explain_text(&page, &words)
    };
    io.out.write_all(text.as_bytes())?;
    Ok(())
}
