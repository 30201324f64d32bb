use cosmwasm_std::{to_json_binary, Addr, Api, Binary, Event, HexBinary, Response, Storage, WasmMsg};
use gridpact_report::quorum::{check_quorum, Signature};
use gridpact_report::{Decoder, Domain, Header};
use gridpact_types::registry::events;
use gridpact_types::settlement;

use crate::error::ContractError;
use crate::execute::advanced;
use crate::roster::EnergyLimits;
use crate::state::{self, Config};
use crate::window::{Clock, Reported, Window};

/// Where a report must have been signed for.
pub(crate) struct Site<'a> {
    pub chain_id: &'a str,
    pub registry: &'a Addr,
}

/// Accepts a report and has it settled in the same transaction: if settlement failed, nothing would have happened.
///
/// Cheap checks stand before expensive ones: the header, then a roster's limits, then the signatures, then the readings,
/// which nobody decodes for a carrier without a quorum.
pub(crate) fn report(
    storage: &mut dyn Storage,
    api: &dyn Api,
    site: &Site,
    clock: &Clock,
    carrier: &Addr,
    report: Binary,
    signatures: &[Signature],
) -> Result<Response, ContractError> {
    let config = state::config(storage)?;
    let progress = state::progress(storage)?;
    if progress.roster_version == 0 {
        return Err(ContractError::NoRoster);
    }
    let decoder = Decoder::new(&report)?;
    let header = *decoder.header();
    let digest = gridpact_report::digest(&domain(site), &report);
    if header.first_interval < progress.next_interval {
        return known(storage, &header, &digest);
    }
    progress.check(clock, &header)?;
    let resolution = header.resolution.milliwatt_hours();
    if resolution != config.resolution {
        return Err(ContractError::Resolution {
            expected: config.resolution,
            got: resolution,
        });
    }
    let limits = state::roster_limits(storage, header.roster_version)?;
    if usize::from(header.seats) != limits.0.len() {
        return Err(ContractError::Seats {
            expected: limits.0.len(),
            got: header.seats,
        });
    }
    let signers = check_signatures(storage, api, header.epoch, &digest, signatures)?;
    check_readings(decoder, &limits.energies(config.interval_length))?;

    let accepted = Reported {
        intervals: header.intervals,
        digest,
        revision: header.revision,
        epoch: header.epoch,
        roster_version: header.roster_version,
        signers,
        reported_at: clock.now,
        final_at: clock.now.plus(config.challenge_period),
    };
    let event = accepted_event(&header, &accepted, carrier);
    let settle = settle(&config, report, &accepted)?;
    state::save_window(storage, header.first_interval, &Window::Reported(accepted));
    let end = header.first_interval.plus(header.intervals.into());
    let progress = advanced(storage, &progress, end)?;
    state::save_progress(storage, &progress);
    Ok(Response::new().add_event(event).add_message(settle))
}

fn domain<'a>(site: &'a Site) -> Domain<'a> {
    Domain {
        chain_id: site.chain_id,
        registry: site.registry.as_str(),
    }
}

/// A window that is closed already. The very report accepted before is harmless: two carriers may race, and neither
/// should fail. Its digest is proof enough, since a quorum signed it then.
fn known(storage: &dyn Storage, header: &Header, digest: &[u8; 32]) -> Result<Response, ContractError> {
    let first_interval = header.first_interval;
    match state::window(storage, first_interval)? {
        Some(Window::Reported(accepted)) if accepted.digest == *digest => {
            let event = Event::new(events::REPORT_KNOWN)
                .add_attribute("first_interval", first_interval.to_string())
                .add_attribute("digest", HexBinary::from(digest).to_hex());
            Ok(Response::new().add_event(event))
        }
        Some(Window::Reported(accepted)) => Err(ContractError::OtherReport {
            first_interval,
            expected: HexBinary::from(accepted.digest).to_hex(),
            got: HexBinary::from(digest).to_hex(),
        }),
        Some(Window::Gap { intervals }) => Err(ContractError::ClosedAsGap {
            first_interval,
            intervals,
        }),
        None => {
            let expected = state::progress(storage)?.next_interval;
            Err(ContractError::Start {
                expected,
                got: first_interval,
            })
        }
    }
}

fn check_signatures(
    storage: &dyn Storage,
    api: &dyn Api,
    epoch: u32,
    digest: &[u8; 32],
    signatures: &[Signature],
) -> Result<u32, ContractError> {
    let committee = state::signatories(storage, epoch)?;
    let quorum = committee.quorum.into();
    let verify = |digest: &[u8; 32], signature: &[u8; 64], key: &[u8]| {
        // The chain's call fails, rather than denies, on numbers that no signature can hold: also not a valid one.
        api.secp256k1_verify(digest, signature, key).unwrap_or(false)
    };
    Ok(check_quorum(&committee.keys, quorum, digest, signatures, verify)?)
}

/// Decodes an interval at a time, so memory does not grow with the window.
fn check_readings(mut decoder: Decoder, limits: &EnergyLimits) -> Result<(), ContractError> {
    let mut readings = Vec::new();
    while let Some(interval) = decoder.next_interval(&mut readings)? {
        limits.check(interval, &readings)?;
    }
    decoder.finish()?;
    Ok(())
}

fn settle(config: &Config, report: Binary, accepted: &Reported) -> Result<WasmMsg, ContractError> {
    let msg = settlement::messages::ExecuteMsg::Settle {
        report,
        final_at: accepted.final_at,
    };
    Ok(WasmMsg::Execute {
        contract_addr: config.settlement.to_string(),
        msg: to_json_binary(&msg)?,
        funds: vec![],
    })
}

fn accepted_event(header: &Header, accepted: &Reported, carrier: &Addr) -> Event {
    Event::new(events::REPORT_ACCEPTED)
        .add_attribute("first_interval", header.first_interval.to_string())
        .add_attribute("intervals", header.intervals.to_string())
        .add_attribute("revision", header.revision.to_string())
        .add_attribute("digest", HexBinary::from(accepted.digest).to_hex())
        .add_attribute("signers", accepted.signers.to_string())
        .add_attribute("final_at", accepted.final_at.to_string())
        .add_attribute("carrier", carrier)
}
