use super::*;

#[test]
fn amounts_are_short_and_keep_what_matters() {
    let cases = [
        (5_200_000_000, "5,200万", "52m"),
        (5_234_000_000, "5,234万", "52.3m"),
        (398_000_000, "398万", "3.98m"),
        (999_600_000, "1,000万", "10m"),
        (120_345_600_000, "12.03亿", "1.2bn"),
        (183_000_000_000, "18.30亿", "1.83bn"),
        (10_000_000_000, "1.00亿", "100m"),
        (9_999_000_000, "9,999万", "100m"),
        (1_500_000, "1.5万", "15k"),
        (850_000, "8,500元", "8,500"),
        (0, "0元", "0"),
        (-25_000_000, "-25万", "-250k"),
    ];
    for (fen, zh, en) in cases {
        assert_eq!(amount(Lang::Zh, Fen(fen)), zh);
        assert_eq!(amount(Lang::En, Fen(fen)), en);
    }
}

#[test]
fn decimals_round_half_up_and_lose_the_sign_of_zero() {
    assert_eq!(one_decimal(Decimal4(682_499)), "68.2");
    assert_eq!(two_decimals(Decimal4(11_150)), "1.12");
    assert_eq!(two_decimals(Decimal4(-20)), "0.00");
    assert_eq!(percent(Decimal4(6_820)), "68.2%");
    assert_eq!(signed("4.1"), "+4.1");
}

#[test]
fn days_of_another_year_say_so() {
    let today = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    assert_eq!(near_day(NaiveDate::from_ymd_opt(2027, 1, 4).unwrap(), today), "27-01-04");
    assert_eq!(near_day(today, today), "11-23");
    assert_eq!(weekday(Lang::Zh, today), "周一");
    assert_eq!(month(Lang::En, today), "November 2026");
}

#[test]
fn one_thing_is_not_told_as_several() {
    use crate::domain::attachment::FileWarning;
    assert_eq!([counted(0_u32, "file"), counted(1_u32, "file")], ["0 files", "1 file"]);
    assert_eq!([counted(1_usize, "day"), counted(2_usize, "day")], ["1 day", "2 days"]);
    let text = crate::i18n::Catalog::of(Lang::En);
    assert_eq!(text.customers.count(1), "1 customer");
    assert_eq!(text.files.warning(FileWarning::TakenBefore(1)), "taken 1 day before the visit");
    assert_eq!(text.cli.rows("x.csv", 1), "1 row written to x.csv");
    assert!(text.board.accepting(1).starts_with("1 visit gets the day"));
    assert!(text.board.accepting(2).starts_with("2 visits get the day"));
}
