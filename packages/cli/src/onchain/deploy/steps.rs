//! The steps of a deployment: each is noted before it is sent and after it is done.

use anyhow::{Context, Result};
use cosmwasm_std::Coin;
use gridpact_client::{Estimate, Message, Transaction};
use serde_json::{json, Value};

use super::progress::Progress;
use super::{Artifacts, Codes, Survey};
use crate::onchain::grid_file::GridFile;
use crate::onchain::{coins, describe, Listing, Session};

/// A step that stores a contract's code.
pub struct Store {
    contract: &'static str,
    message: [Message; 1],
    estimate: Estimate,
}

impl Store {
    /// Reads and checks the wasm and asks the chain what storing it costs.
    ///
    /// # Errors
    /// The wasm is not there or another one; the chain would refuse it.
    pub async fn prepare(session: &Session, artifacts: &Artifacts, contract: &'static str) -> Result<Self> {
        let wasm = artifacts.wasm(contract)?;
        let message = [Message::Store { wasm }];
        let estimate = session.sender()?.estimate(&message).await;
        Ok(Self {
            contract,
            estimate: estimate.with_context(|| format!("store {contract}"))?,
            message,
        })
    }

    /// What it does, for the question before sending.
    pub fn line(&self) -> String {
        format!("{}, fee {}", self.name(), self.estimate.fee)
    }

    fn name(&self) -> String {
        format!("store {}", self.contract)
    }

    /// Sends it; the code's number.
    ///
    /// # Errors
    /// Refused, or no answer in time.
    pub async fn carry_out(&self, session: &Session, progress: &mut Progress) -> Result<u64> {
        let done = progress
            .step(session, &self.name(), &self.message, &self.estimate)
            .await?;
        let code = done
            .code_id()
            .context("expected the number of the stored code in the transaction")?;
        progress.note_code(session, self.contract, code)?;
        Ok(code)
    }

    /// What it would do, for a dry run.
    pub fn json(&self) -> Value {
        step_json(&self.name(), &self.message, &self.estimate)
    }
}

/// `{"step", "gas", "fee", "messages"}`.
pub fn step_json(step: &str, messages: &[Message], estimate: &Estimate) -> Value {
    json!({
        "step": step,
        "gas": estimate.gas,
        "fee": [estimate.fee],
        "messages": messages.iter().map(describe::message).collect::<Vec<_>>(),
    })
}

/// Stores what is missing and makes the contracts.
///
/// # Errors
/// Not agreed to; refused; no answer in time.
pub async fn carry_out(
    session: &Session,
    progress: &mut Progress,
    survey: &Survey,
    grid: &GridFile,
    artifacts: &Artifacts,
) -> Result<()> {
    let stores = stores(session, survey, artifacts).await?;
    let making = format!("make {}", survey.to_make.join(", "));
    let mut lines: Vec<String> = stores.iter().map(Store::line).collect();
    lines.extend(survey.projects.lines());
    // What code does can only be asked once it is stored.
    lines.push(if stores.is_empty() {
        let estimate = estimate_making(session, survey, grid, &survey.codes).await?.1;
        format!("{making}, fee {}", estimate.fee)
    } else {
        format!("{making}, fee known once they are stored")
    });
    let question = format!(
        "deploy grid {} on {}, from {}:\n  {}\n{}",
        grid.name,
        progress.chain_id(),
        progress.creator(),
        lines.join("\n  "),
        grid.rounding(session.network())
    );
    session.confirm(&question)?;
    let mut codes: Codes = survey.codes.clone();
    for store in stores {
        let code = store.carry_out(session, progress).await?;
        codes.insert(store.contract.to_owned(), code);
    }
    let (messages, estimate) = estimate_making(session, survey, grid, &codes).await?;
    let _: Transaction = progress.step(session, &making, &messages, &estimate).await?;
    Ok(())
}

/// `{"would": [{"step", "gas", "fee", "messages"}], "contracts": {name: address}, "rounding": text}`; where the chain can tell only
/// once the codes are stored, gas and fee are null and messages is absent.
///
/// # Errors
/// The chain would refuse a step.
pub async fn dry_run(
    session: &Session,
    survey: &Survey,
    grid: &GridFile,
    artifacts: &Artifacts,
) -> Result<Value> {
    let stores = stores(session, survey, artifacts).await?;
    let mut steps: Vec<Value> = stores.iter().map(Store::json).collect();
    if !survey.is_done() {
        let step = format!("make {}", survey.to_make.join(", "));
        if stores.is_empty() {
            let (messages, estimate) = estimate_making(session, survey, grid, &survey.codes).await?;
            steps.push(step_json(&step, &messages, &estimate));
        } else {
            steps.push(json!({ "step": step, "gas": null, "fee": null }));
        }
    }
    let contracts = survey
        .contracts
        .iter()
        .map(|(name, contract)| (name.clone(), contract.address.clone().into()));
    Ok(json!({
        "would": steps,
        "contracts": Value::Object(contracts.collect()),
        "rounding": grid.rounding(session.network()),
    }))
}

/// The messages that make the contracts, and what they cost.
async fn estimate_making(
    session: &Session,
    survey: &Survey,
    grid: &GridFile,
    codes: &Codes,
) -> Result<(Vec<Message>, Estimate)> {
    let messages = survey.instantiations(session.chain(), grid, codes)?;
    let estimate = session.sender()?.estimate(&messages).await;
    let estimate = estimate.with_context(|| format!("make {}", survey.to_make.join(", ")))?;
    Ok((messages, estimate))
}

/// A dry run for a person: a line a step.
pub fn dry_run_text(would: &Value) -> String {
    let mut list = Listing::new(["would", "gas", "fee"]);
    for step in would["would"].as_array().into_iter().flatten() {
        let later = || "known once the code is stored".to_owned();
        let fee = serde_json::from_value::<Vec<Coin>>(step["fee"].clone());
        list.row([
            step["step"].as_str().unwrap_or_default().to_owned(),
            step["gas"].as_u64().map_or_else(later, |gas| gas.to_string()),
            fee.map_or_else(|_| later(), |fee| coins(&fee)),
        ]);
    }
    if list.is_empty() {
        return "nothing is left to send\n".to_owned();
    }
    let rounding = would["rounding"].as_str().map(|told| format!("{told}\n"));
    format!(
        "{list}{}nothing was sent; --json shows the messages\n",
        rounding.unwrap_or_default()
    )
}

async fn stores(session: &Session, survey: &Survey, artifacts: &Artifacts) -> Result<Vec<Store>> {
    let mut stores = Vec::new();
    for contract in &survey.to_store {
        stores.push(Store::prepare(session, artifacts, contract).await?);
    }
    Ok(stores)
}
