//! One command on a chain: the chain, the key, the deployed grids, and the way results are told.
//!
//! Results go to standard output, as a table or as one JSON document; everything else (progress, questions) to standard
//! error, so that a program that reads the output sees nothing but the result.

use std::io::{self, BufRead, IsTerminal, Write};
use std::sync::OnceLock;

use anyhow::{ensure, Result};
use gridpact_client::{Chain, Estimate, Message, Network, Options, Sender, Submitted, Transaction};
use gridpact_types::asset::Asset;
use gridpact_units::Amount;
use serde::{Deserialize, Serialize};

use super::args::{ChainArgs, GridArgs};
use super::exit::bad_argument;
use super::grid_contracts::GridContracts;
use super::networks::network;
use super::outcome::Outcome;
use super::printing::print;
use super::state_file::StateFile;
use super::wallet::Wallet;

/// What a command works with.
#[derive(Debug)]
pub struct Session {
    args: ChainArgs,
    chain: Chain,
    wallet: Wallet,
    sender: OnceLock<Sender>,
}

impl Session {
    /// Reads the network file and connects; no key is touched.
    ///
    /// # Errors
    /// No network named, a network file that is not as expected, no node there, another chain.
    pub async fn open(args: &ChainArgs) -> Result<Self> {
        let network = network(args)?;
        let wallet = Wallet::new(&args.keys, &network.prefix)?;
        Ok(Self {
            args: args.clone(),
            chain: Chain::connect(network).await?,
            wallet,
            sender: OnceLock::new(),
        })
    }

    /// As [`Session::open`], with the grid that the command is about.
    ///
    /// # Errors
    /// Also where the grid is not deployed, or several are and none is named.
    pub async fn open_grid(args: &GridArgs) -> Result<(Self, GridContracts)> {
        let session = Self::open(&args.chain).await?;
        let contracts = GridContracts::find(
            &session.state()?,
            &session.network().chain_id,
            args.grid.as_deref(),
        )?;
        Ok((session, contracts))
    }

    /// Read access to the chain.
    pub fn chain(&self) -> &Chain {
        &self.chain
    }

    /// The network file.
    pub fn network(&self) -> &Network {
        self.chain.network()
    }

    /// The keys.
    pub fn wallet(&self) -> &Wallet {
        &self.wallet
    }

    /// The options given.
    pub fn args(&self) -> &ChainArgs {
        &self.args
    }

    /// The deployments as they are noted now.
    ///
    /// # Errors
    /// A state file that cannot be read.
    pub fn state(&self) -> Result<StateFile> {
        StateFile::read(&self.args.deployments)
    }

    /// Who signs: the key named with `--from`, unlocked the first time it is needed.
    ///
    /// # Errors
    /// No `--from`, no such key, a wrong passphrase.
    pub fn sender(&self) -> Result<&Sender> {
        if let Some(sender) = self.sender.get() {
            return Ok(sender);
        }
        let key = self.wallet.signer(self.args.from.as_deref())?;
        let sender = Sender::new(self.chain.clone(), key).with_options(self.options()?);
        Ok(self.sender.get_or_init(|| sender))
    }

    fn options(&self) -> Result<Options> {
        let granter = self.args.fee_granter.as_deref();
        Ok(Options {
            granter: granter.map(|granter| self.address(granter)).transpose()?,
            ..Options::default()
        })
    }

    /// An account as people name it: an address of this chain, or the name of a key.
    ///
    /// # Errors
    /// Neither; the text says what each looks like.
    pub fn address(&self, account: &str) -> Result<String> {
        self.wallet.address(account)
    }

    /// What an account has of an asset, in base units.
    ///
    /// # Errors
    /// The chain does not answer, or the token is none.
    pub async fn balance(&self, address: &str, asset: &Asset) -> Result<Amount> {
        match asset {
            Asset::Native { denom } => Ok(Amount(self.chain.balance(address, denom).await?)),
            Asset::Cw20 { address: token } => {
                let question = serde_json::json!({ "balance": { "address": address } });
                let answer: TokenBalance = self.chain.query(token, &question).await?;
                Ok(answer.balance)
            }
        }
    }

    /// Sends one transaction: with `--dry-run` only estimates it; else asks first, unless `--yes`, and waits for its block.
    /// `what` says what it does in a few words: "pledge 10000 EUR to project 1".
    ///
    /// # Errors
    /// Refused by the chain (in the contract's own words), by the person asked, or for want of `--yes` where nobody can be
    /// asked; no answer in time.
    pub async fn send(&self, what: &str, messages: &[Message]) -> Result<Outcome> {
        let sender = self.sender()?;
        let estimate = sender.estimate(messages).await?;
        if self.args.dry_run {
            return Ok(Outcome::estimated(what, estimate, messages));
        }
        let payer = self.args.fee_granter.as_ref();
        let payer = payer.map_or_else(String::new, |granter| format!(", paid by {granter}"));
        self.confirm(&format!(
            "{what}\n  from {}, fee {}{payer}",
            sender.address(),
            estimate.fee
        ))?;
        let transaction = self.wait(&self.submit(&estimate, messages).await?).await?;
        Ok(Outcome::done(what, transaction))
    }

    /// Hands over what was estimated and agreed to.
    pub(super) async fn submit(&self, estimate: &Estimate, messages: &[Message]) -> Result<Submitted> {
        // The gas that was shown is the gas that is paid for: it is not simulated a second time.
        let options = Options {
            gas: Some(estimate.gas),
            ..self.options()?
        };
        let sender = self.sender()?.clone().with_options(options);
        Ok(sender.submit(messages).await?)
    }

    /// Waits for its block; an error where the chain did not carry it out.
    pub(super) async fn wait(&self, submitted: &Submitted) -> Result<Transaction> {
        self.note(&format!(
            "sent {}, waiting for its block (at the latest {})",
            submitted.hash, submitted.timeout_height
        ));
        Ok(self.chain.wait(submitted).await?.result()?)
    }

    /// Makes sure that sending is wanted: `--yes`, or a person at a terminal who says so.
    ///
    /// # Errors
    /// Not wanted, or nobody to ask.
    pub fn confirm(&self, what: &str) -> Result<()> {
        if self.args.yes {
            return Ok(());
        }
        if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
            return Err(bad_argument(format!(
                "expected --yes (or --dry-run), since there is no terminal to ask at; not sent: {what}"
            )));
        }
        eprint!("{what}\nSend? [y/N] ");
        io::stderr().flush()?;
        let mut answer = String::new();
        io::stdin().lock().read_line(&mut answer)?;
        let agreed = matches!(answer.trim(), "y" | "Y" | "yes");
        ensure!(agreed, "not sent, as answered");
        Ok(())
    }

    /// A line of progress, on standard error.
    pub fn note(&self, line: &str) {
        eprintln!("{line}");
    }

    /// Prints what came of sending.
    ///
    /// # Errors
    /// Standard output cannot be written to.
    pub fn print_outcome(&self, outcome: &Outcome) -> Result<()> {
        self.print(&outcome.json(self.network()), |_| outcome.text(self.network()))
    }

    /// Prints a result: as JSON with `--json`, else as the text made of it.
    ///
    /// # Errors
    /// Standard output cannot be written to.
    pub fn print<T: Serialize>(&self, value: &T, text: impl FnOnce(&T) -> String) -> Result<()> {
        print(self.args.json, value, text)
    }
}

/// A cw20 token's answer.
#[derive(Deserialize)]
struct TokenBalance {
    balance: Amount,
}
