//! A new grid, checked in full: nothing of it changes later but the operator. Epochs have room for other committees.

use cosmwasm_std::{Addr, Api, HexBinary, Response, StdResult, Storage};
use gridpact_report::Resolution;
use gridpact_types::registry::bounds::{MAX_CHALLENGE_INTERVALS, MAX_REPORT_LIMIT, MIN_REPORT_LIMIT};
use gridpact_types::registry::events::RegistryEvent;
use gridpact_types::registry::messages::InstantiateMsg;
use gridpact_units::{IntervalIndex, IntervalLength, Seconds};

use crate::calendar::Calendar;
use crate::committee::Signatories;
use crate::error::ContractError;
use crate::grid_error::GridError;
use crate::operator;
use crate::progress::Progress;
use crate::state::{self, Config, Counters};
use crate::version::{NAME, VERSION};

/// The first committee's epoch.
const FIRST_EPOCH: u32 = 1;

pub(crate) fn instantiate(
    storage: &mut dyn Storage,
    api: &dyn Api,
    registry: &Addr,
    msg: InstantiateMsg,
) -> Result<Response, ContractError> {
    // The settlement may not exist yet: its address is known from instantiate2.
    let settlement = api.addr_validate(&msg.settlement)?;
    if settlement == *registry {
        return Err(GridError::SettlementIsRegistry { got: settlement }.into());
    }
    Resolution::from_milliwatt_hours(msg.resolution)?;
    check_challenge_period(msg.interval_length, msg.challenge_period)?;
    if !(MIN_REPORT_LIMIT..=MAX_REPORT_LIMIT).contains(&msg.report_limit) {
        let got = msg.report_limit;
        return Err(GridError::ReportLimit { got }.into());
    }
    Calendar::new(msg.rosters_begin, msg.interval_length)?;
    let members = msg.committee.members.into_iter();
    let members: Vec<(Addr, HexBinary)> = members
        .map(|m| Ok((api.addr_validate(&m.address)?, m.public_key)))
        .collect::<StdResult<_>>()?;
    let signatories = Signatories::new(api, &members, msg.committee.quorum)?;
    let addresses: Vec<Addr> = members.into_iter().map(|(address, _)| address).collect();

    cw2::set_contract_version(storage, NAME, VERSION)?;
    let operator = operator::initialise(storage, api, &msg.operator)?;
    let config = Config {
        settlement,
        interval_length: msg.interval_length,
        resolution: msg.resolution,
        challenge_period: msg.challenge_period,
        report_limit: msg.report_limit,
        rosters_begin: msg.rosters_begin,
    };
    state::save_config(storage, &config)?;
    state::save_counters(storage, &Counters::default())?;
    state::save_committee(storage, FIRST_EPOCH, &signatories, &addresses)?;
    let progress = Progress {
        epoch: FIRST_EPOCH,
        roster_version: 0,
        next_interval: IntervalIndex(0),
        roster_ends: None,
        last_closing: None,
    };
    state::save_progress(storage, &progress);
    Ok(Response::new().add_event(RegistryEvent::GridCreated {
        operator,
        settlement: config.settlement,
        members: addresses.len(),
        quorum: signatories.quorum,
    }))
}

fn check_challenge_period(length: IntervalLength, got: Seconds) -> Result<(), GridError> {
    let max = Seconds(MAX_CHALLENGE_INTERVALS.saturating_mul(length.seconds().into()));
    if got > max {
        return Err(GridError::ChallengePeriod { max, got });
    }
    Ok(())
}
