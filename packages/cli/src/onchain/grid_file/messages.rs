//! The messages that make the grid's contracts.

use gridpact_market::Fee;
use gridpact_types::settlement::accounts::{Destination, FeeAccount};
use gridpact_types::{escrow, registry, settlement};

use super::parts::{Addresses, EscrowPlan, GridFile, Receiver};

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

    /// The settlement's.
    pub fn settlement_message(&self, at: &Addresses) -> settlement::messages::InstantiateMsg {
        let fee = |(fee, (label, to)): (&Fee, &(String, Receiver))| FeeAccount {
            id: fee.id,
            label: label.clone(),
            destination: destination(to, at),
        };
        settlement::messages::InstantiateMsg {
            registry: at.registry.clone(),
            asset: self.asset.clone(),
            policy: self.policy.clone(),
            fees: self.policy.fees.iter().zip(&self.fees).map(fee).collect(),
            rounding: destination(&self.rounding, at),
        }
    }
}

fn destination(to: &Receiver, at: &Addresses) -> Destination {
    match to {
        Receiver::Account(address) => Destination::Account {
            address: address.clone(),
        },
        Receiver::Project(project) => Destination::Project {
            escrow: at.escrow.clone(),
            project: *project,
        },
    }
}
