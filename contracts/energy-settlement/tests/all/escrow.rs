//! An escrow that answers as it is told, for destinations that are projects.

use cosmwasm_std::testing::{mock_dependencies, MockApi, MockQuerier, MockStorage};
use cosmwasm_std::{
    from_json, to_json_binary, to_json_vec, Addr, Binary, ContractResult, HexBinary, OwnedDeps, SystemError,
    SystemResult, WasmQuery,
};
use gridpact_report::body_hash;
use gridpact_types::asset::Asset;
use gridpact_types::escrow::answers::{ConfigResponse, Phase, StandingResponse};
use gridpact_types::escrow::queries::QueryMsg;
use gridpact_types::escrow::terms::ProjectId;

/// The project that the line's fee goes to.
pub const LINE: ProjectId = 7;

/// What the escrow says of its projects, all alike.
#[derive(Clone)]
pub struct Escrow {
    pub asset: Asset,
    pub phase: Phase,
    pub projects: u64,
}

impl Escrow {
    /// Of projects that are built.
    pub fn new(asset: Asset) -> Self {
        Self {
            asset,
            phase: Phase::Closed,
            projects: LINE,
        }
    }

    /// Other terms have another hash; here they differ in their asset.
    pub fn terms_hash(&self) -> HexBinary {
        HexBinary::from(body_hash(&to_json_vec(&self.asset).unwrap()))
    }

    fn answer(&self, question: &QueryMsg) -> ContractResult<Binary> {
        if matches!(question, QueryMsg::Standing { project } if *project > self.projects) {
            return ContractResult::Err(format!("no such project; there are {}", self.projects));
        }
        let answer = match question {
            QueryMsg::Config {} => to_json_binary(&ConfigResponse {
                assets: vec![self.asset.clone()],
                projects: self.projects,
            }),
            QueryMsg::Standing { .. } => to_json_binary(&StandingResponse {
                phase: self.phase,
                asset: self.asset.clone(),
                terms_hash: self.terms_hash(),
            }),
            other => panic!("nobody asks this: {other:?}"),
        };
        ContractResult::Ok(answer.unwrap())
    }
}

/// A store on whose chain `escrow` is one, `settlement` does not exist yet, and everything else is another contract.
pub fn deps_with(escrow: Escrow) -> OwnedDeps<MockStorage, MockApi, MockQuerier> {
    let mut deps = mock_dependencies();
    answer_as(&mut deps, escrow);
    deps
}

/// From now on the escrow answers so.
pub fn answer_as(deps: &mut OwnedDeps<MockStorage, MockApi, MockQuerier>, escrow: Escrow) {
    let (address, missing) = (deps.api.addr_make("escrow"), deps.api.addr_make("nothing"));
    deps.querier.update_wasm(move |question| match question {
        WasmQuery::Smart { contract_addr, msg } if *contract_addr == address.as_str() => {
            SystemResult::Ok(escrow.answer(&from_json(msg).expect("a question to an escrow")))
        }
        WasmQuery::Smart { contract_addr, .. } if Addr::unchecked(contract_addr) == missing => {
            SystemResult::Err(SystemError::NoSuchContract {
                addr: contract_addr.clone(),
            })
        }
        WasmQuery::Smart { .. } => {
            SystemResult::Ok(ContractResult::Err("unknown variant `config`".to_owned()))
        }
        other => panic!("nobody asks this: {other:?}"),
    });
}
