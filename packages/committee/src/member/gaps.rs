//! Closing what is too old: nothing can be signed before. Anybody may, so the members take turns as carriers do.

use super::action::Action;
use super::state::Member;
use crate::bounds::CARRY_AGAIN;
use crate::carry::carries_at;
use crate::leader::leader;
use crate::moment::{milliseconds, Moment};
use crate::record::Record;
use crate::signing::Signing;

impl<K: Signing, R: Record> Member<K, R> {
    /// Asks for it when it is this member's turn, and again when nothing came of it.
    pub(super) fn close_gap(&mut self, now: Moment) {
        let Some(state) = self.chain.as_ref().filter(|state| state.gap) else {
            self.gap_asked = None;
            self.gap_since = None;
            return;
        };
        let since = *self.gap_since.get_or_insert(now);
        let members = state.committee.size();
        let Some(me) = state.committee.position(&self.public_key) else {
            return;
        };
        let first = leader(state.epoch, state.first, 0, 0, members);
        let due = match self.gap_asked {
            None => carries_at(since, first, me, members),
            Some(asked) => asked.plus(milliseconds(CARRY_AGAIN)),
        };
        if now >= due {
            self.gap_asked = Some(now);
            self.out.push(Action::CloseGap);
        }
    }
}
