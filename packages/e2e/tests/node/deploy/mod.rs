//! `gridpact deploy`, `verify` and `migrate`, with code that no chain has seen.

mod killed;
mod migrate;
mod projects;
mod stale;
mod verify;

use std::path::Path;

use anyhow::{ensure, Result};
use gridpact_e2e::{artifact, Devnet};
use sha2::{Digest, Sha256};

use crate::story::files::{self, FOUNDERS, ORACLES};
use crate::village::Village;

/// Deploys the grid of [`deployers`].
const DEPLOY: &str = "deploy grid.toml --artifacts artifacts --from deployer";
const CONTRACTS: [&str; 3] = ["pledge-escrow", "meter-registry", "energy-settlement"];

/// The contracts as code that no chain has seen: each with a section of its own at its end, which changes nothing but the
/// checksum.
fn write_artifacts(folder: &Path, mark: &str, wasm_of: impl Fn(&'static str) -> &'static str) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut checksums = String::new();
    for contract in CONTRACTS {
        let mut wasm = artifact(wasm_of(contract))?;
        let mark = format!("{mark} {contract}");
        let length = u8::try_from(mark.len())?;
        // Section 0, its length, and a name that fills it.
        wasm.extend([0, length + 1, length]);
        wasm.extend(mark.as_bytes());
        ensure!(length < 127, "one byte of LEB128");
        checksums.push_str(&format!(
            "{}  {contract}.wasm\n",
            hex::encode(Sha256::digest(&wasm))
        ));
        std::fs::write(folder.join(format!("{contract}.wasm")), wasm)?;
    }
    Ok(std::fs::write(folder.join("checksums.txt"), checksums)?)
}

/// A village of those who deploy, with artifacts of its own.
async fn deployers(devnet: &Devnet) -> Result<Village> {
    let names = [&["deployer", "operator", "contractor"][..], &FOUNDERS, &ORACLES].concat();
    let village = Village::new(devnet, &names, false).await?;
    // The deployer's address is new in every run: so is the code.
    let mark = village.address("deployer");
    write_artifacts(&village.path("artifacts"), mark, |contract| contract)?;
    files::write(&village)?;
    let grid = files::grid(&village.money).replace("admin = \"none\"", "admin = \"deployer\"");
    village.write("grid.toml", &grid)?;
    Ok(village)
}
