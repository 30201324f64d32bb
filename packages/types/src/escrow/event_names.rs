//! Names of the escrow's events, as the chain stores them: of each variant of [`EscrowEvent`](super::events::EscrowEvent).

/// Name of [`ProjectOpened`](super::events::EscrowEvent::ProjectOpened).
pub const PROJECT_OPENED: &str = "project_opened";
/// Name of [`Pledged`](super::events::EscrowEvent::Pledged).
pub const PLEDGED: &str = "pledged";
/// Name of [`Restated`](super::events::EscrowEvent::Restated).
pub const RESTATED: &str = "restated";
/// Name of [`Joined`](super::events::EscrowEvent::Joined).
pub const JOINED: &str = "joined";
/// Name of [`Displaced`](super::events::EscrowEvent::Displaced).
pub const DISPLACED: &str = "displaced";
/// Name of [`Funded`](super::events::EscrowEvent::Funded).
pub const FUNDED: &str = "funded";
/// Name of [`AboveCap`](super::events::EscrowEvent::AboveCap).
pub const ABOVE_CAP: &str = "above_cap";
/// Name of [`Accepted`](super::events::EscrowEvent::Accepted).
pub const ACCEPTED: &str = "accepted";
/// Name of [`MilestoneSubmitted`](super::events::EscrowEvent::MilestoneSubmitted).
pub const MILESTONE_SUBMITTED: &str = "milestone_submitted";
/// Name of [`Drawn`](super::events::EscrowEvent::Drawn).
pub const DRAWN: &str = "drawn";
/// Name of [`Terminated`](super::events::EscrowEvent::Terminated).
pub const TERMINATED: &str = "terminated";
/// Name of [`Refunded`](super::events::EscrowEvent::Refunded).
pub const REFUNDED: &str = "refunded";
/// Name of [`RevenuePaid`](super::events::EscrowEvent::RevenuePaid).
pub const REVENUE_PAID: &str = "revenue_paid";
/// Name of [`RevenueClaimed`](super::events::EscrowEvent::RevenueClaimed).
pub const REVENUE_CLAIMED: &str = "revenue_claimed";
/// Name of [`Objected`](super::events::EscrowEvent::Objected).
pub const OBJECTED: &str = "objected";
/// Name of [`ObjectionWithdrawn`](super::events::EscrowEvent::ObjectionWithdrawn).
pub const OBJECTION_WITHDRAWN: &str = "objection_withdrawn";
/// Name of [`Disputed`](super::events::EscrowEvent::Disputed).
pub const DISPUTED: &str = "disputed";
/// Name of [`Decided`](super::events::EscrowEvent::Decided).
pub const DECIDED: &str = "decided";
/// Name of [`Offered`](super::events::EscrowEvent::Offered).
pub const OFFERED: &str = "offered";
/// Name of [`OfferWithdrawn`](super::events::EscrowEvent::OfferWithdrawn).
pub const OFFER_WITHDRAWN: &str = "offer_withdrawn";
/// Name of [`Consented`](super::events::EscrowEvent::Consented).
pub const CONSENTED: &str = "consented";
/// Name of [`DueMoved`](super::events::EscrowEvent::DueMoved).
pub const DUE_MOVED: &str = "due_moved";
/// Name of [`EndConsented`](super::events::EscrowEvent::EndConsented).
pub const END_CONSENTED: &str = "end_consented";
/// Name of [`DefectsClaimed`](super::events::EscrowEvent::DefectsClaimed).
pub const DEFECTS_CLAIMED: &str = "defects_claimed";
/// Name of [`ClaimSupported`](super::events::EscrowEvent::ClaimSupported).
pub const CLAIM_SUPPORTED: &str = "claim_supported";
/// Name of [`SupportWithdrawn`](super::events::EscrowEvent::SupportWithdrawn).
pub const SUPPORT_WITHDRAWN: &str = "support_withdrawn";
/// Name of [`PayeeMoving`](super::events::EscrowEvent::PayeeMoving).
pub const PAYEE_MOVING: &str = "payee_moving";
/// Name of [`PayeeMoved`](super::events::EscrowEvent::PayeeMoved).
pub const PAYEE_MOVED: &str = "payee_moved";
