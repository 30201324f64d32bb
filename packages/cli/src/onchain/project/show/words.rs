//! Shares and phases as people read them.

use gridpact_types::escrow::answers::Phase;
use gridpact_units::decimal::show_trimmed;
use gridpact_units::BasisPoints;

/// A share in per cent.
pub fn percent(points: BasisPoints) -> String {
    format!("{} %", show_trimmed(u128::from(points.0), 2))
}

/// Where a project stands.
pub fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Open => "open",
        Phase::Funded => "funded",
        Phase::Active => "active",
        Phase::Defects => "defects",
        Phase::Closed => "closed",
        Phase::Failed => "failed",
        Phase::Terminated => "terminated",
    }
}
