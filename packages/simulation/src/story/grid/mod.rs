//! One grid on the chain: meters, deposits, reports, withdrawals.

mod close;
mod look;
mod report;

use anyhow::{ensure, Context, Result};
use cosmwasm_std::{Addr, HexBinary};
use gridpact_market::Fee;
use gridpact_report::sign::SigningKey;
use gridpact_report::Resolution;
use gridpact_types::escrow::answers::ProjectResponse;
use gridpact_types::escrow::queries::QueryMsg;
use gridpact_types::registry;
use gridpact_types::registry::committee::{Committee, Member};
use gridpact_types::registry::rosters::RostersBegin;
use gridpact_types::settlement;
use gridpact_types::settlement::accounts::{Destination, FeeAccount};
use gridpact_units::{Amount, Seconds, Slot};

use super::meters;
use super::neighbourhood::Neighbourhood;
use super::people::{self, Home, QUORUM};
use super::setting::{Setting, DAY};
use super::stage::{Stage, Step};
use crate::mirror::{Mirror, Needs};

/// Intervals that ended longer ago are not reported any more.
const REPORT_LIMIT: Seconds = Seconds::days(60);

/// A grid in operation.
pub struct Grid<'a> {
    setting: &'a Setting,
    homes: &'a [Home],
    registry: Addr,
    settlement: Addr,
    resolution: Resolution,
    keys: Vec<SigningKey>,
    carrier: Addr,
    mirror: Mirror<'a>,
    /// How much later than planned the latest report came: a node's blocks come when they come. Later ones wait as long, so
    /// that what was planned to be final by then is.
    late: u64,
    /// Slot of every seat; read from the roster with the first report.
    seats: Vec<usize>,
}

/// What homes take out of one grid and into the next.
pub struct Purses {
    /// The money of every home.
    pub balances: Vec<Amount>,
    /// What deposits it took so far.
    pub needs: Needs,
}

impl<'a> Grid<'a> {
    /// Deploys a grid for a stretch, admits the meters and takes the deposits.
    pub fn open(
        stage: &mut Stage,
        neighbourhood: Neighbourhood<'a>,
        stretch: usize,
        purses: Purses,
    ) -> Result<Self> {
        let Neighbourhood { setting, homes, .. } = neighbourhood;
        let dataset = &setting.dataset;
        let first = dataset.stretches.get(stretch).context("no such stretch")?.first;
        let start = dataset.interval.start_of(first);
        stage.at(stage.now().max(start.saturating_sub(DAY)))?;
        ensure!(
            stage.now() < start,
            "the stretch before ended less than two days ago"
        );

        let resolution = meters::resolution(dataset)?;
        let operator = stage.address("operator")?;
        let keys = people::oracle_keys()?;
        let committee = committee(stage, &keys)?;
        let (asset, fees) = (stage.asset(), fees(stage, neighbourhood, &operator)?);
        let (registry, settlement) = stage.deploy_grid(
            &format!("grid {stretch}"),
            |settlement| registry::messages::InstantiateMsg {
                operator: operator.to_string(),
                settlement: settlement.to_string(),
                interval_length: dataset.interval,
                resolution: resolution.milliwatt_hours(),
                committee,
                challenge_period: setting.scenario.windows.challenge_period,
                report_limit: REPORT_LIMIT,
                // With the stretch, and every day after.
                rosters_begin: RostersBegin {
                    every: Seconds::DAY,
                    offset: Seconds(start.checked_rem(DAY).unwrap_or_default()),
                },
            },
            |registry| settlement::messages::InstantiateMsg {
                registry: registry.to_string(),
                asset,
                policy: setting.policy.clone(),
                fees,
                rounding: Destination::Account {
                    address: operator.to_string(),
                },
            },
        )?;
        meters::admit(stage, (&registry, &operator), neighbourhood, first)?;
        deposit(stage, &settlement, homes, &purses.balances)?;
        Ok(Self {
            setting,
            homes,
            registry,
            settlement,
            resolution,
            keys,
            carrier: stage.address("carrier")?,
            mirror: Mirror::new(
                &setting.policy,
                &setting.connections,
                purses.balances,
                purses.needs,
            )?,
            late: 0,
            seats: vec![],
        })
    }
}

/// Everybody pays in what they have.
fn deposit(stage: &mut Stage, settlement: &Addr, homes: &[Home], balances: &[Amount]) -> Result<()> {
    let mut deposits = Vec::with_capacity(homes.len());
    for ((slot, home), balance) in (0..).zip(homes).zip(balances) {
        if !balance.is_zero() {
            let message = settlement::messages::ExecuteMsg::Deposit { slot: Slot(slot) };
            deposits.push(Step::new(&home.owner, settlement, &message, *balance)?);
        }
    }
    stage.execute_each(deposits)
}

fn committee(stage: &Stage, keys: &[SigningKey]) -> Result<Committee> {
    let member = |(number, key): (usize, &SigningKey)| -> Result<Member> {
        Ok(Member {
            address: stage.address(&format!("oracle {number}"))?.to_string(),
            public_key: HexBinary::from(key.public_key()),
        })
    };
    Ok(Committee {
        members: keys.iter().enumerate().map(member).collect::<Result<_>>()?,
        quorum: QUORUM,
    })
}

/// The one fee of a scenario flows back to those who paid for the street's grid.
fn fees(stage: &Stage, neighbourhood: Neighbourhood, operator: &Addr) -> Result<Vec<FeeAccount>> {
    let project = neighbourhood.street;
    let street: ProjectResponse = stage.query(&stage.escrow, &QueryMsg::Project { project })?;
    let account = |fee: &Fee| FeeAccount {
        id: fee.id,
        label: "network".to_owned(),
        destination: Destination::Project {
            escrow: stage.escrow.to_string(),
            project,
            terms_hash: street.terms_hash.clone(),
            otherwise: operator.to_string(),
        },
    };
    Ok(neighbourhood.setting.policy.fees.iter().map(account).collect())
}
