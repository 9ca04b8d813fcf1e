//! What is wrong with a policy file, in words: which line, which key, what stands there, what to do.

use crate::assets::policy::PolicyFault;
use crate::i18n::{Catalog, Lang, parser};

/// A fault of a file with this text.
pub(super) fn told(lang: Lang, text: &str, fault: &PolicyFault) -> String {
    match fault {
        PolicyFault::Syntax { file, message } => parser::report(lang, file, message),
        PolicyFault::Value { file, key, value, problem } => {
            let at = line_of(text, key);
            Catalog::of(lang).policy.wrong(file, at, key, value, problem.as_code())
        }
    }
}

/// The line on which a key stands: `node.day90.due`, `row.large.from`, `grace`. What is not written
/// (a `below` that is missing) is looked for at the head of its part.
fn line_of(text: &str, key: &str) -> Option<usize> {
    let (part, field) = key.rsplit_once('.').unwrap_or(("", key));
    let mut head = String::new();
    let mut headed = None;
    for (at, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        if let Some(name) = line.strip_prefix('[') {
            name.trim_matches(['[', ']']).clone_into(&mut head);
        }
        let (name, value) = line.split_once('=').unwrap_or((line, ""));
        let (name, value) = (name.trim(), value.trim());
        // A row has its name inside.
        if name == "id" && head == "row" {
            head = format!("row.{}", value.trim_matches('"'));
        }
        if head == part {
            headed = headed.or(Some(at));
            if name == field {
                return Some(at);
            }
        }
    }
    headed.filter(|_| !part.is_empty())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::assets::policy::{Problem, default_text, parse};

    #[test]
    fn the_line_is_the_one_that_an_editor_shows() {
        let text = default_text();
        let at = |key: &str| line_of(text, key).and_then(|n| text.lines().nth(n - 1));
        assert_eq!(at("version"), Some("version = 1"));
        assert_eq!(at("node.day90.due"), Some("due = \"90 days after disbursed_on\""));
        assert_eq!(at("row.medium.from"), Some("from = \"10000000 yuan\""));
        // The largest row has no upper end.
        assert_eq!(at("row.large.below"), Some("id = \"large\""));
        assert_eq!((at("nowhere.at_all"), at("nothing")), (None, None));
    }

    #[test]
    fn every_problem_has_words_in_both_languages() {
        for lang in [Lang::Zh, Lang::En] {
            let mut sentences = BTreeMap::new();
            for problem in Problem::ALL {
                let fault = PolicyFault::Value {
                    file: "p.toml".to_owned(),
                    key: "row.small.below".to_owned(),
                    value: "corporate".to_owned(),
                    problem: *problem,
                };
                let said = told(lang, default_text(), &fault);
                assert!(!said.contains(problem.as_code()) || said.contains(' '), "{said}");
                assert!(said.contains("row.small.below") && said.contains("p.toml"), "{said}");
                assert_ne!(said, fault.to_string());
                // What has no words of its own would get those of another.
                let other = sentences.insert(said, *problem);
                assert_eq!(other, None, "{problem:?} in {lang:?}");
            }
        }
    }

    #[test]
    fn a_file_that_is_no_policy_is_told_in_one_sentence() {
        for (from, to, wanted) in [
            ("version = 1", "version = ", "缺少值"),
            ("version = 1", "version = \"x\"", "类型不符：应为非负整数"),
            ("version = 1", "versoin = 1", "没有“versoin”这一项"),
        ] {
            let text = default_text().replacen(from, to, 1);
            let said = told(Lang::Zh, &text, &parse("p.toml", &text).unwrap_err());
            let at = (1..).zip(text.lines()).find(|(_, line)| *line == to).unwrap().0;
            assert!(said.starts_with(&format!("p.toml 第 {at} 行：")), "{said}");
            assert!(said.contains(wanted) && !said.contains('\n'), "{said}");
        }
    }

    #[test]
    fn what_a_faulty_policy_says() {
        for (from, to, wanted) in [
            ("below = \"50000000 yuan\"", "below = \"51000000 yuan\"", "重叠"),
            ("below = \"50000000 yuan\"", "below = \"49000000 yuan\"", "没有任何一行"),
            ("due = \"90 days after", "due = \"-90 days after", "不能为负"),
            ("opens = \"61 days after disbursed_on\"", "opens = \"61 days after due\"", "期限"),
            ("opens = \"61 days", "opens = \"91 days", "晚于"),
        ] {
            let text = default_text().replacen(from, to, 1);
            let fault = parse("p.toml", &text).unwrap_err();
            let said = told(Lang::Zh, &text, &fault);
            assert!(said.contains(wanted) && said.contains('行'), "{said}");
        }
    }
}
