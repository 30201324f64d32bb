//! From a transaction to what it did to the grid.
//!
//! Messages say what was asked, the contracts' events what was carried out, also for other contracts. Each message must
//! have its event; an event without a message is believed.

use std::collections::{BTreeMap, VecDeque};

use gridpact_replay::{Event, GridTerms};
use gridpact_report::digest_of;
use gridpact_types::registry::meters::{MeterKind, ProposalId};
use gridpact_units::{IntervalIndex, Ppm};

use super::call::{Addresses, Call};
use super::error::Cause;
use super::fact::Fact;
use super::hidden::without_message;
use super::step::{community_account, Step};
use crate::Transaction;

/// What must be kept from one transaction to the next.
#[derive(Clone, Debug)]
pub(super) struct Conversion {
    pub grid: Addresses,
    pub terms: GridTerms,
    /// Proposals and the part of the meter that takes part.
    pub proposed: BTreeMap<ProposalId, (MeterKind, Ppm)>,
    /// Households founded so far.
    pub households: u32,
}

impl Conversion {
    /// What a transaction that was carried out did to the grid, in order.
    pub fn transaction(&mut self, transaction: &Transaction) -> Result<Vec<Step>, Cause> {
        let contracts = [self.grid.registry.as_str(), self.grid.settlement.as_str()];
        let mut facts: Vec<(Option<usize>, Fact)> = Vec::new();
        for event in &transaction.events {
            if let Some(fact) = Fact::read(event, contracts)? {
                facts.push((event.message_index(), fact));
            }
        }
        let mut steps = Vec::new();
        // Chains say to which message an event belongs; where they do not, all are taken together.
        if facts.iter().all(|(index, _)| index.is_some()) {
            for (position, message) in transaction.messages.iter().enumerate() {
                let calls = Call::all(message, &self.grid)?;
                let own = facts.iter().filter(|(index, _)| *index == Some(position));
                self.group(calls, own.map(|(_, fact)| fact.clone()).collect(), &mut steps)?;
            }
        } else {
            let mut calls = Vec::new();
            for message in &transaction.messages {
                calls.extend(Call::all(message, &self.grid)?);
            }
            self.group(
                calls,
                facts.into_iter().map(|(_, fact)| fact).collect(),
                &mut steps,
            )?;
        }
        Ok(steps)
    }

    /// Messages and events that belong together, each in its order.
    fn group(
        &mut self,
        calls: Vec<Call>,
        mut facts: VecDeque<Fact>,
        steps: &mut Vec<Step>,
    ) -> Result<(), Cause> {
        for call in calls {
            if let Call::Admit { admissions, from } = &call {
                self.admission(admissions, *from, &mut facts, steps)?;
                continue;
            }
            if let Call::Finalise { limit } = call {
                // Where nothing was over there is no event, and nothing happened.
                let limit = usize::try_from(limit).unwrap_or(usize::MAX);
                let told = finalised(&mut facts, limit);
                steps.push(Step::of_message(Event::Finalise { limit }, told));
                continue;
            }
            let name = call.name();
            let matching = facts.iter().position(|fact| self.is_event_of(fact, &call));
            let position = matching.ok_or(Cause::NoEvent { message: name })?;
            let mut hidden: VecDeque<Fact> = facts.drain(..position).collect();
            let on_the_way = match call {
                Call::Withdraw { .. } => just_finalised(&mut hidden),
                _ => Vec::new(),
            };
            self.hidden(hidden, steps)?;
            let Some(fact) = facts.pop_front() else {
                continue;
            };
            if let Call::Withdraw { slot, amount } = call {
                let told = [on_the_way, vec![fact]].concat();
                steps.push(Step::of_message(Event::Withdrawal { slot, amount }, told));
            } else {
                self.with_message(call, fact, &mut facts, steps)?;
            }
        }
        self.hidden(facts, steps)
    }

