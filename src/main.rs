//! huifang: words in, exit status out. The only place where a fault becomes a sentence.

use std::io::{BufWriter, IsTerminal, Write};
use std::process::ExitCode;

use huifang::cli::{self, session::Io};
use huifang::fault::Fault;
use huifang::i18n::Catalog;
use huifang::ui::clean;

fn main() -> ExitCode {
    // Where this can't be had, such a limit ends the process, as it does everywhere else.
    let _ = huifang::runtime::outlive_file_limit();
    let words: Vec<_> = std::env::args_os().skip(1).collect();
    let watched = std::io::stderr().is_terminal();
    let mut out = BufWriter::new(std::io::stdout());
    let mut err = std::io::stderr();
    let mut io = Io { out: &mut out, err: &mut err, watched };
    let (lang, outcome) = cli::run(&words, &mut io);
    let flushed = out.flush().map_err(Fault::from);
    match outcome.and(flushed) {
        // A reader that has seen enough (`| head`) is no fault of anybody.
        Ok(()) | Err(Fault::Output(std::io::ErrorKind::BrokenPipe)) => ExitCode::SUCCESS,
        Err(fault) => {
            // Names of files and words of the line come from outside: nothing in them may steer the
            // terminal. If even this can't be said, the exit status says it.
            let told = clean::text(&Catalog::of(lang).cli.fault(&fault));
            let _ = writeln!(std::io::stderr(), "huifang: {told}");
            ExitCode::from(fault.status())
        }
    }
}
