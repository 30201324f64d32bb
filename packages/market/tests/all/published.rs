//! Examples that others published for the same rules, with their numbers and sources.
//!
//! Two published sets have no counterpart here: the double auction of Teotia, Mathuria, Bhakar 2020 (an `auction` price
//! rule does not exist yet) and the fees through nested markets of Grid Singularity (fees here are taken once).

use gridpact_market::{AllocationRule, Policy, PriceRule, Tariff, Terms};
use gridpact_units::{BasisPoints, EnergyTotal, Price};

use crate::support::{accounts, divided, fixed, homes, one_interval, FIRST, STATIC, STATIC_ONCE};

/// mWh in a kWh.
const KWH: u64 = 1_000_000;

/// Crate metering 0.25.0 (MIT OR Apache-2.0), src/allocation/community.rs, unit tests.
mod community_keys {
    use super::*;

    #[test]
    fn constant_key() {
        // generation 10, consumption 5 and 2, key 0.1 and 0.9: 1 and 2, residual 7
        let shares = divided(STATIC_ONCE, homes(&[1, 9]), 10 * KWH, &[5 * KWH, 2 * KWH]);
        assert_eq!(shares, [KWH, 2 * KWH]);
    }

    #[test]
    fn equal_shares_not_offered_again() {
        // generation 9, consumption 10, 1, 10. Published: 2.999997, 1, 2.999997, residual 2.000006, because there the
        // third is cut to 0.333333 first. Here a third of 9 is 3, on purpose: nothing is lost to rounding.
        let shares = divided(
            STATIC_ONCE,
            homes(&[1, 1, 1]),
            9 * KWH,
            &[10 * KWH, KWH, 10 * KWH],
        );
        assert_eq!(shares, [3 * KWH, KWH, 3 * KWH]);
    }

    #[test]
    fn cascading_weights() {
        let needs = [KWH, 10 * KWH, 10 * KWH];
        for rule in [STATIC, AllocationRule::Even] {
            assert_eq!(
                divided(rule, homes(&[1, 1, 1]), 9 * KWH, &needs),
                [KWH, 4 * KWH, 4 * KWH]
            );
        }
    }

    #[test]
    fn proportional_with_a_surplus() {
        let shares = divided(AllocationRule::ProRata, homes(&[1, 1]), 10 * KWH, &[KWH, 3 * KWH]);
        assert_eq!(shares, [KWH, 3 * KWH]);
    }
}

/// doc.plein-soleil.org, "L'autoconsommation collective", worked example of the priority key.
#[test]
fn priority_key() {
    let terms = [0, 1].map(|place| Terms {
        priority: place,
        ..Terms::of_household(place.into())
    });
    let needs = [400_000, 800_000];
    let shares = divided(AllocationRule::Priority, accounts(terms), KWH, &needs);
    assert_eq!(shares, [400_000, 600_000]);
    let from_the_utility: Vec<u64> = needs
        .iter()
        .zip(&shares)
        .map(|(need, share)| need - share)
        .collect();
    assert_eq!(from_the_utility, [0, 200_000]);
}

/// ILR Luxembourg, FAQ on energy sharing: of 500 Wh produced, 200 Wh are used in the house and 300 Wh are shared. The
/// meter stands at the connection point, so its export is what is shared, under a fixed key and a dynamic one.
#[test]
fn own_use_comes_before_sharing() {
    let (produced, own_use) = (500_000, 200_000);
    for rule in [STATIC, STATIC_ONCE, AllocationRule::ProRata, AllocationRule::Even] {
        let shares = divided(rule, homes(&[1, 2]), produced - own_use, &[400_000, 400_000]);
        assert_eq!(shares.iter().sum::<u64>(), 300_000, "{rule:?}");
    }
}

/// Money of these papers in millionths, and one unit a kWh or MWh: only ratios count.
fn millionths(price: f64) -> i64 {
    (price * 1e6).round() as i64
}

/// What a seller and a buyer get and pay on average, the utility's leg included: what the community does not take is
/// sold at F, what it does not give is bought at R. The papers print these; our rule is the community's leg.
fn blended(policy: &Policy, supply: u64, demand: u64) -> (i64, i64) {
    let (retail, feed_in) = policy.tariff_at(FIRST).unwrap();
    let price = policy
        .price_at(FIRST, EnergyTotal(supply.into()), EnergyTotal(demand.into()))
        .unwrap()
        .0;
    let mean = |community: u128, utility: u128, other: u128| {
        let total = community + other;
        (price * community + utility * other)
            .checked_div(total)
            .unwrap_or(price)
    };
    let (supply, demand) = (u128::from(supply), u128::from(demand));
    let traded = supply.min(demand);
    let sell = mean(traded, feed_in.0, supply - traded);
    let buy = mean(traded, retail.0, demand - traded);
    (sell.try_into().unwrap(), buy.try_into().unwrap())
}

/// The published figures have six decimals, rounded to nearest; ours are rounded down twice.
fn close(ours: i64, published: f64) -> bool {
    (ours - millionths(published)).abs() <= 2
}

