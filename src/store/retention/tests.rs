use std::collections::BTreeSet;

use super::*;
use crate::demo::history::Rules;
use crate::demo::{self, Recipe};
use crate::domain::ids::OpId;
use crate::domain::ids::UserId;
use crate::domain::user::Role;
use crate::protocol::command::{Command, RetentionCommand};
use crate::protocol::page::Page;
use crate::protocol::query::Query;
use crate::protocol::reply::{Outcome, Refusal};
use crate::store::Mode;
use crate::store::tests::{Branch, actor, day};
use std::sync::Arc;

/// Every table that the dictionary keeps as long as a customer is reached, and each is one.
#[test]
fn no_table_of_a_customer_is_forgotten() {
    let dictionary: toml::Table =
        toml::from_str(include_str!("../../../assets/privacy/dictionary.toml")).unwrap();
    let tables = dictionary["table"].as_table().unwrap();
    let reached: BTreeSet<&str> = TABLES.iter().map(|(table, _)| *table).collect();
    assert_eq!(reached.len(), TABLES.len(), "a table twice");
    for (name, table) in tables {
        let hers = table["keep"].as_str() == Some("customer") && !NOT_HERS.contains(&name.as_str());
        if hers {
            assert!(reached.contains(name.as_str()), "{name} would be left behind");
        }
    }
    let branch = Branch::new();
    erase_shared(branch.store.conn()).unwrap();
    for (table, whose) in TABLES {
        let sql = format!("SELECT count(*) FROM {table} WHERE {whose}");
        let none: i64 = branch.store.conn().query_row(&sql, ["nobody"], |row| row.get(0)).unwrap();
        assert_eq!(none, 0, "{table}");
    }
}

/// A branch with an invented portfolio, and one of its customers whose time is over.
struct Old {
    branch: Branch,
    customer: CustomerId,
}

/// What is known of her in words, to be looked for afterwards.
fn words_of(branch: &Branch, customer: &str) -> Vec<String> {
    let sql = format!(
        "SELECT group_concat(word, char(10)) FROM (
            SELECT customer_id AS word FROM customers WHERE customer_id = '{customer}'
            UNION SELECT name FROM customers WHERE customer_id = '{customer}'
            UNION SELECT phone FROM customers WHERE customer_id = '{customer}'
            UNION SELECT address FROM customers WHERE customer_id = '{customer}'
            UNION SELECT visit_id FROM visits WHERE customer_id = '{customer}'
            UNION SELECT contract_no FROM loans WHERE customer_id = '{customer}')"
    );
    branch.text(&sql).lines().filter(|w| w.chars().count() > 3).map(str::to_owned).collect()
}

fn old() -> Old {
    let packs = Arc::new(crate::assets::packs());
    let dir = tempfile::tempdir().unwrap();
    let mut store =
        Store::open(&dir.path().join("b.db"), Arc::clone(&packs), Mode::Create).unwrap();
    let recipe = Recipe { customers: 24, seed: 7, today: Store::business_date(day(0)) };
    let rules = Rules { policy: &packs.policy, days: &packs.workdays };
    let mut maker = actor("admin");
    maker.operator = true;
    store
        .fill_demo(&maker, day(0), |put| {
            demo::generate(recipe, rules, |row| put(row.table, row.cells))
        })
        .unwrap();
    demo::enact(&mut store, recipe, day(0));
    let mut branch = Branch::around(dir, store, packs);
    let customer = branch.text(
        "SELECT customer_id FROM visits JOIN records USING (visit_id) GROUP BY customer_id
         ORDER BY count(*) DESC, customer_id LIMIT 1",
    );
    let tx = branch.store.begin().unwrap();
    tx.execute_batch(&format!(
        "INSERT INTO users (user, name, role, branch) VALUES
            ('law', '合规', 'compliance', ''), ('wang', '王芳', 'supervisor', ''),
            ('wang2', '王芳二', 'supervisor', '') ON CONFLICT DO NOTHING;
         UPDATE users SET branch = '';
         INSERT INTO call_backs (visit_id, n, version, result, contact, text, user, at)
            SELECT visit_id, 1, 1, 'confirmed', '本人', '电话核实', 'wang', '2021-01-01' FROM visits
            WHERE customer_id = '{customer}' LIMIT 1;"
    ))
    .unwrap();
    tx.commit().unwrap();
    branch.store.settle_for_tests(&customer, "2021-11-23");
    Old { branch, customer: CustomerId(customer) }
}

fn person(who: &str) -> crate::access::Actor {
    let role = if who == "law" { Role::Compliance } else { Role::Supervisor };
    crate::access::Actor { role, branch: String::new(), ..actor(who) }
}

