//! What can be asked of the registry.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::Binary;
use cw_ownable::cw_ownable_execute;
use gridpact_units::{IntervalIndex, IntervalLength, Seconds};

use super::committee::{Committee, Signature};
use super::meters::{Admission, MeterProposal, ProposalId};
use super::rosters::RostersBegin;

/// One grid.
#[cw_serde]
pub struct InstantiateMsg {
    /// Admits meters; any address: one person, a multisig, a DAO. Handed over in two steps.
    pub operator: String,
    /// The grid's energy-settlement contract; its address is known before it exists (instantiate2).
    pub settlement: String,
    /// Length of an interval in seconds; the same as in the settlement's policy. Never changes.
    pub interval_length: IntervalLength,
    /// mWh of one count in a report: 1,000 (1 Wh) or 250 (0.25 Wh) for usual meters; 1 to 1,000,000.
    pub resolution: u32,
    /// The first committee, epoch 1.
    pub committee: Committee,
    /// How long a settled window stays provisional. Challenge period / interval length is at most 2,000.
    pub challenge_period: Seconds,
    /// Intervals that ended longer ago are no longer reported; anybody may close them as a gap. At least an hour,
    /// at most 60 days.
    pub report_limit: Seconds,
    /// When rosters may begin.
    pub rosters_begin: RostersBegin,
}

/// What can be asked of the registry.
#[cw_ownable_execute]
#[cw_serde]
pub enum ExecuteMsg {
    /// Anybody, for an own meter: proposes it to the operator, for 30 days. At most 8 open proposals an address.
    ProposeMeter {
        /// What the owner says of it.
        meter: MeterProposal,
    },
    /// The proposer or the operator, and anybody once it expired: drops a proposal.
    DropProposal {
        /// The proposal.
        proposal: ProposalId,
    },
    /// The operator: admits meters, 1 to 128 a message, and opens their accounts. They take part from a moment still in the
    /// future in which rosters may begin, with which a new one does. A proposal that was dropped, admitted or expired
    /// meanwhile is left out, and an event tells so; the others are admitted all the same.
    AdmitMeters {
        /// What is decided of each.
        admissions: Vec<Admission>,
        /// First interval of the new roster, at most 90 days ahead and not before a roster that is scheduled; one that is
        /// scheduled for just then is added to. By default the next in which rosters may begin.
        #[serde(default)]
        from: Option<IntervalIndex>,
    },
    /// Anybody: carries a report with a quorum of valid signatures; it is settled in the same transaction. The very
    /// report accepted before is harmless; a different one for the same window is refused.
    Report {
        /// The report in the format of `gridpact-report`, header and body, with a revision of at most 255.
        report: Binary,
        /// At least a quorum of signatures of distinct members, all valid.
        signatures: Vec<Signature>,
    },
    /// Anybody: closes the intervals that are older than the report limit and were never reported, as a gap in which
    /// nobody took part. What is left stays reportable for a grace, the longer of 4 intervals and a quarter of the limit (of
    /// that at most 7 days), in which nothing else is closed. Where there is no gap, nothing happens but an event.
    CloseGap {},
}
