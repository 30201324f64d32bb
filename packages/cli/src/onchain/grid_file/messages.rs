//! The messages that make the grid's contracts.

use anyhow::{Context, Result};
use gridpact_market::Fee;
use gridpact_types::escrow::terms::ProjectId;
use gridpact_types::settlement::accounts::{Destination, FeeAccount};
use gridpact_types::{escrow, registry, settlement};

use super::parts::{Addresses, EscrowPlan, GridFile, GridProject, Hashes, Receiver};

impl GridFile {
    /// The escrow's, where the grid brings its own.
    pub fn escrow_message(&self) -> Option<escrow::messages::InstantiateMsg> {
        match &self.escrow {
            EscrowPlan::New(assets) => Some(escrow::messages::InstantiateMsg {
                assets: assets.clone(),
            }),
            EscrowPlan::At(_) => None,
        }
    }

    /// The registry's.
    pub fn registry_message(&self, at: &Addresses) -> registry::messages::InstantiateMsg {
        registry::messages::InstantiateMsg {
            operator: self.operator.clone(),
            settlement: at.settlement.clone(),
            interval_length: self.policy.interval_length,
            resolution: self.resolution,
            committee: self.committee.clone(),
            challenge_period: self.challenge_period,
            report_limit: self.report_limit,
            rosters_begin: self.rosters_begin,
        }
    }

    /// The settlement's; `hashes` are those of the terms of its projects.
    ///
    /// # Errors
    /// A project without a hash.
    pub fn settlement_message(
        &self,
        at: &Addresses,
        hashes: &Hashes,
    ) -> Result<settlement::messages::InstantiateMsg> {
        self.settlement_paying(at, |to| self.destination(to, at, hashes))
    }

    /// The same, but for its projects: for each the account that stands for it. What an escrow says of a project, a chain alone
    /// can tell.
    ///
    /// # Errors
    /// A receiver that is no project of the file.
    pub(super) fn settlement_without_projects(
        &self,
        at: &Addresses,
    ) -> Result<settlement::messages::InstantiateMsg> {
        self.settlement_paying(at, |to| {
            let address = match to {
                Receiver::Account(address) => address.clone(),
                Receiver::Project(number) => self.project(*number)?.otherwise.clone(),
            };
            Ok(Destination::Account { address })
        })
    }

    fn settlement_paying(
        &self,
        at: &Addresses,
        destination: impl Fn(&Receiver) -> Result<Destination>,
    ) -> Result<settlement::messages::InstantiateMsg> {
        let fee = |(fee, (label, to)): (&Fee, &(String, Receiver))| {
            Ok(FeeAccount {
                id: fee.id,
                label: label.clone(),
                destination: destination(to)?,
            })
        };
        let fees = self.policy.fees.iter().zip(&self.fees).map(fee);
        Ok(settlement::messages::InstantiateMsg {
            registry: at.registry.clone(),
            asset: self.asset.clone(),
            policy: self.policy.clone(),
            fees: fees.collect::<Result<_>>()?,
            rounding: destination(&self.rounding)?,
        })
    }

    fn destination(&self, to: &Receiver, at: &Addresses, hashes: &Hashes) -> Result<Destination> {
        let number = match to {
            Receiver::Account(address) => {
                return Ok(Destination::Account {
                    address: address.clone(),
                })
            }
            Receiver::Project(number) => number,
        };
        let terms_hash = hashes.get(number);
        Ok(Destination::Project {
            escrow: at.escrow.clone(),
            project: *number,
            terms_hash: terms_hash
                .with_context(|| format!("project {number}: expected a hash of its terms"))?
                .clone(),
            otherwise: self.project(*number)?.otherwise.clone(),
        })
    }

    fn project(&self, number: ProjectId) -> Result<&GridProject> {
        let project = self.projects.iter().find(|project| project.number == number);
        project.with_context(|| format!("expected a [[project]] of number {number}"))
    }
}
