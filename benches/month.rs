//! How many trips the levelling of a month needs beside a plan that takes the first day with room,
//! and how long it takes, on a file of the demo.
//!
//! `cargo bench --bench month -- FILE YYYY-MM AS_OF`

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use chrono::{Days, NaiveDate};
use huifang::access::Actor;
use huifang::domain::ids::UserId;
use huifang::domain::user::Role;
use huifang::planning::{self, Listed, MonthEntry};
use huifang::store::{Mode, Store};

#[path = "month/first_fit.rs"]
mod first_fit;

use first_fit::{count, first_fit};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let file = arguments.next().ok_or("which file?")?;
    let month: NaiveDate = format!("{}-01", arguments.next().ok_or("which month?")?).parse()?;
    let as_of: NaiveDate = arguments.next().ok_or("as of which day?")?.parse()?;
    let packs = Arc::new(huifang::assets::packs());
    let store = Store::open(Path::new(&file), Arc::clone(&packs), Mode::ReadOnly)?;
    let actor = Actor {
        user: UserId::from("bench"),
        name: String::new(),
        role: Role::Auditor,
        branch: String::new(),
        os_user: String::new(),
        session: String::new(),
        operator: false,
    };
    let (policy, days) = (&packs.policy, &packs.workdays);
    let to = planning::month_limit(policy, days, month) + Days::new(1);
    let mut entries: Vec<MonthEntry> = Vec::new();
    let mut customers = 0;
    store.each_file(&actor, None, |file| {
        customers += 1;
        let plan = planning::plan(&file, policy, days, as_of, to);
        entries.extend(plan.visits.into_iter().map(|visit| MonthEntry {
            listed: Listed {
                name: String::new(),
                officer: file.customer.officer.clone(),
                district: file.customer.district.clone(),
                trade_circle: file.customer.trade_circle.clone(),
                level: plan.level,
                visit,
            },
            fixed: None,
            proposed: None,
            paused: None,
        }));
    })?;
    let plain = first_fit(&entries, policy, days, month, as_of);
    let plain =
        entries.iter().zip(&plain).filter_map(|(entry, day)| Some((&entry.listed, (*day)?)));
    let plain = count(plain);
    let begin = Instant::now();
    let placed = planning::month(entries.clone(), &[], policy, days, month, as_of);
    let took = begin.elapsed();
    let levelled = count(placed.iter().filter_map(|p| Some((&p.listed, p.day?))));
    println!("{customers} customers, {} due visits, {} taken in", entries.len(), placed.len());
    println!("first fit: {plain:?}");
    println!("levelled:  {levelled:?} in {took:.1?}");
    Ok(())
}
