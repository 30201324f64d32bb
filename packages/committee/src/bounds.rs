//! Bounds of the committee's protocol, each with its reason.

use gridpact_report::quorum::MAX_MEMBERS;
use gridpact_units::Seconds;

/// Most bytes of a message: twice what a day and more of the largest grid takes (1,024 homes over 192 intervals come to some
/// 180 kB), and little enough that 32 members cannot fill a small machine.
pub const MAX_MESSAGE: usize = 512_000;
/// Most bytes of a shared file: 1,024 meters with 32 readers each by name.
pub const MAX_FILE: usize = 2_000_000;
/// Shortest slot outside tests. With it the slots of the longest report limit stay far below the last revision, and a minute
/// is time for a message to everybody and back over bad lines.
pub const MIN_SLOT: Seconds = Seconds(60);
/// Longest slot: a dead leader costs a turn, which is one slot's length.
pub const MAX_SLOT: Seconds = Seconds(3_600);
/// Longest delay: the longest report limit would leave no time behind a longer one that any grid states.
pub const MAX_DELAY: Seconds = Seconds::days(7);
/// Longest window: the most intervals of a report, each of at most an hour.
pub const MAX_WINDOW: Seconds = Seconds(192 * 3_600);
/// Last revision. The registry's bound is 255; the last one is left unused.
pub const LAST_REVISION: u16 = 254;
/// Most meters in a shared file: the seats of a report.
pub const MAX_METERS: usize = 1_024;
/// Most characters of a member's name.
pub const MAX_NAME: usize = 32;
/// Most characters of a member's URL.
pub const MAX_URL: usize = 200;
/// Most counts of a tolerance: a thousand counts of a watt-hour are more than any two readers of one meter differ by.
pub const MAX_TOLERANCE_COUNTS: u32 = 1_000;
/// Most parts per million of a tolerance, 10 %: a wider one would let a liar among the readers move a meter by that much.
pub const MAX_TOLERANCE_PPM: u32 = 100_000;
/// Shared files that a member holds, and hashes that a message lists: the one in force, the next, and those of a few years.
pub const MAX_FILES: usize = 16;
/// Slots before the running one whose observations and drafts are kept: a certificate of an older slot comes whole.
pub const SLOTS_KEPT: u16 = 2;
/// Halvings after which every extent is one interval: 192 / 2^7 is 1.
pub const MAX_HALVINGS: u8 = 7;
/// How long a length that the chain refused is remembered: the next windows need not find out again, and a chain that has room
/// again is asked for more a day later.
pub const REFUSED_KEPT: Seconds = Seconds::DAY;
/// How long one carrier waits for the one before it: a few blocks.
pub const CARRY_STEP: Seconds = Seconds(20);
/// How long a carrier waits for an answer before it carries again: a transaction's timeout height and some blocks.
pub const CARRY_AGAIN: Seconds = Seconds(60);
/// Heights at which the chain must have refused a certificate before the members go on without it.
pub const REFUSALS: usize = 2;
/// Largest difference of two members' clocks that a slot of a minute bears, milliseconds. Shorter slots bear a twelfth.
pub const MAX_SKEW: u64 = 5_000;

/// Most signatures of a certificate.
pub const MAX_SIGNATURES: usize = MAX_MEMBERS;
