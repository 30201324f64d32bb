//! CrateArrows between the workspace's crates.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{ensure, Context, Result};
use serde::Deserialize;

/// A crate to the crates of the workspace that it stands on.
pub type CrateArrows = BTreeMap<String, BTreeSet<String>>;

/// One crate of the workspace.
#[derive(Clone, Debug)]
pub struct WorkspaceCrate {
    /// Its name, `gridpact-` left out.
    pub name: String,
    /// The folder of its sources.
    pub src: PathBuf,
    /// What it depends on in every build, tests aside: crates of the workspace by their short names, others by theirs.
    pub dependencies: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    manifest_path: PathBuf,
    dependencies: Vec<Dependency>,
}

#[derive(Deserialize)]
struct Dependency {
    name: String,
    kind: Option<String>,
}

fn short(name: &str) -> String {
    name.strip_prefix("gridpact-").unwrap_or(name).to_owned()
}

/// The crates of the workspace around a folder, as cargo reads the manifests.
///
/// # Errors
/// No cargo, or no workspace.
pub fn members(folder: &Path) -> Result<Vec<WorkspaceCrate>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(cargo)
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(folder)
        .output()
        .context("cannot run cargo metadata")?;
    ensure!(
        output.status.success(),
        "cargo metadata: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let metadata: Metadata = serde_json::from_slice(&output.stdout)?;
    let member = |package: Package| {
        let folder = package
            .manifest_path
            .parent()
            .context("a manifest without a folder")?;
        let built = package.dependencies.into_iter().filter(|on| on.kind.is_none());
        Ok(WorkspaceCrate {
            name: short(&package.name),
            src: folder.join("src"),
            dependencies: built.map(|on| short(&on.name)).collect(),
        })
    };
    metadata.packages.into_iter().map(member).collect()
}

/// The arrows among these crates.
pub fn arrows(members: &[WorkspaceCrate]) -> CrateArrows {
    let names: BTreeSet<String> = members.iter().map(|member| member.name.clone()).collect();
    members
        .iter()
        .map(|member| {
            let inside = member.dependencies.intersection(&names).cloned().collect();
            (member.name.clone(), inside)
        })
        .collect()
}

/// The arrows that a page allows: in its first block of code marked `house`, a crate a line, `name: what it may stand on`, the
/// names of crates set apart by blanks.
///
/// # Errors
/// No such block, or a line of another form.
pub fn allowed(page: &str) -> Result<CrateArrows> {
    let (_, block) = page
        .split_once("```house\n")
        .context("expected a block marked `house`")?;
    let (block, _) = block.split_once("```").context("expected the block's end")?;
    let line = |line: &str| {
        let (name, on) = line
            .split_once(':')
            .with_context(|| format!("expected `name: crates`, got `{line}`"))?;
        let on = on.split_whitespace().map(str::to_owned).collect();
        Ok((name.trim().to_owned(), on))
    };
    block
        .lines()
        .filter(|text| !text.trim().is_empty())
        .map(line)
        .collect()
}

/// Where what is differs from what is allowed, a sentence each.
pub fn differences(is: &CrateArrows, allowed: &CrateArrows) -> Vec<String> {
    let mut told = Vec::new();
    for (name, on) in is {
        let Some(may) = allowed.get(name) else {
            told.push(format!("{name}: a crate that the page does not name"));
            continue;
        };
        let forbidden = on.difference(may);
        told.extend(forbidden.map(|other| format!("{name} -> {other}: a forbidden arrow")));
        let unused = may.difference(on);
        told.extend(unused.map(|other| format!("{name} -> {other}: allowed, but there is no such arrow")));
    }
    let gone = allowed.keys().filter(|name| !is.contains_key(*name));
    told.extend(gone.map(|name| format!("{name}: named on the page, but there is no such crate")));
    told
}
