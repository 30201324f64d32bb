//! A grid's books from the chain's transactions alone: messages are read back from the blocks, reports decoded and settled
//! with `gridpact-market`. No contract is asked for anything, and none of their events is believed.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use anyhow::{ensure, Context, Result};
use cosmwasm_std::{from_json, Coin};
use cw20::Cw20ExecuteMsg;
use gridpact_client::{Chain, Message, Settlement, Transaction};
use gridpact_e2e::Token;
use gridpact_market::{settle_window, Account, Terms, WindowOutcome};
use gridpact_report::quorum::{check_quorum, Signature};
use gridpact_report::{decode, digest, sign, Domain};
use gridpact_types::registry::{self, Admission, MeterProposal};
use gridpact_types::settlement::{self, BooksResponse, CommunityAccount};
use gridpact_types::Asset;
use gridpact_units::{Amount, IntervalIndex, Slot, UnixSeconds};

/// Windows that a report makes final on its way, and that `finalise` does by default
/// (contracts/energy-settlement/README.md).
const FINALISED_A_REPORT: usize = 4;
const FINALISED_A_MESSAGE: usize = 16;
/// Blocks that exist are there at once.
const A_BLOCK: Duration = Duration::from_secs(10);

/// A grid as its transactions make it.
#[derive(Default)]
pub struct Recomputed {
    /// Free balances by slot.
    pub free: BTreeMap<Slot, u128>,
    /// Fees not swept, in the policy's order.
    pub fees: Vec<u128>,
    /// What rounding left.
    pub rounding: u128,
    /// Paid in.
    pub deposited: u128,
    /// Taken out by owners.
    pub withdrawn: u128,
    /// Taken out of the community account.
    pub swept: u128,
    /// Every window's result, in order.
    pub windows: Vec<WindowOutcome>,
    chain_id: String,
    addresses: (String, String),
    terms: Option<registry::InstantiateMsg>,
    policy: Option<settlement::InstantiateMsg>,
    proposals: Vec<MeterProposal>,
    households: u32,
    /// First interval of each roster and its slots by seat; the first roster is version 1.
    rosters: Vec<(IntervalIndex, Vec<(Slot, Terms)>)>,
    held: VecDeque<Held>,
}

struct Held {
    final_at: UnixSeconds,
    slots: Vec<Slot>,
    outcome: WindowOutcome,
}

impl Recomputed {
    /// Reads the blocks from a height to the newest.
    pub async fn read(chain: &Chain, registry: &str, settlement: &str, from: u64) -> Result<Self> {
        let mut books = Self {
            chain_id: chain.network().chain_id.clone(),
            addresses: (registry.to_owned(), settlement.to_owned()),
            ..Self::default()
        };
        let last = chain.latest().await?.height;
        let mut follow = chain.follow(from);
        while follow.height() <= last {
            let (block, transactions) = follow.next(A_BLOCK).await?;
            for transaction in transactions.iter().filter(|transaction| transaction.code == 0) {
                books
                    .transaction(block.time, transaction)
                    .with_context(|| transaction.hash.clone())?;
            }
        }
        Ok(books)
    }

    /// Fails where the settlement's own words, or what it has, differ from this by a base unit.
    pub async fn check(&self, chain: &Chain) -> Result<()> {
        let settlement = Settlement::new(chain, &self.addresses.1);
        let accounts = settlement.all_accounts().await?;
        let told: BTreeMap<Slot, u128> = accounts
            .iter()
            .map(|account| (account.slot, account.free.0))
            .collect();
        ensure!(
            told == self.free,
            "free: told {told:?}, recomputed {:?}",
            self.free
        );
        let community = settlement.community().await?;
        let fees: Vec<u128> = community.fees.iter().map(|fee| fee.0).collect();
        ensure!(
            fees == self.fees,
            "fees: told {fees:?}, recomputed {:?}",
            self.fees
        );
        let mut left = self.fees.clone();
        left.push(self.rounding);
        let books = settlement.books().await?;
        let sum = |parts: &mut dyn Iterator<Item = &u128>| Amount(parts.sum());
        let recomputed = BooksResponse {
            deposited: Amount(self.deposited),
            withdrawn: Amount(self.withdrawn),
            swept: Amount(self.swept),
            free: sum(&mut self.free.values()),
            held: Amount(self.held()),
            community: sum(&mut left.iter()),
        };
        ensure!(
            books == recomputed,
            "books: told {books:?}, recomputed {recomputed:?}"
        );
        let has = match &self.policy()?.asset {
            Asset::Native { denom } => chain.balance(&self.addresses.1, denom).await?,
            Asset::Cw20 { address } => {
                Token {
                    address: address.clone(),
                }
                .balance(chain, &self.addresses.1)
                .await?
            }
        };
        ensure!(
            has == self.holding(),
            "the settlement has {has}, recomputed {}",
            self.holding()
        );
        Ok(())
    }

