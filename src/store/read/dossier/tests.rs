use super::to_the_street;

#[test]
fn addresses_end_at_the_street() {
    for (full, shown) in [
        ("福建省厦门市思明区湖滨南路88号3栋1201室", "福建省厦门市思明区湖滨南路"),
        ("北京市东城区南锣鼓巷福祥胡同12号", "北京市东城区南锣鼓巷福祥胡同"),
        ("工业大厦1201室", "工业大厦"),
        ("", ""),
    ] {
        assert_eq!(to_the_street(full), shown);
    }
}
