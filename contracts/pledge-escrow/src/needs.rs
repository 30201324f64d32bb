//! What a pledge asks, as short as finding the set needs it: each pledge message reads it of everybody who waits. Pure.

use cosmwasm_std::{Addr, Binary, StdError, StdResult};
use gridpact_units::Amount;
use sha2::{Digest, Sha256};

use crate::conditions::{Ask, PartyAsk, PledgersAsk};

/// A party in few bytes: the first 16 of its address's SHA-256. To find an address that meets what was asked of another takes
/// 2^128 tries, and it would have to pledge as much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PartyId([u8; 16]);

impl PartyId {
    /// Of an address.
    pub fn of(party: &Addr) -> Self {
        let mut id = [0; 16];
        let digest = Sha256::digest(party.as_bytes());
        id.iter_mut().zip(digest).for_each(|(id, byte)| *id = byte);
        Self(id)
    }
}

/// One party that is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartyNeed {
    /// Who.
    pub party: PartyId,
    /// The least it pledges, in base units.
    pub at_least: u128,
}

/// What a pledge asks of the others.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Needs {
    /// Each of these pledges at least this much.
    pub parties: Vec<PartyNeed>,
    /// At least so many pledge at least this much each.
    pub pledgers: Option<PledgersAsk>,
    /// At least this much is pledged in all.
    pub total: Option<Amount>,
}

impl Needs {
    /// Of what a pledge asks.
    pub fn of(ask: &Ask) -> Self {
        let party = |asked: &PartyAsk| PartyNeed {
            party: PartyId::of(&asked.party),
            at_least: asked.at_least.0,
        };
        Self {
            parties: ask.parties.iter().map(party).collect(),
            pledgers: ask.pledgers.clone(),
            total: ask.total,
        }
    }
}

/// Parties as they are stored: 32 bytes each, whom and how much.
pub fn pack(parties: &[PartyNeed]) -> Binary {
    let bytes = parties
        .iter()
        .flat_map(|need| [need.party.0, need.at_least.to_be_bytes()].concat());
    Binary::new(bytes.collect())
}

/// What [`pack`] made.
///
/// # Errors
/// Bytes that it did not make.
pub fn unpack(bytes: &Binary) -> StdResult<Vec<PartyNeed>> {
    let (halves, rest) = bytes.as_chunks::<16>();
    let (pairs, odd) = halves.as_chunks::<2>();
    if !rest.is_empty() || !odd.is_empty() {
        return Err(StdError::generic_err(format!(
            "parties: expected 32 bytes each, got {} in all",
            bytes.len()
        )));
    }
    let need = |[party, at_least]: &[[u8; 16]; 2]| PartyNeed {
        party: PartyId(*party),
        at_least: u128::from_be_bytes(*at_least),
    };
    Ok(pairs.iter().map(need).collect())
}
