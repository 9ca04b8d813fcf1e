//! Which records the demo has, and how far each came.

use super::prepared::Extent;

/// How a record ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    Draft,
    Submitted,
    Returned,
    Approved,
}

/// For each record: days ago, place of the officer's customer, end.
pub(super) const STORY: [(i64, u32, End); 17] = [
    (96, 1, End::Approved),
    (88, 4, End::Approved),
    (81, 6, End::Approved),
    (74, 9, End::Approved),
    (66, 12, End::Approved),
    (60, 15, End::Approved),
    (52, 18, End::Approved),
    (45, 21, End::Approved),
    (6, 1, End::Submitted),
    (5, 4, End::Returned),
    (4, 6, End::Submitted),
    (4, 24, End::Approved),
    (3, 9, End::Submitted),
    (2, 27, End::Submitted),
    (2, 12, End::Draft),
    (1, 30, End::Submitted),
    (0, 15, End::Draft),
];

/// How the visit to the officer's customer at this place was prepared.
pub(super) const fn extent(place: u32) -> Extent {
    match place {
        9 | 15 => Extent::Finding,
        6 | 12 | 24 => Extent::Half,
        _ => Extent::Whole,
    }
}
