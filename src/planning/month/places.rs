//! Districts and trade circles by number, so that they are told apart quickly.

use std::collections::BTreeMap;

/// A district and a trade circle in it.
pub(super) type Place = (usize, usize);

/// Numbers of the districts and trade circles of an officer.
#[derive(Debug, Default)]
pub(super) struct Places {
    districts: BTreeMap<String, usize>,
    circles: BTreeMap<(usize, String), usize>,
}

impl Places {
    pub(super) fn number(&mut self, district: &str, circle: Option<&str>) -> Place {
        let next = self.districts.len();
        let district = *self.districts.entry(district.to_owned()).or_insert(next);
        let next = self.circles.len();
        let circle = (district, circle.unwrap_or_default().to_owned());
        (district, *self.circles.entry(circle).or_insert(next))
    }
}
