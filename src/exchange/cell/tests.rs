use super::*;
use crate::protocol::tables::{TABLES, Table};

fn column(table: &str, name: &str) -> &'static Column {
    Table::named(table).unwrap().column(name).unwrap()
}

fn value(column: &Column, text: &str) -> Result<Cell, Why> {
    match read(column, Raw::Text(text), Unit::Yuan)? {
        Said::Value(cell) => Ok(cell),
        Said::Masked => panic!("masked"),
    }
}

#[expect(clippy::unnecessary_wraps, reason = "compared with what reading gives")]
fn text(text: &str) -> Result<Cell, Why> {
    Ok(Cell::Text(text.to_owned()))
}

#[test]
fn dates_and_months() {
    let date = column("loans", "disbursed_on");
    for good in ["2026-03-31", "2026/3/31", "2026/03/31", "20260331", " 2026-03-31\u{3000}"] {
        assert_eq!(value(date, good), text("2026-03-31"), "{good}");
    }
    for bad in ["2026-3-31", "2026-02-30", "31/3/2026", "2026.3.31", "26-03-31", "45000", "x"] {
        assert_eq!(value(date, bad), Err(Why::NotADate), "{bad}");
    }
    let month = column("account_flows", "month");
    for good in ["2026-03", "2026/3", "202603", "2026/03"] {
        assert_eq!(value(month, good), text("2026-03"), "{good}");
    }
    for bad in ["2026-3", "2026-13", "2026", "2026-03-01"] {
        assert_eq!(value(month, bad), Err(Why::NotAMonth), "{bad}");
    }
    let day = NaiveDate::from_ymd_opt(2026, 3, 31).unwrap().and_hms_opt(0, 0, 0).unwrap();
    assert_eq!(
        read(date, Raw::Date(day), Unit::Yuan),
        Ok(Said::Value(Cell::Text("2026-03-31".into())))
    );
    assert_eq!(
        read(month, Raw::Date(day), Unit::Yuan),
        Ok(Said::Value(Cell::Text("2026-03".into())))
    );
    assert_eq!(
        read(date, Raw::Number(20_260_331.0), Unit::Yuan),
        Ok(Said::Value(Cell::Text("2026-03-31".into())))
    );
}

#[test]
fn numbers() {
    let amount = column("loans", "amount");
    for (given, wanted) in [
        ("1,234,567.8", Ok(123_456_780)),
        ("1234567.80", Ok(123_456_780)),
        ("0", Ok(0)),
        ("1.000", Ok(100)),
        ("1.005", Err(Why::TooManyDecimals(2))),
        ("1,23", Err(Why::MisplacedComma)),
        ("12,34,567", Err(Why::MisplacedComma)),
        ("1234,567", Err(Why::MisplacedComma)),
        ("1.234,5", Err(Why::NotANumber)),
        ("-1", Err(Why::Negative)),
        ("1e5", Err(Why::NotANumber)),
        ("１００", Err(Why::NotANumber)),
        ("99999999999999999999", Err(Why::TooLarge)),
        ("¥5", Err(Why::NotANumber)),
        ("1200万", Err(Why::UnitInCell)),
        ("1,200.5 万元", Err(Why::UnitInCell)),
        ("3亿", Err(Why::UnitInCell)),
        ("500元", Err(Why::UnitInCell)),
        ("十万", Err(Why::NotANumber)),
    ] {
        assert_eq!(value(amount, given), wanted.map(Cell::Int), "{given}");
    }
    assert_eq!(value(column("statements", "net_profit"), "-1,250.00"), Ok(Cell::Int(-125_000)));
    assert_eq!(value(column("loans", "days_past_due"), "1,000"), Ok(Cell::Int(1000)));
    assert_eq!(value(column("loans", "days_past_due"), "1.5"), Err(Why::TooManyDecimals(0)));
    assert_eq!(value(column("loans", "days_past_due"), "-1"), Err(Why::Negative));
    for rate in ["4.35", "4.35%", "4.3500 %"] {
        assert_eq!(value(column("loans", "rate"), rate), Ok(Cell::Int(43_500)), "{rate}");
    }
    let wan = |text| read(amount, Raw::Text(text), Unit::Wan);
    assert_eq!(wan("1.234567"), Ok(Said::Value(Cell::Int(1_234_567))));
    assert_eq!(wan("1.2345678"), Err(Why::TooManyDecimals(6)));
}

