//! `huifang policy | completions | man`: what needs no database.

use std::path::Path;

use clap_complete::Shell;
use serde_json::json;

use super::args::{Format, Policy};
use super::fault::Fault;
use super::parse::command;
use super::session::{Desk, Io};
use super::table::document;
use crate::assets::policy;
use crate::i18n::Catalog;

/// Shows the policy in force, or checks a file.
pub fn policy(what: &Policy, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    match what {
        Policy::Show => {
            let format = desk.format(&[Format::Table, Format::Json])?;
            let text = policy::default_text();
            if format == Format::Json {
                let pack: toml::Value =
                    toml::from_str(text).map_err(|fault| Fault::Pack(fault.to_string()))?;
                document(&json!(pack), io.out)?;
            } else {
                io.out.write_all(text.as_bytes())?;
            }
        }
        Policy::Check { file } => check(file, desk, io)?,
    }
    Ok(())
}

fn check(file: &Path, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    let text = std::fs::read_to_string(file).map_err(Fault::file(file))?;
    let name = file.display().to_string();
    let pack = policy::parse(&name, &text).map_err(|fault| Fault::Pack(fault.to_string()))?;
    let t = &Catalog::of(desk.lang).cli;
    writeln!(io.out, "{name}: {} {}", pack.version, t.fine)?;
    Ok(())
}

/// Prints completions.
pub fn completions(shell: Shell, desk: &Desk, io: &mut Io<'_>) {
    clap_complete::generate(shell, &mut command(desk.lang), "huifang", &mut Plain(io.out));
}

/// Lets the generator write where we write.
struct Plain<'a>(&'a mut dyn std::io::Write);

impl std::io::Write for Plain<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.write(bytes)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        self.0.flush()
    }
}

/// Prints the manual page.
pub fn man(desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    clap_mangen::Man::new(command(desk.lang)).render(&mut Plain(io.out))?;
    Ok(())
}
