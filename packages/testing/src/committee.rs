//! Oracles with keys from fixed seeds.

use cosmwasm_std::{Addr, HexBinary};
use gridpact_report::sign::SigningKey;
use gridpact_report::{digest_of, Domain};
use gridpact_types::registry;
use gridpact_types::registry::committee::{Member, Signature};

/// A committee and its secret keys.
pub struct Committee {
    keys: Vec<SigningKey>,
    quorum: u8,
}

impl Committee {
    /// This many members; the same seed gives the same keys.
    pub fn new(members: u8, quorum: u8, seed: u8) -> Self {
        let key = |member: u8| {
            let mut secret = [seed; 32];
            secret[31] = member + 1;
            secret[0] = 1;
            SigningKey::from_bytes(&secret).expect("a fixed seed below the curve's order")
        };
        Self {
            keys: (0..members).map(key).collect(),
            quorum,
        }
    }

    /// Signatures that a report needs.
    pub fn quorum(&self) -> u8 {
        self.quorum
    }

    /// As the registry takes it; `address` names the members.
    pub fn describe(&self, address: impl Fn(usize) -> Addr) -> registry::committee::Committee {
        let member = |(position, key): (usize, &SigningKey)| Member {
            address: address(position).into_string(),
            public_key: HexBinary::from(key.public_key()),
        };
        registry::committee::Committee {
            members: self.keys.iter().enumerate().map(member).collect(),
            quorum: self.quorum,
        }
    }

    /// Signatures of these members over a report for this chain and registry. Bytes without a header have no digest, and no chain
    /// asks what was signed of them.
    pub fn sign(&self, chain_id: &str, registry: &Addr, report: &[u8], members: &[u8]) -> Vec<Signature> {
        let domain = Domain {
            chain_id,
            registry: registry.as_str(),
        };
        let digest = digest_of(&domain, report).unwrap_or_default();
        let sign = |member: &u8| Signature {
            member: *member,
            signature: self.keys[usize::from(*member)]
                .sign_digest(&digest)
                .as_slice()
                .into(),
        };
        members.iter().map(sign).collect()
    }

    /// Signatures of the first members, just enough.
    pub fn sign_by_quorum(&self, chain_id: &str, registry: &Addr, report: &[u8]) -> Vec<Signature> {
        let members: Vec<u8> = (0..self.quorum).collect();
        self.sign(chain_id, registry, report, &members)
    }
}
