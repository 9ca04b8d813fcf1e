//! A branch's own rules: its `signals.toml`.

use super::*;

#[test]
fn a_branchs_own_rule_reads_what_was_answered_at_visits() {
    let mut branch = Branch::new();
    let conn = branch.store.conn();
    // Two records of C1, of the older one a second version that is still being written, and one draft.
    conn.execute_batch(
        "INSERT INTO visits (visit_id, customer_id, visited_on, class, state, origin) VALUES
            ('V1', 'C1', '2026-05-04', 'onsite', 'approved', 'here'),
            ('V2', 'C1', '2026-11-03', 'onsite', 'submitted', 'here'),
            ('V3', 'C1', '2026-11-20', 'onsite', 'draft', 'here');
         INSERT INTO records (visit_id, version, state, pack, sections, facts, author, started_at) VALUES
            ('V1', 1, 'approved', 'p', '', '', 'zhang', 'x'), ('V1', 2, 'draft', 'p', '', '', 'zhang', 'x'),
            ('V2', 1, 'submitted', 'p', '', '', 'zhang', 'x'), ('V3', 1, 'draft', 'p', '', '', 'zhang', 'x');
         INSERT INTO answers (visit_id, version, item, value, answered_by, answered_at) VALUES
            ('V1', 1, 'other_bank_debt', 'f:100', 'zhang', 'x'),
            ('V1', 2, 'other_bank_debt', 'f:900', 'zhang', 'x'),
            ('V2', 1, 'other_bank_debt', 'f:140', 'zhang', 'x'),
            ('V3', 1, 'other_bank_debt', 'f:999', 'zhang', 'x')",
    )
    .unwrap();
    assert_eq!(look(&mut branch, 0), 0);
    let own = branch.store.path().with_file_name("signals.toml");
    let rule = "[[signal]]\ncode = \"FIN-11\"
        rule = \"visit.other_bank_debt >= visit_before.other_bank_debt * 13 / 10 && visit_days < 60\"\n";
    std::fs::write(&own, rule).unwrap();
    assert_eq!((look(&mut branch, 0), look(&mut branch, 0)), (1, 0));
    assert_eq!(
        branch.text(
            "SELECT group_concat(fact || '=' || value || '@' || as_of, ' ') FROM
             (SELECT * FROM flag_inputs ORDER BY n)"
        ),
        "visit.other_bank_debt=f:140@2026-11-03 visit_before.other_bank_debt=f:100@2026-05-04 \
         visit_days=n:200000@2026-11-03"
    );
}

#[test]
fn a_branchs_own_file_counts_and_a_faulty_one_stops_the_look() {
    let mut branch = late();
    let own = branch.store.path().with_file_name("signals.toml");
    std::fs::write(&own, "[[signal]]\ncode = \"ACC-02\"\non = false\n").unwrap();
    assert_eq!(look(&mut branch, 0), 0);
    std::fs::write(&own, "[[signal]]\ncode = \"ACC-02\"\nrule = \"days_past_due > 'x'\"\n")
        .unwrap();
    let why = branch.store.propose_signals(None, day(0), "s").unwrap_err();
    assert!(why.to_string().starts_with("signals.toml:3: "), "{why}");
    branch.store.run_jobs(day(0), "s");
    let told = branch.text("SELECT last_error FROM jobs WHERE job = 'signals'");
    assert!(told.starts_with("signals.toml:3: "), "{told}");
    assert_eq!(flags(&branch), "");
}

