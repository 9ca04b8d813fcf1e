//! Each date once, whoever comes first; what was missed is made up for.

use chrono::TimeZone as _;

use super::*;
use crate::clock::china;
use crate::protocol::page::Page;
use crate::protocol::query::Query;
use crate::store::Mode;
use crate::store::tests::{Branch, actor, day};
use std::sync::Arc;

mod told;

fn names(results: &[JobResult]) -> Vec<(String, String)> {
    assert!(results.iter().all(|result| result.error.is_none()), "{results:?}");
    results.iter().map(|r| (r.job.clone(), r.business_date.to_string())).collect()
}

#[test]
fn a_day_runs_once() {
    let mut branch = Branch::new();
    let ran = branch.store.run_jobs(day(0), "s1");
    let all: Vec<String> = names(&ran).into_iter().map(|(job, _)| job).collect();
    let jobs = [
        "roll_plan",
        "classify",
        "score_book",
        "signals",
        "escalate",
        "retention",
        "backup",
        "index_texts",
        "maintain",
    ];
    assert_eq!(all, jobs);
    assert!(branch.store.run_jobs(day(0), "s2").is_empty());
    let copy = branch.store.backup_dir().join("huifang-2026-11-23.db");
    assert!(Store::open(&copy, Arc::clone(&branch.packs), Mode::ReadOnly).is_ok());
    let list = branch.store.jobs_list().unwrap();
    assert!(list.iter().all(|line| line.last_date.is_some() && !line.parked));
    branch.store.verify_journal(&[]).unwrap();
}

#[test]
fn missed_days_are_made_up_for() {
    let mut branch = Branch::new();
    branch.store.run_jobs(day(0), "s");
    let ran = names(&branch.store.run_jobs(day(3), "s"));
    let dates = |job: &str| -> Vec<String> {
        ran.iter().filter(|(name, _)| name == job).map(|(_, date)| date.clone()).collect()
    };
    assert_eq!(dates("escalate"), ["2026-11-24", "2026-11-25", "2026-11-26"]);
    assert_eq!(dates("roll_plan"), ["2026-11-26"]);
    assert_eq!(dates("backup"), ["2026-11-26"]);
    // A long absence is capped; first somebody must say that the clock is right.
    assert_eq!(branch.store.clock_state(day(200)), Ok(ClockState::Ahead));
    assert!(branch.store.run_jobs(day(200), "s").is_empty());
    branch.store.confirm_clock(&crate::store::tests::actor("admin"), day(200)).unwrap();
    assert_eq!(names(&branch.store.run_jobs(day(200), "s")).len(), 31 + Job::ALL.len() - 2);
}

#[test]
fn nothing_runs_while_the_clock_stands_back() {
    let mut branch = Branch::new();
    branch.store.run_jobs(day(2), "s");
    assert!(branch.store.clock_back(day(1)).unwrap());
    assert!(branch.store.run_jobs(day(1), "s").is_empty());
}

#[test]
fn a_tier_that_nobody_confirms_is_told_of_once_it_is_late() {
    let mut branch = Branch::new();
    branch
        .store
        .conn()
        .execute_batch(
            "INSERT INTO tier_events (customer_id, event, since, note, by, at)
             VALUES ('C1', 'impaired', '2026-11-20', 'x', 'zhang', '2026-11-20T01:00:00.000Z')",
        )
        .unwrap();
    let told = |branch: &Branch| {
        branch.text(
            "SELECT coalesce(group_concat(to_user || ' ' || subject, ', '), '') FROM
             (SELECT * FROM notices WHERE kind = 'tier_late' ORDER BY to_user)",
        )
    };
    for n in 0..=10 {
        branch.store.run_jobs(day(n), "s");
    }
    assert_eq!(told(&branch), "", "the last day is in time");
    branch.store.run_jobs(day(11), "s");
    let all = "wang C1@2026-11-23, zhang C1@2026-11-23, zhao C1@2026-11-23";
    assert_eq!(told(&branch), all);
    branch.store.run_jobs(day(12), "s");
    assert_eq!(told(&branch), all, "and told once");
}

#[test]
fn only_seven_copies_stay_and_a_demo_has_none() {
    let mut branch = Branch::new();
    let dir = branch.store.backup_dir();
    branch.store.run_jobs(day(0), "s");
    std::fs::write(dir.join("mine.txt"), "x").unwrap();
    // What a session left that was killed while it copied.
    std::fs::write(dir.join("huifang-2026-11-20.e1.part"), "the whole book").unwrap();
    for n in 1..10 {
        branch.store.run_jobs(day(n), "s");
    }
    assert_eq!(std::fs::read_dir(&dir).unwrap().count(), 7 + 1);
    assert!(dir.join("huifang-2026-12-02.db").exists());
    let mut demo = Branch::new();
    demo.store.mark_demo().unwrap();
    assert_eq!(demo.store.run_jobs(day(0), "s").len(), Job::ALL.len() - 1);
    assert!(!demo.store.backup_dir().exists());
}

