//! Times the reads of the store on the big book of `quality.md`. Plain timing, no harness:
//! `cargo bench --bench store -- [customers] [directory]`. The book is made by direct inserts, so
//! that the bench measures reading and planning and nothing else.
#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use chrono::{DateTime, Days, FixedOffset, NaiveDate};
use huifang::access::Actor;
use huifang::domain::ids::{CustomerId, UserId};
use huifang::domain::user::Role;
use huifang::protocol::page::Page;
use huifang::protocol::query::{
    AgendaFilter, CustomerFilter, CustomerSort, FlagScope, Query, Window,
};
use huifang::store::{Mode, Store};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

const OFFICERS: usize = 40;

/// A seeded generator: the same book every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % below.max(1)
    }

    fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        let index = usize::try_from(self.roll(of.len() as u64)).unwrap_or(0);
        &of[index]
    }
}

const PLACES: [&str; 20] = [
    "北京", "上海", "重庆", "厦门", "六安", "福州", "泉州", "漳州", "莆田", "龙岩", "三明", "南平",
    "宁德", "广州", "深圳", "杭州", "宁波", "成都", "武汉", "长沙",
];
const STEMS: [&str; 24] = [
    "中鼎", "鑫源", "永盛", "宏达", "瑞丰", "金桥", "海纳", "远东", "天成", "华通", "德润", "嘉禾",
    "博远", "启明", "长乐", "万顺", "行远", "单氏", "曾记", "银座", "恒信", "泰和", "凯旋", "润泽",
];
const TRADES: [&str; 16] = [
    "建材", "食品", "纺织", "电子", "物流", "化工", "机械", "农业", "服装", "家具", "印刷", "医药",
    "餐饮", "茶叶", "石材", "水产",
];
const FORMS: [&str; 4] = ["有限公司", "股份有限公司", "商行", "经营部"];

