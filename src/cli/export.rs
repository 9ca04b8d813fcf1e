//! `huifang export`: tables, the calendar and the journal as files.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use chrono::{DateTime, FixedOffset};
use serde_json::json;

use super::leave::{self, Leaving, Place, ending, whole};
use crate::access::{Action, Actor};
use crate::domain::ids::{OpId, UserId};
use crate::exchange::export::{self, Order};
use crate::fault::export::Fault;
use crate::i18n::Lang;
use crate::protocol::calendar::CalendarOrder;
use crate::protocol::reply::Refusal;
use crate::protocol::tables::Table;
use crate::store::Store;
use crate::store::read::export::Wanted;
use crate::worker::calendar::{self, deadline_entries, due_list};
use crate::worker::report::{self, Asking};

/// The options of the command line.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// `<TABLE | calendar | journal | all>`
    pub what: String,
    /// `--out FILE`
    pub out: PathBuf,
    /// `--force`
    pub force: bool,
    /// `--officer USER`
    pub officer: Option<String>,
    /// `--unmask`
    pub unmask: bool,
    /// `--reason TEXT`
    pub reason: Option<String>,
    /// `--private`
    pub private: bool,
}

/// Where an export comes from, and who asks when.
pub struct Context<'a> {
    /// The database.
    pub store: &'a mut Store,
    /// Who.
    pub actor: &'a Actor,
    /// When.
    pub now: DateTime<FixedOffset>,
    /// The moment for which due visits are planned.
    pub read_at: DateTime<FixedOffset>,
    /// Language of calendar texts.
    pub lang: Lang,
    /// Called now and then with the number of rows written of a table.
    pub progress: &'a dyn Fn(u64),
}

/// Exports, and notes in the journal what left. Gives how many rows were written.
pub fn run(options: &Options, context: &mut Context<'_>) -> Result<u64, Fault> {
    let reason = options.reason.as_deref().map(str::trim).unwrap_or_default();
    if options.unmask && reason.is_empty() {
        return Err(Fault::NoReason);
    }
    if options.unmask && !context.actor.may(Action::Unmask) {
        return Err(Fault::Refused(Refusal::NotAllowed));
    }
    let what = options.what.as_str();
    let tables = match what {
        "calendar" | "journal" => Vec::new(),
        what => export::tables_named(what).ok_or_else(|| Fault::Table(what.to_owned()))?,
    };
    for path in files(options, &tables) {
        Place { path: &path, force: options.force }.free()?;
    }
    let about = [
        ("unmasked", json!(options.unmask)),
        ("reason", json!(reason)),
        ("officer", json!(options.officer)),
    ];
    let about = about.map(|(name, value)| (name.to_owned(), value)).into_iter().collect();
    let who = (context.actor, context.now);
    let leaving = Leaving::begin(context.store, who, what, about)?;
    let written = match what {
        "calendar" => write_calendar(options, context),
        "journal" => write_journal(options, context),
        _ => write_tables(options, context, &tables),
    };
    leaving.end(context.store, &options.out, written)
}