#[test]
fn a_job_that_keeps_failing_is_parked() {
    let mut branch = Branch::new();
    // A file stands where the directory of the copies should be.
    std::fs::write(branch.store.backup_dir(), "x").unwrap();
    // The next business date is another chance.
    for n in 0..10 {
        let ran = branch.store.run_jobs(day(n / 5), "s");
        let failed = ran.iter().filter(|r| r.job == "backup" && r.error.is_some()).count();
        assert_eq!(failed, usize::from(n % 5 < 3), "{n}");
    }
    let lines = branch.store.jobs_list().unwrap();
    let line = lines.iter().find(|line| line.job == "backup").unwrap();
    assert!(line.parked && line.last_error.is_some());
    std::fs::remove_file(branch.store.backup_dir()).unwrap();
    let operator = Actor { operator: true, ..crate::store::tests::actor("admin") };
    let officer = crate::store::tests::actor("zhang");
    assert_eq!(branch.store.resume_job(&officer, day(0), "backup"), Err(Refusal::NotAllowed));
    assert_eq!(branch.store.resume_job(&operator, day(0), "nothing"), Ok(false));
    assert_eq!(branch.store.resume_job(&operator, day(0), "backup"), Ok(true));
    assert_eq!(branch.text("SELECT count(*) FROM journal WHERE command = 'resume_job'"), "1");
    assert!(branch.store.run_jobs(day(1), "s").iter().any(|r| r.job == "backup"));
}

#[test]
fn rules_that_cannot_be_read_are_told_of_and_never_pass_for_calm() {
    let mut branch = Branch::new();
    let own = branch.store.path().with_file_name(crate::assets::warning::OWN_FILE);
    std::fs::write(&own, "nonsense = 1\n").unwrap();
    for n in [0, 1] {
        let ran = branch.store.run_jobs(day(n), "s");
        let of = |job: &str| ran.iter().find(|r| r.job == job).unwrap().error.is_some();
        assert!(of("signals"));
    }
    let told = "SELECT group_concat(DISTINCT subject) FROM (SELECT subject FROM notices
        WHERE kind = 'job_failed' ORDER BY 1)";
    assert_eq!(
        branch.text(told),
        format!("signals@{},signals@{}", day(0).date_naive(), day(1).date_naive())
    );
    let written = "SELECT group_concat(DISTINCT subject) || count(*) FROM journal
        WHERE command = 'job' AND after LIKE '%\"failed\":true%'";
    assert_eq!(branch.text(written), "signals2", "once for each time that somebody was told");
    // Officers can't mend it.
    let roles = "SELECT group_concat(DISTINCT u.role) FROM notices n
        JOIN users u ON u.user = n.to_user WHERE n.kind = 'job_failed' AND u.role = 'officer'";
    assert_eq!(branch.text(&format!("SELECT coalesce(({roles}), '')")), "");
    std::fs::remove_file(&own).unwrap();
    let ran = branch.store.run_jobs(day(1), "s");
    assert!(ran.iter().any(|r| r.job == "signals" && r.error.is_none()), "{ran:?}");
    let lines = branch.store.jobs_list().unwrap();
    assert!(lines.iter().all(|line| line.last_error.is_none()));
}

#[test]
fn many_sessions_run_each_job_once() {
    let branch = Branch::new();
    let path = branch.store.path().to_owned();
    let ran: usize = std::thread::scope(|scope| {
        let all: Vec<_> = (0..8)
            .map(|n| {
                let (path, packs) = (path.clone(), Arc::clone(&branch.packs));
                scope.spawn(move || {
                    let mut store = Store::open(&path, packs, Mode::Existing).unwrap();
                    names(&store.run_jobs(day(0), &format!("s{n}"))).len()
                })
            })
            .collect();
        all.into_iter().map(|one| one.join().unwrap()).sum()
    });
    assert_eq!(ran, Job::ALL.len());
    let noted = branch.text("SELECT count(*) FROM journal WHERE command = 'job'");
    assert_eq!(noted, Job::ALL.len().to_string());
    branch.store.check().unwrap();
}

#[test]
fn a_transaction_cut_off_leaves_nothing() {
    let mut branch = Branch::new();
    let date = instant::business_date(day(0));
    let tx = branch.store.begin().unwrap();
    let run = Run { job: Job::Escalate, date, now: day(0), session: "dead" };
    assert!(run.claim(&tx).unwrap());
    drop(tx);
    assert_eq!(names(&branch.store.run_jobs(day(0), "s")).len(), Job::ALL.len());
}

