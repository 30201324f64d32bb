//! How much a line takes in, how fast, and how long anything may take.

use std::time::Duration;

/// Names in one inventory: a vote of each of 32 members in each of 255 slots, and as much again for all else.
pub const MAX_NAMES: usize = 16_320;
/// Frames that wait to be sent on one line; what is more is dropped, since the next inventory brings it.
pub const MAX_WAITING: usize = 256;
/// Handshakes at once: strangers get no further, and hold no more than these places, each for [`HANDSHAKE`].
pub const MAX_HANDSHAKES: usize = 32;
/// How long a connection and its handshake may take.
pub const HANDSHAKE: Duration = Duration::from_secs(10);
/// How long one frame may take, either way: 2 MB over a line of half a megabit.
pub const FRAME: Duration = Duration::from_secs(40);
/// How often a peer is asked the time, which also shows that it lives.
pub const PING: Duration = Duration::from_secs(5);
/// A line without a frame for so long is dead: [`FRAME`] for the one that is on its way, and some pings.
pub const SILENCE: Duration = Duration::from_secs(60);
/// A ping that took longer says nothing of a clock, ms.
pub const SLOW_PING: u64 = 1_000;
/// What a line may bring at once, in units of a kilobyte begun: a whole window of a large grid.
pub const BURST: u64 = 8_000;
/// What it may bring a second for good. A flood is read no faster, and waits in its sender's buffers.
pub const PER_SECOND: u64 = 200;
/// Pause after the system gave no connection, as when files run out.
pub const PAUSE: Duration = Duration::from_millis(200);
