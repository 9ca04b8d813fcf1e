//! `huifang holidays`: which years are known, and adding one that the State Council has announced.

use std::path::Path;

use chrono::Datelike as _;
use serde_json::json;

use super::args::{Format, Holidays};
use super::session::{Desk, Io, Session, Want};
use super::table::{Sheet, document};
use crate::assets::holidays::{self, HolidayFault, Year};
use crate::fault::Fault;
use crate::i18n::{Catalog, holidays as texts};
use crate::protocol::command::{Command, HolidayCommand};
use crate::protocol::reply::Refusal;
use crate::store::OwnYear;

/// Does what was asked for.
pub fn run(what: &Holidays, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    match what {
        Holidays::List => list(desk, io),
        Holidays::Show { year } => show(*year, desk, io),
        Holidays::Check { file } => check(file, desk, io),
        Holidays::Add { file } => add(file, desk, io),
        Holidays::Remove { year, reason } => remove(*year, reason, desk, io),
    }
}

fn wrong(desk: &Desk) -> impl Fn(HolidayFault) -> Fault {
    let lang = desk.lang;
    move |fault| Fault::Pack(texts::fault(lang, &fault))
}

/// The bank's own years; none where there is no database yet.
fn own(desk: &Desk) -> Result<Vec<OwnYear>, Fault> {
    match Session::batch(desk, Want::Read) {
        Ok(session) => {
            let path = session.store.path().to_owned();
            session.store.own_years().map_err(Fault::store(&path))
        }
        Err(Fault::NoDatabase(_)) => Ok(Vec::new()),
        Err(fault) => Err(fault),
    }
}

fn list(desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json, Format::Csv])?;
    let own = own(desk)?;
    let t = &Catalog::of(desk.lang).holidays;
    let mut years = holidays::built_in().map_err(wrong(desk))?;
    years.retain(|year| own.iter().all(|own| own.year.year != year.year));
    let mut rows: Vec<(&Year, Option<&OwnYear>)> = years.iter().map(|year| (year, None)).collect();
    rows.extend(own.iter().map(|own| (&own.year, Some(own))));
    rows.sort_by_key(|(year, _)| year.year);
    let columns = [
        ("year", t.year),
        ("state", t.state),
        ("off", t.off),
        ("work", t.work),
        ("added_by", t.added_by),
    ];
    let mut sheet = Sheet::new(&columns);
    for (year, own) in &rows {
        let (off, work) = year.counts();
        let code = match (own, year.announced) {
            (Some(_), _) => "added",
            (None, true) => "announced",
            (None, false) => "not_announced",
        };
        let state = if format == Format::Table { t.state_of(code) } else { code };
        sheet.push(vec![
            json!(year.year),
            json!(state),
            json!(off),
            json!(work),
            json!(own.map(|own| own.added_by.as_str())),
        ]);
    }
    super::lists::print(&sheet, format, io)?;
    // The next year that is asked for, and what to do about it.
    let today = super::session::clock(desk.global.as_of).now().year();
    let missing = rows.iter().find(|(year, _)| year.year >= today && !year.announced);
    if let (Format::Table, Some((year, _))) = (format, missing)
        && !desk.global.quiet
    {
        writeln!(io.err, "{}", t.what_to_do(year.year))?;
    }
    Ok(())
}

/// Prints a year as its table is written: what a new one looks like.
fn show(year: i32, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let kept = match Session::batch(desk, Want::Read) {
        Ok(session) => {
            let path = session.store.path().to_owned();
            session.store.year_text(year).map_err(Fault::store(&path))?
        }
        Err(Fault::NoDatabase(_)) => None,
        Err(fault) => return Err(fault),
    };
    let text = kept.or_else(|| holidays::text(year).map(str::to_owned)).ok_or(Refusal::NotFound)?;
    io.out.write_all(text.as_bytes())?;
    Ok(())
}

fn read(file: &Path, desk: &Desk) -> Result<(String, Year), Fault> {
    let text = std::fs::read_to_string(file).map_err(Fault::file(file))?;
    let own: Vec<i32> = own(desk)?.iter().map(|own| own.year.year).collect();
    let name = file.display().to_string();
    let year = holidays::read_new(&name, &text, &own).map_err(wrong(desk))?;
    Ok((text, year))
}

fn check(file: &Path, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json])?;
    let (_, year) = read(file, desk)?;
    let (off, work) = year.counts();
    if format == Format::Json {
        let told = json!({"year": year.year, "ok": true, "off": off, "work": work});
        return document(&told, io.out).map_err(Fault::from);
    }
    let t = Catalog::of(desk.lang);
    writeln!(
        io.out,
        "{}: {}",
        file.display(),
        t.holidays.counted(year.year, off, work, t.cli.fine)
    )?;
    Ok(())
}

fn add(file: &Path, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let (content, year) = read(file, desk)?;
    let mut session = Session::batch(desk, Want::Write)?;
    session.apply(&Command::Holidays(HolidayCommand::Add { content }))?;
    if !desk.global.quiet {
        let (off, work) = year.counts();
        let t = &Catalog::of(desk.lang).holidays;
        writeln!(io.err, "{}", t.counted(year.year, off, work, t.added))?;
    }
    Ok(())
}

fn remove(year: i32, reason: &str, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let mut session = Session::batch(desk, Want::Write)?;
    let reason = reason.to_owned();
    session.apply(&Command::Holidays(HolidayCommand::Remove { year, reason }))?;
    if !desk.global.quiet {
        writeln!(io.err, "{year} {}", Catalog::of(desk.lang).holidays.removed)?;
    }
    Ok(())
}
