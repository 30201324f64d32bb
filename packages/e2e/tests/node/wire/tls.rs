//! An endpoint with TLS, as public ones have: an authority of our own, a certificate of its, and the checks a client makes.

use std::path::Path;
use std::sync::Arc;

use anyhow::{ensure, Context, Result};
use gridpact_client::{Chain, Error, Network};
use gridpact_e2e::Devnet;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::TlsAcceptor;

use super::cable::Cable;
use crate::alone;
use crate::client::gift;

/// What the endpoint's certificate is for.
const HOST: &str = "localhost";

fn authority(name: &str) -> Result<CertifiedIssuer<'static, KeyPair>> {
    let mut params = CertificateParams::new(Vec::new())?;
    params
        .distinguished_name
        .push(rcgen::DnType::CommonName, name.to_owned());
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    Ok(CertifiedIssuer::self_signed(params, KeyPair::generate()?)?)
}

/// An endpoint whose certificate an authority signed.
async fn endpoint(devnet: &Devnet, authority: &CertifiedIssuer<'static, KeyPair>) -> Result<Cable> {
    let key = KeyPair::generate()?;
    let certificate = CertificateParams::new(vec![HOST.to_owned()])?.signed_by(&key, authority)?;
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let mut config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], key)?;
    config.alpn_protocols = vec![b"h2".to_vec()];
    Cable::with_tls(devnet.chain(), TlsAcceptor::from(Arc::new(config))).await
}

/// A network file's network, with an authority beside it.
fn network(
    folder: &Path,
    devnet: &Devnet,
    cable: &Cable,
    host: &str,
    authority: Option<&str>,
) -> Result<Network> {
    let text = std::fs::read_to_string(devnet.networks().join("devnet.toml"))?;
    let mut text = text.replace(&devnet.chain().network().grpc, &cable.endpoint("https", host));
    if let Some(pem) = authority {
        std::fs::write(folder.join("authority.pem"), pem)?;
        text = format!("ca = \"authority.pem\"\n{text}");
    }
    std::fs::write(folder.join("tls.toml"), text)?;
    Ok(Network::find("tls", folder)?)
}

#[tokio::test]
async fn an_endpoint_with_tls_carries_questions_and_transactions() -> Result<()> {
    let (_turn, devnet) = alone::devnet().await?;
    let (folder, authority) = (tempfile::tempdir()?, authority("Grid authority")?);
    let cable = endpoint(&devnet, &authority).await?;
    let network = network(folder.path(), &devnet, &cable, HOST, Some(&authority.pem()))?;
    ensure!(network.grpc.starts_with("https://"), "{network:?}");
    let chain = Chain::connect(network).await?;
    let someone = &devnet.people(1, 1_000).await?[0];
    let other = devnet.person()?;
    someone.through(&chain)?.send(&[gift(&other)]).await?;
    // After a break it is encrypted again.
    cable.cut();
    cable.mend();
    ensure!(chain.balance(other.address(), "ueur").await? == 1);
    Ok(())
}

#[tokio::test]
async fn a_certificate_that_proves_nothing_is_refused_and_the_error_names_it() -> Result<()> {
    let (_turn, devnet) = alone::devnet().await?;
    let folder = tempfile::tempdir()?;
    let ours = authority("Grid authority")?;
    let other = authority("Another authority")?;
    let cable = endpoint(&devnet, &ours).await?;
    let cases = [
        ("no authority of the web", HOST, None),
        ("another authority's", HOST, Some(other.pem())),
        ("another host's", "127.0.0.1", Some(ours.pem())),
    ];
    for (what, host, authority) in cases {
        let network = network(folder.path(), &devnet, &cable, host, authority.as_deref())?;
        let error = Chain::connect(network).await.err().context(what)?;
        ensure!(
            matches!(&error, Error::Unreachable { cause, .. } if cause.contains("certificate")),
            "{what}: {error}"
        );
    }
    Ok(())
}
