//! The one contract that a command is about: of a deployment, or by its address.

use anyhow::Result;

use super::{ContractArgs, GridContracts, Session};

/// Opens a session and finds the contract: at the address given, or where the deployment has it.
///
/// # Errors
/// The chain does not answer; no such deployment.
pub async fn contract(
    args: &ContractArgs,
    of: impl Fn(&GridContracts) -> Result<&str>,
) -> Result<(Session, String)> {
    if let Some(address) = &args.contract {
        return Ok((Session::open(&args.grid.chain).await?, address.clone()));
    }
    let (session, grid) = Session::open_grid(&args.grid).await?;
    let address = of(&grid)?.to_owned();
    Ok((session, address))
}
