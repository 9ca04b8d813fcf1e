//! Times the look for signals and the score on a big book: `cargo bench --bench signals -- [customers]
//! [directory]`. The book is made by direct inserts; every customer has fifteen months of flows, so
//! that nothing is cheap because nothing is there.
//!
//! With `-- FILE YYYY-MM-DD` in its place the look of that day at a book that there is, such as one of
//! `huifang demo --customers 100000`. What is found is written into it: give it a copy. Two runs found
//! the same if their digests are the same.
#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use chrono::{Datelike, Days, Months, NaiveDate};
use huifang::domain::ids::CustomerId;
use huifang::store::{Mode, Store};
use sha2::{Digest as _, Sha256};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

/// A seeded generator: the same book every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> i64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        i64::try_from(self.0 % below.max(1)).unwrap_or(0)
    }
}

#[expect(clippy::too_many_lines, reason = "one table after the other")]
fn book(path: &Path, customers: usize, today: NaiveDate) -> Result<()> {
    #[expect(clippy::disallowed_methods, reason = "the bench fills the file beside the program")]
    let mut db = rusqlite::Connection::open(path)?;
    let mut dice = Dice(0x5eed_cafe_f00d_1234);
    let tx = db.transaction()?;
    tx.execute("INSERT INTO users (user, name, role, branch) VALUES ('zhang', '张伟', 'officer', '城东支行')", [])?;
    let before = |days: i64| (today - Days::new(days.unsigned_abs())).to_string();
    {
        let mut customer = tx.prepare(
            "INSERT INTO customers (customer_id, name, line, industry, district, trade_circle, officer)
             VALUES (?1, '客户', ?2, ?3, '城东区', ?4, 'zhang')",
        )?;
        let mut loan = tx.prepare(
            "INSERT INTO loans (loan_id, customer_id, amount, balance, disbursed_on, matures_on, status,
                 days_past_due, guarantee_mode) VALUES (?1, ?2, ?3, ?3, ?4, '2027-06-01', ?5, ?6, ?7)",
        )?;
        let mut instalment = tx.prepare(
            "INSERT INTO repayments (loan_id, due_on, principal, interest, paid_on, paid_amount)
             VALUES (?1, ?2, 0, 1000, ?3, 1000)",
        )?;
        let mut flow = tx.prepare(
            "INSERT INTO account_flows (customer_id, month, inflow) VALUES (?1, ?2, ?3)",
        )?;
        let mut power = tx.prepare(
            "INSERT INTO utilities (customer_id, month, kind, quantity) VALUES (?1, ?2, 'power', ?3)",
        )?;
        let mut item = tx.prepare(
            "INSERT INTO collateral (collateral_id, customer_id, kind, value, registered_no, insured_until)
             VALUES (?1, ?2, '房产', ?3, ?4, '2027-01-01')",
        )?;
        let mut statement = tx.prepare(
            "INSERT INTO statements (customer_id, period_end, period_months, cash, receivables, inventory,
                 current_assets, total_assets, short_debt, current_liabilities, total_liabilities, equity,
                 revenue, cost_of_sales, ebit, interest_expense, net_profit, operating_cash_flow)
             VALUES (?1, ?2, 9, ?3, ?3, ?3, ?4, ?5, ?3, ?3, ?4, ?3, ?5, ?4, ?3, 5, 50, 20)",
        )?;
        let mut relation = tx.prepare(
            "INSERT INTO relations (customer_id, related_name, related_customer_id, kind)
             VALUES (?1, '互保户', ?2, 'mutual_guarantee')",
        )?;
        let mut flag = tx.prepare(
            "INSERT INTO flags (flag_id, customer_id, signal, level, state, raised_on, confirmed_on)
             VALUES (?1, ?2, 'OPS-02', 'orange', 'confirmed', ?3, ?3)",
        )?;
        let months: Vec<String> = (1..=15)
            .map(|back| {
                let day = today - Months::new(back);
                format!("{:04}-{:02}", day.year(), day.month())
            })
            .collect();
        for n in 0..customers {
            let id = format!("C{n:06}");
            let (line, trade) = if n % 5 == 0 {
                ("corporate", "机械制造")
            } else {
                ("micro_shop", "茶叶零售")
            };
            let circle = (n % 5 != 0).then(|| format!("商圈{:03}", n % 200));
            customer.execute((&id, line, trade, circle))?;
            for k in 0..2 {
                let status = if k == 1 && n % 3 == 0 { "settled" } else { "active" };
                let past_due = if dice.roll(50) == 0 { dice.roll(60) } else { 0 };
                let name = format!("L{n:06}{k}");
                let mode = if n % 2 == 0 { "mortgage" } else { "credit" };
                loan.execute((
                    &name,
                    &id,
                    dice.roll(90_000_000) + 100,
                    before(dice.roll(700) + 30),
                    status,
                    past_due,
                    mode,
                ))?;
                for back in 1..=6_u32 {
                    let due = (today - Months::new(back)).to_string();
                    instalment.execute((&name, &due, &due))?;
                }
            }
            for month in &months {
                flow.execute((&id, month, 1_000_000 + dice.roll(400_000)))?;
                if n % 3 == 0 {
                    power.execute((&id, month, 10_000 + dice.roll(3_000)))?;
                }
            }
            if n % 2 == 0 {
                item.execute((
                    format!("Y{n:06}"),
                    &id,
                    dice.roll(200_000_000) + 1,
                    (n % 50 > 0).then_some("证"),
                ))?;
            }
            if n % 5 == 0 {
                for end in ["2026-09-30", "2026-06-30", "2025-12-31", "2025-09-30"] {
                    statement.execute((
                        &id,
                        end,
                        100 + dice.roll(100),
                        300 + dice.roll(200),
                        700 + dice.roll(300),
                    ))?;
                }
            }
            if n % 10 == 0 && n > 0 {
                relation.execute((&id, format!("C{:06}", n - 1)))?;
            }
            if n % 33 == 0 {
                flag.execute((format!("F{n:06}"), &id, before(dice.roll(200))))?;
            }
        }
    }
    tx.commit()?;
    Ok(())
}

