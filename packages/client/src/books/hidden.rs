//! What happened without a message of the transaction: another contract asked for it, so only events tell of it.

use std::collections::VecDeque;

use gridpact_replay::Event;

use super::error::Cause;
use super::fact::Fact;
use super::step::{community_account, Step, ToReplay};

/// Events whose messages another contract sent.
pub(super) fn without_message(mut facts: VecDeque<Fact>, steps: &mut Vec<Step>) -> Result<(), Cause> {
    while let Some(fact) = facts.pop_front() {
        let to_replay = match &fact {
            // Proposals are asked for when the meter is admitted.
            Fact::Proposed { .. } | Fact::Gone { .. } | Fact::Known { .. } | Fact::NoGap => continue,
            Fact::Admitted {
                roster_version,
                from,
                first_slot,
                count,
            } => ToReplay::Meters {
                roster_version: *roster_version,
                from: *from,
                first_slot: *first_slot,
                count: *count,
            },
            Fact::Accepted { first_interval, .. } => {
                let first_interval = *first_interval;
                return Err(Cause::HiddenReport { first_interval });
            }
            Fact::Settled(_) => return Err(Cause::Stray { event: fact.name() }),
            Fact::GapClosed { .. } => ToReplay::Event(Event::GapClosed),
            Fact::Deposited { slot, amount } => ToReplay::Event(Event::Deposit {
                slot: *slot,
                amount: *amount,
            }),
            Fact::Withdrawn { slot, amount } => ToReplay::Event(Event::Withdrawal {
                slot: *slot,
                amount: Some(*amount),
            }),
            Fact::Swept { account, .. } => ToReplay::Event(Event::Sweep {
                account: community_account(account),
            }),
            // How many were asked for at most is not told; each that became final is.
            Fact::Finalised { .. } => ToReplay::Event(Event::Finalise { limit: 1 }),
        };
        steps.push(Step::of_event(to_replay, vec![fact]));
    }
    Ok(())
}
