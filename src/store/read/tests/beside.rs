//! What lies around a flag: how it ended, what was before it, what it leaves to do.

use super::*;
use crate::domain::flag::FlagStep;
use crate::protocol::page::FlagBeside;

#[test]
fn only_what_has_ended_tells_how_and_only_what_came_later_tells_of_it() {
    let desk = desk();
    // A was cleared twice, the second end counts; B handed over on the same day. C is the same signal
    // again; D is one that was taken back after its end, E one of the bank's system, F rejected.
    desk.store
        .conn()
        .execute_batch(
            "INSERT INTO flags (flag_id, customer_id, signal, level, state, raised_on, confirmed_on,
                closed_on) VALUES
               ('A', 'C002', 'S1', 'red', 'closed', '2026-08-01', '2026-08-01', '2026-09-01'),
               ('B', 'C002', 'S1', 'red', 'closed', '2026-08-02', '2026-08-02', '2026-09-01'),
               ('C', 'C002', 'S1', 'red', 'confirmed', '2026-09-01', '2026-09-01', NULL),
               ('D', 'C002', 'S2', 'red', 'confirmed', '2026-08-01', '2026-08-01', NULL),
               ('E', 'C002', 'S3', 'red', 'closed', '2026-07-01', '2026-07-01', '2026-07-09'),
               ('F', 'C002', 'S3', 'red', 'rejected', '2026-08-01', NULL, NULL);
             INSERT INTO flag_care (flag_id, step) VALUES ('B', 'transferred'), ('D', 'verify');
             INSERT INTO flag_history (flag_id, n, at, by, what) VALUES
               ('A', 1, '2026-08-09T01:00:00Z', 'zhang', 'cleared'),
               ('A', 2, '2026-08-10T01:00:00Z', 'zhang', 'taken_back'),
               ('A', 3, '2026-08-31T16:30:00Z', 'boss', 'cleared'),
               ('A', 4, '2026-09-02T01:00:00Z', 'zhang', 'said'),
               ('B', 1, '2026-09-01T01:00:00Z', 'gone', 'transferred'),
               ('D', 1, '2026-09-01T01:00:00Z', 'boss', 'cleared'),
               ('F', 1, '2026-08-02T01:00:00Z', 'boss', 'rejected');
             INSERT INTO todos (todo_id, customer_id, kind, text, owner, promised_by, due_on, state,
                done_on, noted_by, noted_on) VALUES
               ('T1', 'C002', 'measure', 'x', 'zhang', 'bank', '2026-12-01', 'open', NULL, 'zhang', 'x'),
               ('T2', 'C002', 'measure', 'x', 'zhang', 'bank', '2026-12-01', 'open', NULL, 'zhang', 'x'),
               ('T3', 'C002', 'measure', 'x', 'zhang', 'bank', '2026-12-01', 'done', '2026-11-01', 'zhang', 'x');
             INSERT INTO flag_todos (todo_id, flag_id) VALUES ('T1', 'C'), ('T2', 'C'), ('T3', 'C')",
        )
        .unwrap();
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let by = |who: &str, on: &str| Some((who.to_owned(), day(on)));
    let expected = [
        ("A", by("赵主管", "2026-09-01"), None, 0),
        ("B", by("gone", "2026-09-01"), None, 0),
        ("C", None, Some((FlagStep::Transferred, day("2026-09-01"))), 2),
        ("D", None, None, 0),
        ("E", None, None, 0),
        ("F", by("赵主管", "2026-08-02"), Some((FlagStep::Cleared, day("2026-07-09"))), 0),
    ];
    let scope = FlagScope::Customer(CustomerId::from("C002"));
    let rows = page!(Flags, desk, zhang(), Query::Flags { scope, window: ALL }).rows.clone();
    for (flag, ended, again, todos) in expected {
        let officer = UserId::from("zhang");
        // Whose customer it is does not end a grave one.
        let own = matches!(flag, "C" | "D");
        let expected =
            FlagBeside { officer, ended, again, lapsed: None, todos, own, note_en: None };
        let row = rows.iter().find(|row| row.flag.as_str() == flag).unwrap();
        assert_eq!(row.beside, expected, "{flag}");
        let page =
            page!(FlagHistory, desk, zhang(), Query::FlagHistory { flag: FlagId::from(flag) });
        assert_eq!(page.flag.beside, expected, "{flag}");
    }
}

#[test]
fn whose_own_a_grave_flag_is_is_told_before_she_tries_to_end_it() {
    let desk = desk();
    // Of the boss: owned, raised, owned once, confirmed, proposed by her, not decided yet. Not: merely
    // seen, milder, ended. Of the officer: all of her customer. J comes from the bank's system, which tells no state.
    desk.store
        .conn()
        .execute_batch(
            "INSERT INTO flags (flag_id, customer_id, signal, level, state, owner, raised_on,
                confirmed_on, closed_on) VALUES
               ('A', 'C002', 'S1', 'red', 'confirmed', 'boss', '2026-08-01', '2026-08-01', NULL),
               ('B', 'C002', 'S1', 'orange', 'confirmed', 'zhang', '2026-08-01', '2026-08-01', NULL),
               ('C', 'C002', 'S1', 'red', 'confirmed', 'boss', '2026-08-01', '2026-08-01', NULL),
               ('D', 'C002', 'S1', 'red', 'confirmed', 'zhang', '2026-08-01', '2026-08-01', NULL),
               ('E', 'C002', 'S1', 'red', 'confirmed', 'zhang', '2026-08-01', '2026-08-01', NULL),
               ('F', 'C002', 'S1', 'red', 'confirmed', 'zhang', '2026-08-01', '2026-08-01', NULL),
               ('G', 'C002', 'S1', 'yellow', 'confirmed', 'boss', '2026-08-01', '2026-08-01', NULL),
               ('H', 'C002', 'S1', 'red', 'proposed', 'boss', '2026-08-01', NULL, NULL),
               ('I', 'C002', 'S1', 'red', 'closed', 'boss', '2026-08-01', '2026-08-01', '2026-08-02'),
               ('J', 'C002', 'S1', 'red', NULL, 'boss', '2026-08-01', '2026-08-01', NULL);
             INSERT INTO flag_care (flag_id, step, raised_by) VALUES ('B', 'open', 'boss');
             UPDATE flags SET owner = 'zhang' WHERE flag_id = 'C';
             INSERT INTO flag_history (flag_id, n, at, by, what) VALUES
               ('D', 1, '2026-08-01T01:00:00Z', 'boss', 'confirmed'),
               ('E', 1, '2026-08-01T01:00:00Z', 'boss', 'proposed'),
               ('F', 1, '2026-08-01T01:00:00Z', 'boss', 'acknowledged')",
        )
        .unwrap();
    let own = |actor| -> String {
        let scope = FlagScope::Customer(CustomerId::from("C002"));
        let rows = page!(Flags, desk, actor, Query::Flags { scope, window: ALL }).rows.clone();
        let mut own: Vec<&str> = Vec::new();
        own.extend(rows.iter().filter(|row| row.beside.own).map(|row| row.flag.as_str()));
        own.sort_unstable();
        own.concat()
    };
    assert_eq!(own(boss()), "ABCDEHJ");
    assert_eq!(own(zhang()), "ABCDEFHJ");
}
