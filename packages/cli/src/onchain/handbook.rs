//! `gridpact completions` and `gridpact man`: the program's own help for shells and manuals.

use std::io::{self, Write};
use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Args, Command};
use clap_complete::Shell;

/// Options of `completions`.
#[derive(Args, Debug, Clone)]
pub struct CompletionsArgs {
    /// Which shell.
    pub shell: Shell,
}

/// Options of `man`.
#[derive(Args, Debug, Clone)]
pub struct ManArgs {
    /// Write a page for every command into this folder, instead of the first page to standard output.
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
}

/// Prints what a shell needs to complete commands and options.
///
/// # Errors
/// Standard output cannot be written to.
pub fn completions(args: &CompletionsArgs, mut program: Command) -> Result<bool> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut program, "gridpact", &mut script);
    print(&script)?;
    Ok(true)
}

/// Prints the manual's first page, or writes all of them.
///
/// # Errors
/// The folder or standard output cannot be written to.
pub fn man(args: &ManArgs, program: Command) -> Result<bool> {
    let Some(folder) = &args.out else {
        let mut page = Vec::new();
        clap_mangen::Man::new(program).render(&mut page)?;
        print(&page)?;
        return Ok(true);
    };
    std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    clap_mangen::generate_to(program, folder).with_context(|| folder.display().to_string())?;
    println!("{}: a page for every command", folder.display());
    Ok(true)
}

fn print(bytes: &[u8]) -> Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => Ok(written?),
    }
}
