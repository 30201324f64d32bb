//! Why a grid cannot be made: one variant a cause, as in [`ContractError`](crate::error::ContractError).

use cosmwasm_std::Addr;
use gridpact_report::quorum::MAX_MEMBERS;
use gridpact_types::registry::bounds::{MAX_REPORT_LIMIT, MAX_ROSTERS_EVERY, MIN_REPORT_LIMIT};
use gridpact_units::Seconds;

/// Why a grid cannot be made. Fields hold what was expected and what came, as their names say.
#[derive(thiserror::Error, Debug, PartialEq)]
#[allow(missing_docs, reason = "the text of each variant says what its fields are")]
pub enum GridError {
    /// A settlement that is this contract.
    #[error("settlement: expected another contract's address, got the registry's own, {got}")]
    SettlementIsRegistry { got: Addr },
    /// A challenge period longer than settlement holds results.
    #[error("challenge period: expected at most {max} s (2,000 intervals), got {got} s")]
    ChallengePeriod { max: Seconds, got: Seconds },
    /// A report limit outside its range.
    #[error("report limit: expected {MIN_REPORT_LIMIT} to {MAX_REPORT_LIMIT} s, got {got} s")]
    ReportLimit { got: Seconds },
    /// Rosters that would begin within an interval, or hardly ever.
    #[error("rosters begin: expected every {length} to {MAX_ROSTERS_EVERY} s and an offset below that, both whole intervals of {length} s, got every {every} s and offset {offset} s")]
    RostersBegin {
        length: u32,
        every: Seconds,
        offset: Seconds,
    },
    /// No committee that the protocol allows.
    #[error("committee: expected 1 to {MAX_MEMBERS} members and a quorum of more than two thirds of them and at most all, got {members} and {quorum}")]
    Threshold { members: usize, quorum: u8 },
    /// A key that is none.
    #[error("public key of member {member}: expected a point of secp256k1 in 33 bytes, got {got}")]
    PublicKey { member: usize, got: String },
    /// One key for two members.
    #[error("public key of member {member}: expected one of no other member, got that of member {earlier}")]
    RepeatedKey { member: usize, earlier: usize },
    /// One address for two members.
    #[error("address of member {member}: expected one of no other member, got that of member {earlier}")]
    RepeatedMember { member: usize, earlier: usize },
}