fn with_utility(price: PriceRule, retail: u128, feed_in: u128) -> Policy {
    let tariff = Tariff::flat(Price(retail), Price(feed_in));
    Policy {
        price,
        tariff,
        ..fixed(AllocationRule::Even, AllocationRule::ProRata)
    }
}

fn assert_supply_demand_ratio(compensation: u128, published: &[(u64, f64, f64)]) {
    let rule = PriceRule::SupplyDemandRatio {
        compensation: Price(compensation),
    };
    let policy = with_utility(rule, 1_000_000, 400_000);
    policy.validate().unwrap();
    for &(hundredths, sell, buy) in published {
        let ours = blended(&policy, hundredths * 10_000, KWH);
        assert!(
            close(ours.0, sell) && close(ours.1, buy),
            "ratio {hundredths}/100: {ours:?}, published {sell} {buy}"
        );
    }
}

/// Liu et al. 2017, IEEE TPWRS 32(5), eq. 7 to 10; feed-in 0.4, retail 1.0: (ratio in hundredths, sell, buy).
#[test]
fn supply_demand_ratio() {
    assert_supply_demand_ratio(
        0,
        &[
            (0, 1.0, 1.0),
            (25, 0.727273, 0.931818),
            (50, 0.571429, 0.785714),
            (75, 0.470588, 0.602941),
            (100, 0.4, 0.4),
            (200, 0.4, 0.4),
        ],
    );
}

/// Energies 2023 16(4):1949, eq. 21 and 22; compensation 0.1.
#[test]
fn supply_demand_ratio_with_compensation() {
    assert_supply_demand_ratio(
        100_000,
        &[
            (0, 1.0, 1.0),
            (25, 0.8, 0.95),
            (50, 0.666667, 0.833333),
            (75, 0.571429, 0.678571),
            (100, 0.5, 0.5),
            (200, 0.45, 0.5),
        ],
    );
}

/// Long et al. 2017, eq. 15 to 17; retail 0.15, feed-in 0.05: (generation, demand, sell, buy).
#[test]
fn mid_market_rate() {
    let policy = with_utility(
        PriceRule::MidMarket {
            weight: BasisPoints(5_000),
        },
        150_000,
        50_000,
    );
    for (generation, demand, sell, buy) in [(5, 10, 0.1, 0.125), (10, 10, 0.1, 0.1), (20, 10, 0.075, 0.1)] {
        let ours = blended(&policy, generation, demand);
        assert!(
            close(ours.0, sell) && close(ours.1, buy),
            "{generation} to {demand}: {ours:?}"
        );
    }
}

/// Arithmetic from the definition of max-min fairness: find L with sum of min(need, L) = supply. Fractions are
/// (numerator, denominator); ours differ by less than 1 mWh and sum exactly.
#[test]
fn water_filling() {
    type Case<'a> = (u64, &'a [u64], &'a [(u64, u64)]);
    let cases: [Case<'_>; 4] = [
        (9, &[1, 10, 10], &[(1, 1), (4, 1), (4, 1)]),
        (10, &[2, 4, 6, 8], &[(2, 1), (8, 3), (8, 3), (8, 3)]),
        (
            100,
            &[10, 20, 30, 50, 70],
            &[(10, 1), (20, 1), (70, 3), (70, 3), (70, 3)],
        ),
        (50, &[5, 10], &[(5, 1), (10, 1)]),
    ];
    for unit in [1, 1_000, KWH] {
        for (supply, needs, expected) in cases {
            let needs: Vec<u64> = needs.iter().map(|need| need * unit).collect();
            let shares = divided(
                AllocationRule::Even,
                homes(&vec![1; needs.len()]),
                supply * unit,
                &needs,
            );
            assert_eq!(
                shares.iter().sum::<u64>(),
                needs.iter().sum::<u64>().min(supply * unit)
            );
            for (share, (numerator, denominator)) in shares.iter().zip(expected) {
                assert!(
                    (share * denominator).abs_diff(numerator * unit) < *denominator,
                    "{shares:?}"
                );
            }
        }
    }
}

/// Ours, from the rules: supply 3, two needs of 2, one of which can pay for 0.5 only.
#[test]
fn a_need_is_cut_to_what_can_be_paid_before_the_supply_is_divided() {
    let mut accounts = homes(&[1, 1, 1]);
    accounts[1].free.0 = 100; // 0.5 kWh at 0.2 units a Wh
    let readings = [3, 0, 0].into_iter().zip([0, 2, 2]).map(|(export, import)| {
        gridpact_units::Reading::measured(
            gridpact_units::Energy(import * KWH),
            gridpact_units::Energy(export * KWH),
        )
    });
    let policy = fixed(AllocationRule::Even, AllocationRule::ProRata);
    let (bought, _) = one_interval(&policy, &accounts, &readings.collect::<Vec<_>>());
    assert_eq!(bought, [0, KWH / 2, 2 * KWH]);
}
