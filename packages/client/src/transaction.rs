//! A transaction that got into a block.

use cosmrs::proto::cosmos::base::abci::v1beta1::{TxMsgData, TxResponse};
use cosmrs::proto::cosmos::tx::v1beta1::{AuthInfo, TxBody, TxRaw};
use cosmwasm_std::Coin;
use sha2::{Digest, Sha256};

use crate::encoding::{decode, from_proto};
use crate::error::refused;
use crate::{Error, Message};

/// What happened, as a contract or a module told it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainEvent {
    /// Kind; contracts' own begin with `wasm-`.
    pub kind: String,
    /// Keys and values, in order.
    pub attributes: Vec<(String, String)>,
}

impl ChainEvent {
    /// The message of the transaction that it belongs to, counted from 0; `None` where the chain does not say (before SDK
    /// 0.50), or where it belongs to none.
    pub fn message_index(&self) -> Option<usize> {
        let mut attributes = self.attributes.iter();
        attributes.find(|(name, _)| name == "msg_index")?.1.parse().ok()
    }
}

/// A transaction in a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transaction {
    /// SHA-256 of its bytes, upper-case hex.
    pub hash: String,
    /// Its block.
    pub height: u64,
    /// 0 where it was carried out.
    pub code: u32,
    /// Who defines the code.
    pub codespace: String,
    /// What the chain said of a failure.
    pub log: String,
    /// The gas limit.
    pub gas_wanted: u64,
    /// The gas used.
    pub gas_used: u64,
    /// The fee paid.
    pub fee: Vec<Coin>,
    /// Its length in bytes.
    pub bytes: usize,
    /// What happened.
    pub events: Vec<ChainEvent>,
    /// What it asked for.
    pub messages: Vec<Message>,
    /// What each message answered.
    pub data: Vec<Vec<u8>>,
}

impl Transaction {
    /// The transaction where it was carried out.
    ///
    /// # Errors
    /// Why it was not: the contract's own words, out of gas, not enough money.
    pub fn result(self) -> Result<Self, Error> {
        if self.code == 0 {
            return Ok(self);
        }
        let gas = (self.gas_wanted, self.gas_used);
        Err(refused(
            &self.codespace,
            self.code,
            &self.log,
            gas,
            Some(&self.hash),
        ))
    }

    /// Every value of a key in events of a kind, in order.
    pub fn attributes<'a>(&'a self, kind: &'a str, key: &'a str) -> impl Iterator<Item = &'a str> {
        self.events
            .iter()
            .filter(move |event| event.kind == kind)
            .flat_map(|event| &event.attributes)
            .filter(move |(name, _)| name == key)
            .map(|(_, value)| value.as_str())
    }

    /// The first value of a key in events of a kind.
    pub fn attribute<'a>(&'a self, kind: &'a str, key: &'a str) -> Option<&'a str> {
        self.attributes(kind, key).next()
    }

    /// The number of the code that it stored.
    pub fn code_id(&self) -> Option<u64> {
        self.attribute("store_code", "code_id")?.parse().ok()
    }

    /// From its bytes and what the node tells of it.
    ///
    /// Anybody's transaction must be readable here, or it would stop whoever follows the chain: amounts above 2^128 in a
    /// failed one make its message an [`Message::Other`], and are left out of its fee.
    pub(crate) fn from_parts(bytes: &[u8], told: TxResponse) -> Result<Self, Error> {
        let raw: TxRaw = decode(bytes)?;
        let body: TxBody = decode(&raw.body_bytes)?;
        let auth: AuthInfo = decode(&raw.auth_info_bytes)?;
        let data = hex::decode(&told.data).map_err(|error| Error::Answer(error.to_string()))?;
        let data: TxMsgData = decode(&data)?;
        let fee = auth.fee.unwrap_or_default().amount.into_iter();
        let events = told.events.into_iter().map(|event| ChainEvent {
            kind: event.r#type,
            attributes: event
                .attributes
                .into_iter()
                .map(|attribute| (attribute.key, attribute.value))
                .collect(),
        });
        Ok(Self {
            hash: told.txhash,
            height: unsigned(told.height)?,
            code: told.code,
            codespace: told.codespace,
            log: told.raw_log,
            gas_wanted: unsigned(told.gas_wanted)?,
            gas_used: unsigned(told.gas_used)?,
            fee: fee
                .filter_map(|coin| from_proto(core::slice::from_ref(&coin)).ok()?.pop())
                .collect(),
            bytes: bytes.len(),
            events: events.collect(),
            messages: body.messages.iter().map(Message::from_any).collect(),
            data: data.msg_responses.into_iter().map(|any| any.value).collect(),
        })
    }
}

/// The name of a transaction: SHA-256 of its bytes.
pub(crate) fn hash(bytes: &[u8]) -> String {
    hex::encode_upper(Sha256::digest(bytes))
}

/// True for bytes that are a transaction.
pub(crate) fn is_transaction(bytes: &[u8]) -> bool {
    let body = decode::<TxRaw>(bytes).and_then(|raw| decode::<TxBody>(&raw.body_bytes));
    body.is_ok_and(|body| !body.messages.is_empty())
}

/// Heights and gas, which the protocol writes as signed numbers.
pub(crate) fn unsigned(number: i64) -> Result<u64, Error> {
    u64::try_from(number).map_err(|_| Error::Answer(format!("expected a number of 0 or more, got {number}")))
}
