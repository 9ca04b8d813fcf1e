//! What every command begins with: settings, database, the acting person, the day.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime};

use super::args::{Format, Global};
use super::identity::{self, Identity, Surroundings};
use crate::access::Actor;
use crate::assets::{self, Packs};
use crate::clock::{Clock, FixedClock, SystemClock, china};
use crate::config::{Config, HashChoice, IdentityMode, LangChoice};
use crate::domain::ids::{OpId, UserId};
use crate::domain::money::Fen;
use crate::domain::user::Role;
use crate::fault::{Fault, Wrong};
use crate::i18n::{Catalog, Lang};
use crate::protocol::command::{Command, SetUser};
use crate::protocol::reply::Outcome;
use crate::store::journal::Algorithm;
use crate::store::{Error, Mode, Store};

/// Where a command writes.
pub struct Io<'a> {
    /// Results.
    pub out: &'a mut dyn Write,
    /// Progress and remarks.
    pub err: &'a mut dyn Write,
    /// Whether somebody watches `err`.
    pub watched: bool,
}

/// What a command wants of the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Want {
    /// To read what is there.
    Read,
    /// To write into what is there.
    Write,
    /// To write, and to make the file if it is not there.
    Create,
}

/// Settings and language: what commands without a database need too.
#[derive(Debug)]
pub struct Desk {
    /// The settings.
    pub config: Config,
    /// Language.
    pub lang: Lang,
    /// Options of every command.
    pub global: Global,
    /// The file that the settings were read from.
    pub settings: Option<PathBuf>,
    /// What is asked for shows no customer: a server's timer may do it.
    pub house: bool,
}

impl Desk {
    /// Says on the side what was done, unless told to be quiet.
    pub(super) fn tell(&self, said: &str, io: &mut Io<'_>) -> Result<(), Fault> {
        if !self.global.quiet {
            writeln!(io.err, "{said}")?;
        }
        Ok(())
    }

    /// Reads the settings. `asked` is the language that words or environment ask for.
    pub fn new(global: Global, asked: Option<Lang>) -> Result<Self, Fault> {
        let file = global.config.clone().or_else(Config::usual_file);
        let config = file.as_deref().map(Config::read).transpose()?.unwrap_or_default();
        let own = match config.lang {
            LangChoice::Auto => None,
            LangChoice::Zh => Some(Lang::Zh),
            LangChoice::En => Some(Lang::En),
        };
        // --lang goes before the settings, and these before the environment.
        let lang = if global.lang.is_some() { asked } else { own.or(asked) };
        let lang = lang.unwrap_or_default();
        Ok(Self { config, lang, global, settings: file, house: false })
    }

    /// The database that is meant.
    pub fn database(&self) -> Result<PathBuf, Fault> {
        let named = self.global.db.clone();
        named.or_else(|| self.config.database()).ok_or(Fault::NoDataFolder)
    }

    /// The format to print in; refused unless among those that the command has, the first of which
    /// is its own.
    pub fn format(&self, known: &[Format]) -> Result<Format, Fault> {
        let own = known.first().copied().unwrap_or(Format::Table);
        match self.global.format {
            None => Ok(own),
            Some(format) if known.contains(&format) => Ok(format),
            Some(Format::Table) => Err(Fault::Wrong(Wrong::Format("table"))),
            Some(Format::Json) => Err(Fault::Wrong(Wrong::Format("json"))),
            Some(Format::Csv) => Err(Fault::Wrong(Wrong::Format("csv"))),
            Some(Format::Ics) => Err(Fault::Wrong(Wrong::Format("ics"))),
        }
    }
}

/// An open database with the person who acts.
#[derive(Debug)]
pub struct Session {
    /// The database.
    pub store: Store,
    /// Who acts.
    pub actor: Actor,
    /// The clock: standing, if a day was named.
    pub clock: Arc<dyn Clock>,
    /// The packs, with the policy in force.
    pub packs: Arc<Packs>,
    /// Number of writes made, for their ids.
    written: u32,
}

/// How people are told: by their names, and by their logins where there are none.
#[derive(Debug, Default)]
pub struct Names(BTreeMap<UserId, String>);

impl Names {
    /// Somebody's name; the login where none is known or wanted.
    pub fn of<'a>(&'a self, login: &'a UserId) -> &'a str {
        self.0.get(login).map_or(login.as_str(), String::as_str)
    }
}

impl std::fmt::Debug for dyn Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.now())
    }
}

