//! Branches that a file names and nobody has: with the one that may be meant.

/// A branch that a file names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    /// Line from 1.
    pub line: usize,
    /// As it stands there.
    pub branch: String,
}

/// A branch that nobody has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// Where it stands.
    pub named: Named,
    /// The one that may be meant.
    pub like: Option<String>,
}

/// Those of the named branches that are none of the known ones.
pub fn unknown(named: &[Named], known: &[String]) -> Vec<Unknown> {
    let strange = named.iter().filter(|one| !known.contains(&one.branch));
    let told = |one: &Named| Unknown { like: like(&one.branch, known), named: one.clone() };
    strange.map(told).collect()
}

/// The known word that is least far from another one, if less than half of it differs.
fn like(word: &str, known: &[String]) -> Option<String> {
    let far = |other: &str| {
        let length = word.chars().count().max(other.chars().count());
        Some(distance(word, other)).filter(|steps| steps * 2 < length)
    };
    let near = known.iter().filter_map(|other| Some((far(other)?, other)));
    near.min().map(|(_, other)| other.clone())
}

/// How many characters have to be changed, added or taken out.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut next = vec![i + 1];
        for (j, to) in b.iter().enumerate() {
            let at = |row: &[usize], j: usize| row.get(j).copied().unwrap_or(usize::MAX - 1);
            let changed = at(&row, j) + usize::from(from != *to);
            next.push(changed.min(at(&row, j + 1) + 1).min(at(&next, j) + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_keys_is_told_with_the_branch_that_may_be_meant() {
        let known = ["城东支行", "城西支行", "East branch"].map(str::to_owned);
        let at = |line, branch: &str| Named { line, branch: branch.to_owned() };
        let cases = [
            ("城东支行", None),
            ("城冬支行", Some(Some("城东支行"))),
            ("城东支", Some(Some("城东支行"))),
            ("城西分理处支行", Some(Some("城西支行"))),
            ("East brnch", Some(Some("East branch"))),
            // That both are branches says nothing.
            ("火星支行", Some(None)),
            ("", Some(None)),
        ];
        for (branch, wanted) in cases {
            let found = unknown(&[at(3, branch)], &known);
            let wanted: Vec<Unknown> = wanted
                .map(|like| Unknown { named: at(3, branch), like: like.map(str::to_owned) })
                .into_iter()
                .collect();
            assert_eq!(found, wanted, "{branch}");
        }
        // Where nobody has a branch, none is like another.
        assert_eq!(unknown(&[at(1, "城东支行")], &[])[0].like, None);
    }
}
