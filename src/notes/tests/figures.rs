//! Amounts and days: as they are written or spoken, and what only looks like them.

use super::*;

#[test]
fn amounts_and_days_are_read_as_they_are_written() {
    let lexicon = shared().unwrap();
    let cases: [(&str, &[i64]); 25] = [
        ("借款1,200万元", &[12_000_000]),
        ("１２０万", &[1_200_000]),
        ("3 million yuan", &[3_000_000]),
        ("500元和0.5亿元", &[500, 50_000_000]),
        ("13800138000", &[]),
        ("A12万", &[]),
        ("99999999999999999999亿", &[]),
        // Numbers in words, and what is no money.
        ("3千万元", &[30_000_000]),
        ("5百万", &[5_000_000]),
        ("十五万元", &[150_000]),
        ("三百万", &[3_000_000]),
        ("￥500000", &[500_000]),
        ("3000块", &[3_000]),
        ("三千元", &[3_000]),
        ("一亿二千万", &[120_000_000]),
        ("1.2345万元", &[12_345]),
        ("50万美元", &[]),
        ("100万港元", &[]),
        ("3万平方米", &[]),
        ("500万吨", &[]),
        ("2万人", &[]),
        ("20万件", &[]),
        ("三百户", &[]),
        ("3000块砖", &[]),
        ("千万别停", &[]),
    ];
    for (text, wanted) in cases {
        let amounts: Vec<Fen> = lexicon
            .scan(text)
            .into_iter()
            .filter_map(|f| if let What::Amount(fen) = f.what { Some(fen) } else { None })
            .collect();
        assert_eq!(
            amounts,
            wanted.iter().map(|y| Fen::from_yuan(*y)).collect::<Vec<_>>(),
            "{text}"
        );
    }
    for (text, days) in [
        ("2026-11-23 与 11月5日", 2),
        ("2026年3月", 1),
        ("3月份", 0),
        ("1/2", 0),
        ("2026.11.23", 1),
        ("2026/1/3", 1),
        ("十一月三日", 1),
        ("二月二十九日", 1),
        ("2026年13月40日", 0),
        ("2026-02-30", 0),
        ("2026.11.23.1", 0),
        ("十三月三日", 0),
    ] {
        let n = lexicon.scan(text).iter().filter(|f| f.what == What::Day).count();
        assert_eq!(n, days, "{text}");
    }
}
