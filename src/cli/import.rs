//! `huifang import`: takes files in and says what came of it.

use std::io::Write;
use std::path::PathBuf;

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::access::Actor;
use crate::exchange::cell::Unit;
use crate::exchange::csv_file::encoding_named;
use crate::exchange::faults::Faults;
use crate::exchange::fold::visible;
use crate::exchange::import::{self, Ignored, Reading};
use crate::exchange::source::table_named;
use crate::fault::import::Fault;
use crate::i18n::Lang;
use crate::i18n::exchange as text;
use crate::protocol::import::{ImportOptions, ImportReport, Why};
use crate::store::Store;

/// How many faults the table on the screen lists; the rejects file and JSON have more.
const LISTED: usize = 50;

/// The options of the command line.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// `<FILE.xlsx | FILE.csv | FOLDER>`
    pub source: PathBuf,
    /// `--kind TABLE`
    pub kind: Option<String>,
    /// `--rejects FILE.csv`
    pub rejects: Option<PathBuf>,
    /// `--ignore-unknown`
    pub ignore_unknown: bool,
    /// `--encoding NAME`
    pub encoding: Option<String>,
    /// `--unit wan`
    pub wan: bool,
    /// `--dry-run`, `--accept-valid`, `--create-users`, `--complete loans`, `--settle-missing`,
    /// `--as-of-file DATE`
    pub taking: ImportOptions,
}

/// Where an import goes, and who does it when.
pub struct Context<'a> {
    /// The database.
    pub store: &'a mut Store,
    /// Who.
    pub actor: &'a Actor,
    /// When.
    pub now: DateTime<FixedOffset>,
    /// Language of the report.
    pub lang: Lang,
    /// One JSON document instead of a table.
    pub json: bool,
    /// Standard output.
    pub out: &'a mut dyn Write,
    /// Called now and then with the number of rows read, and how much of the file that is.
    pub progress: &'a mut dyn FnMut(u64, Option<f64>),
}

/// Imports. Gives the exit status: 1 when rows were faulty and therefore nothing was imported.
pub fn run(options: &Options, context: &mut Context<'_>) -> Result<u8, Fault> {
    let reading = reading(options)?;
    if options.taking.settle_missing
        && (!options.taking.complete_loans || options.taking.as_of_file.is_none())
    {
        return Err(Fault::Usage("settle-missing"));
    }
    let explain: fn(&Why) -> String = match context.lang {
        Lang::Zh => |why| text::expected(Lang::Zh, why),
        Lang::En => |why| text::expected(Lang::En, why),
    };
    let mut faults = match &options.rejects {
        Some(path) => Faults::with_rejects(path, explain)?,
        None => Faults::new(explain),
    };
    let intake = context
        .store
        .import(context.actor, context.now, options.taking.clone())
        .map_err(Fault::Refused)?;
    let (report, ignored) =
        import::import(&options.source, reading, intake, &mut faults, context.progress)?;
    faults.finish()?;
    let done = Done { options, report: &report, ignored: &ignored, faults: &faults };
    if context.json {
        done.json(context.lang, context.out)?;
    } else {
        done.table(context.lang, context.out)?;
    }
    context.out.flush()?;
    Ok(u8::from(report.faulty() > 0 && !options.taking.accept_valid))
}

fn reading(options: &Options) -> Result<Reading, Fault> {
    let kind = match &options.kind {
        Some(name) => Some(table_named(name).ok_or(Fault::Usage("kind"))?),
        None => None,
    };
    let encoding = match &options.encoding {
        Some(name) => Some(encoding_named(name).map_err(|_unknown| Fault::Usage("encoding"))?),
        None => None,
    };
    let unit = if options.wan { Unit::Wan } else { Unit::Yuan };
    Ok(Reading { kind, ignore_unknown: options.ignore_unknown, encoding, unit })
}

/// What is printed.
struct Done<'a> {
    options: &'a Options,
    report: &'a ImportReport,
    ignored: &'a Ignored,
    faults: &'a Faults,
}