#[test]
fn leases_change_hands_only_when_they_have_run_out() {
    let branch = Branch::new();
    let conn = branch.store.conn();
    let at = Uptime::read(day(0));
    let hour = Duration::from_hours(1);
    assert_eq!(lease::take(conn, "x", "a", &at, Duration::ZERO).unwrap(), Some(1));
    assert_eq!(lease::take(conn, "x", "b", &at, hour).unwrap(), Some(2));
    assert_eq!(lease::take(conn, "x", "a", &at, hour).unwrap(), None);
    assert!(!lease::holds(conn, "x", "a", 1).unwrap());
    assert!(lease::holds(conn, "x", "b", 2).unwrap());
    // After a restart of the machine nobody holds anything.
    conn.execute_batch("UPDATE leases SET boot_id = 'before'").unwrap();
    assert_eq!(lease::take(conn, "x", "a", &at, hour).unwrap(), Some(3));
    lease::release(conn, "x", "a").unwrap();
    assert_eq!(lease::take(conn, "x", "b", &at, hour).unwrap(), Some(4));
}

#[test]
fn while_another_session_rolls_the_plan_nothing_runs_that_rests_on_it() {
    let mut branch = Branch::new();
    let tx = branch.store.begin().unwrap();
    let at = Uptime::read(day(0));
    lease::take(&tx, Job::RollPlan.name(), "other", &at, Duration::from_hours(1)).unwrap();
    tx.commit().unwrap();
    assert_eq!(branch.store.run_jobs(day(0), "s"), Vec::new());
    lease::release(branch.store.conn(), Job::RollPlan.name(), "other").unwrap();
    assert_eq!(names(&branch.store.run_jobs(day(0), "s")).len(), Job::ALL.len());
    assert_eq!(branch.text("SELECT value FROM meta WHERE key = 'planned_on'"), "2026-11-23");
}

/// Kills a session in the middle of its writes, again and again: what it had been told is on disk
/// is there, once, and the chain holds.
#[test]
fn a_killed_session_loses_nothing_that_was_acknowledged() {
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};
    let branch = Branch::new();
    let program = std::env::current_exe().unwrap();
    for round in 0..4 {
        let mut child = Command::new(&program)
            .args([
                "--exact",
                "store::jobs::tests::writes_until_killed",
                "--ignored",
                "--nocapture",
            ])
            .env("HUIFANG_TEST_DB", branch.store.path())
            .env("HUIFANG_TEST_ROUND", round.to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        let wanted = 3 + round * 7;
        let mut told: Vec<String> = Vec::new();
        let mut killed = false;
        for line in lines {
            told.extend(line.strip_prefix("ack ").map(str::to_owned));
            if told.len() >= wanted && !killed {
                child.kill().unwrap();
                killed = true;
            }
        }
        child.wait().unwrap();
        assert!(told.len() >= wanted);
        for op in told {
            let there = branch.text(&format!("SELECT count(*) FROM journal WHERE op = '{op}'"));
            assert_eq!(there, "1", "{op}");
        }
        branch.store.check().unwrap();
    }
}

/// The session that the test above kills; does nothing by itself.
#[test]
#[ignore = "started by another test"]
fn writes_until_killed() {
    let (Ok(path), Ok(round)) =
        (std::env::var("HUIFANG_TEST_DB"), std::env::var("HUIFANG_TEST_ROUND"))
    else {
        return;
    };
    let packs = crate::store::tests::packs();
    let mut store = Store::open(path.as_ref(), packs, Mode::Existing).unwrap();
    let who = crate::store::tests::actor("zhang");
    for n in 0..100_000 {
        let op = crate::domain::ids::OpId(format!("k-{round}-{n}"));
        let what = crate::protocol::command::Command::NoteCopy {
            customer: None,
            what: format!("{round}-{n}"),
        };
        store.apply(&who, day(0), &op, &what).unwrap();
        println!("\nack {op}");
    }
}

#[test]
fn a_wrong_clock_poisons_nothing() {
    let mut branch = Branch::new();
    branch.store.run_jobs(day(0), "s");
    // A write years ahead leaves the right clock right.
    let op = crate::domain::ids::OpId::from("ahead");
    let copy = crate::protocol::command::Command::NoteCopy { customer: None, what: "a".to_owned() };
    branch.store.apply(&crate::store::tests::actor("zhang"), day(900), &op, &copy).unwrap();
    assert_eq!(branch.store.clock_state(day(0)), Ok(ClockState::Right));
    assert_eq!(branch.store.clock_state(day(7)), Ok(ClockState::Right));
    // Nor does a day that somebody named.
    branch.store.stand_clock();
    assert!(!branch.store.run_jobs(day(5), "s").is_empty());
    assert_eq!(branch.store.clock_state(day(0)), Ok(ClockState::Right));
}
