//! One interval in exact fractions, written from the README alone: price, ability to pay, fixed parts, no trade with oneself,
//! tiers, households, weights. The settled shares must be these, off by the rounding to whole mWh.

use gridpact_market::{Account, AllocationRule, OwnInjection, Policy, PriceRule, Terms, WindowSettlement};
use gridpact_units::{Energy, Quality, Reading};
use num_rational::BigRational;
use proptest::prelude::*;

use crate::support::FIRST;
use crate::windows::{window, Window};

fn whole(number: impl Into<u128>) -> BigRational {
    BigRational::from_integer(number.into().into())
}

fn zero() -> BigRational {
    whole(0_u8)
}

/// A seat on one side of the trade.
#[derive(Clone, Debug)]
struct Place {
    seat: usize,
    rank: (u8, u16),
    household: u32,
    /// Its own weight.
    weight: u32,
    /// The largest of its household's slots.
    household_weight: u32,
    /// As metered.
    metered: BigRational,
    /// The most it may get.
    cap: BigRational,
}

/// Somebody among whom a total is poured: how much one may get, and one's weight.
type Vessel = (BigRational, BigRational);

/// Pours a total into vessels at one level by weight: those that are full overflow into the others.
fn pour(total: &BigRational, vessels: &[Vessel]) -> Vec<BigRational> {
    let mut full = vec![false; vessels.len()];
    loop {
        let open = || (0..vessels.len()).filter(|i| !full[*i]);
        let filled: BigRational = (0..vessels.len())
            .filter(|i| full[*i])
            .map(|i| vessels[i].0.clone())
            .sum();
        let weight: BigRational = open().map(|i| vessels[i].1.clone()).sum();
        let left = total - filled;
        let level = |i: usize| {
            if weight > zero() {
                &left * &vessels[i].1 / &weight
            } else {
                zero()
            }
        };
        let overflowing: Vec<usize> = open().filter(|i| level(*i) > vessels[*i].0).collect();
        if overflowing.is_empty() {
            let share = |i: usize| if full[i] { vessels[i].0.clone() } else { level(i) };
            return (0..vessels.len()).map(share).collect();
        }
        overflowing.into_iter().for_each(|i| full[i] = true);
    }
}

fn caps(places: &[&Place]) -> BigRational {
    places.iter().map(|place| place.cap.clone()).sum()
}

/// Divides among the places of one rank.
fn divide_rank(rule: AllocationRule, total: &BigRational, places: &[&Place]) -> Vec<(usize, BigRational)> {
    let by_seat = |weight: &dyn Fn(&Place) -> BigRational| {
        let vessels: Vec<Vessel> = places
            .iter()
            .map(|place| (place.cap.clone(), weight(place)))
            .collect();
        let shares = pour(total, &vessels);
        places.iter().map(|place| place.seat).zip(shares).collect()
    };
    match rule {
        AllocationRule::ProRata => by_seat(&|place| place.metered.clone()),
        AllocationRule::Static { .. } => by_seat(&|place| whole(place.weight)),
        AllocationRule::Even | AllocationRule::Priority => {
            let mut ids: Vec<u32> = places.iter().map(|place| place.household).collect();
            ids.sort_unstable();
            ids.dedup();
            let members = |id: &u32| -> Vec<&Place> {
                places
                    .iter()
                    .copied()
                    .filter(|place| place.household == *id)
                    .collect()
            };
            let households: Vec<Vec<&Place>> = ids.iter().map(members).collect();
            let vessel = |members: &Vec<&Place>| (caps(members), whole(members[0].household_weight));
            let shares = pour(total, &households.iter().map(vessel).collect::<Vec<_>>());
            let inner = |(members, share): (&Vec<&Place>, BigRational)| {
                let vessels: Vec<Vessel> = members
                    .iter()
                    .map(|place| (place.cap.clone(), whole(1_u8)))
                    .collect();
                let seats: Vec<usize> = members.iter().map(|place| place.seat).collect();
                seats.into_iter().zip(pour(&share, &vessels)).collect::<Vec<_>>()
            };
            households.iter().zip(shares).flat_map(inner).collect()
        }
    }
}

