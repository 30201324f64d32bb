//! The story, the run and what it leaves behind, in one binary.
#![allow(
    clippy::unwrap_used,
    clippy::arithmetic_side_effects,
    reason = "a test that cannot go on should stop"
)]

mod chain;
mod checks;
mod connections;
mod deposits;
mod meters_file;
mod outputs;
mod rounding;
mod selection;
mod story;
mod windows;

use core::fmt::Write;

use gridpact_market::{AllocationRule, PriceRule};
use gridpact_readings::dataset::Dataset;
use gridpact_readings::file::NamedFile;
use gridpact_readings::format::Source;
use gridpact_readings::selection::{Season, Selection};
use gridpact_simulation::connections::Connections;
use gridpact_simulation::run::{Currency, Run, Utility};
use gridpact_simulation::scenario::Scenario;
use gridpact_simulation::schedule::Windows;
use gridpact_simulation::simulate::Simulation;
use gridpact_simulation::story_chain::InProcess;
use gridpact_simulation::utility_prices::UtilityPrices;
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
            ..Utility::default()
        }),
        buyers: AllocationRule::Even,
        sellers: None,
        price_name: "mid_market:0.5".to_owned(),
        grid: None,
        windows: Windows::default(),
        utility_prices: UtilityPrices::default(),
        price: PriceRule::MidMarket {
            weight: BasisPoints(5_000),
        },
        fee: BasisPoints(0),
        deposit: None,
        accept_rounding: false,
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
    of(scenario, Source::Bundled.load(&selection).unwrap())
}

/// A simulation of these readings, with nothing agreed but what they show.
fn of(scenario: Scenario, dataset: Dataset) -> Simulation {
    Simulation {
        scenario,
        connections: Connections::of(&dataset),
        dataset,
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

/// Two equal quarter hours of these meters, with what each takes and gives in Wh.
fn readings(meters: &[(&str, u32, u32)]) -> Dataset {
    let mut rows = "interval_start,meter,import_kwh,export_kwh\n".to_owned();
    for minute in [0, 15] {
        for (name, import, export) in meters {
            let kwh = |watt_hours: &u32| format!("{}.{:03}", watt_hours / 1_000, watt_hours % 1_000);
            let (import, export) = (kwh(import), kwh(export));
            writeln!(rows, "2025-05-04T11:{minute:02}Z,{name},{import},{export}").unwrap();
        }
    }
    let file = NamedFile::new("street.csv", rows.as_bytes());
    Source::Csv(file).load(&Selection::default()).unwrap()
}
