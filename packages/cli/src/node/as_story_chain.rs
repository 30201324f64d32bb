//! The node as the story sees it.

use anyhow::{Context, Result};
use cosmwasm_std::{Addr, Coin};
use gridpact_client::{Key, Message, Options, Sender, Transaction};
use gridpact_simulation::run::Spent;
use gridpact_simulation::story_chain::{Call, Code, NewContract, StoryChain};
use serde_json::Value;

use super::spending::kind_of;
use super::Node;

/// Messages of one kind that are under way together: the gas of the first, times this, holds for the last, which finds longer
/// lists than the first was simulated with.
const GAS_FACTOR: u64 = 4;
/// Most gas of one of them: ten fit a block.
const MAX_GAS: u64 = 10_000_000;

impl StoryChain for Node {
    fn id(&self) -> &str {
        &self.chain.network().chain_id
    }

    fn coin(&self) -> &str {
        &self.denom
    }

    fn foreign_coin(&self) -> &str {
        // Fees are paid in another coin than the story's.
        &self.chain.network().gas_price.denom
    }

    fn account(&self, name: &str) -> Result<Addr> {
        let secret = self.of_this_run(name);
        let key = Key::from_secret(&secret, &self.chain.network().prefix)?;
        let address = Addr::unchecked(key.address());
        let mut people = self.people.borrow_mut();
        let sender = || Sender::new(self.chain.clone(), key);
        people.entry(address.clone()).or_insert_with(sender);
        Ok(address)
    }

    fn endow(&mut self, account: &Addr, coins: Vec<Coin>) -> Result<()> {
        self.endowments.entry(account.clone()).or_default().extend(coins);
        Ok(())
    }

    fn now(&self) -> u64 {
        self.now
    }

    fn advance_to(&mut self, time: u64) -> Result<()> {
        self.look()?;
        if let Some(wait) = time.checked_sub(self.now).filter(|wait| *wait > 0) {
            let block = self.runtime.block_on(self.chain.advance(wait))?;
            self.now = block.time.0;
        }
        Ok(())
    }

    fn execute(&mut self, calls: Vec<Call>) -> Result<()> {
        self.fund(calls.iter().map(|call| &call.sender))?;
        if let Some(time) = calls.iter().filter_map(|call| call.at).max() {
            self.advance_to(time)?;
        }
        match <[Call; 1]>::try_from(calls) {
            Ok([call]) => self.execute_one(call)?,
            Err(calls) => self.execute_together(calls)?,
        }
        self.look()
    }

    fn query(&self, contract: &Addr, question: &[u8]) -> Result<Vec<u8>> {
        let question: Value = serde_json::from_slice(question)?;
        let answer: Value = self
            .runtime
            .block_on(self.chain.query(contract.as_str(), &question))?;
        Ok(serde_json::to_vec(&answer)?)
    }

    fn balance(&self, account: &Addr, coin: &str) -> Result<u128> {
        Ok(self
            .runtime
            .block_on(self.chain.balance(account.as_str(), coin))?)
    }

    fn predict(&self, code: Code, label: &str) -> Result<Addr> {
        self.predicted(code, label)
    }

    fn instantiate(&mut self, contracts: Vec<NewContract>) -> Result<()> {
        self.make(contracts)
    }

    fn spent(&self) -> Result<Option<Spent>> {
        let latest = self.runtime.block_on(self.chain.latest())?.height;
        let blocks = latest.saturating_sub(self.first_block);
        Ok(Some(self.spending.spent(self.id(), self.foreign_coin(), blocks)))
    }
}

impl Node {
    /// Sends one message and waits for its block.
    fn execute_one(&mut self, call: Call) -> Result<()> {
        let (kind, sender) = (kind_of(&call.message), self.sender(&call.sender)?);
        let done = self.runtime.block_on(sender.send(&[message(call)]))?;
        self.spending.add(&kind, &done);
        Ok(())
    }

    /// Sends many, waits for all.
    fn execute_together(&mut self, calls: Vec<Call>) -> Result<()> {
        let Some(first) = calls.first() else {
            return Ok(());
        };
        let sender = self.sender(&first.sender)?;
        let estimate = self
            .runtime
            .block_on(sender.estimate(&[message(first.clone())]))?;
        let options = Options {
            gas: Some(estimate.gas.saturating_mul(GAS_FACTOR).min(MAX_GAS)),
            ..Options::default()
        };
        let mut waiting = Vec::with_capacity(calls.len());
        for call in calls {
            let sender = self.sender(&call.sender)?.with_options(options.clone());
            let kind = kind_of(&call.message);
            let submitted = self.runtime.block_on(sender.submit(&[message(call)]))?;
            waiting.push((kind, submitted));
        }
        for (kind, submitted) in waiting {
            let done: Transaction = self.runtime.block_on(self.chain.wait(&submitted))?;
            self.spending.add(&kind, &done);
            done.result().with_context(|| kind)?;
        }
        Ok(())
    }
}

fn message(call: Call) -> Message {
    Message::Execute {
        contract: call.contract.into_string(),
        msg: call.message,
        funds: call.funds,
    }
}
