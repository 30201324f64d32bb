//! Who calls is let in by its key, and who has an address is called, again and again.

use std::io;
use std::sync::Arc;

use rustls_pki_types::ServerName;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout, Instant};
use tokio_rustls::rustls::{AlertDescription, CertificateError, Error as TlsError, ServerConfig};
use tokio_rustls::{TlsAcceptor, TlsConnector, TlsStream};

use super::bounds::{HANDSHAKE, MAX_HANDSHAKES, PAUSE, SILENCE};
use super::pinned::Pin;
use super::shared::{Shared, Way};
use crate::retry::Backoff;

/// Where `https://HOST` without a port is.
const PORT: u16 = 443;

pub(super) async fn listen(shared: Arc<Shared>, config: Arc<ServerConfig>, listener: TcpListener) {
    let acceptor = TlsAcceptor::from(config);
    let places = Arc::new(Semaphore::new(MAX_HANDSHAKES));
    let mut lines = JoinSet::new();
    while let Ok(place) = Arc::clone(&places).acquire_owned().await {
        while lines.try_join_next().is_some() {}
        match listener.accept().await {
            Ok((stream, _)) => {
                lines.spawn(called(Arc::clone(&shared), acceptor.clone(), stream, place));
            }
            Err(_) => sleep(PAUSE).await,
        }
    }
}

async fn called(shared: Arc<Shared>, acceptor: TlsAcceptor, stream: TcpStream, place: OwnedSemaphorePermit) {
    if let Ok(Ok(stream)) = timeout(HANDSHAKE, acceptor.accept(stream)).await {
        drop(place);
        // Why a line ended is its peer's to say, or the network's.
        let _ = shared.run(TlsStream::Server(stream), Way::Called).await;
    }
}

/// Calls a peer for ever.
pub(super) async fn call(shared: Arc<Shared>, peer: Pin, url: String) {
    let mut backoff = Backoff::default();
    loop {
        let since = Instant::now();
        let called = timeout(HANDSHAKE, reach(&shared, peer, &url)).await;
        match called {
            Ok(Ok(stream)) => {
                shared.called(peer, None);
                let ended = shared.run(stream, Way::CalledFromHere).await;
                // Where it lets this member in, a line stands; who does not ends it as soon as it begins.
                shared.called(peer, ended.err().map(|error| format!("{url}: {}", why(&error))));
            }
            Ok(Err(error)) => shared.called(peer, Some(format!("{url}: {}", why(&error)))),
            Err(_) => {
                let seconds = HANDSHAKE.as_secs();
                shared.called(peer, Some(format!("{url}: no answer within {seconds} s")));
            }
        }
        // One that stood for a while was good; one that was refused at once is called ever less often.
        if since.elapsed() > SILENCE {
            backoff.reset();
        }
        backoff.pause().await;
    }
}

/// What somebody can do about it: TLS has no words for keys that a file pins.
fn why(error: &io::Error) -> String {
    let of_tls = error.get_ref().and_then(|inner| inner.downcast_ref::<TlsError>());
    match of_tls {
        Some(TlsError::InvalidCertificate(CertificateError::ApplicationVerificationFailure)) => {
            "expected the TLS key of the shared file, got another".to_owned()
        }
        Some(TlsError::AlertReceived(AlertDescription::AccessDenied)) => {
            "it does not let this member in: no file that is accepted there has the TLS key that is here"
                .to_owned()
        }
        _ => error.to_string(),
    }
}

async fn reach(shared: &Shared, peer: Pin, url: &str) -> io::Result<TlsStream<TcpStream>> {
    let config = shared.identity.client(peer).map_err(io::Error::other)?;
    let host = url.strip_prefix("https://").unwrap_or(url);
    // A port stands behind the last colon, but not inside the brackets of an IPv6 address.
    let has_port = host.rsplit_once(':').is_some_and(|(_, port)| !port.contains(']'));
    let stream = match has_port {
        true => TcpStream::connect(host).await?,
        false => TcpStream::connect((host.trim_matches(['[', ']']), PORT)).await?,
    };
    stream.set_nodelay(true)?;
    // The key is what counts; TLS wants some name.
    let name = ServerName::try_from("peer.invalid").map_err(io::Error::other)?;
    let stream = TlsConnector::from(config).connect(name, stream).await?;
    Ok(TlsStream::Client(stream))
}
