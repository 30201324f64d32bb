//! Whose certificates are believed: the authorities of the web, or those that a network file names.

use std::path::Path;

use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, TrustAnchor};
use tonic::transport::ClientTlsConfig;

use crate::{Error, Network};

/// How a network's endpoint has to prove who it is.
///
/// # Errors
/// [`Error::Invalid`] where the network's own authorities cannot be read.
pub(crate) fn config(network: &Network) -> Result<ClientTlsConfig, Error> {
    let none = ClientTlsConfig::new();
    Ok(match &network.ca {
        None => none.with_webpki_roots(),
        Some(path) => none.trust_anchors(authorities(path)?),
    })
}

/// All certificates of a file. Each must be readable: one that was left out would be missed only when it is needed.
fn authorities(path: &Path) -> Result<Vec<TrustAnchor<'static>>, Error> {
    let wrong = |what: String| Error::Invalid(format!("ca {}: {what}", path.display()));
    let none =
        |got: &dyn core::fmt::Display| wrong(format!("expected authorities' certificates as PEM, got {got}"));
    let text = std::fs::read(path).map_err(|error| wrong(error.to_string()))?;
    let mut authorities = Vec::new();
    for certificate in CertificateDer::pem_slice_iter(&text) {
        let certificate = certificate.map_err(|error| none(&error))?;
        let authority = webpki::anchor_from_trusted_cert(&certificate).map_err(|error| none(&error))?;
        authorities.push(authority.to_owned());
    }
    if authorities.is_empty() {
        return Err(none(&"none"));
    }
    Ok(authorities)
}
