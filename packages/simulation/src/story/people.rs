//! Who takes part.

use std::collections::BTreeSet;

use anyhow::Result;
use cosmwasm_std::Addr;
use gridpact_report::sign::SigningKey;
use gridpact_types::escrow::bounds::MAX_PLEDGES;
use gridpact_units::Amount;

use super::setting::Setting;
use super::stage::Stage;
use crate::sums::total;

/// A home and its account.
pub struct Home {
    /// Its owner.
    pub owner: Addr,
    /// What it pledges for the street's grid: one pledge a household, by its first meter; nothing where the list of pledgers is full.
    pub pledge: Amount,
    /// What it had before the story.
    pub endowed: Amount,
}

/// The homes, each with what it pledges and deposits in its pocket.
pub fn homes(stage: &mut Stage, setting: &Setting) -> Result<Vec<Home>> {
    let mut homes = Vec::with_capacity(setting.deposits.len());
    let mut households: BTreeSet<u32> = BTreeSet::new();
    for ((slot, deposit), connection) in setting
        .deposits
        .iter()
        .enumerate()
        .zip(setting.connections.iter())
    {
        let first = households.insert(connection.terms.household);
        let owner = stage.address(&format!("home {slot}"))?;
        let pledge = if first && households.len() <= MAX_PLEDGES as usize {
            setting.scenario.pledge
        } else {
            Amount::ZERO
        };
        let endowed = total([pledge, *deposit])?;
        stage.endow(&owner, endowed)?;
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
