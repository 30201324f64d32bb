//! Keys, as one trait: the real one, and in the model of the protocol a cheaper one.

use gridpact_report::sign::{verify, SigningKey};

/// A member's key, and how anybody's signature is checked. The same digest must give the same bytes.
pub trait Signing {
    /// The public key as committees list it.
    fn public_key(&self) -> [u8; 33];
    /// Signs a digest.
    fn sign(&self, digest: &[u8; 32]) -> [u8; 64];
    /// Whether a key signed a digest.
    fn verify(digest: &[u8; 32], signature: &[u8; 64], key: &[u8; 33]) -> bool;
}

impl Signing for SigningKey {
    fn public_key(&self) -> [u8; 33] {
        Self::public_key(self)
    }

    fn sign(&self, digest: &[u8; 32]) -> [u8; 64] {
        self.sign_digest(digest)
    }

    fn verify(digest: &[u8; 32], signature: &[u8; 64], key: &[u8; 33]) -> bool {
        verify(digest, signature, key)
    }
}
