use sha2::{Digest, Sha256};

/// First field under every digest: no other message of this or another protocol starts so.
pub const DOMAIN_TAG: &str = "gridpact report digest v1";

/// Where a report counts: one contract on one chain. A signature for one is worth nothing to another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Domain<'a> {
    /// Identifier of the chain.
    pub chain_id: &'a str,
    /// Address of the meter-registry contract, as the chain writes it.
    pub registry: &'a str,
}

/// What the committee signs: SHA-256 over [`DOMAIN_TAG`], chain id, address and the report's bytes, each preceded by its
/// length in bytes as 8 bytes, most significant first, so that no bytes can move from one field to the next.
pub fn digest(domain: &Domain, bytes: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for field in [
        DOMAIN_TAG.as_bytes(),
        domain.chain_id.as_bytes(),
        domain.registry.as_bytes(),
        bytes,
    ] {
        // A length is at most 2^64 - 1 on every platform there is.
        hash.update(u64::try_from(field.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(field);
    }
    hash.finalize().into()
}
