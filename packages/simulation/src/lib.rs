//! A neighbourhood from the first pledge to the last withdrawal: readings become a story that is played through the three
//! contracts on a [`story_chain`], the story becomes a [`run`] of plain data, and the run becomes files, an overview and a page.
//!
//! Three homes in a summer day, without a utility:
//!
//! ```
//! use gridpact_market::{AllocationRule, PriceRule};
//! use gridpact_readings::format::Source;
//! use gridpact_readings::selection::{Season, Selection};
//! use gridpact_simulation::story_chain::InProcess;
//! use gridpact_simulation::connections::Connections;
//! use gridpact_simulation::run::Currency;
//! use gridpact_simulation::scenario::Scenario;
//! use gridpact_simulation::simulate::Simulation;
//! use gridpact_units::{Amount, BasisPoints, Price};
//!
//! let scenario = Scenario {
//!     currency: Currency { name: "EUR".to_owned(), decimals: 2 },
//!     utility: None,
//!     grid: None,
//!     windows: Default::default(),
//!     utility_prices: Default::default(),
//!     buyers: AllocationRule::Even,
//!     sellers: None,
//!     price_name: "fixed:0.20".to_owned(),
//!     price: PriceRule::Fixed { price: Price(20_000) }, // 0.20 a kWh
//!     fee: BasisPoints(0),
//!     deposit: None,
//!     accept_rounding: true, // a cent is coarse for one day of three homes
//!     pledge: Amount(100_000), // 1,000
//! };
//! scenario.check()?;
//! let selection = Selection { season: Some(Season::Summer), days: Some(1), homes: Some(3), ..Selection::default() };
//! let chain = InProcess::new(&scenario.currency);
//! let dataset = Source::Bundled.load(&selection)?;
//! let simulation = Simulation {
//!     scenario,
//!     connections: Connections::of(&dataset),
//!     dataset,
//!     format: "bundled".to_owned(),
//!     window: None,
//!     home: 0,
//! };
//! let (run, _) = simulation.play(Box::new(chain), &|_, _| {})?;
//! assert_eq!(run.households.len(), 3);
//! assert!(run.checks.iter().all(|promise| promise.passed));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod bills;
pub mod connections;
pub mod html;
mod metered;
mod mirror;
mod on_settled;
pub mod output;
pub mod rounding;
pub mod run;
pub mod scenario;
pub mod schedule;
pub mod simulate;
pub mod story;
pub mod story_chain;
mod sums;
pub mod utility_prices;