#[test]
fn number_cells_are_the_decimal_that_excel_holds() {
    for (given, wanted) in [
        (0.1 + 0.2, "0.3"),
        (1_234_567.89, "1234567.89"),
        (1e14, "100000000000000"),
        (-0.000_12, "-0.00012"),
        (123_456_789_012_345_678.0, "123456789012346000"),
        (0.0, "0"),
    ] {
        assert_eq!(decimal_of(given), wanted);
    }
    let id = column("customers", "customer_id");
    let number = |n| read(id, Raw::Number(n), Unit::Yuan);
    assert_eq!(
        number(123_456_789_012_345.0),
        Ok(Said::Value(Cell::Text("123456789012345".into())))
    );
    assert_eq!(number(1_234_567_890_123_456.0), Err(Why::DigitsLost));
    let amount = column("loans", "amount");
    assert_eq!(read(amount, Raw::Number(0.1 + 0.2), Unit::Yuan), Ok(Said::Value(Cell::Int(30))));
    assert_eq!(read(amount, Raw::Error("#N/A"), Unit::Yuan), Err(Why::FormulaError));
    let low_risk = column("customers", "low_risk");
    assert_eq!(read(low_risk, Raw::Bool(true), Unit::Yuan), Ok(Said::Value(Cell::Int(1))));
}

#[test]
fn words() {
    let low_risk = column("customers", "low_risk");
    for (given, wanted) in [
        ("1", 1),
        ("0", 0),
        ("true", 1),
        ("FALSE", 0),
        ("yes", 1),
        ("no", 0),
        ("是", 1),
        ("否", 0),
        ("", 0),
    ] {
        assert_eq!(value(low_risk, given), Ok(Cell::Int(wanted)), "{given}");
    }
    assert_eq!(value(low_risk, "maybe"), Err(Why::NotYesNo));
    for table in TABLES {
        for column in table.columns {
            let Kind::Code(codes) = column.kind else { continue };
            for code in codes {
                for name in std::iter::once(&code.code).chain(code.zh) {
                    assert_eq!(value(column, name), text(code.code), "{name}");
                }
            }
            assert_eq!(value(column, "nonsense"), Err(Why::NotACode(codes)));
        }
    }
    assert_eq!(value(column("covenants", "operator"), "＜＝"), text("<="));
    let purposes = column("visits", "purposes");
    assert_eq!(
        value(purposes, "用途检查：L1 ； day90;;sample"),
        text("use_of_funds:L1;day90;sample")
    );
    assert!(value(purposes, "day90;nonsense").is_err());
}

#[test]
fn texts() {
    let name = column("customers", "name");
    let note = column("contacts", "note");
    assert_eq!(value(name, "\u{3000} 北京 中鼎 "), text("北京 中鼎"));
    assert_eq!(value(name, " \u{3000}"), Ok(Cell::Empty));
    assert_eq!(value(note, "a\r\nb\nc"), text("a\nb\nc"));
    assert_eq!(value(note, "\n \n"), Ok(Cell::Empty));
    assert_eq!(value(name, "a\nb"), Err(Why::OneLine));
    for bad in [
        "a\u{1b}[31m",
        "a\rb",
        "a\tb",
        "\u{7f}",
        "\u{9b}1m",
        "a\u{202e}b",
        "\u{2066}",
        "\u{0}",
        "\u{1b}]52;c;AAAA\u{7}",
        "a\u{2028}b",
        "\u{feff}x",
    ] {
        assert_eq!(value(name, bad), Err(Why::Control), "{bad:?}");
        assert_eq!(value(note, bad), Err(Why::Control), "{bad:?}");
    }
    assert_eq!(value(name, &"长".repeat(500)), text(&"长".repeat(500)));
    assert_eq!(value(name, &"长".repeat(501)), Err(Why::TooLong(500)));
    assert_eq!(value(note, &"长".repeat(32_001)), Err(Why::TooLong(32_000)));
    for (given, wanted) in [
        ("'=1", "=1"),
        ("''=1", "'=1"),
        ("'abc", "'abc"),
        ("'＋1", "＋1"),
        ("=1", "=1"),
        ("'", "'"),
    ] {
        assert_eq!(value(name, given), text(wanted), "{given}");
    }
    assert_eq!(read(name, Raw::Text(" *** "), Unit::Yuan), Ok(Said::Masked));
}
