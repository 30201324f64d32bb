use std::collections::BTreeSet;

use cosmwasm_std::{to_json_binary, Addr, Response, Storage, WasmMsg};
use gridpact_types::registry::bounds::MAX_ADMISSIONS;
use gridpact_types::registry::events::RegistryEvent;
use gridpact_types::settlement;
use gridpact_types::settlement::accounts::AccountOpening;
use gridpact_units::{IntervalIndex, Slot, UnixSeconds};

use super::next_roster::NextRoster;
use crate::calendar::Calendar;
use crate::error::ContractError;
use crate::meter::{AccountTerms, Meter, Proposal};
use crate::operator::check_operator;
use crate::progress::Clock;
use crate::roster::Limits;
use crate::schedule::{check_from, save_schedule, soonest, version_from};
use crate::state::{self, Config, Counters};

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

/// A proposal that is admitted.
struct Candidate {
    number: u64,
    proposal: Proposal,
    terms: AccountTerms,
}

/// Admits meters from a moment on that is still in the future, and opens their accounts in the same transaction.
///
/// The roster that begins there is a copy of the newest with the new seats behind; one that was scheduled for the same
/// moment is added to instead, since no report can have been written for it.
pub(crate) fn admit_meters(
    storage: &mut dyn Storage,
    clock: &Clock,
    sender: &Addr,
    decisions: Vec<Decision>,
    from: Option<IntervalIndex>,
) -> Result<Response, ContractError> {
    check_operator(storage, sender)?;
    check_count(&decisions)?;
    let config = state::config(storage)?;
    let calendar = Calendar::new(config.rosters_begin, config.interval_length)?;
    let from = from.unwrap_or_else(|| soonest(clock, &calendar));
    check_from(clock, &calendar, from)?;
    let mut counters = state::counters(storage)?;
    let (candidates, gone) = sort_out(storage, clock.now, &mut counters, decisions)?;
    let response = Response::new().add_events(gone);
    if candidates.is_empty() {
        state::save_counters(storage, &counters)?;
        return Ok(response);
    }
    let version = version_from(storage, &counters, from, clock.running().plus(1))?;
    let mut roster = NextRoster::of_newest(storage, version, &counters)?;
    roster.check_room(candidates.len())?;
    let (first_slot, count) = (Slot(counters.slots), candidates.len());
    let proposals = candidates.iter().map(|candidate| candidate.number).collect();
    let mut accounts = Vec::with_capacity(count);
    for candidate in candidates {
        accounts.push(admit(storage, &mut counters, &mut roster, from, candidate)?);
    }
    state::save_roster(storage, version, from, &roster.limits, &roster.slots);
    counters.newest_roster = version;
    state::save_counters(storage, &counters)?;
    save_schedule(storage, version, from)?;

    let event = RegistryEvent::MetersAdmitted {
        roster_version: version,
        from,
        first_slot,
        count,
        proposals,
    };
    let open = open_accounts(&config, version, from, accounts)?;
    Ok(response.add_event(event).add_message(open))
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

/// Those that can be admitted, and who is gone: a proposer who takes a proposal back, or lets it expire, must not hold up the
/// others of the message. A number that was never given out is a mistake, not gone.
///
/// Also one that is gone takes the number of the household it would have founded. Else the next one would get it, and
/// whoever was to share the house of the one after would share another's.
fn sort_out(
    storage: &dyn Storage,
    now: UnixSeconds,
    counters: &mut Counters,
    decisions: Vec<Decision>,
) -> Result<(Vec<Candidate>, Vec<RegistryEvent>), ContractError> {
    let (mut candidates, mut gone) = (Vec::with_capacity(decisions.len()), Vec::new());
    for decision in decisions {
        let number = decision.proposal;
        if !(1..=counters.proposals).contains(&number) {
            return Err(ContractError::UnknownProposal { proposal: number });
        }
        let mut terms = AccountTerms {
            household: household(counters, decision.household)?,
            weight: decision.weight,
            priority: decision.priority,
            buy_tier: decision.buy_tier,
            sell_tier: decision.sell_tier,
        };
        terms.check()?;
        let proposal = state::may_proposal(storage, number)?;
        match proposal.filter(|proposal| proposal.is_open(now)) {
            Some(proposal) => {
                (terms.buy_tier, terms.sell_tier) =
                    proposal.facts.kind.tiers(terms.buy_tier, terms.sell_tier);
                candidates.push(Candidate {
                    number,
                    proposal,
                    terms,
                });
            }
            None => gone.push(RegistryEvent::ProposalGone {
                proposal: number,
                household: terms.household,
            }),
        }
    }
    Ok((candidates, gone))
}

fn admit(
    storage: &mut dyn Storage,
    counters: &mut Counters,
    roster: &mut NextRoster,
    from: IntervalIndex,
    candidate: Candidate,
) -> Result<AccountOpening, ContractError> {
    let Candidate {
        number,
        proposal,
        terms,
    } = candidate;
    let slot = counters.slots;
    counters.slots = slot
        .checked_add(1)
        .ok_or(ContractError::Exhausted { what: "slots" })?;
    let limits = Limits {
        import: proposal.facts.import_limit,
        export: proposal.facts.export_limit,
    };
    let seat = roster.seat(Slot(slot), limits)?;
    state::remove_proposal(storage, number, &proposal);
    let opening = AccountOpening {
        slot: Slot(slot),
        seat,
        owner: proposal.owner.to_string(),
        household: terms.household,
        weight: terms.weight,
        part: proposal.facts.part,
        priority: terms.priority,
        buy_tier: terms.buy_tier,
        sell_tier: terms.sell_tier,
    };
    let meter = Meter {
        owner: proposal.owner,
        seat,
        from,
        facts: proposal.facts,
        terms,
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
    config: &Config,
    roster_version: u32,
    from: IntervalIndex,
    accounts: Vec<AccountOpening>,
) -> Result<WasmMsg, ContractError> {
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