/// Divides a total by rule, a lower rank fully before the next.
fn divide(rule: AllocationRule, total: &BigRational, places: &[Place], shares: &mut [BigRational]) {
    let mut ranks: Vec<(u8, u16)> = places.iter().map(|place| place.rank).collect();
    ranks.sort_unstable();
    ranks.dedup();
    let mut left = total.clone();
    for rank in ranks {
        let of_rank: Vec<&Place> = places.iter().filter(|place| place.rank == rank).collect();
        let given = left.clone().min(caps(&of_rank));
        for (seat, share) in divide_rank(rule, &given, &of_rank) {
            shares[seat] = share;
        }
        left -= given;
    }
}

/// One side, the sums of the other by household taken as given: who would get more than the others have is given just that.
fn divide_side(
    rule: AllocationRule,
    total: &BigRational,
    places: &[Place],
    seats: usize,
    room: impl Fn(u32) -> BigRational,
) -> Vec<BigRational> {
    let mut shares = vec![zero(); seats];
    divide(rule, total, places, &mut shares);
    let of = |household: u32, shares: &[BigRational]| -> BigRational {
        let own = places.iter().filter(|place| place.household == household);
        own.map(|place| shares[place.seat].clone()).sum()
    };
    let above = places
        .iter()
        .map(|place| place.household)
        .find(|id| of(*id, &shares) > room(*id));
    if let Some(household) = above {
        let (own, others): (Vec<Place>, Vec<Place>) = places
            .iter()
            .cloned()
            .partition(|place| place.household == household);
        shares = vec![zero(); seats];
        divide(rule, &room(household), &own, &mut shares);
        divide(rule, &(total - room(household)), &others, &mut shares);
    }
    shares
}

/// The places of one side, caps still as metered.
fn side(
    accounts: &[Account],
    rule: AllocationRule,
    metered: &[u64],
    tier: impl Fn(&Terms) -> u8,
) -> Vec<Place> {
    let weight_of = |household: u32| {
        let terms = accounts.iter().filter_map(|account| account.terms);
        let own = terms.filter(|terms| terms.household == household);
        own.map(|terms| terms.weight).max().unwrap()
    };
    let place = |(seat, account): (usize, &Account)| {
        let terms = account.terms.filter(|terms| tier(terms) != Terms::NO_TIER)?;
        let priority = if rule == AllocationRule::Priority {
            terms.priority
        } else {
            0
        };
        Some(Place {
            seat,
            rank: (tier(&terms), priority),
            household: terms.household,
            weight: terms.weight,
            household_weight: weight_of(terms.household),
            metered: whole(metered[seat]),
            cap: whole(metered[seat]),
        })
    };
    accounts.iter().enumerate().filter_map(place).collect()
}

/// Under fixed parts that are not offered again a place gets at most its weight's part of what the other side has.
fn cut_to_parts(rule: AllocationRule, offered: &BigRational, places: &mut [Place]) {
    if rule == (AllocationRule::Static { reoffer: false }) {
        let weights: BigRational = places.iter().map(|place| whole(place.weight)).sum();
        for place in places {
            let part = offered * whole(place.weight) / &weights;
            place.cap = place.cap.clone().min(part);
        }
    }
}

/// What an interval should come to.
struct Expected {
    counted: u128,
    bought: Vec<BigRational>,
    sold: Vec<BigRational>,
}

