//! The one contract that a command is about: of a deployment, or by its address.

use anyhow::Result;

use super::{Deployment, GridArgs, Session};

/// Opens a session and finds the contract: at the address given, or where the deployment has it.
///
/// # Errors
/// The chain does not answer; no such deployment.
pub async fn contract(
    args: &GridArgs,
    address: Option<&str>,
    of: impl Fn(&Deployment) -> Result<&str>,
) -> Result<(Session, String)> {
    if let Some(address) = address {
        return Ok((Session::open(&args.chain).await?, address.to_owned()));
    }
    let (session, grid) = Session::open_grid(args).await?;
    let address = of(&grid)?.to_owned();
    Ok((session, address))
}
