//! How an oracle stands, as programs read it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// How an oracle stands.
#[derive(Deserialize, Serialize, Clone, Debug, PartialEq, Eq)]
pub struct Status {
    /// This machine's time.
    pub now: u64,
    /// The registry.
    pub registry: String,
    /// The meters.
    pub meters: Vec<MeterStatus>,
    /// The newest report that was signed.
    pub report: Option<ReportStatus>,
    /// The chain.
    pub chain: Option<ChainStatus>,
    /// What keeps the running service from being ready; none: it does not run here.
    pub not_ready: Option<Vec<String>>,
    /// What keeps the next report.
    pub waiting: Option<String>,
    /// What went wrong last.
    pub trouble: Option<String>,
    /// Reports carried since the start.
    pub carried: u64,
    /// Readings of the last report that are not missing.
    pub present: Option<usize>,
    /// Readings of the last report in all.
    pub readings: Option<usize>,
    /// Since when every signature of the key is known here.
    pub clean_from: u64,
    /// The committee, where it has more members than one and the service runs.
    pub committee: Option<CommitteeStatus>,
    /// Meters of which more lies between what was attested and what was read here than honest readers differ by, over 30 days.
    pub apart: Vec<ApartStatus>,
    /// What rests on this member alone, in words: what is lost when it stops, and what nobody can compare. Empty in a committee of one.
    pub rests_on_this: Vec<String>,
}

/// A member of a committee.
#[derive(Deserialize, Serialize, Clone, Debug, PartialEq, Eq)]
pub struct CommitteeStatus {
    /// The committee's epoch; none before a shared file is in force.
    pub epoch: Option<u32>,
    /// This member's position.
    pub me: Option<u8>,
    /// How many members there are.
    pub members: Option<u8>,
    /// How many must sign.
    pub quorum: Option<u8>,
    /// The shared file in force, hex.
    pub file: Option<String>,
    /// When slot 0 of the next report begins.
    pub anchor: Option<u64>,
    /// The slot that runs, which is the report's revision.
    pub round: Option<u16>,
    /// Observations of that slot that are here.
    pub observations: usize,
    /// Votes of that slot that are here.
    pub votes: usize,
    /// Whether a certificate waits for the chain.
    pub certified: bool,
    /// Whether somebody else was met who signs with this key.
    pub doppelganger: bool,
    /// Drafts that were not signed since the start.
    pub disagreements: u64,
    /// Members that said two things since the start.
    pub equivocations: u64,
    /// Readings beyond the tolerance of what was attested since the start, by the name of who read so; perhaps this member.
    pub outliers: BTreeMap<String, u64>,
    /// Accepted reports, of the newest 100 windows, that are not in the archive here; peers are asked for them.
    pub lacking: usize,
    /// The peers.
    pub peers: Vec<PeerStatus>,
    /// What keeps this member from signing.
    pub alerts: Vec<String>,
    /// What was told last, the newest first.
    pub told: Vec<String>,
}

/// A peer.
#[derive(Deserialize, Serialize, Clone, Debug, PartialEq, Eq)]
pub struct PeerStatus {
    /// Its name.
    pub name: String,
    /// Whether there is a line to it.
    pub up: bool,
    /// How far its clock is before this one, ms.
    pub ahead: Option<i64>,
    /// Why it was not reached when it was called last.
    pub trouble: Option<String>,
}

/// A meter of which two things are said.
#[derive(Deserialize, Serialize, Clone, Copy, Debug, PartialEq, Eq)]
pub struct ApartStatus {
    /// Its slot.
    pub slot: u32,
    /// Taken and given as read here, mWh.
    pub own: (u64, u64),
    /// The same as attested, mWh.
    pub attested: (u64, u64),
}

/// A meter.
#[derive(Deserialize, Serialize, Clone, Debug, PartialEq, Eq)]
pub struct MeterStatus {
    /// Its name.
    pub name: String,
    /// Its slot.
    pub slot: u32,
    /// Its last reading by its own time; none: never read.
    pub last: Option<u64>,
    /// How long ago that is, s.
    pub lag: Option<u64>,
    /// How late it is stated to come, s.
    pub stated_lag: u64,
    /// It has a seat in the roster of the next report; not known before the chain answered.
    pub seated: Option<bool>,
}

/// A report.
#[derive(Deserialize, Serialize, Clone, Debug, PartialEq, Eq)]
pub struct ReportStatus {
    /// First interval.
    pub first: u64,
    /// Number of intervals.
    pub intervals: u16,
    /// Revision.
    pub revision: u16,
    /// What became of it: `open`, `accepted`, `refused`.
    pub fate: String,
    /// How often the chain refused it.
    pub refusals: u32,
    /// The chain's words.
    pub words: Option<String>,
    /// When it was signed.
    pub signed_at: u64,
}

/// The chain, as it answered last.
#[derive(Deserialize, Serialize, Clone, Debug, PartialEq, Eq)]
pub struct ChainStatus {
    /// Its newest block.
    pub height: u64,
    /// That block's time less this machine's then, s.
    pub skew: i64,
    /// When it answered.
    pub asked_at: u64,
    /// First interval of the next report.
    pub next: Option<u64>,
    /// How long ago that interval ended, s: how far reporting is behind.
    pub window_lag: Option<u64>,
    /// What the carrier has for fees, base units.
    pub purse: Option<u128>,
    /// In what.
    pub denom: Option<String>,
}
