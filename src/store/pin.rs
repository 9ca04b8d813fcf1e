//! What is kept of a PIN: a hash that takes long to work out, so that whoever has the file can't try
//! all that there are.

use argon2::{Algorithm, Argon2, Params, Version};

use super::hex::hex;
use super::{Error, salt};

const HASH: usize = 32;

/// What working out one hash costs: memory in KiB, rounds. Kept with each hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cost {
    memory: u32,
    rounds: u32,
}

/// As OWASP advises for argon2id with one lane.
#[cfg(not(test))]
const COST: Cost = Cost { memory: 19_456, rounds: 2 };
/// Tests are about who may what, not about time.
#[cfg(test)]
const COST: Cost = Cost { memory: 64, rounds: 1 };

/// What is kept: `argon2id:19456:2:salt:hash`, both in hex.
pub(super) fn seal(pin: &[u8]) -> Result<String, Error> {
    let salt = salt::bytes()?;
    let hash = hash(pin, &salt, COST)?;
    Ok(format!("argon2id:{}:{}:{}:{}", COST.memory, COST.rounds, hex(&salt), hex(&hash)))
}

/// Whether this PIN is the one that was sealed. What can't be read opens nothing.
pub(super) fn opens(sealed: &str, pin: &[u8]) -> bool {
    let Some((cost, salt, kept)) = read(sealed) else { return false };
    let Ok(tried) = hash(pin, &salt, cost) else { return false };
    // Takes as long whichever byte differs.
    kept.len() == tried.len() && kept.iter().zip(tried).fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

fn hash(pin: &[u8], salt: &[u8], cost: Cost) -> Result<[u8; HASH], Error> {
    let params = Params::new(cost.memory, cost.rounds, 1, Some(HASH))
        .map_err(|_error| Error::Value("pin"))?;
    let mut out = [0; HASH];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(pin, salt, &mut out)
        .map_err(|_error| Error::Value("pin"))?;
    Ok(out)
}

fn read(sealed: &str) -> Option<(Cost, Vec<u8>, Vec<u8>)> {
    let mut parts = sealed.split(':');
    if parts.next()? != "argon2id" {
        return None;
    }
    let cost = Cost { memory: parts.next()?.parse().ok()?, rounds: parts.next()?.parse().ok()? };
    let salt = bytes(parts.next()?)?;
    let kept = bytes(parts.next()?)?;
    Some((cost, salt, kept))
}

fn bytes(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> =
        text.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect();
    let digits = digits?;
    let pairs = digits.chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return None;
    }
    Some(pairs.map(|pair| pair.iter().fold(0, |all, digit| (all << 4) | digit)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_right_one_opens_and_no_other() {
        let sealed = seal(b"192837").unwrap();
        assert!(opens(&sealed, b"192837"));
        for wrong in [&b"192836"[..], b"19283", b"", b"1928377"] {
            assert!(!opens(&sealed, wrong));
        }
        // Twice the same PIN is not twice the same text, and neither tells it.
        let again = seal(b"192837").unwrap();
        assert_ne!(sealed, again);
        assert!(!sealed.contains("192837"));
        for broken in ["", "argon2id", "md5:1:1:00:00", "argon2id:64:1:zz:00", "argon2id:64:1:0:0"]
        {
            assert!(!opens(broken, b"192837"), "{broken}");
        }
    }
}
