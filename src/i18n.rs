//! Everything that people read, in both languages, checked by the compiler.
//!
//! A table is a `catalog!` with one line per message: `open: "Open" | "打开";`. Leaving a
//! language out does not compile. Messages with values are functions beside their table that match
//! on the language. Names of domain values are in [`words`]; numbers and dates in [`mod@format`].

pub mod agenda;
pub mod backtest;
pub mod board;
pub mod calendar;
pub mod checklist;
pub mod cli;
pub mod cockpit;
pub mod compare;
pub mod conduct;
pub mod customers;
pub mod deadlines;
pub mod digest;
pub mod dossier;
pub mod exchange;
mod fault;
pub mod files;
pub mod flags;
pub mod foreseen;
pub mod format;
pub mod help;
pub mod holidays;
pub mod journal;
pub mod lock;
pub mod orders;
pub mod overlays;
pub mod pack;
pub mod palette;
pub mod parser;
pub mod plan;
pub mod policy;
pub mod portfolio;
pub mod prepare;
pub mod questionnaire;
pub mod refusal;
pub mod report;
pub mod requests;
pub mod retention;
pub mod reveal;
pub mod review;
pub mod scan;
pub mod score;
pub mod server;
pub mod shell;
mod short;
pub mod statements;
pub mod strategies;
pub mod tiers;
pub mod todos;
pub mod tour;
pub mod verbs;
pub mod warning;
pub mod words;

use crate::protocol::report::ReportLang;

/// A language of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Lang {
    /// 简体中文
    #[default]
    Zh,
    /// English
    En,
}

impl Lang {
    /// The other one.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Zh => Self::En,
            Self::En => Self::Zh,
        }
    }

    /// The language of a file that is made while this one is on the screen.
    pub const fn of_file(self) -> ReportLang {
        match self {
            Self::Zh => ReportLang::Chinese,
            Self::En => ReportLang::English,
        }
    }

    /// Between a label and what it says.
    pub const fn colon(self) -> &'static str {
        self.pick(": ", "：")
    }

    /// Between the items of a list.
    pub const fn list_mark(self) -> &'static str {
        self.pick(", ", "、")
    }

    /// Between the parts of a sentence.
    pub const fn comma(self) -> &'static str {
        self.pick(", ", "，")
    }

    /// Between sentences that belong together.
    pub const fn semicolon(self) -> &'static str {
        self.pick("; ", "；")
    }

    /// At the end of a sentence.
    pub const fn stop(self) -> &'static str {
        self.pick(".", "。")
    }

    /// What is said beside something, in the brackets of the language.
    pub fn aside(self, said: &str) -> String {
        match self {
            Self::En => format!(" ({said})"),
            Self::Zh => format!("（{said}）"),
        }
    }

    /// One of two texts.
    pub const fn pick<'a>(self, en: &'a str, zh: &'a str) -> &'a str {
        match self {
            Self::En => en,
            Self::Zh => zh,
        }
    }

    /// Reads `zh`, `zh-CN`, `zh_CN.UTF-8`, `en` …
    pub fn from_code(code: &str) -> Option<Self> {
        let code = code.to_ascii_lowercase();
        if code.starts_with("zh") {
            Some(Self::Zh)
        } else {
            code.starts_with("en").then_some(Self::En)
        }
    }

    /// `zh-CN` or `en`.
    pub const fn as_code(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }
}

/// Declares a table of messages: a struct of texts with one constant per language.
macro_rules! catalog {
    ($(#[$meta:meta])* $name:ident { $($key:ident: $en:literal | $zh:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Debug)]
        pub struct $name {
            /// The language of this table.
            pub lang: $crate::i18n::Lang,
            $(#[doc = concat!("`", $en, "`")] pub $key: &'static str,)+
        }
        impl $name {
            /// The English table.
            pub const EN: Self = Self { lang: $crate::i18n::Lang::En, $($key: $en,)+ };
            /// The Chinese table.
            pub const ZH: Self = Self { lang: $crate::i18n::Lang::Zh, $($key: $zh,)+ };
            /// Both texts of each message, for tests and for search in both languages.
            pub const PAIRS: &'static [(&'static str, &'static str, &'static str)] =
                &[$((stringify!($key), $en, $zh),)+];
        }
    };
}
pub(crate) use catalog;

