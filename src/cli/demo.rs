//! `huifang demo`: makes the invented portfolio and opens it.

use std::path::PathBuf;
use std::sync::Arc;

use super::args::Demo;
use super::session::{Desk, Io, clock, packs_of};
use super::workstation;
use crate::access::Actor;
use crate::clock::china;
use crate::demo::history::Rules;
use crate::demo::{self, Recipe, staff};
use crate::domain::ids::UserId;
use crate::fault::Fault;
use crate::i18n::Catalog;
use crate::store::{Mode, Store};
use crate::worker;

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
    let look = if args.no_open { None } else { Some(workstation::ready(desk)?) };
    let (path, _kept) = if let Some(path) = &desk.global.db {
        (path.clone(), None)
    } else {
        let folder = std::env::temp_dir().join(format!("huifang-demo-{}", worker::session_id()));
        std::fs::create_dir(&folder).map_err(Fault::file(&folder))?;
        let path = folder.join("demo.db");
        // Only making it means keeping it.
        (path, (!args.no_open).then(|| Throwaway(folder)))
    };
    let clock = clock(desk.global.as_of);
    let packs = packs_of(&desk.config)?;
    let known = path.exists();
    let mut store = Store::open(&path, packs, Mode::Create).map_err(Fault::store(&path))?;
    let is_demo = store.is_demo().map_err(Fault::store(&path))?;
    if !is_demo {
        if known && !store.is_empty().map_err(Fault::store(&path))? {
            return Err(Fault::NotADemo(path));
        }
        let now = clock.now();
        let today = now.with_timezone(&china()).date_naive();
        let recipe = Recipe { customers: args.customers, seed: args.seed, today };
        make(&mut store, recipe, now, io, desk).map_err(Fault::store(&path))?;
    }
    if args.no_open {
        if !desk.global.quiet {
            let t = &Catalog::of(desk.lang).cli;
            writeln!(io.err, "{}", t.demo_made(&path.display().to_string(), args.customers))?;
        }
        writeln!(io.out, "{}", path.display())?;
        store.close();
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
