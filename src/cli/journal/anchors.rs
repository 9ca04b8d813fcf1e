//! Anchors: the head of the journal in a file outside of the database. A chain in the file alone can be
//! written anew, and a cut tail fits; what somebody else keeps, signed, can't be undone.

use std::fs::{DirBuilder, File};
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use chrono::NaiveDate;

use crate::fault::Fault;
use crate::outgoing::{Draft, digest_of};
use crate::store::journal::Head;

const SSH_KEYGEN: &str = "/usr/bin/ssh-keygen";
/// For what a signature counts: another one of the same key does not pass for it.
const NAMESPACE: &str = "huifang-journal-anchor";

/// One anchor as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) struct Anchor {
    pub(in crate::cli) seq: i64,
    pub(in crate::cli) hash: String,
    /// Its file.
    path: PathBuf,
    /// SHA-256 of its file.
    digest: String,
    /// That of the anchor before it, if it says so.
    previous: Option<String>,
    /// On which day it was written, if it says so.
    day: Option<NaiveDate>,
}

/// Writes the head, and after which anchor it comes; signs it, if a key is given.
pub(super) fn write(
    folder: &Path,
    head: &Head,
    today: NaiveDate,
    key: Option<&Path>,
) -> Result<PathBuf, Fault> {
    if !folder.exists() {
        DirBuilder::new().mode(0o700).create(folder).map_err(Fault::file(folder))?;
    }
    let before = files(folder)?.last().map(|path| digest(path)).transpose()?;
    let mut groups = String::new();
    for (n, c) in head.hash.chars().take(48).enumerate() {
        if n > 0 && n % 4 == 0 {
            groups.push(' ');
        }
        groups.push(c);
    }
    let text = format!(
        "{NAMESPACE} 1\n{} {} {}\ndate {today}\nprevious {}\nread {groups}\n",
        head.seq,
        head.algorithm.as_code(),
        head.hash,
        before.as_deref().unwrap_or("-"),
    );
    let path = folder.join(format!("anchor-{today}-{:010}.txt", head.seq));
    // The same head on the same day says nothing new; one that nobody signed is signed now.
    if path.exists() {
        if let Some(key) = key.filter(|_| !signature_of(&path).exists()) {
            sign(&path, key)?;
        }
        return Ok(path);
    }
    // Unsigned it would pass for one that needs no signature: its name comes last.
    let draft = Draft::of(&path, text.as_bytes()).map_err(Fault::file(&path))?;
    if let Some(key) = key {
        // What a run left that was ended on the way; the signer would ask whether to write over it.
        let _ = std::fs::remove_file(signature_of(draft.place()));
        sign(draft.place(), key)?;
        let (made, kept) = (signature_of(draft.place()), signature_of(&path));
        std::fs::rename(made, &kept).map_err(Fault::file(&kept))?;
    }
    draft.take(&path).map_err(Fault::file(&path))?;
    Ok(path)
}

/// Where the signature of a file lies.
fn signature_of(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".sig");
    PathBuf::from(name)
}

/// Lays a signature beside a file.
fn sign(path: &Path, key: &Path) -> Result<(), Fault> {
    let signed = Command::new(SSH_KEYGEN)
        .args(["-q", "-Y", "sign", "-n", NAMESPACE, "-f"])
        .args([key, path])
        .env_clear()
        .stdin(Stdio::null())
        .output();
    if signed.is_ok_and(|said| said.status.success()) {
        return Ok(());
    }
    Err(Fault::File { path: key.to_owned(), why: std::io::ErrorKind::InvalidData })
}

