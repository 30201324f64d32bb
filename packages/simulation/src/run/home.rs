//! What a home has of it.

use gridpact_units::{Amount, EnergyTotal};
use serde::{Deserialize, Serialize};

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
    /// What the utility delivers beside neighbours, at its prices then.
    pub rest_in: i128,
    /// What it takes beside neighbours, at its prices then.
    pub rest_out: i128,
    /// Levies on what it delivers.
    pub levies: i128,
    /// Its monthly charge over the run.
    pub monthly: i128,
    /// Value added tax on the three.
    pub vat: i128,
    /// Network charge and tax on shared energy.
    pub charge: i128,
}

/// The same readings under one rule.
#[derive(Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
pub struct RuleOutcome {
    /// The rule for buyers, by its name.
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
