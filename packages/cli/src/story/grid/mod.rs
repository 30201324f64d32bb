//! One grid on the chain: meters, deposits, reports, withdrawals.

mod look;
mod report;

use anyhow::{ensure, Context, Result};
use cosmwasm_std::{Addr, HexBinary};
use gridpact_report::sign::SigningKey;
use gridpact_report::Resolution;
use gridpact_types::escrow::terms::ProjectId;
use gridpact_types::registry;
use gridpact_types::registry::committee::{Committee, Member};
use gridpact_types::settlement;
use gridpact_types::settlement::accounts::{CommunityAccount, Destination, FeeAccount};
use gridpact_types::settlement::answers::{BooksResponse, HeldWindowsResponse};
use gridpact_types::settlement::bounds::MAX_FINALISED;
use gridpact_units::{Amount, Seconds, Slot};

use super::chain::{Chain, Step};
use super::people::{self, Home, QUORUM};
use super::promises::{Promise, Promises};
use super::{meters, Setting, DAY};
use crate::options::Plan;
use crate::simulate::{Mirror, Needs, CHALLENGE_PERIOD};

/// Intervals that ended longer ago are not reported any more.
const REPORT_LIMIT: Seconds = Seconds::days(60);

/// A grid in operation.
pub struct Grid<'a> {
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

/// What a grid leaves.
pub struct Ending {
    /// What every home took out.
    pub balances: Vec<Amount>,
    /// What the community account paid out.
    pub swept: u128,
    /// What deposits it took so far.
    pub needs: Needs,
}

impl<'a> Grid<'a> {
    /// Deploys a grid for a stretch, admits the meters and takes the deposits.
    pub fn open(
        chain: &mut Chain,
        setting: &Setting<'a>,
        homes: &[Home],
        street: ProjectId,
        stretch: usize,
        balances: Vec<Amount>,
        needs: Needs,
    ) -> Result<Self> {
        let dataset = setting.dataset;
        let first = dataset.stretches.get(stretch).context("no such stretch")?.first;
        let start = dataset.interval.start_of(first);
        chain.at(chain.now().max(start - DAY))?;
        ensure!(
            chain.now() < start,
            "the stretch before ended less than two days ago"
        );

        let keys = people::oracle_keys()?;
        let resolution = meters::resolution(dataset)?;
        let operator = chain.address("operator")?;
        let committee = committee(chain, &keys)?;
        let (asset, fees) = (chain.asset(), fees(chain, setting.plan, street));
        let (registry, settlement) = chain.deploy_grid(
            &format!("grid {stretch}"),
            |settlement| registry::messages::InstantiateMsg {
                operator: operator.to_string(),
                settlement: settlement.to_string(),
                interval_length: dataset.interval,
                resolution: resolution.milliwatt_hours(),
                committee,
                challenge_period: Seconds(CHALLENGE_PERIOD),
                report_limit: REPORT_LIMIT,
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
        meters::admit(chain, &registry, &operator, dataset, homes, first)?;
        let mut deposits = Vec::with_capacity(homes.len());
        for (slot, (home, balance)) in homes.iter().zip(&balances).enumerate() {
            if !balance.is_zero() {
                let message = settlement::messages::ExecuteMsg::Deposit {
                    slot: Slot(u32::try_from(slot)?),
                };
                deposits.push(Step::new(&home.owner, &settlement, &message, *balance)?);
            }
        }
        chain.execute_each(deposits)?;
        let carrier = chain.address("carrier")?;
        let mirror = Mirror::new(setting.policy, balances, needs)?;
        Ok(Self {
            registry,
            settlement,
            resolution,
            keys,
            carrier,
            mirror,
            late: 0,
            seats: vec![],
        })
    }

    /// Everything becomes final, fees go where they belong, and everybody takes out what is theirs.
    pub fn close(
        mut self,
        chain: &mut Chain,
        promises: &mut Promises,
        homes: &[Home],
        plan: &Plan,
    ) -> Result<Ending> {
        let settlement = self.settlement.clone();
        if let Some(last) = self.mirror.last_final_at() {
            chain.at(last)?;
            self.mirror.finalise(last)?;
        }
        let held = settlement::queries::QueryMsg::HeldWindows {
            start_after: None,
            limit: Some(1),
        };
        while !chain
            .query::<HeldWindowsResponse>(&settlement, &held)?
            .windows
            .is_empty()
        {
            let message = settlement::messages::ExecuteMsg::Finalise {
                limit: Some(MAX_FINALISED),
            };
            chain.execute(&self.carrier, &settlement, &message, Amount::ZERO)?;
        }
        self.compare(chain, promises, "when all was final")?;

        let balances = self.mirror.free().to_vec();
        let mut withdrawals = Vec::with_capacity(homes.len());
        let mut before = Vec::with_capacity(homes.len());
        for (slot, home) in homes.iter().enumerate() {
            before.push(chain.balance(&home.owner)?);
            if !balances[slot].is_zero() {
                let message = settlement::messages::ExecuteMsg::Withdraw {
                    slot: Slot(u32::try_from(slot)?),
                    amount: None,
                };
                withdrawals.push(Step::new(&home.owner, &settlement, &message, Amount::ZERO)?);
            }
        }
        chain.execute_each(withdrawals)?;
        for (slot, home) in homes.iter().enumerate() {
            let got = chain.balance(&home.owner)?.saturating_sub(before[slot]);
            promises.equal(Promise::Withdrawn, || format!("slot {slot}"), balances[slot], got);
        }
        let before: BooksResponse = chain.query(&settlement, &settlement::queries::QueryMsg::Books {})?;
        promises.equal(
            Promise::Withdrawn,
            || "left in accounts".to_owned(),
            0,
            before.free.0 + before.held.0,
        );
        let mut parts = vec![CommunityAccount::Rounding {}];
        if plan.fee.0 > 0 {
            parts.push(CommunityAccount::Fee { index: 0 });
        }
        for account in parts {
            // Nothing to sweep is refused, which is no breach: the books say what was left.
            let _ = chain.execute(
                &self.carrier,
                &settlement,
                &settlement::messages::ExecuteMsg::Sweep { account },
                Amount::ZERO,
            );
        }
        let books: BooksResponse = chain.query(&settlement, &settlement::queries::QueryMsg::Books {})?;
        promises.equal(
            Promise::Conserved,
            || "left in the community account".to_owned(),
            0,
            books.community.0,
        );
        let held = chain.balance(&settlement)?.0;
        promises.equal(
            Promise::Conserved,
            || "left in the settlement".to_owned(),
            0,
            held,
        );
        Ok(Ending {
            balances,
            swept: books.swept.0,
            needs: self.mirror.into_needs(),
        })
    }
}

fn committee(chain: &Chain, keys: &[SigningKey]) -> Result<Committee> {
    let member = |(number, key): (usize, &SigningKey)| -> Result<Member> {
        Ok(Member {
            address: chain.address(&format!("oracle {number}"))?.to_string(),
            public_key: HexBinary::from(key.public_key()),
        })
    };
    Ok(Committee {
        members: keys.iter().enumerate().map(member).collect::<Result<_>>()?,
        quorum: QUORUM,
    })
}

/// The one fee of the command line flows back to those who paid for the street's grid.
fn fees(chain: &Chain, plan: &Plan, street: ProjectId) -> Vec<FeeAccount> {
    let destination = Destination::Project {
        escrow: chain.escrow.to_string(),
        project: street,
    };
    if plan.fee.0 == 0 {
        return vec![];
    }
    vec![FeeAccount {
        label: "network".to_owned(),
        destination,
    }]
}
