//! The committee of one epoch: who may sign, and how many must. Pure but for the check that a key is a point.

use cosmwasm_std::{Addr, Api, HexBinary};
use gridpact_report::quorum::threshold_allowed;
use gridpact_storage::{Packed, ReadFormat, Reader};
use gridpact_types::registry::bounds::KEY_LENGTH;

use crate::grid_error::GridError;

/// What checking a report needs of a committee: read with every report, so without the addresses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signatories {
    /// How many members must sign.
    pub quorum: u8,
    /// The members' compressed keys, in the order in which signatures name them.
    pub keys: Vec<[u8; KEY_LENGTH]>,
}

impl Signatories {
    /// A committee is 1 to 32 members, each with a key and an address that no other has, and a quorum of more than two
    /// thirds. Two members behind one key would be one who signs twice; two behind one address could not both be
    /// answered for by one bond.
    pub fn new(api: &dyn Api, members: &[(Addr, HexBinary)], quorum: u8) -> Result<Self, GridError> {
        if !threshold_allowed(members.len(), quorum.into()) {
            return Err(GridError::Threshold {
                members: members.len(),
                quorum,
            });
        }
        let mut keys: Vec<[u8; KEY_LENGTH]> = Vec::with_capacity(members.len());
        for (index, (address, public_key)) in members.iter().enumerate() {
            let key = point(api, public_key).ok_or_else(|| GridError::PublicKey {
                member: index,
                got: public_key.to_hex(),
            })?;
            if let Some(earlier) = keys.iter().position(|known| *known == key) {
                return Err(GridError::RepeatedKey {
                    member: index,
                    earlier,
                });
            }
            let mut before = members.iter().take(index);
            if let Some(earlier) = before.position(|(known, _)| known == address) {
                return Err(GridError::RepeatedMember {
                    member: index,
                    earlier,
                });
            }
            keys.push(key);
        }
        Ok(Self { quorum, keys })
    }
}

/// The key, where it is a compressed point of the curve. The chain has no call that says so, but its verification fails
/// on a key that is no point, while it merely denies a well-formed signature that the key did not make.
fn point(api: &dyn Api, public_key: &[u8]) -> Option<[u8; KEY_LENGTH]> {
    let key = <[u8; KEY_LENGTH]>::try_from(public_key).ok()?;
    let mut one = [0; 32];
    one[31] = 1;
    let mut signature = [0; 64];
    signature[31] = 1;
    signature[63] = 1;
    api.secp256k1_verify(&one, &signature, &key).ok().map(|_| key)
}

impl Packed for Signatories {
    const NAME: &'static str = "committee";
    const FORMATS: &'static [ReadFormat<Self>] = &[Self::read_1];

    fn write(&self, bytes: &mut Vec<u8>) {
        bytes.push(self.quorum);
        bytes.extend(self.keys.iter().flatten());
    }
}

impl Signatories {
    fn read_1(reader: &mut Reader) -> Option<Self> {
        let quorum = reader.byte()?;
        let mut keys = Vec::new();
        while !reader.is_empty() {
            keys.push(reader.array()?);
        }
        Some(Self { quorum, keys })
    }
}