/// The files that an export will be, but for calendars: those are brought up to date where they lie.
fn files(options: &Options, tables: &[&'static Table]) -> Vec<PathBuf> {
    let out = &options.out;
    match options.what.as_str() {
        "calendar" => Vec::new(),
        _ if is_folder(options) => {
            tables.iter().map(|table| out.join(format!("{}.csv", table.name))).collect()
        }
        _ => vec![out.clone()],
    }
}

/// Whether all tables go into a folder, a file each.
fn is_folder(options: &Options) -> bool {
    options.what == "all" && (ending(&options.out).is_empty() || options.out.is_dir())
}

fn write_tables(
    options: &Options,
    context: &Context<'_>,
    tables: &[&'static Table],
) -> Result<u64, Fault> {
    leave::check(context.actor)?;
    let order = Order {
        wanted: Wanted { actor: context.actor, officer: options.officer.as_deref() },
        unmasked: options.unmask,
        progress: context.progress,
    };
    let out = &options.out;
    let store = &*context.store;
    let folder = is_folder(options);
    let csv = |table: &'static Table, path: &Path| {
        whole(path, |file| Ok(export::csv_to(store, table, &order, file)?))
    };
    match (ending(out).as_str(), tables) {
        _ if folder => {
            std::fs::create_dir_all(out).map_err(Fault::file(out))?;
            tables.iter().map(|table| csv(table, &out.join(format!("{}.csv", table.name)))).sum()
        }
        ("xlsx", tables) => whole(out, |file| Ok(export::workbook(store, tables, &order, file)?)),
        ("csv", [table]) => csv(table, out),
        ("json", [table]) => whole(out, |file| Ok(export::json_to(store, table, &order, file)?)),
        ("json", tables) => whole(out, |file| {
            let mut count = 0;
            for (index, table) in tables.iter().enumerate() {
                let before = if index == 0 { "{" } else { "," };
                write!(file, "{before}\"{}\":", table.name)?;
                count += export::json_to(store, table, &order, file)?;
            }
            file.write_all(b"}\n")?;
            Ok(count)
        }),
        _ => Err(Fault::Ending(out.clone())),
    }
}

/// One file; or, into a folder, one a member of staff who has customers.
fn write_calendar(options: &Options, context: &mut Context<'_>) -> Result<u64, Fault> {
    let order = |officer: Option<UserId>| CalendarOrder {
        officer,
        private: options.private,
        lang: context.lang.of_file(),
    };
    let named = options.officer.as_deref().map(UserId::from);
    if ending(&options.out) == "ics" {
        let order = order(named);
        return one_calendar(&order, place(options, &options.out), 1, context);
    }
    if !ending(&options.out).is_empty() && !options.out.is_dir() {
        return Err(Fault::Ending(options.out.clone()));
    }
    std::fs::create_dir_all(&options.out).map_err(Fault::file(&options.out))?;
    let people = context.store.people()?.into_iter().map(|person| person.id);
    let wanted: Vec<CalendarOrder> = people
        .filter(|user| named.as_ref().is_none_or(|named| named == user))
        .map(|user| order(Some(user)))
        .collect();
    let mut count = 0;
    for (n, order) in (1..).zip(wanted) {
        let known = context.store.published(context.actor, order.officer.as_ref())?;
        let today = Store::business_date(context.read_at);
        let officer = order.officer.as_ref().map(UserId::as_str);
        let now = due_list(context.store, context.actor, today, officer, today);
        let now = now.map_err(Fault::Refused)?;
        let owed = deadline_entries(context.store, context.actor, order.officer.as_ref(), today);
        let owed = owed.map_err(Fault::Refused)?;
        // Who has nothing due and nothing to strike out gets no file.
        if !known.is_empty() || !now.is_empty() || !owed.is_empty() {
            let user = order.officer.clone().unwrap_or_default();
            let path = calendar::place(&options.out, &user);
            count += one_calendar(&order, place(options, &path), n, context)?;
        }
    }
    Ok(count)
}

fn place<'a>(options: &Options, path: &'a Path) -> Place<'a> {
    Place { path, force: options.force }
}

/// The `n`th calendar of this run.
fn one_calendar(
    order: &CalendarOrder,
    place: Place<'_>,
    n: usize,
    context: &mut Context<'_>,
) -> Result<u64, Fault> {
    let path = place.path;
    // Clients look at the same place again: what is a calendar of ours there is brought up to date.
    if !calendar::is_ours(path) {
        place.free()?;
    }
    let op = OpId(format!("{}-calendar-{n}", context.actor.session));
    let asking =
        Asking { actor: context.actor, read_at: context.read_at, noted_at: context.now, op: &op };
    let made = calendar::make(context.store, asking, order, path);
    made.map(|(_, count)| count as u64).map_err(|fault| match fault {
        report::Fault::Refused(why) => Fault::Refused(why),
        report::Fault::File { path, why } => Fault::at(&path, why),
        other => Fault::Output(other.to_string()),
    })
}

fn write_journal(options: &Options, context: &Context<'_>) -> Result<u64, Fault> {
    if !context.actor.may(Action::ReadJournal) {
        return Err(Fault::Refused(Refusal::NotAllowed));
    }
    let jsonl = match ending(&options.out).as_str() {
        "jsonl" | "json" => true,
        "csv" => false,
        _ => return Err(Fault::Ending(options.out.clone())),
    };
    whole(&options.out, |file| Ok(export::journal_to(context.store, context.actor, jsonl, file)?))
}
