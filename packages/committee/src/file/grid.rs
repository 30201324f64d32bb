//! A shared file against the grid that it is for: what only the chain's configuration can show.

use gridpact_report::Mode;
use gridpact_units::{Seconds, Slot};

use super::error::{wrong, FileError};
use super::shape::{FileMeter, SharedFile};
use super::text::Span;
use crate::chain::{Committee, Grid};

impl SharedFile {
    /// Checks it against the grid.
    ///
    /// # Errors
    /// Another chain or registry; windows that are not whole intervals or more than a report holds; windows that would be too
    /// old before every member had its turn.
    pub fn check_grid(&self, grid: &Grid) -> Result<(), FileError> {
        for (place, got, expected) in [
            ("chain_id", &self.chain_id, &grid.chain_id),
            ("registry", &self.registry, &grid.registry),
        ] {
            if got != expected {
                return wrong(
                    place,
                    format!("`{expected}`, which this grid has"),
                    format!("`{got}`"),
                );
            }
        }
        let length = Seconds(grid.limit.length.seconds().into());
        for (place, span) in [("window", self.window), ("offset", self.offset)] {
            if span.0 .0.checked_rem(length.0) != Some(0) {
                let expected = format!("whole intervals of {}", Span(length));
                return wrong(place, expected, span.to_string());
            }
        }
        let most = Seconds(length.0.saturating_mul(Mode::Open.max_intervals().into()));
        if self.window.0 > most {
            let expected = format!("at most {}, what a report holds", Span(most));
            return wrong("window", expected, self.window.to_string());
        }
        self.check_age(grid)
    }

    /// A window's first interval is `window` old when the window ends, and `delay` more when its first slot begins. What the
    /// chain's limit leaves after that is for the members' turns: a slot for each.
    fn check_age(&self, grid: &Grid) -> Result<(), FileError> {
        let members = u64::try_from(self.members.len()).unwrap_or(u64::MAX);
        let turns = self.slot.0 .0.saturating_mul(members);
        let needed = [self.window.0 .0, self.delay.0 .0, turns]
            .into_iter()
            .fold(0, u64::saturating_add);
        let limit = grid.limit.limit;
        if needed > limit.0 {
            let expected = format!("at most {}, the grid's report limit", Span(limit));
            let got = Span(Seconds(needed)).to_string();
            return wrong("window + delay + a slot for each member", expected, got);
        }
        Ok(())
    }

    /// The meter of a slot, if anybody reads it.
    pub fn meter(&self, slot: Slot) -> Option<&FileMeter> {
        self.meters.iter().find(|meter| meter.slot == slot)
    }

    /// The readers of a meter as positions in a committee, in the file's order; `None` where one of them is no member there.
    /// Names stand for keys, so a committee in another order changes nothing.
    pub fn positions(&self, meter: &FileMeter, committee: &Committee) -> Vec<Option<u8>> {
        let readers = meter.readers.iter().map(|name| self.position(name, committee));
        readers.collect()
    }

    /// The position of a member in a committee; `None` where it is no member there.
    pub fn position(&self, name: &str, committee: &Committee) -> Option<u8> {
        let member = self.members.iter().find(|member| member.name == name)?;
        committee.position(&member.key.0)
    }
}
