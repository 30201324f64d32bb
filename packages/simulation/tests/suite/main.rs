//! The story, the run and what it leaves behind, in one binary.
#![allow(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    reason = "a test that cannot go on should stop"
)]

mod chain;
mod outputs;
mod selection;
mod story;

use gridpact_market::{AllocationRule, PriceRule};
use gridpact_readings::format::Source;
use gridpact_readings::selection::{Season, Selection};
use gridpact_simulation::chain::InProcess;
use gridpact_simulation::run::{Currency, Run, Utility};
use gridpact_simulation::scenario::Scenario;
use gridpact_simulation::simulate::Simulation;
use gridpact_units::{Amount, BasisPoints, Price};

/// What `gridpact simulate` assumes without options, in a currency of so many decimals.
fn scenario(name: &str, decimals: u8) -> Scenario {
    let currency = Currency {
        name: name.to_owned(),
        decimals,
    };
    Scenario {
        utility: Some(Utility {
            retail: cents(&currency, 30),
            feed_in: cents(&currency, 8),
            shared_charge: Price::ZERO,
        }),
        rule: AllocationRule::Even,
        price_name: "mid_market:0.5".to_owned(),
        price: PriceRule::MidMarket {
            weight: BasisPoints(5_000),
        },
        fee: BasisPoints(0),
        deposit: None,
        pledge: Amount(1_000 * currency.main_unit().0),
        currency,
    }
}

fn euro() -> Scenario {
    scenario("EUR", 6)
}

/// A price of hundredths of the main unit a kWh.
fn cents(currency: &Currency, cents: u128) -> Price {
    Price(cents * 10_u128.pow(currency.price_scale() - 2))
}

/// The first homes in two days of the built-in summer week.
fn simulation(scenario: Scenario, homes: usize) -> Simulation {
    let selection = Selection {
        season: Some(Season::Summer),
        days: Some(2),
        homes: Some(homes),
        ..Selection::default()
    };
    Simulation {
        scenario,
        dataset: Source::Bundled.load(&selection).unwrap(),
        format: "bundled".to_owned(),
        window: None,
        home: 0,
    }
}

/// Plays it inside the program.
fn play(simulation: Simulation) -> Run {
    let chain = InProcess::new(&simulation.scenario.currency);
    simulation.play(Box::new(chain), &|_, _| {}).unwrap().0
}
