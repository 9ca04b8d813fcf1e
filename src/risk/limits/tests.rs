use super::*;

fn n(text: &str) -> Decimal4 {
    Decimal4::parse(text).unwrap()
}

fn rule(beyond: Side, limits: [&str; 3], change: Option<Change>) -> RatioRule {
    let [watch, alarm, grave] = limits.map(n);
    let general =
        Limit { watch, alarm, grave: Some(grave), source: "J".to_owned(), verified: false };
    let (zh, en) = (String::new(), String::new());
    RatioRule { zh, en, beyond, general, industries: Vec::new(), change }
}

#[test]
fn a_limit_itself_is_inside_and_the_worse_of_level_and_change_counts() {
    let cover = rule(Side::Below, ["3", "1.5", "1"], None);
    let margin = rule(Side::Below, ["20", "15", "0"], Some(Change::Points(n("5"), n("10"))));
    let days = rule(Side::Above, ["60", "90", "400"], Some(Change::Times(n("1.3"), n("2"))));
    let cases = [
        (&cover, "3", None, None),
        (&cover, "2.9999", None, Some(Level::Yellow)),
        (&cover, "1.4999", None, Some(Level::Orange)),
        (&cover, "1", None, Some(Level::Orange)),
        (&cover, "0.9999", None, Some(Level::Red)),
        (&margin, "30", Some("35"), None),
        (&margin, "29.9", Some("35"), Some(Level::Yellow)),
        (&margin, "29.9", Some("40"), Some(Level::Orange)),
        (&margin, "14", Some("14"), Some(Level::Orange)),
        (&days, "39", Some("30"), None),
        (&days, "40", Some("30"), Some(Level::Yellow)),
        (&days, "61", Some("30"), Some(Level::Orange)),
        (&days, "61", Some("0"), Some(Level::Yellow)),
    ];
    for (rule, value, same, expected) in cases {
        assert_eq!(rule.level(n(value), same.map(n), None), expected, "{value} {same:?}");
    }
}
