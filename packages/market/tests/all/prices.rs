//! The price of an interval: exact, between feed-in and retail, by local time.

use gridpact_market::{
    Account, AllocationRule, Policy, PriceRule, Tariff, TariffBand, TariffTable, UtcOffset, WindowSettlement,
};
use gridpact_units::{Amount, BasisPoints, EnergyTotal, IntervalIndex, IntervalLength, Price, MAX_PRICE};
use proptest::prelude::*;

use crate::support::{export, fixed, homes, import, FIRST};

/// a x b as (high, low) halves of 256 bits, by the school method on 64-bit digits.
fn wide(a: u128, b: u128) -> (u128, u128) {
    let digits = |n: u128| [n & u128::from(u64::MAX), n >> 64];
    let ([a0, a1], [b0, b1]) = (digits(a), digits(b));
    let low = a0 * b0;
    let (middle, carry) = (a1 * b0).overflowing_add(a0 * b1);
    let (sum, carry_low) = low.overflowing_add(middle << 64);
    (
        a1 * b1 + (middle >> 64) + (u128::from(carry) << 64) + u128::from(carry_low),
        sum,
    )
}

fn price(rule: PriceRule, retail: u128, feed_in: u128, supply: u128, demand: u128) -> u128 {
    let tariff = Tariff::flat(Price(retail), Price(feed_in));
    let policy = Policy {
        price: rule,
        tariff,
        ..fixed(AllocationRule::Even, AllocationRule::Even)
    };
    policy.validate().unwrap();
    policy
        .price_at(FIRST, EnergyTotal(supply), EnergyTotal(demand))
        .unwrap()
        .0
}

/// Prices of all sizes up to the largest: retail, feed-in, compensation.
fn prices() -> impl Strategy<Value = (u128, u128, u128)> {
    (1_u32..70, any::<[u64; 3]>()).prop_map(|(bits, draws)| {
        let retail = (u128::from(draws[0]) << 6) % (1 << bits).min(MAX_PRICE.0 + 1);
        let feed_in = (u128::from(draws[1]) << 6) % (retail + 1);
        (
            retail,
            feed_in,
            (u128::from(draws[2]) << 6) % (retail - feed_in + 1),
        )
    })
}

proptest! {
    #[test]
    fn the_supply_demand_ratio_is_the_formula_rounded_down(
        (retail, feed_in, compensation) in prices(),
        supply in 1_u128..300_000_000_000_000_000,
        more in 1_u128..300_000_000_000_000_000,
    ) {
        let demand = (supply + more).min(300_000_000_000_000_000);
        prop_assume!(supply < demand && feed_in + compensation > 0);
        let rule = PriceRule::SupplyDemandRatio { compensation: Price(compensation) };
        let price = price(rule, retail, feed_in, supply, demand);
        // P = floor(R N / (N + (R - F - c) S)), that is P x divisor <= R N < (P + 1) x divisor.
        let scarce = (feed_in + compensation) * demand;
        let divisor = scarce + (retail - feed_in - compensation) * supply;
        prop_assert!(wide(price, divisor) <= wide(retail, scarce));
        prop_assert!(wide(retail, scarce) < wide(price + 1, divisor));
        prop_assert!(feed_in + compensation <= price && price <= retail);
    }

    #[test]
    fn more_supply_never_raises_the_price(
        (retail, feed_in, compensation) in prices(),
        supply in 0_u128..1_000_000,
        more in 0_u128..1_000_000,
        demand in 0_u128..1_000_000,
    ) {
        let rule = PriceRule::SupplyDemandRatio { compensation: Price(compensation) };
        prop_assert!(
            price(rule, retail, feed_in, supply + more, demand) <= price(rule, retail, feed_in, supply, demand)
        );
    }

    #[test]
    fn mid_market_is_the_stated_point_rounded_down((retail, feed_in, _) in prices(), weight in 0_u16..=10_000) {
        let price = price(PriceRule::MidMarket { weight: BasisPoints(weight) }, retail, feed_in, 1, 1);
        prop_assert_eq!(price, feed_in + (retail - feed_in) * u128::from(weight) / 10_000);
    }
}

