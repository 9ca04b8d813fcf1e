use super::*;
use crate::protocol::tables::TABLES;
use crate::store::tests::Branch;

#[test]
fn conditions_are_read_to_their_end() {
    let sql = "CREATE TABLE t (a TEXT CHECK (a IN ('x', 'y)', '(')), b INTEGER NOT NULL CHECK (b > (1)), c TEXT, CHECK (a <> c))";
    assert_eq!(conditions(sql), ["a IN ('x', 'y)', '(')", "b > (1)", "a <> c"]);
    assert_eq!(conditions("CREATE TABLE t (a TEXT)"), Vec::<String>::new());
}

#[test]
fn every_check_of_every_table_is_found_and_can_be_asked() {
    let mut branch = Branch::new();
    let tx = branch.store.begin().unwrap();
    let mut count = 0;
    for table in TABLES {
        let sql = "SELECT sql FROM sqlite_master WHERE name = ?1";
        let sql: String = tx.query_row(sql, [table.name], |row| row.get(0)).unwrap();
        let found = conditions(&sql);
        assert_eq!(found.len(), sql.matches("CHECK").count(), "{}", table.name);
        count += found.len();
        for condition in found {
            tx.prepare(&format!("SELECT {condition} FROM {}", table.name)).unwrap();
        }
    }
    assert!(count > 50, "{count}");
    Waiting::begin(&tx).unwrap().make_good(TABLES).unwrap();
}

#[test]
fn what_was_written_meanwhile_is_checked_and_afterwards_all_is_as_before() {
    let mut branch = Branch::new();
    let insert = |state: &str| {
        format!(
            "INSERT INTO visits (visit_id, customer_id, visited_on, class, officer, state)
             VALUES ('V-{state}', 'C1', '2026-01-02', 'onsite', 'zhang', '{state}')"
        )
    };
    let tx = branch.store.begin().unwrap();
    for (state, good) in [("approved", true), ("dreamt", false)] {
        let waiting = Waiting::begin(&tx).unwrap();
        tx.execute(&insert(state), []).unwrap();
        let outcome = waiting.make_good(TABLES);
        assert_eq!(outcome.is_ok(), good, "{state}: {outcome:?}");
        tx.execute("DELETE FROM visits", []).unwrap();
    }
    assert!(tx.execute(&insert("dreamt"), []).is_err(), "checked again");
    let waiting = Waiting::begin(&tx).unwrap();
    assert!(tx.execute(&insert("x").replace("'C1'", "'C9'"), []).is_err(), "references as ever");
    assert!(tx.execute(&insert("x").replace("'2026-01-02'", "NULL"), []).is_err(), "so is NULL");
    drop(waiting);
}
