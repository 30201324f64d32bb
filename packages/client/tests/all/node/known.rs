//! What the node knows, and tells.

use std::collections::BTreeMap;

use cosmrs::proto::cosmos::base::abci::v1beta1::TxResponse;
use cosmrs::proto::cosmos::base::node::v1beta1::StatusResponse;
use cosmrs::proto::cosmos::base::tendermint::v1beta1::GetBlockByHeightResponse;
use cosmrs::proto::cosmos::tx::v1beta1::{GetTxsEventRequest, GetTxsEventResponse};
use cosmrs::proto::cosmwasm::wasm::v1::{AbsoluteTxPosition, ContractInfo, QueryContractInfoResponse};
use cosmrs::proto::tendermint::types::{Block, Data, Header};
use cosmrs::proto::Timestamp;
use cosmrs::Any;
use gridpact_client::ChainEvent;
use gridpact_testing::CHAIN_ID;
use sha2::{Digest, Sha256};
use tonic::{Code, Status};

/// Answers a contract's question: contract, question.
pub type Answer = Box<dyn Fn(&str, &[u8]) -> Vec<u8> + Send>;

/// A transaction of the chain.
#[derive(Clone)]
pub struct Entry {
    pub height: u64,
    pub bytes: Vec<u8>,
    pub events: Vec<ChainEvent>,
}

/// What the node knows.
#[derive(Default)]
pub struct Known {
    /// Times of the blocks, from height 1 on.
    pub times: Vec<u64>,
    /// In the blocks' order.
    pub transactions: Vec<Entry>,
    /// Block in which each contract was made.
    pub contracts: BTreeMap<String, u64>,
    pub answer: Option<Answer>,
    /// What every balance is.
    pub balance: u128,
    /// As of which blocks it was asked for contracts and balances.
    pub asked_as_of: Vec<Option<u64>>,
    /// Pages of its index that it sent.
    pub pages: usize,
}

impl Entry {
    pub fn hash(&self) -> String {
        hex::encode_upper(Sha256::digest(&self.bytes))
    }

    /// Whether an event of this kind names the contract.
    pub fn names(&self, kind: &str, contract: &str) -> bool {
        let named = |event: &&ChainEvent| event.kind == kind;
        let mut attributes = self
            .events
            .iter()
            .filter(named)
            .flat_map(|event| &event.attributes);
        attributes.any(|(name, value)| name == "_contract_address" && value == contract)
    }
}

impl Known {
    pub fn status(&self) -> StatusResponse {
        StatusResponse {
            height: self.times.len() as u64,
            timestamp: Some(self.time(self.times.len() as u64)),
            ..StatusResponse::default()
        }
    }

    pub fn time(&self, height: u64) -> Timestamp {
        Timestamp {
            seconds: i64::try_from(self.times[height as usize - 1]).unwrap(),
            // Blocks come between seconds.
            nanos: 987_654_321,
        }
    }

    pub fn block(&self, height: u64) -> Result<GetBlockByHeightResponse, Status> {
        if height == 0 || height > self.times.len() as u64 {
            return Err(Status::new(
                Code::InvalidArgument,
                "requested block height is bigger then the chain length",
            ));
        }
        let own = self.transactions.iter().filter(|entry| entry.height == height);
        let header = Header {
            version: Some(Default::default()),
            chain_id: CHAIN_ID.to_owned(),
            height: i64::try_from(height).unwrap(),
            time: Some(self.time(height)),
            proposer_address: vec![1; 20],
            ..Header::default()
        };
        let block = Block {
            header: Some(header),
            data: Some(Data {
                txs: own.map(|entry| entry.bytes.clone()).collect(),
            }),
            ..Block::default()
        };
        Ok(GetBlockByHeightResponse {
            block: Some(block),
            ..GetBlockByHeightResponse::default()
        })
    }

    pub fn told(&self, entry: &Entry) -> TxResponse {
        let time =
            cosmrs::tendermint::Time::from_unix_timestamp(self.times[entry.height as usize - 1] as i64, 0);
        let events = entry
            .events
            .iter()
            .map(|event| cosmrs::proto::tendermint::abci::Event {
                r#type: event.kind.clone(),
                attributes: event
                    .attributes
                    .iter()
                    .map(|(key, value)| cosmrs::proto::tendermint::abci::EventAttribute {
                        key: key.clone(),
                        value: value.clone(),
                        index: true,
                    })
                    .collect(),
            });
        TxResponse {
            height: i64::try_from(entry.height).unwrap(),
            txhash: entry.hash(),
            timestamp: time.unwrap().to_rfc3339(),
            tx: Some(Any {
                type_url: "/cosmos.tx.v1beta1.Tx".to_owned(),
                value: entry.bytes.clone(),
            }),
            events: events.collect(),
            ..TxResponse::default()
        }
    }

    /// As CometBFT's index: `KIND._contract_address='ADDRESS' AND tx.height>=A AND tx.height<=B`, ascending, by pages.
    pub fn search(&self, request: &GetTxsEventRequest) -> GetTxsEventResponse {
        let conditions: Vec<&str> = request.query.split(" AND ").collect();
        let [contract, from, to] = conditions[..] else {
            panic!("{}", request.query)
        };
        let (kind, address) = contract.split_once("._contract_address=").unwrap();
        let height = |text: &str, sign: &str| -> u64 {
            let number = text
                .strip_prefix("tx.height")
                .and_then(|text| text.strip_prefix(sign));
            number.unwrap().parse().unwrap()
        };
        let (from, to) = (height(from, ">="), height(to, "<="));
        let found = self.transactions.iter().filter(|entry| {
            (from..=to).contains(&entry.height) && entry.names(kind, address.trim_matches('\''))
        });
        let found: Vec<TxResponse> = found.map(|entry| self.told(entry)).collect();
        let (page, limit) = (request.page as usize, request.limit as usize);
        GetTxsEventResponse {
            total: found.len() as u64,
            tx_responses: found.into_iter().skip((page - 1) * limit).take(limit).collect(),
            ..GetTxsEventResponse::default()
        }
    }
}

pub fn contract_info(address: String, created: u64) -> QueryContractInfoResponse {
    QueryContractInfoResponse {
        address,
        contract_info: Some(ContractInfo {
            created: Some(AbsoluteTxPosition {
                block_height: created,
                tx_index: 0,
            }),
            ..ContractInfo::default()
        }),
    }
}
