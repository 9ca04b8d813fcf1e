use super::*;

#[test]
fn both_languages_name_a_column() {
    let loans = Table::named("loans").unwrap();
    for column in loans.columns {
        assert_eq!(column_of(loans, column.name), column_of(loans, column.zh));
    }
    let cells = ["借据号", "amount", "nonsense", ""].map(str::to_owned);
    assert_eq!(matches(loans, &cells), 2);
}
