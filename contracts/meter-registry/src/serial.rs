//! Who holds a serial hash, so that no device is counted twice.

use cosmwasm_schema::cw_serde;

/// Who holds a serial hash.
#[cw_serde]
pub enum SerialHolder {
    /// An open proposal.
    Proposal(u64),
    /// A meter of the grid.
    Slot(u32),
}

impl core::fmt::Display for SerialHolder {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Proposal(proposal) => write!(f, "proposal {proposal}"),
            Self::Slot(slot) => write!(f, "slot {slot}"),
        }
    }
}
