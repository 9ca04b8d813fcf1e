//! Times what handing a record in costs where its words are compared with very many others.
//! Plain timing, no harness: `cargo bench --bench likeness -- [texts] [directory]`. The texts are
//! made by direct inserts and taken into the index as a night does it, so that this is timed too.
#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use chrono::{DateTime, FixedOffset};
use huifang::access::Actor;
use huifang::domain::ids::{UserId, VisitId};
use huifang::domain::user::Role;
use huifang::protocol::page::Page;
use huifang::protocol::query::Query;
use huifang::store::{Mode, Store};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// Texts of a record, as most have.
const ITEMS: [&str; 4] = ["problems", "strengths", "conclusion", "season"];
/// Records of one customer.
const VISITS: usize = 40;

const SUBJECTS: [&str; 16] = [
    "营业收入",
    "应收账款",
    "库存商品",
    "用电量",
    "在岗人数",
    "订单",
    "毛利率",
    "银行借款",
    "对外担保",
    "押品价值",
    "回款周期",
    "原料价格",
    "主要客户",
    "供应商",
    "设备开机率",
    "纳税额",
];
const MOVES: [&str; 8] = [
    "较上季增长",
    "较上季下降",
    "与上季持平",
    "波动较大",
    "有所回落",
    "小幅上升",
    "明显改善",
    "继续承压",
];
const REASONS: [&str; 16] = [
    "因下游压价",
    "因旺季备货",
    "因新增产线",
    "因一名骨干离职",
    "因环保检修",
    "因账期延长",
    "因换了供应商",
    "因出口订单减少",
    "因门店搬迁",
    "因价格战",
    "因政府结算",
    "因春节停工",
    "因并入新厂",
    "因合同到期",
    "因原料涨价",
    "因客户破产",
];

/// A seeded generator: the same texts every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % below.max(1) as u64).unwrap_or(0)
    }

    fn text(&mut self) -> String {
        let sentences = 3 + self.roll(3);
        let sentence = |dice: &mut Self| {
            let figure = dice.roll(9_000) + 100;
            let (subject, change) = (SUBJECTS[dice.roll(16)], MOVES[dice.roll(8)]);
            format!("{subject}{change}{figure}万元，{}；", REASONS[dice.roll(16)])
        };
        (0..sentences).map(|_| sentence(self)).collect()
    }
}

fn fill(path: &Path, texts: usize) -> Result<()> {
    #[expect(clippy::disallowed_methods, reason = "the bench fills the file beside the program")]
    let mut db = rusqlite::Connection::open(path)?;
    let mut dice = Dice(0x5eed_cafe_f00d_1234);
    let tx = db.transaction()?;
    tx.execute_batch(
        "INSERT INTO users (user, name, role, branch) VALUES ('officer', '客户经理', 'officer', '城东支行')",
    )?;
    {
        let mut customer = tx.prepare(
            "INSERT INTO customers (customer_id, name, line, officer) VALUES (?1, ?1, 'corporate', 'officer')",
        )?;
        let mut visit = tx.prepare(
            "INSERT INTO visits (visit_id, customer_id, visited_on, class, channel, officer, state) \
             VALUES (?1, ?2, ?3, 'onsite', '实地', 'officer', ?4)",
        )?;
        let mut record = tx.prepare(
            "INSERT INTO records (visit_id, version, state, pack, sections, facts, author, started_at) \
             VALUES (?1, 1, ?2, 'bench', 'closing', '', 'officer', '2026-11-01T01:00:00Z')",
        )?;
        let mut answer = tx.prepare(
            "INSERT INTO answers (visit_id, version, item, value, answered_by, answered_at) \
             VALUES (?1, 1, ?2, ?3, 'officer', '2026-11-01T01:00:00Z')",
        )?;
        let records = texts / ITEMS.len();
        for n in 0..=records {
            let owner = format!("C{:06}", n / VISITS);
            if n % VISITS == 0 {
                customer.execute([&owner])?;
            }
            // The last one is still being written: it is what is handed in.
            let last = n == records;
            let id = if last { "V-LAST".to_owned() } else { format!("V-{n:07}") };
            let state = if last { "draft" } else { "approved" };
            let month = n % 12 + 1;
            visit.execute([&id, &owner, &format!("2025-{month:02}-15"), state])?;
            record.execute([&id, state])?;
            for item in ITEMS {
                answer.execute([&id, item, &format!("t:{}", dice.text())])?;
            }
        }
    }
    tx.commit()?;
    Ok(())
}

fn main() -> Result<()> {
    let mut words = std::env::args().skip(1).filter(|word| word != "--bench");
    let texts = words.next().and_then(|word| word.parse().ok()).unwrap_or(1_000_000);
    let kept = words.next();
    let temporary = tempfile::tempdir()?;
    let folder = kept.as_deref().map_or(temporary.path(), Path::new);
    let path = folder.join(format!("likeness-{texts}.db"));
    let packs = Arc::new(huifang::assets::packs());
    let now: DateTime<FixedOffset> = "2026-11-23T09:12:00+08:00".parse()?;
    if !path.exists() {
        drop(Store::open(&path, Arc::clone(&packs), Mode::Create)?);
        let start = Instant::now();
        fill(&path, texts)?;
        println!("{texts} texts written in {:?}", start.elapsed());
    }
    let mut store = Store::open(&path, Arc::clone(&packs), Mode::Existing)?;
    // A night takes in so many; as many nights as it needs.
    for night in 0..100 {
        let start = Instant::now();
        let at = now + chrono::Duration::days(night);
        let ran = store.run_jobs(at, "bench");
        let Some(run) = ran.iter().find(|run| run.job == "index_texts") else { break };
        println!("night {night}: {} records into the index in {:?}", run.count, start.elapsed());
    }
    let actor = Actor {
        user: UserId::from("officer"),
        name: String::new(),
        role: Role::Officer,
        branch: "城东支行".to_owned(),
        os_user: String::new(),
        session: "bench".to_owned(),
        operator: false,
    };
    let query = Query::Handing { visit: VisitId::from("V-LAST") };
    let mut took = Vec::new();
    for _ in 0..21 {
        let start = Instant::now();
        let page = store.query(&actor, now, &query).map_err(|why| format!("{why:?}"))?;
        took.push(start.elapsed());
        if let Page::Handing(page) = page
            && took.len() == 1
        {
            println!("{} texts are like others", page.like.len());
        }
    }
    let first = took.first().copied().unwrap_or_default();
    took.sort();
    let median = took.get(took.len() / 2).copied().unwrap_or_default();
    println!("before handing in: first {first:?}, median {median:?}");
    println!("file: {} MB", std::fs::metadata(&path)?.len() >> 20);
    Ok(())
}
