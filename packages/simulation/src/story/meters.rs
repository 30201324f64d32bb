//! Meters: proposed by their owners, admitted by the operator.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use cosmwasm_std::{Addr, HexBinary};
use gridpact_readings::dataset::Dataset;
use gridpact_report::Resolution;
use gridpact_types::registry::answers::ProposalsResponse;
use gridpact_types::registry::bounds::MAX_ADMISSIONS;
use gridpact_types::registry::messages::ExecuteMsg;
use gridpact_types::registry::meters::{Admission, MeterKind, MeterProposal, ProposalId, Provenance};
use gridpact_types::registry::queries::QueryMsg;
use gridpact_units::{Amount, IntervalIndex, Power, Ppm};

use super::people::Home;
use super::stage::{Stage, Step};
use crate::mirror::terms;

/// A three-phase connection of 50 A, W: the limit of a home whose readings stay below it.
const HOME_LIMIT: u32 = 34_500;

/// The coarsest resolution that holds every reading exactly: 1 Wh, 0.25 Wh, and below in decades.
pub fn resolution(dataset: &Dataset) -> Result<Resolution> {
    let exact = |step: u64| {
        dataset
            .readings
            .iter()
            .all(|reading| reading.import.0.is_multiple_of(step) && reading.export.0.is_multiple_of(step))
    };
    let step = [1_000, 250, 100, 10]
        .into_iter()
        .find(|step| exact(u64::from(*step)))
        .unwrap_or(1);
    Ok(Resolution::from_milliwatt_hours(step)?)
}

/// Every home proposes its meter; the operator admits all from the first interval on.
pub fn admit(
    stage: &mut Stage,
    registry: &Addr,
    operator: &Addr,
    dataset: &Dataset,
    homes: &[Home],
    from: IntervalIndex,
) -> Result<()> {
    let mut proposals = Vec::with_capacity(homes.len());
    let mut admissions = Vec::with_capacity(homes.len());
    let meters = dataset.meters.iter().zip(limits(dataset));
    for (slot, (home, (meter, (import_limit, export_limit)))) in homes.iter().zip(meters).enumerate() {
        let kind = match (meter.producer, export_limit.0 > 0) {
            (true, _) => MeterKind::Producer,
            (false, true) => MeterKind::Prosumer,
            (false, false) => MeterKind::Consumer,
        };
        let meter = MeterProposal {
            serial_hash: serial_hash(slot, &meter.name),
            kind,
            import_limit,
            export_limit,
            provenance: Provenance::Sealed,
            part: Ppm::WHOLE,
        };
        let message = ExecuteMsg::ProposeMeter { meter };
        proposals.push(Step::new(&home.owner, registry, &message, Amount::ZERO)?);
        let terms = terms(slot);
        admissions.push(Admission {
            proposal: 0,
            household: None,
            weight: terms.weight,
            priority: terms.priority,
            buy_tier: terms.buy_tier,
            sell_tier: terms.sell_tier,
        });
    }
    stage.execute_each(proposals)?;
    let numbers = numbers(stage, registry)?;
    for (admission, home) in admissions.iter_mut().zip(homes) {
        let number = numbers.get(home.owner.as_str());
        admission.proposal = *number.context("a proposal is not listed")?;
    }
    for batch in admissions.chunks(MAX_ADMISSIONS) {
        let message = ExecuteMsg::AdmitMeters {
            admissions: batch.to_vec(),
            from: Some(from),
        };
        stage.execute(operator, registry, &message, Amount::ZERO)?;
    }
    Ok(())
}

/// The number of everybody's proposal, by its owner.
fn numbers(stage: &Stage, registry: &Addr) -> Result<BTreeMap<String, ProposalId>> {
    let mut numbers = BTreeMap::new();
    stage.pages(
        registry,
        |start_after| QueryMsg::Proposals {
            owner: None,
            start_after,
            limit: Some(100),
        },
        |page: ProposalsResponse| {
            let last = page.proposals.last().filter(|_| page.more);
            let last = last.map(|found| found.proposal);
            let found = page.proposals.into_iter();
            numbers.extend(found.map(|found| (found.owner, found.proposal)));
            Ok(last)
        },
    )?;
    Ok(numbers)
}

/// What each connection may take and give, W: a usual home's limit, or what the data needs.
fn limits(dataset: &Dataset) -> Vec<(Power, Power)> {
    let homes = dataset.meters.len();
    let mut most = vec![(0, 0); homes];
    for readings in dataset.readings.chunks_exact(homes) {
        for (most, reading) in most.iter_mut().zip(readings) {
            *most = (most.0.max(reading.import.0), most.1.max(reading.export.0));
        }
    }
    let watts = |energy: u64| {
        // mWh x 3,600 s / interval / 1,000, rounded up.
        let watts = u128::from(energy).saturating_mul(3_600);
        let interval = u128::from(dataset.interval.seconds()).saturating_mul(1_000);
        u32::try_from(watts.div_ceil(interval.max(1))).unwrap_or(u32::MAX)
    };
    let limit = |(meter, (import, export)): (&gridpact_readings::dataset::Meter, (u64, u64))| {
        let import_limit = if meter.producer {
            0
        } else {
            HOME_LIMIT.max(watts(import))
        };
        let export_limit = if meter.has_pv {
            HOME_LIMIT.max(watts(export))
        } else {
            0
        };
        (Power(import_limit), Power(export_limit))
    };
    dataset.meters.iter().zip(most).map(limit).collect()
}

fn serial_hash(slot: usize, name: &str) -> HexBinary {
    use sha2::{Digest, Sha256};
    HexBinary::from(&Sha256::digest(format!("{slot}:{name}"))[..])
}
