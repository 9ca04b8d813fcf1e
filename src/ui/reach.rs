//! Whom an event concerns, as it is typed: lists whose words are parted by commas.

use crate::domain::money::Decimal4;
use crate::protocol::query::Reaching;

/// Where in a form the lists stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReachFields {
    /// Position of the drivers.
    pub drivers: usize,
    /// Position of the industries.
    pub industries: usize,
    /// Position of the districts.
    pub districts: usize,
    /// Position of the change in percent.
    pub change: usize,
}

impl ReachFields {
    /// What is typed in them.
    pub fn read(self, value: impl Fn(usize) -> String) -> Reaching {
        Reaching {
            drivers: words(&value(self.drivers)),
            industries: words(&value(self.industries)),
            districts: words(&value(self.districts)),
            change: read_percent(&value(self.change)),
        }
    }
}

/// `15`, `+15`, `-3.5`, with a percent sign or without.
pub fn read_percent(typed: &str) -> Option<Decimal4> {
    let digits = typed.trim().trim_end_matches(['%', '％']).trim_end();
    Decimal4::parse(digits.strip_prefix(['+', '＋']).unwrap_or(digits)).ok()
}

/// The words of a list, each once.
pub fn words(typed: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in typed.split([',', '，', '、', ';', '；']).map(str::trim) {
        if !word.is_empty() && words.iter().all(|known| known != word) {
            words.push(word.to_owned());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_parted_by_the_commas_of_both_languages() {
        for (typed, wanted) in [
            ("", vec![]),
            (" 钢材 ，机械、 钢材;;", vec!["钢材", "机械"]),
            ("steel, oil；grain", vec!["steel", "oil", "grain"]),
        ] {
            assert_eq!(words(typed), wanted, "{typed}");
        }
    }
}
