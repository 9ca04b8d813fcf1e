//! The application with the real worker and store behind it, called instead of awaited, on a file
//! with the invented portfolio. Two desks on one file are two officers at work.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use ratatui::Terminal;
use ratatui::backend::{Backend, TestBackend};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::harness::{as_text, now, read_keys, widths};
use crate::access::Actor;
use crate::app::{App, Effect, Event, Idle, Look};
use crate::assets::Packs;
use crate::clock::{Clock, FixedClock};
use crate::demo::history::Rules;
use crate::demo::{self, Recipe};
use crate::domain::ids::{CustomerId, UserId, VisitId};
use crate::domain::user::Role;
use crate::i18n::Lang;
use crate::protocol::command::Command;
use crate::protocol::page::{Page, RecordPage, VisitPage};
use crate::protocol::query::Query;
use crate::protocol::reply::{Refusal, Reply, Request};
use crate::store::{Mode, Store};
use crate::ui::key::Key;
use crate::worker::{Noting, Worker};

const CUSTOMERS: u32 = 160;
const SEED: u64 = 7;

/// The portfolio, made once for all tests and copied for each.
struct Template {
    _dir: tempfile::TempDir,
    path: PathBuf,
    packs: Arc<Packs>,
}

fn template() -> &'static Template {
    static TEMPLATE: OnceLock<Template> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("demo.db");
        let packs = Arc::new(crate::assets::packs());
        let mut store = Store::open(&path, Arc::clone(&packs), Mode::Create).unwrap();
        let recipe = Recipe { customers: CUSTOMERS, seed: SEED, today: now().date_naive() };
        let rules = Rules { policy: &packs.policy, days: &packs.workdays };
        let maker = actor("admin", Role::Admin, true);
        store
            .fill_demo(&maker, now(), |put| {
                demo::generate(recipe, rules, |row| put(row.table, row.cells))
            })
            .unwrap();
        demo::enact(&mut store, recipe, now());
        store.close();
        Template { _dir: dir, path, packs }
    })
}

fn actor(user: &str, role: Role, operator: bool) -> Actor {
    Actor {
        user: UserId::from(user),
        name: user.to_owned(),
        role,
        branch: String::new(),
        os_user: "os".to_owned(),
        session: format!("s-{user}"),
        operator,
    }
}

/// A branch on a file of its own, with a clock for all who work there.
pub(super) struct Office {
    dir: tempfile::TempDir,
    pub(super) clock: FixedClock,
    sessions: std::cell::Cell<u32>,
}

impl Office {
    pub(super) fn open() -> Self {
        let dir = tempfile::tempdir().unwrap();
        std::fs::copy(&template().path, dir.path().join("demo.db")).unwrap();
        let from = template().path.with_file_name("x");
        for folder in ["demo-attach", "demo-drop"] {
            copy_all(&from.with_file_name(folder), &dir.path().join(folder));
        }
        Self { dir, clock: FixedClock::at(now()), sessions: std::cell::Cell::new(0) }
    }

    pub(super) fn store(&self) -> Store {
        let path = self.dir.path().join("demo.db");
        Store::open(&path, Arc::clone(&template().packs), Mode::Existing).unwrap()
    }

    pub(super) fn actor(&self, user: &str) -> Actor {
        let person = self.store().person(&UserId::from(user)).unwrap().unwrap();
        let session = self.sessions.get() + 1;
        self.sessions.set(session);
        Actor {
            name: person.name,
            branch: person.branch,
            session: format!("s-{session}"),
            ..actor(user, person.role, false)
        }
    }

    /// Moves the clock.
    pub(super) fn wait(&self, millis: i64) {
        let now: DateTime<FixedOffset> = self.clock.now();
        self.clock.set(now + chrono::Duration::milliseconds(millis));
    }

    pub(super) fn desk(&self, user: &str) -> Desk {
        self.desk_of(user, 120, 36, Lang::Zh)
    }

