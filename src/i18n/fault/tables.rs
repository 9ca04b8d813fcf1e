//! Faults of what comes from files and goes into files: imports, exports, scores.

use crate::exchange::figures::FigureFault;
use crate::exchange::fold::visible;
use crate::fault::{export, import, score};
use crate::i18n::cli::Cli;
use crate::i18n::{Catalog, exchange as text};
use crate::protocol::reply::Refusal;

impl Cli {
    /// What the store refused, the same for all commands.
    pub(super) fn refused(&self, why: &Refusal) -> String {
        if *why == Refusal::NotFound {
            let (en, zh) = (
                "There is nothing of that name or number, or not in your sight; check it.",
                "没有找到所指的对象，或不在您的范围内；请核对编号。",
            );
            return self.lang.pick(en, zh).to_owned();
        }
        let told = Catalog::of(self.lang).shell.refusal(why);
        format!("{told}{}", self.lang.stop())
    }

    pub(super) fn import(&self, fault: &import::Fault) -> String {
        match fault {
            import::Fault::Usage(option) => text::usage(self.lang, option),
            import::Fault::File { name, fault } => text::unreadable(self.lang, name, fault),
            import::Fault::Output(error) => text::unwritable(self.lang, &error.to_string()),
            import::Fault::Refused(why) => self.refused(why),
        }
    }

    pub(super) fn export(&self, fault: &export::Fault) -> String {
        match fault {
            export::Fault::Table(name) => text::no_table(self.lang, name),
            export::Fault::Ending(path) => text::no_ending(self.lang, &path.display().to_string()),
            export::Fault::NoReason => text::no_reason(self.lang),
            export::Fault::TooManyRows => text::too_many_rows(self.lang),
            export::Fault::File { path, why } => self.file(&path.display().to_string(), *why),
            export::Fault::Output(error) => text::unwritable(self.lang, error),
            export::Fault::Refused(why) => self.refused(why),
        }
    }

    pub(super) fn score(&self, fault: &score::Fault) -> String {
        use score::Fault;
        let t = &Catalog::of(self.lang).score;
        match fault {
            Fault::File { file, fault: FigureFault::File(fault) } => {
                text::unreadable(self.lang, file, fault)
            }
            Fault::File { file, fault: FigureFault::Cell { line, column, value, why } } => {
                t.faulty(file, *line, column, value, &text::expected(self.lang, why))
            }
            Fault::File { file, fault: FigureFault::Twice { line, key } } => {
                t.twice(file, *line, key)
            }
            Fault::Percent { file, column } => t.percents(file, column),
            Fault::Nobody(id) => t.nobody(&visible(id)),
            Fault::TooFew { bad, good, least } => t.too_few(*bad, *good, *least),
            Fault::NoOutcome { file, line } => t.no_outcome(file, *line),
        }
    }
}
