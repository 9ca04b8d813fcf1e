//! Copies for the holder of a key that is not on this machine, by the program `age`: a thief of the
//! copy reads nothing, and neither does whoever breaks in here. Its format is open, its keys are made
//! by `age-keygen`, and it opens them again without us.

use std::collections::BTreeSet;
use std::fs::{DirBuilder, File, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::fault::{Fault, Unsealed};
use crate::store::{FilesCopied, Store};

const AGE: &str = "/usr/bin/age";
const ENDING: &str = "age";
/// Behind the name of a sealed copy: the list of its files.
const LIST: &str = ".files";

/// Whether a file is to be sealed, or is.
pub(super) fn is_sealed(file: &Path) -> bool {
    file.extension().is_some_and(|ending| ending == ENDING)
}

/// The folder of sealed documents and photos that all sealed copies of a folder share.
pub(super) fn files_beside(file: &Path) -> PathBuf {
    file.with_file_name("attach-sealed")
}

/// Seals a file for a recipient. Nothing half-made stays.
pub(super) fn seal(recipient: &str, from: &Path, to: &Path) -> Result<(), Fault> {
    let mut age = Command::new(AGE);
    age.args(["--encrypt", "--recipient", recipient, "--output"]).arg(to).arg(from);
    run(age).inspect_err(|_refused| discard(to))?;
    File::open(to).and_then(|file| file.sync_all()).map_err(Fault::file(to))
}

/// Seals every file that a copy names and that is not sealed there yet. A file never changes, so
/// that a night seals only what is new.
pub(super) fn seal_files(
    recipient: &str,
    shelf: &Path,
    folder: &Path,
    named: &BTreeSet<String>,
) -> Result<FilesCopied, Fault> {
    let mut done = FilesCopied::default();
    let mut found = 0;
    for (part, name, path) in on_shelf(shelf)? {
        if !named.contains(&name) {
            continue;
        }
        found += 1;
        let place = folder.join(part);
        let sealed = place.join(format!("{name}.{ENDING}"));
        if sealed.exists() {
            done.there += 1;
            continue;
        }
        make(folder)?;
        make(&place)?;
        let half = place.join(format!("{name}.half"));
        discard(&half);
        seal(recipient, &path, &half)?;
        std::fs::rename(&half, &sealed).map_err(Fault::file(&sealed))?;
        File::open(&place).and_then(|place| place.sync_all()).map_err(Fault::file(&place))?;
        done.copied += 1;
    }
    done.missing = u64::try_from(named.len()).unwrap_or(u64::MAX).saturating_sub(found);
    Ok(done)
}

/// Beside a sealed copy lies the list of the files that it names, by their hashes: who has no key
/// can't ask the copy itself.
fn list_of(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(LIST);
    PathBuf::from(name)
}

/// Writes that list, whole or not at all.
pub(super) fn list(file: &Path, named: &BTreeSet<String>) -> Result<(), Fault> {
    let list = list_of(file);
    let half = list.with_extension("half");
    discard(&half);
    let text: String = named.iter().flat_map(|name| [name.as_str(), "\n"]).collect();
    let options = OpenOptions::new().write(true).create_new(true).mode(0o600).clone();
    options
        .open(&half)
        .and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all()))
        .map_err(Fault::file(&half))?;
    std::fs::rename(&half, &list).map_err(Fault::file(&list))
}

fn listed(file: &Path) -> Option<BTreeSet<String>> {
    let text = std::fs::read_to_string(list_of(file)).ok()?;
    Some(text.lines().map(str::to_owned).collect())
}

/// Lets go of sealed files that none of the sealed copies in this folder names any more: what was
/// erased goes with the last copy of it. A copy without a list keeps everything.
pub(super) fn let_go(file: &Path) -> Result<(), Fault> {
    let here = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let here = here.unwrap_or(Path::new("."));
    let mut named = BTreeSet::new();
    for entry in std::fs::read_dir(here).map_err(Fault::file(here))?.flatten() {
        let path = entry.path();
        if is_sealed(&path) {
            let Some(list) = listed(&path) else { return Ok(()) };
            named.extend(list);
        } else if let Some(copy) = path.to_str().and_then(|path| path.strip_suffix(LIST))
            && is_sealed(Path::new(copy))
            && !Path::new(copy).exists()
        {
            discard(&path);
        }
    }
    for (_, name, path) in on_shelf(&files_beside(file))? {
        let sealed = name.strip_suffix(ENDING).and_then(|name| name.strip_suffix('.'));
        if sealed.is_some_and(|sealed| !named.contains(sealed)) {
            discard(&path);
        }
    }
    Ok(())
}

