//! `huifang import | template | export`: the words of the command line for the rooms that do it.

use chrono::Days;

use super::args::{Export, Format, Import, Template};
use super::fault::{Fault, Found};
use super::plan::due_list;
use super::session::{Desk, Io, Session, Want};
use super::{export, import, template};
use crate::exchange::calendar::Entry;
use crate::i18n::{Catalog, words};
use crate::planning::Listed;
use crate::protocol::import::ImportOptions;

/// Days ahead that the calendar holds.
const AHEAD: u64 = 90;

/// Takes files in.
pub fn take_in(args: &Import, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json])?;
    let mut session = Session::batch(desk, Want::Create)?;
    let now = session.now();
    let options = import::Options {
        source: args.source.clone(),
        kind: args.kind.clone(),
        rejects: args.rejects.clone(),
        ignore_unknown: args.ignore_unknown,
        encoding: args.encoding.clone(),
        wan: args.unit.is_some(),
        taking: ImportOptions {
            dry_run: args.dry_run,
            accept_valid: args.accept_valid,
            create_users: args.create_users,
            complete_loans: args.complete.is_some(),
            settle_missing: args.settle_missing,
            as_of_file: args.as_of_file,
        },
    };
    let watched = io.watched && !desk.global.quiet;
    let err = &mut *io.err;
    let mut shown = false;
    let mut progress = |rows: u64| {
        if watched {
            shown = true;
            // A progress line that can't be shown is no reason to stop.
            let _ = write!(err, "\r{rows}");
            let _ = err.flush();
        }
    };
    let mut context = import::Context {
        store: &mut session.store,
        actor: &session.actor,
        now,
        lang: desk.lang,
        json: format == Format::Json,
        out: io.out,
        progress: &mut progress,
    };
    let status = import::run(&options, &mut context);
    if shown {
        write!(io.err, "\r          \r")?;
    }
    if status? == 0 { Ok(()) } else { Err(Fault::Found(Found::FaultyRows)) }
}

/// Writes an empty workbook.
pub fn empty(args: &Template, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    template::run(&args.out).map_err(|fault| {
        let why = match fault {
            crate::exchange::template::TemplateFault::Io(fault) => fault.kind(),
            crate::exchange::template::TemplateFault::Workbook(_) => std::io::ErrorKind::Other,
        };
        Fault::File { path: args.out.clone(), why }
    })?;
    if !desk.global.quiet {
        let t = &Catalog::of(desk.lang).cli;
        writeln!(io.err, "{}", t.made(&args.out.display().to_string()))?;
    }
    Ok(())
}

/// Writes tables, the calendar or the journal to a file.
pub fn give_out(args: &Export, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let mut session = Session::batch(desk, Want::Read)?;
    let (now, today) = (session.now(), session.today());
    let options = export::Options {
        what: args.what.clone(),
        out: args.out.clone(),
        officer: args.officer.clone(),
        unmask: args.unmask,
        reason: args.reason.clone(),
        private: args.private,
    };
    let actor = session.actor.clone();
    let to = today.checked_add_days(Days::new(AHEAD)).unwrap_or(today);
    let lang = desk.lang;
    let officer = args.officer.clone();
    let due = |store: &crate::store::Store| {
        let list = due_list(store, &actor, today, officer.as_deref(), to)?;
        Ok(list.into_iter().map(|listed| entry(listed, lang)).collect())
    };
    let mut context =
        export::Context { store: &mut session.store, actor: &session.actor, now, lang, due: &due };
    let rows = export::run(&options, &mut context)?;
    if !desk.global.quiet {
        let t = &Catalog::of(lang).cli;
        writeln!(io.err, "{}", t.rows(&args.out.display().to_string(), rows))?;
    }
    Ok(())
}

fn entry(listed: Listed, lang: crate::i18n::Lang) -> Entry {
    let visit = listed.visit;
    let uid = visit.duties.first().map_or_else(String::new, |duty| {
        format!("{}-{}-{}-{}", visit.customer, duty.code.as_code(), duty.reference, duty.raw_due)
    });
    let mut purposes: Vec<String> = Vec::new();
    for duty in &visit.duties {
        let word = words::duty(lang, duty.code).to_owned();
        if !purposes.contains(&word) {
            purposes.push(word);
        }
    }
    Entry {
        uid,
        customer_id: visit.customer.0,
        customer: listed.name,
        due: visit.due,
        opens: visit.opens,
        purposes,
        district: listed.district.unwrap_or_default(),
    }
}
