//! `scripts/gas`: what every message costs on a node, as a table, and whether it got dearer.

#![allow(
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    reason = "a tool of tests: a panic is a failure, floats are for display"
)]

mod book;
mod bursts;
mod crowd;
mod gas_meter;
mod grids;
mod long_list;
mod page;
mod projects;
mod quarrels;
mod readings;
mod tokens;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::Parser;
use gridpact_e2e::Devnet;

use book::{Book, Row};
use gas_meter::GasMeter;

/// Measures what every message costs on the devnet, and prints it row by row.
#[derive(Parser)]
struct Options {
    /// Compare with docs/gas.json: a row more than 2 % dearer, or one that is not there, is an error.
    #[arg(long, conflicts_with = "write")]
    check: bool,
    /// Write docs/gas.json and docs/gas.md.
    #[arg(long)]
    write: bool,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(&Options::parse()).await {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("gas: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Measures everything; `false` where something got dearer.
async fn run(options: &Options) -> Result<bool> {
    let devnet = Devnet::connect().await?;
    let mut meter = GasMeter::new(devnet.chain().clone());
    println!("{}", Row::heading());
    grids::codes(&devnet, &mut meter).await?;
    projects::measure(&devnet, &mut meter).await?;
    for meters in [10, 100, 1_000] {
        grids::measure(&devnet, &mut meter, meters)
            .await
            .with_context(|| format!("grid of {meters} meters"))?;
    }
    tokens::measure(&devnet, &mut meter).await?;
    let book = Book { rows: meter.rows };
    let docs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs");
    let data: PathBuf = docs.join("gas.json");
    if options.write {
        std::fs::create_dir_all(&docs)?;
        std::fs::write(&data, serde_json::to_string_pretty(&book)? + "\n")?;
        std::fs::write(docs.join("gas.md"), page::page(&book))?;
        println!("written: docs/gas.json, docs/gas.md");
    }
    if options.check {
        let committed =
            std::fs::read(&data).with_context(|| format!("{}: run scripts/gas --write", data.display()))?;
        let committed: Book = serde_json::from_slice(&committed)?;
        let dearer = book.dearer_than(&committed);
        for line in &dearer {
            eprintln!("gas: {line}");
        }
        println!("{} rows compared with docs/gas.json", book.rows.len());
        return Ok(dearer.is_empty());
    }
    Ok(true)
}
