//! `huifang completions | man`: what needs no database.

use clap_complete::Shell;

use super::parse::command;
use super::session::{Desk, Io};
use crate::fault::Fault;

/// Prints completions.
pub fn completions(shell: Shell, desk: &Desk, io: &mut Io<'_>) -> Result<(), Fault> {
    // The generator takes it for impossible that a reader has seen enough, or that a disk is full.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command(desk.lang), "huifang", &mut script);
    Ok(io.out.write_all(&script)?)
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
