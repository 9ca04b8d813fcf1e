//! The portfolio as a file: the view on the screen, or the customers behind one of its rows.

use crate::domain::loan::Tier;
use crate::domain::money::{Decimal4, Fen};
use crate::domain::portfolio_by::PortfolioBy;
use crate::i18n::{Catalog, Lang, words};
use crate::outgoing::guard;
use crate::protocol::page::{PortfolioPage, PortfolioPartPage, PortfolioRow};
use crate::report::Fault;
use crate::risk::portfolio::{PortfolioLimits, share};

/// The mark by which spreadsheets know UTF-8.
const MARK: &[u8] = b"\xEF\xBB\xBF"; // tidy: not a text

fn fault(fault: &impl ToString) -> Fault {
    Fault::File(fault.to_string())
}

fn percent(of: Option<Decimal4>) -> String {
    of.map_or_else(String::new, |share| share.to_string())
}

/// What a row is called: the words of a code, else what people call it.
fn name(by: PortfolioBy, row: &PortfolioRow, lang: Lang) -> String {
    let t = &Catalog::of(lang).portfolio;
    let code = match by {
        PortfolioBy::Tier => Tier::from_code(&row.key).map(|tier| words::tier(lang, tier)),
        PortfolioBy::Strategy => t.strategy(&row.key),
        _ => None,
    };
    match code {
        Some(words) => words.to_owned(),
        None if row.key.is_empty() => t.unknown.to_owned(),
        None if row.name.is_empty() => row.key.clone(),
        None => row.name.clone(),
    }
}

/// A view: its rows, then everything together, each row with whether it is over its limit. Amounts are
/// yuan, shares percent.
pub fn csv(page: &PortfolioPage, limits: &PortfolioLimits, lang: Lang) -> Result<Vec<u8>, Fault> {
    let t = &Catalog::of(lang).portfolio;
    let mut writer = csv::Writer::from_writer(MARK.to_vec());
    let head = [
        t.by(page.by),
        t.key,
        t.customers,
        t.exposure_yuan,
        t.share_percent,
        t.mention_percent,
        t.bad_percent,
        t.past_due,
        t.red,
        t.orange,
        t.without_balance,
        t.out_of_sight,
        t.capital_percent,
        t.over_limit,
    ];
    writer.write_record(head).map_err(|why| fault(&why))?;
    let by_capital = matches!(page.by, PortfolioBy::Single | PortfolioBy::Group);
    let rows = page.rows.iter().map(|row| (name(page.by, row, lang), row));
    for (at, (name, row)) in rows.chain([(t.total.to_owned(), &page.total)]).enumerate() {
        let [red, orange] = row.flags;
        // All of it together is held against nothing.
        let held = limits.held(page.by, row.exposure, page.total.exposure);
        let held = held.filter(|_| at < page.rows.len());
        let cells = [
            guard(name),
            guard(row.key.clone()),
            row.customers.to_string(),
            row.exposure.to_string(),
            percent(share(row.exposure, page.total.exposure)),
            percent(share(row.mention, row.exposure)),
            percent(share(row.bad, row.exposure)),
            row.past_due.to_string(),
            red.to_string(),
            orange.to_string(),
            row.unknown.to_string(),
            row.hidden.to_string(),
            percent(held.filter(|_| by_capital).and_then(|held| held.share)),
            held.filter(|held| held.is_over()).map_or("", |_| t.yes).to_owned(),
        ];
        writer.write_record(&cells).map_err(|why| fault(&why))?;
    }
    writer.into_inner().map_err(|why| fault(&why))
}

/// The customers behind a row.
pub fn part_csv(page: &PortfolioPartPage, lang: Lang) -> Result<Vec<u8>, Fault> {
    let t = &Catalog::of(lang).portfolio;
    let mut writer = csv::Writer::from_writer(MARK.to_vec());
    let head = [
        t.customer_id,
        t.customer,
        t.officer,
        t.exposure_yuan,
        t.tier,
        t.days_past_due,
        t.red,
        t.orange,
    ];
    writer.write_record(head).map_err(|why| fault(&why))?;
    for row in &page.rows {
        let [red, orange] = row.flags;
        let cells = [
            guard(row.customer.to_string()),
            guard(row.name.clone()),
            guard(row.officer_name.clone()),
            row.exposure.map(|fen: Fen| fen.to_string()).unwrap_or_default(),
            words::tier(lang, row.tier).to_owned(),
            row.days_past_due.to_string(),
            red.to_string(),
            orange.to_string(),
        ];
        writer.write_record(&cells).map_err(|why| fault(&why))?;
    }
    writer.into_inner().map_err(|why| fault(&why))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::CustomerId;
    use crate::protocol::page::PortfolioCustomer;

    fn text(bytes: Vec<u8>) -> String {
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_view_leaves_with_its_total_and_no_formula() {
        let row = |key: &str, name: &str, fen| PortfolioRow {
            key: key.to_owned(),
            name: name.to_owned(),
            customers: 1,
            exposure: Fen(fen),
            bad: Fen(fen / 4),
            flags: [1, 2],
            ..PortfolioRow::default()
        };
        let page = |by, rows: Vec<PortfolioRow>| PortfolioPage {
            by,
            all: u32::try_from(rows.len()).unwrap(),
            rows,
            total: row("", "", 40_000),
            ten: Fen(0),
            trend: Vec::new(),
        };
        let officers = page(PortfolioBy::Officer, vec![row("zhang", "=1+1", 30_000)]);
        let limits = crate::assets::portfolio::load().unwrap();
        let told = text(csv(&officers, &limits, Lang::Zh).unwrap());
        assert!(told.contains("\n'=1+1,zhang,1,300.00,75,0,25,0,1,2,0,0,,\n"), "{told}");
        assert!(told.ends_with("\n合计,,1,400.00,100,0,25,0,1,2,0,0,,\n"), "{told}");
        let rows = vec![row("exit", "", 10_000), row("", "", 30_000)];
        let told = text(csv(&page(PortfolioBy::Strategy, rows), &limits, Lang::En).unwrap());
        assert!(
            told.contains("\nexit,exit,1,") && told.contains("\nkeep (undecided),,1,"),
            "{told}"
        );
        // By capital, where it is known: whoever is beyond the limit is told, not the largest alone.
        let rich = PortfolioLimits { capital: Some(Fen(100_000)), ..limits };
        let rows = vec![row("C1", "一", 30_000), row("C2", "二", 10_001), row("C3", "三", 10_000)];
        let told = text(csv(&page(PortfolioBy::Single, rows), &rich, Lang::En).unwrap());
        for end in [",30,yes\n", ",10.001,yes\n", ",10,\n"] {
            assert!(told.contains(end), "{end} {told}");
        }
    }

    #[test]
    fn the_customers_behind_a_row_leave_with_what_the_screen_shows() {
        let page = PortfolioPartPage {
            rows: vec![PortfolioCustomer {
                customer: CustomerId::from("C1"),
                name: "江州,机械".to_owned(),
                officer_name: "张伟".to_owned(),
                exposure: None,
                tier: Tier::SpecialMention,
                days_past_due: 12,
                flags: [0, 1],
            }],
            all: 1,
        };
        let told = text(part_csv(&page, Lang::Zh).unwrap());
        assert!(told.ends_with("\nC1,\"江州,机械\",张伟,,关注,12,0,1\n"), "{told}");
    }
}
