//! Nobody of whom it is known who acts (`security.md` 3.1).

/// Why nobody is acting.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// `sudo` mode without a usable `SUDO_UID`.
    #[error("SUDO_UID is missing or not a number")]
    NoSudoUid,
    /// The kernel says that somebody else logged in.
    #[error("SUDO_UID is not the login uid")]
    LoginUidDiffers,
    /// The numeric user id has no name.
    #[error("user id {0} has no name")]
    Unknown(u32),
    /// `--as` where it is not accepted.
    #[error("--as is not accepted in identity mode {0}")]
    AsRefused(&'static str),
    /// `--as` on a file of somebody else.
    #[error("--as needs ownership of the database file")]
    NotOwner,
    /// `forced-command` mode without `--as`.
    #[error("--as is missing in the forced command")]
    AsMissing,
}
