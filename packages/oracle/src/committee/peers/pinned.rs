//! A certificate counts for its key alone: whose SHA-256 is listed is a peer, and nobody else is, whatever signed what.

use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError, RwLock};

use rustls_pki_types::{CertificateDer, ServerName, UnixTime};
use sha2::{Digest, Sha256};
use tokio_rustls::rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use tokio_rustls::rustls::crypto::{
    verify_tls12_signature, verify_tls13_signature, CryptoProvider, WebPkiSupportedAlgorithms,
};
use tokio_rustls::rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use tokio_rustls::rustls::{
    CertificateError, DigitallySignedStruct, DistinguishedName, Error, SignatureScheme,
};
use webpki::EndEntityCert;

/// SHA-256 of a TLS key.
pub type Pin = [u8; 32];

/// The keys of the peers, which may change while it runs. Cloning is cheap.
#[derive(Clone, Debug, Default)]
pub struct Allowed(Arc<RwLock<BTreeSet<Pin>>>);

impl Allowed {
    /// One peer.
    pub fn one(peer: Pin) -> Self {
        Self(Arc::new(RwLock::new(BTreeSet::from([peer]))))
    }

    /// These from now on. Lines that stand are not ended by it.
    pub fn set(&self, peers: BTreeSet<Pin>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = peers;
    }

    /// Whether it is a peer's.
    pub fn has(&self, pin: &Pin) -> bool {
        self.0
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .contains(pin)
    }
}

/// SHA-256 of a certificate's key.
///
/// # Errors
/// Bytes that are no certificate.
pub fn pin_of(certificate: &CertificateDer) -> Result<Pin, Error> {
    let bad = |_| Error::InvalidCertificate(CertificateError::BadEncoding);
    let certificate = EndEntityCert::try_from(certificate).map_err(bad)?;
    Ok(Sha256::digest(certificate.subject_public_key_info()).into())
}

/// Looks at keys.
#[derive(Debug)]
pub(super) struct Pinned {
    allowed: Allowed,
    algorithms: WebPkiSupportedAlgorithms,
}

impl Pinned {
    pub(super) fn new(allowed: Allowed, provider: &CryptoProvider) -> Self {
        Self {
            allowed,
            algorithms: provider.signature_verification_algorithms,
        }
    }

    fn look(&self, certificate: &CertificateDer) -> Result<(), Error> {
        let known = self.allowed.has(&pin_of(certificate)?);
        let stranger = Error::InvalidCertificate(CertificateError::ApplicationVerificationFailure);
        known.then_some(()).ok_or(stranger)
    }
}

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer,
        _between: &[CertificateDer],
        _name: &ServerName,
        _stapled: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        self.look(certificate).map(|()| ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signed, &self.algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signed, &self.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}

impl ClientCertVerifier for Pinned {
    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }

    fn verify_client_cert(
        &self,
        certificate: &CertificateDer,
        _between: &[CertificateDer],
        _now: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        self.look(certificate).map(|()| ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signed, &self.algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signed, &self.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}
