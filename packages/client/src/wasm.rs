//! Reading what the chain's wasm module holds: codes, contracts, their answers and their state.

use cosmrs::proto::cosmos::base::query::v1beta1::{PageRequest, PageResponse};
use cosmrs::proto::cosmwasm::wasm::v1::query_client::QueryClient;
use cosmrs::proto::cosmwasm::wasm::v1::{
    AccessType, CodeInfoResponse, QueryAllContractStateRequest, QueryCodeRequest, QueryCodesRequest,
    QueryContractInfoRequest, QueryParamsRequest, QueryRawContractStateRequest,
    QuerySmartContractStateRequest,
};
use serde::de::DeserializeOwned;
use serde::Serialize;
use tonic::transport::Channel;
use tonic::{Code as StatusCode, Status};

use crate::connection::{answered, LARGEST_ANSWER, LARGEST_MESSAGE};
use crate::encoding::json;
use crate::{Chain, Error};

/// A stored code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// Its number.
    pub id: u64,
    /// SHA-256 of the wasm.
    pub checksum: [u8; 32],
    /// Who stored it.
    pub creator: String,
}

/// A contract as the chain lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contract {
    /// Its code.
    pub code_id: u64,
    /// Who made it.
    pub creator: String,
    /// Who may migrate it.
    pub admin: Option<String>,
    /// What explorers show.
    pub label: String,
    /// The block in which it was made.
    pub created: u64,
}

/// Who may store code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UploadPermission {
    /// Everybody.
    Everybody,
    /// Nobody; only a governance proposal stores code.
    Nobody,
    /// These addresses.
    AnyOf(Vec<String>),
}

/// Entries of a page: 200 values of 100 KiB, more than any contract here keeps, stay below the largest answer.
const PAGE: u64 = 200;

fn client(channel: Channel) -> QueryClient<Channel> {
    QueryClient::new(channel)
        .max_decoding_message_size(LARGEST_ANSWER)
        .max_encoding_message_size(LARGEST_MESSAGE)
}

impl Chain {
    /// Asks a contract.
    ///
    /// # Errors
    /// [`Error::Refused`] in the contract's own words, [`Error::Answer`] where the answer is of another kind.
    pub async fn query<R: DeserializeOwned>(
        &self,
        contract: &str,
        question: &impl Serialize,
    ) -> Result<R, Error> {
        let request = QuerySmartContractStateRequest {
            address: contract.to_owned(),
            query_data: json(question)?,
        };
        let answer = self
            .connection
            .ask(|channel| {
                let request = self.question(request.clone());
                async move { client(channel).smart_contract_state(request).await }
            })
            .await?;
        serde_json::from_slice(&answer.into_inner().data)
            .map_err(|error| Error::Answer(format!("contract {contract}: {error}")))
    }

    /// A value of a contract's state; `None` where the key is not there.
    pub async fn raw_state(&self, contract: &str, key: &[u8]) -> Result<Option<Vec<u8>>, Error> {
        let request = QueryRawContractStateRequest {
            address: contract.to_owned(),
            query_data: key.to_vec(),
        };
        let answer = self
            .connection
            .ask(|channel| {
                let request = request.clone();
                async move { client(channel).raw_contract_state(request).await }
            })
            .await?;
        let data = answer.into_inner().data;
        Ok((!data.is_empty()).then_some(data))
    }

    /// A contract's whole state, keys and values.
    pub async fn all_state(&self, contract: &str) -> Result<Vec<(Vec<u8>, Vec<u8>)>, Error> {
        let mut state = Vec::new();
        let mut page = first_page();
        while let Some(pagination) = page {
            let request = QueryAllContractStateRequest {
                address: contract.to_owned(),
                pagination: Some(pagination),
            };
            let answer = self
                .connection
                .ask(|channel| {
                    let request = request.clone();
                    async move { client(channel).all_contract_state(request).await }
                })
                .await?
                .into_inner();
            state.extend(answer.models.into_iter().map(|model| (model.key, model.value)));
            page = next_page(answer.pagination);
        }
        Ok(state)
    }

