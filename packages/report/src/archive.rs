//! What archives keep of a window beside its readings, and the hashes by which it is found and known again.
//!
//! A chain tells the hashes alone. Whoever has the bytes behind them, from any mirror, can prove that they are the right ones.

use gridpact_units::Amount;
use sha2::{Digest, Sha256};

/// Bytes of the largest amount that there can be.
const WIDEST: usize = 16;

/// Bytes that are not one balance for each seat, or not as [`balances_bytes`] writes them.
#[derive(thiserror::Error, Clone, Copy, Debug, PartialEq, Eq)]
pub enum BalancesError {
    /// Nothing.
    #[error("balances: expected a first byte that says how many bytes an amount takes, got nothing")]
    Empty,
    /// A width that no amount has.
    #[error("balances: expected at most {WIDEST} bytes for each amount, got {0}")]
    Width(u8),
    /// Too few or too many bytes.
    #[error("balances: expected 1 byte and {width} for each of {seats} seats, got {got} bytes")]
    Length {
        /// Bytes of each amount.
        width: usize,
        /// Seats of the window.
        seats: usize,
        /// Bytes there are.
        got: usize,
    },
    /// Every amount begins with 0: the same balances in more bytes have another hash.
    #[error("balances: expected the fewest bytes that hold the largest amount, got {0} for each")]
    Wide(usize),
}

/// The free balances with which a window was settled, by seat; 0 for a vacant seat. The first byte says how many bytes each amount
/// takes, the fewest that hold the largest; behind it the amounts, most significant byte first.
pub fn balances_bytes(free: impl IntoIterator<Item = Amount>) -> Vec<u8> {
    let free: Vec<u128> = free.into_iter().map(|free| free.0).collect();
    // What the largest has as its highest bit, all of them together have: whole bytes before it are of no use to any.
    let spare = free.iter().fold(0, |all, one| all | one).leading_zeros() / 8;
    let width = WIDEST.saturating_sub(spare as usize);
    let mut bytes = Vec::with_capacity(free.len().saturating_mul(width).saturating_add(1));
    bytes.extend(u8::try_from(width));
    for one in free {
        bytes.extend_from_slice(one.to_be_bytes().get(spare as usize..).unwrap_or_default());
    }
    bytes
}

/// The balances that [`balances_bytes`] wrote, for so many seats.
///
/// # Errors
/// Any other bytes.
pub fn read_balances(bytes: &[u8], seats: usize) -> Result<Vec<Amount>, BalancesError> {
    let (&first, rest) = bytes.split_first().ok_or(BalancesError::Empty)?;
    let width = usize::from(first);
    if width > WIDEST {
        return Err(BalancesError::Width(first));
    }
    if rest.len() != seats.saturating_mul(width) {
        let got = bytes.len();
        return Err(BalancesError::Length { width, seats, got });
    }
    let free: Vec<Amount> = if width == 0 {
        vec![Amount(0); seats]
    } else {
        rest.chunks_exact(width).map(read_amount).collect()
    };
    if balances_bytes(free.iter().copied()) != bytes {
        return Err(BalancesError::Wide(width));
    }
    Ok(free)
}

fn read_amount(bytes: &[u8]) -> Amount {
    let shift_in = |sum, byte: &u8| sum << 8 | u128::from(*byte);
    Amount(bytes.iter().fold(0, shift_in))
}

/// SHA-256 of what [`balances_bytes`] writes.
pub fn balances_hash(free: impl IntoIterator<Item = Amount>) -> [u8; 32] {
    // Hashed in one go: on a chain's virtual machine, piece by piece costs as much again as the hashing.
    sha256(&balances_bytes(free))
}

/// SHA-256 of what each seat pays and gets, by seat, its debit, then its credit, written as [`balances_bytes`] writes; twice 0 for a
/// vacant seat.
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
