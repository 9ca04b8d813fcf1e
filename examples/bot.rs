//! Officers without a screen: the same commands and queries as the workstation, from processes of
//! their own on one file. For load and for faults (`tests/faults/run`).
//!
//!     bot seed   --db FILE --officers N
//!     bot run    --db FILE --as USER --ops N [--think MS] [--ack FILE] [--stay]
//!     bot many   --db FILE --sessions N --seconds S [--think MS]
//!     bot verify --db FILE [--acks FOLDER]
//!
//! An operation's id is written into the file of acknowledgements only after the store has said that
//! it is on disk. `verify` finds each of them exactly once, or says how many are not.

#![expect(clippy::unwrap_used, clippy::panic, reason = "an example: what is unexpected ends it")]

#[path = "bot/many.rs"]
mod many;

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command as Process, ExitCode};
use std::sync::Arc;
use std::time::{Duration, Instant};

use huifang::access::Actor;
use huifang::assets;
use huifang::clock::{Clock, SystemClock};
use huifang::domain::answer::{Answer, Value};
use huifang::domain::ids::{CustomerId, OpId, UserId, VisitId};
use huifang::domain::visit::VisitClass;
use huifang::protocol::command::Command;
use huifang::protocol::page::Page;
use huifang::protocol::query::{AgendaFilter, Query, Window};
use huifang::protocol::reply::{Outcome, Refusal};
use huifang::store::{Mode, Store};

/// Options by name; a word without a value is `yes`.
pub(crate) struct Options(BTreeMap<String, String>);

impl Options {
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    pub(crate) fn number(&self, name: &str, usual: u64) -> u64 {
        self.text(name).map_or(usual, |text| text.parse().unwrap())
    }

    pub(crate) fn db(&self) -> PathBuf {
        PathBuf::from(self.text("db").expect("--db FILE"))
    }
}

