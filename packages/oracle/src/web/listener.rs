//! Connections from outside: so many at most, each for a minute at most, over TLS.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::{pin, Pin};
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::serve::Listener;
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout, Sleep};
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::server::TlsStream;
use tokio_rustls::TlsAcceptor;

use gridpact_client::ExposeSecret;

use crate::config::TlsFiles;

/// Connections at once: a grid's gateways send for a second every few minutes.
const CONNECTIONS: usize = 128;
/// How long a connection lives: a sender that drips bytes holds its place no longer.
const LIFE: Duration = Duration::from_secs(60);
/// How long a handshake may take.
const HANDSHAKE: Duration = Duration::from_secs(10);
/// Pause after the system gave no connection, as when files run out.
const PAUSE: Duration = Duration::from_millis(200);

/// A connection with a place and an end.
pub struct Bounded<S> {
    stream: S,
    end: Pin<Box<Sleep>>,
    _place: OwnedSemaphorePermit,
}

/// Plain or over TLS.
pub trait Stream: AsyncRead + AsyncWrite + Send + Unpin + 'static {}
impl Stream for TcpStream {}
impl Stream for TlsStream<TcpStream> {}

impl<S: Stream> AsyncRead for Bounded<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if self.end.as_mut().poll(context).is_ready() {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        pin!(&mut self.stream).poll_read(context, buffer)
    }
}

impl<S: Stream> AsyncWrite for Bounded<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.end.as_mut().poll(context).is_ready() {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        pin!(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        pin!(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        pin!(&mut self.stream).poll_shutdown(context)
    }
}

/// Hands over connections that are ready to be read.
pub struct Ready<S> {
    ready: mpsc::Receiver<(Bounded<S>, SocketAddr)>,
    address: SocketAddr,
}

impl<S: Stream> Listener for Ready<S> {
    type Io = Bounded<S>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        match self.ready.recv().await {
            Some(ready) => ready,
            // The accepting task never ends.
            None => core::future::pending().await,
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        Ok(self.address)
    }
}

/// Plain connections, for loopback.
///
/// # Errors
/// The listener's address is not to be had.
pub fn plain(listener: TcpListener) -> io::Result<Ready<TcpStream>> {
    accepting(listener, |stream| async { Ok(stream) })
}

/// Connections over TLS.
///
/// # Errors
/// As [`plain`].
pub fn secure(listener: TcpListener, acceptor: TlsAcceptor) -> io::Result<Ready<TlsStream<TcpStream>>> {
    accepting(listener, move |stream| {
        let acceptor = acceptor.clone();
        async move { acceptor.accept(stream).await }
    })
}

/// Accepts in a task of its own, and shakes hands with each in another: a slow one holds up nobody.
fn accepting<S, F, W>(listener: TcpListener, shake: F) -> io::Result<Ready<S>>
where
    S: Stream,
    F: Fn(TcpStream) -> W + Send + Sync + 'static,
    W: Future<Output = io::Result<S>> + Send + 'static,
{
    let address = listener.local_addr()?;
    let (send, ready) = mpsc::channel(CONNECTIONS);
    let places = Arc::new(Semaphore::new(CONNECTIONS));
    tokio::spawn(async move {
        loop {
            let Ok(place) = Arc::clone(&places).acquire_owned().await else {
                return;
            };
            let Ok((stream, from)) = listener.accept().await else {
                sleep(PAUSE).await;
                continue;
            };
            let (shaken, send) = (shake(stream), send.clone());
            tokio::spawn(async move {
                if let Ok(Ok(stream)) = timeout(HANDSHAKE, shaken).await {
                    let bounded = Bounded {
                        stream,
                        end: Box::pin(sleep(LIFE)),
                        _place: place,
                    };
                    let _ = send.send((bounded, from)).await;
                }
            });
        }
    });
    Ok(Ready { ready, address })
}

/// What answers over TLS with a certificate.
///
/// # Errors
/// A file that cannot be read or is none.
pub fn acceptor(files: &TlsFiles) -> Result<TlsAcceptor, String> {
    let path = files.certificate.display();
    let wrong = |error: &dyn core::fmt::Display| format!("{path}: {error}");
    let chain = CertificateDer::pem_file_iter(&files.certificate).map_err(|error| wrong(&error))?;
    let chain: Vec<CertificateDer> = chain.collect::<Result<_, _>>().map_err(|error| wrong(&error))?;
    let key = files.key.read().map_err(|error| error.to_string())?;
    let key = PrivateKeyDer::from_pem_slice(key.expose_secret().as_bytes())
        .map_err(|error| format!("{}: {error}", files.key))?;
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|error| wrong(&error))?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(|error| wrong(&error))?;
    Ok(TlsAcceptor::from(Arc::new(config)))
}
