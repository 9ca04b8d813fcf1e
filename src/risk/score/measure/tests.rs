use super::*;

fn of(rows: &[(i32, bool)]) -> Vec<Outcome> {
    rows.iter().map(|(score, bad)| Outcome { score: f64::from(*score), bad: *bad }).collect()
}

#[test]
fn order_is_measured_with_ties_halved() {
    type Case<'a> = (&'a [(i32, bool)], Option<f64>);
    let cases: [Case<'_>; 6] = [
        (&[(2, true), (1, false)], Some(1.0)),
        (&[(1, true), (2, false)], Some(0.0)),
        (&[(1, true), (1, false)], Some(0.5)),
        (&[(3, true), (2, false), (1, true), (0, false)], Some(0.75)),
        (&[(3, true), (2, true)], None),
        (&[], None),
    ];
    for (rows, wanted) in cases {
        assert_eq!(auc(&of(rows)), wanted, "{rows:?}");
    }
}

#[test]
fn a_tie_at_the_border_counts_in_proportion() {
    let mut rows = vec![(9, true)];
    rows.extend([(5, true), (5, false), (5, false), (5, false)]);
    rows.extend([(0, false); 5]);
    // A fifth of ten: the first, and a quarter of the four that are alike.
    assert_eq!(recall(&of(&rows), 0.2), Some(0.625));
    assert_eq!(recall(&of(&rows), 1.0), Some(1.0));
    assert_eq!(recall(&of(&[(1, false)]), 0.1), None);
}