/// Chosen so that the product of more than 128 bits lies exactly on, and just below, a whole price. With r = R - F,
/// D = r + 1, S = 1 and F = r^2 - r - e the formula is R N = (R - 1) x divisor - e.
#[test]
fn large_products_are_exact_to_the_last_unit() {
    let spread = 1_u128 << 34;
    for (missing, below) in [(0, 1), (1, 2), (2, 2)] {
        let feed_in = spread * spread - spread - missing;
        let retail = feed_in + spread;
        let rule = PriceRule::SupplyDemandRatio {
            compensation: Price(0),
        };
        assert_eq!(price(rule, retail, feed_in, 1, spread + 1), retail - below);
    }
}

#[test]
fn without_supply_the_price_is_retail_and_without_demand_feed_in_and_compensation() {
    let rule = PriceRule::SupplyDemandRatio {
        compensation: Price(10),
    };
    assert_eq!(price(rule, 100, 40, 0, 5), 100);
    assert_eq!(price(rule, 100, 40, 5, 0), 50);
    assert_eq!(price(rule, 100, 40, 0, 0), 50);
    // Where feed-in and compensation are nothing, a scarce supply is worth nothing by the published formula too.
    let free = PriceRule::SupplyDemandRatio {
        compensation: Price(0),
    };
    assert_eq!(
        (
            price(free, 100, 0, 0, 5),
            price(free, 100, 0, 1, 5),
            price(free, 0, 0, 1, 5)
        ),
        (100, 0, 0)
    );
}

/// Days and nights in UTC+1, and from one interval on UTC+2.
fn seasons(summer_from: IntervalIndex) -> Policy {
    let bands = vec![
        TariffBand {
            from_minute: 0,
            retail: Price(200),
            feed_in: Price(50),
        },
        TariffBand {
            from_minute: 360,
            retail: Price(300),
            feed_in: Price(80),
        },
        TariffBand {
            from_minute: 1_320,
            retail: Price(200),
            feed_in: Price(50),
        },
    ];
    let offset = |valid_from, minutes| UtcOffset { valid_from, minutes };
    Policy {
        price: PriceRule::MidMarket {
            weight: BasisPoints::WHOLE,
        },
        tariff: Tariff {
            tables: vec![TariffTable {
                valid_from: IntervalIndex(0),
                bands,
            }],
            utc_offsets: vec![offset(IntervalIndex(0), 60), offset(summer_from, 120)],
        },
        ..fixed(AllocationRule::Even, AllocationRule::Even)
    }
}

#[test]
fn the_band_is_that_of_the_local_minute_at_which_the_interval_starts() {
    let day = 96 * 20_454_u64; // 2026-01-01
    let policy = seasons(IntervalIndex(day + 96 * 87));
    policy.validate().unwrap();
    assert_eq!(FIRST, IntervalIndex(day));
    let retail = |interval: u64| policy.tariff_at(IntervalIndex(interval)).unwrap().0 .0;
    assert_eq!((retail(day + 4 * 5 - 1), retail(day + 4 * 5)), (200, 300)); // 6:00 is 5:00 UTC in winter
    assert_eq!((retail(day + 4 * 21 - 1), retail(day + 4 * 21)), (300, 200)); // 22:00
    let summer = day + 96 * 87;
    assert_eq!((retail(summer + 4 * 4 - 1), retail(summer + 4 * 4)), (200, 300));
    // 6:00 is 4:00 UTC in summer
}

#[test]
fn west_of_greenwich_the_local_day_is_still_the_day_before() {
    let mut policy = seasons(IntervalIndex(1));
    policy.interval_length = IntervalLength::HOUR;
    policy.tariff.utc_offsets[1].minutes = -300;
    let retail = |hour: u64| policy.tariff_at(IntervalIndex(24 * 20_454 + hour)).unwrap().0 .0;
    assert_eq!((retail(2), retail(3)), (300, 200)); // 21:00 and 22:00 of the day before
}

