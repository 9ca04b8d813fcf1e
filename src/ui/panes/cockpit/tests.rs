//! What leads from a figure to its customers.

use super::quoted;
use crate::domain::sample::day;
use crate::ui::panes::customers::filter::parse;

#[test]
fn every_district_and_officer_survives_the_filter() {
    for key in ["东区", "", "east side", "a:b", "甲　乙"] {
        let filter = parse(&format!("district:{} figure:gaps", quoted(key)), day("2026-11-23"));
        assert_eq!(filter.unwrap().district.as_deref(), Some(key));
    }
}
