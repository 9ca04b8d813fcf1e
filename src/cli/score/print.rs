//! Scores as lists, files, and one sum line by line.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::Company;
use crate::assets::tiers;
use crate::cli::args::Format;
use crate::cli::session::Io;
use crate::cli::table::{Sheet, document};
use crate::exchange::fold::visible;
use crate::i18n::score::Score;
use crate::i18n::{Catalog, Lang, score as words};
use crate::risk::score::{Card, Part, Rule, Scored, Unknown};

/// `id,score,probability,grade` and a column per contribution: for other programs. Of customers of
/// the book name and officer follow.
pub(super) fn csv(
    card: &Card,
    companies: &[Company],
    of_book: bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut columns = vec![("id", ""), ("score", ""), ("probability", ""), ("grade", "")];
    columns.extend(card.rules.iter().map(|rule| (rule.input.as_code(), "")));
    let scores = columns.len();
    if of_book {
        columns.extend([("customer", ""), ("officer", "")]);
    }
    let mut sheet = Sheet::new(&columns);
    for company in companies {
        let scored = card.score(&company.taken);
        let mut row = vec![json!(company.id)];
        // What is not known at all has no score, and is never taken for safe.
        if company.taken.is_empty() {
            row.resize(scores, Value::Null);
        } else {
            row.push(json!(scored.score));
            row.push(json!(scored.probability));
            row.push(json!(scored.grade.to_string()));
            row.extend(scored.parts.iter().map(|part| json!(part.points)));
        }
        if of_book {
            row.extend(who(company, true));
        }
        sheet.push(row);
    }
    sheet.csv(out)
}

/// The riskiest first.
pub(super) fn list(
    card: &Card,
    companies: &[Company],
    of_book: bool,
    (format, lang): (Format, Lang),
    io: &mut Io<'_>,
) -> io::Result<()> {
    let t = &Catalog::of(lang).score;
    let mut scored: Vec<(&Company, Scored)> = companies
        .iter()
        .filter(|company| !company.taken.is_empty())
        .map(|company| (company, card.score(&company.taken)))
        .collect();
    scored.sort_by(|a, b| b.1.score.cmp(&a.1.score).then_with(|| a.0.id.cmp(&b.0.id)));
    let machine = format != Format::Table;
    let words = &Catalog::of(lang).cli;
    let mut columns = vec![("id", t.id)];
    if of_book {
        columns.extend([("customer", words.customer), ("officer", words.officer)]);
    }
    columns.extend([
        ("score", t.score),
        ("probability", t.probability),
        ("grade", t.grade),
        ("known", t.known),
    ]);
    let mut sheet = Sheet::new(&columns);
    for (company, scored) in scored {
        let probability = if machine {
            json!(scored.probability)
        } else {
            json!(words::percent(scored.probability))
        };
        let mut row = vec![json!(company.id)];
        if of_book {
            row.extend(who(company, machine));
        }
        row.extend([
            json!(scored.score),
            probability,
            json!(scored.grade.to_string()),
            json!(scored.known),
        ]);
        sheet.push(row);
    }
    if machine { sheet.json(io.out) } else { sheet.text(io.out) }
}

/// Name and officer of a customer of the book.
pub(super) fn who(company: &Company, machine: bool) -> [Value; 2] {
    let Some(who) = &company.who else { return [Value::Null, Value::Null] };
    [json!(who.name), json!(if machine { who.officer.as_str() } else { &who.officer_name })]
}

