//! `huifang demo`: makes the invented portfolio and opens it.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::Datelike as _;
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;
use signal_hook::low_level::unregister;

use super::args::Demo;
use super::session::{Desk, Io, clock, packs_of};
use super::workstation;
use crate::access::Actor;
use crate::clock::china;
use crate::demo::history::Rules;
use crate::demo::{self, Recipe, staff};
use crate::domain::ids::UserId;
use crate::fault::{Fault, Wrong};
use crate::i18n::Catalog;
use crate::store::{Mode, Store};
use crate::worker;

/// The years for whose days a portfolio can be invented.
const YEARS: std::ops::RangeInclusive<i32> = 2000..=2099;

/// A folder of our own in the system's place for such, removed with all that is in it at the end.
struct Throwaway(PathBuf);

impl Drop for Throwaway {
    fn drop(&mut self) {
        // What can't be removed now the system removes with its own.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// Makes the portfolio unless it is there, and opens the workstation on it unless told not to.
pub fn run(args: &Demo, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let clock = clock(desk.global.as_of);
    let now = clock.now();
    let today = now.with_timezone(&china()).date_naive();
    // Three years back and the longest loan ahead must still be days that a calendar writes.
    if !YEARS.contains(&today.year()) {
        return Err(Fault::Wrong(Wrong::DemoDay(today.to_string())));
    }
    let look = if args.no_open { None } else { Some(workstation::ready(desk)?) };
    let (path, mut thrown) = if let Some(path) = &desk.global.db {
        (path.clone(), None)
    } else {
        let folder = std::env::temp_dir().join(format!("huifang-demo-{}", worker::session_id()));
        std::fs::create_dir(&folder).map_err(Fault::file(&folder))?;
        (folder.join("demo.db"), Some(Throwaway(folder)))
    };
    let packs = packs_of(&desk.config)?;
    let known = path.exists();
    let mut store = Store::open(&path, packs, Mode::Create).map_err(Fault::store(&path))?;
    let is_demo = store.is_demo().map_err(Fault::store(&path))?;
    if !is_demo {
        if known && !store.is_empty().map_err(Fault::store(&path))? {
            return Err(Fault::NotADemo(path));
        }
        let recipe = Recipe { customers: args.customers, seed: args.seed, today };
        // Until it is whole it is nobody's: who stops it keeps nothing of it.
        let stop = Arc::new(AtomicBool::new(false));
        let watch = [SIGINT, SIGTERM].map(|signal| flag::register(signal, Arc::clone(&stop)));
        let made = make(&mut store, recipe, now, &stop, io, desk);
        for id in watch.into_iter().flatten() {
            unregister(id);
        }
        if stop.load(Ordering::Relaxed) {
            return Err(Fault::Stopped);
        }
        made.map_err(Fault::store(&path))?;
    }
    if args.no_open {
        if !desk.global.quiet {
            let t = &Catalog::of(desk.lang).cli;
            let told = path.display().to_string();
            let told =
                if is_demo { t.demo_kept(&told) } else { t.demo_made(&told, args.customers) };
            writeln!(io.err, "{told}")?;
        }
        writeln!(io.out, "{}", path.display())?;
        store.close();
        // Only making it means keeping it.
        std::mem::forget(thrown.take());
        return Ok(());
    }
    let named = desk.global.r#as.as_deref().unwrap_or_else(|| staff::login(args.role()));
    let user = UserId::from(named);
    let person = store.person(&user).map_err(Fault::store(&path))?;
    let person = person.filter(|p| !p.disabled).ok_or_else(|| Fault::NotAUser(named.to_owned()))?;
    let actor = Actor {
        user,
        name: person.name,
        role: person.role,
        branch: person.branch,
        os_user: String::from("demo"),
        session: worker::session_id(),
        operator: false,
    };
    let Some(look) = look else { return Ok(()) };
    workstation::log(&store, desk.global.verbose);
    let asked = workstation::ask();
    workstation::read_ahead();
    workstation::show(look, asked, store, actor, &clock, &desk.config)
}

/// Rows in bulk, then the records of the last weeks through the same commands as on the screen.
fn make(
    store: &mut Store,
    recipe: Recipe,
    now: chrono::DateTime<chrono::FixedOffset>,
    stop: &AtomicBool,
    io: &mut Io<'_>,
    desk: &Desk,
) -> Result<(), crate::store::Error> {
    let watched = io.watched && !desk.global.quiet;
    let packs = Arc::clone(store.packs());
    let rules = Rules { policy: &packs.policy, days: &packs.workdays };
    let maker = Actor {
        user: UserId::from(staff::login(crate::domain::user::Role::Admin)),
        name: String::from("demo"),
        role: crate::domain::user::Role::Admin,
        branch: String::new(),
        os_user: String::from("demo"),
        session: worker::session_id(),
        operator: true,
    };
    let err = &mut *io.err;
    let mut made = 0_u32;
    store.fill_demo(&maker, now, |put| {
        demo::generate(recipe, rules, |row| {
            if stop.load(Ordering::Relaxed) {
                return Err(crate::store::Error::Io(std::io::ErrorKind::Interrupted));
            }
            if row.table.name == "customers" {
                made += 1;
                if watched && made.is_multiple_of(1_000) {
                    // A progress line that can't be shown is no reason to stop.
                    let _ = write!(err, "\r{made}/{}", recipe.customers);
                    let _ = err.flush();
                }
            }
            put(row.table, row.cells)
        })
    })?;
    if watched && made >= 1_000 {
        let _ = write!(err, "\r                    \r");
    }
    demo::enact(store, recipe, now);
    Ok(())
}