/// Anchors in one file or in the files of a folder: also what `journal head` printed, as text or JSON.
/// A file without one is refused, so that a wrong name does not pass for a check.
pub(in crate::cli) fn read(place: &Path) -> Result<Vec<Anchor>, Fault> {
    let files = if place.is_dir() { files(place)? } else { vec![place.to_owned()] };
    let none =
        |path: &Path| Fault::File { path: path.to_owned(), why: std::io::ErrorKind::InvalidData };
    let mut anchors = Vec::new();
    for path in &files {
        let text = std::fs::read_to_string(path).map_err(Fault::file(path))?;
        let found = heads(&text);
        if found.is_empty() {
            return Err(none(path));
        }
        let line = |name: &str| text.lines().find_map(|line| line.strip_prefix(name));
        let digest = digest(path)?;
        anchors.extend(found.into_iter().map(|(seq, hash)| Anchor {
            seq,
            hash,
            path: path.clone(),
            digest: digest.clone(),
            previous: line("previous ").filter(|word| *word != "-").map(str::to_owned),
            day: line("date ").and_then(|day| day.parse().ok()),
        }));
    }
    if anchors.is_empty() { Err(none(place)) } else { Ok(anchors) }
}

/// Refuses a row of anchors in which one was changed or taken out.
pub(in crate::cli) fn follow_one_another(anchors: &[Anchor]) -> Result<(), Fault> {
    for pair in anchors.windows(2) {
        let [before, after] = pair else { continue };
        if after.previous.as_ref().is_some_and(|previous| *previous != before.digest) {
            return Err(Fault::Anchor(after.path.clone()));
        }
    }
    Ok(())
}

/// Refuses an anchor that nobody of these has signed.
pub(super) fn are_signed(anchors: &[Anchor], signers: &Path) -> Result<(), Fault> {
    for anchor in anchors {
        if !is_signed(&anchor.path, signers) {
            return Err(Fault::Anchor(anchor.path.clone()));
        }
    }
    Ok(())
}

fn is_signed(path: &Path, signers: &Path) -> bool {
    let mut signature = path.as_os_str().to_owned();
    signature.push(".sig");
    let mut who = Command::new(SSH_KEYGEN);
    who.args(["-Y", "find-principals", "-s"]).arg(&signature).arg("-f").arg(signers);
    let Ok(said) = who.env_clear().stdin(Stdio::null()).output() else { return false };
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    let Some(name) = said.lines().next() else { return false };
    let Ok(content) = File::open(path) else { return false };
    let mut verify = Command::new(SSH_KEYGEN);
    verify.args(["-q", "-Y", "verify", "-n", NAMESPACE, "-I", name, "-s"]).arg(&signature);
    let said = verify.arg("-f").arg(signers).env_clear().stdin(content).output();
    said.is_ok_and(|said| said.status.success())
}

/// How many days between the first and the last one have none.
pub(super) fn missing_days(anchors: &[Anchor]) -> i64 {
    let mut days: Vec<NaiveDate> = anchors.iter().filter_map(|anchor| anchor.day).collect();
    days.sort_unstable();
    days.dedup();
    let (Some(first), Some(last)) = (days.first(), days.last()) else { return 0 };
    (*last - *first).num_days() + 1 - i64::try_from(days.len()).unwrap_or(i64::MAX)
}

/// Files of a folder in the order of their names, which is that of their days. Signatures lie beside
/// what they sign.
fn files(folder: &Path) -> Result<Vec<PathBuf>, Fault> {
    let entries = std::fs::read_dir(folder).map_err(Fault::file(folder))?;
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.is_file() && path.extension().is_none_or(|e| e != "sig"));
    files.sort();
    Ok(files)
}

fn digest(path: &Path) -> Result<String, Fault> {
    digest_of(path).map_err(Fault::file(path))
}

/// Numbers and hashes in a text.
fn heads(text: &str) -> Vec<(i64, String)> {
    if let Ok(head) = serde_json::from_str::<serde_json::Value>(text) {
        let pair = head["seq"].as_i64().zip(head["hash"].as_str().map(str::to_owned));
        return pair.into_iter().collect();
    }
    text.lines().filter_map(head).collect()
}

/// `number algorithm hash`, as `journal head` prints it.
fn head(line: &str) -> Option<(i64, String)> {
    let mut words = line.split_whitespace();
    let (seq, _, hash) = (words.next()?.parse().ok()?, words.next()?, words.next()?);
    let hex = hash.len() == 64 && hash.bytes().all(|b| b.is_ascii_hexdigit());
    hex.then(|| (seq, hash.to_owned()))
}

#[cfg(test)]
mod tests;
