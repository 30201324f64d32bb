//! Events, each one fact.

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
