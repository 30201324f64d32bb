//! Between the values used here and what the chain's protocol writes.

use std::io::Write;

use cosmrs::proto::cosmos::base::v1beta1::Coin as ProtoCoin;
use cosmrs::proto::traits::{Message as ProtoMessage, Name};
use cosmrs::Any;
use cosmwasm_std::{Coin, Uint128};
use flate2::{write::GzEncoder, Compression};
use serde::Serialize;

use crate::Error;

/// Wasm as gzip, which the chain unpacks: a third of the bytes, and of the gas for them.
pub(crate) fn compressed(wasm: &[u8]) -> Result<Vec<u8>, Error> {
    let mut writer = GzEncoder::new(Vec::new(), Compression::best());
    writer
        .write_all(wasm)
        .and_then(|()| writer.finish())
        .map_err(|error| Error::Invalid(format!("wasm: {error}")))
}

/// A value as JSON.
pub(crate) fn json(value: &impl Serialize) -> Result<Vec<u8>, Error> {
    serde_json::to_vec(value).map_err(|error| Error::Invalid(format!("message: {error}")))
}

/// A message with the name of its kind.
pub(crate) fn any<M: ProtoMessage + Name>(message: &M) -> Result<Any, Error> {
    Any::from_msg(message).map_err(|error| Error::Invalid(error.to_string()))
}

/// Reads a protobuf message.
pub(crate) fn decode<M: ProtoMessage + Default>(bytes: &[u8]) -> Result<M, Error> {
    M::decode(bytes).map_err(|error| Error::Answer(error.to_string()))
}

/// Coins as the SDK wants them: in the order of their names.
pub(crate) fn to_proto(coins: &[Coin]) -> Vec<ProtoCoin> {
    let mut coins: Vec<ProtoCoin> = coins
        .iter()
        .map(|coin| ProtoCoin {
            denom: coin.denom.clone(),
            amount: coin.amount.to_string(),
        })
        .collect();
    coins.sort_by(|a, b| a.denom.cmp(&b.denom));
    coins
}

/// Coins as they are used here.
pub(crate) fn from_proto(coins: &[ProtoCoin]) -> Result<Vec<Coin>, Error> {
    coins
        .iter()
        .map(|coin| {
            let amount = coin
                .amount
                .parse()
                .map_err(|_| Error::Answer(format!("coin amount {:?}", coin.amount)))?;
            Ok(Coin {
                denom: coin.denom.clone(),
                amount: Uint128::new(amount),
            })
        })
        .collect()
}
