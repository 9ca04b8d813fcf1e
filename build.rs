//! Asks the linker for packed relocations where the system's loader understands them: the program is
//! one megabyte smaller and starts without reading that megabyte. And for functions of the same
//! instructions to be kept once, a third of a megabyte more.

use std::env;
use std::process::Command;

/// The first GNU C library that loads what is packed so.
const SINCE: (u32, u32) = (2, 36);

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let of = |name: &str| env::var(name).unwrap_or_default();
    // What is built for another system is not known to load it.
    let at_home = of("HOST") == of("TARGET");
    let gnu = of("CARGO_CFG_TARGET_OS") == "linux" && of("CARGO_CFG_TARGET_ENV") == "gnu";
    if at_home && gnu && loader().is_some_and(|version| version >= SINCE) {
        println!("cargo:rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
    // Only the compiler's own linker (lld, since 1.90 here) is known to fold; another may be set.
    let lld = of("TARGET") == "x86_64-unknown-linux-gnu" && env::var_os("RUSTC_LINKER").is_none();
    if at_home && lld && of("PROFILE") == "release" {
        println!("cargo:rustc-link-arg-bins=-Wl,--icf=all");
    }
}

/// The version of this system's C library: `glibc 2.36`.
fn loader() -> Option<(u32, u32)> {
    let told = Command::new("getconf").arg("GNU_LIBC_VERSION").output().ok()?;
    let told = String::from_utf8(told.stdout).ok()?;
    let (major, minor) = told.trim().strip_prefix("glibc ")?.split_once('.')?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}
