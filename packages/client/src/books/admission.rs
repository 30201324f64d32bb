//! Meters that a message admits: those that the contract's events say were there.

use std::collections::{BTreeSet, VecDeque};

use gridpact_replay::{Event, Meter};
use gridpact_types::registry::meters::{Admission, MeterKind, ProposalId};
use gridpact_units::{IntervalIndex, Ppm, Seat, Slot};

use super::conversion::Conversion;
use super::error::Cause;
use super::fact::Fact;
use super::step::Step;

/// What the registry tells of one message: first who is gone, then the meters, if any is left.
struct Told {
    /// Where its events begin.
    position: usize,
    /// How many are gone.
    gone: usize,
}

impl Told {
    fn find(facts: &VecDeque<Fact>, admissions: &[Admission], asked: Option<IntervalIndex>) -> Option<Self> {
        let asked_for: BTreeSet<ProposalId> = admissions.iter().map(|asked| asked.proposal).collect();
        let own = |fact: &&Fact| matches!(fact, Fact::Gone { proposal, .. } if asked_for.contains(proposal));
        (0..facts.len()).find_map(|position| {
            let rest = facts.iter().skip(position);
            let gone = rest.clone().take_while(own).count();
            let left = admissions.len().checked_sub(gone)?;
            let admitted = rest.clone().nth(gone);
            let fits = left == 0
                || matches!(admitted, Some(Fact::Admitted { from, count, .. })
                    if *count == left && asked.is_none_or(|asked| asked == *from));
            fits.then_some(Self { position, gone })
        })
    }
}

impl Conversion {
    /// An admission and its events.
    pub fn admission(
        &mut self,
        admissions: &[Admission],
        asked: Option<IntervalIndex>,
        facts: &mut VecDeque<Fact>,
        steps: &mut Vec<Step>,
    ) -> Result<(), Cause> {
        let message = "admit_meters";
        let told = Told::find(facts, admissions, asked).ok_or(Cause::NoEvent { message })?;
        self.hidden(facts.drain(..told.position).collect(), steps)?;
        let gone: VecDeque<Fact> = facts.drain(..told.gone).collect();
        let left_out: BTreeSet<ProposalId> = gone
            .iter()
            .filter_map(|fact| match fact {
                Fact::Gone { proposal, .. } => Some(*proposal),
                _ => None,
            })
            .collect();
        if left_out.len() == admissions.len() {
            return self.hidden(gone, steps);
        }
        let Some(fact) = facts.pop_front() else {
            return Err(Cause::NoEvent { message });
        };
        match (&fact, self.meters(admissions, &left_out, &fact)) {
            (
                Fact::Admitted {
                    roster_version, from, ..
                },
                Some(meters),
            ) => {
                let event = Event::MetersAdmitted {
                    roster_version: *roster_version,
                    from: *from,
                    meters,
                };
                steps.push(Step::of_message(event, vec![fact]));
                Ok(())
            }
            _ => self.hidden(gone.into_iter().chain([fact]).collect(), steps),
        }
    }

    /// The meters that were admitted; nothing where a proposal stood in no message. Households are counted out in the order of
    /// the message, also for who is gone.
    fn meters(
        &mut self,
        admissions: &[Admission],
        left_out: &BTreeSet<ProposalId>,
        told: &Fact,
    ) -> Option<Vec<Meter>> {
        let Fact::Admitted { first_slot, .. } = told else {
            return None;
        };
        let there = |admission: &&Admission| !left_out.contains(&admission.proposal);
        let proposed: Vec<(MeterKind, Ppm)> = admissions
            .iter()
            .filter(there)
            .map(|admission| self.proposed.get(&admission.proposal).copied())
            .collect::<Option<_>>()?;
        let mut places = (first_slot.0..).zip(proposed);
        let mut meters = Vec::with_capacity(admissions.len());
        for admission in admissions {
            self.proposed.remove(&admission.proposal);
            let household = admission.household.unwrap_or(self.households);
            self.found(household);
            if !there(&admission) {
                continue;
            }
            let (slot, (kind, part)) = places.next()?;
            let (buy_tier, sell_tier) = kind.tiers(admission.buy_tier, admission.sell_tier);
            meters.push(Meter {
                slot: Slot(slot),
                // Every slot has the seat of its number, since none retires.
                seat: Seat(u16::try_from(slot).ok()?),
                household,
                weight: admission.weight,
                part,
                priority: admission.priority,
                buy_tier,
                sell_tier,
            });
        }
        Some(meters)
    }
}
