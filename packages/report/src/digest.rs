use sha2::{Digest, Sha256};

use crate::error::DecodeError;
use crate::header::{split, Header};

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

/// SHA-256 of a report's body: names the readings, whatever is said of them. Archives of readings go by it.
pub fn body_hash(body: &[u8]) -> [u8; 32] {
    Sha256::digest(body).into()
}

/// What the committee signs: SHA-256 over [`DOMAIN_TAG`], chain id, address and the header's bytes, each preceded by its
/// length in bytes as 8 bytes, most significant first, so that no bytes can move from one field to the next; then the 32
/// bytes of the body's hash.
///
/// So who shows that a member signed two reports of one window brings two headers and two hashes, never the readings.
pub fn digest(domain: &Domain, header: &Header, body_hash: &[u8; 32]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for field in [
        DOMAIN_TAG.as_bytes(),
        domain.chain_id.as_bytes(),
        domain.registry.as_bytes(),
        &header.encode(),
    ] {
        // A length is at most 2^64 - 1 on every platform there is.
        hash.update(u64::try_from(field.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(field);
    }
    hash.update(body_hash);
    hash.finalize().into()
}

/// The digest of the report that `bytes` are. Its readings are not decoded: bytes that are no report may have one too.
pub fn digest_of(domain: &Domain, bytes: &[u8]) -> Result<[u8; 32], DecodeError> {
    let (header, body) = split(bytes)?;
    Ok(digest(domain, &header, &body_hash(body)))
}
