//! Turns the tables of the Berka bank (1993-1998, PKDD'99) into a folder that `huifang import`
//! takes: `cargo run --example convert_berka -- data/berka out`. Run the import with
//! `--create-users`.
//!
//! Customers are the owners of accounts with a loan; amounts in crowns stand as yuan. A finished
//! loan (status A, B) is settled on its last instalment date, a running one is active; status D
//! counts as 30 days past due and special mention. Dates are `YYMMDD` of the 20th century; 50 is
//! added to the birth month of women.

use std::collections::{HashMap, HashSet};
use std::error::Error;
use std::path::Path;

use chrono::{Months, NaiveDate};

#[allow(clippy::duplicate_mod, reason = "a test includes both conversions")]
#[path = "convert/table.rs"]
mod table;

type Records = Vec<HashMap<String, String>>;

#[allow(dead_code, reason = "the test that includes this file calls `convert` itself")]
fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().collect();
    let [_, from, to] = args.as_slice() else {
        return Err("usage: convert_berka <folder of .asc files> <folder to write>".into());
    };
    convert(Path::new(from), Path::new(to))
}

/// Writes `customers.csv`, `loans.csv`, `repayments.csv` and `account_flows.csv`.
pub(crate) fn convert(from: &Path, to: &Path) -> Result<(), Box<dyn Error>> {
    let clients = by(read(&from.join("client.asc"), b';')?, "client_id");
    let districts = by(read(&from.join("district.asc"), b';')?, "A1");
    let owners: HashMap<String, String> = read(&from.join("disp.asc"), b';')?
        .into_iter()
        .filter(|d| get(d, "type") == "OWNER")
        .map(|d| (get(&d, "account_id").to_owned(), get(&d, "client_id").to_owned()))
        .collect();
    let loans = read(&from.join("loan.asc"), b';')?;

    let mut customers = table::begin(
        to,
        "customers",
        &["customer_id", "name", "line", "id_type", "id_no", "district", "officer", "onboarded_on"],
    )?;
    let mut written = HashSet::new();
    let mut borrowers = HashMap::new();
    for loan in &loans {
        let account = get(loan, "account_id");
        let owner = owners.get(account).ok_or("account without owner")?;
        borrowers.insert(account.to_owned(), format!("B{owner:0>6}"));
        if !written.insert(owner.clone()) {
            continue;
        }
        let client = clients.get(owner).ok_or("owner is no client")?;
        let district = districts.get(get(client, "district_id")).map_or("", |d| get(d, "A2"));
        let sex = if is_woman(get(client, "birth_number")) { "女" } else { "男" };
        customers.write_record([
            format!("B{owner:0>6}").as_str(),
            &format!("Klient {owner} ({sex})"),
            "personal_business",
            "rodné číslo",
            get(client, "birth_number"),
            district,
            &format!("berka{:02}", get(client, "district_id").parse::<u32>()? % 12),
            "1998-12-31",
        ])?;
    }
    customers.flush()?;
    write_loans(&loans, &borrowers, to)?;
    write_flows(&from.join("monthly_before_loan_1997_98.csv"), &borrowers, to)
}

fn write_loans(
    loans: &Records,
    borrowers: &HashMap<String, String>,
    to: &Path,
) -> Result<(), Box<dyn Error>> {
    let mut out = table::begin(
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
            "repayment",
        ],
    )?;
    let mut plan = table::begin(to, "repayments", &["loan_id", "due_on", "principal"])?;
    let last_day = NaiveDate::from_ymd_opt(1998, 12, 31).ok_or("no such day")?;
    for loan in loans {
        let id = format!("BL{}", get(loan, "loan_id"));
        let start = date(get(loan, "date")).ok_or("loan without date")?;
        let months: u32 = get(loan, "duration").parse()?;
        let end = start.checked_add_months(Months::new(months)).ok_or("term too long")?;
        let payment = cents(get(loan, "payments"))?;
        let status = get(loan, "status");
        let running = matches!(status, "C" | "D");
        let mut paid = 0;
        for n in 1..=months {
            let due = start.checked_add_months(Months::new(n)).ok_or("term too long")?;
            paid += i64::from(due <= last_day);
            plan.write_record([id.as_str(), &due.to_string(), &yuan(payment)])?;
        }
        let amount = cents(get(loan, "amount"))?;
        let balance = if running { (amount - paid * payment).max(0) } else { 0 };
        out.write_record([
            id.as_str(),
            borrowers.get(get(loan, "account_id")).ok_or("loan without borrower")?,
            "spotřebitelský úvěr",
            "credit",
            &yuan(amount),
            &yuan(balance),
            &start.to_string(),
            &end.to_string(),
            if running { "active" } else { "settled" },
            &if running { String::new() } else { end.to_string() },
            if status == "D" { "30" } else { "0" },
            match status {
                "D" => "special_mention",
                "B" => "substandard",
                _ => "normal",
            },
            "等额",
        ])?;
    }
    out.flush()?;
    Ok(plan.flush()?)
}

fn write_flows(
    from: &Path,
    borrowers: &HashMap<String, String>,
    to: &Path,
) -> Result<(), Box<dyn Error>> {
    let mut out = table::begin(
        to,
        "account_flows",
        &[
            "customer_id",
            "month",
            "inflow",
            "outflow",
            "end_balance",
            "min_balance",
            "transactions",
        ],
    )?;
    for flow in read(from, b',')? {
        let Some(customer) = borrowers.get(get(&flow, "account_id")) else { continue };
        out.write_record([
            customer.as_str(),
            get(&flow, "month"),
            &yuan(cents(get(&flow, "inflow"))?),
            &yuan(cents(get(&flow, "outflow"))?),
            &yuan(cents(get(&flow, "end_balance"))?),
            &yuan(cents(get(&flow, "min_balance"))?),
            get(&flow, "n"),
        ])?;
    }
    Ok(out.flush()?)
}

fn read(path: &Path, delimiter: u8) -> Result<Records, Box<dyn Error>> {
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_path(path)?;
    Ok(reader.deserialize().collect::<Result<_, _>>()?)
}

fn by(records: Records, key: &str) -> HashMap<String, HashMap<String, String>> {
    records.into_iter().map(|r| (get(&r, key).to_owned(), r)).collect()
}

fn get<'r>(record: &'r HashMap<String, String>, name: &str) -> &'r str {
    record.get(name).map_or("", |text| text.trim())
}

/// `YYMMDD` of the 20th century.
fn date(text: &str) -> Option<NaiveDate> {
    let n: u32 = text.parse().ok()?;
    NaiveDate::from_ymd_opt(1900 + i32::try_from(n / 10_000).ok()?, n / 100 % 100, n % 100)
}

fn is_woman(birth_number: &str) -> bool {
    birth_number.parse::<u32>().is_ok_and(|n| n / 100 % 100 > 50)
}

/// An amount such as `111036.5` in hundredths; the sums of the source are floating point and carry
/// further digits, which mean nothing.
fn cents(text: &str) -> Result<i64, Box<dyn Error>> {
    let (negative, text) = text.strip_prefix('-').map_or((false, text), |rest| (true, rest));
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let fraction: String = fraction.chars().chain("000".chars()).take(3).collect();
    let cents = whole.parse::<i64>()? * 100 + (fraction.parse::<i64>()? + 5) / 10;
    Ok(if negative { -cents } else { cents })
}

fn yuan(cents: i64) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", cents.abs() / 100, cents.abs() % 100)
}
