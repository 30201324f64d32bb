//! `gridpact committee`: the oracles who attest readings.

use anyhow::Result;
use clap::{Args, Subcommand};
use gridpact_client::Registry;
use serde_json::json;

use super::{hex, listing, ContractArgs, Listing, Wallet};

/// Options of `committee`.
#[derive(Args, Debug, Clone)]
pub struct CommitteeArgs {
    /// What to do.
    #[command(subcommand)]
    pub action: Action,
    /// The contract, chain, key and output.
    #[command(flatten)]
    pub on: ContractArgs,
}

/// What can be done.
#[derive(Subcommand, Debug, Clone)]
pub enum Action {
    /// The members, their keys and the quorum.
    Show {
        /// Of this epoch. By default the present one.
        #[arg(long, value_name = "N")]
        epoch: Option<u32>,
    },
    /// The address and the public key of one of your keys, as a grid file lists a member. Needs no chain to answer.
    Key {
        /// The key's name.
        name: String,
    },
}

/// Carries it out.
///
/// # Errors
/// The chain does not answer; no such epoch; no such key.
pub async fn run(args: &CommitteeArgs) -> Result<bool> {
    let chain = &args.on.grid.chain;
    match &args.action {
        Action::Show { epoch } => {
            let (session, address) = super::contract(&args.on, |grid| grid.registry()).await?;
            let found = Registry::new(session.chain(), &address).committee(*epoch).await?;
            session.print(&found, |found| {
                let mut members = Listing::new(["member", "public key", "address"]);
                for (number, member) in found.committee.members.iter().enumerate() {
                    members.row([
                        number.to_string(),
                        member.public_key.to_hex(),
                        member.address.clone(),
                    ]);
                }
                let quorum = format!("{} of {}", found.committee.quorum, found.committee.members.len());
                listing::facts([("epoch", found.epoch.to_string()), ("quorum", quorum)])
                    + "\n"
                    + &members.to_string()
            })?;
        }
        Action::Key { name } => {
            let network = super::network(chain)?;
            let key = Wallet::new(&chain.keys, &network.prefix)?.load(name)?;
            let (address, public_key) = (key.address().to_owned(), hex(&key.public_key()));
            let value = json!({ "address": address, "public_key": public_key });
            super::print(chain.json, &value, |_| {
                listing::facts([("address", address), ("public_key", public_key)])
            })?;
        }
    }
    Ok(true)
}
