use super::*;
use crate::risk::score::measure::{Outcome, auc};

/// Companies of which every third is bad; `ours` and `theirs` tell it with this much error.
fn companies(n: u32, ours: u32, theirs: u32) -> Vec<(String, f64, f64, bool)> {
    (0..n)
        .map(|at| {
            let bad = at % 3 == 0;
            let noise = |step: u32, much: u32| f64::from(at * step % 101 * much) / 101.0;
            let told = |step, much| f64::from(u8::from(bad)) * 10.0 + noise(step, much);
            (format!("c{at}"), told(37, ours), told(53, theirs), bad)
        })
        .collect()
}

fn pairs(of: &[(String, f64, f64, bool)]) -> Vec<Pair<'_>> {
    of.iter()
        .map(|(company, ours, theirs, bad)| Pair {
            company,
            ours: *ours,
            theirs: *theirs,
            bad: *bad,
        })
        .collect()
}

#[test]
fn a_better_order_leads_clearly_and_the_same_order_does_not() {
    let better = companies(400, 12, 40);
    let told = lead(&pairs(&better)).unwrap();
    let areas = |score: fn(&Pair<'_>) -> f64| {
        let of = |pair: &Pair<'_>| Outcome { score: score(pair), bad: pair.bad };
        auc(&pairs(&better).iter().map(of).collect::<Vec<_>>()).unwrap()
    };
    let by = areas(|pair| pair.ours) - areas(|pair| pair.theirs);
    assert!((told.by - by).abs() < 1e-12, "{told:?} {by}");
    assert!(told.is_clear() && told.from < told.by && told.by < told.to, "{told:?}");
    let worse: Vec<_> = better.iter().map(|(c, a, b, bad)| (c.clone(), *b, *a, *bad)).collect();
    let back = lead(&pairs(&worse)).unwrap();
    assert!(!back.is_clear() && (back.by + by).abs() < 1e-12, "{back:?}");
    let alike: Vec<_> = better.iter().map(|(c, a, _, bad)| (c.clone(), *a, *a, *bad)).collect();
    let same = lead(&pairs(&alike)).unwrap();
    assert_eq!((same.by, same.from, same.to), (0.0, 0.0, 0.0));
}

#[test]
fn few_companies_prove_little() {
    let wide = |n| {
        let told = lead(&pairs(&companies(n, 12, 30))).unwrap();
        told.to - told.from
    };
    assert!(wide(30) > 2.0 * wide(600), "{} {}", wide(30), wide(600));
}

/// Ten years of one company are no ten companies.
#[test]
fn years_of_one_company_are_drawn_together() {
    let few = companies(60, 12, 30);
    let years: Vec<Pair<'_>> = (0..10).flat_map(|_| pairs(&few)).collect();
    assert_eq!(lead(&years), lead(&pairs(&few)));
}

#[test]
fn without_companies_of_both_kinds_there_is_no_lead() {
    let all = companies(30, 1, 2);
    let good: Vec<Pair<'_>> = pairs(&all).into_iter().filter(|pair| !pair.bad).collect();
    assert_eq!(lead(&good), None);
    assert_eq!(lead(&[]), None);
}
