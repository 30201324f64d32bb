//! meter-registry: one a grid; meters, the committee of oracles, and the reports its quorum signs.

use cosmwasm_schema::{cw_serde, QueryResponses};
use cosmwasm_std::{Binary, HexBinary};
use cw_ownable::{cw_ownable_execute, cw_ownable_query};
use gridpact_units::{IntervalIndex, IntervalLength, Power, Ppm, Seat, Seconds, Slot, UnixSeconds};

/// Number of a proposal, counted from 1.
pub type ProposalId = u64;

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
}

/// A committee of oracles.
#[cw_serde]
pub struct Committee {
    /// 1 to 32 distinct members; a signature names its member by the position in this list.
    pub members: Vec<Member>,
    /// How many members must sign: more than two thirds of them, at most all.
    pub quorum: u8,
}

/// One oracle.
#[cw_serde]
pub struct Member {
    /// Who answers for the key.
    pub address: String,
    /// Compressed secp256k1 public key, 33 bytes.
    pub public_key: HexBinary,
}

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
    /// None: a new household of its own.
    #[serde(default)]
    pub household: Option<u32>,
    /// Weight of the household in `even`, of the slot in `static`: 1 to 1,000,000.
    #[serde(default = "one")]
    pub weight: u32,
    /// Place in the rule `priority`: lower is served first.
    #[serde(default)]
    pub priority: u16,
    /// Tier as a buyer: lower trades first.
    #[serde(default)]
    pub buy_tier: u8,
    /// Tier as a seller: lower trades first.
    #[serde(default)]
    pub sell_tier: u8,
}

const fn one() -> u32 {
    1
}

/// A member's signature over the digest of a report.
#[cw_serde]
pub struct Signature {
    /// Position of the member in the epoch's committee; strictly ascending in a list.
    pub member: u8,
    /// secp256k1 signature, r then s, 64 bytes.
    pub signature: Binary,
}

/// What can be asked of the registry.
#[cw_ownable_execute]
#[cw_serde]
pub enum ExecuteMsg {
    /// Anybody, for an own meter: proposes it to the operator. At most 8 open proposals an address and 1,024 in all.
    ProposeMeter {
        /// What the owner says of it.
        meter: MeterProposal,
    },
    /// The proposer or the operator: drops a proposal.
    DropProposal {
        /// The proposal.
        proposal: ProposalId,
    },
    /// The operator: admits meters, 1 to 128 a message, and opens their accounts. They take part from an interval
    /// boundary still in the future, with which a new roster begins.
    AdmitMeters {
        /// What is decided of each.
        admissions: Vec<Admission>,
        /// First interval of the new roster, at most 90 days ahead and not before a roster that is scheduled; one that is
        /// scheduled for just then is added to. By default the next interval to begin.
        #[serde(default)]
        from: Option<IntervalIndex>,
    },
    /// Anybody: carries a report with a quorum of valid signatures; it is settled in the same transaction. The very
    /// report accepted before is harmless; a different one for the same window is refused.
    Report {
        /// The report in the format of `gridpact-report`, with a revision of at most 255.
        report: Binary,
        /// At least a quorum of signatures of distinct members, all valid.
        signatures: Vec<Signature>,
    },
    /// Anybody: closes the intervals that are older than the report limit and were never reported, as a gap in which
    /// nobody took part.
    CloseGap {},
}

/// What can be read. Lists are paged: `limit` is 1 to 100, 30 by default, and the page says whether more follows.
#[cw_ownable_query]
#[cw_serde]
#[derive(QueryResponses)]
pub enum QueryMsg {
    /// The grid.
    #[returns(ConfigResponse)]
    Config {},
    /// What exactly the next report must cover.
    #[returns(NextReportResponse)]
    NextReport {},
    /// The committee of an epoch; by default of the epoch the next report belongs to.
    #[returns(CommitteeResponse)]
    Committee {
        /// The epoch.
        epoch: Option<u32>,
    },
    /// One meter.
    #[returns(MeterResponse)]
    Meter {
        /// Its slot.
        slot: Slot,
    },
    /// The meters, by slot.
    #[returns(MetersResponse)]
    Meters {
        /// The last slot of the page before.
        start_after: Option<Slot>,
        /// How many.
        limit: Option<u32>,
    },
    /// Open proposals, by number.
    #[returns(ProposalsResponse)]
    Proposals {
        /// The last number of the page before.
        start_after: Option<ProposalId>,
        /// How many.
        limit: Option<u32>,
    },
    /// One roster, its seats from a position on: what an oracle needs to write and check a report.
    #[returns(RosterResponse)]
    Roster {
        /// The version.
        version: u32,
        /// The last seat of the page before.
        start_after: Option<Seat>,
        /// How many, 1 to 256, 256 by default.
        limit: Option<u32>,
    },
    /// One window that was reported or closed as a gap, by its first interval.
    #[returns(WindowResponse)]
    Window {
        /// First interval.
        first_interval: IntervalIndex,
    },
    /// The windows, by first interval.
    #[returns(WindowsResponse)]
    Windows {
        /// First interval of the last window of the page before.
        start_after: Option<IntervalIndex>,
        /// How many.
        limit: Option<u32>,
    },
}

/// The grid.
#[cw_serde]
pub struct ConfigResponse {
    /// The grid's settlement contract.
    pub settlement: String,
    /// Length of an interval in seconds.
    pub interval_length: IntervalLength,
    /// mWh of one count in a report.
    pub resolution: u32,
    /// How long a settled window stays provisional.
    pub challenge_period: Seconds,
    /// How long after its end an interval may be reported.
    pub report_limit: Seconds,
    /// The newest roster's version; 0 before the first meter is admitted.
    pub newest_roster: u32,
    /// Number of slots ever given out.
    pub slots: u32,
}