impl Old {
    fn run(&mut self, who: &str, command: RetentionCommand) -> Result<Outcome, Refusal> {
        let n = self.branch.text("SELECT max(seq) FROM journal");
        let op = OpId(format!("old-{n}-{}", command.code()));
        self.branch.store.apply(&person(who), day(0), &op, &Command::Retention(command))
    }

    fn over(&self) -> Vec<(String, bool)> {
        let sight = Sight::of(&person("law"));
        let today = Store::business_date(day(0));
        let over = expired(self.branch.store.conn(), &sight, today, None).unwrap();
        over.into_iter().map(|o| (o.customer.0, o.hold.is_some())).collect()
    }

    fn propose(&mut self) -> Result<Outcome, Refusal> {
        self.run("law", RetentionCommand::Propose { reason: "满五年".to_owned() })
    }

    fn agree(&mut self, who: &str) -> Result<Outcome, Refusal> {
        let erasure = self.branch.text("SELECT max(erasure) FROM erasures").into();
        self.run(who, RetentionCommand::Decide { erasure, agree: true, note: String::new() })
    }

    /// In which tables a word is still found.
    fn found(&self, word: &str) -> Vec<String> {
        let conn = self.branch.store.conn();
        let tables = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table'
            AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'customer_index%'";
        let mut statement = conn.prepare(tables).unwrap();
        let names: Vec<String> =
            statement.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
        let holds = |table: &String| {
            let mut statement = conn.prepare(&format!("SELECT * FROM {table}")).unwrap();
            let columns = statement.column_count();
            let mut rows = statement.query([]).unwrap();
            while let Some(row) = rows.next().unwrap() {
                for column in 0..columns {
                    if row.get_ref(column).unwrap().as_str().is_ok_and(|text| text.contains(word)) {
                        return true;
                    }
                }
            }
            false
        };
        names.into_iter().filter(holds).collect()
    }
}

#[test]
fn two_people_erase_and_nothing_is_left_but_the_proof() {
    let mut old = old();
    let customer = old.customer.clone();
    assert_eq!(old.over(), [(customer.to_string(), false)]);
    let words = words_of(&old.branch, customer.as_str());
    assert!(words.len() > 5, "{words:?}");
    assert_eq!(old.propose(), Ok(Outcome::Plain));
    // What waits is not put forward twice, and not erased by who put it forward.
    assert!(old.over().is_empty());
    assert_eq!(old.agree("law"), Err(Refusal::OwnRecord));
    assert_eq!(old.agree("wang"), Ok(Outcome::Plain));
    // Her number outlives her, and what is called after it; no word does.
    let numbered = ["journal", "journal_about", "erasure_customers"];
    for word in &words {
        let number = word.contains(customer.as_str());
        let found = old.found(word);
        let left: Vec<&String> = found
            .iter()
            .filter(|t| !(number && numbered.contains(&t.as_str())))
            .filter(|t| !["packs", "relations"].contains(&t.as_str()))
            .collect();
        assert!(left.is_empty(), "{word} is left in {left:?}");
    }
    let said = format!(
        "SELECT count(*) FROM journal WHERE (before IS NOT NULL OR after IS NOT NULL)
            AND command <> 'erase' AND (subject = '{customer}'
                OR seq IN (SELECT seq FROM journal_about WHERE customer_id = '{customer}'))"
    );
    assert_eq!(old.branch.text(&said), "0");
    let receipt = "SELECT (words_gone > 20) || ' ' || words_kept FROM erasure_customers";
    assert_eq!(old.branch.text(receipt), "1 0");
    let rows: i64 = old.branch.text("SELECT rows FROM erasure_customers").parse().unwrap();
    assert!(rows > 50, "{rows}");
    assert_eq!(old.branch.text("SELECT length(proof) FROM erasure_customers"), "64");
    let journal =
        old.branch.text("SELECT before || after FROM journal WHERE command = 'decide_erasure'");
    assert!(journal.contains(&format!("\"erased\":\"{customer}=")), "{journal}");
    for word in words.iter().filter(|word| !word.contains(customer.as_str())) {
        assert!(!journal.contains(word), "{journal}");
    }
    old.branch.store.verify_journal(&[]).unwrap();
    let broken = old.branch.text("SELECT count(*) FROM pragma_foreign_key_check");
    assert_eq!(broken, "0");
    // Done is done.
    let done = Refusal::WrongState { state: "erasure_done".to_owned() };
    assert_eq!(old.agree("wang2"), Err(done));
}