/// Processor seconds that the program has used so far, in user mode; counted in hundredths.
fn used() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit(')').next().unwrap_or_default();
    let ticks = after.split_whitespace().nth(11).and_then(|ticks| ticks.parse::<u32>().ok());
    f64::from(ticks.unwrap_or(0)) / 100.0
}

/// Prints what a step takes, in the clock and of the processor.
fn timed<T>(what: &str, step: impl FnOnce() -> Result<T>) -> Result<T> {
    let (start, before) = (Instant::now(), used());
    let made = step()?;
    let ms = start.elapsed().as_secs_f64() * 1000.0;
    println!("{what:<28}{ms:>9.1} ms   user {:.2} s", used() - before);
    Ok(made)
}

fn digest(found: &impl std::fmt::Debug) -> String {
    let hash = Sha256::digest(format!("{found:?}"));
    let head: [u8; 8] = hash.first_chunk().copied().unwrap_or_default();
    format!("{:016x}", u64::from_be_bytes(head))
}

fn main() -> Result<()> {
    let words: Vec<String> =
        std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let given = words.first().map(Path::new).filter(|path| path.is_file());
    let customers = words.first().and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let folder = match words.get(1).filter(|_| given.is_none()) {
        Some(folder) => std::path::PathBuf::from(folder),
        None => std::env::temp_dir().join(format!("huifang-bench-{}", std::process::id())),
    };
    let today = match words.get(1).filter(|_| given.is_some()) {
        Some(day) => day.parse()?,
        None => NaiveDate::from_ymd_opt(2026, 11, 23).ok_or("no such day")?,
    };
    let path = match given {
        Some(path) => path.to_owned(),
        None => folder.join(format!("signals-{customers}.db")),
    };
    let now = today.and_hms_opt(9, 0, 0).ok_or("no such time")?;
    let now = now.and_local_timezone(huifang::clock::china()).single().ok_or("no such time")?;
    let packs = Arc::new(huifang::assets::packs());
    if given.is_none() {
        std::fs::create_dir_all(&folder)?;
    }
    let fresh = !path.exists();
    let mut store = Store::open(&path, packs, Mode::Create)?;
    if fresh {
        timed("book made", || book(&path, customers, today))?;
        // The plan is what tells who is past due.
        timed("jobs of the day", || Ok(store.run_jobs(now, "bench")))?;
    }
    let rules = timed("rules compiled", || Ok(store.rule_book()?))?;
    for turn in ["first", "again"] {
        let what = format!("score, whole book, {turn}");
        let stored = timed(&what, || Ok(store.score_all(today)?))?;
        println!("    {stored} stored");
    }
    let one: CustomerId = {
        #[expect(clippy::disallowed_methods, reason = "the bench looks beside the program")]
        let db = rusqlite::Connection::open(&path)?;
        db.query_row("SELECT min(customer_id) FROM customers", [], |row| row.get::<_, String>(0))
            .map(CustomerId)?
    };
    timed("look, whole book", || {
        let found = store.find_signals(&rules, None, today)?.found;
        println!("    {} found, digest {}", found.len(), digest(&found));
        Ok(())
    })?;
    timed("look and propose", || {
        let made = store.propose_signals(None, now, "bench")?;
        println!("    {} proposed, digest {}", made.len(), digest(&made));
        Ok(())
    })?;
    timed("unchanged book, again", || {
        println!("    {} proposed", store.propose_signals(None, now, "bench")?.len());
        Ok(())
    })?;
    for _ in 0..3 {
        timed("one customer", || {
            store.find_signals(&rules, Some(std::slice::from_ref(&one)), today)?;
            Ok(())
        })?;
    }
    if given.is_none() && words.get(1).is_none() {
        std::fs::remove_dir_all(&folder)?;
    }
    Ok(())
}
