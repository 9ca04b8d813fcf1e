//! The PIN that a person opens a locked screen with.

/// As many characters at least.
const LEAST: usize = 6;
/// And at the most.
const MOST: usize = 64;

/// Wrong ones in a row until a session ends.
pub const TRIES: u32 = 5;

/// A PIN as typed. Full-width characters of an input method mean the half-width ones.
#[derive(Clone, PartialEq, Eq)]
pub struct Pin(String);

impl Pin {
    /// What was typed.
    pub fn new(typed: &str) -> Self {
        let half = |c: char| match u32::from(c) {
            wide @ 0xff01..=0xff5e => char::from_u32(wide - 0xfee0).unwrap_or(c),
            _ => c,
        };
        Self(typed.chars().map(half).collect())
    }

    /// Its bytes, for nothing but the hash.
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// Why it can't be a PIN, as a code; `None` = it can.
    pub fn fault(&self) -> Option<&'static str> {
        let count = self.0.chars().count();
        if !self.0.chars().all(|c| c.is_ascii_graphic()) {
            Some("pin_kind")
        } else if count < LEAST {
            Some("pin_short")
        } else if count > MOST {
            Some("pin_long")
        } else {
            self.is_plain().then_some("pin_plain")
        }
    }

    /// Whether each character follows from the one before: `000000`, `123456`, `fedcba`.
    fn is_plain(&self) -> bool {
        let steps = || self.0.bytes().zip(self.0.bytes().skip(1));
        [-1, 0, 1].into_iter().any(|step| steps().all(|(a, b)| i16::from(b) - i16::from(a) == step))
    }
}

/// Never in a log.
impl std::fmt::Debug for Pin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Pin(***)")
    }
}

#[cfg(test)]
mod tests;
