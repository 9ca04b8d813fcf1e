//! The store on real files: shared set-up of the room's tests, and opening as a whole.

use super::*;
use crate::domain::ids::UserId;
use crate::domain::user::Role;
use chrono::TimeZone;

mod dictionary;
mod matrix;

/// The shipped packs with a checklist that asks for nothing, so that a test of states need not
/// answer a hundred questions.
pub(crate) fn packs() -> Arc<Packs> {
    let mut packs = crate::assets::packs();
    packs.library = Arc::new(std::sync::LazyLock::new(Arc::default));
    Arc::new(packs)
}

/// A branch on a real file.
pub(crate) struct Branch {
    pub(crate) dir: tempfile::TempDir,
    pub(crate) store: Store,
    pub(crate) packs: Arc<Packs>,
    ops: u32,
}

/// 2026-11-23 09:00 in the branch, a Monday, and so many days later.
pub(crate) fn day(n: i64) -> DateTime<FixedOffset> {
    let start = crate::clock::china().with_ymd_and_hms(2026, 11, 23, 9, 0, 0).single().unwrap();
    start + chrono::Duration::days(n)
}

/// Somebody of branch B1 (`zhang`, `li`: officers; `wang`, `zhao`: supervisors) or B2.
pub(crate) fn actor(user: &str) -> Actor {
    let (role, branch) = match user {
        "wang" | "zhao" => (Role::Supervisor, "B1"),
        "risk" => (Role::Risk, "B1"),
        "audit" => (Role::Auditor, "B1"),
        "admin" => (Role::Admin, "B1"),
        "far" => (Role::Supervisor, "B2"),
        _ => (Role::Officer, "B1"),
    };
    Actor {
        user: UserId::from(user),
        name: user.to_owned(),
        role,
        branch: branch.to_owned(),
        os_user: "os".to_owned(),
        session: format!("s-{user}"),
        operator: false,
    }
}

/// Staff of two branches and three customers, one with a loan that makes visits due.
pub(crate) const SEED: &str = "
    INSERT INTO users (user, name, role, branch) VALUES
        ('zhang', '张伟', 'officer', 'B1'), ('li', '李娜', 'officer', 'B1'),
        ('wang', '王芳', 'supervisor', 'B1'), ('zhao', '赵敏', 'supervisor', 'B1'),
        ('risk', '风险', 'risk', 'B1'), ('far', '远方', 'supervisor', 'B2'),
        ('audit', '审计', 'auditor', 'B1'), ('out', '外人', 'officer', 'B2'), ('admin', '管理', 'admin', 'B1');
    INSERT INTO customers (customer_id, name, line, officer, phone, id_no, onboarded_on) VALUES
        ('C1', '鼎盛新能源', 'corporate', 'zhang', '13800138000', '110101199003070011', '2025-01-01'),
        ('C2', '张记货栈', 'micro_shop', 'li', NULL, NULL, '2025-01-01'),
        ('C3', '远方贸易', 'corporate', 'out', NULL, NULL, '2025-01-01');
    INSERT INTO loans (loan_id, customer_id, amount, balance, disbursed_on, matures_on, status) VALUES
        ('L1', 'C1', 100000000, 80000000, '2026-06-01', '2026-12-20', 'active');";

impl Branch {
    pub(crate) fn new() -> Self {
        Self::with(packs())
    }

    pub(crate) fn with(packs: Arc<Packs>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let mut store =
            Store::open(&dir.path().join("b.db"), Arc::clone(&packs), Mode::Create).unwrap();
        let tx = store.begin().unwrap();
        tx.execute_batch(SEED).unwrap();
        tx.commit().unwrap();
        Self { dir, store, packs, ops: 0 }
    }

    /// The same around a store that was filled otherwise.
    pub(crate) fn around(dir: tempfile::TempDir, store: Store, packs: Arc<Packs>) -> Self {
        Self { dir, store, packs, ops: 0 }
    }

    /// A second session on the same file.
    pub(crate) fn second(&self) -> Store {
        Store::open(self.store.path(), Arc::clone(&self.packs), Mode::Existing).unwrap()
    }

    pub(crate) fn run(&mut self, user: &str, command: Command) -> Result<Outcome, Refusal> {
        self.run_at(user, day(0), command)
    }

    /// The same at another moment.
    #[expect(clippy::needless_pass_by_value, reason = "commands are made at the call")]
    pub(crate) fn run_at(
        &mut self,
        user: &str,
        now: DateTime<FixedOffset>,
        command: Command,
    ) -> Result<Outcome, Refusal> {
        self.ops += 1;
        let op = OpId(format!("op-{}", self.ops));
        self.store.apply(&actor(user), now, &op, &command)
    }

    /// Changes a name as no command does: without a row in the journal.
    pub(crate) fn rename_unjournalled(&self, name: &str) {
        let sql = "UPDATE customers SET name = ?1 WHERE customer_id = 'C1'";
        self.store.conn().execute(sql, [name]).unwrap();
    }

