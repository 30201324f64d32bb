//! What is said of a meter: by its owner, and by the operator who admits it.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::HexBinary;
use gridpact_market::Terms;
use gridpact_units::{Power, Ppm};

/// Number of a proposal, counted from 1.
pub type ProposalId = u64;

/// What a connection point is.
#[cw_serde]
#[derive(Copy, Eq)]
pub enum MeterKind {
    /// Takes only.
    Consumer,
    /// Takes and gives.
    Prosumer,
    /// Gives only.
    Producer,
    /// A battery.
    Storage,
}

impl MeterKind {
    /// Whether it takes from the wire.
    pub const fn takes(self) -> bool {
        match self {
            Self::Consumer | Self::Prosumer | Self::Storage => true,
            Self::Producer => false,
        }
    }

    /// Whether it gives to the wire.
    pub const fn gives(self) -> bool {
        match self {
            Self::Producer | Self::Prosumer | Self::Storage => true,
            Self::Consumer => false,
        }
    }

    /// Tiers that count of those that were stated, as a buyer and as a seller: none (255) on a side where it cannot act. Else it
    /// would hold a fixed part there, of what it could never buy or sell.
    pub const fn tiers(self, buyer: u8, seller: u8) -> (u8, u8) {
        let buyer = if self.takes() { buyer } else { Terms::NO_TIER };
        let seller = if self.gives() { seller } else { Terms::NO_TIER };
        (buyer, seller)
    }
}

/// How far a meter's readings can be traced.
#[cw_serde]
#[derive(Copy, Eq)]
pub enum Provenance {
    /// The owner's own device.
    SelfDeclared,
    /// Calibrated device, sealed by a third party.
    Sealed,
    /// The device signs its readings itself.
    Signed,
}

/// What the owner says of a meter.
#[cw_serde]
pub struct MeterProposal {
    /// SHA-256 of the serial number and a salt, 32 bytes; at most one live meter a hash.
    pub serial_hash: HexBinary,
    /// What the connection point is.
    pub kind: MeterKind,
    /// Most it takes from the wire, in W: 1 W to 100 MW; 0 for a producer.
    pub import_limit: Power,
    /// Most it gives to the wire, in W: 1 W to 100 MW; 0 for a consumer.
    pub export_limit: Power,
    /// How far its readings can be traced.
    pub provenance: Provenance,
    /// Part of the meter that takes part in this grid, 1 to 1,000,000 ppm.
    #[serde(default)]
    pub part: Ppm,
}

/// What the operator decides of a meter.
#[cw_serde]
pub struct Admission {
    /// The proposal.
    pub proposal: ProposalId,
    /// Household the meter belongs to, whoever owns its other meters; its slots share one weight, the largest of theirs.
    /// None: a new household of its own, under the next number, which it takes even where the proposal is gone: so others of
    /// the message that name a household get the one that was meant.
    #[serde(default)]
    pub household: Option<u32>,
    /// Weight of the household in `even`, of the slot in `static`: 1 to 1,000,000.
    #[serde(default = "one")]
    pub weight: u32,
    /// Place in the rule `priority`: lower is served first.
    #[serde(default)]
    pub priority: u16,
    /// Tier as a buyer: lower trades first; 255: it buys nothing here, as no producer does whatever stands here.
    #[serde(default)]
    pub buy_tier: u8,
    /// Tier as a seller: lower trades first; 255: it sells nothing here, as no consumer does whatever stands here.
    #[serde(default)]
    pub sell_tier: u8,
}

const fn one() -> u32 {
    1
}

impl Admission {
    /// Admission with the usual terms, those of a message that names the proposal alone: a household of its own, weight 1.
    pub const fn of(proposal: ProposalId) -> Self {
        Self {
            proposal,
            household: None,
            weight: one(),
            priority: 0,
            buy_tier: 0,
            sell_tier: 0,
        }
    }
}
