//! One interval: from readings to shares.

use gridpact_market::{Account, OwnInjection, Policy, PriceRule, Terms};
use gridpact_units::{Energy, IntervalIndex, Quality, Reading};
use num_rational::BigRational;

use crate::pour::{exact, Lot};
use crate::side::Side;
use crate::utility;

/// What an interval comes to; lists of one value a seat, mWh.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interval {
    /// Base units per MWh.
    pub price: u128,
    /// Sum of exports, each reduced to its part.
    pub supply: u64,
    /// Sum of imports, each reduced to its part.
    pub demand: u64,
    /// The demand that could pay the rule's highest price.
    pub counted: u64,
    /// The demand that could pay the price.
    pub payable: u64,
    /// Bought, which is sold.
    pub traded: u64,
    /// By seat.
    pub bought: Vec<u64>,
    /// By seat.
    pub sold: Vec<u64>,
}

/// Settles one interval. `spent` is what each seat has bought for so far in the window, mWh x base units per MWh.
pub fn settle(
    policy: &Policy,
    accounts: &[Account],
    spent: &[u128],
    index: IntervalIndex,
    readings: &[Reading],
) -> Interval {
    let needs = in_grid(
        accounts,
        readings,
        |terms| terms.buy_tier,
        |reading| reading.import,
    );
    let offers = in_grid(
        accounts,
        readings,
        |terms| terms.sell_tier,
        |reading| reading.export,
    );
    let payable_at = |price: u128| -> Vec<u64> {
        let able = |seat: usize| {
            let left = accounts[seat].free.0 * 1_000_000_000 - spent[seat];
            let most = left.checked_div(price).unwrap_or(u128::MAX);
            u64::try_from(most.min(needs[seat].into())).unwrap()
        };
        (0..accounts.len()).map(able).collect()
    };
    let sum = |values: &[u64]| values.iter().sum::<u64>();
    let supply = sum(&offers);
    let (price, counted) = price(policy, index, supply, |highest| sum(&payable_at(highest)));
    let can_pay = payable_at(price);

    let lot = |side| Lot {
        interval: index.0,
        side,
    };
    let mut buyers = Side::new(accounts, policy.buyers, lot(1), |terms| terms.buy_tier, &needs);
    let mut sellers = Side::new(accounts, policy.sellers, lot(2), |terms| terms.sell_tier, &offers);
    for place in &mut buyers.places {
        place.cap = can_pay[place.seat];
    }
    buyers.cut_to_parts(supply);
    sellers.cut_to_parts(sum(&can_pay));

    let (d, s) = (buyers.all(), sellers.all());
    let excluded = policy.own_injection == OwnInjection::Excluded;
    let households = buyers
        .places
        .iter()
        .chain(&sellers.places)
        .map(|place| place.household);
    let both = households
        .map(|id| buyers.of(id) + sellers.of(id))
        .max()
        .unwrap_or(0);
    let traded = if excluded {
        d.min(s).min(d + s - both)
    } else {
        d.min(s)
    };
    let room = |others: &Side, id: u32| {
        if excluded {
            others.all() - others.of(id)
        } else {
            u64::MAX
        }
    };
    Interval {
        price,
        supply,
        demand: sum(&needs),
        counted,
        payable: sum(&can_pay),
        traded,
        bought: buyers.divide(traded, accounts.len(), |id| room(&sellers, id)),
        sold: sellers.divide(traded, accounts.len(), |id| room(&buyers, id)),
    }
}

/// What each seat needs or offers in this grid.
fn in_grid(
    accounts: &[Account],
    readings: &[Reading],
    tier: fn(&Terms) -> u8,
    energy: fn(&Reading) -> Energy,
) -> Vec<u64> {
    let of = |(account, reading): (&Account, &Reading)| match account.terms {
        Some(terms) if tier(&terms) != Terms::NO_TIER && reading.quality != Quality::Missing => {
            let part = u128::from(energy(reading).0) * u128::from(terms.part.0) / 1_000_000;
            u64::try_from(part).unwrap()
        }
        _ => 0,
    };
    accounts.iter().zip(readings).map(of).collect()
}

/// The price, rounded down, and the demand that counted.
fn price(policy: &Policy, index: IntervalIndex, supply: u64, countable: impl Fn(u128) -> u64) -> (u128, u64) {
    let rates = || utility::rates(policy, index);
    let price = match policy.price {
        PriceRule::Fixed { price } => price.0,
        PriceRule::MidMarket { weight } => {
            let (retail, feed_in) = rates();
            down(exact(feed_in) + exact(retail - feed_in) * exact(weight.0) / exact(10_000_u16))
        }
        PriceRule::SupplyDemandRatio { compensation } => {
            let (retail, feed_in) = rates();
            let demand = countable(retail);
            let floor = feed_in + compensation.0;
            let price = if supply >= demand {
                floor
            } else if supply == 0 {
                retail
            } else {
                let ratio = exact(supply) / exact(demand);
                let below = exact(retail - floor) * ratio + exact(floor);
                if below == exact(0_u8) {
                    0
                } else {
                    down(exact(floor) * exact(retail) / below)
                }
            };
            return (price, demand);
        }
    };
    (price, countable(price))
}

fn down(number: BigRational) -> u128 {
    u128::try_from(number.floor().to_integer()).unwrap()
}
