use gridpact_replay::{CommunityAccount, Event};
use gridpact_types::settlement::accounts;
use gridpact_units::{IntervalIndex, Slot};

use super::fact::Fact;

/// One thing that a transaction did to the grid.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Step {
    /// What to replay.
    pub to_replay: ToReplay,
    /// What the contracts told of it.
    pub told: Vec<Fact>,
    /// Whether it stands in a message of the transaction; else only the contracts' events tell of it.
    pub in_message: bool,
}

/// An event to replay, as far as a transaction tells it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum ToReplay {
    /// All of it.
    Event(Event),
    /// Meters whose terms stand in no message.
    Meters {
        roster_version: u32,
        from: IntervalIndex,
        first_slot: Slot,
        count: usize,
    },
}

impl Step {
    pub fn of_message(event: Event, told: Vec<Fact>) -> Self {
        Self {
            to_replay: ToReplay::Event(event),
            told,
            in_message: true,
        }
    }

    pub fn of_event(to_replay: ToReplay, told: Vec<Fact>) -> Self {
        Self {
            to_replay,
            told,
            in_message: false,
        }
    }
}

/// A part of the community account, as replays know it.
pub(super) fn community_account(account: &accounts::CommunityAccount) -> CommunityAccount {
    match account {
        accounts::CommunityAccount::Rounding {} => CommunityAccount::Rounding,
        accounts::CommunityAccount::Fee { id } => CommunityAccount::Fee(*id),
    }
}