    /// Debits of windows not yet final.
    pub fn held(&self) -> u128 {
        self.held.iter().map(|held| held.outcome.totals.debit.0).sum()
    }

    /// What the settlement has: every unit that came and did not go.
    pub fn holding(&self) -> u128 {
        self.deposited - self.withdrawn - self.swept
    }

    fn transaction(&mut self, now: UnixSeconds, transaction: &Transaction) -> Result<()> {
        let mut made = transaction.attributes("instantiate", "_contract_address");
        for message in &transaction.messages {
            match message {
                Message::Instantiate2 { msg, .. } => {
                    let address = made.next().context("an instantiation without a contract")?;
                    if address == self.addresses.0 {
                        self.terms = Some(from_json(msg)?);
                    } else if address == self.addresses.1 {
                        let policy: settlement::InstantiateMsg = from_json(msg)?;
                        self.fees = vec![0; policy.fees.len()];
                        self.policy = Some(policy);
                    }
                }
                Message::Execute { contract, msg, .. } if *contract == self.addresses.0 => {
                    self.registry(now, from_json(msg)?)?;
                }
                Message::Execute { contract, msg, funds } if *contract == self.addresses.1 => {
                    self.settlement(now, from_json(msg)?, funds)?;
                }
                Message::Execute { contract, msg, .. } => self.token(contract, msg)?,
                _ => {}
            }
        }
        Ok(())
    }

    fn terms(&self) -> Result<&registry::InstantiateMsg> {
        self.terms.as_ref().context("the registry was made before")
    }

    fn policy(&self) -> Result<&settlement::InstantiateMsg> {
        self.policy.as_ref().context("the settlement was made before")
    }

    fn registry(&mut self, now: UnixSeconds, msg: registry::ExecuteMsg) -> Result<()> {
        match msg {
            registry::ExecuteMsg::ProposeMeter { meter } => self.proposals.push(meter),
            registry::ExecuteMsg::AdmitMeters { admissions, from } => self.admit(now, &admissions, from)?,
            registry::ExecuteMsg::Report { report, signatures } => self.report(now, &report, &signatures)?,
            _ => {}
        }
        Ok(())
    }

    fn admit(
        &mut self,
        now: UnixSeconds,
        admissions: &[Admission],
        from: Option<IntervalIndex>,
    ) -> Result<()> {
        let length = self.terms()?.interval_length;
        let from = from.unwrap_or_else(|| length.index_at(now.0).plus(1));
        let mut roster = self
            .rosters
            .last()
            .map(|(_, meters)| meters.clone())
            .unwrap_or_default();
        for admission in admissions {
            let number = usize::try_from(admission.proposal)? - 1;
            let proposal = self
                .proposals
                .get(number)
                .context("an admission without a proposal")?;
            let household = admission.household.unwrap_or_else(|| {
                self.households += 1;
                self.households - 1
            });
            let slot = Slot(u32::try_from(roster.len())?);
            let terms = Terms {
                household,
                weight: admission.weight,
                part: proposal.part,
                priority: admission.priority,
                buy_tier: admission.buy_tier,
                sell_tier: admission.sell_tier,
            };
            roster.push((slot, terms));
            self.free.insert(slot, 0);
        }
        self.rosters.retain(|(known, _)| *known != from);
        self.rosters.push((from, roster));
        Ok(())
    }