fn options(words: &[String]) -> Options {
    let mut found = BTreeMap::new();
    let mut words = words.iter().peekable();
    while let Some(word) = words.next() {
        let name = word.strip_prefix("--").expect("options begin with --").to_owned();
        let value = words.next_if(|next| !next.starts_with("--"));
        found.insert(name, value.cloned().unwrap_or_else(|| "yes".to_owned()));
    }
    Options(found)
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let (what, rest) = words.split_first().expect("seed, run, many or verify");
    let options = options(rest);
    let fine = match what.as_str() {
        "seed" => seed(&options),
        "run" => run(&options),
        "many" => many::many(&options),
        "verify" => verify(&options),
        other => panic!("no such thing: {other}"),
    };
    if fine { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// A line for whoever started it.
pub(crate) fn say(line: &str) {
    let mut out = std::io::stdout();
    writeln!(out, "{line}").unwrap();
}

/// A portfolio with two customers for each of N officers, through the program's own import.
fn seed(options: &Options) -> bool {
    use std::fmt::Write as _;
    let db = options.db();
    let folder = std::env::temp_dir().join(format!("huifang-bot-{}", std::process::id()));
    std::fs::create_dir(&folder).unwrap();
    let mut users = "user,name,role,branch\nsuper,主管,supervisor,East\n".to_owned();
    let mut customers = "customer_id,name,line,officer\n".to_owned();
    let mut loans =
        "loan_id,customer_id,amount,balance,disbursed_on,matures_on,status\n".to_owned();
    for n in 0..options.number("officers", 4) {
        writeln!(users, "o{n},经理{n},officer,East").unwrap();
        for k in 0..2 {
            writeln!(customers, "C{n:03}{k},客户{n}之{k},small_business,o{n}").unwrap();
            writeln!(loans, "L{n:03}{k},C{n:03}{k},3000000,3000000,2026-01-15,2028-01-15,active")
                .unwrap();
        }
    }
    for (name, text) in [("users", users), ("customers", customers), ("loans", loans)] {
        std::fs::write(folder.join(format!("{name}.csv")), text).unwrap();
    }
    // target/debug/examples/bot stands below target/debug/huifang.
    let own = std::env::current_exe().unwrap();
    let program = own.parent().and_then(Path::parent).unwrap().join("huifang");
    let made = Process::new(program)
        .args(["--config", "/dev/null", "--quiet", "import"])
        .arg(&folder)
        .arg("--db")
        .arg(&db)
        .status()
        .unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    made.success()
}

/// One officer at her desk.
struct Desk {
    store: Store,
    actor: Actor,
    mark: String,
    made: u64,
    ack: Option<File>,
    took: Vec<Duration>,
}

/// One session: opens a record of its own, then answers, looks around and answers again.
fn run(options: &Options) -> bool {
    let packs = Arc::new(assets::packs());
    let store = match Store::open(&options.db(), packs, Mode::Existing) {
        Ok(store) => store,
        Err(error) => {
            say(&format!("open: {error}"));
            return false;
        }
    };
    let user = UserId::from(options.text("as").expect("--as USER"));
    let person = store.person(&user).unwrap().expect("a user");
    let mark = format!("{user}-{}", std::process::id());
    let actor = Actor {
        user,
        name: person.name,
        role: person.role,
        branch: person.branch,
        os_user: "bot".to_owned(),
        session: mark.clone(),
        operator: false,
    };
    let ack = options
        .text("ack")
        .map(|path| OpenOptions::new().create(true).append(true).open(path).unwrap());
    let mut desk = Desk { store, actor, mark, made: 0, ack, took: Vec::new() };
    let think = Duration::from_millis(options.number("think", 0));
    let until =
        options.text("seconds").map(|s| Instant::now() + Duration::from_secs(s.parse().unwrap()));
    let ops = options.number("ops", u64::MAX);
    let outcome = desk.work(ops, think, until);
    if let Some(path) = options.text("latencies") {
        let text: Vec<String> = desk.took.iter().map(|t| t.as_micros().to_string()).collect();
        std::fs::write(path, text.join("\n")).unwrap();
    }
    if let Err(why) = &outcome {
        say(&format!("{}: {why:?}", desk.mark));
    }
    if options.text("stay").is_some() {
        // Somebody measures; her end of the pipe says when she is done.
        say("done");
        let _ = std::io::stdin().read(&mut [0; 1]);
    }
    outcome.is_ok()
}

impl Desk {
    fn work(&mut self, ops: u64, think: Duration, until: Option<Instant>) -> Result<(), Refusal> {
        let customer =
            CustomerId(format!("C{:0>3}0", self.actor.user.as_str().trim_start_matches('o')));
        let today = Store::business_date(SystemClock.now());
        let start = Command::StartVisit {
            customer: customer.clone(),
            class: VisitClass::Onsite,
            channel: "实地".to_owned(),
            visited_on: today,
            purposes: Vec::new(),
        };
        let Outcome::VisitStarted(visit) = self.apply(&start)? else { panic!("no visit") };
        let mut seen = self.revision(&visit)?;
        let window = Window { offset: 0, limit: 30 };
        let filter = AgendaFilter::Until(today + chrono::Days::new(30));
        while self.made < ops && until.is_none_or(|end| Instant::now() < end) {
            let text = format!("{} {}", self.mark, self.made);
            let answer = Some(Answer {
                value: Value::Text(text),
                evidence: None,
                note: String::new(),
                unchanged: false,
            });
            let item = "conclusion".to_owned();
            match self.apply(&Command::Answer { visit: visit.clone(), item, answer, seen })? {
                Outcome::Saved { revision, .. } => seen = revision,
                other => panic!("{other:?}"),
            }
            self.ask(&Query::Agenda { filter, class: None, officer: None, window })?;
            self.ask(&Query::Dossier { customer: customer.clone() })?;
            std::thread::sleep(think);
        }
        Ok(())
    }

    fn ask(&self, query: &Query) -> Result<Page, Refusal> {
        self.store.query(&self.actor, SystemClock.now(), query)
    }

    /// Revision of the one answer, as the page shows it.
    fn revision(&self, visit: &VisitId) -> Result<i64, Refusal> {
        let Page::Visit(page) = self.ask(&Query::Visit { visit: visit.clone() })? else {
            panic!("no record")
        };
        Ok(page.answers.get("conclusion").map_or(0, |kept| kept.revision))
    }

    /// One write, as the worker makes it: what comes back as unknown is asked again under its id.
    fn apply(&mut self, command: &Command) -> Result<Outcome, Refusal> {
        self.made += 1;
        let op = OpId(format!("{}-{}", self.mark, self.made));
        let began = Instant::now();
        let mut outcome = self.store.apply(&self.actor, SystemClock.now(), &op, command);
        if outcome.is_err() {
            outcome = self.store.apply(&self.actor, SystemClock.now(), &op, command);
        }
        let outcome = outcome?;
        self.took.push(began.elapsed());
        // A draft that is taken up again is no write.
        if let Some(ack) = &mut self.ack
            && matches!(command, Command::Answer { .. })
        {
            writeln!(ack, "{op}").unwrap();
        }
        Ok(outcome)
    }
}

/// The file is whole, and everything that was acknowledged is there, once.
fn verify(options: &Options) -> bool {
    let packs = Arc::new(assets::packs());
    let store = Store::open(&options.db(), packs, Mode::Existing).unwrap();
    let head = match store.check() {
        Ok(head) => head,
        Err(error) => {
            say(&format!("damaged: {error}"));
            return false;
        }
    };
    let mut acknowledged = Vec::new();
    if let Some(folder) = options.text("acks") {
        for entry in std::fs::read_dir(folder).unwrap() {
            let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
            // The last line of a killed process may be cut.
            acknowledged.extend(
                text.split_inclusive('\n').filter_map(|l| l.strip_suffix('\n')).map(str::to_owned),
            );
        }
    }
    let kept = store.ops_kept(&acknowledged).unwrap();
    let lost = acknowledged.len() - kept;
    say(&format!("journal {}, acknowledged {}, lost {lost}", head.seq, acknowledged.len()));
    lost == 0
}
