//! Makes the score card that is built in, of three public collections of company statements.
//!
//! ```text
//! cargo run --release --example train_score -- DATA assets/score/default.toml
//! ```
//!
//! `DATA` is a folder with `score_inputs/{taiwan,polish5,us}.csv.gz` (ratios) and
//! `…_labels.csv.gz` (`id,bad`). The same rows give the same file to the last byte. The collection
//! of bank borrowers (`kz`) is not read here: the card is only compared on it.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program for the workshop")]

use std::error::Error;
use std::path::Path;

use huifang::assets::score;
use huifang::risk::score::fit::{Settings, fit};

#[path = "train_score/companies.rs"]
mod companies;

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let (Some(data), Some(out)) = (words.next(), words.next()) else {
        return Err("usage: train_score DATA OUT.toml".into());
    };
    let mut samples = Vec::new();
    let mut markets = Vec::new();
    let folder = Path::new(&data).join("score_inputs");
    for (at, (file, market)) in companies::markets().into_iter().enumerate() {
        companies::read(&folder, file, at, &mut samples)?;
        markets.push(market);
    }
    let template = score::load()?;
    let fitted = fit(&template, &template.id, &samples, &markets, Settings::default())
        .map_err(|fault| format!("{fault:?}"))?;
    for judged in &fitted.card.judged {
        println!("{}: AUC {} recall at 10 % {}", judged.name, judged.auc, judged.recall);
    }
    for slice in &fitted.slices {
        println!(
            "predicted {:.4} observed {:.4} bad {}",
            slice.predicted, slice.observed, slice.bad
        );
    }
    std::fs::write(&out, score::write(&fitted.card))?;
    eprintln!("{out}");
    Ok(())
}
