//! When something is to be done next, if nothing happens before: so that nobody has to look all the time.

use super::observing::{lead, soonest};
use super::proposing::patience;
use super::state::Member;
use crate::bounds::CARRY_AGAIN;
use crate::leader::{turn, turn_start};
use crate::moment::{milliseconds, Moment};
use crate::record::Record;
use crate::signing::Signing;

impl<K: Signing, R: Record> Member<K, R> {
    /// The next moment at which an [`Event::Tick`](super::event::Event::Tick) is wanted. A look every minute at least costs
    /// nothing and forgives a clock that was set.
    pub fn wakes_at(&self, now: Moment) -> Moment {
        let latest = now.plus(milliseconds(CARRY_AGAIN));
        let moments = self.slot_moments(now).into_iter().chain(self.carry_moment());
        moments.filter(|moment| *moment > now).fold(latest, Moment::min)
    }

    fn carry_moment(&self) -> Option<Moment> {
        let (state, window) = (self.chain.as_ref()?, self.window.as_ref()?);
        window.certificates.next_carry(window.me, state.committee.size())
    }

    fn slot_moments(&self, now: Moment) -> Vec<Moment> {
        let Some((bench, window)) = self.bench() else {
            return Vec::new();
        };
        if window.certificates.stands() {
            return Vec::new();
        }
        let (slots, shortest) = (bench.slots(), bench.times.slot);
        let lead = lead(&bench.times);
        let Some(slot) = slots.at(now) else {
            let again = window
                .reading
                .map(|asked| asked.since.plus(milliseconds(shortest)));
            let over = soonest(&bench, slots.first);
            let known = [over, slots.anchor.minus(lead), slots.anchor];
            return known.into_iter().chain(again).collect();
        };
        let (start, end) = (slots.start(slot), slots.start(slot.saturating_add(1)));
        let turn = turn(start, shortest, now);
        let begins = turn_start(start, shortest, turn);
        let patient = begins.plus(patience(milliseconds(shortest)));
        let asked_again = window.reading.map(|asked| asked.since.plus(lead));
        let next_turn = turn_start(start, shortest, turn.saturating_add(1)).min(end);
        [patient, next_turn, end.minus(lead), end]
            .into_iter()
            .chain(asked_again)
            .collect()
    }
}
