use super::*;

fn column(given: Given, values: impl IntoIterator<Item = f64>) -> Vec<Taken> {
    values
        .into_iter()
        .map(|value| {
            let mut taken = Taken::default();
            taken.set(given, Ok(value));
            taken
        })
        .collect()
}

#[test]
fn growth_is_a_quotient_only_where_the_whole_column_says_so() {
    let many = |from: f64| (0..30).map(move |at| from + f64::from(at) * 0.04);
    let told = |values: Vec<f64>| growth(&column(Given::RevenueGrowth, values));
    assert_eq!(told(many(0.6).collect()), Growth::Quotient);
    assert_eq!(told(many(-0.4).collect()), Growth::Change, "some shrink");
    assert_eq!(told(many(0.6).take(19).collect()), Growth::Change, "too few to tell");
    assert_eq!(told((0..30).map(|at| f64::from(at) * 0.01).collect()), Growth::Change, "all grow");
    let odd = |n: usize| many(0.6).chain(std::iter::repeat_n(-1.0, n)).collect();
    assert_eq!(told(odd(2)), Growth::Quotient, "a sign for none here and there");
    assert_eq!(told(odd(4)), Growth::Change, "too many that shrink");
    assert_eq!(told(Vec::new()), Growth::Change);
    // What is not known tells nothing.
    let mut rows = column(Given::RevenueGrowth, many(0.6));
    rows.extend([Taken::default(), Taken::default()]);
    rows.extend(column(Given::RevenueGrowth, [-1.0]));
    assert_eq!(growth(&rows), Growth::Quotient);
    for taken in &mut rows {
        as_change(taken, Growth::Quotient);
    }
    let changed = |at: usize| rows.get(at).unwrap().get(Given::RevenueGrowth);
    assert!((changed(0).unwrap() + 0.4).abs() < 1e-9 && changed(30).is_err());
    assert!(changed(32).is_err(), "no quotient");
}

#[test]
fn percents_are_told_from_shares() {
    let cases: [(Given, &[f64], bool); 8] = [
        (Given::Debt, &[45.2], true),
        (Given::Debt, &[0.45], false),
        // One company far under water is a company.
        (Given::Debt, &[7.16], false),
        (Given::Debt, &[7.16, 0.4, 0.5, 0.2, 0.6, 0.3, 0.4, 0.5, 0.7, 716.0], false),
        (Given::Debt, &[45.0, 33.0, 60.0, 7.0, 4.0, 71.0, 52.0, 40.0, 66.0, 9.0], true),
        (Given::Roa, &[5.0, -3.0, 7.0, 2.0, -11.0, 4.0, 6.0, 3.0, 8.0, 1.7], true),
        (Given::Roa, &[0.05, -0.03, -1.9, 0.02, 0.1, 0.04, 0.06, 0.03, 0.08, 0.01], false),
        // Times are no shares.
        (Given::Quick, &[48.0], false),
    ];
    for (given, values, wanted) in cases {
        let found = percents(&column(given, values.iter().copied()));
        assert_eq!(found, wanted.then_some(given), "{given:?} {values:?}");
    }
}
