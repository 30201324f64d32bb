use gridpact_units::{BasisPoints, Energy, IntervalIndex, Price, Seconds, MAX_PRICE};

use crate::bounds::{
    MAX_FEES, MAX_FREE, MAX_READING, MAX_READINGS, MAX_TARIFF_BANDS, MAX_TARIFF_TABLES, MAX_UTC_OFFSETS,
    MAX_UTC_OFFSET_MINUTES, MINUTES_PER_DAY, MIN_UTC_OFFSET_MINUTES,
};
use crate::fee::FeeId;
use crate::participant::TermsError;
use crate::rounding::RoundingRule;

/// Why a policy is refused.
#[derive(thiserror::Error, Clone, Copy, Debug, PartialEq, Eq)]
pub enum PolicyError {
    /// A rounding rule that does not exist.
    #[error("rounding: expected rule 1, the largest remainder with ties by a hash, got rule {}", got.0)]
    UnknownRounding {
        /// The rule's number.
        got: RoundingRule,
    },
    /// A notice, which no contract keeps yet.
    #[error("withdrawal notice: expected 0 s, which is none, got {got} s")]
    WithdrawalNotice {
        /// Seconds.
        got: Seconds,
    },
    /// More fees than a policy may have.
    #[error("fees: expected at most {MAX_FEES}, got {got}")]
    TooManyFees {
        /// Number of fees.
        got: usize,
    },
    /// Two fees that nobody could tell apart.
    #[error("fees: expected every id once, got {got} twice")]
    FeeTwice {
        /// The id.
        got: FeeId,
    },
    /// Together the fees in basis points would take more than was earned.
    #[error("fees: expected at most 10000 basis points in all, got {got}")]
    FeesAboveWhole {
        /// Sum of basis points.
        got: u64,
    },
    /// A price above the bound that keeps settlement's arithmetic exact.
    #[error("{what} price: expected at most {MAX_PRICE} base units per MWh, got {got}")]
    PriceAboveMax {
        /// Which price.
        what: &'static str,
        /// Base units per MWh.
        got: Price,
    },
    /// A mid-market weight beyond the retail price.
    #[error("mid-market weight: expected at most 10000 basis points, got {}", got.0)]
    WeightAboveWhole {
        /// The weight.
        got: BasisPoints,
    },
    /// A price rule that follows the utility's prices, without a utility.
    #[error("tariff: expected at least one table for a price rule other than fixed, got none")]
    TariffMissing,
    /// More tables than a tariff may have.
    #[error("tariff: expected at most {MAX_TARIFF_TABLES} tables, got {got}")]
    TariffTables {
        /// Number of tables.
        got: usize,
    },
    /// More changes of local time than a tariff may have.
    #[error("tariff: expected at most {MAX_UTC_OFFSETS} UTC offsets, got {got}")]
    UtcOffsets {
        /// Number of changes.
        got: usize,
    },
    /// Entries that do not follow each other in time.
    #[error("tariff: expected a {what} valid from after interval {after}, got one from interval {got}")]
    TariffOrder {
        /// A table or a UTC offset.
        what: &'static str,
        /// First interval of the entry before.
        after: IntervalIndex,
        /// First interval of this one.
        got: IntervalIndex,
    },
    /// No such time zone.
    #[error(
        "tariff: expected a UTC offset of {MIN_UTC_OFFSET_MINUTES} to {MAX_UTC_OFFSET_MINUTES} minutes, got {got}"
    )]
    UtcOffset {
        /// Minutes east of UTC.
        got: i16,
    },
    /// A table with no band, or more than a table may have.
    #[error("tariff table: expected 1 to {MAX_TARIFF_BANDS} bands, got {got}")]
    TariffBands {
        /// Number of bands.
        got: usize,
    },
    /// Bands that leave the start of the day without a price.
    #[error("tariff table: expected the first band from minute 0, got {got}")]
    FirstBand {
        /// Minute of the day.
        got: u16,
    },
    /// Bands that do not follow each other within the day.
    #[error("tariff table: expected a band from minute {} to {}, got {got}", after.saturating_add(1), MINUTES_PER_DAY.saturating_sub(1))]
    BandOrder {
        /// Minute at which the band before begins.
        after: u16,
        /// Minute at which this band begins.
        got: u16,
    },
    /// Feed-in above retail: buying from the utility to sell to it would pay.
    #[error("tariff band: expected feed-in at most retail {retail}, got {got}")]
    FeedInAboveRetail {
        /// Retail price of the band.
        retail: Price,
        /// Feed-in price of the band.
        got: Price,
    },
    /// A compensation that would lift the community's price above retail.
    #[error("compensation: expected at most retail - feed-in = {spread}, got {got}")]
    CompensationAboveSpread {
        /// R - F of the band.
        spread: Price,
        /// The compensation.
        got: Price,
    },
}

/// Why a window cannot be settled. Within the bounds, with a policy and terms that were validated, nothing can fail.
#[derive(thiserror::Error, Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettleError {
    /// The policy does not hold together.
    #[error(transparent)]
    Policy(#[from] PolicyError),
    /// A seat's terms are out of bounds.
    #[error("seat {seat}: {error}")]
    Terms {
        /// Position among the accounts.
        seat: usize,
        /// What is wrong.
        error: TermsError,
    },
    /// Not one reading for each seat.
    #[error("readings: expected a multiple of {seats}, one for each seat and interval, got {got}")]
    ReadingCount {
        /// Number of accounts.
        seats: usize,
        /// Number of readings.
        got: usize,
    },
    /// More money than a grid holds.
    #[error("free balances: expected at most {MAX_FREE} base units in all, got more")]
    FreeAboveMax,
    /// A window beyond what the arithmetic is proven for.
    #[error("window: expected at most {MAX_READINGS} readings, got {got}")]
    TooManyReadings {
        /// Seats x intervals.
        got: usize,
    },
    /// More than any connection carries in an interval, after the meter's part was taken.
    #[error("seat {seat}: expected a reading of at most {} mWh, got {}", MAX_READING.0, got.0)]
    ReadingAboveMax {
        /// Position among the accounts.
        seat: usize,
        /// The larger of what it needs and offers.
        got: Energy,
    },
    /// An interval that is not after the one before.
    #[error("interval: expected one after {after}, got {got}")]
    IntervalOrder {
        /// The interval settled last.
        after: IntervalIndex,
        /// The interval that came.
        got: IntervalIndex,
    },
}
