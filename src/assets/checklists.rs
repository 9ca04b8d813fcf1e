//! Checklist packs: TOML to form definitions.
//!
//! A pack is one TOML text, shipped as a few files by section family. It is kept whole with the
//! records that are made under it, so that an old record can always be read and judged again.

mod place;
mod raw;
mod read;
mod usual;

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use crate::form::definition::Words;
use crate::form::{Fault, Library};

macro_rules! joined {
    ($($name:literal),+ $(,)?) => {
        concat!($("#: ", $name, "\n", include_str!(concat!("../../assets/checklists/", $name))),+)
    };
}

const SOURCE: &str = joined!(
    "pack.toml",
    "thresholds.toml",
    "head.toml",
    "lookup.toml",
    "followup.toml",
    "use_of_funds.toml",
    "business.toml",
    "industry.toml",
    "partners.toml",
    "finance.toml",
    "security.toml",
    "environment.toml",
    "person.toml",
    "shop.toml",
    "project.toml",
    "bad_loan.toml",
    "repayment.toml",
    "documents.toml",
    "evaluation.toml",
    "closing.toml",
    "checks.toml",
);

/// The built-in pack.
pub fn load() -> Result<Library, Fault> {
    parse(source())
}

/// The built-in pack, read once in the life of the program: reading it compiles every expression.
pub fn shared() -> Result<Arc<Library>, Fault> {
    static PACK: OnceLock<Result<Arc<Library>, Fault>> = OnceLock::new();
    PACK.get_or_init(|| load().map(Arc::new)).clone()
}

/// The pack of a record: its own text where it is not the one built in. The one read last is kept,
/// because records that are looked at one after the other were mostly made under the same.
pub fn for_record(pack_text: Option<&str>) -> Result<Arc<Library>, Fault> {
    static LAST: Mutex<Option<(String, Arc<Library>)>> = Mutex::new(None);
    let Some(text) = pack_text else { return shared() };
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, library)) = last.as_ref().filter(|(of, _)| of == text) {
        return Ok(Arc::clone(library));
    }
    let library = Arc::new(kept(text)?);
    *last = Some((text.to_owned(), Arc::clone(&library)));
    Ok(library)
}

/// Reads a pack that was kept with records. What it proposes has been decided long ago: a signal
/// that the library has dropped since must not make an old record unreadable.
pub fn kept(text: &str) -> Result<Library, Fault> {
    compile(text, |_| true)
}

/// Text of the built-in pack, to be kept with the records that are made under it.
pub fn source() -> &'static str {
    SOURCE
}

/// Reads a pack from the text that [`source`] once gave. Signals and look-ups in titles have the
/// names of the built-in libraries.
pub fn parse(text: &str) -> Result<Library, Fault> {
    let signals = super::signals::shared()?;
    compile(text, |code| signals.get(code).is_some())
}

fn compile(text: &str, is_signal: impl Fn(&str) -> bool) -> Result<Library, Fault> {
    let signals = super::signals::shared()?;
    let named = |code: &str, name: &str| format!("{code} {name}");
    let names = signals.all().map(|signal| {
        let (zh, en) = (named(&signal.code, &signal.zh), named(&signal.code, &signal.en));
        (signal.code.clone(), Words { zh, en })
    });
    let preparation = super::preparation::shared()?;
    let lookups = preparation.lookups.iter().map(|one| (one.code.clone(), one.title.clone()));
    let library = Library::compile(read::pack(text, &is_signal)?)?;
    Ok(library.with_subjects(names.chain(lookups).collect()))
}

#[cfg(test)]
mod tests;
