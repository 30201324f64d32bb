//! Meters: proposed by their owners, admitted by the operator.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use cosmwasm_std::{Addr, HexBinary};
use gridpact_readings::dataset::Dataset;
use gridpact_report::Resolution;
use gridpact_types::registry::answers::ProposalsResponse;
use gridpact_types::registry::bounds::MAX_ADMISSIONS;
use gridpact_types::registry::messages::ExecuteMsg;
use gridpact_types::registry::meters::{Admission, MeterProposal, ProposalId, Provenance};
use gridpact_types::registry::queries::QueryMsg;
use gridpact_units::{Amount, IntervalIndex, Power};

use super::neighbourhood::Neighbourhood;
use super::setting::Setting;
use super::stage::{Stage, Step};
use crate::connections::Connection;

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
    (registry, operator): (&Addr, &Addr),
    neighbourhood: Neighbourhood,
    from: IntervalIndex,
) -> Result<()> {
    let Neighbourhood { setting, homes, .. } = neighbourhood;
    let dataset = &setting.dataset;
    let mut proposals = Vec::with_capacity(homes.len());
    let mut admissions = Vec::with_capacity(homes.len());
    let mut founded = 0_u32;
    let meters = dataset.meters.iter().zip(limits(setting));
    let meters = meters.zip(setting.connections.iter()).enumerate();
    for (home, (slot, ((meter, (import_limit, export_limit)), connection))) in homes.iter().zip(meters) {
        let terms = connection.terms;
        let meter = MeterProposal {
            serial_hash: serial_hash(slot, &meter.name),
            kind: connection.kind,
            import_limit,
            export_limit,
            provenance: Provenance::Sealed,
            part: terms.part,
        };
        let message = ExecuteMsg::ProposeMeter { meter };
        proposals.push(Step::new(&home.owner, registry, &message, Amount::ZERO)?);
        // The registry numbers households as they are founded.
        let founds = terms.household == founded;
        founded = founded.saturating_add(founds.into());
        admissions.push(Admission {
            proposal: 0,
            household: (!founds).then_some(terms.household),
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

/// What each connection may take and give, W: a usual home's limit, or what the data needs; nothing where its kind cannot.
fn limits(setting: &Setting) -> Vec<(Power, Power)> {
    let dataset = &setting.dataset;
    let homes = dataset.meters.len();
    let mut most = vec![(0, 0); homes];
    for readings in dataset.rows() {
        for (most, reading) in most.iter_mut().zip(&readings) {
            *most = (most.0.max(reading.import.0), most.1.max(reading.export.0));
        }
    }
    let watts = |acts: bool, stated: Option<Power>, energy: u64| {
        if !acts {
            return Power(0);
        }
        // What is beyond it is missing by now.
        if let Some(stated) = stated {
            return stated;
        }
        // mWh x 3,600 s / interval / 1,000, rounded up.
        let watts = u128::from(energy).saturating_mul(3_600);
        let interval = u128::from(dataset.interval.seconds()).saturating_mul(1_000);
        let watts = u32::try_from(watts.div_ceil(interval.max(1))).unwrap_or(u32::MAX);
        Power(HOME_LIMIT.max(watts))
    };
    let limit = |(connection, (import, export)): (&Connection, (u64, u64))| {
        (
            watts(connection.kind.takes(), connection.limits.0, import),
            watts(connection.kind.gives(), connection.limits.1, export),
        )
    };
    setting.connections.iter().zip(most).map(limit).collect()
}

fn serial_hash(slot: usize, name: &str) -> HexBinary {
    use sha2::{Digest, Sha256};
    HexBinary::from(&Sha256::digest(format!("{slot}:{name}"))[..])
}
