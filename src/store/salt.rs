//! Chance from the system, for whatever nobody may guess.

use super::Error;
use super::hex::hex;

/// Bytes of a salt.
const LENGTH: usize = 16;

/// A new salt.
pub(super) fn bytes() -> Result<[u8; LENGTH], Error> {
    let mut salt = [0; LENGTH];
    let mut rest = salt.as_mut_slice();
    while !rest.is_empty() {
        let got = rustix::rand::getrandom(&mut *rest, rustix::rand::GetRandomFlags::empty())
            .map_err(|errno| Error::Io(errno.kind()))?;
        rest = rest.get_mut(got..).unwrap_or_default();
    }
    Ok(salt)
}

/// A new salt, in hex.
pub(super) fn text() -> Result<String, Error> {
    Ok(hex(&bytes()?))
}
