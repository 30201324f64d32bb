//! A finished simulation as plain data: everything the table, the CSV files, `summary.json` and `report.html` say is
//! made from a [`Run`] and from nothing else.
//!
//! Two runs of the same input have equal `Run`s, so nothing in here depends on the clock or the machine: how long
//! things took is kept apart, in [`Timings`]. Energy is in mWh, prices in base units per MWh, money in base units
//! (see [`Currency`] to print them), times in unix seconds UTC. All per-home lists are indexed by slot.

mod flows;
mod home;
mod money;
mod project;
mod spent;
mod views;

use gridpact_readings::completeness::Completeness;
use gridpact_units::{Amount, BasisPoints, Price};
use serde::{Deserialize, Serialize};

use crate::rounding::Rounding;

pub use flows::{Flow, Flows};
pub use home::{Household, RuleHome, RuleOutcome, UtilityBill};
pub use money::{Community, Currency, Utility};
pub use project::{Ending, Milestone, Pledge, Project, Refund, Retention};
pub use spent::{Kind, Spent};

/// A finished simulation.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The options it ran with, defaults filled in.
    pub options: Options,
    /// How to print base units.
    pub currency: Currency,
    /// Length of an interval, s.
    pub interval_seconds: u32,
    /// Where the readings come from.
    pub dataset: DatasetInfo,
    /// The unbroken stretches of time covered, in order: one for most data, two for the bundled weeks.
    pub stretches: Vec<Stretch>,
    /// Connection points; position = slot.
    pub meters: Vec<Meter>,
    /// How much of the readings is there.
    pub completeness: Completeness,
    /// One entry an interval, all stretches one after the other.
    pub intervals: Vec<Interval>,
    /// Per interval and meter, see [`Flows::of`].
    pub flows: Flows,
    /// Totals per home; position = slot.
    pub households: Vec<Household>,
    /// What the community account took.
    pub community: Community,
    /// What rounding could take at worst, worked out before the first message.
    pub rounding: Rounding,
    /// The projects in the escrow, in the order told.
    pub projects: Vec<Project>,
    /// The reports, in order.
    pub windows: Vec<Window>,
    /// The same readings under other rules, computed with `gridpact-market`, every home able to pay.
    pub comparison: Vec<RuleOutcome>,
    /// The promises checked at the end.
    pub checks: Vec<CheckedPromise>,
    /// What it cost on a chain; nothing where it ran inside the program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spent: Option<Spent>,
}

/// The options of the run that change its result.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Which loader read the data: `bundled`, `simbench`, `citylearn`, `ausgrid` or `csv`.
    pub format: String,
    /// Allocation rule of the buyers as written on the command line, for instance `even`.
    pub rule: String,
    /// Allocation rule of the sellers.
    pub sellers_rule: String,
    /// Price rule as written on the command line, for instance `mid_market`.
    pub price: String,
    /// The utility's prices; `None` on an island or with `--no-utility`: then nothing may be said of savings.
    pub utility: Option<Utility>,
    /// Fee on what sellers earn.
    pub fee: BasisPoints,
    /// Intervals a report.
    pub window: u32,
    /// What every home deposits; `None` where each home deposits what the whole run can cost it.
    pub deposit: Option<Amount>,
    /// What every home pledges for the neighbourhood's grid.
    pub pledge: Amount,
    /// Slot of the home whose bill is shown.
    pub home: u32,
}

impl Options {
    /// The allocation rules for people: one name where both sides go by the same.
    pub fn rules(&self) -> String {
        if self.sellers_rule == self.rule {
            return self.rule.clone();
        }
        format!("{} for buyers and {} for sellers", self.rule, self.sellers_rule)
    }
}

/// Where the readings come from.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct DatasetInfo {
    /// One line, for instance `SimBench LV3.101`.
    pub name: String,
    /// Licence and attribution to print wherever the data is shown; empty for a user's own file.
    pub attribution: String,
    /// What the loader assumed (time zone, joins), one sentence each.
    pub notes: Vec<String>,
    /// What was doubtful in the files, what matters most first.
    #[serde(default)]
    pub findings: Vec<Told>,
    /// Offset of local time from UTC in seconds at each stretch's start is in [`Stretch`]; true where own use is known.
    pub own_use_known: bool,
}

/// Something doubtful in a file, as it was told.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// `note`, `doubt` or `loss`.
    pub severity: String,
    /// With file, line and meter.
    pub text: String,
}

/// An unbroken stretch of intervals. Each is a grid of its own on the chain, since a grid's windows leave no gap;
/// between two, every home withdraws its balance and deposits it again.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Stretch {
    /// For people, for instance `winter week`.
    pub label: String,
    /// Position of its first interval in [`Run::intervals`].
    pub from: usize,
    /// How many intervals.
    pub intervals: usize,
    /// First second, UTC.
    pub start: u64,
    /// Local time minus UTC at the start, in seconds: for pictures of a day. Data times are always UTC.
    pub utc_offset: i32,
}

/// One connection point.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Meter {
    /// Its slot on the chain: its position in every per-home list.
    pub slot: u32,
    /// The name in the data.
    pub name: String,
    /// True where it has a generator behind it, or exported at least once.
    pub has_pv: bool,
    /// True for a generator with no home behind it.
    pub producer: bool,
}

/// What happened in one interval.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// First second, UTC.
    pub start: u64,
    /// Price of shared energy.
    pub price: Price,
    /// Sum of exports, mWh.
    pub supply: u64,
    /// Sum of imports, mWh.
    pub demand: u64,
    /// Sum of imports as far as their homes could still pay, mWh.
    pub payable: u64,
    /// Bought = sold, mWh.
    pub shared: u64,
    /// The line up to which everybody was served under `even`, mWh: the largest amount bought by a home that wanted
    /// more and could pay for it. `None` where everybody who could pay got all.
    pub level: Option<u64>,
}

/// One report and its settlement.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// Position in [`Run::stretches`].
    pub stretch: usize,
    /// Position of its first interval in [`Run::intervals`].
    pub from: usize,
    /// How many intervals.
    pub intervals: usize,
    /// Length of the report, signatures aside.
    pub report_bytes: usize,
    /// Oracles that signed.
    pub signatures: usize,
    /// SHA-256 digest that they signed, hex.
    pub digest: String,
    /// The local month in which it begins, as `2024-06`.
    pub month: String,
    /// When it was settled.
    pub settled_at: u64,
    /// When it became final.
    pub final_at: u64,
    /// Debit and credit per home; position = slot.
    pub results: Vec<WindowResult>,
}

/// One home in one window.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WindowResult {
    /// Taken for what was bought, rounded up.
    pub debit: Amount,
    /// Given for what was sold, less fee, rounded down.
    pub credit: Amount,
}

/// One promise checked from outside.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct CheckedPromise {
    /// The promise, behind its number: 3 the escrow, 4 the registry, 5 the settlement.
    pub name: String,
    /// Kept?
    pub passed: bool,
    /// What was compared; for a breach, what was expected and what was found.
    pub detail: String,
}

/// How long the parts took, in milliseconds: never written to a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timings {
    /// Reading the data.
    pub load: u128,
    /// Rules compared and deposits worked out.
    pub compare: u128,
    /// The story through the contracts, every promise checked.
    pub chain: u128,
}