    pub(crate) fn text(&self, sql: &str) -> String {
        let value: Option<String> = self
            .store
            .conn()
            .query_row(&format!("SELECT CAST(({sql}) AS TEXT)"), [], |row| row.get(0))
            .unwrap();
        value.unwrap_or_default()
    }
}

#[test]
fn a_file_moved_away_is_not_written_any_more() {
    let mut branch = Branch::new();
    let path = branch.store.path().to_owned();
    std::fs::rename(&path, branch.dir.path().join("away.db")).unwrap();
    let why = branch
        .run("zhang", Command::NoteCopy { customer: None, what: "name".to_owned() })
        .unwrap_err();
    assert_eq!(why, Refusal::Moved);
}

#[test]
fn a_commit_that_fails_is_looked_up_by_its_op() {
    let mut branch = Branch::new();
    let copy = || Command::NoteCopy { customer: None, what: "name".to_owned() };
    branch.run("zhang", copy()).unwrap();
    branch.store.opened.conn.commit_hook(Some(|| true)).unwrap();
    let why = branch.run("zhang", copy()).unwrap_err();
    assert!(matches!(why, Refusal::Engine { .. }), "{why:?}");
    // The new connection has no hook: the store works again, and nothing was written twice.
    branch.run("zhang", copy()).unwrap();
    assert_eq!(branch.text("SELECT count(*) FROM journal WHERE command = 'note_copy'"), "2");
    branch.store.verify_journal(&[]).unwrap();
}

#[test]
fn own_commits_are_not_a_change_elsewhere() {
    let mut branch = Branch::new();
    let mut other = branch.second();
    assert!(!branch.store.changed_elsewhere().unwrap());
    branch.run("zhang", Command::NoteCopy { customer: None, what: "a".to_owned() }).unwrap();
    assert!(!branch.store.changed_elsewhere().unwrap());
    assert!(other.changed_elsewhere().unwrap());
    assert!(!other.changed_elsewhere().unwrap());
}

#[test]
fn a_copy_is_whole_and_of_the_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let mut branch = Branch::new();
    branch.run("zhang", Command::NoteCopy { customer: None, what: "a".to_owned() }).unwrap();
    let copy = branch.dir.path().join("copy.db");
    assert!(branch.store.backup_to(&copy).unwrap() > 0);
    assert_eq!(copy.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let copied = Store::open(&copy, Arc::clone(&branch.packs), Mode::ReadOnly).unwrap();
    assert_eq!(copied.check().unwrap(), branch.store.journal_head().unwrap());
    assert_eq!(branch.store.backup_to(&copy), Err(Error::Io(std::io::ErrorKind::AlreadyExists)));
}

impl Store {
    /// Lets a relation end on a day, with nothing left open.
    pub(crate) fn settle_for_tests(&mut self, customer: &str, on: &str) {
        let tx = self.begin().unwrap();
        tx.execute_batch(&format!(
            "UPDATE loans SET status = 'settled', settled_on = '{on}', balance = 0
                WHERE customer_id = '{customer}';
             UPDATE flags SET state = 'closed', closed_on = '{on}' WHERE customer_id = '{customer}';
             UPDATE todos SET state = 'dropped', done_on = NULL, reason = 'x'
                WHERE customer_id = '{customer}';
             DELETE FROM packet_customers WHERE customer_id = '{customer}';
             UPDATE records SET state = 'approved' WHERE visit_id IN
                (SELECT visit_id FROM visits WHERE customer_id = '{customer}');"
        ))
        .unwrap();
        tx.commit().unwrap();
    }

    /// Fills in what an invented portfolio leaves open on purpose, and plans it anew.
    pub(crate) fn mend_gaps_for_tests(&mut self, today: NaiveDate) {
        let tx = self.begin().unwrap();
        tx.execute_batch(
            "UPDATE customers SET line = 'micro_shop' WHERE line IS NULL; \
             UPDATE customers SET onboarded_on = '2026-01-01' WHERE onboarded_on IS NULL; \
             UPDATE loans SET tier = 'normal' WHERE tier IS NULL; \
             UPDATE loans SET balance = amount WHERE coalesce(balance, 0) = 0 AND status = 'active'; \
             UPDATE loans SET matures_on = '2027-06-30' WHERE status = 'active' \
               AND (matures_on IS NULL OR matures_on < '2026-11-23'); \
             UPDATE loans SET settled_on = matures_on WHERE status <> 'active' AND settled_on IS NULL; \
             UPDATE customers SET officer = 'zhangwei' WHERE NOT EXISTS \
               (SELECT 1 FROM users u WHERE u.user = officer AND u.disabled = 0)",
        )
        .unwrap();
        tx.commit().unwrap();
        self.plan_book(today).unwrap();
    }
}
