//! Tests of the `gridpact` program, in one binary.
#![allow(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    reason = "a test that cannot go on should stop"
)]

mod arguments;
mod numbers;
mod onchain;
mod published;
mod readings;
mod rehearsal;
mod simulate;
mod sources;

use std::path::PathBuf;
use std::process::{Command, Output};

/// An empty folder of this test's own.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// Runs the program.
fn gridpact(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_gridpact"))
        .args(arguments)
        .output()
        .unwrap()
}

/// What the program says on failing; it must fail.
fn refusal(arguments: &[&str]) -> String {
    let output = gridpact(arguments);
    assert!(!output.status.success(), "expected a refusal of {arguments:?}");
    assert!(output.stdout.is_empty(), "a refusal prints no result");
    String::from_utf8(output.stderr).unwrap()
}