    pub(super) fn desk_of(&self, user: &str, columns: u16, rows: u16, lang: Lang) -> Desk {
        self.desk_with(user, columns, rows, Look { lang, clipboard: true, ..Look::default() })
    }

    /// A desk on a shared server, where a screen that nobody touches is covered.
    pub(super) fn server_desk(&self, user: &str, lang: Lang) -> Desk {
        let idle = Idle { cover: Some(5), end: Some(30), shared: true };
        self.desk_with(user, 120, 36, Look { lang, idle, ..Look::default() })
    }

    /// A desk at which looking stands in the journal.
    pub(super) fn desk_noting(&self, user: &str, noting: Noting) -> Desk {
        let mut desk = self.desk(user);
        desk.worker = desk.worker.map(|worker| worker.noting(noting));
        desk
    }

    fn desk_with(&self, user: &str, columns: u16, rows: u16, look: Look) -> Desk {
        let actor = self.actor(user);
        let app = App::new(look, &actor.session, self.clock.now(), (columns, rows));
        let worker = Worker::new(self.store(), actor.clone(), Arc::new(self.clock.clone()));
        let mut desk = Desk {
            app,
            worker: Some(worker.without_jobs()),
            actor,
            clock: self.clock.clone(),
            written: Vec::new(),
            refused: Vec::new(),
            copied: Vec::new(),
            quit: false,
            disk_full: false,
            terminal: Terminal::new(TestBackend::new(columns, rows)).unwrap(),
            shown: Buffer::default(),
            at: Duration::ZERO,
        };
        let effects = desk.app.start();
        desk.carry_out(effects);
        desk.draw();
        desk
    }
}

/// Copies a folder with everything in it.
fn copy_all(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let (path, to) = (entry.as_ref().unwrap().path(), to.join(entry.unwrap().file_name()));
        if path.is_dir() {
            copy_all(&path, &to);
        } else {
            std::fs::copy(path, to).unwrap();
        }
    }
}

/// Somebody at a screen.
pub(super) struct Desk {
    pub(super) app: App,
    worker: Option<Worker>,
    pub(super) actor: Actor,
    clock: FixedClock,
    pub(super) written: Vec<Command>,
    pub(super) refused: Vec<Refusal>,
    pub(super) copied: Vec<String>,
    pub(super) quit: bool,
    /// The disk takes nothing.
    pub(super) disk_full: bool,
    terminal: Terminal<TestBackend>,
    shown: Buffer,
    at: Duration,
}

impl Desk {
    fn take(&mut self, replies: Vec<Reply>, queue: &mut VecDeque<Effect>) {
        for reply in replies {
            if let Reply::Refused { why, .. } | Reply::Unread { why, .. } = &reply
                // A question is no refusal.
                && !matches!(why, Refusal::AskFirst { .. })
            {
                self.refused.push(why.clone());
            }
            assert!(!matches!(reply, Reply::Down { .. }), "{reply:?}");
            queue.extend(self.app.update(Event::Store(reply)));
        }
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        let mut queue = VecDeque::from(effects);
        while let Some(effect) = queue.pop_front() {
            match effect {
                Effect::Store(Request::Apply { op, .. }) if self.disk_full => {
                    let why = Refusal::DiskFull;
                    self.take(vec![Reply::Refused { op, why }], &mut queue);
                }
                Effect::Store(request) => {
                    if let Request::Apply { command, .. } = &request {
                        self.written.push(command.clone());
                    }
                    let replies = self.worker.as_mut().unwrap().handle(request);
                    self.take(replies, &mut queue);
                }
                Effect::Copy(text) => self.copied.push(text),
                Effect::Redraw => {}
                Effect::Quit => self.quit = true,
            }
        }
    }

    pub(super) fn event(&mut self, event: Event) -> &mut Self {
        let effects = self.app.update(event);
        self.carry_out(effects);
        self.draw();
        self
    }

    /// The worker looks at the file.
    pub(super) fn poll(&mut self) -> &mut Self {
        let replies = self.worker.as_mut().unwrap().poll();
        let mut queue = VecDeque::new();
        self.take(replies, &mut queue);
        self.carry_out(queue.into());
        self.draw();
        self
    }