/// Folder, name and path of each file of a shelf.
fn on_shelf(shelf: &Path) -> Result<Vec<(String, String, PathBuf)>, Fault> {
    let list = |folder: &Path| -> Result<Vec<(String, PathBuf)>, Fault> {
        let entries = std::fs::read_dir(folder).map_err(Fault::file(folder))?;
        let named = entries.filter_map(|entry| {
            let entry = entry.ok()?;
            Some((entry.file_name().into_string().ok()?, entry.path()))
        });
        Ok(named.collect())
    };
    let mut all = Vec::new();
    if shelf.is_dir() {
        for (part, folder) in list(shelf)?.into_iter().filter(|(part, _)| part.len() == 2) {
            for (name, path) in list(&folder)? {
                all.push((part.clone(), name, path));
            }
        }
    }
    Ok(all)
}

/// A sealed copy that was opened, in a folder of its own that goes with this value.
#[derive(Debug)]
pub(super) struct Opened {
    folder: PathBuf,
    copy: PathBuf,
}

impl Opened {
    /// Opens a copy and its documents beside the place where it is to go.
    pub(super) fn make(file: &Path, identity: &Path, target: &Path) -> Result<Self, Fault> {
        let folder = target.with_file_name(format!("opening-{}", std::process::id()));
        DirBuilder::new().mode(0o700).create(&folder).map_err(Fault::file(&folder))?;
        let opened = Self { copy: folder.join("copy.db"), folder };
        open(identity, file, &opened.copy)?;
        let shelf = Store::files_beside(&opened.copy);
        let named = listed(file);
        for (part, name, path) in on_shelf(&files_beside(file))? {
            let Some(plain) = name.strip_suffix(&format!(".{ENDING}")) else { continue };
            if named.as_ref().is_some_and(|named| !named.contains(plain)) {
                continue;
            }
            make(&shelf)?;
            make(&shelf.join(&part))?;
            open(identity, &path, &shelf.join(part).join(plain))?;
        }
        Ok(opened)
    }

    /// The database.
    pub(super) fn copy(&self) -> &Path {
        &self.copy
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        if let Err(error) = std::fs::remove_dir_all(&self.folder) {
            tracing::warn!(kind = ?error.kind(), "an opened copy was left");
        }
    }
}

fn open(identity: &Path, from: &Path, to: &Path) -> Result<(), Fault> {
    let mut age = Command::new(AGE);
    age.args(["--decrypt", "--identity"]).arg(identity).arg("--output").arg(to).arg(from);
    run(age)
}

fn run(mut age: Command) -> Result<(), Fault> {
    let said =
        age.env_clear().stdin(Stdio::null()).output().map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => Fault::Seal(Unsealed::NoProgram),
            why => Fault::File { path: AGE.into(), why },
        })?;
    if said.status.success() {
        return Ok(());
    }
    let error = String::from_utf8_lossy(&said.stderr);
    let line = error.lines().next().unwrap_or_default();
    Err(Fault::Seal(Unsealed::Refused(line.trim_start_matches("age: error: ").to_owned())))
}

fn make(folder: &Path) -> Result<(), Fault> {
    match DirBuilder::new().mode(0o700).create(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
            Err(Fault::File { path: folder.to_owned(), why: error.kind() })
        }
        _ => Ok(()),
    }
}

/// Removes what was half made; that it is not there is fine.
fn discard(path: &Path) {
    if let Err(error) = std::fs::remove_file(path)
        && error.kind() != std::io::ErrorKind::NotFound
    {
        tracing::warn!(kind = ?error.kind(), "a half-sealed file was left");
    }
}
