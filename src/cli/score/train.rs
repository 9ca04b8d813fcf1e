//! A card from a bank's own outcomes, tested on companies not used, beside the card in force.

use std::path::PathBuf;

use serde_json::{Value, json};

use super::{Fault, read};
use crate::assets::score::write;
use crate::cli::args::{Format, Growth};
use crate::cli::leave::Place;
use crate::cli::session::{Desk, Io};
use crate::cli::table::{Sheet, document};
use crate::fault::Fault as Cli;
use crate::i18n::{Catalog, score as words};
use crate::risk::score::fit::{FitFault, Fitted, Market, Sample, Settings, fit};

/// Trains and tells; the card is written where somebody says so, and put in force by nobody.
pub(super) fn run(
    files: &[PathBuf],
    out: Option<Place<'_>>,
    id: &str,
    growth: Growth,
    desk: &Desk,
    io: &mut Io<'_>,
) -> Result<(), Cli> {
    let format = desk.format(&[Format::Table, Format::Json])?;
    if let Some(place) = out {
        place.beside(files)?;
    }
    let template = super::built_in()?;
    let mut samples = Vec::new();
    let mut markets = Vec::new();
    for (market, path) in files.iter().enumerate() {
        let read = read::ratios(path, growth)?;
        super::note(path, &read, growth, desk, io)?;
        for (row, taken) in read.rows.iter().zip(read.taken) {
            let outcome = row.numbers.iter().find(|(column, _)| *column == "bad");
            let outcome = outcome.and_then(|(_, number)| match number.to_bits() {
                bits if bits == 1.0_f64.to_bits() => Some(true),
                bits if bits == 0.0_f64.to_bits() => Some(false),
                _ => None,
            });
            let Some(bad) = outcome else {
                let file = path.display().to_string();
                return Err(Fault::NoOutcome { file, line: row.line }.into());
            };
            let company = row.id.split(':').next().unwrap_or_default().to_owned();
            samples.push(Sample { market, company, taken, bad });
        }
        let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let name = name.unwrap_or_default();
        markets.push(Market { name, citation: String::new(), weight: 1.0, goods: 1.0 });
    }
    let fitted =
        fit(&template, id, &samples, &markets, Settings::default()).map_err(|why| match why {
            FitFault::TooFew { bad, good, least } => Cli::from(Fault::TooFew { bad, good, least }),
            FitFault::NoInput => Cli::Pack(template.id.clone()),
        })?;
    tell(&fitted, &template.id, format, desk, io)?;
    if let Some(Place { path, .. }) = out {
        std::fs::write(path, write(&fitted.card)).map_err(Cli::file(path))?;
        if !desk.global.quiet {
            let made = Catalog::of(desk.lang).cli.made(&path.display().to_string());
            writeln!(io.err, "{made}")?;
        }
    }
    Ok(())
}

fn tell(
    fitted: &Fitted,
    shipped: &str,
    format: Format,
    desk: &Desk,
    io: &mut Io<'_>,
) -> Result<(), Cli> {
    let t = &Catalog::of(desk.lang).score;
    let machine = format == Format::Json;
    let told = |share: f64| if machine { json!(share) } else { json!(words::percent(share)) };
    let mut order = Sheet::new(&[
        ("set", t.market),
        ("rows", t.rows),
        ("bad", t.bad),
        ("card", t.card),
        ("auc", t.auc),
        ("recall", t.recall),
    ]);
    let others = fitted.beside.iter().map(|beside| (shipped, &beside.judged));
    let own = fitted.card.judged.iter().map(|judged| (fitted.card.id.as_str(), judged));
    for (id, one) in own.chain(others) {
        let source = fitted.card.sources.iter().find(|source| source.name == one.name);
        order.push(vec![
            json!(one.name),
            json!(source.map(|source| source.rows)),
            json!(source.map(|source| source.bad)),
            json!(id),
            json!(one.auc),
            told(one.recall),
        ]);
    }
    let mut leads = Sheet::new(&[
        ("set", t.market),
        ("by", t.lead),
        ("from", t.lead_from),
        ("to", t.lead_to),
        ("clear", t.lead_clear),
    ]);
    let figure = |by: f64| if machine { json!(by) } else { json!(format!("{by:+.3}")) };
    for beside in &fitted.beside {
        let Some(lead) = beside.lead else { continue };
        let clear = lead.is_clear();
        let clear = if machine { json!(clear) } else { json!(if clear { t.yes } else { t.no }) };
        let name = json!(beside.judged.name);
        leads.push(vec![name, figure(lead.by), figure(lead.from), figure(lead.to), clear]);
    }
    let mut tenths = Sheet::new(&[
        ("tenth", t.tenth),
        ("predicted", t.predicted),
        ("observed", t.observed),
        ("bad", t.bad),
    ]);
    for (at, slice) in fitted.slices.iter().enumerate() {
        let row = [told(slice.predicted), told(slice.observed), json!(slice.bad)];
        tenths.push(std::iter::once(json!(at + 1)).chain(row).collect::<Vec<Value>>());
    }
    if machine {
        let [order, lead, tenths] = [&order, &leads, &tenths].map(Sheet::value);
        return Ok(document(&json!({ "order": order, "lead": lead, "tenths": tenths }), io.out)?);
    }
    order.text(io.out)?;
    writeln!(io.out)?;
    leads.text(io.out)?;
    writeln!(io.out)?;
    Ok(tenths.text(io.out)?)
}