/// Reads the built-in packs.
pub fn packs() -> Arc<Packs> {
    Arc::new(assets::packs())
}

/// The built-in packs with what the settings add.
pub fn packs_of(config: &Config) -> Result<Arc<Packs>, Fault> {
    let mut packs = packs();
    if !config.own_days.is_empty() {
        let own = assets::occasions::with_own(&config.own_days);
        let own = own.map_err(|fault| Fault::Pack(fault.to_string()))?;
        Arc::make_mut(&mut packs).occasions = Arc::new(own);
    }
    if let Some(yuan) = config.net_capital_yuan {
        assets::portfolio::set_capital(Fen::from_yuan(yuan));
    }
    Ok(packs)
}

/// A clock that stands in the morning of this day, or the machine's.
pub fn clock(as_of: Option<NaiveDate>) -> Arc<dyn Clock> {
    let morning = as_of
        .and_then(|day| Some(day.and_time(NaiveTime::from_hms_opt(9, 0, 0)?)))
        .and_then(|time| time.and_local_timezone(china()).single());
    match morning {
        Some(now) => Arc::new(FixedClock::at(now)),
        None => Arc::new(SystemClock),
    }
}

impl Session {
    /// Opens the database that the desk names for somebody who reads or runs batch commands.
    ///
    /// Whoever is a user acts as one, with the role and the sight that she has on the screen; as the
    /// owner of the file she may import and keep house besides. An owner who is no user acts as the
    /// service: she sees everything, and writes no records.
    pub fn batch(desk: &Desk, want: Want) -> Result<Self, Fault> {
        Self::open(desk, want)
    }

    /// Opens the database for a person at the screen; the owner of an empty file becomes its first
    /// officer.
    pub fn person(desk: &Desk) -> Result<Self, Fault> {
        let mut session = Self::open(desk, Want::Create)?;
        let user = session.actor.user.clone();
        let path = session.store.path().to_owned();
        if session.store.people().map_err(Fault::store(&path))?.is_empty() && session.actor.operator
        {
            session.actor.role = Role::Officer;
            Catalog::of(desk.lang).cli.own_branch.clone_into(&mut session.actor.branch);
            let (name, branch) = (user.to_string(), session.actor.branch.clone());
            let role = Role::Officer;
            let user = user.clone();
            session.apply(&Command::SetUser(SetUser {
                user,
                name,
                role,
                branch,
                disabled: false,
            }))?;
        }
        let known = session.store.person(&user).map_err(Fault::store(&path))?;
        if known.is_none_or(|person| person.disabled) {
            return Err(Fault::NotAUser(user.to_string()));
        }
        Ok(session)
    }

    /// Opens the database for a person who writes in records from the command line.
    pub fn writer(desk: &Desk) -> Result<Self, Fault> {
        let session = Self::open(desk, Want::Write)?;
        let user = &session.actor.user;
        let known = session.store.person(user).map_err(Fault::store(session.store.path()))?;
        if known.is_none_or(|person| person.disabled) {
            return Err(Fault::NotAUser(user.to_string()));
        }
        Ok(session)
    }

