//! A grid made by messages alone, without the program: quickly, and of any size.

mod meters;
mod report;

use anyhow::{Context, Result};
use cosmwasm_std::HexBinary;
use gridpact_client::{Chain, Registry, Sender, Submitted, Transaction};
use gridpact_market::{AllocationRule, OwnInjection, Policy, PriceRule, RoundingRule, Tariff};
use gridpact_report::sign::SigningKey;
use gridpact_report::Resolution;
use gridpact_types::asset::Asset;
use gridpact_types::registry;
use gridpact_types::registry::committee::{Committee, Member};
use gridpact_types::registry::rosters::RostersBegin;
use gridpact_types::settlement;
use gridpact_types::settlement::accounts::{Destination, FeeAccount};
use gridpact_units::{IntervalLength, Price, Seconds};
use sha2::{Digest, Sha256};

use crate::Codes;

pub use meters::prosumer;

/// What a grid is made of.
#[derive(Clone, Debug)]
pub struct GridPlan {
    /// Its money.
    pub asset: Asset,
    /// Its rules.
    pub policy: Policy,
    /// Names and destinations of the policy's fees.
    pub fees: Vec<FeeAccount>,
    /// Where goes what rounding leaves.
    pub rounding: Destination,
    /// Members of the committee.
    pub members: u8,
    /// How many of them must sign.
    pub quorum: u8,
    /// How long a window stays provisional.
    pub challenge_period: Seconds,
    /// How long an interval may be reported.
    pub report_limit: Seconds,
}

impl GridPlan {
    /// Quarter hours, `even` at 0.20 a kWh, no fee, 3 of 4 oracles, a challenge period of an hour, a report limit of 30 days.
    pub fn usual(asset: Asset, rounding: &str) -> Self {
        Self {
            asset,
            policy: Policy {
                interval_length: IntervalLength::QUARTER_HOUR,
                buyers: AllocationRule::Even,
                sellers: AllocationRule::ProRata,
                price: PriceRule::Fixed {
                    price: Price(200_000_000),
                },
                tariff: Tariff::NONE,
                fees: Vec::new(),
                rounding: RoundingRule::LARGEST_REMAINDER,
                withdrawal_notice: Seconds(0),
                own_injection: OwnInjection::Excluded,
            },
            fees: Vec::new(),
            rounding: Destination::Account {
                address: rounding.to_owned(),
            },
            members: 4,
            quorum: 3,
            challenge_period: Seconds(3_600),
            report_limit: Seconds::days(30),
        }
    }
}

/// A grid on the chain.
#[derive(Clone)]
pub struct Grid {
    /// The meter-registry.
    pub registry: String,
    /// The energy-settlement.
    pub settlement: String,
    /// Who admits meters.
    pub operator: Sender,
    /// The oracles' keys, in the committee's order.
    pub oracles: Vec<SigningKey>,
    /// Signatures that a report needs.
    pub quorum: u8,
    interval: IntervalLength,
    asset: Asset,
}

impl Grid {
    /// Makes both contracts in one transaction; storing their code first where the chain has it not. `name` tells grids of
    /// one operator apart.
    pub async fn make(operator: &Sender, name: &str, plan: &GridPlan) -> Result<Self> {
        let oracles: Vec<SigningKey> = (0..plan.members)
            .map(|member| oracle(name, member))
            .collect::<Result<_>>()?;
        let keys: Vec<[u8; 33]> = oracles.iter().map(SigningKey::public_key).collect();
        let made = Self::make_for(operator, name, plan, &keys).await?;
        Ok(Self { oracles, ..made })
    }

    /// The same with a committee of these keys, which somebody else holds.
    pub async fn make_for(operator: &Sender, name: &str, plan: &GridPlan, keys: &[[u8; 33]]) -> Result<Self> {
        let (chain, codes) = (operator.chain(), Codes::find_or_store(operator).await?);
        let salt = name.as_bytes();
        let registry = codes.registry.address(chain, operator.address(), salt)?;
        let settlement = codes.settlement.address(chain, operator.address(), salt)?;
        // The members' addresses differ and are asked for nothing here: any that are somebody's alone.
        let member = |public_key: &[u8; 33]| -> Result<Member> {
            Ok(Member {
                address: chain.predict(&codes.registry.checksum, operator.address(), public_key)?,
                public_key: HexBinary::from(public_key),
            })
        };
        let of_registry = registry::messages::InstantiateMsg {
            operator: operator.address().to_owned(),
            settlement: settlement.clone(),
            interval_length: plan.policy.interval_length,
            resolution: Resolution::WATT_HOUR.milliwatt_hours(),
            committee: Committee {
                members: keys.iter().map(member).collect::<Result<_>>()?,
                quorum: plan.quorum,
            },
            challenge_period: plan.challenge_period,
            report_limit: plan.report_limit,
            rosters_begin: RostersBegin {
                every: Seconds(plan.policy.interval_length.seconds().into()),
                offset: Seconds(0),
            },
        };
        let of_settlement = settlement::messages::InstantiateMsg {
            registry: registry.clone(),
            asset: plan.asset.clone(),
            policy: plan.policy.clone(),
            fees: plan.fees.clone(),
            rounding: plan.rounding.clone(),
        };
        let messages = [
            codes.registry.instantiate(name, salt, &of_registry)?,
            codes.settlement.instantiate(name, salt, &of_settlement)?,
        ];
        operator.send(&messages).await.context("a grid")?;
        Ok(Self {
            registry,
            settlement,
            operator: operator.clone(),
            oracles: Vec::new(),
            quorum: plan.quorum,
            interval: plan.policy.interval_length,
            asset: plan.asset.clone(),
        })
    }

    fn chain(&self) -> &Chain {
        self.operator.chain()
    }

    fn contract(&self) -> Registry {
        Registry::new(self.chain(), &self.registry)
    }

    async fn wait_for_all(&self, submitted: Vec<Submitted>) -> Result<Vec<Transaction>> {
        let mut done = Vec::with_capacity(submitted.len());
        for submitted in submitted {
            done.push(self.chain().wait(&submitted).await?.result()?);
        }
        Ok(done)
    }
}

/// An oracle's key; the same name and number give the same.
fn oracle(grid: &str, member: u8) -> Result<SigningKey> {
    let secret = Sha256::digest(format!("{grid} {member}").as_bytes());
    Ok(SigningKey::from_bytes(&secret.into())?)
}
