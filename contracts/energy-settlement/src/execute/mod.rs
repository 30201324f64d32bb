//! One file a message.

mod deposit;
mod finalise;
mod open_accounts;
mod settle;
mod sweep;
mod withdraw;

pub(crate) use deposit::{deposit, Deposit};
pub(crate) use finalise::finalise;
pub(crate) use open_accounts::{open_accounts, Opening};
pub(crate) use settle::{settle, Accepted};
pub(crate) use sweep::sweep;
pub(crate) use withdraw::withdraw;