impl Done<'_> {
    fn json(&self, lang: Lang, out: &mut dyn Write) -> std::io::Result<()> {
        let tables: Vec<serde_json::Value> = self
            .report
            .tables
            .iter()
            .map(|(table, c)| {
                serde_json::json!({
                    "table": table, "inserted": c.inserted, "updated": c.updated,
                    "unchanged": c.unchanged, "skipped": c.skipped, "faulty": c.faulty,
                })
            })
            .collect();
        let faults: Vec<serde_json::Value> = self
            .faults
            .kept
            .iter()
            .map(|f| {
                serde_json::json!({
                    "table": f.table.name, "sheet": visible(&f.sheet), "line": f.line,
                    "column": f.column.map(|c| c.name), "value": visible(&f.value),
                    "expected": text::expected(lang, &f.why),
                })
            })
            .collect();
        let doubtful: Vec<serde_json::Value> = self
            .report
            .doubtful
            .iter()
            .map(|d| {
                serde_json::json!({
                    "sheet": visible(&d.sheet), "line": d.line,
                    "customer_id": visible(d.customer.as_str()),
                    d.doubt.key(): visible(&d.key),
                    "doubt": visible(&text::doubt(lang, d)),
                })
            })
            .collect();
        let ignored: Vec<serde_json::Value> = self
            .ignored
            .columns
            .iter()
            .map(
                |(sheet, columns)| serde_json::json!({"sheet": visible(sheet), "columns": columns}),
            )
            .collect();
        let bare = self.ignored.bare.iter().map(|(sheet, lacks)| {
            let lacks: Vec<&str> = lacks.iter().map(|column| column.name).collect();
            serde_json::json!({"sheet": visible(sheet), "missing_columns": lacks})
        });
        let bare: Vec<serde_json::Value> = bare.collect();
        let as_of: Option<NaiveDate> = self.options.taking.as_of_file;
        let document = serde_json::json!({
            "source": visible(&self.options.source.display().to_string()),
            "dry_run": self.report.dry_run,
            "committed": self.report.committed,
            "as_of_file": as_of.map(|d| d.to_string()),
            "tables": tables,
            "created_users": self.report.created_users,
            "missing_loans": self.report.missing_loans,
            "missing_count": self.report.missing_count,
            "settled_count": self.report.settled_count,
            "settling_held_back": self.report.settling_held_back,
            "doubtful_count": self.report.doubtful_count,
            "doubtful": doubtful,
            "fault_count": self.faults.count,
            "faults": faults,
            "ignored_columns": ignored,
            "bare_parts": bare,
            "ignored_parts": self.ignored.parts.iter().map(|p| visible(p)).collect::<Vec<_>>(),
        });
        writeln!(out, "{document}")
    }

    fn table(&self, lang: Lang, out: &mut dyn Write) -> std::io::Result<()> {
        write!(out, "{}", text::counts(lang, &self.report.tables))?;
        for (sheet, columns) in &self.ignored.columns {
            writeln!(out, "{}", text::ignored(lang, &visible(sheet), columns))?;
        }
        for (sheet, lacks) in &self.ignored.bare {
            writeln!(out, "{}", text::bare(lang, &visible(sheet), lacks))?;
        }
        for part in &self.ignored.parts {
            writeln!(out, "{}", text::ignored_part(lang, &visible(part)))?;
        }
        if !self.report.created_users.is_empty() {
            let users: Vec<String> = self.report.created_users.iter().map(|u| visible(u)).collect();
            writeln!(out, "{}", text::created(lang, &users))?;
        }
        if self.options.taking.complete_loans {
            let loans: Vec<String> =
                self.report.missing_loans.iter().take(LISTED).map(|l| visible(l)).collect();
            writeln!(out, "{}", text::missing(lang, self.report, &loans))?;
        }
        for doubtful in self.report.doubtful.iter().take(LISTED) {
            writeln!(out, "{}", text::doubtful(lang, doubtful))?;
        }
        if self.report.doubtful_count > LISTED as u64 {
            let more = self.report.doubtful_count - LISTED as u64;
            writeln!(out, "{}", text::more_doubtful(lang, more))?;
        }
        for fault in self.faults.kept.iter().take(LISTED) {
            writeln!(out, "{}", text::fault(lang, fault))?;
        }
        if self.faults.count > LISTED as u64 {
            writeln!(out, "{}", text::more_faults(lang, self.faults.count - LISTED as u64))?;
        }
        writeln!(out, "{}", text::verdict(lang, self.report, self.ignored.rows == 0))
    }
}
