//! What the reports of this registry may span, which the report format bounds by mode: theirs hold the readings openly.

use gridpact_report::Mode;

/// Most intervals in a report.
pub(crate) const MAX_INTERVALS: u16 = Mode::Open.max_intervals();
/// Most seats in a report, and so in a roster.
pub(crate) const MAX_SEATS: u16 = Mode::Open.max_seats();
