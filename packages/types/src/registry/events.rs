//! Events of the registry, each one fact. A field is the attribute of its name.

use cosmwasm_std::{Addr, Event, HexBinary};
use cw_ownable::Ownership;
use gridpact_units::{IntervalIndex, Slot, UnixSeconds};

use super::meters::ProposalId;

/// Name of [`RegistryEvent::MeterProposed`].
pub const METER_PROPOSED: &str = "meter_proposed";
/// Name of [`RegistryEvent::ProposalGone`].
pub const PROPOSAL_GONE: &str = "proposal_gone";
/// Name of [`RegistryEvent::ReportAccepted`].
pub const REPORT_ACCEPTED: &str = "report_accepted";
/// Name of [`RegistryEvent::ReportKnown`].
pub const REPORT_KNOWN: &str = "report_known";
/// Name of [`RegistryEvent::GapClosed`].
pub const GAP_CLOSED: &str = "gap_closed";
/// Name of [`RegistryEvent::NoGap`].
pub const NO_GAP: &str = "no_gap";
/// Name of [`RegistryEvent::OwnershipUpdated`].
pub const OWNERSHIP_UPDATED: &str = "ownership_updated";
/// Name of [`RegistryEvent::MetersAdmitted`].
pub const METERS_ADMITTED: &str = "meters_admitted";
/// Name of [`RegistryEvent::ProposalDropped`].
pub const PROPOSAL_DROPPED: &str = "proposal_dropped";
/// Name of [`RegistryEvent::GridCreated`].
pub const GRID_CREATED: &str = "grid_created";

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum RegistryEvent {
    /// The grid was made.
    GridCreated {
        /// Who admits meters.
        operator: Addr,
        /// The grid's settlement.
        settlement: Addr,
        /// Size of the first committee.
        members: usize,
        /// How many of them must sign.
        quorum: u8,
    },
    /// A meter was proposed.
    MeterProposed {
        /// The proposal.
        proposal: ProposalId,
        /// Who proposed it.
        owner: Addr,
        /// Until when it is open.
        expires_at: UnixSeconds,
    },
    /// A proposal was dropped.
    ProposalDropped {
        /// The proposal.
        proposal: ProposalId,
        /// Who dropped it.
        by: Addr,
    },
    /// Meters were admitted, into consecutive slots.
    MetersAdmitted {
        /// The roster they take part from.
        roster_version: u32,
        /// Its first interval.
        from: IntervalIndex,
        /// The first meter's slot.
        first_slot: Slot,
        /// How many they are.
        count: usize,
        /// Their proposals, in the order of the slots: `1,2,3`.
        proposals: Vec<ProposalId>,
    },
    /// A proposal that was to be admitted was dropped, admitted or expired before; the others of the message were not held
    /// up.
    ProposalGone {
        /// The proposal.
        proposal: ProposalId,
        /// The household that it was to join or found: its number stays taken.
        household: u32,
    },
    /// A report was accepted and its window settled.
    ReportAccepted {
        /// First interval of the window.
        first_interval: IntervalIndex,
        /// Number of intervals.
        intervals: u16,
        /// Revision of the report.
        revision: u16,
        /// What the members signed.
        digest: [u8; 32],
        /// SHA-256 of the readings.
        body_hash: [u8; 32],
        /// The members whose signatures came with it, a bit each.
        signers: u32,
        /// When the window becomes final.
        final_at: UnixSeconds,
        /// Who carried it.
        carrier: Addr,
    },
    /// The report had been accepted before; nothing changed.
    ReportKnown {
        /// First interval of the window.
        first_interval: IntervalIndex,
        /// What the members signed.
        digest: [u8; 32],
        /// SHA-256 of the readings.
        body_hash: [u8; 32],
        /// The block in which it was accepted.
        height: u64,
    },
    /// Intervals were closed as a gap.
    GapClosed {
        /// The first of them.
        first_interval: IntervalIndex,
        /// How many they are.
        intervals: u64,
    },
    /// There was no gap to close; nothing changed.
    NoGap {
        /// Where reports go on; `none` before the first meter is admitted.
        next_interval: Option<IntervalIndex>,
        /// The oldest interval that may be reported.
        oldest_interval: IntervalIndex,
    },
    /// The operator was handed over, or another was named: `owner`, `pending_owner`, `pending_expiry`, each `none` for none.
    OwnershipUpdated(Ownership<Addr>),
}