#[test]
fn a_branch_that_nobody_has_is_told_and_the_file_counts_all_the_same() {
    let mut branch = late();
    let own = branch.store.path().with_file_name("signals.toml");
    let real = branch.text("SELECT branch FROM users WHERE user = 'zhang'");
    let slip: String = real.chars().chain(['x']).collect();
    let entry = |code: &str, of: &str| {
        format!("[[signal]]\ncode = \"{code}\"\nbranch = \"{of}\"\non = false\n")
    };
    let text = [entry("ACC-02", &slip), entry("FIN-05", "火星"), entry("FIN-01", &real)].concat();
    std::fs::write(&own, &text).unwrap();
    let strange = branch.store.unknown_branches().unwrap();
    let told: Vec<(usize, &str, Option<&str>)> = strange
        .iter()
        .map(|one| (one.named.line, one.named.branch.as_str(), one.like.as_deref()))
        .collect();
    assert_eq!(told, [(3, slip.as_str(), Some(real.as_str())), (7, "火星", None)]);
    assert_eq!(branch.store.unknown_branches_of(&text).unwrap(), strange);
    // The night tells it to who answers for the rules, each name once; the look is not stopped.
    let kept = "SELECT count(*) FROM notices WHERE kind = 'rules_branch'";
    branch.store.run_jobs(day(0), "s");
    let first = branch.text(kept);
    assert_ne!(first, "0");
    assert_ne!(flags(&branch), "", "for nobody switched off, so found");
    branch.store.run_jobs(day(1), "s");
    assert_eq!(branch.text(kept), first);
    let officers = "SELECT count(*) FROM notices n JOIN users u ON u.user = n.to_user
        WHERE n.kind = 'rules_branch' AND u.role = 'officer'";
    assert_eq!(branch.text(officers), "0");
    // One slip mended: its message goes, whether it was read or not; the other one stays.
    let read = "UPDATE notices SET acknowledged_at = created_at WHERE kind = 'rules_branch'";
    branch.store.conn().execute(read, []).unwrap();
    let of = |of: &str| format!("{kept} AND subject = '{of}'");
    std::fs::write(&own, entry("FIN-05", "火星")).unwrap();
    branch.store.run_jobs(day(2), "s");
    assert_eq!(branch.text(&of(&slip)), "0");
    let unread = |branch: &Branch| {
        branch.text(&format!("{kept} AND subject = '火星' AND acknowledged_at IS NULL"))
    };
    assert_ne!(branch.text(&of("火星")), "0");
    assert_eq!(unread(&branch), "0", "what was read is not told again");
    std::fs::write(&own, entry("ACC-02", &real)).unwrap();
    assert!(branch.store.unknown_branches().unwrap().is_empty());
    branch.store.run_jobs(day(3), "s");
    assert_eq!(branch.text(kept), "0");
    // The same slip again is news again.
    std::fs::write(&own, entry("FIN-05", "火星")).unwrap();
    branch.store.run_jobs(day(4), "s");
    assert_ne!(unread(&branch), "0");
    std::fs::remove_file(&own).unwrap();
    assert!(branch.store.unknown_branches().unwrap().is_empty());
}

#[test]
fn what_is_off_is_off_for_deadlines_words_and_calls_and_a_level_counts_for_all() {
    let insured = "INSERT INTO collateral (collateral_id, customer_id, loan_id, kind, value,
            insured_until) VALUES ('K1', 'C1', 'L1', 'x', 100, '2026-11-20');
         UPDATE loans SET guarantee_mode = 'mortgage' WHERE loan_id = 'L1'";
    let entry = |how: &str| format!("[[signal]]\ncode = \"COL-05\"\n{how}\n");
    let of = |own: &str| {
        let mut branch = Branch::new();
        branch.store.conn().execute_batch(insured).unwrap();
        let file = branch.store.path().with_file_name("signals.toml");
        std::fs::write(file, own).unwrap();
        branch.store.run_jobs(day(0), "s");
        branch.store.run_jobs(day(1), "s");
        branch.text("SELECT coalesce(group_concat(level), '') FROM flags WHERE signal = 'COL-05'")
    };
    assert_eq!(of(""), "orange");
    assert_eq!(of(&entry("on = false")), "");
    assert_eq!(of(&entry("level = \"red\"")), "red");
}

#[test]
fn what_words_name_is_proposed_as_the_branch_has_it() {
    let of = |own: &str| {
        let branch = Branch::new();
        let file = branch.store.path().with_file_name("signals.toml");
        std::fs::write(file, own).unwrap();
        let library = library_of(branch.store.conn(), &CustomerId::from("C1")).unwrap();
        let known = library.get("MGT-11").unwrap();
        (known.on, known.level)
    };
    let branch = Branch::new().text("SELECT branch FROM users WHERE user = 'zhang'");
    let entry = |branch: &str| {
        format!(
            "[[signal]]\ncode = \"MGT-11\"\non = false\nlevel = \"yellow\"\nbranch = \"{branch}\"\n"
        )
    };
    let shipped = of("");
    assert!(shipped.0);
    assert_eq!(of(&entry("火星")), shipped, "another branch's");
    assert_eq!(of(&entry(&branch)), (false, Level::Yellow));
}
