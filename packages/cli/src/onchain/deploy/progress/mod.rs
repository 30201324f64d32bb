//! How far a deployment is: what earlier runs noted, what this one does, written down at every step.

mod resume;

use std::path::{Path, PathBuf};

use anyhow::{bail, Result};
use gridpact_client::{Error, Estimate, Message, Transaction};

use super::git;
use super::record::{self, Handed, Record, Sent, UnderWay};
use super::Survey;
use crate::onchain::grid_file::GridFile;
use crate::onchain::state_file::StateFile;
use crate::onchain::Session;

/// A deployment's progress.
#[derive(Debug)]
pub struct Progress {
    folder: PathBuf,
    chain_id: String,
    grid: String,
    record: Record,
    /// Whether contracts of the record are on the chain: then its addresses stand.
    exists: bool,
    sent: Vec<Sent>,
}

impl Progress {
    /// What earlier runs noted about a grid; waits for what the last one may have left under way.
    ///
    /// # Errors
    /// Files that cannot be read; the chain does not answer.
    pub async fn of(session: &Session, grid: &str) -> Result<Self> {
        let folder = session.args().deployments.clone();
        let chain_id = session.network().chain_id.clone();
        let noted = record::read(&folder, &chain_id, grid)?;
        let mut progress = Self {
            folder,
            chain_id,
            grid: grid.to_owned(),
            record: noted.unwrap_or_default(),
            exists: false,
            sent: Vec::new(),
        };
        if !session.args().dry_run {
            progress.settle(session).await?;
        }
        // Only now: what was under way may have made them.
        for contract in progress.record.contracts.values() {
            let made =
                contract.salt.is_some() && session.chain().contract(&contract.address).await?.is_some();
            progress.exists = progress.exists || made;
        }
        if !progress.exists {
            progress.forget_what_is_not_there(session.chain()).await?;
        }
        Ok(progress)
    }

    /// As [`Progress::of`], for a grid that is to be deployed from a file.
    ///
    /// # Errors
    /// Also where nothing is deployed yet and there is no key to sign with.
    pub async fn begin(session: &Session, grid: &GridFile) -> Result<Self> {
        let mut progress = Self::of(session, &grid.name).await?;
        if !progress.exists {
            let record = &mut progress.record;
            record.creator = session.sender()?.address().to_owned();
            record.grid_file = grid.path.clone();
            record.grid_file_sha256 = grid.checksum.clone();
            record.git_commit = git::commit();
            record.gridpact = env!("CARGO_PKG_VERSION").to_owned();
        }
        Ok(progress)
    }

    /// The record, where contracts of it are on the chain.
    pub fn recorded(&self) -> Option<&Record> {
        self.exists.then_some(&self.record)
    }

    /// Who makes, or made, the contracts.
    pub fn creator(&self) -> &str {
        &self.record.creator
    }

    /// The grid's name.
    pub fn grid(&self) -> &str {
        &self.grid
    }

    /// The chain.
    pub fn chain_id(&self) -> &str {
        &self.chain_id
    }

    /// Where it is noted.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// What this run sent.
    pub fn sent(&self) -> &[Sent] {
        &self.sent
    }

    /// Notes what is planned, before anything of it is sent.
    ///
    /// # Errors
    /// Files that cannot be written.
    pub fn note_survey(&mut self, survey: &Survey) -> Result<()> {
        if self.record.contracts != survey.contracts {
            self.record.contracts.clone_from(&survey.contracts);
            self.write()?;
        }
        Ok(())
    }

    /// Sends one transaction, noting it before and after.
    ///
    /// # Errors
    /// Refused; no answer in time; files that cannot be written.
    pub async fn step(
        &mut self,
        session: &Session,
        step: &str,
        messages: &[Message],
        estimate: &Estimate,
    ) -> Result<Transaction> {
        self.under_way(step, None)?;
        let submitted = session.submit(estimate, messages).await?;
        self.under_way(step, Some(Handed::from(&submitted)))?;
        let outcome = session.wait(&submitted).await;
        // An answer, of whatever kind, ends the step; a lost one leaves it for the next run.
        let lost = outcome
            .as_ref()
            .err()
            .and_then(|error| error.downcast_ref::<Error>());
        if matches!(lost, Some(Error::TimedOut { .. } | Error::Unreachable { .. })) {
            return outcome;
        }
        let done = outcome
            .as_ref()
            .ok()
            .map(|transaction| Sent::of(step, transaction));
        self.done(session, done)?;
        outcome
    }

    /// Notes a stored code.
    ///
    /// # Errors
    /// Files that cannot be read or written.
    pub fn note_code(&self, session: &Session, contract: &str, code: u64) -> Result<()> {
        let mut state = session.state()?;
        state.set_code_id(&self.chain_id, contract, code)?;
        state.write()?;
        session.note(&format!("{contract} is code {code}"));
        Ok(())
    }

    /// Notes where everything is, where that is not noted yet.
    ///
    /// # Errors
    /// Files that cannot be read or written; a contract that is not there.
    pub async fn finish(&self, session: &Session, survey: &Survey) -> Result<()> {
        let noted = session.state()?;
        let mut state: StateFile = noted.clone();
        for (name, contract) in &survey.contracts {
            state.set_address(&self.chain_id, &self.grid, name, &contract.address)?;
            let Some(made) = session.chain().contract(&contract.address).await? else {
                bail!("expected {name} at {}, got nothing", contract.address);
            };
            if state.code_id(&self.chain_id, name).is_none() || survey.to_make.contains(&name.as_str()) {
                state.set_code_id(&self.chain_id, name, made.code_id)?;
            }
        }
        if state != noted {
            state.write()?;
        }
        Ok(())
    }

    fn under_way(&mut self, step: &str, transaction: Option<Handed>) -> Result<()> {
        self.record.under_way = Some(UnderWay {
            step: step.to_owned(),
            transaction,
        });
        self.write()
    }

    fn done(&mut self, session: &Session, sent: Option<Sent>) -> Result<()> {
        self.record.under_way = None;
        if let Some(sent) = &sent {
            self.record.transactions.push(sent.clone());
        }
        self.write()?;
        if let Some(sent) = sent {
            session.note(&format!(
                "done: {}: {} in block {}, gas {}, fee {}",
                sent.step, sent.hash, sent.height, sent.gas_used, sent.fee
            ));
            self.sent.push(sent);
        }
        Ok(())
    }

    fn write(&self) -> Result<()> {
        record::write(&self.folder, &self.chain_id, &self.grid, &self.record)
    }
}
