//! Money for the story's people: what the story gives them, and coins for fees.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use cosmwasm_std::{Addr, Coin};
use gridpact_client::Message;
use gridpact_simulation::story_chain::StoryChain;

use super::Node;

/// What everybody gets for fees, base units of the fee coin: some thousand transactions.
const FEES: u128 = 400_000_000;
/// Most sends in one transaction: each makes an account, about 60,000 gas.
const MAX_SENDS: usize = 200;

impl Node {
    /// Hands out what was promised, and coins for fees to those who send their first message.
    pub(super) fn fund<'a>(&mut self, senders: impl IntoIterator<Item = &'a Addr>) -> Result<()> {
        let fees = Coin::new(FEES, self.foreign_coin());
        for who in senders {
            if self.funded.insert(who.clone()) {
                self.endowments.entry(who.clone()).or_default().push(fees.clone());
            }
        }
        let endowments = core::mem::take(&mut self.endowments);
        let sends: Vec<Message> = endowments
            .into_iter()
            .map(|(to, coins)| Message::Send {
                to: to.to_string(),
                amount: sum(coins),
            })
            .collect();
        for batch in sends.chunks(MAX_SENDS) {
            let done = self
                .runtime
                .block_on(self.purse.send(batch))
                .context("money for the story's people")?;
            self.spending.add("send coins", &done);
        }
        Ok(())
    }
}

/// Coins of one kind added up, as the bank wants them.
fn sum(coins: Vec<Coin>) -> Vec<Coin> {
    let mut sums: BTreeMap<String, u128> = BTreeMap::new();
    for coin in coins {
        let sum = sums.entry(coin.denom).or_default();
        *sum = sum.saturating_add(coin.amount.u128());
    }
    sums.into_iter()
        .map(|(denom, amount)| Coin::new(amount, denom))
        .collect()
}
