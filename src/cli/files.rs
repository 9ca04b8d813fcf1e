//! `huifang import | template | export`: the words of the command line for the rooms that do it.

use std::cell::{Cell, RefCell};
use std::io::Write;

use super::args::{Export, Format, Import, Template};
use super::leave::Place;
use super::session::{Desk, Io, Session, Want};
use super::{export, import, template};
use crate::fault::{Fault, Found, Wrong};
use crate::i18n::Catalog;
use crate::protocol::import::ImportOptions;

/// How far a long piece of work is: shown to somebody who watches, and taken away at its end.
struct Bar<'e> {
    err: RefCell<&'e mut dyn Write>,
    watched: bool,
    shown: Cell<bool>,
}

impl<'e> Bar<'e> {
    fn new(err: &'e mut dyn Write, watched: bool) -> Self {
        Self { err: RefCell::new(err), watched, shown: Cell::new(false) }
    }

    /// A bar where the end is known, and in any case the number of rows.
    fn show(&self, rows: u64, done: Option<f64>) {
        const WIDTH: u32 = 24;
        if !self.watched {
            return;
        }
        let mut line = String::from("\r");
        if let Some(done) = done {
            let cells = (0..WIDTH).map(|n| f64::from(n) < done * f64::from(WIDTH));
            line.push('[');
            line.extend(cells.map(|full| if full { '#' } else { '.' }));
            line.push_str("] ");
        }
        line.push_str(&rows.to_string());
        let mut err = self.err.borrow_mut();
        // A bar that can't be shown is no reason to stop.
        let _ = err.write_all(line.as_bytes());
        let _ = err.flush();
        self.shown.set(true);
    }

    fn clear(&self) {
        if self.shown.get() {
            let _ = write!(self.err.borrow_mut(), "\r{:48}\r", "");
        }
    }
}

/// Takes files in.
pub fn take_in(args: &Import, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json])?;
    if let Err(error) = std::fs::metadata(&args.source) {
        // Before a database is made for nothing.
        let name = args.source.display().to_string();
        return Err(crate::fault::import::Fault::File { name, fault: error.into() }.into());
    }
    if let Some(path) = &args.rejects {
        let read = if args.source.is_file() { vec![args.source.clone()] } else { Vec::new() };
        Place { path, force: args.force }.beside(&read)?;
    }
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
    let bar = Bar::new(io.err, io.watched && !desk.global.quiet);
    let mut progress = |rows: u64, done: Option<f64>| bar.show(rows, done);
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
    bar.clear();
    if status? == 0 { Ok(()) } else { Err(Fault::Found(Found::FaultyRows)) }
}

/// Writes an empty workbook.
pub fn empty(args: &Template, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    // Whoever names a table or a note by mistake keeps it.
    if !template::takes(&args.out) {
        return Err(Fault::Wrong(Wrong::NoWorkbook(args.out.display().to_string())));
    }
    if let Some(folder) = crate::outgoing::missing_folder(&args.out) {
        return Err(Fault::File { path: folder.to_owned(), why: std::io::ErrorKind::NotFound });
    }
    for path in template::files(&args.out) {
        Place { path: &path, force: args.force }.free()?;
    }
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
    session.officer(args.officer.as_deref())?;
    let now = session.noted_at().map_err(Fault::store(session.store.path()))?;
    let options = export::Options {
        what: args.what.clone(),
        out: args.out.clone(),
        force: args.force,
        officer: args.officer.clone(),
        unmask: args.unmask,
        reason: args.reason.clone(),
        private: args.private,
    };
    let lang = desk.lang;
    let bar = Bar::new(io.err, io.watched && !desk.global.quiet);
    let progress = |rows: u64| bar.show(rows, None);
    let mut context = export::Context {
        store: &mut session.store,
        actor: &session.actor,
        now,
        read_at: session.clock.now(),
        lang,
        progress: &progress,
    };
    let rows = export::run(&options, &mut context);
    bar.clear();
    let rows = rows?;
    if !desk.global.quiet {
        let t = &Catalog::of(lang).cli;
        writeln!(io.err, "{}", t.rows(&args.out.display().to_string(), rows))?;
    }
    Ok(())
}
