use cosmwasm_std::{to_json_binary, Addr, Api, Binary, HexBinary, Response, Storage, WasmMsg};
use gridpact_report::quorum::{check_quorum, Signature};
use gridpact_report::{body_hash, digest, split, Domain, Header, Resolution};
use gridpact_types::registry::events::RegistryEvent;
use gridpact_types::settlement;
use gridpact_types::settlement::messages::ReportBody;
use gridpact_units::UnixSeconds;

use crate::error::ContractError;
use crate::progress::Clock;
use crate::roster::RosterLimits;
use crate::schedule::advanced;
use crate::state::{self, Config};
use crate::window::{Reported, Window};

/// Accepts a report and has it settled in the same transaction: if settlement failed, nothing would have happened.
///
/// Cheap checks stand before expensive ones: the header, then a roster's limits, then the signatures. The readings are decoded once,
/// by the settlement, which holds them to the limits: nobody decodes them for a carrier without a quorum.
pub(crate) fn report(
    storage: &mut dyn Storage,
    api: &dyn Api,
    domain: &Domain,
    clock: &Clock,
    carrier: Addr,
    report: Binary,
    signatures: &[Signature],
) -> Result<Response, ContractError> {
    let config = state::config(storage)?;
    let progress = state::progress(storage)?;
    if progress.roster_version == 0 {
        return Err(ContractError::BeforeFirstRoster);
    }
    let (header, body) = split(&report)?;
    let body_hash = body_hash(body);
    if header.first_interval < progress.next_interval {
        return known(storage, &config, domain, &header, &body_hash);
    }
    progress.check(clock, &header)?;
    let limits = state::roster_limits(storage, header.roster_version)?;
    check_shape(&config, &limits, &header)?;
    let digest = digest(domain, &header, &body_hash);
    let signers = check_signatures(storage, api, header.epoch, &digest, signatures)?;

    let accepted = record(&config, clock, &header, body_hash, signers);
    let event = RegistryEvent::ReportAccepted {
        first_interval: header.first_interval,
        intervals: header.intervals,
        revision: header.revision,
        digest,
        body_hash,
        signers,
        final_at: accepted.final_at,
        carrier,
    };
    let settle = settle(&config, &header, report, &limits, accepted.final_at)?;
    state::save_window(storage, header.first_interval, &Window::Reported(accepted));
    let progress = advanced(storage, &progress, header.end())?;
    state::save_progress(storage, &progress);
    Ok(Response::new().add_event(event).add_message(settle))
}

/// A window that is closed already. The very report accepted before is harmless: two carriers may race, and neither
/// should fail. Header and body hash are proof enough, since a quorum signed them then.
fn known(
    storage: &dyn Storage,
    config: &Config,
    domain: &Domain,
    header: &Header,
    body_hash: &[u8; 32],
) -> Result<Response, ContractError> {
    let first_interval = header.first_interval;
    match state::window(storage, first_interval)? {
        Some(Window::Reported(accepted)) => {
            let resolution = Resolution::from_milliwatt_hours(config.resolution)?;
            let kept = accepted.header(first_interval, resolution);
            let expected = digest(domain, &kept, &accepted.body_hash);
            let got = digest(domain, header, body_hash);
            if got != expected {
                return Err(ContractError::OtherReport {
                    first_interval,
                    expected: HexBinary::from(expected).to_hex(),
                    got: HexBinary::from(got).to_hex(),
                });
            }
            Ok(Response::new().add_event(RegistryEvent::ReportKnown {
                first_interval,
                digest: got,
                body_hash: *body_hash,
                height: accepted.height,
            }))
        }
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

/// The header says the grid's resolution and the roster's number of seats.
fn check_shape(config: &Config, limits: &RosterLimits, header: &Header) -> Result<(), ContractError> {
    let resolution = header.resolution.milliwatt_hours();
    if resolution != config.resolution {
        return Err(ContractError::Resolution {
            expected: config.resolution,
            got: resolution,
        });
    }
    if usize::from(header.seats) != limits.0.len() {
        return Err(ContractError::Seats {
            expected: limits.0.len(),
            got: header.seats,
        });
    }
    Ok(())
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

fn record(config: &Config, clock: &Clock, header: &Header, body_hash: [u8; 32], signers: u32) -> Reported {
    Reported {
        mode: header.mode,
        scheme: header.scheme,
        epoch: header.epoch,
        roster_version: header.roster_version,
        intervals: header.intervals,
        seats: header.seats,
        revision: header.revision,
        body_hash,
        signers,
        height: clock.height,
        reported_at: clock.now,
        final_at: clock.now.plus(config.challenge_period),
    }
}

/// Hands the report on in its two parts, with what its readings may be. The body moves to the front of the bytes that came: it is not
/// held twice.
fn settle(
    config: &Config,
    header: &Header,
    report: Binary,
    limits: &RosterLimits,
    final_at: UnixSeconds,
) -> Result<WasmMsg, ContractError> {
    let connections = limits.connections(config.interval_length, header.resolution);
    let header = header.encode();
    let mut body = Vec::from(report);
    body.drain(..header.len());
    let msg = settlement::messages::ExecuteMsg::Settle {
        header: header.into(),
        body: ReportBody::Readings(body.into()),
        connections: connections.encode().into(),
        final_at,
    };
    Ok(WasmMsg::Execute {
        contract_addr: config.settlement.to_string(),
        msg: to_json_binary(&msg)?,
        funds: vec![],
    })
}
