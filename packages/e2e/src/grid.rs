//! A grid made by messages alone, without the program: quickly, and of any size.

use anyhow::{ensure, Context, Result};
use cosmwasm_std::{coin, Binary, HexBinary};
use gridpact_client::{Chain, Message, Sender, Submitted, Transaction};
use gridpact_market::{AllocationRule, Policy, PriceRule, Tariff};
use gridpact_report::sign::SigningKey;
use gridpact_report::{digest, encode, Domain, Header, Report, Resolution};
use gridpact_types::registry::{
    self, Admission, Committee, Member, MeterKind, MeterProposal, NextReportResponse, Provenance, Signature,
};
use gridpact_types::settlement::{self, Destination, FeeAccount};
use gridpact_types::Asset;
use gridpact_units::{IntervalLength, Power, Ppm, Price, Reading, Seconds, Slot};
use sha2::{Digest, Sha256};

use crate::{Codes, Person};

/// Most open proposals of one address.
pub const MOST_PROPOSALS: usize = 8;
/// Most admissions in one message.
pub const MOST_ADMISSIONS: usize = 128;
/// Deposits sent in one transaction.
const DEPOSITS_A_TRANSACTION: usize = 50;

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
        let (chain, codes) = (operator.chain(), Codes::find_or_store(operator).await?);
        let salt = name.as_bytes();
        let registry = codes.registry.address(chain, operator.address(), salt)?;
        let settlement = codes.settlement.address(chain, operator.address(), salt)?;
        let oracles: Vec<SigningKey> = (0..plan.members)
            .map(|member| oracle(name, member))
            .collect::<Result<_>>()?;
        // The members' addresses differ and are asked for nothing here: any that are somebody's alone.
        let member = |key: &SigningKey| -> Result<Member> {
            let public_key = key.public_key();
            Ok(Member {
                address: chain.predict(&codes.registry.checksum, operator.address(), &public_key)?,
                public_key: HexBinary::from(public_key),
            })
        };
        let of_registry = registry::InstantiateMsg {
            operator: operator.address().to_owned(),
            settlement: settlement.clone(),
            interval_length: plan.policy.interval_length,
            resolution: Resolution::WATT_HOUR.milliwatt_hours(),
            committee: Committee {
                members: oracles.iter().map(member).collect::<Result<_>>()?,
                quorum: plan.quorum,
            },
            challenge_period: plan.challenge_period,
            report_limit: plan.report_limit,
        };
        let of_settlement = settlement::InstantiateMsg {
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
            oracles,
            quorum: plan.quorum,
            interval: plan.policy.interval_length,
            asset: plan.asset.clone(),
        })
    }

    fn chain(&self) -> &Chain {
        self.operator.chain()
    }

    /// Admits so many prosumers of 30 kW, who own their slots eight by eight, and take part from the next interval on.
    pub async fn admit(&self, owners: &[Person], meters: usize) -> Result<()> {
        let admissions: Vec<Admission> = self
            .propose(owners, meters)
            .await?
            .into_iter()
            .map(admission)
            .collect();
        let mut admitted = Vec::new();
        for batch in admissions.chunks(MOST_ADMISSIONS) {
            let msg = registry::ExecuteMsg::AdmitMeters {
                admissions: batch.to_vec(),
                from: None,
            };
            let message = Message::execute(&self.registry, &msg, vec![])?;
            admitted.push(self.operator.submit(&[message]).await.context("admissions")?);
        }
        self.wait_for_all(admitted).await?;
        Ok(())
    }

    /// Proposes so many prosumers of 30 kW, eight an owner; all proposals go out before the first block is waited for.
    pub async fn propose(&self, owners: &[Person], meters: usize) -> Result<Vec<registry::ProposalId>> {
        let needed = meters.div_ceil(MOST_PROPOSALS);
        ensure!(
            owners.len() >= needed,
            "{meters} meters: expected {needed} owners, got {}",
            owners.len()
        );
        let known = self.config().await?.slots;
        let mut proposed = Vec::with_capacity(needed);
        for (owner, first) in owners.iter().zip((0..meters).step_by(MOST_PROPOSALS)) {
            let propose = |meter: usize| {
                let meter = prosumer(&format!("{} {known} {meter}", self.registry));
                Message::execute(
                    &self.registry,
                    &registry::ExecuteMsg::ProposeMeter { meter },
                    vec![],
                )
            };
            let last = meters.min(first + MOST_PROPOSALS);
            let messages: Vec<Message> = (first..last).map(propose).collect::<Result<_, _>>()?;
            proposed.push(owner.sender.submit(&messages).await.context("proposals")?);
        }
        let mut numbers = Vec::with_capacity(meters);
        for done in self.wait_for_all(proposed).await? {
            for number in done.attributes("wasm-meter_proposed", "proposal") {
                numbers.push(number.parse()?);
            }
        }
        Ok(numbers)
    }

    /// Pays the same into each of these slots, from one native purse.
    pub async fn deposit(&self, payer: &Sender, slots: core::ops::Range<u32>, amount: u128) -> Result<()> {
        let Asset::Native { denom } = &self.asset else {
            anyhow::bail!("deposit: expected a grid of a native coin, got {}", self.asset);
        };
        let slots: Vec<Slot> = slots.map(Slot).collect();
        let mut paid = Vec::new();
        for batch in slots.chunks(DEPOSITS_A_TRANSACTION) {
            let message = |slot: &Slot| {
                let msg = settlement::ExecuteMsg::Deposit { slot: *slot };
                Message::execute(&self.settlement, &msg, vec![coin(amount, denom)])
            };
            let messages: Vec<Message> = batch.iter().map(message).collect::<Result<_, _>>()?;
            paid.push(payer.submit(&messages).await.context("deposits")?);
        }
        self.wait_for_all(paid).await?;
        Ok(())
    }

    /// The registry's own words on itself.
    pub async fn config(&self) -> Result<registry::ConfigResponse> {
        Ok(self
            .chain()
            .query(&self.registry, &registry::QueryMsg::Config {})
            .await?)
    }

    /// What the next report must cover.
    pub async fn next_report(&self) -> Result<NextReportResponse> {
        Ok(self
            .chain()
            .query(&self.registry, &registry::QueryMsg::NextReport {})
            .await?)
    }

    /// Moves the devnet's clock until the next report may cover so many intervals, and says what it must cover.
    pub async fn until_reportable(&self, intervals: u16) -> Result<NextReportResponse> {
        let next = self.next_report().await?;
        let first = next.first_interval.context("no meter is admitted")?;
        let end = self.interval.start_of(first.plus(intervals.into()));
        let now = self.chain().latest().await?.time.0;
        if now < end {
            self.chain().advance(end - now).await?;
        }
        let next = self.next_report().await?;
        ensure!(
            next.max_intervals >= intervals,
            "expected {intervals} reportable intervals, got {}",
            next.max_intervals
        );
        Ok(next)
    }

    /// The bytes of the next report: readings interval by interval, one a seat.
    pub fn write(&self, next: &NextReportResponse, readings: Vec<Reading>, revision: u16) -> Result<Vec<u8>> {
        let header = Header {
            epoch: next.epoch,
            roster_version: next.roster_version,
            first_interval: next.first_interval.context("no meter is admitted")?,
            intervals: u16::try_from(readings.len() / usize::from(next.seats))?,
            seats: next.seats,
            revision,
            resolution: Resolution::from_milliwatt_hours(next.resolution)?,
        };
        Ok(encode(&Report { header, readings })?)
    }

    /// Signatures of these members over a report.
    pub fn sign(&self, report: &[u8], members: impl IntoIterator<Item = u8>) -> Vec<Signature> {
        let domain = Domain {
            chain_id: &self.chain().network().chain_id,
            registry: &self.registry,
        };
        let digest = digest(&domain, report);
        let sign = |member: u8| Signature {
            member,
            signature: Binary::from(self.oracles[usize::from(member)].sign_digest(&digest)),
        };
        members.into_iter().map(sign).collect()
    }

    /// The message that carries a report, signed by the first members, just enough.
    pub fn report(&self, report: &[u8]) -> Result<Message> {
        let msg = registry::ExecuteMsg::Report {
            report: Binary::from(report),
            signatures: self.sign(report, 0..self.quorum),
        };
        Ok(Message::execute(&self.registry, &msg, vec![])?)
    }

    async fn wait_for_all(&self, submitted: Vec<Submitted>) -> Result<Vec<Transaction>> {
        let mut done = Vec::with_capacity(submitted.len());
        for submitted in submitted {
            done.push(self.chain().wait(&submitted).await?.result()?);
        }
        Ok(done)
    }
}

/// A connection point that takes and gives up to 30 kW.
pub fn prosumer(serial: &str) -> MeterProposal {
    MeterProposal {
        serial_hash: HexBinary::from(Sha256::digest(serial.as_bytes()).to_vec()),
        kind: MeterKind::Prosumer,
        import_limit: Power(30_000),
        export_limit: Power(30_000),
        provenance: Provenance::Sealed,
        part: Ppm::WHOLE,
    }
}

/// Admission with the usual terms: a household of its own, weight 1.
pub fn admission(proposal: registry::ProposalId) -> Admission {
    Admission {
        proposal,
        household: None,
        weight: 1,
        priority: 0,
        buy_tier: 0,
        sell_tier: 0,
    }
}

/// An oracle's key; the same name and number give the same.
fn oracle(grid: &str, member: u8) -> Result<SigningKey> {
    let secret = Sha256::digest(format!("{grid} {member}").as_bytes());
    Ok(SigningKey::from_bytes(&secret.into())?)
}
