use serde::Deserialize;

use super::*;
use crate::form::rule::Vocabulary;
use crate::warning::facts;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "only its reading is tried")]
struct Shape {
    name: String,
    days: u32,
    on: Option<bool>,
    kind: Option<Kind>,
    list: Option<Vec<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    Yellow,
    Red,
}

/// No letter of the reader's own sentences may be left; names and signs of the file may.
fn is_told(said: &str) -> bool {
    ["expected", "invalid", "unexpected", "missing", "input", "（"]
        .iter()
        .all(|w| !said.contains(w))
}

#[test]
fn common_faults_of_a_file_are_told_in_chinese() {
    let cases = [
        ("nam = 'a'", "没有“nam”这一项，可用：name、days、on、kind、list"),
        ("name = 'a'", "缺少“days”"),
        ("name = 3\ndays = 1", "类型不符：应为文字，实为整数 3"),
        ("name = 'a'\ndays = 'x'", "类型不符：应为非负整数，实为文字 \"x\""),
        ("name = 'a'\ndays = -1", "数值不符：应为非负整数，实为整数 -1"),
        ("name = 'a'\ndays = 1\non = 'yes'", "类型不符：应为 true 或 false，实为文字 \"yes\""),
        ("name = 'a'\ndays = 1\nlist = 'x'", "类型不符：应为列表，实为文字 \"x\""),
        ("name = 'a'\ndays = 1\nkind = 'blue'", "不能写“blue”，可用：yellow、red"),
        ("name = 'a'\nname = 'b'", "同一项写了两次"),
        ("name = \"a\ndays = 1", "文字的引号不成对"),
        ("name = 'a\ndays = 1", "文字的引号不成对"),
        ("name = a", "没有加引号"),
        ("name 'a'", ""),
        ("name =", ""),
        ("name", ""),
        ("list = ['a'", "方括号没有闭合"),
        ("list = ['a' 'b']", "逗号"),
        ("[name", "方括号没有闭合"),
        ("days = 01", "多余的 0"),
        ("days = 99999999999999999999", ""),
        ("名 = 1", ""),
        ("days = 1 2", ""),
    ];
    for (text, wanted) in cases {
        let words = toml::from_str::<Shape>(text).unwrap_err().message().to_owned();
        let said = shape(Lang::Zh, &words);
        assert!(is_told(&said) && said.contains(wanted), "{text}: {words} -> {said}");
        assert_eq!(shape(Lang::En, &words), words);
    }
}

#[test]
fn common_faults_of_an_expression_are_told_in_chinese() {
    let vocabulary = Vocabulary::new(facts::all(), std::collections::BTreeMap::new());
    let cases = [
        ("days_past_due >", "没有写完"),
        ("(days_past_due > 1", ""),
        ("days_past_due > 1)", ""),
        ("days_past_due > 'x", "引号不成对"),
        ("days_past_due > \"x", "引号不成对"),
        ("days_past_due @ 3", "不能用的字符“@”"),
        ("days_past_due && && 3", ""),
        ("days_past_due == = 3", ""),
        ("days_past_due 3", ""),
        ("days_past_due in [1, 2", ""),
        ("days_past_due ? 1", "没有写完"),
        ("", ""),
    ];
    for (text, wanted) in cases {
        let Err(crate::form::FaultKind::Syntax(words)) = vocabulary.rule(text) else {
            panic!("{text} was read");
        };
        let said = expression(Lang::Zh, &words);
        assert!(is_told(&said) && said.contains(wanted), "{text}: {words} -> {said}");
    }
}

#[test]
fn what_nobody_foresaw_keeps_its_own_words_in_brackets() {
    assert_eq!(shape(Lang::Zh, "the sky fell"), "内容不符合要求（the sky fell）");
    assert_eq!(expression(Lang::Zh, "the sky fell"), "写法有误（the sky fell）");
}
