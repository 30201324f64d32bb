//! A node of a made-up chain, over real gRPC: blocks with their transactions, an index of them, contracts that answer.

mod finality;
mod grpc;
mod history;
mod known;
mod life;
mod messages;

use std::sync::{Arc, Mutex};

use cosmrs::proto::cosmos::bank::v1beta1::QueryBalanceResponse;
use cosmrs::proto::cosmos::base::tendermint::v1beta1::GetBlockByHeightRequest;
use cosmrs::proto::cosmos::base::v1beta1::Coin;
use cosmrs::proto::cosmos::tx::v1beta1::{GetTxRequest, GetTxResponse, GetTxsEventRequest};
use cosmrs::proto::cosmwasm::wasm::v1::{
    QueryContractInfoRequest, QuerySmartContractStateRequest, QuerySmartContractStateResponse,
};
use cosmrs::proto::traits::Message;
use gridpact_client::{Chain, ChainEvent, Network};
use gridpact_testing::CHAIN_ID;
use tonic::{Code, Status};

use known::{contract_info, Entry, Known};

/// A node that serves until the test ends.
#[derive(Clone, Default)]
pub struct Node(Arc<Mutex<Known>>);

impl Node {
    /// A block of this time, with transactions and their events; returns its height.
    fn block(&self, time: u64, transactions: Vec<(Vec<u8>, Vec<ChainEvent>)>) -> u64 {
        let mut known = self.0.lock().unwrap();
        known.times.push(time);
        let height = known.times.len() as u64;
        let entries = transactions.into_iter().map(|(bytes, events)| Entry {
            height,
            bytes,
            events,
        });
        known.transactions.extend(entries);
        height
    }

    /// Starts it, and connects.
    async fn connect(&self) -> Chain {
        let endpoint = grpc::serve(self.clone()).await;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("fake.toml");
        let text = format!(
            "chain_id = \"{CHAIN_ID}\"\ngrpc = \"{endpoint}\"\nprefix = \"wasm\"\ngas_price = \"0.025stake\"\n"
        );
        std::fs::write(&path, text).unwrap();
        Chain::connect(Network::read(&path).unwrap()).await.unwrap()
    }

    /// Answers a request.
    fn answer(&self, method: &str, as_of: Option<u64>, request: &[u8]) -> Result<Vec<u8>, Status> {
        let mut known = self.0.lock().unwrap();
        Ok(match method {
            "Status" => known.status().encode_to_vec(),
            "GetLatestBlock" => known.block(known.times.len() as u64)?.encode_to_vec(),
            "GetBlockByHeight" => {
                let height = GetBlockByHeightRequest::decode(request).unwrap().height;
                known.block(height.unsigned_abs())?.encode_to_vec()
            }
            "GetTx" => {
                let hash = GetTxRequest::decode(request).unwrap().hash;
                let mut all = known.transactions.iter();
                let found = all.find(|entry| entry.hash() == hash);
                let found = found.ok_or_else(|| Status::new(Code::NotFound, "tx not found"))?;
                GetTxResponse {
                    tx: None,
                    tx_response: Some(known.told(found)),
                }
                .encode_to_vec()
            }
            "GetTxsEvent" => {
                known.pages += 1;
                known
                    .search(&GetTxsEventRequest::decode(request).unwrap())
                    .encode_to_vec()
            }
            "ContractInfo" => {
                let address = QueryContractInfoRequest::decode(request).unwrap().address;
                let created = known.contracts.get(&address).copied();
                let created = created.ok_or_else(|| Status::new(Code::NotFound, "no such contract"))?;
                contract_info(address, created).encode_to_vec()
            }
            "SmartContractState" => {
                known.asked_as_of.push(as_of);
                let question = QuerySmartContractStateRequest::decode(request).unwrap();
                let answer = known.answer.as_ref().unwrap();
                QuerySmartContractStateResponse {
                    data: answer(&question.address, &question.query_data),
                }
                .encode_to_vec()
            }
            "Balance" => {
                known.asked_as_of.push(as_of);
                let balance = Some(Coin {
                    denom: "ueur".to_owned(),
                    amount: known.balance.to_string(),
                });
                QueryBalanceResponse { balance }.encode_to_vec()
            }
            other => return Err(Status::new(Code::Unimplemented, other.to_owned())),
        })
    }
}