    pub(super) fn keys(&mut self, keys: &str) -> &mut Self {
        for key in read_keys(keys) {
            self.key(key);
        }
        self.draw();
        self
    }

    pub(super) fn key(&mut self, key: Key) {
        self.at += Duration::from_millis(60);
        let effects = self.app.update(Event::Key(key, self.at));
        self.carry_out(effects);
    }

    pub(super) fn paste(&mut self, text: &str) -> &mut Self {
        self.event(Event::Paste(text.to_owned()))
    }

    /// Types each line of a table and checks what the screen shows then (`!text`: does not show).
    pub(super) fn play(&mut self, table: &[(&str, &str)]) -> &mut Self {
        for (keys, wanted) in table {
            self.keys(keys);
            for wanted in wanted.split('|').filter(|w| !w.is_empty()) {
                let screen = self.screen();
                let shows = match wanted.strip_prefix('!') {
                    Some(absent) => !screen.contains(absent),
                    None => screen.contains(wanted),
                };
                assert!(shows, "after {keys:?}: {wanted:?}\n{screen}");
            }
        }
        self
    }

    pub(super) fn draw(&mut self) {
        let app = &mut self.app;
        self.shown = self.terminal.draw(|frame| app.render(frame)).unwrap().buffer.clone();
    }

    pub(super) fn resize(&mut self, columns: u16, rows: u16) -> &mut Self {
        self.event(Event::Resize(columns, rows));
        self.terminal.backend_mut().resize(columns, rows);
        self.terminal.resize(Rect::new(0, 0, columns, rows)).unwrap();
        self.draw();
        self
    }

    pub(super) fn screen(&self) -> String {
        as_text(&self.shown)
    }

    /// Every line is as wide as the terminal, no glyph is cut, and nothing unsafe is drawn.
    pub(super) fn assert_whole(&self) {
        let wanted = usize::from(self.shown.area.width);
        for (row, width) in widths(&self.shown).into_iter().enumerate() {
            assert_eq!(width, wanted, "line {row}\n{}", self.screen());
        }
        let screen = self.screen();
        assert!(!screen.contains('\u{fffd}'), "{screen}");
    }

    /// Where the hardware cursor stands: column and row.
    pub(super) fn caret(&mut self) -> (u16, u16) {
        let at = self.terminal.backend_mut().get_cursor_position().unwrap();
        (at.x, at.y)
    }

    /// The process is killed: nothing more is written.
    pub(super) fn kill(&mut self) {
        self.worker = None;
    }

    /// The program ends in order.
    pub(super) fn close(&mut self) {
        self.worker.take().unwrap().close();
    }

    pub(super) fn query(&mut self, query: &Query) -> Page {
        let now = self.clock.now();
        self.worker.as_mut().unwrap().store().query(&self.actor, now, query).unwrap()
    }

    /// The record that is open in the checklist.
    pub(super) fn open_visit(&self) -> VisitId {
        match self.app.panes.checklist.query() {
            Some(Query::Visit { visit }) => visit,
            _ => panic!("no record is open\n{:?}\n{}", self.refused, self.screen()),
        }
    }

    pub(super) fn visit(&mut self, visit: &VisitId) -> Arc<VisitPage> {
        match self.query(&Query::Visit { visit: visit.clone() }) {
            Page::Visit(page) => page,
            other => panic!("{other:?}"),
        }
    }

    pub(super) fn record(&mut self, visit: &VisitId) -> Arc<RecordPage> {
        match self.query(&Query::Record { visit: visit.clone() }) {
            Page::Record(page) => page,
            other => panic!("{other:?}"),
        }
    }

    pub(super) fn due(&mut self, customer: &CustomerId) -> Vec<crate::protocol::page::AgendaRow> {
        match self.query(&Query::Dossier { customer: customer.clone() }) {
            Page::Dossier(page) => page.due.clone(),
            other => panic!("{other:?}"),
        }
    }
}
