//! Events, each one fact; the keys are the constants beside them.

/// A project opened: `project`, `terms_hash`.
pub const PROJECT_OPENED: &str = "project_opened";
/// A pledge was made or raised: `project`, `pledger`, `amount`, `pledged`, `consistent`.
pub const PLEDGED: &str = "pledged";
/// A pledge was displaced from a full list and paid into what its maker can claim: `project`, `pledger`, `amount`.
pub const DISPLACED: &str = "displaced";
/// The target was reached: `project`, `funded`.
pub const FUNDED: &str = "funded";
/// The contractor accepted: `project`, `contractor`.
pub const ACCEPTED: &str = "accepted";
/// A milestone was submitted: `project`, `milestone`, `evidence_hash`, `payable_at`.
pub const MILESTONE_SUBMITTED: &str = "milestone_submitted";
/// The contractor drew: `project`, `contractor`, `amount`.
pub const DRAWN: &str = "drawn";
/// The project ended early: `project`, `milestone`.
pub const TERMINATED: &str = "terminated";
/// A pledger took money back: `project`, `pledger`, `amount`.
pub const REFUNDED: &str = "refunded";
/// Revenue came in: `project`, `payer`, `amount`.
pub const REVENUE_PAID: &str = "revenue_paid";
/// A pledger took revenue: `project`, `pledger`, `amount`.
pub const REVENUE_CLAIMED: &str = "revenue_claimed";
