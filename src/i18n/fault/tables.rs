//! Faults of what comes from files and goes into files: imports, exports, scores.

use crate::exchange::figures::FigureFault;
use crate::exchange::fold::visible;
use crate::fault::{Fault, export, import, score};
use crate::i18n::cli::Cli;
use crate::i18n::{Catalog, exchange as text};
use crate::protocol::reply::Refusal;
use crate::protocol::tables::{Column, Table};

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
        // The screen keeps what was typed; a command has nothing to keep.
        if *why == Refusal::DiskFull {
            let (en, zh) = (
                "The disk is full: nothing was written; make room and run the command again.",
                "磁盘已满：没有写入任何内容；请腾出空间后重新运行。",
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
            export::Fault::Taken(path) => self.fault(&Fault::Taken(path.clone())),
            export::Fault::Source(path) => self.fault(&Fault::Source(path.clone())),
            export::Fault::Output(error) => text::unwritable(self.lang, error),
            export::Fault::Refused(why) => self.refused(why),
        }
    }

    pub(super) fn score(&self, fault: &score::Fault) -> String {
        use score::Fault as Of;
        let t = &Catalog::of(self.lang).score;
        match fault {
            Of::File { file, fault: FigureFault::File(fault) } => {
                text::unreadable(self.lang, file, fault)
            }
            Of::File { file, fault: FigureFault::Cell { line, column, value, why } } => {
                let named = |one: &&Column| one.name == *column;
                let known = Table::named("statements").and_then(|t| t.columns.iter().find(named));
                let title = known.map_or(*column, |one| self.lang.pick(one.name, one.zh));
                t.faulty(file, *line, title, value, &text::expected(self.lang, why))
            }
            Of::File { file, fault: FigureFault::Several { first, lines } } => {
                let first = Of::File { file: file.clone(), fault: first.as_ref().clone() };
                format!("{}{}", self.score(&first), t.more_lines(lines))
            }
            Of::File { file, fault: FigureFault::Twice { line, key } } => t.twice(file, *line, key),
            Of::Percent { file, column } => t.percents(file, column),
            Of::Nobody(id) => t.nobody(&visible(id)),
            Of::TooFew { bad, good, least } => t.too_few(*bad, *good, *least),
            Of::NoOutcome { file, line } => t.no_outcome(file, *line),
        }
    }
}
