//! What the registry answers.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::HexBinary;
use gridpact_units::{IntervalIndex, IntervalLength, Power, Seat, Seconds, Slot, UnixSeconds};

use super::committee::Committee;
use super::meters::{MeterProposal, ProposalId};
use super::rosters::RostersBegin;

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
    /// When rosters may begin.
    pub rosters_begin: RostersBegin,
    /// The newest roster's version; 0 before the first meter is admitted.
    pub newest_roster: u32,
    /// Number of slots ever given out.
    pub slots: u32,
    /// Number of households ever founded; the number of the next. Some may have no meter: a proposal that was gone used theirs up.
    #[serde(default)]
    pub households: u32,
}

/// What exactly the next report must cover.
#[cw_serde]
pub struct NextReportResponse {
    /// Where it starts: where the last window ended; where a gap must be closed first, where that would end now, so that one
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
    /// Number of seats of that roster, vacant ones included.
    pub seats: u16,
    /// mWh of one count.
    pub resolution: u32,
    /// Whether intervals before `oldest_interval` must first be closed as a gap.
    pub gap: bool,
    /// The oldest interval that may still be reported.
    pub oldest_interval: IntervalIndex,
    /// The last second in which a report that starts so is taken; later anybody may close its first interval as a gap. None
    /// before the first meter is admitted. Where a gap must be closed first, this is soon, as the start moves on with every
    /// interval: closing it fixes the start for a grace of at least 4 intervals.
    pub expires_at: Option<UnixSeconds>,
    /// Where that roster ends: the first interval of the next, into which no report of this one reaches. None: no later roster
    /// is scheduled, as yet.
    pub roster_ends: Option<IntervalIndex>,
    /// When a gap was last closed. None: never.
    pub last_closing: Option<UnixSeconds>,
    /// The last second of the grace after that closing, in which nothing grows too old; it may be long past. None: no gap was
    /// ever closed.
    pub grace_until: Option<UnixSeconds>,
    /// When the window just before `first_interval` was accepted. None: it is a gap, to be closed first or closed already, or no
    /// window comes before.
    pub previous_reported_at: Option<UnixSeconds>,
    /// The revision of that window's report. None where it was not reported.
    pub previous_revision: Option<u16>,
    /// The block after which all of this holds.
    pub height: u64,
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

/// One proposal that was neither admitted nor dropped.
#[cw_serde]
pub struct ProposalResponse {
    /// Its number.
    pub proposal: ProposalId,
    /// Who proposed it and will own the account.
    pub owner: String,
    /// What the owner says of the meter.
    pub meter: MeterProposal,
    /// From this moment on it is no longer open: nobody admits it, and anybody may drop it.
    pub expires_at: UnixSeconds,
}

/// A page of proposals.
#[cw_serde]
pub struct ProposalsResponse {
    /// The proposals, the newest first.
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
    /// Number of seats in all, vacant ones included.
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
    /// The slot that sits there. None: the seat is vacant, and its reading in every report is a missing one.
    pub slot: Option<Slot>,
    /// Most it takes from the wire, in W; 0 for a vacant seat.
    pub import_limit: Power,
    /// Most it gives to the wire, in W; 0 for a vacant seat.
    pub export_limit: Power,
}

/// One window.
#[cw_serde]
pub struct WindowResponse {
    /// First interval.
    pub first_interval: IntervalIndex,
    /// Number of intervals.
    pub intervals: u64,
    /// What became of it.
    pub state: WindowState,
}

/// What became of a window; `kind` says which, and the rest of the fields are the kind's.
#[cw_serde]
#[serde(tag = "kind")]
pub enum WindowState {
    /// Nobody reported it in time: closed as a gap, in which nobody took part.
    Gap {},
    /// A report stands for it.
    Reported(WindowReport),
    /// A kind that this code does not know yet, so that a client survives a newer registry; none is answered so.
    #[serde(other)]
    #[schemars(skip)]
    Other,
}

impl WindowState {
    /// The report that stands for the window, if one does.
    pub const fn report(&self) -> Option<&WindowReport> {
        match self {
            Self::Reported(report) => Some(report),
            Self::Gap {} | Self::Other => None,
        }
    }
}

/// The report that stands for a window. With the window's first interval and length and the grid's resolution these are the
/// fields of its header.
#[cw_serde]
pub struct WindowReport {
    /// How it holds its readings: 0, openly.
    pub mode: u8,
    /// How it is signed: 0, with secp256k1 by each signer.
    pub scheme: u8,
    /// The committee's epoch.
    pub epoch: u32,
    /// The roster it was written for.
    pub roster_version: u32,
    /// Number of seats.
    pub seats: u16,
    /// Its revision.
    pub revision: u16,
    /// SHA-256 of its body, the readings, 32 bytes: what archives call them by.
    pub body_hash: HexBinary,
    /// Its digest, 32 bytes: what the members signed, for the chain under the name it has now.
    pub digest: HexBinary,
    /// The members whose signatures the carrier brought, a bit each, the first member the lowest. Others may have signed too.
    pub signers: u32,
    /// The block in which it was accepted, where its transaction stands.
    pub height: u64,
    /// When it was accepted.
    pub reported_at: UnixSeconds,
    /// When it becomes final.
    pub final_at: UnixSeconds,
}

/// A page of windows.
#[cw_serde]
pub struct WindowsResponse {
    /// The windows, by first interval, in the order that was asked for.
    pub windows: Vec<WindowResponse>,
    /// Whether more follow.
    pub more: bool,
}
