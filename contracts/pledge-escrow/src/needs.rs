//! What a pledge asks, as short as finding the set needs it: each pledge message reads it of everybody who waits. Pure.

use cosmwasm_std::Addr;
use gridpact_storage::{write_varint, Packed, ReadFormat, Reader};
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

/// Why a pledge is outside the set, as it is stored: packed, since each pledge message reads it of everybody who waits.
#[derive(Clone, Debug, PartialEq)]
pub struct Waits {
    /// Its place in the order of pledging.
    pub number: u64,
    /// What it asks of the others.
    pub needs: Needs,
}

impl Packed for Waits {
    const NAME: &'static str = "needs of a pledge that waits";
    const FORMATS: &'static [ReadFormat<Self>] = &[Self::read_1];

    fn write(&self, bytes: &mut Vec<u8>) {
        let Needs {
            parties,
            pledgers,
            total,
        } = &self.needs;
        write_varint(bytes, self.number);
        // A list has as many parties as a condition takes, which is below 2^8.
        write_varint(bytes, parties.len() as u64);
        for need in parties {
            bytes.extend(need.party.0);
            write_varint(bytes, need.at_least);
        }
        bytes.push(u8::from(pledgers.is_some()));
        if let Some(pledgers) = pledgers {
            write_varint(bytes, pledgers.count);
            write_varint(bytes, pledgers.at_least.0);
        }
        bytes.push(u8::from(total.is_some()));
        if let Some(total) = total {
            write_varint(bytes, total.0);
        }
    }
}

impl Waits {
    fn read_1(reader: &mut Reader) -> Option<Self> {
        let number = reader.varint_as()?;
        let count: u64 = reader.varint_as()?;
        let parties = (0..count).map(|_| {
            Some(PartyNeed {
                party: PartyId(reader.array()?),
                at_least: reader.varint()?,
            })
        });
        let parties = parties.collect::<Option<_>>()?;
        let pledgers = if flag(reader)? {
            let count = reader.varint_as()?;
            let at_least = Amount(reader.varint()?);
            Some(PledgersAsk { count, at_least })
        } else {
            None
        };
        let total = if flag(reader)? {
            Some(Amount(reader.varint()?))
        } else {
            None
        };
        let needs = Needs {
            parties,
            pledgers,
            total,
        };
        Some(Self { number, needs })
    }
}

/// Whether something follows; nothing but 0 and 1 is written.
fn flag(reader: &mut Reader) -> Option<bool> {
    match reader.byte()? {
        0 => Some(false),
        1 => Some(true),
        _ => None,
    }
}
