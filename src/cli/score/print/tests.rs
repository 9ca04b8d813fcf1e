use super::*;
use crate::risk::score::Taken;
use crate::store::ScoredCustomer;

#[test]
fn names_reach_the_terminal_without_escapes() {
    let who = ScoredCustomer {
        id: "C1".into(),
        name: "立诚\u{1b}[2J".to_owned(),
        officer: "zhang".into(),
        officer_name: "张\u{1b}[31m伟\u{202e}".to_owned(),
        statement_on: None,
    };
    let (id, taken) = ("C1".to_owned(), Taken::default());
    let company = Company { id, who: Some(who), statement_on: None, taken };
    assert_eq!(name(&company), "  立诚<U+001B>[2J  张<U+001B>[31m伟<U+202E>");
}