/// Whatever is written about a customer knows about whom, so that its words can go.
#[test]
fn no_words_about_a_customer_are_nobodys() {
    let old = old();
    let general = "'genesis', 'demo', 'job', 'propose_erasure', 'export', 'calendar', 'sign_in', \
        'acknowledge', 'decide_policy', 'propose_policy', 'make_event', 'import_rows'";
    let lost = format!(
        "SELECT group_concat(DISTINCT command || ' ' || subject) FROM journal j
         WHERE (before IS NOT NULL OR after IS NOT NULL) AND command NOT IN ({general})
            AND NOT EXISTS (SELECT 1 FROM journal_about a WHERE a.seq = j.seq)"
    );
    assert_eq!(old.branch.text(&lost), "");
    let kinds = "SELECT count(DISTINCT command) > 8 FROM journal";
    assert_eq!(old.branch.text(kinds), "1");
}

#[test]
fn what_is_held_or_comes_back_to_life_stays() {
    let mut old = old();
    let customer = old.customer.clone();
    let hold = RetentionCommand::Hold { customer: customer.clone(), reason: "诉讼".to_owned() };
    assert_eq!(old.run("wang", hold.clone()), Err(Refusal::NotAllowed));
    old.run("law", hold).unwrap();
    assert_eq!(old.over(), [(customer.to_string(), true)]);
    let page = match old.branch.store.query(&person("law"), day(0), &Query::Retention).unwrap() {
        Page::Retention(page) => page,
        other => panic!("{other:?}"),
    };
    assert_eq!(page.due[0].held_by.as_ref().map(UserId::as_str), Some("law"));
    let nothing = Refusal::WrongState { state: "nothing_over".to_owned() };
    assert_eq!(old.propose(), Err(nothing));
    let release =
        RetentionCommand::Release { customer: customer.clone(), reason: "结案".to_owned() };
    old.run("law", release).unwrap();
    old.propose().unwrap();
    // Between the two a new loan: agreed, and yet kept.
    old.branch
        .store
        .conn()
        .execute(
            "UPDATE loans SET status = 'active' WHERE loan_id =
                (SELECT min(loan_id) FROM loans WHERE customer_id = ?1)",
            [customer.as_str()],
        )
        .unwrap();
    old.agree("wang").unwrap();
    let left = format!("SELECT count(*) FROM customers WHERE customer_id = '{customer}'");
    assert_eq!(old.branch.text(&left), "1");
    assert_eq!(old.branch.text("SELECT proof FROM erasure_customers"), "");
    // And the guards are up again.
    let gone = old.branch.store.conn().execute("DELETE FROM call_backs", []);
    assert!(gone.is_err());
}

#[test]
fn the_day_counts_and_nothing_may_be_open() {
    let old = old();
    let customer = old.customer.clone();
    let try_with = |sql: &str| {
        let conn = old.branch.store.conn();
        conn.execute_batch("SAVEPOINT t").unwrap();
        conn.execute_batch(&sql.replace('@', customer.as_str())).unwrap();
        let over = old.over().len();
        conn.execute_batch("ROLLBACK TO t; RELEASE t").unwrap();
        over
    };
    let cases = [
        ("SELECT 1", 1),
        ("UPDATE loans SET settled_on = '2021-11-24' WHERE customer_id = '@'", 0),
        ("UPDATE loans SET settled_on = NULL WHERE customer_id = '@'", 0),
        ("INSERT INTO flags (flag_id, customer_id, signal, level, state, raised_on, confirmed_on, note, origin)
            VALUES ('F', '@', 'OPS-01', 'red', 'confirmed', '2021-11-01', '2021-11-01', '', 'here')", 0),
        ("UPDATE records SET state = 'draft' WHERE visit_id IN (SELECT visit_id FROM visits WHERE customer_id = '@')", 0),
        ("INSERT INTO todos (todo_id, customer_id, kind, text, owner, promised_by, due_on, noted_by, noted_on)
            VALUES ('T', '@', 'agreed', 'x', 'wang', 'bank', '2026-12-01', 'wang', '2026-11-01')", 0),
    ];
    for (sql, expected) in cases {
        assert_eq!(try_with(sql), expected, "{sql}");
    }
}

#[test]
fn compliance_is_reminded_once_a_month() {
    let mut old = old();
    let people: i64 = old
        .branch
        .text("SELECT count(*) FROM users WHERE role = 'compliance' AND disabled = 0")
        .parse()
        .unwrap();
    let mut remind = |date: &str| {
        let tx = old.branch.store.begin().unwrap();
        let told = super::remind(&tx, date.parse().unwrap(), day(0)).unwrap();
        tx.commit().unwrap();
        told
    };
    assert_eq!((remind("2026-11-22"), remind("2026-11-23"), remind("2026-11-24")), (0, people, 0));
    assert_eq!(remind("2026-12-01"), people);
}
