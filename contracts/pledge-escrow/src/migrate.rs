//! Which deployed contracts this code may take over.

use cosmwasm_std::{Response, Storage};

use crate::error::ContractError;

/// Name in cw2.
pub(crate) const NAME: &str = "crates.io:gridpact-pledge-escrow";
/// Version in cw2.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");
/// The versions whose state this code reads. There is no migration message and no code here that writes parties, terms
/// or balances.
const MIGRATES_FROM: [&str; 1] = ["0.1.0"];

pub(crate) fn migrate(storage: &mut dyn Storage) -> Result<Response, ContractError> {
    let deployed = cw2::get_contract_version(storage)?;
    if deployed.contract != NAME {
        return Err(ContractError::MigrateName {
            expected: NAME,
            got: deployed.contract,
        });
    }
    if !MIGRATES_FROM.contains(&deployed.version.as_str()) {
        return Err(ContractError::MigrateVersion {
            expected: MIGRATES_FROM.join(", "),
            got: deployed.version,
        });
    }
    cw2::set_contract_version(storage, NAME, VERSION)?;
    Ok(Response::new())
}