/// Base units x mWh that each seat has spent so far.
fn expect(window: &Window, readings: &[Reading], spent: &[u128], price: u128) -> Expected {
    let Window { policy, accounts, .. } = window;
    let part = |energy: Energy, account: &Account, reading: &Reading| match account.terms {
        Some(terms) if reading.quality != Quality::Missing => energy.0 * u64::from(terms.part.0) / 1_000_000,
        _ => 0,
    };
    let pairs = || accounts.iter().zip(readings);
    let trades = |account: &Account, tier: fn(&Terms) -> u8| {
        account.terms.is_some_and(|terms| tier(&terms) != Terms::NO_TIER)
    };
    let buys = |(account, reading): (&Account, &Reading)| {
        if trades(account, |terms| terms.buy_tier) {
            part(reading.import, account, reading)
        } else {
            0
        }
    };
    let sells = |(account, reading): (&Account, &Reading)| {
        if trades(account, |terms| terms.sell_tier) {
            part(reading.export, account, reading)
        } else {
            0
        }
    };
    let needs: Vec<u64> = pairs().map(buys).collect();
    let offers: Vec<u64> = pairs().map(sells).collect();
    let payable = |price: u128| -> Vec<u64> {
        let able = |seat: usize| {
            let left = accounts[seat].free.0 * 1_000_000_000 - spent[seat];
            let most = left.checked_div(price).unwrap_or(u128::MAX);
            u64::try_from(most.min(needs[seat].into())).unwrap()
        };
        (0..accounts.len()).map(able).collect()
    };
    let highest = match policy.price {
        PriceRule::SupplyDemandRatio { .. } => policy.tariff_at(FIRST).unwrap().0 .0,
        _ => price,
    };
    let sum = |values: &[u64]| values.iter().map(|value| u128::from(*value)).sum::<u128>();
    let counted = sum(&payable(highest));
    let can_pay = payable(price);

    let mut buyers = side(accounts, policy.buyers, &needs, |terms| terms.buy_tier);
    for place in &mut buyers {
        place.cap = whole(can_pay[place.seat]);
    }
    let mut sellers = side(accounts, policy.sellers, &offers, |terms| terms.sell_tier);
    cut_to_parts(policy.buyers, &whole(sum(&offers)), &mut buyers);
    cut_to_parts(policy.sellers, &whole(sum(&can_pay)), &mut sellers);

    let all = |places: &[Place]| -> BigRational { places.iter().map(|place| place.cap.clone()).sum() };
    let of = |places: &[Place], household: u32| -> BigRational {
        let own = places.iter().filter(|place| place.household == household);
        own.map(|place| place.cap.clone()).sum()
    };
    let (demand, supply) = (all(&buyers), all(&sellers));
    let excluded = policy.own_injection == OwnInjection::Excluded;
    let most = buyers.iter().chain(&sellers).map(|place| place.household);
    let most = most
        .map(|id| of(&buyers, id) + of(&sellers, id))
        .max()
        .unwrap_or_else(zero);
    let mut total = demand.clone().min(supply.clone());
    if excluded {
        total = total.min(&demand + &supply - most);
    }
    // Without the exclusion there is room for everything.
    let room = |all: &BigRational, own: BigRational| if excluded { all - own } else { all.clone() };
    let seats = accounts.len();
    let bought = divide_side(policy.buyers, &total, &buyers, seats, |id| {
        room(&supply, of(&sellers, id))
    });
    let sold = divide_side(policy.sellers, &total, &sellers, seats, |id| {
        room(&demand, of(&buyers, id))
    });
    Expected {
        counted,
        bought,
        sold,
    }
}

