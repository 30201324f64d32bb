//! Bounds of the registry, each with its reason. What a report may hold is bounded in `gridpact-report`.

use gridpact_units::Seconds;

/// Bytes of a serial hash: SHA-256.
pub const SERIAL_HASH_LENGTH: usize = 32;
/// Bytes of a member's compressed public key.
pub const KEY_LENGTH: usize = 33;
/// Largest weight: what the settlement's division is proven for.
pub const MAX_WEIGHT: u32 = gridpact_market::MAX_WEIGHT;
/// Most meters a message: 128 accounts are one page of the settlement's books, and fit one transaction.
pub const MAX_ADMISSIONS: usize = 128;
/// Most open proposals of one address: a house with a few sub-grids, and no flood from one purse.
pub const MAX_PROPOSALS_OF_OWNER: u32 = 8;
/// How long a proposal is open. There is no bound on all of them, which strangers could keep reached: one that nobody admits
/// expires, and then anybody may drop it.
pub const PROPOSAL_OPEN: Seconds = Seconds::days(30);
/// Most rosters that begin in the future. An admission counts back over them, and a query of what comes next stays short.
pub const MAX_FUTURE_ROSTERS: u32 = 16;
/// Farthest in the future that a roster may begin. A roster cannot begin before one already scheduled, so a slip of the
/// operator's pen must not close the door for years.
pub const MAX_NOTICE: Seconds = Seconds::days(90);
/// Longest time between two beginnings of rosters, 30 days: within every notice there are some.
pub const MAX_ROSTERS_EVERY: Seconds = Seconds::days(30);
/// Most intervals in a challenge period: settlement holds every window's results until then, a page of results for each,
/// so this bounds its state. 16 days of quarter hours are 1,536.
pub const MAX_CHALLENGE_INTERVALS: u64 = 2_000;
/// Shortest report limit, an hour: no interval is longer, so an interval that just became the oldest has ended.
pub const MIN_REPORT_LIMIT: Seconds = Seconds(3_600);
/// Longest report limit, 60 days: how long a silent committee can keep households from a settled account.
pub const MAX_REPORT_LIMIT: Seconds = Seconds::days(60);
/// Largest revision of a report. Members who signed one draft and could not bring it to the chain must raise the
/// revision to sign another; above 192, so that even one who signed anew with every interval of the longest report has
/// some left.
pub const MAX_REVISION: u16 = 255;
/// Entries of a page where the query does not say.
pub const DEFAULT_PAGE: u32 = 30;
/// Most entries of a page: about 40 KiB of JSON.
pub const MAX_PAGE: u32 = 100;
/// Seats of a page of a roster: an oracle reads 1,024 in four.
pub const MAX_ROSTER_PAGE: u32 = 256;