    /// What another contract asked for. Also who was gone from an admission took the number of a household.
    pub fn hidden(&mut self, facts: VecDeque<Fact>, steps: &mut Vec<Step>) -> Result<(), Cause> {
        for fact in &facts {
            if let Fact::Gone { household, .. } = fact {
                self.found(*household);
            }
        }
        without_message(facts, steps)
    }

    fn is_event_of(&self, fact: &Fact, call: &Call) -> bool {
        match (fact, call) {
            (Fact::Proposed { .. }, Call::Propose { .. })
            | (Fact::GapClosed { .. } | Fact::NoGap, Call::CloseGap) => true,
            (Fact::Accepted { digest, .. } | Fact::Known { digest }, Call::Report { bytes, .. }) => {
                *digest == self.digest(bytes)
            }
            (
                Fact::Deposited { slot, amount },
                Call::Deposit {
                    slot: to,
                    amount: paid,
                },
            ) => (slot, amount) == (to, paid),
            (
                Fact::Withdrawn { slot, amount },
                Call::Withdraw {
                    slot: of,
                    amount: asked,
                },
            ) => slot == of && asked.is_none_or(|asked| asked == *amount),
            (Fact::Swept { account: told, .. }, Call::Sweep { account }) => told == account,
            _ => false,
        }
    }

    fn digest(&self, report: &[u8]) -> String {
        // Bytes that are no report have none, and no contract tells of them.
        digest_of(&self.terms.domain(), report).map_or_else(|_| String::new(), hex::encode)
    }

    /// A message and its event.
    fn with_message(
        &mut self,
        call: Call,
        fact: Fact,
        rest: &mut VecDeque<Fact>,
        steps: &mut Vec<Step>,
    ) -> Result<(), Cause> {
        let event = match (call, &fact) {
            (Call::Propose { kind, part }, Fact::Proposed { proposal }) => {
                self.proposed.insert(*proposal, (kind, part));
                return Ok(());
            }
            (Call::CloseGap, Fact::NoGap) => return Ok(()),
            (Call::Report { bytes, signatures }, Fact::Accepted { first_interval, .. }) => {
                let told = window(rest, *first_interval)?;
                steps.push(Step::of_message(Event::Report { bytes, signatures }, told));
                return Ok(());
            }
            (Call::Report { bytes, signatures }, _) => Event::Report { bytes, signatures },
            (Call::Deposit { slot, amount }, _) => Event::Deposit { slot, amount },
            (Call::Sweep { account }, _) => Event::Sweep {
                account: community_account(&account),
            },
            _ => Event::GapClosed,
        };
        steps.push(Step::of_message(event, vec![fact]));
        Ok(())
    }

    /// Counts a household, where it is a new one.
    pub fn found(&mut self, household: u32) {
        self.households = self.households.max(household.saturating_add(1));
    }
}

/// The windows told as final next, at most so many.
fn finalised(facts: &mut VecDeque<Fact>, limit: usize) -> Vec<Fact> {
    let run = facts
        .iter()
        .take_while(|fact| matches!(fact, Fact::Finalised { .. }));
    let count = run.count().min(limit);
    facts.drain(..count).collect()
}

/// The windows told as final last: a withdrawal that needed them tells them right before itself.
fn just_finalised(facts: &mut VecDeque<Fact>) -> Vec<Fact> {
    let run = facts
        .iter()
        .rev()
        .take_while(|fact| matches!(fact, Fact::Finalised { .. }));
    let first = facts.len().saturating_sub(run.count());
    facts.drain(first..).collect()
}

/// What the settlement tells of a report: windows that became final, then the one that it settled.
fn window(facts: &mut VecDeque<Fact>, first_interval: IntervalIndex) -> Result<Vec<Fact>, Cause> {
    let mut told = finalised(facts, usize::MAX);
    match facts.pop_front() {
        Some(Fact::Settled(settled)) if settled.first_interval == first_interval => {
            told.push(Fact::Settled(settled));
            Ok(told)
        }
        _ => Err(Cause::NoEvent { message: "settle" }),
    }
}
