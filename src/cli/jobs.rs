//! `huifang jobs`: what runs by itself.

use serde_json::json;

use super::args::{Format, Jobs};
use super::session::{Desk, Io, Session, Want, clock};
use super::table::Sheet;
use crate::access::Action;
use crate::fault::{Fault, Found, Wrong};
use crate::i18n::Catalog;
use crate::protocol::reply::Refusal;

/// Lists the jobs, lets one run again that was parked, or runs those that are due.
pub fn run(what: &Jobs, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let format = desk.format(&[Format::Table, Format::Json, Format::Csv])?;
    // `jobs run --as-of` is fixed as allowed; the store itself refuses a clock that stands back.
    let mut session = Session::batch(desk, Want::Read)?;
    if !session.actor.may(Action::Operate) {
        return Err(Refusal::NotAllowed.into());
    }
    match what {
        Jobs::List => list(&session, format, desk, io),
        Jobs::Enable { name } => {
            let (actor, now) = (session.actor.clone(), session.now());
            if !session.store.resume_job(&actor, now, name)? {
                return Err(Refusal::NotFound.into());
            }
            Ok(())
        }
        Jobs::Run { confirm_clock } => run_due(&mut session, *confirm_clock, format, desk, io),
    }
}

fn list(session: &Session, format: Format, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let path = session.store.path();
    // While the clock is not believed no job runs, and this is why.
    let standing = session.store.clock_state(session.now()).map_err(Fault::store(path))?;
    let t = &Catalog::of(desk.lang).cli;
    let mut sheet = Sheet::new(&[
        ("job", t.job),
        ("enabled", t.enabled),
        ("for", t.for_day),
        ("count", t.count),
        ("failures", t.failures),
        ("error", t.fault),
    ]);
    for job in session.store.jobs_list().map_err(Fault::store(path))? {
        let enabled = match (format, job.enabled) {
            (Format::Table, true) => json!(t.yes),
            (Format::Table, false) => json!(""),
            (_, enabled) => json!(enabled),
        };
        sheet.push(vec![
            json!(job.job),
            enabled,
            json!(job.last_date.map(|d| d.to_string())),
            json!(job.last_count),
            json!(job.failures),
            json!(standing.as_code().or(job.last_error.as_deref())),
        ]);
    }
    super::lists::print(&sheet, format, io)
}

/// Runs what is due, and tells what came of each; a failure is an exit status of its own.
fn run_due(
    session: &mut Session,
    confirm_clock: bool,
    format: Format,
    desk: &Desk,
    io: &mut Io<'_>,
) -> Result<(), Fault> {
    let path = session.store.path().to_owned();
    // Work done for a day that has not come would be missing when it comes.
    let ahead = desk.global.as_of.is_some_and(|day| day > clock(None).now().date_naive());
    if ahead && !session.store.is_demo().map_err(Fault::store(&path))? {
        return Err(Fault::Wrong(Wrong::AsOf));
    }
    if confirm_clock && desk.global.as_of.is_none() {
        let now = session.now();
        session.store.confirm_clock(&session.actor, now).map_err(Fault::store(&path))?;
    }
    let (now, mark) = (session.now(), session.actor.session.clone());
    let results = session.store.run_jobs(now, &mark);
    let failed = results.iter().filter(|r| r.error.is_some()).count();
    let t = &Catalog::of(desk.lang).cli;
    let mut sheet =
        Sheet::new(&[("job", t.job), ("for", t.for_day), ("count", t.count), ("error", t.fault)]);
    for result in results {
        sheet.push(vec![
            json!(result.job),
            json!(result.business_date.to_string()),
            json!(result.count),
            json!(result.error),
        ]);
    }
    super::lists::print(&sheet, format, io)?;
    if failed > 0 { Err(Fault::Found(Found::Jobs(failed))) } else { Ok(()) }
}
