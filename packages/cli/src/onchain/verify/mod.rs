//! `gridpact verify`: the chain against the files and against its own transactions. Anybody can run it; no key is needed.

mod archive;
mod books;
mod check;
mod compare;

use std::path::PathBuf;

use anyhow::Result;
use clap::Args;
use serde_json::json;

use super::deploy::artifacts::{ArtifactArgs, Artifacts};
use super::deploy::record;
use super::grid_file::{Addresses, GridFile, Names};
use super::{GridArgs, GridContracts, Listing, Session};
use books::Recomputed;
use compare::is_missing;

pub use check::Check;
pub use compare::compare;

/// Options of `verify`.
#[derive(Args, Debug, Clone)]
pub struct VerifyArgs {
    /// The grid's file. By default the one it was deployed from, if it is still there.
    #[arg(long, value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Also recompute the grid's books on this machine, from the chain's transactions alone, and compare every balance,
    /// every held window, the community account and the totals with what the contracts answer.
    ///
    /// Reads the transactions since the contracts were made: signatures are checked again, windows are settled again, and
    /// money is counted as it came and went. The node must still have those blocks, and an index of transactions. What the
    /// contracts answer is asked for as of the last block read, which is told. A difference is told in full, and the
    /// exit code is 1.
    #[arg(long)]
    pub books: bool,
    /// With --books: also keep every report, and the balances with which its window was settled, as files under this folder, so
    /// that any host of files may mirror them: reports/BODY-HASH.bin and balances/HASH.bin. Their names are the hashes that the
    /// chain tells of them, so that whoever fetches one need not trust the host. Files that are there stay.
    #[arg(long, value_name = "FOLDER", requires = "books")]
    pub archive: Option<PathBuf>,
    /// Checksums.
    #[command(flatten)]
    pub artifacts: ArtifactArgs,
    /// Grid, chain and output.
    #[command(flatten)]
    pub grid: GridArgs,
}

/// Compares a deployed grid with its files; `false` where something differs.
///
/// # Errors
/// The grid is not deployed; a file that is not as expected; the chain does not answer.
pub async fn run(args: &VerifyArgs) -> Result<bool> {
    let (session, contracts) = Session::open_grid(&args.grid).await?;
    let artifacts = Artifacts::open(&args.artifacts.artifacts)?;
    let file = grid_file(args, &session, &contracts)?;
    let at = Addresses {
        escrow: contracts.escrow()?.to_owned(),
        registry: contracts.registry()?.to_owned(),
        settlement: contracts.settlement()?.to_owned(),
    };
    let mut checks = compare(&session, &at, &artifacts, file.as_ref()).await?;
    if let Some(file) = &file {
        checks.insert(0, Check::of("name", &file.name, &contracts.name));
    }
    let books = if args.books && !is_missing(&checks) {
        Some(books::recompute(&session, &at, args.archive.as_deref(), &mut checks).await?)
    } else {
        None
    };
    let same = checks.iter().all(Check::is_same);
    let value = json!({
        "grid": contracts.name,
        "chain_id": session.network().chain_id,
        "same": same,
        "grid_file": file.as_ref().map(|file| file.path.clone()),
        "books": books,
        "checks": checks,
    });
    session.print(&value, |_| text(&checks, file.as_ref(), books.as_ref()))?;
    Ok(same)
}

fn grid_file(args: &VerifyArgs, session: &Session, contracts: &GridContracts) -> Result<Option<GridFile>> {
    let names = Names {
        network: session.network(),
        wallet: session.wallet(),
    };
    if let Some(file) = &args.file {
        return GridFile::read(file, names).map(Some);
    }
    let folder = &session.args().deployments;
    let record = record::read(folder, &session.network().chain_id, &contracts.name)?;
    let path = record
        .map(|record| record.grid_file)
        .filter(|path| path.is_file());
    path.map(|path| GridFile::read(&path, names)).transpose()
}

fn text(checks: &[Check], file: Option<&GridFile>, books: Option<&Recomputed>) -> String {
    let mut list = Listing::new(["compared", "", "on the chain"]);
    for check in checks.iter().filter(|check| check.is_same()) {
        list.row([check.what.clone(), "same".to_owned(), shortened(&check.got)]);
    }
    let mut text = list.to_string();
    for check in checks.iter().filter(|check| !check.is_same()) {
        text.push_str(&format!("DIFFERS  {}\n", check.difference()));
    }
    match file {
        Some(file) => text.push_str(&format!("compared with {}\n", file.path.display())),
        None => text
            .push_str("without a grid's file (--file): operator, committee and policy were not compared\n"),
    }
    if let Some(books) = books {
        text.push_str(&books.text());
    }
    text
}

/// A table's cell: the differences below the table are told in full.
fn shortened(text: &str) -> String {
    const MOST: usize = 70;
    if text.chars().count() <= MOST {
        text.to_owned()
    } else {
        text.chars().take(MOST).chain(['…']).collect()
    }
}
