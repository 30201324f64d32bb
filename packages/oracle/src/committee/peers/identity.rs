//! This member's TLS key, and the name that the shared file gives it: the SHA-256 of its SubjectPublicKeyInfo.
//!
//! The certificate around the key is made anew at every start, signed by itself: nobody believes anything in it but the key.

use std::path::Path;
use std::sync::Arc;

use rcgen::{CertificateParams, KeyPair, PublicKeyData};
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use sha2::{Digest, Sha256};
use tokio_rustls::rustls::client::Resumption;
use tokio_rustls::rustls::crypto::{ring, CryptoProvider};
use tokio_rustls::rustls::server::NoServerSessionStorage;
use tokio_rustls::rustls::{version, ClientConfig, Error, ServerConfig};

use super::pinned::{Allowed, Pin, Pinned};
use crate::store::error::StoreError;
use crate::store::files::write_whole;

/// The key's file in the folder.
const FILE: &str = "peers.key";

/// This member's TLS key.
#[derive(Debug)]
pub struct Identity {
    key: KeyPair,
    certificate: CertificateDer<'static>,
}

fn wrong(path: &Path) -> impl Fn(rcgen::Error) -> StoreError + '_ {
    |error| StoreError::Value(format!("{}: {error}", path.display()))
}

impl Identity {
    /// The key of a folder, made where there is none.
    ///
    /// # Errors
    /// The system refuses; the file holds no key.
    pub fn of(folder: &Path) -> Result<Self, StoreError> {
        if let Some(known) = Self::known(folder)? {
            return Ok(known);
        }
        let path = folder.join(FILE);
        let made = KeyPair::generate().map_err(wrong(&path))?;
        write_whole(&path, made.serialize_pem().as_bytes())?;
        Self::around(made, &path)
    }

    /// The key of a folder, if there is one.
    ///
    /// # Errors
    /// As [`Identity::of`].
    pub fn known(folder: &Path) -> Result<Option<Self>, StoreError> {
        let path = folder.join(FILE);
        if !path.exists() {
            return Ok(None);
        }
        let text = std::fs::read_to_string(&path).map_err(|cause| StoreError::File {
            path: path.clone(),
            cause,
        })?;
        let key = KeyPair::from_pem(&text).map_err(wrong(&path))?;
        Self::around(key, &path).map(Some)
    }

    fn around(key: KeyPair, path: &Path) -> Result<Self, StoreError> {
        let parameters = CertificateParams::new(Vec::new()).map_err(wrong(path))?;
        let certificate = parameters.self_signed(&key).map_err(wrong(path))?;
        let certificate = certificate.der().clone();
        Ok(Self { key, certificate })
    }

    /// What the shared file says of it.
    pub fn pin(&self) -> Pin {
        Sha256::digest(self.key.subject_public_key_info()).into()
    }

    /// For those who call: whoever is not allowed gets no connection.
    ///
    /// # Errors
    /// TLS refuses the key.
    pub fn server(&self, allowed: Allowed) -> Result<Arc<ServerConfig>, Error> {
        let provider = provider();
        let pinned = Arc::new(Pinned::new(allowed, &provider));
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&version::TLS13])?
            .with_client_cert_verifier(pinned)
            .with_single_cert(vec![self.certificate.clone()], self.private()?)?;
        // A session that is taken up again would not be looked at again.
        config.session_storage = Arc::new(NoServerSessionStorage {});
        config.send_tls13_tickets = 0;
        Ok(Arc::new(config))
    }

    /// For calling a peer whose key is known.
    ///
    /// # Errors
    /// TLS refuses the key.
    pub fn client(&self, peer: Pin) -> Result<Arc<ClientConfig>, Error> {
        let provider = provider();
        let pinned = Arc::new(Pinned::new(Allowed::one(peer), &provider));
        let mut config = ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(&[&version::TLS13])?
            .dangerous()
            .with_custom_certificate_verifier(pinned)
            .with_client_auth_cert(vec![self.certificate.clone()], self.private()?)?;
        config.resumption = Resumption::disabled();
        config.enable_sni = false;
        Ok(Arc::new(config))
    }

    fn private(&self) -> Result<PrivateKeyDer<'static>, Error> {
        let key = PrivateKeyDer::try_from(self.key.serialize_der());
        key.map_err(|error| Error::General(error.to_owned()))
    }
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}