    fn report(&mut self, now: UnixSeconds, bytes: &[u8], signatures: &[registry::Signature]) -> Result<()> {
        self.check_signatures(bytes, signatures)?;
        self.finalise(now, FINALISED_A_REPORT);
        let report = decode(bytes)?;
        let version = usize::try_from(report.header.roster_version)?;
        let (_, meters) = self.rosters.get(version - 1).context("a report of no roster")?;
        let account = |(slot, terms): &(Slot, Terms)| Account::new(*slot, *terms, Amount(self.free[slot]));
        let accounts: Vec<Account> = meters.iter().map(account).collect();
        let first = report.header.first_interval;
        let outcome = settle_window(&self.policy()?.policy, &accounts, first, &report.readings)?;
        for (account, result) in accounts.iter().zip(&outcome.results) {
            take(&mut self.free, account.slot, result.debit.0)?;
        }
        self.windows.push(outcome.clone());
        self.held.push_back(Held {
            final_at: now.plus(self.terms()?.challenge_period),
            slots: accounts.iter().map(|account| account.slot).collect(),
            outcome,
        });
        Ok(())
    }

    fn check_signatures(&self, bytes: &[u8], signatures: &[registry::Signature]) -> Result<()> {
        let committee = &self.terms()?.committee;
        let domain = Domain {
            chain_id: &self.chain_id,
            registry: &self.addresses.0,
        };
        let keys: Vec<&[u8]> = committee
            .members
            .iter()
            .map(|member| member.public_key.as_slice())
            .collect();
        let signature = |given: &registry::Signature| -> Result<Signature> {
            Ok(Signature {
                member: given.member,
                signature: given.signature.as_slice().try_into()?,
            })
        };
        let signatures: Vec<Signature> = signatures.iter().map(signature).collect::<Result<_>>()?;
        check_quorum(
            &keys,
            committee.quorum.into(),
            &digest(&domain, bytes),
            &signatures,
            sign::verify,
        )?;
        Ok(())
    }

    /// Windows whose time is over become final, the oldest first, at most so many.
    fn finalise(&mut self, now: UnixSeconds, limit: usize) {
        for _ in 0..limit {
            let Some(held) = self.held.pop_front_if(|held| held.final_at <= now) else {
                return;
            };
            for (slot, result) in held.slots.iter().zip(&held.outcome.results) {
                *self.free.entry(*slot).or_default() += result.credit.0;
            }
            for (fee, more) in self.fees.iter_mut().zip(&held.outcome.community.fees) {
                *fee += more.0;
            }
            self.rounding += held.outcome.community.rounding.0;
        }
    }

    fn settlement(&mut self, now: UnixSeconds, msg: settlement::ExecuteMsg, funds: &[Coin]) -> Result<()> {
        match msg {
            settlement::ExecuteMsg::Deposit { slot } => {
                let [coin] = funds else {
                    anyhow::bail!("a deposit of {} coins", funds.len())
                };
                self.deposit(slot, coin.amount.u128());
            }
            settlement::ExecuteMsg::Withdraw { slot, amount } => {
                let amount = amount.map_or(self.free[&slot], |amount| amount.0);
                take(&mut self.free, slot, amount)?;
                self.withdrawn += amount;
            }
            settlement::ExecuteMsg::Finalise { limit } => {
                self.finalise(now, limit.map_or(Ok(FINALISED_A_MESSAGE), usize::try_from)?);
            }
            settlement::ExecuteMsg::Sweep { account } => {
                let part = match account {
                    CommunityAccount::Rounding {} => &mut self.rounding,
                    CommunityAccount::Fee { index } => &mut self.fees[usize::from(index)],
                };
                self.swept += core::mem::take(part);
            }
            _ => anyhow::bail!("only the registry and the token send {msg:?}, and only from within"),
        }
        Ok(())
    }

    /// Tokens sent to the settlement by the token's own message.
    fn token(&mut self, contract: &str, msg: &[u8]) -> Result<()> {
        let Some(policy) = &self.policy else { return Ok(()) };
        if policy.asset != Asset::cw20(contract) {
            return Ok(());
        }
        if let Cw20ExecuteMsg::Send {
            contract,
            amount,
            msg,
        } = from_json(msg)?
        {
            if contract == self.addresses.1 {
                let settlement::ReceiveMsg::Deposit { slot } = from_json(&msg)?;
                self.deposit(slot, amount.u128());
            }
        }
        Ok(())
    }

    fn deposit(&mut self, slot: Slot, amount: u128) {
        *self.free.entry(slot).or_default() += amount;
        self.deposited += amount;
    }
}

fn take(free: &mut BTreeMap<Slot, u128>, slot: Slot, amount: u128) -> Result<()> {
    let has = free.get(&slot).copied().unwrap_or_default();
    ensure!(has >= amount, "slot {slot} has {has} free and pays {amount}");
    free.insert(slot, has - amount);
    Ok(())
}
