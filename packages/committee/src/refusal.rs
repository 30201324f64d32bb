//! Why a draft is not signed, with what was expected and what came.

use gridpact_report::Header;
use gridpact_units::{IntervalIndex, Slot};

/// Why a draft is not signed. Some pass with time, or with a message that is still on its way.
#[derive(thiserror::Error, Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Another shared file than the one in force.
    #[error("shared file: expected the one in force, got another")]
    File,
    /// The slot does not run by this member's clock.
    #[error("slot {slot}: expected one that runs, give or take the clocks, got another")]
    Slot {
        /// The draft's.
        slot: u16,
    },
    /// The turn has not begun, or lies beyond the slot.
    #[error("turn {turn} of slot {slot}: expected one that has begun, got another")]
    Turn {
        /// The slot.
        slot: u16,
        /// The draft's turn.
        turn: u32,
    },
    /// Somebody else leads.
    #[error("turn {turn}: expected member {expected} to lead, got a draft of member {got}")]
    Leader {
        /// The draft's turn.
        turn: u32,
        /// Who leads.
        expected: u8,
        /// Who proposed.
        got: u8,
    },
    /// This member's node is behind.
    #[error("chain: expected a state of height {got} or before, having {known}: the node here is behind")]
    Behind {
        /// The height here.
        known: u64,
        /// The draft's.
        got: u64,
    },
    /// The draft is shorter than this member's node has reason for.
    #[error("halvings: expected at most {known}, since the node here refused nothing shorter, got {got}")]
    Halvings {
        /// As many as there is reason for here.
        known: u8,
        /// The draft's.
        got: u8,
    },
    /// No report.
    #[error("draft: {0}")]
    Report(#[from] gridpact_report::DecodeError),
    /// It covers something else.
    #[error("draft: expected {expected:?}, got {got:?}")]
    Header {
        /// What a draft of this slot covers.
        expected: Option<Box<Header>>,
        /// What this one covers.
        got: Box<Header>,
    },
    /// Too few observations.
    #[error("observations: expected at least {quorum}, got {got}")]
    Observers {
        /// The quorum.
        quorum: u8,
        /// How many.
        got: usize,
    },
    /// Observations that have not come here.
    #[error("observations: {missing} of the draft's have not come here")]
    Unheard {
        /// How many.
        missing: usize,
    },
    /// An observation that cannot be merged.
    #[error("the observation of member {member}: expected the seats and at least the intervals of the draft, got others")]
    Observation {
        /// Whose.
        member: u8,
    },
    /// It says something else than its observations.
    #[error("draft: expected what its observations say, got something else")]
    NotTheMerge,
    /// A meter is left out that this member held enough observations of before the slot began.
    #[error("slot {slot} in interval {interval}: expected the reading that was known before the slot began, got none")]
    Omits {
        /// Whose.
        slot: Slot,
        /// When.
        interval: IntervalIndex,
    },
}

impl Refusal {
    /// Whether the same draft may pass later.
    pub const fn passes(&self) -> bool {
        matches!(
            self,
            Self::File
                | Self::Slot { .. }
                | Self::Turn { .. }
                | Self::Behind { .. }
                | Self::Halvings { .. }
                | Self::Unheard { .. }
        )
    }
}
