//! A finished simulation as plain data: everything the table, the CSV files, `summary.json` and `report.html` say is
//! made from a [`Run`] and from nothing else.
//!
//! Two runs of the same input have equal `Run`s, so nothing in here depends on the clock or the machine: how long
//! things took is kept apart, in [`Timings`]. Energy is in mWh, prices in base units per MWh, money in base units
//! (see [`Currency`] to print them), times in unix seconds UTC. All per-home lists are indexed by slot.

use gridpact_units::{Amount, BasisPoints, EnergyTotal, Price};
use serde::{Deserialize, Serialize};

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
    /// One entry an interval, all stretches one after the other.
    pub intervals: Vec<Interval>,
    /// Per interval and meter, see [`Flows::at`].
    pub flows: Flows,
    /// Totals per home; position = slot.
    pub households: Vec<Household>,
    /// What the community account took.
    pub community: Community,
    /// The projects in the escrow, in the order told.
    pub projects: Vec<Project>,
    /// The reports, in order.
    pub windows: Vec<Window>,
    /// The same readings under other rules, computed with `gridpact-market`, every home able to pay.
    pub comparison: Vec<RuleOutcome>,
    /// The promises checked at the end.
    pub checks: Vec<Check>,
}

/// The options of the run that change its result.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Which loader read the data: `bundled`, `simbench`, `citylearn`, `ausgrid` or `csv`.
    pub format: String,
    /// Allocation rule as written on the command line, for instance `even`.
    pub rule: String,
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

/// What the utility asks and pays.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Utility {
    /// A home pays this for what it does not get from its neighbours.
    pub retail: Price,
    /// A home gets this for what its neighbours do not take.
    pub feed_in: Price,
    /// Network charge and tax still due on shared energy, paid by the buyer, taken off the saving.
    pub shared_charge: Price,
}

/// The asset, for people.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Currency {
    /// For instance `EUR`.
    pub name: String,
    /// Base units are 10^-decimals of the main unit.
    pub decimals: u8,
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
    /// Offset of local time from UTC in seconds at each stretch's start is in [`Stretch`]; true where own use is known.
    pub own_use_known: bool,
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

/// Energy by interval and meter, mWh; interval-major: interval 0's meters first. All lists have the same length.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq, Eq)]
pub struct Flows {
    /// Number of meters.
    pub meters: usize,
    /// Taken from the wire.
    pub import: Vec<u64>,
    /// Given to the wire.
    pub export: Vec<u64>,
    /// Own generation used behind the meter; 0 where the data does not say.
    pub own_use: Vec<u64>,
    /// Part of the import that came from neighbours.
    pub bought: Vec<u64>,
    /// Part of the export that went to neighbours.
    pub sold: Vec<u64>,
    /// Positions without a reading, ascending: missing is not zero.
    pub missing: Vec<usize>,
}

impl Flows {
    /// Position of a meter's values in an interval.
    pub fn at(&self, interval: usize, slot: usize) -> usize {
        interval * self.meters + slot
    }
}

/// Totals of one home over the run.
#[derive(Serialize, Deserialize, Clone, Debug, Default, PartialEq, Eq)]
pub struct Household {
    /// Taken from the wire.
    pub import: EnergyTotal,
    /// Given to the wire.
    pub export: EnergyTotal,
    /// Own generation used behind the meter.
    pub own_use: EnergyTotal,
    /// From neighbours.
    pub bought: EnergyTotal,
    /// To neighbours.
    pub sold: EnergyTotal,
    /// Debited for what was bought.
    pub paid: Amount,
    /// Credited for what was sold, the fee already taken off.
    pub earned: Amount,
    /// Fee taken off what was sold: its value less what was credited.
    pub fee: Amount,
    /// Put in at the start.
    pub deposit: Amount,
    /// Withdrawn at the end: deposit - paid + earned.
    pub final_balance: Amount,
    /// The deposit that would just have done: the peak over time of debits so far less credits already final.
    pub deposit_needed: Amount,
    /// Money with the utility; `None` where there is none.
    pub utility: Option<UtilityBill>,
    /// Paid into the escrow for the neighbourhood's grid.
    pub pledge: Amount,
    /// Years until the saving has paid the pledge back, in hundredths; `None` without a saving.
    pub payback_centiyears: Option<u64>,
}

