//! Signing digests and checking signatures off the chain, with k256.

use core::fmt;

use k256::ecdsa::signature::hazmat::{PrehashSigner, PrehashVerifier};
use k256::ecdsa::{Signature, VerifyingKey};

/// Bytes that are no private key of secp256k1: zero, or not below the order of the group.
#[derive(thiserror::Error, Clone, Copy, Debug, PartialEq, Eq)]
#[error("private key: expected a number from 1 to below the order of secp256k1, got another")]
pub struct InvalidKey;

/// A committee member's private key. Its `Debug` shows the public key only.
#[derive(Clone)]
pub struct SigningKey(k256::ecdsa::SigningKey);

impl SigningKey {
    /// The key whose scalar is `bytes`, most significant first.
    pub fn from_bytes(bytes: &[u8; 32]) -> Result<Self, InvalidKey> {
        k256::ecdsa::SigningKey::from_bytes(bytes.into())
            .map(Self)
            .map_err(|_| InvalidKey)
    }

    /// The public key in compressed form (SEC 1), as committees list it.
    pub fn public_key(&self) -> [u8; 33] {
        let point = self.0.verifying_key().to_encoded_point(true);
        let mut key = [0; 33];
        for (to, from) in key.iter_mut().zip(point.as_bytes()) {
            *to = *from;
        }
        key
    }

    /// Signs a digest: r and s, 32 bytes each, s in the lower half. The same digest gives the same bytes (RFC 6979).
    #[allow(
        clippy::expect_used,
        reason = "fails only for digests shorter than 16 bytes; this one has 32"
    )]
    pub fn sign_digest(&self, digest: &[u8; 32]) -> [u8; 64] {
        let signature: Signature = self
            .0
            .sign_prehash(digest)
            .expect("a digest of 32 bytes is long enough");
        signature.normalize_s().unwrap_or(signature).to_bytes().into()
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(public ")?;
        for byte in self.public_key() {
            write!(f, "{byte:02x}")?;
        }
        f.write_str(")")
    }
}

/// True where `public_key` (SEC 1) signed `digest`. Accepts s in either half, as a chain's own verification does.
pub fn verify(digest: &[u8; 32], signature: &[u8; 64], public_key: &[u8]) -> bool {
    let (Ok(key), Ok(signature)) = (
        VerifyingKey::from_sec1_bytes(public_key),
        Signature::from_slice(signature),
    ) else {
        return false;
    };
    key.verify_prehash(digest, &signature.normalize_s().unwrap_or(signature))
        .is_ok()
}
