//! Every command and every query × every role × in sight, out of sight, not there at all. A new one
//! without a row here does not compile.
//!
//! Two branches are furnished alike. What somebody may not do, and what lies outside of her sight,
//! must be answered exactly as if it were not there.

mod commands;
mod queries;
mod world;

use super::*;
use world::{Ids, PEOPLE, World};

/// Whether a refusal means "not you", or "there is no such thing": nothing was looked at.
fn is_shut(outcome: &Result<Outcome, Refusal>) -> bool {
    matches!(outcome, Err(Refusal::NotAllowed | Refusal::NotFound))
}

#[test]
fn each_role_does_what_is_hers_and_nothing_else() {
    let world = World::new();
    let mut wrong = Vec::new();
    for row in commands::rows() {
        for who in PEOPLE {
            let (_, outcome) = world.run(who, &(row.make)(&world.own));
            let may = row.may.split(' ').any(|name| name == who);
            if may == is_shut(&outcome) {
                wrong.push(format!("{} by {who}: {outcome:?}", row.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_out_of_sight_is_answered_as_if_it_were_not_there() {
    let world = World::new();
    let nothing = Ids::nothing();
    let mut wrong = Vec::new();
    for row in commands::rows().iter().filter(|row| row.named) {
        for who in PEOPLE {
            let (_, missing) = world.run(who, &(row.make)(&nothing));
            // Whoever receives customers sees their packet.
            let part = who == "li" && row.name.ends_with("handover") || row.name == "note_oddity";
            for (what, ids) in [("own", &world.own), ("foreign", &world.foreign)] {
                if world::sees(who, what) || part && what == "own" {
                    continue;
                }
                let (_, outcome) = world.run(who, &(row.make)(ids));
                if outcome != missing {
                    wrong.push(format!(
                        "{} by {who}: {outcome:?}, not there: {missing:?}",
                        row.name
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_row_is_about_its_command() {
    let world = World::new();
    for row in commands::rows() {
        assert_eq!(commands::name_of(&(row.make)(&world.own)), row.name);
    }
    for row in queries::rows() {
        assert_eq!(queries::name_of(&(row.make)(&world.own)), row.name);
    }
}

/// What nobody can filter for, no auditor finds. What is being typed is not journalled.
#[test]
fn each_command_can_be_asked_for_in_the_journal() {
    let world = World::new();
    for row in commands::rows() {
        let code = (row.make)(&world.own).code();
        let kept = ["keep_draft", "keep_place"].contains(&code);
        let known = crate::i18n::journal::CODES.contains(&code);
        assert!(known != kept, "{code}");
    }
}

#[test]
fn a_refused_command_leaves_no_trace() {
    let world = World::new();
    for row in commands::rows() {
        for who in PEOPLE {
            let (store, outcome) = world.run(who, &(row.make)(&world.foreign));
            if outcome.is_err() {
                let head = store.journal_head().unwrap();
                assert_eq!(head, world.head, "{} by {who}", row.name);
            }
        }
    }
}

#[test]
fn pages_show_who_is_in_sight_and_nobody_else() {
    let world = World::new();
    let nothing = Ids::nothing();
    let mut wrong = Vec::new();
    for row in queries::rows() {
        for who in PEOPLE {
            let ask = |ids: &Ids| world.store.query(&world::person(who), day(0), &(row.make)(ids));
            let missing = ask(&nothing);
            for (what, ids) in [("own", &world.own), ("foreign", &world.foreign)] {
                let answer = ask(ids);
                let sees = world::sees(who, what);
                let part = row.name == "packet" && what == "own" && who == "li";
                if row.named && !sees && !part && answer != missing {
                    wrong.push(format!("{} by {who} ({what}): {answer:?}", row.name));
                }
                if row.named && sees && answer.is_err() && row.may.split(' ').any(|n| n == who) {
                    wrong.push(format!("{} by {who} ({what}): {answer:?}", row.name));
                }
                let text = format!("{answer:?}");
                for name in world::hidden_from(who) {
                    if text.contains(name) {
                        wrong.push(format!("{} by {who} ({what}) tells of {name}", row.name));
                    }
                }
                // Nothing in clear, except where a paper asks for it with a reason.
                for secret in ["13800138000", "110101199003070011", "13900139000"] {
                    if text.contains(secret) {
                        wrong.push(format!("{} by {who} ({what}) shows {secret}", row.name));
                    }
                }
            }
        }
    }
    wrong.sort_unstable();
    wrong.dedup();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_administrator_sees_no_customer_at_all() {
    let world = World::new();
    for row in queries::rows() {
        let answer = world.store.query(&world::person("admin"), day(0), &(row.make)(&world.own));
        let at_home = matches!(row.name, "home" | "inbox");
        assert_eq!(answer.is_ok(), at_home, "{}", row.name);
    }
}

/// A look is noted as allowed or refused by asking less than the page does.
#[test]
fn whoever_is_shown_a_dossier_is_said_to_see_the_customer() {
    let world = World::new();
    let nothing = Ids::nothing();
    let demoted = Actor { role: Role::Supervisor, ..world::person("zhang") };
    let unknown = Actor { user: "ghost".into(), ..world::person("wang") };
    let mut shown = 0;
    for who in PEOPLE.map(world::person).iter().chain([&demoted, &unknown]) {
        for ids in [&world.own, &world.foreign, &nothing] {
            let customer = ids.customer.clone();
            let sees = world.store.sees(who, &customer).unwrap();
            let page = world.store.query(who, day(0), &Query::Dossier { customer });
            assert_eq!(sees, page.is_ok(), "{} {:?}: {page:?}", who.user, ids.customer);
            shown += u32::from(sees);
        }
    }
    assert_eq!(shown, 7);
}
