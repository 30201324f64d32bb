//! The file's `[[project]]`s: which projects of the escrow get money of the grid, and who gets it if one comes to nothing.

use std::path::Path;

use cosmwasm_std::HexBinary;

use super::market::Market;
use super::parts::{EscrowPlan, GridProject, Names, ProjectTerms, Receiver};
use crate::onchain::fields::Fields;
use crate::onchain::project::ProjectFile;

/// Reads them; `folder` is where the grid's file stands. `None` where a problem was noted.
pub fn read(file: &Fields, folder: &Path, names: Names) -> Option<Vec<GridProject>> {
    let tables = file.tables("project").into_iter();
    // All are read, so that a problem in one does not hide those of the others.
    let projects: Vec<_> = tables.map(|table| project(table, folder, names)).collect();
    projects.into_iter().collect()
}

fn project(table: Fields, folder: &Path, names: Names) -> Option<GridProject> {
    let number = table.whole("number", 1, u64::MAX);
    let terms = match (table.has("terms"), table.has("terms_hash")) {
        (true, false) => table.text("terms", |name| {
            let path = folder.join(name);
            let read = ProjectFile::read(&path, names.network, |account| names.wallet.address(account));
            read.map(|file| ProjectTerms::File(Box::new(file)))
        }),
        (false, true) => table.text("terms_hash", |text| {
            let hash = HexBinary::from_hex(text).ok().filter(|hash| hash.len() == 32);
            let expected = || format!("expected 64 hex digits, got `{text}`");
            hash.map(ProjectTerms::Hash).ok_or_else(expected)
        }),
        _ => table.problem("terms", "expected terms (a file) or terms_hash, one of them"),
    };
    let otherwise = table.text("otherwise", |text| names.wallet.address(text));
    table.finish();
    Some(GridProject {
        number: number?,
        terms: terms?,
        otherwise: otherwise?,
    })
}

/// Notes where projects, escrow and market do not fit together.
pub fn check(file: &Fields, escrow: &EscrowPlan, projects: &[GridProject], market: &Market) -> Option<()> {
    let receivers = market.fees.iter().map(|(_, to)| to).chain([&market.rounding]);
    let numbers: Vec<u64> = projects.iter().map(|project| project.number).collect();
    for to in receivers {
        if let Receiver::Project(got) = to {
            if !numbers.contains(got) {
                return file.problem(
                    "project",
                    &format!("expected one of number {got}, which is to be paid, got none"),
                );
            }
        }
    }
    let other_asset = |project: &GridProject| match &project.terms {
        ProjectTerms::File(terms) => *terms.asset() != market.asset,
        ProjectTerms::Hash(_) => false,
    };
    if projects.iter().any(other_asset) {
        return file.problem(
            "project",
            "expected terms in the market's asset, since its money goes there",
        );
    }
    if matches!(escrow, EscrowPlan::At(_)) {
        let mut distinct = numbers.clone();
        distinct.sort_unstable();
        distinct.dedup();
        if distinct.len() < numbers.len() {
            return file.problem("project", "expected every number once");
        }
        return Some(());
    }
    if !(1..).zip(&numbers).all(|(next, number)| next == *number) {
        return file.problem(
            "project",
            "expected numbers from 1 in their order, since the escrow is made with the grid",
        );
    }
    if projects
        .iter()
        .any(|project| matches!(project.terms, ProjectTerms::Hash(_)))
    {
        return file.problem(
            "project",
            "expected terms, got a terms_hash: the escrow is made with the grid, and has no project yet",
        );
    }
    Some(())
}
