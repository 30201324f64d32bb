#![doc = include_str!("../README.md")]

mod accounts;
mod books;
mod community;
mod error;
mod event;
mod finality;
mod held;
mod meter;
mod replay;
mod resume;
mod schedule;
mod settle;
mod terms;
mod withdraw;

pub use books::{Books, Totals};
pub use community::{Community, CommunityAccount};
pub use error::{EventError, ReplayError};
pub use event::{Effect, Event};
pub use finality::{MAX_FINALISED, MAX_FINALISED_RESULTS};
pub use held::{HeldSeat, HeldWindow, Window};
pub use meter::Meter;
pub use replay::Replay;
pub use settle::Settled;
pub use terms::{Committee, GridTerms};
pub use withdraw::Withdrawn;

/// What a fee is known by, and what it came to.
pub use gridpact_market::{FeeAmount, FeeId};
