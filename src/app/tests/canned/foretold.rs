//! A back-test with outcomes enough.

use super::date;
use crate::protocol::page::{BacktestGrade, BacktestPage, BacktestQuarter, BacktestSignal};

pub(super) fn backtest() -> BacktestPage {
    let signal = |code: &str, counts: [u32; 5], told: Option<(u32, u32)>| {
        let [raised, confirmed, ripe, came_true, downgraded] = counts;
        BacktestSignal {
            signal: code.to_owned(),
            raised,
            confirmed,
            ripe,
            came_true,
            downgraded,
            precision: told.map(|(share, _)| share),
            days_ahead: told.map(|(_, days)| days),
        }
    };
    let quarter = date("2026-01-01");
    let grade = |grade, customers, predicted, events| BacktestGrade {
        quarter,
        grade,
        customers,
        predicted,
        events,
    };
    BacktestPage {
        pack: "backtest@1".to_owned(),
        verified: false,
        horizon_days: 180,
        late_days: 8,
        signals: vec![
            signal("FIN-05", [64, 41, 52, 21, 6], Some((4_038, 73))),
            signal("OPS-03", [38, 22, 30, 17, 4], Some((5_667, 48))),
            signal("MGT-04", [4, 4, 3, 3, 2], None),
        ],
        outcomes: 63,
        least_outcomes: 50,
        grades: vec![
            grade('A', 412, 30, 2),
            grade('B', 260, 110, 5),
            grade('C', 118, 360, 6),
            grade('D', 74, 820, 9),
            grade('E', 96, 2_410, 41),
        ],
        quarters: vec![BacktestQuarter {
            quarter,
            from: 'D',
            hit: 50,
            alarm: 120,
            missed: 13,
            quiet: 777,
        }],
    }
}
