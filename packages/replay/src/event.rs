use gridpact_report::quorum::Signature;
use gridpact_units::{Amount, IntervalIndex, Slot};

use crate::community::CommunityAccount;
use crate::held::HeldWindow;
use crate::meter::Meter;
use crate::settle::Settled;
use crate::withdraw::Withdrawn;

/// One thing that happened to a grid after it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// Meters were admitted and their accounts opened.
    MetersAdmitted {
        /// The roster that they are in.
        roster_version: u32,
        /// Its first interval.
        from: IntervalIndex,
        /// The meters, by seat.
        meters: Vec<Meter>,
    },
    /// Money came into an account.
    Deposit {
        /// The account.
        slot: Slot,
        /// How much.
        amount: Amount,
    },
    /// An owner took money out.
    Withdrawal {
        /// The account.
        slot: Slot,
        /// How much was asked for; `None`: all that is free.
        amount: Option<Amount>,
    },
    /// A report was carried.
    Report {
        /// Its bytes.
        bytes: Vec<u8>,
        /// The committee's signatures.
        signatures: Vec<Signature>,
    },
    /// Windows whose time is over were made final.
    Finalise {
        /// How many at most.
        limit: usize,
    },
    /// A part of the community account was paid out.
    Sweep {
        /// Which part.
        account: CommunityAccount,
    },
    /// Intervals too old to be reported were closed as a gap.
    GapClosed,
}

/// What an event did, beyond what it says itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The accounts are open.
    Admitted,
    /// Money is in the account.
    Deposited {
        /// What is free in it now.
        free: Amount,
    },
    /// Money left the account.
    Withdrawn(Withdrawn),
    /// A window was settled.
    Settled(Box<Settled>),
    /// The very report accepted before: nothing changed.
    Known,
    /// These windows are final, in this order.
    Finalised(Vec<HeldWindow>),
    /// Money left the community account.
    Swept {
        /// How much.
        amount: Amount,
    },
    /// Nobody takes part in these intervals any more.
    GapClosed {
        /// The first of them.
        first_interval: IntervalIndex,
        /// How many.
        intervals: u64,
    },
}
