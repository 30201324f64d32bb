//! Who takes part.

use anyhow::{Context, Result};
use cosmwasm_std::Addr;
use gridpact_report::sign::SigningKey;
use gridpact_types::escrow::bounds::MAX_PLEDGES;
use gridpact_units::Amount;

use super::chain::Chain;

/// A home and its account.
pub struct Home {
    /// Its owner.
    pub owner: Addr,
    /// What it pledges for the street's grid; nothing where the list of pledgers is full.
    pub pledge: Amount,
    /// What it had before the story.
    pub endowed: Amount,
}

/// The homes, each with what it pledges and deposits in its pocket.
pub fn homes(chain: &mut Chain, count: usize, pledge: Amount, deposits: &[Amount]) -> Result<Vec<Home>> {
    let mut homes = Vec::with_capacity(count);
    for (slot, deposit) in deposits.iter().enumerate().take(count) {
        let owner = chain.address(&format!("home {slot}"))?;
        let pledge = if slot < MAX_PLEDGES as usize {
            pledge
        } else {
            Amount::ZERO
        };
        let endowed = pledge
            .checked_add(*deposit)
            .context("pledge and deposit exceed 2^128 base units")?;
        chain.endow(&owner, endowed)?;
        homes.push(Home {
            owner,
            pledge,
            endowed,
        });
    }
    Ok(homes)
}

/// Oracles: four, of which three make a quorum.
pub const ORACLES: u8 = 4;
/// Signatures needed: more than two thirds of four.
pub const QUORUM: u8 = 3;

/// The oracles' keys, from fixed seeds: a simulation keeps no secret and must be the same every time.
pub fn oracle_keys() -> Result<Vec<SigningKey>> {
    (1..=ORACLES)
        .map(|seed| Ok(SigningKey::from_bytes(&[seed; 32])?))
        .collect()
}