/// What exactly the next report must cover.
#[cw_serde]
pub struct NextReportResponse {
    /// Where it starts: where the last window ended; where a gap must be closed first, where that will end, so that one
    /// transaction may carry both messages. None before the first meter is admitted.
    pub first_interval: Option<IntervalIndex>,
    /// How many whole past intervals it may cover now; 0: wait.
    pub max_intervals: u16,
    /// The committee's epoch.
    pub epoch: u32,
    /// Signatures needed.
    pub quorum: u8,
    /// The roster it must be written for.
    pub roster_version: u32,
    /// Number of seats of that roster.
    pub seats: u16,
    /// mWh of one count.
    pub resolution: u32,
    /// Whether intervals before `oldest_interval` must first be closed as a gap.
    pub gap: bool,
    /// The oldest interval that may still be reported.
    pub oldest_interval: IntervalIndex,
}

/// The committee of an epoch.
#[cw_serde]
pub struct CommitteeResponse {
    /// The epoch.
    pub epoch: u32,
    /// The committee.
    pub committee: Committee,
}

/// One meter.
#[cw_serde]
pub struct MeterResponse {
    /// Its place in the books.
    pub slot: Slot,
    /// Its position in reports.
    pub seat: Seat,
    /// Its owner when it was admitted.
    pub owner: String,
    /// What the owner said of it.
    pub meter: MeterProposal,
    /// Its household.
    pub household: u32,
    /// Its weight.
    pub weight: u32,
    /// Its place in the rule `priority`.
    pub priority: u16,
    /// Its tier as a buyer.
    pub buy_tier: u8,
    /// Its tier as a seller.
    pub sell_tier: u8,
    /// The first interval it takes part in.
    pub from: IntervalIndex,
}

/// A page of meters.
#[cw_serde]
pub struct MetersResponse {
    /// The meters, by slot.
    pub meters: Vec<MeterResponse>,
    /// Whether more follow.
    pub more: bool,
}

/// One open proposal.
#[cw_serde]
pub struct ProposalResponse {
    /// Its number.
    pub proposal: ProposalId,
    /// Who proposed it and will own the account.
    pub owner: String,
    /// What the owner says of the meter.
    pub meter: MeterProposal,
}

/// A page of proposals.
#[cw_serde]
pub struct ProposalsResponse {
    /// The proposals, by number.
    pub proposals: Vec<ProposalResponse>,
    /// Whether more follow.
    pub more: bool,
}

/// A page of a roster.
#[cw_serde]
pub struct RosterResponse {
    /// Its version.
    pub version: u32,
    /// First interval.
    pub from: IntervalIndex,
    /// Number of seats in all.
    pub size: u16,
    /// The seats, in order.
    pub seats: Vec<RosterSeat>,
    /// Whether more follow.
    pub more: bool,
}

/// One seat of a roster.
#[cw_serde]
pub struct RosterSeat {
    /// Position in reports.
    pub seat: Seat,
    /// The slot that sits there.
    pub slot: Slot,
    /// Most it takes from the wire, in W.
    pub import_limit: Power,
    /// Most it gives to the wire, in W.
    pub export_limit: Power,
}

/// One window.
#[cw_serde]
pub struct WindowResponse {
    /// First interval.
    pub first_interval: IntervalIndex,
    /// Number of intervals.
    pub intervals: u64,
    /// What is known of it; None: a gap.
    pub report: Option<WindowReport>,
}

/// The report that stands for a window.
#[cw_serde]
pub struct WindowReport {
    /// Its digest, 32 bytes.
    pub digest: HexBinary,
    /// Its revision.
    pub revision: u16,
    /// The committee's epoch.
    pub epoch: u32,
    /// The roster it was written for.
    pub roster_version: u32,
    /// The members who signed, a bit each, the first member the lowest.
    pub signers: u32,
    /// When it was accepted.
    pub reported_at: UnixSeconds,
    /// When it becomes final.
    pub final_at: UnixSeconds,
}

/// A page of windows.
#[cw_serde]
pub struct WindowsResponse {
    /// The windows, by first interval.
    pub windows: Vec<WindowResponse>,
    /// Whether more follow.
    pub more: bool,
}

/// Events, each one fact.
pub mod events {
    /// A meter was proposed: `proposal`, `owner`.
    pub const METER_PROPOSED: &str = "meter_proposed";
    /// A proposal was dropped: `proposal`, `by`.
    pub const PROPOSAL_DROPPED: &str = "proposal_dropped";
    /// Meters were admitted: `roster_version`, `from`, `first_slot`, `count`.
    pub const METERS_ADMITTED: &str = "meters_admitted";
    /// A report was accepted: `first_interval`, `intervals`, `revision`, `digest`, `signers`, `final_at`, `carrier`.
    pub const REPORT_ACCEPTED: &str = "report_accepted";
    /// The report had been accepted before; nothing changed: `first_interval`, `digest`.
    pub const REPORT_KNOWN: &str = "report_known";
    /// Intervals were closed as a gap: `first_interval`, `intervals`.
    pub const GAP_CLOSED: &str = "gap_closed";
    /// The grid was made: `operator`, `settlement`, `members`, `quorum`.
    pub const GRID_CREATED: &str = "grid_created";
    /// The operator was handed over, or another was named: `owner`, `pending_owner`, `pending_expiry`; `none` for none.
    pub const OWNERSHIP_UPDATED: &str = "ownership_updated";
}