/// One sum, line by line, so that it can be done again with a pencil.
pub(super) fn explain(
    card: &Card,
    company: &Company,
    format: Format,
    lang: Lang,
    io: &mut Io<'_>,
) -> io::Result<()> {
    let t = &Catalog::of(lang).score;
    if company.taken.is_empty() && format == Format::Table {
        writeln!(io.out, "{}", t.nothing_known)?;
        return told_of(card, company, t, io);
    }
    let scored = card.score(&company.taken);
    if format == Format::Json {
        return document(&value(card, company, &scored, lang), io.out);
    }
    let mut sheet = Sheet::new(&[
        ("input", t.input),
        ("value", t.value),
        ("bin", t.bin),
        ("points", t.points),
        ("most", t.most),
        ("how", t.how),
    ]);
    for (part, rule) in scored.parts.iter().zip(&card.rules) {
        sheet.push(line(part, rule, t));
    }
    let empty = json!("");
    let sum = if company.taken.is_empty() { empty.clone() } else { json!(scored.score) };
    let before = [json!(t.sum), empty.clone(), empty.clone(), sum];
    sheet.push(before.into_iter().chain([empty.clone(), empty]).collect());
    if format == Format::Csv {
        return sheet.csv(io.out);
    }
    writeln!(
        io.out,
        "{}{}  {} {}  {} {}  {} {}\n",
        visible(&company.id),
        name(company),
        t.score,
        scored.score,
        t.probability,
        words::percent(scored.probability),
        t.grade,
        scored.grade
    )?;
    sheet.text(io.out)?;
    let band = card.band(scored.score);
    let percent = words::percent(band.probability);
    writeln!(io.out, "\n{}", t.meaning(scored.score, band.from, &percent, band.grade))?;
    writeln!(io.out, "{} · {} {}", t.doubles(card.double_odds), t.card, card.id)?;
    told_of(card, company, t, io)?;
    for told in words::caveats(t, &company.taken, &scored, tiers::shared().substandard) {
        writeln!(io.out, "{told}")?;
    }
    writeln!(io.out, "{}", t.aid)
}

/// Of which day the statement is that it rests on, or that the statement is too old.
fn told_of(card: &Card, company: &Company, t: &Score, io: &mut Io<'_>) -> io::Result<()> {
    let Some(end) = company.statement_on else { return Ok(()) };
    let parts = card.score(&company.taken).parts;
    let old = parts.iter().find_map(|part| match part.value {
        Err(why @ Unknown::TooOld(_)) => Some(words::unknown_whole(t, why)),
        _ => None,
    });
    let days = words::days(company.taken.days(), end);
    let said = old.unwrap_or_else(|| format!("{} {days}", t.statement));
    writeln!(io.out, "{said}")
}

/// Who she is, behind her number.
fn name(company: &Company) -> String {
    let name = |who: &crate::store::ScoredCustomer| {
        format!("  {}  {}", visible(&who.name), visible(&who.officer_name))
    };
    company.who.as_ref().map(name).unwrap_or_default()
}

fn line(part: &Part, rule: &Rule, t: &Score) -> Vec<Value> {
    let name = t.lang.pick(&rule.en, &rule.zh);
    let how = t.lang.pick(&rule.how_en, &rule.how_zh);
    let (value, bin) = match part.value {
        Ok(value) => (words::value(t, part.input, value), words::bin(t, rule, value)),
        Err(why) => {
            (words::unknown_whole(t, why), words::bin_without(t, part.input, why).to_owned())
        }
    };
    let how = if rule.verified { how.to_owned() } else { format!("{how} · {}", t.unverified) };
    vec![json!(name), json!(value), json!(bin), json!(part.points), json!(part.at_most), json!(how)]
}

fn value(card: &Card, company: &Company, scored: &Scored, lang: Lang) -> Value {
    let t = &Catalog::of(lang).score;
    let parts: Vec<Value> = scored
        .parts
        .iter()
        .zip(&card.rules)
        .map(|(part, rule)| {
            json!({
                "input": part.input.as_code(),
                "value": part.value.ok(),
                "unknown": part.value.err().map(|why| words::unknown_whole(t, why)),
                "points": part.points,
                "at_most": part.at_most,
                "verified": rule.verified,
            })
        })
        .collect();
    // What is not known at all has no score, and is never taken for safe.
    let known = !company.taken.is_empty();
    json!({
        "id": company.id,
        "card": card.id,
        "statement_on": company.statement_on.map(|end| end.to_string()),
        "score": known.then_some(scored.score),
        "probability": known.then_some(scored.probability),
        "grade": known.then(|| scored.grade.to_string()),
        "parts": parts,
        "note": t.aid,
    })
}

#[cfg(test)]
mod tests;
