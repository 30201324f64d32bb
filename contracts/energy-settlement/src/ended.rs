//! Windows whose time is over. A credit is free by the clock: what is final pays and can be withdrawn, whoever cranked or not.

use cosmwasm_std::Storage;
use gridpact_types::settlement::bounds::{MAX_ENDED, MAX_FINALISED, MAX_FINALISED_RESULTS};
use gridpact_units::{IntervalIndex, UnixSeconds};

use crate::error::ContractError;
use crate::state;

/// What one message makes final, the earliest end first.
#[derive(Debug, Default)]
pub(crate) struct Ended {
    /// First intervals of the windows.
    pub windows: Vec<IntervalIndex>,
    /// Whether more have ended than these.
    pub more: bool,
}

impl Ended {
    /// All that have ended, up to the bounds of a message.
    pub fn list(storage: &dyn Storage, now: UnixSeconds) -> Result<Self, ContractError> {
        Self::at_most(storage, now, MAX_FINALISED)
    }

    /// At most so many.
    pub fn at_most(storage: &dyn Storage, now: UnixSeconds, limit: u32) -> Result<Self, ContractError> {
        let (mut load, mut ended) = (Load::default(), Self::default());
        for window in state::ended(storage, now) {
            let (first_interval, seats) = window?;
            if !load.takes(seats, limit) {
                ended.more = true;
                break;
            }
            ended.windows.push(first_interval);
        }
        Ok(ended)
    }

    /// Whether nothing has ended.
    pub fn is_empty(&self) -> bool {
        self.windows.is_empty()
    }
}

/// How many have ended, up to [`MAX_ENDED`], and how many messages it takes to make all but the last messageful final.
pub(crate) fn count(storage: &dyn Storage, now: UnixSeconds) -> Result<(u32, u32), ContractError> {
    let most = usize::try_from(MAX_ENDED).unwrap_or(usize::MAX);
    let (mut load, mut windows, mut messages) = (Load::default(), 0_u32, 0_u32);
    for window in state::ended(storage, now).take(most) {
        let (_, seats) = window?;
        if !load.takes(seats, MAX_FINALISED) {
            messages = messages.saturating_add(1);
            load = Load::default();
            load.takes(seats, MAX_FINALISED);
        }
        windows = windows.saturating_add(1);
    }
    Ok((windows, messages))
}

/// What a message makes final so far.
#[derive(Default)]
struct Load {
    windows: u32,
    results: u32,
}

impl Load {
    /// Adds a window, if that stays within the bounds. The first one always does: its report was taken.
    fn takes(&mut self, seats: u16, limit: u32) -> bool {
        let (windows, results) = (
            self.windows.saturating_add(1),
            self.results.saturating_add(seats.into()),
        );
        let takes = self.windows == 0 || windows <= limit && results <= MAX_FINALISED_RESULTS;
        if takes {
            (self.windows, self.results) = (windows, results);
        }
        takes
    }
}
