//! A grid's books from the chain's transactions alone: messages are read back from the blocks, reports decoded and settled
//! with `gridpact-market`. No contract is asked for anything, and none of their events is believed.

mod messages;

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use crate::Token;
use anyhow::{ensure, Context, Result};
use cosmwasm_std::from_json;
use gridpact_client::{Chain, Message, Settlement, Transaction};
use gridpact_market::{FeeId, Terms, WindowOutcome};
use gridpact_types::asset::Asset;
use gridpact_types::registry;
use gridpact_types::registry::meters::MeterProposal;
use gridpact_types::settlement;
use gridpact_types::settlement::answers::BooksResponse;
use gridpact_units::{Amount, IntervalIndex, Slot, UnixSeconds};

/// Blocks that exist are there at once.
const A_BLOCK: Duration = Duration::from_secs(10);

/// A grid as its transactions make it.
#[derive(Default)]
pub struct Recomputed {
    /// Free balances by slot.
    pub free: BTreeMap<Slot, u128>,
    /// Fees not swept.
    pub fees: BTreeMap<FeeId, u128>,
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
    terms: Option<registry::messages::InstantiateMsg>,
    policy: Option<settlement::messages::InstantiateMsg>,
    proposals: Vec<MeterProposal>,
    households: u32,
    /// First interval of each roster and its slots by seat; the first roster is version 1.
    rosters: Vec<(IntervalIndex, Vec<(Slot, Terms)>)>,
    held: VecDeque<Held>,
    /// First interval of the newest window.
    reported: Option<IntervalIndex>,
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
        let fees: BTreeMap<FeeId, u128> = community.fees.iter().map(|fee| (fee.id, fee.amount.0)).collect();
        ensure!(
            fees == self.fees,
            "fees: told {fees:?}, recomputed {:?}",
            self.fees
        );
        let left: Vec<u128> = self.fees.values().copied().chain([self.rounding]).collect();
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
                        let policy: settlement::messages::InstantiateMsg = from_json(msg)?;
                        self.fees = policy.fees.iter().map(|fee| (fee.id, 0)).collect();
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
}
