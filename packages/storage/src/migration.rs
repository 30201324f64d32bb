//! Which deployed contracts a code may take over.

use cosmwasm_std::{StdError, Storage};

/// Why a migration is refused.
#[derive(thiserror::Error, Debug, PartialEq)]
pub enum MigrationError {
    /// Nothing that cw2 knows.
    #[error(transparent)]
    Std(#[from] StdError),
    /// Another contract's state.
    #[error("contract: expected {expected}, got {got}")]
    Name {
        /// The name of the new code.
        expected: &'static str,
        /// The name in cw2.
        got: String,
    },
    /// State of a version that the new code does not read.
    #[error("version: expected one of {expected}, got {got}")]
    Version {
        /// The versions it reads.
        expected: String,
        /// The version in cw2.
        got: String,
    },
}

/// Puts the new version into cw2, where the deployed contract has the code's name and one of the versions whose state it
/// reads. Nothing else is written: no migration can rewrite parties, terms, policies or balances.
///
/// # Errors
/// Another name, or another version.
pub fn take_over(
    storage: &mut dyn Storage,
    name: &'static str,
    version: &str,
    reads: &[&str],
) -> Result<(), MigrationError> {
    let deployed = cw2::get_contract_version(storage)?;
    if deployed.contract != name {
        return Err(MigrationError::Name {
            expected: name,
            got: deployed.contract,
        });
    }
    if !reads.contains(&deployed.version.as_str()) {
        return Err(MigrationError::Version {
            expected: reads.join(", "),
            got: deployed.version,
        });
    }
    cw2::set_contract_version(storage, name, version)?;
    Ok(())
}