    /// Every stored code.
    pub async fn codes(&self) -> Result<Vec<Code>, Error> {
        let mut codes = Vec::new();
        let mut page = first_page();
        while let Some(pagination) = page {
            let request = QueryCodesRequest {
                pagination: Some(pagination),
            };
            let answer = self
                .connection
                .ask(|channel| {
                    let request = request.clone();
                    async move { client(channel).codes(request).await }
                })
                .await?
                .into_inner();
            for info in answer.code_infos {
                codes.push(code(info)?);
            }
            page = next_page(answer.pagination);
        }
        Ok(codes)
    }

    /// A stored code; `None` where there is none of that number.
    pub async fn code(&self, id: u64) -> Result<Option<Code>, Error> {
        // The node sends the wasm as well; there is no smaller question that old nodes know.
        let answer = self
            .connection
            .ask_status(|channel| async move { client(channel).code(QueryCodeRequest { code_id: id }).await })
            .await?;
        let info = found(answer)?.and_then(|answer| answer.into_inner().code_info);
        info.map(code).transpose()
    }

    /// A contract; `None` where there is none at that address.
    pub async fn contract(&self, address: &str) -> Result<Option<Contract>, Error> {
        let request = QueryContractInfoRequest {
            address: address.to_owned(),
        };
        let answer = self
            .connection
            .ask_status(|channel| {
                let request = request.clone();
                async move { client(channel).contract_info(request).await }
            })
            .await?;
        let info = found(answer)?.and_then(|answer| answer.into_inner().contract_info);
        Ok(info.map(|info| Contract {
            code_id: info.code_id,
            creator: info.creator,
            admin: (!info.admin.is_empty()).then_some(info.admin),
            label: info.label,
            created: info.created.map(|at| at.block_height).unwrap_or_default(),
        }))
    }

    /// Who may store code here.
    pub async fn upload_permission(&self) -> Result<UploadPermission, Error> {
        let answer = self
            .connection
            .ask(|channel| async move { client(channel).params(QueryParamsRequest {}).await })
            .await?;
        let access = answer
            .into_inner()
            .params
            .and_then(|params| params.code_upload_access)
            .ok_or_else(|| {
                Error::Answer("no upload permission in the wasm module's parameters".to_owned())
            })?;
        match access.permission() {
            AccessType::Everybody => Ok(UploadPermission::Everybody),
            AccessType::Nobody => Ok(UploadPermission::Nobody),
            AccessType::AnyOfAddresses => Ok(UploadPermission::AnyOf(access.addresses)),
            AccessType::Unspecified => Err(Error::Answer("upload permission: unspecified".to_owned())),
        }
    }
}

fn code(info: CodeInfoResponse) -> Result<Code, Error> {
    let checksum = info
        .data_hash
        .try_into()
        .map_err(|_| Error::Answer(format!("code {}: expected a checksum of 32 bytes", info.code_id)))?;
    Ok(Code {
        id: info.code_id,
        checksum,
        creator: info.creator,
    })
}

/// What was found; nothing where the node says that it is not there.
fn found<T>(answer: Result<T, Status>) -> Result<Option<T>, Error> {
    match answer {
        Ok(found) => Ok(Some(found)),
        // wasmd says so in words, with a status that means anything.
        Err(status) if status.code() == StatusCode::NotFound || status.message().contains("no such co") => {
            Ok(None)
        }
        Err(status) => Err(answered(&status)),
    }
}

fn first_page() -> Option<PageRequest> {
    Some(PageRequest {
        limit: PAGE,
        ..PageRequest::default()
    })
}

fn next_page(page: Option<PageResponse>) -> Option<PageRequest> {
    let key = page?.next_key;
    (!key.is_empty()).then(|| PageRequest {
        key,
        limit: PAGE,
        ..PageRequest::default()
    })
}
