//! The table by itself.

use super::*;

/// The longest names of companies have fourteen characters, two cells each.
#[test]
fn a_long_name_is_whole_beside_every_set_of_columns() {
    for width in 74..=240 {
        assert!(name_width(width) >= 28, "{width}: {}", name_width(width));
    }
}
