use crate::domain::audit::Unusual;
use crate::domain::ids::{CustomerId, OpId, UserId};
use crate::domain::reveal::RevealReason;
use crate::protocol::command::{Command, Reveal};
use crate::protocol::page::{JournalPage, Page, UnusualPage};
use crate::protocol::query::{JournalFilter, Query};
use crate::protocol::reply::Refusal;
use crate::store::tests::{Branch, actor, day};
use chrono::{DateTime, Duration, FixedOffset};
use std::sync::Arc;

fn journal(branch: &Branch, filter: JournalFilter) -> Arc<JournalPage> {
    match branch.store.query(&actor("audit"), day(0), &Query::Journal(filter)) {
        Ok(Page::Journal(page)) => page,
        other => panic!("{other:?}"),
    }
}

fn unusual(branch: &Branch, now: DateTime<FixedOffset>) -> Arc<UnusualPage> {
    match branch.store.query(&actor("audit"), now, &Query::Unusual { days: 30 }) {
        Ok(Page::Unusual(page)) => page,
        other => panic!("{other:?}"),
    }
}

fn reveal(branch: &mut Branch, who: &str, now: DateTime<FixedOffset>) {
    let wish = Reveal {
        customer: CustomerId::from("C1"),
        reason: RevealReason::Contact,
        note: String::new(),
    };
    let op = OpId(format!("{who}-{now}"));
    branch.store.apply(&actor(who), now, &op, &Command::Reveal(wish)).unwrap();
}

fn look(branch: &mut Branch, who: &str, customer: &str, now: DateTime<FixedOffset>) {
    branch.store.note_read(&actor(who), now, &CustomerId::from(customer), false).unwrap();
}

#[test]
fn rows_by_person_kind_object_and_period() {
    let mut branch = Branch::new();
    look(&mut branch, "zhang", "C1", day(-3));
    look(&mut branch, "wang", "C2", day(-2));
    reveal(&mut branch, "wang", day(-1));
    branch.run("zhang", Command::NoteCopy { customer: None, what: "name".to_owned() }).unwrap();
    let date = |n: i64| Some(day(n).date_naive());
    let base = JournalFilter::default;
    let cases = [
        (base(), "note_copy reveal read read genesis"),
        (JournalFilter { person: Some(UserId::from("wang")), ..base() }, "reveal read"),
        (
            JournalFilter { kinds: vec!["read".into(), "reveal".into()], ..base() },
            "reveal read read",
        ),
        (JournalFilter { about: Some("C1".into()), ..base() }, "reveal read"),
        (JournalFilter { since: date(-2), until: date(-1), ..base() }, "reveal read"),
        (JournalFilter { about: Some("C9".into()), ..base() }, ""),
        (JournalFilter { limit: 1, ..base() }, "note_copy"),
    ];
    for (filter, expected) in cases {
        let page = journal(&branch, filter.clone());
        let found: Vec<&str> = page.rows.iter().map(|row| row.command.as_str()).collect();
        assert_eq!(found.join(" "), expected, "{filter:?}");
        assert_eq!(page.more, filter.limit == 1);
    }
    let page = journal(&branch, JournalFilter { about: Some("C1".into()), ..base() });
    let named = page.rows.iter().all(|row| {
        row.customer.as_ref().is_some_and(|(_, name)| name == "鼎盛新能源")
            && row.actor != row.user.as_str()
    });
    assert!(named, "{page:?}");
}

#[test]
fn only_who_audits_reads_it() {
    let branch = Branch::new();
    for who in ["zhang", "wang", "risk", "admin"] {
        for query in [Query::Journal(JournalFilter::default()), Query::Unusual { days: 30 }] {
            let answer = branch.store.query(&actor(who), day(0), &query);
            assert_eq!(answer, Err(Refusal::NotFound), "{who}");
        }
    }
}

/// What somebody does, at so many minutes after nine.
type Acts = fn(&mut Branch, fn(i64) -> DateTime<FixedOffset>);

#[test]
fn what_is_unusual() {
    let minutes = |n: i64| day(0) + Duration::minutes(n);
    let at: fn(i64) -> DateTime<FixedOffset> = |n| day(0) + Duration::minutes(n);
    let cases: [(Acts, &[Unusual]); 9] = [
        (|_, _| {}, &[]),
        // Fourteen in a quarter of an hour are usual, fifteen are not; over an hour they are.
        (|b, at| (0..14).for_each(|n| look(b, "zhang", &format!("X{n}"), at(n))), &[]),
        (
            |b, at| (0..15).for_each(|n| look(b, "zhang", &format!("X{n}"), at(n))),
            &[Unusual::ManyReads],
        ),
        (|b, at| (0..15).for_each(|n| look(b, "zhang", &format!("X{n}"), at(4 * n))), &[]),
        (|b, at| (0..30).for_each(|n| look(b, "zhang", "C1", at(n / 3))), &[]),
        // At ten in the evening; on a Sunday.
        (|b, at| look(b, "zhang", "C1", at(13 * 60)), &[Unusual::OutOfHours]),
        (|b, at| look(b, "zhang", "C1", at(-24 * 60)), &[Unusual::OutOfHours]),
        (
            |b, at| {
                for n in 0..3 {
                    let customer = CustomerId::from("C3");
                    b.store.note_read(&actor("zhang"), at(n), &customer, true).unwrap();
                }
            },
            &[Unusual::Refused],
        ),
        (|b, at| (0..5).for_each(|n| reveal(b, "zhang", at(n))), &[Unusual::ManyReveals]),
    ];
    for (n, (acts, expected)) in cases.into_iter().enumerate() {
        let mut branch = Branch::new();
        acts(&mut branch, at);
        let found: Vec<Unusual> =
            unusual(&branch, minutes(14 * 60)).rows.iter().map(|row| row.what).collect();
        assert_eq!(found, expected, "case {n}");
    }
}

#[test]
fn who_looks_often_is_measured_by_her_own_usual() {
    let mut branch = Branch::new();
    for days in 1..=4 {
        for n in 0..4 {
            reveal(&mut branch, "wang", day(-days) + Duration::minutes(n));
        }
    }
    // Four a day are her usual: six are no more than one and a half times that.
    for n in 0..6 {
        reveal(&mut branch, "wang", day(0) + Duration::minutes(n));
    }
    let today = day(0).date_naive();
    let of_today = |branch: &Branch| {
        let page = unusual(branch, day(0) + Duration::hours(1));
        page.rows.iter().find(|row| row.day == today && row.what == Unusual::ManyReveals).cloned()
    };
    assert_eq!(of_today(&branch), None);
    for n in 6..12 {
        reveal(&mut branch, "wang", day(0) + Duration::minutes(n));
    }
    let found = of_today(&branch).unwrap();
    assert_eq!((found.count, found.usual), (12, Some(40)));
    assert_eq!(found.between, ("09:00".to_owned(), "09:11".to_owned()));
}
