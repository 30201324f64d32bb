//! Whether a committee signed a report.

use gridpact_report::quorum::{check_quorum, Signature};
use gridpact_report::{digest_of, sign, Domain};

use crate::error::EngineError;

/// Bytes of a compressed public key of secp256k1.
const KEY: usize = 33;
/// Bytes of a signature: r, then s.
const SIGNATURE: usize = 64;

/// A committee's keys, one behind the other, and how many of its members must sign.
#[derive(Clone, Copy, Debug)]
pub struct Committee<'a> {
    /// 33 bytes each.
    pub keys: &'a [u8],
    /// More than two thirds of the members.
    pub quorum: usize,
}

/// Signatures under a report.
#[derive(Clone, Copy, Debug)]
pub struct Signatures<'a> {
    /// Each signer's position in the committee, ascending.
    pub members: &'a [u8],
    /// Their signatures, one behind the other, 64 bytes each.
    pub signatures: &'a [u8],
}

/// The members that signed, a bit each, the first member the lowest: a quorum at least, each over this very report for this contract
/// on this chain.
///
/// # Errors
/// Bytes that are no report, or no keys or signatures; too few signatures, a member twice, one that does not verify.
pub fn verify(
    domain: &Domain,
    report: &[u8],
    committee: Committee,
    signatures: Signatures,
) -> Result<u32, EngineError> {
    let digest = digest_of(domain, report)?;
    let keys = pieces::<KEY>("public keys", committee.keys)?;
    let given = pieces::<SIGNATURE>("signatures", signatures.signatures)?;
    let (members, got) = (signatures.members.len(), given.len());
    if members != got {
        return Err(EngineError::SignatureCount { members, got });
    }
    let signature = |(member, signature): (&u8, &[u8; SIGNATURE])| Signature {
        member: *member,
        signature: *signature,
    };
    let signatures: Vec<Signature> = signatures.members.iter().zip(given).map(signature).collect();
    Ok(check_quorum(
        keys,
        committee.quorum,
        &digest,
        &signatures,
        sign::verify,
    )?)
}

fn pieces<'a, const N: usize>(what: &'static str, bytes: &'a [u8]) -> Result<&'a [[u8; N]], EngineError> {
    match bytes.as_chunks::<N>() {
        (pieces, []) => Ok(pieces),
        _ => Err(EngineError::Pieces {
            what,
            each: N,
            got: bytes.len(),
        }),
    }
}
