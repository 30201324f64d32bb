//! The oracles and their signatures.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::{Binary, HexBinary};

/// A committee of oracles.
#[cw_serde]
pub struct Committee {
    /// 1 to 32 distinct members; a signature names its member by the position in this list.
    pub members: Vec<Member>,
    /// How many members must sign: more than two thirds of them, at most all.
    pub quorum: u8,
}

/// One oracle.
#[cw_serde]
pub struct Member {
    /// Who answers for the key.
    pub address: String,
    /// Compressed secp256k1 public key, 33 bytes.
    pub public_key: HexBinary,
}

/// A member's signature over the digest of a report.
#[cw_serde]
pub struct Signature {
    /// Position of the member in the epoch's committee; strictly ascending in a list.
    pub member: u8,
    /// secp256k1 signature, r then s, 64 bytes.
    pub signature: Binary,
}
