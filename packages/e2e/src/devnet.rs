//! The chain that tests run against, and people with money on it.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use bip39::{Language, Mnemonic};
use cosmwasm_std::{coin, Coin};
use gridpact_client::{Chain, Key, Message, Network, Sender};

/// Most coins sent in one transaction: each makes an account, about 60,000 gas.
const SENDS_A_TRANSACTION: usize = 200;
/// What a person gets of the fee coin, base units: thousands of transactions.
const FEES: u128 = 500_000_000;

/// A running devnet.
#[derive(Clone)]
pub struct Devnet {
    chain: Chain,
    networks: PathBuf,
    keys: PathBuf,
    purse: Sender,
}

/// Somebody with a key of their own, known to no other test.
#[derive(Clone)]
pub struct Person {
    /// Words of the key, as a key file holds them.
    pub mnemonic: String,
    /// Signs with it.
    pub sender: Sender,
}

impl Person {
    /// The address.
    pub fn address(&self) -> &str {
        self.sender.address()
    }

    /// Signs with the same key, through another connection and with a sequence of its own.
    ///
    /// # Errors
    /// None, since the words made a key before.
    pub fn through(&self, chain: &Chain) -> Result<Sender> {
        let key = Key::from_mnemonic(&self.mnemonic, &chain.network().prefix)?;
        Ok(Sender::new(chain.clone(), key))
    }

    /// Writes the key as `FOLDER/NAME.mnemonic`, for the program to find.
    pub fn write_key(&self, folder: &Path, name: &str) -> Result<()> {
        use std::io::Write;
        use std::os::unix::fs::OpenOptionsExt;
        let path = folder.join(format!("{name}.mnemonic"));
        let mut file = std::fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .mode(0o600)
            .open(&path)
            .with_context(|| path.display().to_string())?;
        writeln!(file, "{}", self.mnemonic)?;
        Ok(())
    }
}

impl Devnet {
    /// The chain that `scripts/devnet` wrote into GRIDPACT_NETWORKS and GRIDPACT_KEYS.
    ///
    /// # Errors
    /// There is none, or it does not answer: tests on a node are never skipped.
    pub async fn connect() -> Result<Self> {
        let how = "no devnet: run scripts/test-on-chain, or scripts/devnet run -- CMD";
        let folder = |name: &str| {
            std::env::var_os(name)
                .map(PathBuf::from)
                .with_context(|| format!("{how} ({name} is not set)"))
        };
        let (networks, keys) = (folder("GRIDPACT_NETWORKS")?, folder("GRIDPACT_KEYS")?);
        let network = Network::find("devnet", &networks).context(how)?;
        let chain = Chain::connect(network).await.context(how)?;
        let purse = role(&chain, &keys, "payer")?;
        Ok(Self {
            chain,
            networks,
            keys,
            purse,
        })
    }

    /// The chain.
    pub fn chain(&self) -> &Chain {
        &self.chain
    }

    /// The folder of network files.
    pub fn networks(&self) -> &Path {
        &self.networks
    }

    /// One of the devnet's funded roles. Two tests that use one at a time share its sequence: prefer [`Devnet::people`].
    pub fn role(&self, name: &str) -> Result<Sender> {
        role(&self.chain, &self.keys, name)
    }

    /// So many people with new keys, each with coins for fees and `money` of the story's coin, `ueur`.
    pub async fn people(&self, count: usize, money: u128) -> Result<Vec<Person>> {
        let people: Vec<Person> = (0..count).map(|_| self.person()).collect::<Result<_>>()?;
        let mut coins: Vec<Coin> = vec![coin(FEES, "stake")];
        if money > 0 {
            coins.push(coin(money, "ueur"));
        }
        for batch in people.chunks(SENDS_A_TRANSACTION) {
            let send = |person: &Person| Message::Send {
                to: person.address().to_owned(),
                amount: coins.clone(),
            };
            let messages: Vec<Message> = batch.iter().map(send).collect();
            self.purse.send(&messages).await.context("money for new people")?;
        }
        Ok(people)
    }

    /// Somebody with a new key and no money.
    pub fn person(&self) -> Result<Person> {
        let mnemonic = Mnemonic::generate_in(Language::English, 24)?.to_string();
        let key = Key::from_mnemonic(&mnemonic, &self.chain.network().prefix)?;
        Ok(Person {
            sender: Sender::new(self.chain.clone(), key),
            mnemonic,
        })
    }
}

fn role(chain: &Chain, keys: &Path, name: &str) -> Result<Sender> {
    let path = keys.join(format!("{name}.mnemonic"));
    let words = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let key = Key::from_mnemonic(words.trim(), &chain.network().prefix)?;
    Ok(Sender::new(chain.clone(), key))
}