    fn open(desk: &Desk, want: Want) -> Result<Self, Fault> {
        let path = desk.database()?;
        let mut store = open_store(&path, packs_of(&desk.config)?, want)?;
        if want == Want::Create && desk.config.journal_hash == HashChoice::Sha256 {
            store.choose_hash(Algorithm::Sha256).map_err(Fault::store(&path))?;
        }
        if let Some(folder) = desk.config.backup_dir.clone() {
            store.keep_backups_in(folder);
        }
        if let Some(folder) = desk.config.drop_dir.clone() {
            store.take_drops_from(folder);
        }
        let path = store.path().to_owned();
        let demo = store.is_demo().map_err(Fault::store(&path))?;
        if desk.global.as_of.is_some() && want != Want::Read && !demo {
            return Err(Fault::Wrong(Wrong::AsOf));
        }
        let mut around = Surroundings::look(&path, demo, desk.global.r#as.clone());
        around.house = desk.house;
        let identity = identity::resolve(desk.config.identity, &around, identity::name_of)?;
        let clock = clock(desk.global.as_of);
        let named = identity.user.clone();
        let actor = match actor(&store, identity, desk.config.identity) {
            Err(fault @ Fault::NotLetIn(_)) => {
                let noted =
                    store.note_refused(&named, &session_mark(), clock.now(), line().as_deref());
                if let Err(error) = noted {
                    tracing::warn!(%error, "a refused login was not noted");
                }
                return Err(fault);
            }
            found => found?,
        };
        if desk.global.as_of.is_some() {
            store.stand_clock();
        }
        let packs = Arc::clone(store.packs());
        Ok(Self { store, actor, clock, packs, written: 0 })
    }

    /// Now.
    pub fn now(&self) -> DateTime<FixedOffset> {
        self.clock.now()
    }

    /// The business date.
    pub fn today(&self) -> NaiveDate {
        self.now().with_timezone(&china()).date_naive()
    }

    /// When something is noted in the journal: `--as-of` says for which day is read, and what is noted
    /// happens now. The demo lives on its own day.
    pub fn noted_at(&self) -> Result<DateTime<FixedOffset>, Error> {
        Ok(if self.store.is_demo()? { self.now() } else { SystemClock.now() })
    }

    /// One write as the acting person.
    pub fn apply(&mut self, command: &Command) -> Result<(), Fault> {
        self.outcome(command).map(|_| ())
    }

    /// Whom an option names: a name that nobody has is a slip, and no empty list.
    pub fn officer(&self, named: Option<&str>) -> Result<Option<UserId>, Fault> {
        let Some(named) = named else { return Ok(None) };
        let officer = UserId::from(named);
        let known = self.store.knows_officer(&officer).map_err(Fault::store(self.store.path()))?;
        let unknown = || Fault::Wrong(Wrong::User(named.to_owned()));
        known.then_some(Some(officer)).ok_or_else(unknown)
    }

    /// Names of the staff by login, for lists that people read; a machine is told no names.
    pub fn names(&self, machine: bool) -> Result<Names, Fault> {
        if machine {
            return Ok(Names::default());
        }
        let people = self.store.people().map_err(Fault::store(self.store.path()))?;
        Ok(Names(people.into_iter().map(|person| (person.id, person.name)).collect()))
    }

    /// One write as the acting person, with what came of it.
    pub fn outcome(&mut self, command: &Command) -> Result<Outcome, Fault> {
        self.written += 1;
        let op = OpId(format!("{}-cli-{}", self.actor.session, self.written));
        Ok(self.store.apply(&self.actor, self.clock.now(), &op, command)?)
    }
}

fn open_store(path: &Path, packs: Arc<Packs>, want: Want) -> Result<Store, Fault> {
    let mode = if want == Want::Create { Mode::Create } else { Mode::Existing };
    match Store::open(path, Arc::clone(&packs), mode) {
        // A file that one may only read can still be read.
        Err(Error::ReadOnly) if want == Want::Read => {
            Store::open(path, packs, Mode::ReadOnly).map_err(Fault::store(path))
        }
        opened => opened.map_err(Fault::store(path)),
    }
}

/// The person behind an identity. The owner of the file need not be a user to keep house.
fn actor(store: &Store, identity: Identity, mode: IdentityMode) -> Result<Actor, Fault> {
    let user = UserId(identity.user);
    let path = store.path().to_owned();
    let known = store.person(&user).map_err(Fault::store(&path))?;
    let session = format!("{}-{}", user, session_mark());
    let Identity { os_user, operator, .. } = Identity { user: String::new(), ..identity };
    // A server's own service keeps house, and sees no customer.
    let role = if mode == IdentityMode::Os { Role::Auditor } else { Role::Admin };
    match known {
        Some(person) if person.disabled && mode == IdentityMode::Os => {
            Err(Fault::Disabled(user.to_string()))
        }
        Some(person) if !person.disabled => Ok(Actor {
            user,
            name: person.name,
            role: person.role,
            branch: person.branch,
            os_user,
            session,
            operator,
        }),
        None if operator && os_user == user.as_str() => Ok(Actor {
            name: user.to_string(),
            user,
            role,
            branch: String::new(),
            os_user,
            session,
            operator,
        }),
        _ if mode != IdentityMode::Os => Err(Fault::NotLetIn(user.to_string())),
        _ => Err(Fault::NotAUser(user.to_string())),
    }
}

/// From where the line of this session comes, as the server for SSH says.
pub fn line() -> Option<String> {
    std::env::var("SSH_CONNECTION").ok()
}

/// Tells this run of the program from all others.
fn session_mark() -> String {
    let now = SystemClock.now();
    format!("{}-{}", now.format("%Y%m%d%H%M%S%6f"), std::process::id())
}
