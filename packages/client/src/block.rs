//! A block's place in the chain.

use cosmrs::tendermint::block::Header;
use gridpact_units::UnixSeconds;

use crate::transaction::unsigned;
use crate::Error;

/// A block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its height.
    pub height: u64,
    /// Its time.
    pub time: UnixSeconds,
}

impl Block {
    pub(crate) fn of(header: &Header) -> Result<Self, Error> {
        Ok(Self {
            height: header.height.value(),
            time: UnixSeconds(unsigned(header.time.unix_timestamp())?),
        })
    }
}
