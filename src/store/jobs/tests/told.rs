//! What is told of, to whom and when.

use super::*;

#[test]
fn what_lies_too_long_is_told_once() {
    let mut branch = Branch::new();
    branch
        .store
        .conn()
        .execute_batch(
            "INSERT INTO flags (flag_id, customer_id, signal, level, state, raised_on, owner, measure, due_on) VALUES
                ('F1', 'C1', 'x', 'red', 'confirmed', '2026-11-01', 'zhang', 'm', '2026-11-20'),
                ('F2', 'C1', 'y', 'red', 'confirmed', '2026-11-01', NULL, NULL, NULL),
                ('F3', 'C1', 'z', 'red', 'confirmed', '2026-11-01', 'zhang', 'm', '2026-12-20'),
                ('F4', 'C1', 'z', 'red', 'closed', '2026-11-01', NULL, NULL, NULL)",
        )
        .unwrap();
    branch.store.run_jobs(day(0), "s");
    branch.store.run_jobs(day(1), "s");
    let told = branch.text(
        "SELECT group_concat(x, ' ') FROM (SELECT to_user || ':' || kind || ':' || flag_id AS x
         FROM notices WHERE flag_id IS NOT NULL ORDER BY flag_id, to_user)",
    );
    assert_eq!(
        told,
        "wang:flag_overdue:F1 zhang:flag_overdue:F1 zhao:flag_overdue:F1 \
         wang:flag_no_action:F2 zhang:flag_no_action:F2 zhao:flag_no_action:F2"
    );
}

/// Nine in the morning of a day.
fn morning(day: &str) -> DateTime<FixedOffset> {
    let date: NaiveDate = day.parse().unwrap();
    china().from_local_datetime(&date.and_hms_opt(9, 0, 0).unwrap()).unwrap()
}

/// Who is told what in that morning, each thing once however often it is looked for.
fn made(branch: &Branch, now: DateTime<FixedOffset>, kind: &str) -> String {
    let (policy, days) = (&branch.packs.policy, &branch.packs.workdays);
    let run = || super::escalate::run(branch.store.conn(), policy, days, now.date_naive(), now);
    run().unwrap();
    assert_eq!(run().unwrap(), 0);
    branch.text(&format!(
        "SELECT coalesce(group_concat(x, ' '), '') FROM (SELECT to_user || ':' || kind || ':' ||
         subject AS x FROM notices WHERE kind LIKE '{kind}%' ORDER BY to_user, subject)"
    ))
}

/// Seven workdays before, one workday before, one after, and beyond the grace to the supervisors.
#[test]
fn a_visit_is_brought_to_mind_before_and_after_it_is_due() {
    // Friday the 4th: on Wednesday the 25th of November seven workdays are left.
    for (today, told) in [
        ("2026-11-24", ""),
        ("2026-11-25", "zhang:visits_ahead:2026-12-04@7"),
        ("2026-11-26", ""),
        ("2026-12-03", "zhang:visits_ahead:2026-12-04@1"),
        ("2026-12-04", ""),
        // The weekend: neither a reminder nor a workday that has passed.
        ("2026-12-05", ""),
        ("2026-12-06", ""),
        ("2026-12-07", "zhang:visit_overdue:C1@2026-12-04"),
        ("2026-12-11", "zhang:visit_overdue:C1@2026-12-04"),
        (
            "2026-12-14",
            "wang:visit_overdue:C1@2026-12-04 zhang:visit_overdue:C1@2026-12-04 \
             zhao:visit_overdue:C1@2026-12-04",
        ),
    ] {
        let branch = Branch::new();
        let conn = branch.store.conn();
        conn.execute_batch(
            "DELETE FROM due_visits;
             INSERT INTO due_visits
                (customer_id, n, officer, class, opens, due, level, tier, urgency, codes, duties)
             VALUES ('C1', 0, 'zhang', 'onsite', '2026-11-01', '2026-12-04', 0, 'normal', 0, '', ''),
                    ('C2', 0, 'zhang', 'onsite', '2026-11-01', '2027-03-04', 0, 'normal', 0, '', '')",
        )
        .unwrap();
        assert_eq!(made(&branch, morning(today), "visit"), told, "{today}");
    }
}

/// Deadlines beside visits the same way; what was met since is settled in the inbox.
#[test]
fn a_deadline_is_brought_to_mind_before_and_after_its_day() {
    for (today, told) in [
        ("2026-11-24", ""),
        ("2026-11-25", "zhang:deadlines_ahead:2026-12-04@7"),
        ("2026-12-03", "zhang:deadlines_ahead:2026-12-04@1"),
        ("2026-12-04", ""),
        ("2026-12-05", "zhang:deadline_late:insurance:P1@2026-12-04"),
        ("2026-12-11", "zhang:deadline_late:insurance:P1@2026-12-04"),
        (
            "2026-12-14",
            "wang:deadline_late:insurance:P1@2026-12-04 \
             zhang:deadline_late:insurance:P1@2026-12-04 \
             zhao:deadline_late:insurance:P1@2026-12-04",
        ),
    ] {
        let branch = Branch::new();
        let conn = branch.store.conn();
        conn.execute_batch(
            "DELETE FROM deadlines;
             INSERT INTO deadlines (customer_id, kind, ref, due, officer, opens, about, in_a_row)
             VALUES ('C1', 'insurance', 'P1', '2026-12-04', 'zhang', '2026-11-04', '厂房', 0),
                    ('C1', 'valuation', 'P1', '2027-03-04', 'zhang', '2027-02-04', '厂房', 0)",
        )
        .unwrap();
        let now = morning(today);
        let date = now.date_naive();
        assert_eq!(made(&branch, now, "deadline"), told, "{today}");
        if told.is_empty() {
            continue;
        }
        let stands = |branch: &Branch| {
            let inbox = branch.store.query(&actor("zhang"), now, &Query::Inbox).unwrap();
            let Page::Inbox(page) = inbox else { panic!("{inbox:?}") };
            let found = page.rows.iter().find(|row| row.kind.starts_with("deadline")).unwrap();
            (found.stands, found.days, found.ahead.map(|(_, count)| count))
        };
        let ahead = told.contains("ahead");
        let late = (date - NaiveDate::from_ymd_opt(2026, 12, 4).unwrap()).num_days().max(0);
        assert_eq!(stands(&branch), (true, late, ahead.then_some(1)), "{today}");
        conn.execute_batch("DELETE FROM deadlines").unwrap();
        assert!(!stands(&branch).0, "{today}");
    }
}
