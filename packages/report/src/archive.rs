//! What archives keep of a window beside its readings, and the hashes by which it is found and known again.
//!
//! A chain tells the hashes alone. Whoever has the bytes behind them, from any mirror, can prove that they are the right ones.

use gridpact_units::Amount;
use sha2::{Digest, Sha256};

/// Bytes of one amount.
const WIDTH: usize = 16;

/// The bytes are not one balance for each seat.
#[derive(thiserror::Error, Clone, Copy, Debug, PartialEq, Eq)]
#[error("balances: expected {WIDTH} bytes for each of {seats} seats, got {got} bytes")]
pub struct BalancesLength {
    /// Seats of the window.
    pub seats: usize,
    /// Bytes there are.
    pub got: usize,
}

/// The free balances with which a window was settled, by seat: 16 bytes each, most significant first; 0 for a vacant seat.
pub fn balances_bytes(free: impl IntoIterator<Item = Amount>) -> Vec<u8> {
    free.into_iter().flat_map(|free| free.0.to_be_bytes()).collect()
}

/// The balances that [`balances_bytes`] wrote, for so many seats.
///
/// # Errors
/// Too few or too many bytes.
pub fn read_balances(bytes: &[u8], seats: usize) -> Result<Vec<Amount>, BalancesLength> {
    let (amounts, rest) = bytes.as_chunks::<WIDTH>();
    if amounts.len() != seats || !rest.is_empty() {
        let got = bytes.len();
        return Err(BalancesLength { seats, got });
    }
    Ok(amounts
        .iter()
        .map(|amount| Amount(u128::from_be_bytes(*amount)))
        .collect())
}

/// SHA-256 of what [`balances_bytes`] writes.
pub fn balances_hash(free: impl IntoIterator<Item = Amount>) -> [u8; 32] {
    // Hashed in one go: on a chain's virtual machine, piece by piece costs as much again as the hashing.
    let bytes: Vec<[u8; WIDTH]> = free.into_iter().map(|free| free.0.to_be_bytes()).collect();
    sha256(bytes.as_flattened())
}

/// SHA-256 of what each seat pays and gets, by seat: its debit, then its credit, 16 bytes each, most significant first; twice 0
/// for a vacant seat.
pub fn results_hash(results: impl IntoIterator<Item = (Amount, Amount)>) -> [u8; 32] {
    balances_hash(results.into_iter().flat_map(|(debit, credit)| [debit, credit]))
}

/// Where an archive keeps a report, as it was signed: `reports/BODY-HASH.bin`.
pub fn report_path(body_hash: &[u8; 32]) -> String {
    format!("reports/{}.bin", hex(body_hash))
}

/// Where an archive keeps the balances of a window: `balances/HASH.bin`.
pub fn balances_path(balances_hash: &[u8; 32]) -> String {
    format!("balances/{}.bin", hex(balances_hash))
}

fn hex(hash: &[u8; 32]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// SHA-256, as every hash of a grid is.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}