/// What a home pays over the run with and without its neighbours, own pledge aside. Negative: it earns.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UtilityBill {
    /// Import at retail less export at feed-in.
    pub without: i128,
    /// What the neighbours did not provide or take at the utility's prices, + paid - earned + charges on shared energy.
    pub with: i128,
    /// `without - with`, rounded down.
    pub saved: i128,
}

/// The community account: fees and what rounding left.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Community {
    /// Sum of debits.
    pub debits: Amount,
    /// Sum of credits.
    pub credits: Amount,
    /// `debits - credits`: fees and rounding.
    pub income: Amount,
    /// Of that, swept to its destination.
    pub swept: Amount,
}

/// One project in the escrow, from the first pledge to its end.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Project {
    /// For instance `The founding line`.
    pub title: String,
    /// One sentence for people.
    pub description: String,
    /// How it ended.
    pub ending: Ending,
    /// What must come together.
    pub target: Amount,
    /// Pledges in the order made.
    pub pledges: Vec<Pledge>,
    /// Named parties that never pledged.
    pub absent: Vec<String>,
    /// When it opened.
    pub opened_at: u64,
    /// Pledges were taken before this second.
    pub deadline: u64,
    /// When it latched as funded.
    pub funded_at: Option<u64>,
    /// Who builds.
    pub contractor: String,
    /// When the contractor accepted the terms.
    pub accepted_at: Option<u64>,
    /// What the contractor drew, in order.
    pub milestones: Vec<Milestone>,
    /// Held back until the defects period ends; part of `target`.
    pub retention: Option<Retention>,
    /// Who took back what, in order; only in projects that failed.
    pub refunds: Vec<Refund>,
}

/// How a project ended.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, PartialEq, Eq)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// Built, and the contractor paid.
    Completed,
    /// Not funded in time: everybody took their money back.
    Failed,
}

/// One pledge.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Pledge {
    /// Who.
    pub party: String,
    /// How much was locked.
    pub amount: Amount,
    /// The condition in words, for instance `if B and C each pledge 10,000`; empty for none.
    pub condition: String,
    /// When.
    pub at: u64,
    /// True where this pledge was the one that completed the funding.
    pub funds: bool,
}

/// One milestone.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Milestone {
    /// For instance `Cable in the ground`.
    pub title: String,
    /// Its part of the money, retention included.
    pub amount: Amount,
    /// When the evidence came.
    pub submitted_at: u64,
    /// When the review period had passed without objection and the contractor drew.
    pub paid_at: u64,
    /// What the contractor got then: `amount` less the retention.
    pub paid: Amount,
}

/// What was held back.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Retention {
    /// Held back of all milestones together.
    pub amount: Amount,
    /// When it was released; `None` while the defects period runs.
    pub released_at: Option<u64>,
}

/// One refund.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Refund {
    /// Who.
    pub party: String,
    /// What came back.
    pub amount: Amount,
    /// When.
    pub at: u64,
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

/// The same readings under one rule.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct RuleOutcome {
    /// `even`, `pro_rata` or `static` (with equal weights and without offering again).
    pub rule: String,
    /// Shared in all.
    pub shared: EnergyTotal,
    /// Position = slot.
    pub homes: Vec<RuleHome>,
}

/// One home under one rule.
#[derive(Serialize, Deserialize, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RuleHome {
    /// From neighbours.
    pub bought: EnergyTotal,
    /// To neighbours.
    pub sold: EnergyTotal,
    /// Bought as parts per million of import; 0 where there is none.
    pub coverage_ppm: u32,
    /// Earned - paid.
    pub net: i128,
    /// Saved versus the utility; `None` where there is none.
    pub saved: Option<i128>,
}

/// One promise checked from outside.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// The promise, by DESIGN's section and number.
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
    /// The story through the contracts.
    pub chain: u128,
    /// Rules compared and promises checked.
    pub check: u128,
}
