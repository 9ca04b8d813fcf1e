//! The companies of which the score card is made: ratios with what became of each.

use std::collections::HashMap;
use std::error::Error;
use std::fs::File;
use std::path::Path;

use flate2::read::GzDecoder;
use huifang::risk::score::fit::{Market, Sample};
use huifang::risk::score::{Given, Taken, told};

/// File, name, citation with licence, weight beside the others, weight of good beside bad companies.
const MARKETS: [(&str, &str, &str, f64, f64); 3] = [
    (
        "taiwan",
        "Taiwan, listed companies 1999-2009",
        "Taiwanese Bankruptcy Prediction, UCI data set 572, Liang, Lu, Tsai and Shih (2016), CC BY 4.0",
        1.0,
        0.1,
    ),
    (
        "polish5",
        "Poland, one year ahead",
        "Polish Companies Bankruptcy, UCI data set 365, Tomczak (2016); Zieba, Tomczak and Tomczak (2016), CC BY 4.0",
        1.0,
        0.1,
    ),
    (
        "us",
        "United States, listed companies 1999-2018, next year",
        "bankruptcy_dataset, Lombardo, Pellegrino et al., Future Internet (2022), CC BY 4.0",
        2.0,
        0.1,
    ),
];

/// The markets with the name of their file.
pub(crate) fn markets() -> Vec<(&'static str, Market)> {
    MARKETS
        .into_iter()
        .map(|(file, name, citation, weight, goods)| {
            (file, Market { name: name.into(), citation: citation.into(), weight, goods })
        })
        .collect()
}

/// Reads a file of ratios and the file of outcomes beside it; returns the ids of the rows.
pub(crate) fn read(
    folder: &Path,
    file: &str,
    market: usize,
    samples: &mut Vec<Sample>,
) -> Result<Vec<String>, Box<dyn Error>> {
    let open = |name: String| File::open(folder.join(name)).map(GzDecoder::new);
    let mut labels = HashMap::new();
    for row in csv::Reader::from_reader(open(format!("{file}_labels.csv.gz"))?).records() {
        let row = row?;
        if let (Some(id), Some(bad)) = (row.get(0), row.get(1)) {
            labels.insert(id.to_owned(), bad == "1");
        }
    }
    let mut reader = csv::Reader::from_reader(open(format!("{file}.csv.gz"))?);
    let columns: Vec<Option<Given>> = reader.headers()?.iter().map(Given::from_code).collect();
    let mut ids = Vec::new();
    let first = samples.len();
    for row in reader.records() {
        let row = row?;
        let id = row.get(0).unwrap_or_default();
        let Some(bad) = labels.get(id) else { continue };
        let mut taken = Taken::default();
        for (cell, column) in row.iter().zip(&columns) {
            if let (Some(given), Ok(value)) = (column, cell.parse::<f64>()) {
                taken.set(*given, Ok(value));
            }
        }
        // Several years of one company are told apart behind a colon.
        let company = id.split(':').next().unwrap_or(id).to_owned();
        samples.push(Sample { market, company, taken, bad: *bad });
        ids.push(id.to_owned());
    }
    let growth = told::growth(samples.iter().skip(first).map(|sample| &sample.taken));
    for sample in samples.iter_mut().skip(first) {
        told::as_change(&mut sample.taken, growth);
    }
    Ok(ids)
}