/// How far whole mWh may be from the exact share: 1 for the last mWh of a division, and as much for each division behind it (a
/// household's among its meters; a held household's beside the others'). Fixed parts are rounded before they cut the caps, one
/// mWh a place, and what they cut off moves between the others.
fn tolerance(policy: &Policy, seats: usize) -> BigRational {
    let parts = AllocationRule::Static { reoffer: false };
    if policy.buyers == parts || policy.sellers == parts {
        whole(u128::try_from(seats).unwrap() + 3)
    } else {
        whole(2_u8)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_share_is_the_exact_one_to_the_mwh(window in window()) {
        prop_assume!(window.policy.validate().is_ok());
        let mut settlement = WindowSettlement::new(&window.policy, &window.accounts);
        let mut spent = vec![0_u128; window.accounts.len()];
        for (readings, offset) in window.readings.iter().zip(0..) {
            let outcome = settlement.interval(FIRST.plus(offset), readings).unwrap();
            let expected = expect(&window, readings, &spent, outcome.price.0);
            prop_assert_eq!(outcome.counted.0, expected.counted);
            let tolerance = tolerance(&window.policy, window.accounts.len());
            for (what, shares, exact) in [
                ("bought", outcome.bought, &expected.bought),
                ("sold", outcome.sold, &expected.sold),
            ] {
                for (seat, (share, exact)) in shares.iter().zip(exact).enumerate() {
                    let share = whole(share.0);
                    let off = if share > *exact { &share - exact } else { exact - &share };
                    prop_assert!(off < tolerance, "{} of seat {}: {} for {}", what, seat, share, exact);
                }
            }
            for (spent, bought) in spent.iter_mut().zip(outcome.bought) {
                *spent += u128::from(bought.0) * outcome.price.0;
            }
        }
    }
}

/// The most that can flow from households to other households: every split of what is offered is tried along augmenting paths.
fn most_without_self_trade(needs: &[u64], offers: &[u64]) -> u64 {
    let households = needs.len();
    let mut flow = vec![vec![0_u64; households]; households];
    let (mut given, mut taken) = (vec![0_u64; households], vec![0_u64; households]);
    let mut total = 0;
    // One mWh at a time from a household with some left, over households that pass theirs on, to one that lacks some.
    while let Some(path) = augmenting(needs, offers, &flow, &given, &taken) {
        for (step, (seller, buyer)) in path.iter().enumerate() {
            if step % 2 == 0 {
                flow[*seller][*buyer] += 1;
            } else {
                flow[*seller][*buyer] -= 1;
            }
        }
        given[path[0].0] += 1;
        taken[path[path.len() - 1].1] += 1;
        total += 1;
    }
    total
}

type Path = Vec<(usize, usize)>;

fn augmenting(
    needs: &[u64],
    offers: &[u64],
    flow: &[Vec<u64>],
    given: &[u64],
    taken: &[u64],
) -> Option<Path> {
    let households = needs.len();
    let mut open: Vec<(usize, Path)> = (0..households)
        .filter(|seller| given[*seller] < offers[*seller])
        .map(|seller| (seller, Path::new()))
        .collect();
    let mut seen = vec![false; households];
    while let Some((seller, path)) = open.pop() {
        if core::mem::replace(&mut seen[seller], true) {
            continue;
        }
        for buyer in (0..households).filter(|buyer| *buyer != seller && needs[*buyer] > 0) {
            let mut longer = path.clone();
            longer.push((seller, buyer));
            if taken[buyer] < needs[buyer] {
                return Some(longer);
            }
            for other in (0..households).filter(|other| flow[*other][buyer] > 0) {
                let mut back = longer.clone();
                back.push((other, buyer));
                open.push((other, back));
            }
        }
    }
    None
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 3_000, failure_persistence: None, ..ProptestConfig::default() })]

    /// T of the README against the largest flow between different households.
    #[test]
    fn what_is_traded_is_the_largest_flow_between_different_households(
        sides in prop::collection::vec((0_u64..6, 0_u64..6), 1..6),
    ) {
        let (needs, offers): (Vec<u64>, Vec<u64>) = sides.into_iter().unzip();
        let accounts = crate::support::homes(&vec![1; needs.len()]);
        let readings: Vec<Reading> = needs
            .iter()
            .zip(&offers)
            .map(|(need, offer)| Reading::measured(Energy(*need), Energy(*offer)))
            .collect();
        let policy = crate::support::fixed(AllocationRule::Even, AllocationRule::ProRata);
        let (bought, _) = crate::support::one_interval(&policy, &accounts, &readings);
        prop_assert_eq!(bought.iter().sum::<u64>(), most_without_self_trade(&needs, &offers));
    }
}
