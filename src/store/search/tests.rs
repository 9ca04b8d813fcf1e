use std::collections::BTreeMap;

use super::*;
use crate::access::Scope;
use crate::store::read::tests::desk;

fn names(db: &Connection, sight: &Sight, text: &str) -> Vec<String> {
    let found = search(db, sight, text, 20).unwrap();
    found
        .iter()
        .map(|hit| {
            let name: String = db
                .query_row("SELECT name FROM customers WHERE rid = ?1", [hit.rid], |row| row.get(0))
                .unwrap();
            hit.span.map_or(name.clone(), |(from, to)| {
                assert!(name.get(from..to).is_some(), "{text}: {name} {from}..{to}");
                name
            })
        })
        .collect()
}

#[test]
fn names_are_found_as_people_type_them() {
    let mut desk = desk();
    let tx = desk.store.begin().unwrap();
    tx.execute_batch(
        "INSERT INTO customers (customer_id, name, officer) VALUES
         ('N1', '重庆农商行', 'li'), ('N2', '单县单氏食品', 'li'), ('N3', '云南方案公司', 'li'),
         ('N4', 'TCL科技（集团）', 'li'), ('N5', '中鼎北京分公司', 'li');",
    )
    .unwrap();
    reindex_book(&tx).unwrap();
    let all = Sight::within(Scope::All);
    for (text, wanted) in [
        ("bjzd", "北京中鼎建材有限公司"),
        ("beijing", "北京中鼎建材有限公司"),
        ("beijin", "北京中鼎建材有限公司"),
        ("bjzhongding", "北京中鼎建材有限公司"),
        ("北京zd", "北京中鼎建材有限公司"),
        ("中鼎，建材", "北京中鼎建材有限公司"),
        ("BJZD", "北京中鼎建材有限公司"),
        ("bei'jing", "北京中鼎建材有限公司"),
        ("cq", "重庆行远物流有限公司"),
        ("chongqing", "重庆行远物流有限公司"),
        ("cqxyuan", "重庆行远物流有限公司"),
        ("cqnsh", "重庆农商行"),
        ("xmxg", "厦门厦工机械"),
        ("luan", "六安单氏茶叶"),
        ("liuan", "六安单氏茶叶"),
        ("sxss", "单县单氏食品"),
        ("yunnan", "云南方案公司"),
        ("fangan", "云南方案公司"),
        ("tcl", "TCL科技（集团）"),
        ("tclkj", "TCL科技（集团）"),
        ("科技集团", "TCL科技（集团）"),
        ("行", "重庆行远物流有限公司"),
        ("C001", "北京中鼎建材有限公司"),
        ("c001", "北京中鼎建材有限公司"),
        ("5678", "北京中鼎建材有限公司"),
        ("13812345678", "北京中鼎建材有限公司"),
        ("87654321", "北京中鼎建材有限公司"),
        ("ht2026003", "厦门厦工机械"),
    ] {
        let found = names(&tx, &all, text);
        assert!(found.iter().any(|name| name == wanted), "{text}: {found:?}");
    }
    assert_eq!(
        names(&tx, &all, "zd").first().map(String::as_str),
        Some("中鼎北京分公司"),
        "a name that starts so is first"
    );
    for text in ["", "  ", "bjd", "\"", "zzzzq", "北京上海", "999999"] {
        assert!(names(&tx, &all, text).is_empty(), "{text}");
    }
    let li = Sight::within(Scope::Own("zhang".into()));
    assert!(names(&tx, &li, "cqnsh").is_empty(), "not her customer");
}

#[test]
fn a_change_of_name_or_phone_is_found_at_once() {
    let mut desk = desk();
    let tx = desk.store.begin().unwrap();
    tx.execute(
        "UPDATE customers SET name = '泉州石材', phone = '18800001111' WHERE customer_id = 'C001'",
        [],
    )
    .unwrap();
    index_customer(&tx, &"C001".into()).unwrap();
    let all = Sight::within(Scope::All);
    assert_eq!(names(&tx, &all, "qzsc"), ["泉州石材"]);
    assert_eq!(names(&tx, &all, "1111"), ["泉州石材"]);
    assert!(names(&tx, &all, "bjzd").is_empty());
    index_customer(&tx, &"nope".into()).unwrap();
}

/// Every name must be found by its own initials and pinyin: the tokens lose nothing.
#[test]
fn reference_names_are_found_by_initials_and_pinyin() {
    let Ok(text) = std::env::var("HUIFANG_NAMES")
        .map_or(Err(()), |path| std::fs::read_to_string(path).map_err(drop))
    else {
        eprintln!("skipped: HUIFANG_NAMES names no file with columns name,pinyin,initials");
        return;
    };
    let mut lost = BTreeMap::new();
    let mut count = 0;
    for line in text.lines().skip(1).step_by(7) {
        let mut fields = line.split(',');
        let (Some(name), Some(pinyin), Some(initials)) =
            (fields.next(), fields.next(), fields.next())
        else {
            continue;
        };
        let spoken: String = pinyin.split(' ').collect();
        let index = tokens::tokens_of(name, "x", &[]);
        let held: HashSet<&str> = index.split(' ').collect();
        for typed in [initials, spoken.as_str()] {
            count += 1;
            let Some(query) = tokens::name_query(&Folded::of(typed).text, false) else { continue };
            let holds = |word: &str| {
                let word = word.trim_matches(|c| matches!(c, '(' | ')' | ' '));
                match word.strip_suffix(" *") {
                    Some(start) => {
                        held.iter().any(|token| token.starts_with(start.trim_matches('"')))
                    }
                    None => held.contains(word.trim_matches('"')),
                }
            };
            if !query.split(" OR ").any(|way| way.split(" AND ").all(holds)) {
                lost.insert(typed.to_owned(), name.to_owned());
            }
        }
    }
    assert!(
        lost.len() * 50 < count,
        "{} of {count}: {:?}",
        lost.len(),
        lost.iter().take(20).collect::<Vec<_>>()
    );
}
