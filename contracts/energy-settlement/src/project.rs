//! A destination that is an escrow project: asked at the start, and before each payment.

use cosmwasm_schema::serde::de::DeserializeOwned;
use cosmwasm_std::{HexBinary, QuerierWrapper};
use gridpact_types::asset::Asset;
use gridpact_types::escrow::answers::{ConfigResponse, Phase, StandingResponse};
use gridpact_types::escrow::queries::QueryMsg;
use gridpact_types::escrow::terms::ProjectId;

use crate::error::ContractError;

/// The project that money goes to. Anybody may open projects, so that a number alone could be anybody's: the hash of the terms
/// says which is meant.
#[derive(Clone, Copy)]
pub(crate) struct Project<'a> {
    pub escrow: &'a str,
    pub number: ProjectId,
    pub terms_hash: &'a HexBinary,
}

/// What is paid now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Payee {
    /// The project; its escrow says whether it takes money already.
    Project,
    /// The second destination: the project will never take any.
    Otherwise,
}

impl Project<'_> {
    /// Refuses what could never be paid: no escrow, no such project, other terms, another asset, one that is over already.
    pub fn check(self, querier: QuerierWrapper, asset: &Asset) -> Result<(), ContractError> {
        let config: ConfigResponse = self.query(querier, &QueryMsg::Config {})?;
        if self.number == 0 || self.number > config.projects {
            return Err(ContractError::UnknownProject {
                escrow: self.escrow.to_owned(),
                projects: config.projects,
                got: self.number,
            });
        }
        let found = self.ask(querier)?;
        if found.asset != *asset {
            return Err(ContractError::ProjectAsset {
                project: self.number,
                expected: asset.clone(),
                got: found.asset,
            });
        }
        match payee(found.phase) {
            Payee::Project => Ok(()),
            Payee::Otherwise => Err(ContractError::ProjectOver {
                project: self.number,
                got: found.phase,
            }),
        }
    }

    /// Whom the escrow says to pay.
    pub fn payee(self, querier: QuerierWrapper) -> Result<Payee, ContractError> {
        Ok(payee(self.ask(querier)?.phase))
    }

    /// The project as its escrow knows it, by terms of the hash that is meant.
    fn ask(self, querier: QuerierWrapper) -> Result<StandingResponse, ContractError> {
        let project = QueryMsg::Standing { project: self.number };
        let found: StandingResponse = self.query(querier, &project)?;
        if found.terms_hash == *self.terms_hash {
            Ok(found)
        } else {
            Err(ContractError::ProjectTerms {
                project: self.number,
                expected: self.terms_hash.to_hex(),
                got: found.terms_hash.to_hex(),
            })
        }
    }

    /// Whatever is not an escrow refuses the question, or answers something else.
    fn query<T: DeserializeOwned>(
        self,
        querier: QuerierWrapper,
        question: &QueryMsg,
    ) -> Result<T, ContractError> {
        let answer = querier.query_wasm_smart(self.escrow, question);
        answer.map_err(|error| self.no_escrow(&error))
    }

    fn no_escrow(self, error: &dyn core::fmt::Display) -> ContractError {
        ContractError::NoEscrow {
            address: self.escrow.to_owned(),
            error: error.to_string(),
        }
    }
}

/// A project that has failed or was ended early stays so.
const fn payee(phase: Phase) -> Payee {
    match phase {
        Phase::Open | Phase::Funded | Phase::Active | Phase::Defects | Phase::Closed => Payee::Project,
        Phase::Failed | Phase::Terminated => Payee::Otherwise,
    }
}
