//! Who is looked at because somebody near her got a flag.

use super::*;

#[test]
fn a_confirmed_red_flag_has_group_and_mutual_guarantors_looked_at_once() {
    let mut branch = Branch::new();
    branch
        .store
        .conn()
        .execute_batch(
            "INSERT INTO customers (customer_id, name, officer, group_id) VALUES
            ('G1', '甲', 'li', 'K1'), ('G2', '乙', 'zhang', NULL), ('G3', '丙', 'li', NULL),
            ('G4', '旧户', 'li', 'K1');
         INSERT INTO loans (loan_id, customer_id, amount, balance, disbursed_on, status)
            SELECT 'L' || customer_id, customer_id, 100, 100, '2026-01-01',
                CASE customer_id WHEN 'G4' THEN 'settled' ELSE 'active' END
            FROM customers WHERE customer_id LIKE 'G%';
         UPDATE customers SET group_id = 'K1' WHERE customer_id = 'C1';
         INSERT INTO relations (customer_id, related_name, related_customer_id, kind) VALUES
            ('C1', '乙', 'G2', 'mutual_guarantee'), ('G3', '本户', 'C1', 'mutual_guarantee'),
            ('C1', '丁', NULL, 'mutual_guarantee'), ('C1', '上游', 'C2', 'upstream')",
        )
        .unwrap();
    let id = raised(&mut branch, Level::Red, true);
    assert_eq!(branch.text("SELECT count(*) FROM look_ats"), "0");
    branch.run("wang", confirm(&id)).unwrap();
    assert_eq!(
        branch.text("SELECT group_concat(customer_id || ':' || owner || ':' || due_on, ' ') FROM (SELECT * FROM todos ORDER BY customer_id)"),
        "G1:li:2026-11-30 G2:zhang:2026-11-30 G3:li:2026-11-30"
    );
    assert_eq!(branch.text("SELECT count(*) FROM notices WHERE kind = 'look_at'"), "3");
    assert!(!branch.text("SELECT group_concat(text) FROM todos").contains("C1"));
    // Lowered and raised again, the same flag asks nobody twice.
    let seen = proved(&mut branch, &id, 2);
    branch.run("zhao", update(&id, seen, Level::Orange)).unwrap();
    branch.run("zhao", update(&id, seen + 1, Level::Red)).unwrap();
    assert_eq!(branch.text("SELECT count(*) FROM look_ats"), "3");
    branch.store.verify_journal(&[]).unwrap();
}

#[test]
fn what_others_have_told_of_is_passed_on_to_nobody_and_who_is_left_out_is_told() {
    let mut packs = crate::assets::packs();
    packs.library = Arc::new(std::sync::LazyLock::new(Arc::default));
    packs.care = Arc::new(std::sync::LazyLock::new(|| {
        let mut care = crate::risk::care::Care::clone(&crate::assets::packs().care);
        care.contagion.most = 2;
        Arc::new(care)
    }));
    let mut branch = Branch::with(Arc::new(packs));
    branch
        .store
        .conn()
        .execute_batch(
            "UPDATE customers SET group_id = 'K1' WHERE customer_id = 'C1';
             INSERT INTO customers (customer_id, name, officer, group_id) VALUES
                ('G1', '甲', 'li', 'K1'), ('G2', '乙', 'li', 'K1'), ('G3', '丙', 'li', 'K1');
             INSERT INTO loans (loan_id, customer_id, amount, balance, disbursed_on, status) VALUES
                ('LG1', 'G1', 50, 50, '2026-01-01', 'active'),
                ('LG2', 'G2', 100, 100, '2026-01-01', 'active'), ('LG3', 'G3', 200, 200, '2026-01-01', 'active')",
        )
        .unwrap();
    branch.store.plan_book(today()).unwrap();
    let mut raise = |code: &str| {
        let mut command = flag(Level::Red, false);
        if let Command::RaiseFlag { signal, .. } = &mut command {
            code.clone_into(signal);
        }
        branch.run("zhang", command).unwrap();
        branch.text("SELECT group_concat(customer_id) FROM (SELECT * FROM look_ats ORDER BY 1, 2)")
    };
    // That somebody near her defaulted is no news to those near her.
    assert_eq!(raise("EXT-08"), "");
    assert_eq!(raise("OPS-01"), "G2,G3", "who owes most");
    assert_eq!(branch.text("SELECT note FROM flag_history WHERE what = 'look_at_left'"), "1");
    let told = "SELECT group_concat(to_user) FROM (SELECT * FROM notices \
        WHERE kind = 'look_at_left' ORDER BY to_user)";
    assert_eq!(branch.text(told), "wang,zhao");
}
