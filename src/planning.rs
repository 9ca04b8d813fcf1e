//! Pure: policy and portfolio and day in, duties and due visits out (`planning.md`).

/// Placeholder of branch `exchange` until branch `planning` is merged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell(String);
impl Cell {
    /// Placeholder.
    pub fn is_worse_than(&self, before: &Self) -> bool {
        self.0 > before.0
    }
}
impl std::str::FromStr for Cell {
    type Err = ();
    fn from_str(s: &str) -> Result<Self, ()> {
        Ok(Self(s.to_owned()))
    }
}
