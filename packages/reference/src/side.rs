//! One side of the trade: buyers or sellers.

use gridpact_market::{Account, AllocationRule, Terms};

use crate::pour::{apportion, pour, Lot, Vessel};

/// A slot that trades on this side.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub seat: usize,
    pub household: u32,
    slot: u32,
    /// Tier, then the stated place under `priority`.
    rank: (u8, u16),
    weight: u32,
    /// The largest weight of its household's slots on either side.
    household_weight: u32,
    /// Needed or offered as metered, mWh.
    pub metered: u64,
    /// The most it may get, mWh.
    pub cap: u64,
}

/// The places of one side.
#[derive(Clone, Debug)]
pub(crate) struct Side {
    pub rule: AllocationRule,
    pub lot: Lot,
    pub places: Vec<Place>,
}

impl Side {
    pub fn new(
        accounts: &[Account],
        rule: AllocationRule,
        lot: Lot,
        tier: fn(&Terms) -> u8,
        metered: &[u64],
    ) -> Self {
        let place = |(seat, account): (usize, &Account)| {
            let terms = account.terms.filter(|terms| tier(terms) != Terms::NO_TIER)?;
            let own = accounts.iter().filter_map(|account| account.terms);
            let own = own.filter(|other| other.household == terms.household);
            Some(Place {
                seat,
                household: terms.household,
                slot: account.slot.0,
                rank: match rule {
                    AllocationRule::Priority => (tier(&terms), terms.priority),
                    _ => (tier(&terms), 0),
                },
                weight: terms.weight,
                household_weight: own.map(|other| other.weight).max().unwrap(),
                metered: metered[seat],
                cap: metered[seat],
            })
        };
        let places = accounts.iter().enumerate().filter_map(place).collect();
        Self { rule, lot, places }
    }

    /// Under fixed parts that are not offered again nobody gets more than its part of what the other side has.
    pub fn cut_to_parts(&mut self, offered: u64) {
        if self.rule != (AllocationRule::Static { reoffer: false }) || self.places.is_empty() {
            return;
        }
        let vessels: Vec<Vessel> = self
            .places
            .iter()
            .map(|place| of_slot(place, place.weight.into()))
            .collect();
        for (place, part) in self.places.iter_mut().zip(apportion(offered, &vessels, self.lot)) {
            place.cap = place.cap.min(part);
        }
    }

    /// All that may be got.
    pub fn all(&self) -> u64 {
        self.places.iter().map(|place| place.cap).sum()
    }

    /// What one household may get.
    pub fn of(&self, household: u32) -> u64 {
        let own = self.places.iter().filter(|place| place.household == household);
        own.map(|place| place.cap).sum()
    }

    /// Divides a total, by seat. Who would get more than there is `room` for gets just that, and the others divide the rest.
    pub fn divide(&self, total: u64, seats: usize, room: impl Fn(u32) -> u64) -> Vec<u64> {
        let shares = divide(self.rule, self.lot, total, &self.places, seats);
        let got = |household: u32| -> u64 {
            let own = self.places.iter().filter(|place| place.household == household);
            own.map(|place| shares[place.seat]).sum()
        };
        let held = self
            .places
            .iter()
            .map(|place| place.household)
            .find(|id| got(*id) > room(*id));
        let Some(held) = held else { return shares };
        let (own, others): (Vec<Place>, Vec<Place>) = self
            .places
            .iter()
            .cloned()
            .partition(|place| place.household == held);
        let own = divide(self.rule, self.lot, room(held), &own, seats);
        let others = divide(self.rule, self.lot, total - room(held), &others, seats);
        own.iter().zip(others).map(|(own, other)| own + other).collect()
    }
}

fn of_slot(place: &Place, weight: u64) -> Vessel {
    Vessel {
        cap: place.cap,
        weight,
        id: place.slot,
    }
}

/// By rank: a lower one has what it may before the next gets anything.
fn divide(rule: AllocationRule, lot: Lot, total: u64, places: &[Place], seats: usize) -> Vec<u64> {
    let mut shares = vec![0; seats];
    let mut ranks: Vec<(u8, u16)> = places.iter().map(|place| place.rank).collect();
    ranks.sort_unstable();
    ranks.dedup();
    let mut left = total;
    for rank in ranks {
        let of_rank = places.iter().filter(|place| place.rank == rank && place.cap > 0);
        let of_rank: Vec<&Place> = of_rank.collect();
        let given = left.min(of_rank.iter().map(|place| place.cap).sum());
        for (seat, share) in divide_rank(rule, lot, given, &of_rank) {
            shares[seat] = share;
        }
        left -= given;
    }
    shares
}

fn divide_rank(rule: AllocationRule, lot: Lot, total: u64, places: &[&Place]) -> Vec<(usize, u64)> {
    let by_slot = |weight: fn(&Place) -> u64| {
        let vessels: Vec<Vessel> = places.iter().map(|place| of_slot(place, weight(place))).collect();
        let seats = places.iter().map(|place| place.seat);
        seats.zip(pour(total, &vessels, lot)).collect()
    };
    match rule {
        AllocationRule::ProRata => by_slot(|place| place.metered),
        AllocationRule::Static { .. } => by_slot(|place| place.weight.into()),
        AllocationRule::Even | AllocationRule::Priority => by_household(lot, total, places),
    }
}

/// Among households by weight, and each one's share evenly among its meters.
fn by_household(lot: Lot, total: u64, places: &[&Place]) -> Vec<(usize, u64)> {
    let mut ids: Vec<u32> = places.iter().map(|place| place.household).collect();
    ids.sort_unstable();
    ids.dedup();
    let members = |id: &u32| -> Vec<&Place> {
        let own = places.iter().copied().filter(|place| place.household == *id);
        own.collect()
    };
    let households: Vec<Vec<&Place>> = ids.iter().map(members).collect();
    let vessel = |(members, id): (&Vec<&Place>, &u32)| Vessel {
        cap: members.iter().map(|place| place.cap).sum(),
        weight: members[0].household_weight.into(),
        id: *id,
    };
    let vessels: Vec<Vessel> = households.iter().zip(&ids).map(vessel).collect();
    let shares = pour(total, &vessels, lot);
    let inner = |(members, share): (&Vec<&Place>, u64)| {
        let vessels: Vec<Vessel> = members.iter().map(|place| of_slot(place, 1)).collect();
        let seats: Vec<usize> = members.iter().map(|place| place.seat).collect();
        seats
            .into_iter()
            .zip(pour(share, &vessels, lot))
            .collect::<Vec<_>>()
    };
    households.iter().zip(shares).flat_map(inner).collect()
}