impl RegistryEvent {
    /// The event's type on the chain, which puts `wasm-` before it.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::GridCreated { .. } => GRID_CREATED,
            Self::MeterProposed { .. } => METER_PROPOSED,
            Self::ProposalDropped { .. } => PROPOSAL_DROPPED,
            Self::MetersAdmitted { .. } => METERS_ADMITTED,
            Self::ProposalGone { .. } => PROPOSAL_GONE,
            Self::ReportAccepted { .. } => REPORT_ACCEPTED,
            Self::ReportKnown { .. } => REPORT_KNOWN,
            Self::GapClosed { .. } => GAP_CLOSED,
            Self::NoGap { .. } => NO_GAP,
            Self::OwnershipUpdated(_) => OWNERSHIP_UPDATED,
        }
    }
}

impl From<RegistryEvent> for Event {
    fn from(event: RegistryEvent) -> Self {
        let named = Self::new(event.name());
        match event {
            RegistryEvent::GridCreated {
                operator,
                settlement,
                members,
                quorum,
            } => named
                .add_attribute("operator", operator)
                .add_attribute("settlement", settlement)
                .add_attribute("members", members.to_string())
                .add_attribute("quorum", quorum.to_string()),
            RegistryEvent::MeterProposed {
                proposal,
                owner,
                expires_at,
            } => named
                .add_attribute("proposal", proposal.to_string())
                .add_attribute("owner", owner)
                .add_attribute("expires_at", expires_at.to_string()),
            RegistryEvent::ProposalDropped { proposal, by } => named
                .add_attribute("proposal", proposal.to_string())
                .add_attribute("by", by),
            RegistryEvent::MetersAdmitted {
                roster_version,
                from,
                first_slot,
                count,
                proposals,
            } => named
                .add_attribute("roster_version", roster_version.to_string())
                .add_attribute("from", from.to_string())
                .add_attribute("first_slot", first_slot.to_string())
                .add_attribute("count", count.to_string())
                .add_attribute("proposals", list(&proposals)),
            RegistryEvent::ProposalGone { proposal, household } => named
                .add_attribute("proposal", proposal.to_string())
                .add_attribute("household", household.to_string()),
            RegistryEvent::ReportAccepted {
                first_interval,
                intervals,
                revision,
                digest,
                body_hash,
                signers,
                final_at,
                carrier,
            } => named
                .add_attribute("first_interval", first_interval.to_string())
                .add_attribute("intervals", intervals.to_string())
                .add_attribute("revision", revision.to_string())
                .add_attribute("digest", hex(&digest))
                .add_attribute("body_hash", hex(&body_hash))
                .add_attribute("signers", signers.to_string())
                .add_attribute("final_at", final_at.to_string())
                .add_attribute("carrier", carrier),
            RegistryEvent::ReportKnown {
                first_interval,
                digest,
                body_hash,
                height,
            } => named
                .add_attribute("first_interval", first_interval.to_string())
                .add_attribute("digest", hex(&digest))
                .add_attribute("body_hash", hex(&body_hash))
                .add_attribute("height", height.to_string()),
            RegistryEvent::GapClosed {
                first_interval,
                intervals,
            } => named
                .add_attribute("first_interval", first_interval.to_string())
                .add_attribute("intervals", intervals.to_string()),
            RegistryEvent::NoGap {
                next_interval,
                oldest_interval,
            } => named
                .add_attribute(
                    "next_interval",
                    next_interval.map_or_else(|| "none".to_owned(), |next| next.to_string()),
                )
                .add_attribute("oldest_interval", oldest_interval.to_string()),
            RegistryEvent::OwnershipUpdated(ownership) => named.add_attributes(ownership.into_attributes()),
        }
    }
}

fn list(proposals: &[ProposalId]) -> String {
    let numbers: Vec<String> = proposals.iter().map(ProposalId::to_string).collect();
    numbers.join(",")
}

fn hex(hash: &[u8; 32]) -> String {
    HexBinary::from(hash).to_hex()
}
