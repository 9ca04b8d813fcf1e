//! Files that leave the program: whole before they have their name, readable by their owner alone,
//! and without anything that a spreadsheet would run.

use std::fmt::Write as _;
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufWriter, ErrorKind, Read as _, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

/// Characters of a name in the name of a file.
const NAME: usize = 60;

/// A file that has not got its name yet; gone if it never gets it.
#[derive(Debug)]
pub struct Draft {
    place: PathBuf,
    out: BufWriter<File>,
}

impl Draft {
    /// Begins a file beside the place that it will have.
    pub fn beside(path: &Path) -> io::Result<Self> {
        use std::os::unix::fs::OpenOptionsExt as _;
        let mut name = std::ffi::OsString::from(".");
        name.push(path.file_name().unwrap_or_default());
        name.push(format!(".{}.part", std::process::id()));
        let place = path.with_file_name(name);
        // What a program left that was ended on the way.
        let _ = fs::remove_file(&place);
        let file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&place)?;
        Ok(Self { place, out: BufWriter::new(file) })
    }

    /// A file with these bytes, not yet named.
    pub fn of(path: &Path, bytes: &[u8]) -> io::Result<Self> {
        let mut draft = Self::beside(path)?;
        draft.write_all(bytes)?;
        draft.sync()?;
        Ok(draft)
    }

    /// Where it lies until it has its name.
    pub fn place(&self) -> &Path {
        &self.place
    }

    fn sync(&mut self) -> io::Result<()> {
        self.out.flush()?;
        self.out.get_ref().sync_all()
    }

    /// Gives the file its name, over whatever has it.
    pub fn take(mut self, path: &Path) -> io::Result<()> {
        self.sync()?;
        fs::rename(&self.place, path)?;
        sync_folder(path)
    }

    /// Gives the file its name unless something has it.
    pub fn take_free(mut self, path: &Path) -> io::Result<()> {
        self.sync()?;
        match fs::hard_link(&self.place, path) {
            Err(fault) if fault.kind() != ErrorKind::AlreadyExists => {
                // A file system without links: a name that is taken is still refused.
                drop(File::create_new(path)?);
                fs::rename(&self.place, path)
            }
            linked => linked,
        }?;
        sync_folder(path)
    }
}

/// Whether somebody's file lies at this place: a file with anything in it. An empty one, or one with
/// nothing but a byte order mark, has nothing to lose, and a device is none.
pub fn holds_something(path: &Path) -> io::Result<bool> {
    const MARK: &[u8] = b"\xEF\xBB\xBF";
    let about = match fs::metadata(path) {
        Ok(about) => about,
        Err(fault) if fault.kind() == ErrorKind::NotFound => return Ok(false),
        Err(fault) => return Err(fault),
    };
    if !about.is_file() || about.len() == 0 {
        return Ok(false);
    }
    Ok(about.len() != MARK.len() as u64 || fs::read(path)? != MARK)
}

/// The folder of a file that is to be laid down, if it is not there: what to name then, since the file
/// itself is not meant to be.
pub fn missing_folder(path: &Path) -> Option<&Path> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty())?;
    matches!(folder.try_exists(), Ok(false)).then_some(folder)
}

/// After a power cut a name is there only if its folder was written too.
fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Seek for Draft {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.out.seek(to)
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // Has got its name, or never will.
        let _ = fs::remove_file(&self.place);
    }
}

/// A name in a folder that nobody else gets; free again if no file takes it.
#[derive(Debug)]
pub struct Reserved(PathBuf);

impl Reserved {
    /// Reserves `stem.ending`, or with the next number where that is taken.
    pub fn new(folder: &Path, stem: &str, ending: &str) -> io::Result<Self> {
        let mut number = 1_u32;
        loop {
            let more = if number == 1 { String::new() } else { format!("-{number}") };
            let path = folder.join(format!("{stem}{more}.{ending}"));
            match File::create_new(&path) {
                Ok(_empty) => return Ok(Self(path)),
                Err(fault) if fault.kind() == ErrorKind::AlreadyExists && number < u32::MAX => {
                    number += 1;
                }
                Err(fault) => return Err(fault),
            }
        }
    }

    /// The name.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Gives the name to a file.
    pub fn give(self, draft: Draft) -> io::Result<PathBuf> {
        draft.take(&self.0)?;
        let mut this = self;
        Ok(std::mem::take(&mut this.0))
    }
}

impl Drop for Reserved {
    fn drop(&mut self) {
        if !self.0.as_os_str().is_empty() {
            let _ = fs::remove_file(&self.0);
        }
    }
}

/// Makes a folder that only its owner may look into.
pub fn private_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// A text of the bank's own as part of a file's name: what is no letter, digit or dash never becomes
/// part of a path. Different texts are different names.
pub fn name_of(text: &str) -> String {
    let safe = |c: char| if c.is_alphanumeric() || c == '-' { c } else { '_' };
    let name: String = text.chars().take(NAME).map(safe).collect();
    if name == text {
        return name;
    }
    let digest = hex(&Sha256::digest(text));
    let short: String = digest.chars().take(8).collect();
    format!("{name}-{short}")
}

/// Bytes as hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        // Writing into a string never fails.
        let _ = write!(out, "{byte:02x}");
    }
    out
}

/// SHA-256 of a file, as hexadecimal digits.
pub fn digest_of(path: &Path) -> io::Result<String> {
    let mut digest = Sha256::new();
    let mut file = File::open(path)?;
    let mut chunk = vec![0; 64 << 10];
    loop {
        let read = file.read(&mut chunk)?;
        if read == 0 {
            return Ok(hex(&digest.finalize()));
        }
        digest.update(chunk.get(..read).unwrap_or_default());
    }
}

/// Whether a spreadsheet would run a text that begins with this character.
const fn starts_formula(c: char) -> bool {
    matches!(c, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '\t' | '\r')
}

/// Whether a text is written with `'` before it (`exchange.md` section 2): a spreadsheet would run
/// it, or it reads as if it had been written so.
pub fn needs_guard(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(starts_formula)
}

/// The text as a cell, with `'` before it where it needs one.
pub fn guard(text: String) -> String {
    if needs_guard(&text) { format!("'{text}") } else { text }
}

#[cfg(test)]
mod tests;
