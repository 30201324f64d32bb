//! Bounds of the escrow, each with its reason.

use gridpact_units::{Amount, Seconds};

/// Most assets of a deployment: each opening looks through them.
pub const MAX_ASSETS: usize = 16;
/// Most standing pledges of a project: a pledge message may read all of them once, and look at each waiting one as often as
/// one drops, which is 512 rounds of 512 looks at worst. As many as a street's grid or a village's well needs.
pub const MAX_PLEDGES: u32 = 512;
/// Most pledgers that a project can have: a full list, and the one more with whom all are in the set and the project is funded.
pub const MOST_PLEDGERS: u32 = MAX_PLEDGES + 1;
/// The largest cap, and so the largest pledge, in base units: 10^15 coins of 18 decimals. The books of a project count to 2^128,
/// which is 340,000 pledges of this much that came and went.
pub const MAX_CAP: Amount = Amount(1_000_000_000_000_000_000_000_000_000_000_000);
/// Longest title, in bytes as JSON stores it: it stands in lists.
pub const MAX_TITLE: usize = 128;
/// Longest URI, in bytes as JSON stores it.
pub const MAX_URI: usize = 512;
/// What a URI may start with. Programs of readers open it: nothing there that runs as a script or reads their files.
pub const URI_SCHEMES: [&str; 2] = ["https://", "ipfs://"];
/// Length of a SHA-256 hash, in bytes.
pub const HASH_LENGTH: usize = 32;
/// Most milestones: each message looks at all of them.
pub const MAX_MILESTONES: usize = 32;
/// Least consent share, in basis points: above half, so that no two groups can agree to different things.
pub const MIN_CONSENT: u16 = 5_001;
/// Most payees beside the contractor: every draw looks at each of them in each milestone.
pub const MAX_PAYEES: usize = 8;
/// Most defects claims that reached the share and are open at once: every message about the retention looks at all of them.
pub const MAX_OPEN_CLAIMS: usize = 4;
/// Most defects claims of a project that can be awarded something: each is divided among the holders by itself, and who takes money
/// back looks at all of them.
pub const MAX_AWARDS: u32 = 64;
/// Most named parties: each is stored in the terms and by itself, and the longest terms must open for less than 3,000,000 gas and
/// stay below 64 KiB. An open call takes more.
pub const MAX_NAMED: usize = 128;
/// Most parties that one condition names: every pledge message may look at all conditions that wait.
pub const MAX_CONDITION_PARTIES: usize = 16;
/// Farthest deadline or due date from opening: ten years. A slip of the pen must not lock money up for good.
pub const MAX_AHEAD: Seconds = Seconds::days(3_653);
/// Longest period to accept, of grace, to review, for defects: five years, the longest that laws on building works commonly give.
pub const MAX_PERIOD: Seconds = Seconds::days(1_827);
/// Entries of a page of pledges where the query does not say.
pub const DEFAULT_PAGE: u32 = 30;
/// Most entries of a page of pledges.
pub const MAX_PAGE: u32 = 100;
/// After how many parties in conditions a page of pledges has no further one: 32 of the largest conditions, since a query has little
/// gas, and may have to find how what went back was divided too.
pub const MAX_PLEDGES_PAGE_PARTIES: usize = 512;
/// Most projects of a page.
pub const MAX_PROJECTS_PAGE: u32 = 30;
/// After how many looks a page of `pledges_of` has no further project: at parts of milestones and at returns, of which a project has
/// 385 at most. Where returns are not divided yet it looks at everybody who pledged, and the page ends there. A query has little gas.
pub const MAX_PLEDGES_OF_LOOKS: usize = 1_000;
/// Most bytes that the projects of a page take together, unless its first alone takes more: terms that name 128 parties
/// do, and a query has little gas.
pub const MAX_PROJECTS_PAGE_BYTES: usize = 65_536;
