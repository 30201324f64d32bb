//! Reports read back from the chain's transactions.

use anyhow::{ensure, Context, Result};
use gridpact_client::{Chain, Message};
use gridpact_types::registry::messages::ExecuteMsg;

use super::super::exit::bad_argument;
use super::report_file::ReportFile;

/// The reports that a transaction carried.
///
/// # Errors
/// Not a hash, no such transaction, or one that carries none.
pub async fn carried_in(chain: &Chain, hash: &str) -> Result<Vec<ReportFile>> {
    let is_hash = hash.len() == 64 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !is_hash {
        return Err(bad_argument(format!(
            "expected a file, or a transaction's hash (64 hex digits), got `{hash}`"
        )));
    }
    let transaction = chain
        .transaction(&hash.to_uppercase())
        .await?
        .with_context(|| format!("no block has a transaction {hash}"))?;
    let reports: Vec<ReportFile> = transaction
        .messages
        .iter()
        .filter_map(|message| report_of(message, &chain.network().chain_id))
        .collect();
    ensure!(!reports.is_empty(), "transaction {hash} carries no report");
    Ok(reports)
}

/// The report that a message carries, if it does.
fn report_of(message: &Message, chain_id: &str) -> Option<ReportFile> {
    let Message::Execute { contract, msg, .. } = message else {
        return None;
    };
    match serde_json::from_slice(msg).ok()? {
        ExecuteMsg::Report { report, signatures } => Some(ReportFile {
            chain_id: chain_id.to_owned(),
            registry: contract.clone(),
            report,
            signatures,
        }),
        _ => None,
    }
}
