//! Turns the sample of SBA-guaranteed small-business loans into a folder that `huifang import`
//! takes: `cargo run --example convert_sba -- data/sba/sba_sample_20k.csv.gz out`. Run the import
//! with `--create-users`.
//!
//! One customer a loan (the source names no borrower beyond it). Years of two digits up to 30 are
//! 20xx, others 19xx. A loan without disbursement date starts on its approval. `P I F` is settled
//! at the end of its term, `CHGOFF` written off on its charge-off date; a blank status is active.

use std::collections::HashMap;
use std::error::Error;
use std::fs::File;
use std::path::Path;

use chrono::{Months, NaiveDate};
use flate2::read::GzDecoder;

#[allow(clippy::duplicate_mod, reason = "a test includes both conversions")]
#[path = "convert/table.rs"]
mod table;

#[allow(dead_code, reason = "the test that includes this file calls `convert` itself")]
fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().collect();
    let [_, from, to] = args.as_slice() else {
        return Err("usage: convert_sba <sba_sample_20k.csv.gz> <folder to write>".into());
    };
    convert(Path::new(from), Path::new(to))
}

/// Writes `customers.csv` and `loans.csv`.
pub(crate) fn convert(from: &Path, to: &Path) -> Result<(), Box<dyn Error>> {
    let mut customers = table::begin(
        to,
        "customers",
        &[
            "customer_id",
            "name",
            "line",
            "industry",
            "district",
            "trade_circle",
            "officer",
            "onboarded_on",
        ],
    )?;
    let mut loans = table::begin(
        to,
        "loans",
        &[
            "loan_id",
            "customer_id",
            "product",
            "guarantee_mode",
            "amount",
            "balance",
            "disbursed_on",
            "matures_on",
            "status",
            "settled_on",
            "days_past_due",
            "tier",
        ],
    )?;
    let mut reader = csv::Reader::from_reader(GzDecoder::new(File::open(from)?));
    for record in reader.deserialize() {
        let record: HashMap<String, String> = record?;
        let get = |name: &str| record.get(name).map_or("", |text| text.trim());
        let id = get("LoanNr_ChkDgt");
        let customer = format!("S{id}");
        customers.write_record([
            customer.as_str(),
            get("Name"),
            "small_business",
            &industry(get("NAICS")),
            get("State"),
            get("City"),
            &format!("sba-{}", get("State").to_lowercase()),
            "2014-12-31",
        ])?;
        let start = date(get("DisbursementDate")).or_else(|| date(get("ApprovalDate")));
        let start = start.ok_or("loan without any date")?;
        let months: u32 = get("Term").parse()?;
        let end = start.checked_add_months(Months::new(months)).ok_or("term too long")?;
        let (status, ended, tier) = match get("MIS_Status") {
            "P I F" => ("settled", end.to_string(), "normal"),
            "CHGOFF" => {
                // The charge-off date is missing or before the disbursement in a few rows.
                let ended = date(get("ChgOffDate")).filter(|d| *d >= start).unwrap_or(end);
                ("written_off", ended.to_string(), "loss")
            }
            _ => ("active", String::new(), ""),
        };
        let amount = get("DisbursementGross");
        loans.write_record([
            format!("SL{id}").as_str(),
            &customer,
            match get("RevLineCr") {
                "Y" | "T" => "revolving",
                "N" | "0" => "term",
                _ => "",
            },
            "guarantee",
            amount,
            if status == "active" { amount } else { "0" },
            &start.to_string(),
            &end.to_string(),
            status,
            &ended,
            "0",
            tier,
        ])?;
    }
    customers.flush()?;
    Ok(loans.flush()?)
}

/// NAICS 0 means that the industry is not known.
fn industry(code: &str) -> String {
    if code.chars().all(|c| c == '0') { String::new() } else { format!("NAICS {code}") }
}

/// `2/28/1997`, `28-Feb-97`, `30-Jan-10`.
fn date(text: &str) -> Option<NaiveDate> {
    if let Some((month, rest)) = text.split_once('/') {
        let (day, year) = rest.split_once('/')?;
        return NaiveDate::from_ymd_opt(full_year(year)?, month.parse().ok()?, day.parse().ok()?);
    }
    let mut parts = text.split('-');
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let names =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = u32::try_from(names.iter().position(|n| *n == month)?).ok()? + 1;
    NaiveDate::from_ymd_opt(full_year(year)?, month, day.parse().ok()?)
}

fn full_year(text: &str) -> Option<i32> {
    let year: i32 = text.parse().ok()?;
    Some(match (text.len(), year) {
        (2, 0..=30) => 2000 + year,
        (2, _) => 1900 + year,
        _ => year,
    })
}
