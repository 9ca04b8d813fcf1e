use super::*;

#[test]
fn an_option_is_chosen_by_number_letter_or_pinyin() {
    let options = |names: [&str; 3]| -> Vec<(String, String)> {
        let codes = ["yellow", "orange", "red"];
        codes.iter().zip(names).map(|(c, n)| ((*c).to_owned(), n.to_owned())).collect()
    };
    let zh = options(["黄", "橙", "红"]);
    let en = options(["Yellow", "Orange", "Red"]);
    for (list, now, typed, want) in [
        (&zh, "yellow", '2', Some("orange")),
        (&zh, "yellow", 'c', Some("orange")),
        (&zh, "yellow", 'h', Some("red")),
        (&zh, "orange", 'r', Some("red")),
        (&zh, "yellow", '红', Some("red")),
        (&en, "yellow", 'R', Some("red")),
        (&en, "yellow", '9', None),
        (&en, "yellow", '0', None),
        (&en, "yellow", 'x', None),
    ] {
        // 黄 and 红 both sound with h: from 黄 the next is 红.
        assert_eq!(meant(list, now, typed), want, "{typed}");
    }
}
