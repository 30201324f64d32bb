//! Windows whose time is over.

use gridpact_units::UnixSeconds;

use crate::accounts::Accounts;
use crate::books::Books;
use crate::community::{add, Community};
use crate::error::EventError;
use crate::held::{HeldSeat, HeldWindow};

/// Most windows that a report, a withdrawal or `Finalise` makes final.
pub const MAX_FINALISED: usize = 128;
/// Most results, windows x seats, that one of them makes final.
pub const MAX_FINALISED_RESULTS: usize = 131_072;

/// Balances as they are once the first ended windows are final.
pub(crate) struct Finality {
    /// Whether more have ended than one message makes final.
    pub more: bool,
    /// How many of the held windows, from the first.
    ended: usize,
    pub free: Accounts,
    community: Community,
}

impl Books {
    /// Makes windows final whose time is over, at most so many, [`MAX_FINALISED`] and [`MAX_FINALISED_RESULTS`], the earliest end
    /// first; returns them.
    ///
    /// # Errors
    /// Amounts that do not fit, which no grid comes near.
    pub fn finalise(&mut self, now: UnixSeconds, limit: usize) -> Result<Vec<HeldWindow>, EventError> {
        let finality = self.finality(now, limit)?;
        Ok(self.write(finality))
    }

    /// What there would be; nothing is written yet.
    pub(crate) fn finality(&self, now: UnixSeconds, limit: usize) -> Result<Finality, EventError> {
        let mut finality = Finality {
            more: false,
            ended: 0,
            free: self.free.clone(),
            community: self.community.clone(),
        };
        let mut results = 0_usize;
        for window in self.held.iter().take_while(|held| held.window.final_at <= now) {
            results = results.saturating_add(window.seats.len());
            // The first one is always taken.
            let full = finality.ended >= limit.min(MAX_FINALISED) || results > MAX_FINALISED_RESULTS;
            if full && finality.ended > 0 || limit == 0 {
                finality.more = true;
                break;
            }
            for HeldSeat { slot, credit, .. } in &window.seats {
                let free = finality.free.get_mut(*slot)?;
                *free = add(*free, *credit, "free balance")?;
            }
            finality.community.add(&window.community)?;
            finality.ended = finality.ended.saturating_add(1);
        }
        Ok(finality)
    }

    pub(crate) fn write(&mut self, finality: Finality) -> Vec<HeldWindow> {
        self.free = finality.free;
        self.community = finality.community;
        self.held.drain(..finality.ended.min(self.held.len())).collect()
    }
}
