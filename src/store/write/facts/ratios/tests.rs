//! Which limits a customer has, by her trade.

use super::super::gather;
use super::*;
use crate::assets::packs;
use crate::domain::facts::Facts;
use crate::domain::ids::VisitId;
use crate::domain::money::Decimal4;
use crate::domain::visit::VisitClass;
use crate::store::tests::{Branch, day};

fn facts(line: &str, industry: &str) -> Facts {
    let branch = Branch::new();
    let sql = "UPDATE customers SET line = ?1, industry = ?2 WHERE customer_id = 'C1'";
    branch.store.conn().execute(sql, [line, industry]).unwrap();
    let (customer, visit) = (CustomerId::from("C1"), VisitId::from(""));
    let on = day(0).date_naive();
    gather(branch.store.conn(), &packs(), &customer, &visit, VisitClass::Onsite, on, &[]).unwrap()
}

#[test]
fn a_limit_is_that_of_the_trade_and_missing_where_none_is_meant() {
    // Line, industry, debt ratio: alarm and grave; current ratio and debt service cover.
    let cases = [
        ("corporate", "通用设备制造业", ["70", "100", "1", "1"]),
        ("corporate", "建筑业", ["80", "100", "1", "1"]),
        ("corporate", "批发和零售业", ["80", "100", "1", "1"]),
        ("corporate", "小额贷款公司", ["", "", "", ""]),
        ("project", "公路", ["", "", "", "1"]),
    ];
    for (line, industry, expected) in cases {
        let facts = facts(line, industry);
        let names = [
            "alarm.debt_ratio",
            "grave.debt_ratio",
            "alarm.current_ratio",
            "grave.debt_service_cover",
        ];
        let found = names.map(|name| match facts.get(name) {
            Some(Value::Number(limit)) => limit.to_string(),
            other => other.map(Value::encode).unwrap_or_default(),
        });
        assert_eq!(found, expected, "{line} {industry}");
        let judged = Value::Bool(!expected[0].is_empty());
        assert_eq!(facts.get(facts::RATIOS_APPLY), Some(&judged), "{line} {industry}");
    }
}

#[test]
fn every_limit_that_a_checklist_names_is_known() {
    let known = facts("corporate", "通用设备制造业");
    let source = crate::assets::checklists::source();
    let mut named = 0;
    for limit in LIMITS {
        let (before, letter) = (format!("{limit}."), |c: char| c.is_ascii_lowercase() || c == '_');
        for part in source
            .lines()
            .filter(|line| !line.starts_with('#'))
            .flat_map(|l| l.split(&before).skip(1))
        {
            let name: String = part.chars().take_while(|c| letter(*c)).collect();
            // The end of a sentence names none.
            if name.is_empty() {
                continue;
            }
            assert!(
                matches!(known.get(&format!("{before}{name}")), Some(Value::Number(Decimal4(1..)))),
                "{before}{name}"
            );
            named += 1;
        }
    }
    assert!(named > 10, "{named}");
}
