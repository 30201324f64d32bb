//! Deposits that the program chooses are enough for every need, so that they change nothing of what anybody gets.

use gridpact_market::{AllocationRule, PriceRule};
use gridpact_readings::dataset::Dataset;
use gridpact_simulation::output;
use gridpact_simulation::run::{Run, Timings};
use gridpact_simulation::scenario::Scenario;
use gridpact_units::{Amount, BasisPoints, EnergyTotal, Price};

use crate::{cents, euro, of, play, readings, simulation};

/// Rules of both sides, and prices that readings, demand or nothing decide.
fn scenarios() -> Vec<Scenario> {
    let rules = [
        AllocationRule::Even,
        AllocationRule::ProRata,
        AllocationRule::Static { reoffer: false },
        AllocationRule::Priority,
    ];
    let currency = euro().currency;
    let prices = [
        PriceRule::MidMarket {
            weight: BasisPoints(9_000),
        },
        PriceRule::SupplyDemandRatio {
            compensation: cents(&currency, 1),
        },
        PriceRule::Fixed {
            price: cents(&currency, 25),
        },
    ];
    let of_rules = |(buyers, sellers): (AllocationRule, AllocationRule)| {
        prices.map(|price| Scenario {
            buyers,
            sellers: Some(sellers),
            price,
            ..euro()
        })
    };
    // Each with the next for the sellers.
    let sellers = rules.into_iter().cycle().skip(1);
    rules.into_iter().zip(sellers).flat_map(of_rules).collect()
}

fn run(scenario: Scenario, dataset: &Dataset, window: u32) -> Run {
    let mut simulation = of(scenario, dataset.clone());
    simulation.window = Some(window);
    play(simulation)
}

#[test]
fn chosen_deposits_give_everybody_what_any_larger_ones_would() {
    let dataset = simulation(euro(), 14).dataset;
    for (scenario, window) in scenarios().into_iter().zip([96, 7, 31].into_iter().cycle()) {
        let chosen = run(scenario.clone(), &dataset, window);
        let ample = run(
            Scenario {
                // Ten thousand each.
                deposit: Some(Amount(10_000_000_000)),
                ..scenario.clone()
            },
            &dataset,
            window,
        );
        let told = format!("{scenario:?}, window {window}");
        assert!(chosen.flows == ample.flows, "{told}");
        assert_eq!(chosen.intervals, ample.intervals, "{told}");
        let needed = |run: &Run| {
            run.households
                .iter()
                .map(|home| home.deposit_needed)
                .collect::<Vec<_>>()
        };
        assert_eq!(needed(&chosen), needed(&ample), "{told}");
        assert_eq!(chosen.cut(), (EnergyTotal::ZERO, 0), "{told}");
        assert!(chosen.community.debits.0 > 0, "{told}");
        for home in &chosen.households {
            // Rounded up to a whole main unit, and no further.
            assert_eq!(
                home.deposit.0,
                home.deposit_needed.0.div_ceil(1_000_000) * 1_000_000,
                "{told}"
            );
        }
    }
}

/// A flat of 3 kWh and a roof of 1, in two quarter hours of one window: the flat pays for 1 kWh twice, and had to be able to pay
/// for 3 in the second, at the highest price of the rule. Less would cut its need, and with it the sum that quotas and prices
/// follow from.
#[test]
fn a_deposit_covers_the_whole_need_and_not_only_the_share() {
    let street = readings(&[("flat", 3_000, 0), ("roof", 0, 1_000)]);
    let table = [
        // 0.19 + 3 x 0.19; paid 2 x 0.19.
        (
            PriceRule::MidMarket {
                weight: BasisPoints(5_000),
            },
            760_000,
            380_000,
        ),
        // R F / ((R - F) / 3 + F) = 0.156521739 a kWh; 3 kWh at the 0.30 that demand is counted by.
        (
            PriceRule::SupplyDemandRatio {
                compensation: Price::ZERO,
            },
            1_056_522,
            313_044,
        ),
    ];
    for (price, needed, paid) in table {
        let run = run(Scenario { price, ..euro() }, &street, 2);
        let flat = &run.households[0];
        assert_eq!(
            (flat.deposit_needed, flat.paid),
            (Amount(needed), Amount(paid)),
            "{price:?}"
        );
    }
}

/// A flat of 3 kWh beside a roof of 3, twice, at 0.19 EUR: with 0.76 EUR it can pay for 4 of its 6 kWh.
#[test]
fn what_a_stated_deposit_cuts_is_told() {
    let street = readings(&[("flat", 3_000, 0), ("roof", 0, 3_000)]);
    let scenario = Scenario {
        deposit: Some(Amount(760_000)),
        ..euro()
    };
    let run = run(scenario, &street, 2);
    assert_eq!(run.cut(), (EnergyTotal(2_000_000), 1));
    let told = output::overview(&run, &Timings::default());
    let line = "Cut by balances: 2.0 kWh of needs in 1 of 2 intervals, which homes could not pay for; a larger deposit shares more";
    assert!(told.contains(line), "{told}");
}