#[expect(clippy::too_many_lines, reason = "one table after the other")]
fn book(path: &Path, customers: usize, today: NaiveDate) -> Result<()> {
    #[expect(clippy::disallowed_methods, reason = "the bench fills the file beside the program")]
    let mut db = rusqlite::Connection::open(path)?;
    let mut dice = Dice(0x5eed_cafe_f00d_1234);
    let tx = db.transaction()?;
    for n in 0..OFFICERS {
        tx.execute(
            "INSERT INTO users (user, name, role, branch) VALUES (?1, ?2, 'officer', '城东支行')",
            (format!("officer{n:02}"), format!("客户经理{n:02}")),
        )?;
    }
    tx.execute(
        "INSERT INTO users (user, name, role, branch) VALUES ('boss', '主管', 'supervisor', '城东支行')",
        [],
    )?;
    let before = |days: u64| (today - Days::new(days)).to_string();
    let after = |days: u64| (today + Days::new(days)).to_string();
    {
        let mut customer = tx.prepare(
            "INSERT INTO customers (customer_id, name, line, district, officer, phone, onboarded_on) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        let mut loan = tx.prepare(
            "INSERT INTO loans (loan_id, customer_id, product, contract_no, amount, balance, \
             disbursed_on, matures_on, status, tier, days_past_due) \
             VALUES (?1, ?2, '流动资金贷款', ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?;
        let mut visit = tx.prepare(
            "INSERT INTO visits (visit_id, customer_id, visited_on, submitted_on, class, channel, officer, \
             state, purposes, conclusion) VALUES (?1, ?2, ?3, ?3, ?4, '实地', ?5, 'approved', ?6, '经营正常')",
        )?;
        let mut flag = tx.prepare(
            "INSERT INTO flags (flag_id, customer_id, signal, level, state, raised_on, confirmed_on, owner, due_on) \
             VALUES (?1, ?2, 'OPS-01', ?3, 'confirmed', ?4, ?4, ?5, ?6)",
        )?;
        for n in 0..customers {
            let id = format!("C{n:06}");
            let officer = format!("officer{:02}", n * 7 % OFFICERS);
            let name = format!(
                "{}{}{}{}{}",
                dice.pick(&PLACES),
                dice.pick(&STEMS),
                dice.pick(&STEMS),
                dice.pick(&TRADES),
                dice.pick(&FORMS)
            );
            let line = *dice.pick(&[
                "corporate",
                "small_business",
                "small_business",
                "personal_business",
                "micro_shop",
                "personal_consumption",
            ]);
            let phone = format!("13{:09}", dice.roll(1_000_000_000));
            let district = format!("{}区", dice.pick(&PLACES));
            customer.execute((&id, name, line, district, &officer, phone, before(1000)))?;
            for k in 0..3 {
                let amount = i64::try_from(dice.roll(60_000) + 100)?.pow(2) * 10;
                let disbursed = dice.roll(700) + 1;
                let tier = match dice.roll(100) {
                    0 => "substandard",
                    1..=4 => "special_mention",
                    _ => "normal",
                };
                loan.execute((
                    format!("L{n:06}{k}"),
                    &id,
                    format!("HT2026{:08}", n * 3 + k),
                    amount,
                    amount / 2,
                    before(disbursed),
                    after(dice.roll(700) + 1),
                    if k == 2 { "settled" } else { "active" },
                    tier,
                    0,
                ))?;
            }
            for k in 0..10u64 {
                let on = dice.roll(60) + k * 90;
                let (class, served) = if k % 2 == 0 {
                    ("onsite", "periodic_onsite;use_of_funds;day90;before_maturity")
                } else {
                    ("offsite", "periodic_offsite;use_of_funds")
                };
                visit.execute((format!("V-{id}-{k}"), &id, before(on), class, &officer, served))?;
            }
            if dice.roll(33) == 0 {
                let level = *dice.pick(&["yellow", "yellow", "orange", "red"]);
                flag.execute((
                    format!("F{n:06}"),
                    &id,
                    level,
                    before(dice.roll(100)),
                    &officer,
                    after(dice.roll(30)),
                ))?;
            }
        }
    }
    tx.commit()?;
    Ok(())
}

/// Median of several runs in milliseconds; the first one is shown apart, with cold statements.
fn time(what: &str, mut run: impl FnMut() -> usize) -> f64 {
    let mut all: Vec<f64> = Vec::new();
    let mut size = 0;
    for _ in 0..9 {
        let start = Instant::now();
        size = run();
        all.push(start.elapsed().as_secs_f64() * 1000.0);
    }
    let first = all.first().copied().unwrap_or_default();
    all.sort_by(f64::total_cmp);
    let median = all.get(all.len() / 2).copied().unwrap_or_default();
    println!("{what:<44} {median:>9.3} ms   first {first:>9.3} ms   {size} rows");
    median
}

fn rows(page: &Page) -> usize {
    match page {
        Page::Agenda(page) => page.total as usize,
        Page::Customers(page) => page.total as usize,
        Page::Flags(page) => page.total as usize,
        Page::Search(page) => page.hits.len(),
        Page::Queue(page) => page.rows.len(),
        Page::Dossier(page) => page.visits.len(),
        Page::Month(page) => page.days.iter().map(|day| day.due as usize + day.done as usize).sum(),
        Page::Home(page) => page.overdue as usize,
        _ => 0,
    }
}

fn actor(user: &str, role: Role) -> Actor {
    Actor {
        user: UserId::from(user),
        name: user.to_owned(),
        role,
        branch: "城东支行".to_owned(),
        os_user: "bench".to_owned(),
        session: "bench".to_owned(),
        operator: false,
    }
}

#[expect(clippy::too_many_lines, reason = "one figure after the other")]
fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1).filter(|word| !word.starts_with('-'));
    let customers: usize = arguments.next().map_or(Ok(100_000), |word| word.parse())?;
    let directory = arguments.next().map_or_else(std::env::temp_dir, Into::into);
    let path = directory.join(format!("huifang-bench-{customers}.db"));
    let today = NaiveDate::from_ymd_opt(2026, 11, 23).ok_or("date")?;
    let now: DateTime<FixedOffset> = "2026-11-23T09:12:00+08:00".parse()?;
    let packs = Arc::new(huifang::assets::packs());
    let fresh = !path.exists();
    let mut store = Store::open(&path, Arc::clone(&packs), Mode::Create)?;
    if fresh {
        let start = Instant::now();
        book(&path, customers, today)?;
        println!("book of {customers} customers made in {:?}", start.elapsed());
        let start = Instant::now();
        let n = store.index_book()?;
        println!("search index of {n} customers in {:?}", start.elapsed());
        let start = Instant::now();
        let n = store.plan_book(today)?;
        println!("first projection, {n} customers written, in {:?}", start.elapsed());
    }
    for _ in 0..3 {
        let start = Instant::now();
        let everyone = actor("auditor", Role::Auditor);
        let mut visits = 0;
        store.each_file(&everyone, None, |file| visits += file.visits.len())?;
        println!("book read, {visits} visits, in {:?}", start.elapsed());
        let start = Instant::now();
        let mut due = 0;
        let to = today + Days::new(90);
        store.each_file(&everyone, None, |file| {
            let plan = huifang::planning::plan(&file, &packs.policy, &packs.workdays, today, to);
            due += plan.visits.len();
        })?;
        println!("book read and planned, {due} due visits, in {:?}", start.elapsed());
        let start = Instant::now();
        let officer = UserId::from("officer07");
        let mut due = 0;
        store.each_file(&everyone, Some(&officer), |file| {
            let plan = huifang::planning::plan(&file, &packs.policy, &packs.workdays, today, to);
            due += plan.visits.len();
        })?;
        println!("one officer planned, {due} due visits, in {:?}", start.elapsed());
        let start = Instant::now();
        let n = store.plan_book(today)?;
        println!("projection again, {n} customers changed, in {:?}", start.elapsed());
    }
    for who in [
        actor("officer07", Role::Officer),
        actor("boss", Role::Supervisor),
        actor("auditor", Role::Auditor),
    ] {
        println!("-- {}", who.user);
        let ask =
            |query: Query| store.query(&who, now, &query).map_or(usize::MAX, |page| rows(&page));
        let window = Window { offset: 0, limit: 50 };
        let agenda = |filter, offset| Query::Agenda {
            filter,
            class: None,
            officer: None,
            window: Window { offset, limit: 50 },
        };
        let first = today - Days::new(22);
        let id = if who.role == Role::Officer { "C000001" } else { "C012345" };
        let customer = CustomerId::from(id);
        let mut start_up = time("home", || ask(Query::Home));
        start_up += time("month", || ask(Query::Month { first, officer: None }));
        start_up += time("agenda of today", || ask(agenda(AgendaFilter::Day(today), 0)));
        start_up += time("dossier", || ask(Query::Dossier { customer: customer.clone() }));
        start_up += time("flags of the customer", || {
            ask(Query::Flags { scope: FlagScope::Customer(customer.clone()), window })
        });
        println!("{:<44} {start_up:>9.3} ms", "= first screen");
        time("agenda, overdue, row 1000", || ask(agenda(AgendaFilter::Overdue, 1000)));
        time("live flags", || ask(Query::Flags { scope: FlagScope::Live, window }));
        time("queue", || ask(Query::Queue));
        for sort in [
            CustomerSort::Id,
            CustomerSort::NextDue,
            CustomerSort::Exposure,
            CustomerSort::Tier,
            CustomerSort::Flags,
        ] {
            time(&format!("customers by {sort:?}"), || {
                ask(Query::Customers { filter: CustomerFilter::default(), sort, window })
            });
        }
        for text in [
            "b",
            "bj",
            "bjz",
            "bjzd",
            "beij",
            "beijingzhongding",
            "北京zd",
            "重",
            "cqxy",
            "1380",
            "C0123",
            "xyz",
        ] {
            time(&format!("search {text}"), || {
                ask(Query::Search { text: text.to_owned(), limit: 50 })
            });
        }
        time("customers with text zd", || {
            let filter = CustomerFilter { text: "zd".to_owned(), ..CustomerFilter::default() };
            ask(Query::Customers { filter, sort: CustomerSort::Exposure, window })
        });
        time("why", || ask(Query::Why { customer: customer.clone() }));
    }
    Ok(())
}
