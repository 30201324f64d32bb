use std::collections::BTreeSet;

use cosmwasm_std::{to_json_binary, Addr, Response, Storage, WasmMsg};
use gridpact_types::registry::bounds::MAX_ADMISSIONS;
use gridpact_types::registry::events::RegistryEvent;
use gridpact_types::settlement;
use gridpact_types::settlement::accounts::AccountOpening;
use gridpact_units::{IntervalIndex, Seat, Slot};

use crate::bounds::MAX_SEATS;
use crate::error::ContractError;
use crate::meter::{Meter, Standing};
use crate::operator::check_operator;
use crate::progress::Clock;
use crate::roster::{Limits, RosterLimits, RosterSlots};
use crate::schedule::{check_from, save_schedule, version_from};
use crate::state::{self, Counters};

/// What the operator decides of one proposal.
pub(crate) struct Decision {
    pub proposal: u64,
    /// None: a new household.
    pub household: Option<u32>,
    pub weight: u32,
    pub priority: u16,
    pub buy_tier: u8,
    pub sell_tier: u8,
}

/// Admits meters from an interval boundary still in the future on, and opens their accounts in the same transaction.
///
/// The roster that begins there is a copy of the newest with the new seats behind; one that was scheduled for the same
/// boundary is added to instead, since no report can have been written for it.
pub(crate) fn admit_meters(
    storage: &mut dyn Storage,
    clock: &Clock,
    sender: &Addr,
    decisions: Vec<Decision>,
    from: Option<IntervalIndex>,
) -> Result<Response, ContractError> {
    check_operator(storage, sender)?;
    check_count(&decisions)?;
    let mut counters = state::counters(storage)?;
    let soonest = clock.running().plus(1);
    let from = from.unwrap_or(soonest);
    check_from(clock, from, soonest)?;
    let version = version_from(storage, &mut counters, from, soonest)?;
    let mut roster = Draft::of_newest(storage, version, &counters)?;
    let free = usize::from(MAX_SEATS).saturating_sub(roster.limits.0.len());
    if decisions.len() > free {
        return Err(ContractError::FreeSeats {
            free,
            got: decisions.len(),
        });
    }
    let first_slot = counters.slots;
    let count = decisions.len();
    let mut accounts = Vec::with_capacity(count);
    for decision in decisions {
        accounts.push(admit(storage, &mut counters, &mut roster, from, decision)?);
    }
    state::save_roster(storage, version, from, &roster.limits, &roster.slots);
    counters.newest_roster = version;
    state::save_counters(storage, &counters)?;
    save_schedule(storage, version, from)?;

    let event = RegistryEvent::MetersAdmitted {
        roster_version: version,
        from,
        first_slot: Slot(first_slot),
        count,
    };
    let open = open_accounts(storage, version, from, accounts)?;
    Ok(Response::new().add_event(event).add_message(open))
}

fn check_count(decisions: &[Decision]) -> Result<(), ContractError> {
    if !(1..=MAX_ADMISSIONS).contains(&decisions.len()) {
        return Err(ContractError::AdmissionCount { got: decisions.len() });
    }
    let mut seen = BTreeSet::new();
    match decisions.iter().find(|decision| !seen.insert(decision.proposal)) {
        Some(repeated) => Err(ContractError::RepeatedProposal {
            proposal: repeated.proposal,
        }),
        None => Ok(()),
    }
}

/// A roster being written.
struct Draft {
    limits: RosterLimits,
    slots: RosterSlots,
}

impl Draft {
    /// The newest roster there is: the one to add to, or the one to copy.
    fn of_newest(storage: &dyn Storage, version: u32, counters: &Counters) -> Result<Self, ContractError> {
        let newest = version.min(counters.newest_roster);
        if newest == 0 {
            return Ok(Self {
                limits: RosterLimits::default(),
                slots: RosterSlots::default(),
            });
        }
        let limits = state::roster_limits(storage, newest)?;
        Ok(Self {
            limits,
            slots: state::roster_slots(storage, newest)?,
        })
    }

    /// Seats a slot behind the others.
    fn seat(&mut self, slot: Slot, limits: Limits) -> Result<Seat, ContractError> {
        let seat =
            u16::try_from(self.limits.0.len()).map_err(|_| ContractError::Exhausted { what: "seats" })?;
        self.limits.0.push(Some(limits));
        self.slots.0.push(Some(slot));
        Ok(Seat(seat))
    }
}

fn admit(
    storage: &mut dyn Storage,
    counters: &mut Counters,
    roster: &mut Draft,
    from: IntervalIndex,
    decision: Decision,
) -> Result<AccountOpening, ContractError> {
    let proposal = state::proposal(storage, decision.proposal)?;
    let standing = Standing {
        household: household(counters, decision.household)?,
        weight: decision.weight,
        priority: decision.priority,
        buy_tier: decision.buy_tier,
        sell_tier: decision.sell_tier,
    };
    standing.check()?;
    let slot = counters.slots;
    counters.slots = slot
        .checked_add(1)
        .ok_or(ContractError::Exhausted { what: "slots" })?;
    let limits = Limits {
        import: proposal.facts.import_limit,
        export: proposal.facts.export_limit,
    };
    let seat = roster.seat(Slot(slot), limits)?;
    state::close_proposal(storage, decision.proposal, &proposal)?;
    counters.open_proposals = counters.open_proposals.saturating_sub(1);
    let opening = AccountOpening {
        slot: Slot(slot),
        seat,
        owner: proposal.owner.to_string(),
        household: standing.household,
        weight: standing.weight,
        part: proposal.facts.part,
        priority: standing.priority,
        buy_tier: standing.buy_tier,
        sell_tier: standing.sell_tier,
    };
    let meter = Meter {
        owner: proposal.owner,
        seat,
        from,
        facts: proposal.facts,
        standing,
    };
    state::add_meter(storage, slot, &meter)?;
    Ok(opening)
}

/// A new household, or one that exists, whoever its owner is: a second meter of one house must not get the house a second
/// even share, and it may well be proposed from another address, just for that.
fn household(counters: &mut Counters, existing: Option<u32>) -> Result<u32, ContractError> {
    let next = counters.households;
    match existing {
        Some(household) if household < next => Ok(household),
        Some(got) => Err(ContractError::UnknownHousehold { next, got }),
        None => {
            counters.households = next
                .checked_add(1)
                .ok_or(ContractError::Exhausted { what: "households" })?;
            Ok(next)
        }
    }
}

fn open_accounts(
    storage: &dyn Storage,
    roster_version: u32,
    from: IntervalIndex,
    accounts: Vec<AccountOpening>,
) -> Result<WasmMsg, ContractError> {
    let config = state::config(storage)?;
    let interval_length = config.interval_length;
    let msg = settlement::messages::ExecuteMsg::OpenAccounts {
        roster_version,
        from,
        interval_length,
        accounts,
    };
    Ok(WasmMsg::Execute {
        contract_addr: config.settlement.to_string(),
        msg: to_json_binary(&msg)?,
        funds: vec![],
    })
}
