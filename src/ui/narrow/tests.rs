use super::*;

const OPTIONS: [(&str, &str); 5] = [
    ("nothing", "无变化"),
    ("business", "主营或经营范围"),
    ("address", "经营地址"),
    ("representative", "法定代表人"),
    ("controller", "实际控制人"),
];

fn typed(text: &str) -> (Narrow, usize) {
    let mut narrow = Narrow::default();
    let taken = text.chars().filter(|c| narrow.push(*c, &OPTIONS)).count();
    (narrow, taken)
}

#[test]
fn names_pinyin_initials_and_codes_narrow_a_list() {
    for (text, fitting) in [
        ("", vec![0, 1, 2, 3, 4]),
        ("经营", vec![1, 2]),
        ("jingying", vec![1, 2]),
        ("jydz", vec![2]),
        ("fddb", vec![3]),
        ("FDDB", vec![3]),
        ("shijikong", vec![4]),
        ("addr", vec![2]),
        ("人", vec![3, 4]),
    ] {
        assert_eq!(typed(text).0.fitting(&OPTIONS), fitting, "{text}");
    }
    // What would leave nothing is not taken.
    let (narrow, taken) = typed("经营qq");
    assert_eq!((narrow.text(), taken), ("经营", 2));
}

#[test]
fn moving_stays_among_what_fits() {
    let (mut narrow, _) = typed("人");
    assert_eq!(narrow.nearest(&OPTIONS, 0), 3);
    assert_eq!(narrow.step(&OPTIONS, 3, true), 4);
    assert_eq!(narrow.step(&OPTIONS, 4, true), 4);
    assert_eq!(narrow.step(&OPTIONS, 3, false), 3);
    assert!(narrow.back() && !narrow.back() && !narrow.clear());
    assert_eq!(narrow.step(&OPTIONS, 3, false), 2);
}

#[test]
fn names_are_found_by_a_part_in_any_case_or_by_pinyin() {
    let names = ["资产负债率", "净利润", "EBIT", "net profit"].map(|name| Some(name.to_owned()));
    let names = [names.as_slice(), &[None]].concat();
    for (typed, found) in [
        ("zcfzl", vec![0]),
        ("利润", vec![1]),
        ("ebit", vec![2]),
        ("Net Pro", vec![3]),
        ("jinglirun", vec![1]),
        ("qq", vec![]),
    ] {
        assert_eq!(named(typed, &names), found, "{typed}");
    }
}

#[test]
fn the_next_place_is_found_round_and_round() {
    let found = [2, 5, 9];
    for (here, next) in [
        (None, Some((0, 2))),
        (Some(2), Some((1, 5))),
        (Some(6), Some((2, 9))),
        (Some(9), Some((0, 2))),
    ] {
        assert_eq!(onward(&found, here), next, "{here:?}");
    }
    assert_eq!(onward(&[], Some(1)), None);
}
