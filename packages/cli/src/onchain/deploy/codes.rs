//! Which of the contracts' codes the chain has already, and who may store the others.

use std::collections::BTreeMap;

use anyhow::{bail, Result};
use gridpact_client::{Chain, UploadPermission};

use super::artifacts::Checksum;
use crate::onchain::exit::bad_argument;
use crate::onchain::hex;
use crate::onchain::state_file::StateFile;

/// Numbers of codes, by contract.
pub type Codes = BTreeMap<String, u64>;

/// Looks for codes by their checksums: first those named in the grid's file, then those in the state file, then among all
/// codes of the chain. What is not found is not in the answer.
///
/// # Errors
/// A named code that is another one or does not exist; the chain does not answer.
pub async fn known(
    chain: &Chain,
    wanted: &BTreeMap<&str, Checksum>,
    named: &Codes,
    state: &StateFile,
) -> Result<Codes> {
    let mut codes = Codes::new();
    for (contract, checksum) in wanted {
        if let Some(id) = named.get(*contract) {
            let got = chain.code(*id).await?.map(|code| code.checksum);
            if got != Some(*checksum) {
                let got = got.map_or_else(|| "no such code".to_owned(), |got| hex(&got));
                return Err(bad_argument(format!(
                    "codes.{contract}: expected a code with checksum {} (artifacts/checksums.txt), got for code {id}: {got}",
                    hex(checksum)
                )));
            }
            codes.insert((*contract).to_owned(), *id);
        } else if let Some(id) = state.code_id(&chain.network().chain_id, contract) {
            // A chain that began anew under its old name has other codes, or none.
            if chain
                .code(id)
                .await?
                .is_some_and(|code| code.checksum == *checksum)
            {
                codes.insert((*contract).to_owned(), id);
            }
        }
    }
    if codes.len() < wanted.len() {
        for code in chain.codes().await? {
            let same = wanted.iter().filter(|(_, checksum)| **checksum == code.checksum);
            for (contract, _) in same {
                codes.entry((*contract).to_owned()).or_insert(code.id);
            }
        }
    }
    Ok(codes)
}

/// Makes sure that an account may store code.
///
/// # Errors
/// It may not; the text says what can be done.
pub async fn check_permission(chain: &Chain, account: &str, missing: &[&str]) -> Result<()> {
    let allowed = match chain.upload_permission().await? {
        UploadPermission::Everybody => return Ok(()),
        UploadPermission::AnyOf(accounts) if accounts.iter().any(|allowed| allowed == account) => {
            return Ok(())
        }
        UploadPermission::Nobody => "nobody but a governance proposal".to_owned(),
        UploadPermission::AnyOf(accounts) => format!("only {}", accounts.join(", ")),
    };
    let chain_id = &chain.network().chain_id;
    let missing = missing.join(", ");
    bail!(
        "{chain_id} lets {allowed} store code, and {account} is to store {missing}. What can be done:
  - have one of them store artifacts/NAME.wasm as they are, or propose it: CHAIN-PROGRAM tx wasm submit-proposal wasm-store
    artifacts/NAME.wasm, one a contract, with this repository's commit in the summary, so that voters can build the same
    bytes (scripts/build-wasm) and compare them with artifacts/checksums.txt. Then run this again: it finds codes by their
    checksums
  - or, where they are stored already and not found, put their numbers into the grid's file under [codes]"
    )
}
