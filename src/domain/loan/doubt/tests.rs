use super::*;

#[test]
fn a_loan_that_hardly_can_be_is_doubted_and_an_ordinary_one_is_not() {
    let day = |text: &str| text.parse::<NaiveDate>().ok();
    let today = day("2026-11-27").unwrap();
    let plain = Terms {
        amount: Some(Fen::from_yuan(1_000_000)),
        balance: Some(Fen::from_yuan(1_000_000)),
        disbursed_on: day("2026-11-27"),
        matures_on: day("2056-11-27"),
        status: Some(LoanStatus::Active),
        days_past_due: Some(0),
    };
    let late = |days| Terms { disbursed_on: day("2026-05-01"), days_past_due: days, ..plain };
    let more = Some(Fen::from_yuan(2_000_000));
    let cases = [
        (plain, vec![]),
        (Terms { balance: None, matures_on: None, ..plain }, vec![]),
        (Terms { amount: Some(Fen(0)), balance: None, ..plain }, vec![LoanDoubt::Nothing]),
        (Terms { disbursed_on: day("2026-11-28"), ..plain }, vec![LoanDoubt::ToCome]),
        (Terms { disbursed_on: day("1800-01-01"), ..plain }, vec![LoanDoubt::Long]),
        (Terms { matures_on: day("2500-12-31"), ..plain }, vec![LoanDoubt::Long]),
        (Terms { balance: more, ..plain }, vec![LoanDoubt::OverAmount]),
        (Terms { status: Some(LoanStatus::Settled), ..plain }, vec![LoanDoubt::Unsettled]),
        (Terms { status: Some(LoanStatus::WrittenOff), ..plain }, vec![]),
        // 210 days since it was paid out.
        (late(None), vec![]),
        (late(Some(210)), vec![]),
        (late(Some(211)), vec![LoanDoubt::PastDueLonger]),
        (Terms { disbursed_on: None, ..late(Some(211)) }, vec![]),
    ];
    for (terms, expected) in cases {
        assert_eq!(doubts(&terms, today).collect::<Vec<_>>(), expected, "{terms:?}");
    }
}
