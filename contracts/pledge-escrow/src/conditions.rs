//! What a pledge asks of the others. Pure.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::Addr;
use gridpact_units::Amount;

/// What a pledge asks of the others, checked. All parts given must hold.
#[cw_serde]
#[derive(Default)]
pub struct Ask {
    /// Each of these pledges at least this much.
    pub parties: Vec<PartyAsk>,
    /// At least so many pledge at least this much each.
    pub pledgers: Option<PledgersAsk>,
    /// At least this much is pledged in all.
    pub total: Option<Amount>,
}

/// One party that is asked for.
#[cw_serde]
pub struct PartyAsk {
    /// Who.
    pub party: Addr,
    /// The least it pledges.
    pub at_least: Amount,
}

/// A number of pledgers that is asked for.
#[cw_serde]
pub struct PledgersAsk {
    /// How many.
    pub count: u32,
    /// Only pledges of at least this much count.
    pub at_least: Amount,
}

impl Ask {
    /// True where nothing is asked: such a pledge is in every set.
    pub fn is_empty(&self) -> bool {
        self.parties.is_empty() && self.pledgers.is_none() && self.total.is_none()
    }

    /// True where each part is absent, or asks no more than it does in another. Whatever meets the other meets this.
    pub fn asks_no_more_than(&self, other: &Self) -> bool {
        let of_party = |asked: &PartyAsk| {
            let same = |other: &&PartyAsk| other.party == asked.party;
            let most = other
                .parties
                .iter()
                .filter(same)
                .map(|other| other.at_least)
                .max();
            most.is_some_and(|most| asked.at_least <= most)
        };
        let pledgers = self.pledgers.as_ref().is_none_or(|asked| {
            let other = other.pledgers.as_ref();
            other.is_some_and(|other| asked.count <= other.count && asked.at_least <= other.at_least)
        });
        let total = self
            .total
            .is_none_or(|asked| other.total.is_some_and(|other| asked <= other));
        self.parties.iter().all(of_party) && pledgers && total
    }
}