/// All tables of one language.
#[derive(Debug)]
pub struct Catalog {
    /// Which language.
    pub lang: Lang,
    /// Header, status line, screens, refusals.
    pub shell: shell::Shell,
    /// What keys do.
    pub verbs: verbs::Verbs,
    /// Command line.
    pub cli: cli::Cli,
    /// Holidays on the command line.
    pub holidays: holidays::Holidays,
    /// The journal.
    pub journal: journal::Journal,
    /// The locked screen.
    pub lock: lock::Lock,
    /// Policies on the command line.
    pub policy: policy::Policy,
    /// Calendar pane.
    pub calendar: calendar::Calendar,
    /// Month plan.
    pub board: board::Board,
    /// Deadlines beside visits.
    pub deadlines: deadlines::Deadlines,
    /// Cockpit.
    pub cockpit: cockpit::Cockpit,
    /// Agenda pane.
    pub agenda: agenda::Agenda,
    /// Dossier pane.
    pub dossier: dossier::Dossier,
    /// Customer table.
    pub customers: customers::Customers,
    /// Checklist pane.
    pub checklist: checklist::Checklist,
    /// Co-inspector, likeness, handing in.
    pub conduct: conduct::Conduct,
    /// Documents and photos.
    pub files: files::Files,
    /// Panes of the preparation.
    pub prepare: prepare::Prepare,
    /// Flag pane.
    pub flags: flags::Flags,
    /// Review panes.
    pub review: review::Review,
    /// Inspections ordered, customers that change hands.
    pub orders: orders::Orders,
    /// Requests for delay and termination.
    pub requests: requests::Requests,
    /// Personal data in clear.
    pub reveal: reveal::Reveal,
    /// Data whose time is over.
    pub retention: retention::Retention,
    /// Back-test.
    pub backtest: backtest::Backtest,
    /// Whom an event would concern.
    pub foreseen: foreseen::Foreseen,
    /// Notes scan.
    pub scan: scan::Scan,
    /// Early-warning score.
    pub score: score::Score,
    /// The branch server.
    pub server: server::Server,
    /// Two visits side by side.
    pub compare: compare::Compare,
    /// Statements and ratios.
    pub statements: statements::Statements,
    /// Portfolio.
    pub portfolio: portfolio::Portfolio,
    /// Five tiers.
    pub tiers: tiers::Tiers,
    /// Texts about financing strategies.
    pub strategies: strategies::Strategies,
    /// 待办.
    pub todos: todos::Todos,
    /// Signals found by rules, events.
    pub warning: warning::Warning,
    /// Texts of the digest for mail.
    pub digest: digest::Digest,
    /// Overlays.
    pub overlays: overlays::Overlays,
    /// What commands are looked for by.
    pub palette: palette::Palette,
    /// First start and tour.
    pub tour: tour::Tour,
}

static ZH: Catalog = Catalog {
    lang: Lang::Zh,
    shell: shell::Shell::ZH,
    verbs: verbs::Verbs::ZH,
    cli: cli::Cli::ZH,
    holidays: holidays::Holidays::ZH,
    journal: journal::Journal::ZH,
    lock: lock::Lock::ZH,
    policy: policy::Policy::ZH,
    calendar: calendar::Calendar::ZH,
    board: board::Board::ZH,
    deadlines: deadlines::Deadlines::ZH,
    cockpit: cockpit::Cockpit::ZH,
    agenda: agenda::Agenda::ZH,
    dossier: dossier::Dossier::ZH,
    customers: customers::Customers::ZH,
    checklist: checklist::Checklist::ZH,
    conduct: conduct::Conduct::ZH,
    files: files::Files::ZH,
    prepare: prepare::Prepare::ZH,
    flags: flags::Flags::ZH,
    review: review::Review::ZH,
    orders: orders::Orders::ZH,
    requests: requests::Requests::ZH,
    reveal: reveal::Reveal::ZH,
    retention: retention::Retention::ZH,
    backtest: backtest::Backtest::ZH,
    foreseen: foreseen::Foreseen::ZH,
    scan: scan::Scan::ZH,
    score: score::Score::ZH,
    server: server::Server::ZH,
    compare: compare::Compare::ZH,
    statements: statements::Statements::ZH,
    portfolio: portfolio::Portfolio::ZH,
    tiers: tiers::Tiers::ZH,
    strategies: strategies::Strategies::ZH,
    todos: todos::Todos::ZH,
    warning: warning::Warning::ZH,
    digest: digest::Digest::ZH,
    overlays: overlays::Overlays::ZH,
    palette: palette::Palette::ZH,
    tour: tour::Tour::ZH,
};

static EN: Catalog = Catalog {
    lang: Lang::En,
    shell: shell::Shell::EN,
    verbs: verbs::Verbs::EN,
    cli: cli::Cli::EN,
    holidays: holidays::Holidays::EN,
    journal: journal::Journal::EN,
    lock: lock::Lock::EN,
    policy: policy::Policy::EN,
    calendar: calendar::Calendar::EN,
    board: board::Board::EN,
    deadlines: deadlines::Deadlines::EN,
    cockpit: cockpit::Cockpit::EN,
    agenda: agenda::Agenda::EN,
    dossier: dossier::Dossier::EN,
    customers: customers::Customers::EN,
    checklist: checklist::Checklist::EN,
    conduct: conduct::Conduct::EN,
    files: files::Files::EN,
    prepare: prepare::Prepare::EN,
    flags: flags::Flags::EN,
    review: review::Review::EN,
    orders: orders::Orders::EN,
    requests: requests::Requests::EN,
    reveal: reveal::Reveal::EN,
    retention: retention::Retention::EN,
    backtest: backtest::Backtest::EN,
    foreseen: foreseen::Foreseen::EN,
    scan: scan::Scan::EN,
    score: score::Score::EN,
    server: server::Server::EN,
    compare: compare::Compare::EN,
    statements: statements::Statements::EN,
    portfolio: portfolio::Portfolio::EN,
    tiers: tiers::Tiers::EN,
    strategies: strategies::Strategies::EN,
    todos: todos::Todos::EN,
    warning: warning::Warning::EN,
    digest: digest::Digest::EN,
    overlays: overlays::Overlays::EN,
    palette: palette::Palette::EN,
    tour: tour::Tour::EN,
};

impl Catalog {
    /// The texts of a language.
    pub fn of(lang: Lang) -> &'static Self {
        match lang {
            Lang::Zh => &ZH,
            Lang::En => &EN,
        }
    }
}
