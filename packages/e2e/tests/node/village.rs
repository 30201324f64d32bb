//! A village with the program: people whose keys are files, a network file, and a grid described in one.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use gridpact_client::Chain;
use gridpact_e2e::{Devnet, Person, Program, Token};
use gridpact_types::asset::Asset;
use serde_json::Value;
use tempfile::TempDir;
use tokio::task::JoinSet;

/// What everybody begins with, base units.
pub const PURSE: u128 = 2_000_000_000;

/// What the village pays with.
#[derive(Clone)]
pub struct Money {
    /// Its name in the network file.
    pub name: &'static str,
    /// The coin or token.
    pub asset: Asset,
}

/// People and the program, in a folder of their own.
pub struct Village {
    pub devnet: Devnet,
    pub program: Program,
    pub money: Money,
    people: BTreeMap<String, Person>,
    // Removed with the village.
    folder: TempDir,
}

impl Village {
    /// People of these names, each with a key in a file and money: the chain's coin EUR, or a token of their own, ISLE.
    pub async fn new(devnet: &Devnet, names: &[&str], token: bool) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let coins = if token { 0 } else { PURSE };
        let people = devnet.people(names.len(), coins).await?;
        let addresses: Vec<&str> = people.iter().map(Person::address).collect();
        let money = if token {
            let made = Token::make(&people[0].sender, b"isle", &addresses, PURSE).await?;
            Money {
                name: "ISLE",
                asset: Asset::cw20(made.address),
            }
        } else {
            Money {
                name: "EUR",
                asset: Asset::native("ueur"),
            }
        };
        let networks = folder.path().join("networks");
        write_network(devnet, &networks, &money)?;
        let program = Program::new(folder.path(), &networks)?;
        for (name, person) in names.iter().zip(&people) {
            person.write_key(&program.keys(), name)?;
        }
        let names = names.iter().map(|name| (*name).to_owned());
        Ok(Self {
            devnet: devnet.clone(),
            program,
            money,
            people: names.zip(people).collect(),
            folder,
        })
    }

    /// The chain.
    pub fn chain(&self) -> &Chain {
        self.devnet.chain()
    }

    /// A file of the village.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file into the folder where the program works.
    pub fn write(&self, name: &str, text: &str) -> Result<()> {
        Ok(std::fs::write(self.path(name), text)?)
    }

    /// Somebody's address.
    pub fn address(&self, name: &str) -> &str {
        self.people[name].address()
    }

    /// What somebody has of the village's money, base units.
    pub async fn purse(&self, name: &str) -> Result<u128> {
        self.balance(self.address(name)).await
    }

    /// What an address has of the village's money, base units.
    pub async fn balance(&self, address: &str) -> Result<u128> {
        Ok(match &self.money.asset {
            Asset::Native { denom } => self.chain().balance(address, denom).await?,
            Asset::Cw20 { address: token } => {
                let token = Token {
                    address: token.clone(),
                };
                token.balance(self.chain(), address).await?
            }
        })
    }

    /// Runs a command, as typed, with somebody's key; returns its JSON.
    pub async fn by(&self, name: &str, command: &str) -> Result<Value> {
        self.told(&format!("{command} --from {name}")).await
    }

    /// Runs a command that signs no transaction; returns its JSON.
    pub async fn told(&self, command: &str) -> Result<Value> {
        self.program.json(&words(command)).await
    }

    /// Runs a command that must fail; returns its exit code and what it said.
    pub async fn refused(&self, command: &str) -> Result<(i32, String)> {
        self.program.refused(&words(command)).await
    }

    /// Runs a command of each of several people at the same time; returns their JSON in the same order.
    pub async fn all_at_once(
        &self,
        commands: impl IntoIterator<Item = (&str, String)>,
    ) -> Result<Vec<Value>> {
        let mut running = JoinSet::new();
        for (position, (name, command)) in commands.into_iter().enumerate() {
            let (program, command) = (self.program.clone(), format!("{command} --from {name}"));
            running.spawn(async move {
                let told = program.json(&words(&command)).await;
                told.map(|value| (position, value))
            });
        }
        let mut done = BTreeMap::new();
        while let Some(result) = running.join_next().await {
            let (position, value) = result??;
            done.insert(position, value);
        }
        Ok(done.into_values().collect())
    }

    /// Address of a contract that `gridpact deploy` made.
    pub fn contract(&self, grid: &str, name: &str) -> Result<String> {
        let state = std::fs::read_to_string(self.path("deployments/state.json"))?;
        let state: Value = serde_json::from_str(&state)?;
        let found = &state[&self.chain().network().chain_id][grid][name];
        Ok(found
            .as_str()
            .with_context(|| format!("{grid} {name} in {state}"))?
            .to_owned())
    }
}

/// The devnet's file, with the village's token where it has one.
fn write_network(devnet: &Devnet, folder: &Path, money: &Money) -> Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut text = std::fs::read_to_string(devnet.networks().join("devnet.toml"))?;
    if let Asset::Cw20 { address } = &money.asset {
        let name = money.name;
        text.push_str(&format!(
            "\n[assets.{name}]\ncw20 = \"{address}\"\ndecimals = 6\n"
        ));
    }
    Ok(std::fs::write(folder.join("devnet.toml"), text)?)
}

/// The words of a command as a shell reads them: apart by blanks, together in double quotes.
pub fn words(command: &str) -> Vec<&str> {
    let quoted = command.split('"').enumerate();
    quoted
        .flat_map(|(part, text)| match part % 2 {
            0 => text.split_whitespace().collect(),
            _ => vec![text],
        })
        .collect()
}