#[test]
fn a_table_holds_from_its_first_interval() {
    let mut policy = seasons(IntervalIndex(500));
    policy.tariff.tables.push(TariffTable {
        valid_from: IntervalIndex(1_000),
        bands: vec![TariffBand {
            from_minute: 0,
            retail: Price(999),
            feed_in: Price(0),
        }],
    });
    let retail = |interval| policy.tariff_at(IntervalIndex(interval)).unwrap().0;
    assert!(retail(999) < Price(999));
    assert_eq!(retail(1_000), Price(999));
}

#[test]
fn the_first_table_also_holds_before_it_begins_and_no_table_is_no_price() {
    let mut policy = seasons(IntervalIndex(200));
    policy.tariff.tables[0].valid_from = IntervalIndex(100);
    policy.tariff.utc_offsets[0].valid_from = IntervalIndex(100);
    assert_eq!(
        policy.tariff_at(IntervalIndex(99)),
        policy.tariff_at(IntervalIndex(99 + 96))
    );
    policy.tariff = Tariff::NONE;
    assert_eq!(policy.tariff_at(FIRST), None);
    assert_eq!(policy.price_at(FIRST, EnergyTotal(1), EnergyTotal(1)), None);
}

/// Who has no money may not raise the price for those who have: only demand counts that can pay the highest price.
#[test]
fn demand_that_cannot_pay_does_not_set_the_price() {
    let kwh = 1_000_000;
    let policy = Policy {
        price: PriceRule::SupplyDemandRatio {
            compensation: Price(0),
        },
        tariff: Tariff::flat(Price(300_000_000), Price(80_000_000)),
        ..fixed(AllocationRule::Even, AllocationRule::ProRata)
    };
    let mut accounts = homes(&[1, 1, 1]);
    accounts[2].free = Amount::ZERO;
    let run = |accounts: &[Account], third: u64| {
        let readings = [export(10 * kwh), import(12 * kwh), import(third)];
        let mut window = WindowSettlement::new(&policy, accounts);
        let outcome = window.interval(FIRST, &readings).unwrap();
        (outcome.price, outcome.counted, outcome.demand)
    };
    let (honest, ..) = run(&accounts, 0);
    let (price, counted, demand) = run(&accounts, 30 * kwh);
    assert_eq!(price, honest);
    let total = |kilowatt_hours: u128| EnergyTotal(kilowatt_hours * 1_000_000);
    assert_eq!((counted, demand), (total(12), total(42)));
    // What it can pay of at 0.30 a kWh counts.
    accounts[2].free = Amount(1_500_000);
    let (price, counted, _) = run(&accounts, 30 * kwh);
    assert_eq!(counted, total(17));
    assert!(price > honest);
}

/// Earlier intervals of the window have spent what no longer counts.
#[test]
fn what_the_window_has_spent_no_longer_counts_as_demand() {
    let kwh = 1_000_000;
    let policy = Policy {
        price: PriceRule::SupplyDemandRatio {
            compensation: Price(0),
        },
        tariff: Tariff::flat(Price(300_000_000), Price(300_000_000)),
        ..fixed(AllocationRule::Even, AllocationRule::ProRata)
    };
    let mut accounts = homes(&[1, 1]);
    accounts[1].free = Amount(600_000); // 2 kWh at 0.30.
    let mut window = WindowSettlement::new(&policy, &accounts);
    let readings = [export(kwh), import(3 * kwh)];
    let counted: Vec<u128> = (0..3)
        .map(|offset| window.interval(FIRST.plus(offset), &readings).unwrap().counted.0)
        .collect();
    assert_eq!(counted, [2_000_000, 1_000_000, 0]);
}
