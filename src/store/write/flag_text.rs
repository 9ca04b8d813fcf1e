//! What is written about a flag or an event: words that say something, codes that there are.

use super::{Ctx, needed};
use crate::domain::flag::Level;
use crate::protocol::reply::Refusal;
use crate::risk::care::{Measure, Written};
use crate::store::warning;

/// A reason that says something: the pack knows how many characters that takes.
pub(super) fn reason(ctx: &Ctx<'_>, text: &str, field: &'static str) -> Result<String, Refusal> {
    long_enough(text, field, ctx.packs.care.least.reason)
}

/// A proof that says something.
pub(super) fn proof(ctx: &Ctx<'_>, text: &str) -> Result<String, Refusal> {
    long_enough(text, "flag_proof", ctx.packs.care.least.proof)
}

fn long_enough(text: &str, field: &'static str, least: u32) -> Result<String, Refusal> {
    let text = needed(text, field)?;
    let said = text.chars().filter(|c| !c.is_whitespace()).count();
    if said < least as usize {
        return Err(Refusal::Invalid { field, why: "says_little" });
    }
    Ok(text)
}

/// A measure: those of the catalogue are for some levels alone, and what looks like a code is one.
/// Gives its text, and those of the catalogue that it names.
pub(super) fn measure<'a>(
    ctx: &Ctx<'a>,
    text: &str,
    level: Level,
) -> Result<(String, Vec<&'a Measure>), Refusal> {
    let text = needed(text, "measure")?;
    let fits = |known: &&Measure| known.levels.contains(&level);
    let why = match ctx.packs.care.written(&text) {
        Written::Known(known) if known.iter().all(fits) => return Ok((text, known)),
        Written::Known(_) => "other_level",
        Written::Unknown => "no_such_measure",
        Written::Words => return Ok((text, Vec::new())),
    };
    Err(Refusal::Invalid { field: "measure", why })
}

/// A signal that somebody raises: a code of the library, with the level that it has there, or words.
pub(super) fn signal(ctx: &Ctx<'_>, text: &str) -> Result<(String, Option<Level>), Refusal> {
    let text = needed(text, "signal")?;
    let book = warning::book_beside(ctx.tx)?;
    if let Some(known) = book.signals.get(&text) {
        return Ok((text, Some(known.level)));
    }
    if is_code(&text) {
        return Err(Refusal::Invalid { field: "signal", why: "no_such_signal" });
    }
    Ok((text, None))
}

/// `ZZZ-99`: letters, a dash and digits are meant as a code.
fn is_code(text: &str) -> bool {
    text.split_once('-').is_some_and(|(letters, digits)| {
        let of =
            |part: &str, is: fn(&char) -> bool| !part.is_empty() && part.chars().all(|c| is(&c));
        of(letters, char::is_ascii_alphabetic) && of(digits, char::is_ascii_digit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_a_dash_and_digits_are_meant_as_a_code() {
        for code in ["ZZZ-99", "mgt-1", "A-0"] {
            assert!(is_code(code), "{code}");
        }
        for words in ["ZZZ", "ZZZ-", "-9", "工厂停产", "VAT-export", "A-1 停产", "3-4"] {
            assert!(!is_code(words), "{words}");
        }
    }
}
