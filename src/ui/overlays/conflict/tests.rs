use super::*;
use crate::domain::statement::StatementLine;
use crate::i18n::Lang;

#[test]
fn what_differs_in_a_statement_is_told_in_words() {
    let lines = StatementLine::ALL.iter().map(|line| line.as_code());
    for field in ["period_months", "source", "audited", "shares_pledged"].into_iter().chain(lines) {
        for lang in [Lang::En, Lang::Zh] {
            let name = words::conflict_field(lang, field);
            assert!(!name.contains('_'), "{field}");
            assert!(lang == Lang::En || !name.is_ascii(), "{field}: {name}");
        }
    }
    assert_eq!(words::conflict_value(Lang::Zh, "source", "tax"), "税务报送");
    assert_eq!(words::conflict_value(Lang::En, "audited", ""), "no");
}
