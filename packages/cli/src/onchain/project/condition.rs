//! What a pledge asks of the others, as people write it.

use anyhow::Result;
use clap::Args;
use gridpact_client::Network;
use gridpact_types::asset::Asset;
use gridpact_types::escrow::terms::{Condition, PartyCondition, PledgersCondition};

use super::super::exit::bad_argument;
use super::super::money;

/// Conditions of a pledge. All of them must hold; without any, the pledge counts whatever others do.
#[derive(Args, Debug, Clone, Default)]
pub struct ConditionArgs {
    /// Only if this account pledges at least so much: "wasm1…>=10000 EUR". May be given again.
    #[arg(long = "if", value_name = "ACCOUNT>=AMOUNT")]
    pub parties: Vec<String>,
    /// Only if so many accounts pledge at least so much each: "20>=500 EUR".
    #[arg(long = "if-pledgers", value_name = "N>=AMOUNT")]
    pub pledgers: Option<String>,
    /// Only if all pledges together come to so much: "30000 EUR".
    #[arg(long = "if-total", value_name = "AMOUNT")]
    pub total: Option<String>,
}

impl ConditionArgs {
    /// The condition; `address` turns an account as people name it into an address.
    ///
    /// # Errors
    /// Not of the form that the option names; another asset than the project's; an unknown account.
    pub fn parse(
        &self,
        asset: &Asset,
        network: &Network,
        address: impl Fn(&str) -> Result<String>,
    ) -> Result<Condition> {
        let parties = self.parties.iter().map(|text| {
            let (account, amount) = sides("--if", "ACCOUNT>=AMOUNT", text)?;
            Ok(PartyCondition {
                address: address(account)?,
                at_least: money::parse_of(amount, asset, network)?,
            })
        });
        let pledgers = self.pledgers.as_ref().map(|text| {
            let (count, amount) = sides("--if-pledgers", "N>=AMOUNT", text)?;
            Ok::<_, anyhow::Error>(PledgersCondition {
                count: count.parse().map_err(|_| {
                    bad_argument(format!(
                        "--if-pledgers: expected how many accounts before >=, got `{count}`"
                    ))
                })?,
                at_least: money::parse_of(amount, asset, network)?,
            })
        });
        let total = self
            .total
            .as_ref()
            .map(|text| money::parse_of(text, asset, network));
        Ok(Condition {
            parties: parties.collect::<Result<_>>()?,
            pledgers: pledgers.transpose()?,
            total: total.transpose()?,
        })
    }
}

fn sides<'t>(option: &str, form: &str, text: &'t str) -> Result<(&'t str, &'t str)> {
    let (left, right) = text
        .split_once(">=")
        .ok_or_else(|| bad_argument(format!("{option}: expected {form}, got `{text}`")))?;
    Ok((left.trim(), right.trim()))
}
