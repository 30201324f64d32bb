//! One connection to a node, with retries where nothing can happen twice.

use std::future::Future;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;
use tonic::transport::{Channel, Endpoint};
use tonic::{Code, Status};

use crate::error::{out_of_gas, own_words, sequence_mismatch};
use crate::{tls, Error, Network};

/// How long a node may be gone before a question gives up: a node that is killed and started again takes about ten seconds.
const REACH_LIMIT: Duration = Duration::from_secs(60);
/// The same for the first question, when the endpoint may just be mistyped.
const FIRST_REACH_LIMIT: Duration = Duration::from_secs(15);
/// How long one request may take.
const REQUEST_LIMIT: Duration = Duration::from_secs(20);
/// How long making the connection may take.
const CONNECT_LIMIT: Duration = Duration::from_secs(5);
/// A node that closed the connection without a word is noticed after this and ten seconds.
const KEEP_ALIVE: Duration = Duration::from_secs(20);
/// Back-off: first pause, doubled up to the last.
const FIRST_PAUSE: Duration = Duration::from_millis(200);
const LAST_PAUSE: Duration = Duration::from_secs(3);

/// What rustls says of an endpoint that cannot prove who it is.
const BAD_CERTIFICATE: &str = "invalid peer certificate";

/// What a node says to questions between its start and its first block.
const STARTING: [&str; 2] = [
    "wait for first block",
    "context did not contain latest block height",
];

/// Largest answer: a block of 21 MiB, CometBFT's default limit, with room for its wrapping.
pub(crate) const LARGEST_ANSWER: usize = 24 << 20;
/// Largest message sent: a transaction of 1 MiB, the default limit of a node's mempool, with room.
pub(crate) const LARGEST_MESSAGE: usize = 4 << 20;

/// A channel that connects by itself, again and again.
#[derive(Clone, Debug)]
pub(crate) struct Connection {
    pub endpoint: String,
    channel: Channel,
    reach_limit: Duration,
    repeated: Arc<AtomicU64>,
}

impl Connection {
    /// Prepares a connection; nothing is sent yet.
    pub fn new(network: &Network) -> Result<Self, Error> {
        let wrong =
            |error: tonic::transport::Error| Error::Invalid(format!("grpc {}: {error}", network.grpc));
        let mut endpoint = Endpoint::from_shared(network.grpc.clone())
            .map_err(wrong)?
            .connect_timeout(CONNECT_LIMIT)
            .timeout(REQUEST_LIMIT)
            .http2_keep_alive_interval(KEEP_ALIVE)
            .keep_alive_timeout(Duration::from_secs(10));
        if network.grpc.starts_with("https://") {
            endpoint = endpoint.tls_config(tls::config(network)?).map_err(wrong)?;
        }
        Ok(Self {
            endpoint: network.grpc.clone(),
            channel: endpoint.connect_lazy(),
            reach_limit: REACH_LIMIT,
            repeated: Arc::default(),
        })
    }

    /// The same connection, which gives up sooner.
    pub fn impatient(&self) -> Self {
        Self {
            reach_limit: FIRST_REACH_LIMIT,
            ..self.clone()
        }
    }

    /// The channel, for one request.
    pub fn channel(&self) -> Channel {
        self.channel.clone()
    }

    /// Requests that were sent again so far.
    pub fn repeated(&self) -> u64 {
        self.repeated.load(Ordering::Relaxed)
    }

    /// Pauses, after which a request is sent again.
    pub async fn pause(&self, pause: Duration) {
        tokio::time::sleep(pause).await;
        self.repeated.fetch_add(1, Ordering::Relaxed);
    }

    /// Asks, and asks again with back-off while the node is not reachable, up to a minute. Only for what may be repeated.
    pub async fn ask<T, F>(&self, question: impl Fn(Channel) -> F) -> Result<T, Error>
    where
        F: Future<Output = Result<T, Status>>,
    {
        match self.ask_status(question).await {
            Ok(answer) => answer.map_err(|status| answered(&status)),
            Err(error) => Err(error),
        }
    }

    /// The same, where the caller looks at what the node refused.
    pub async fn ask_status<T, F>(&self, question: impl Fn(Channel) -> F) -> Result<Result<T, Status>, Error>
    where
        F: Future<Output = Result<T, Status>>,
    {
        let since = Instant::now();
        let mut pause = FIRST_PAUSE;
        loop {
            let status = match question(self.channel()).await {
                Ok(answer) => return Ok(Ok(answer)),
                Err(status) => status,
            };
            if !is_unreachable(&status) {
                return Ok(Err(status));
            }
            let cause = reason(&status);
            // Trying again does not make a certificate better.
            let is_final = cause.starts_with(BAD_CERTIFICATE);
            if is_final || since.elapsed().saturating_add(pause) > self.reach_limit {
                return Err(Error::Unreachable {
                    endpoint: self.endpoint.clone(),
                    cause: format!("{cause} (tried for {} s)", since.elapsed().as_secs()),
                });
            }
            self.pause(pause).await;
            pause = pause.saturating_mul(2).min(LAST_PAUSE);
        }
    }
}

/// True where the connection failed, or the node is not ready: nothing was decided about the request.
pub(crate) fn is_unreachable(status: &Status) -> bool {
    use std::error::Error as _;
    let message = status.message();
    match status.code() {
        Code::Unavailable | Code::DeadlineExceeded => true,
        // A public node that limits requests; a message above its size stays too large.
        Code::ResourceExhausted => !message.contains("larger than max"),
        // The node starts: it has no state to answer from yet.
        Code::InvalidArgument | Code::Unknown | Code::Internal
            if STARTING.iter().any(|words| message.contains(words)) =>
        {
            true
        }
        // A status made here, not by the node, carries the connection's error.
        Code::Unknown | Code::Internal | Code::Cancelled => {
            status.source().is_some() || message.contains("transport error")
        }
        _ => false,
    }
}

/// The innermost cause, which names what failed (connection refused, certificate, …).
fn reason(status: &Status) -> String {
    let mut cause: &dyn std::error::Error = status;
    while let Some(inner) = cause.source() {
        cause = inner;
    }
    if core::ptr::addr_eq(cause, status) {
        status.message().to_owned()
    } else {
        cause.to_string()
    }
}

/// What a node's refusal of a question means.
pub(crate) fn answered(status: &Status) -> Error {
    let text = status.message();
    if let Some((expected, got)) = sequence_mismatch(text) {
        return Error::Sequence { expected, got };
    }
    if text.contains("insufficient funds") {
        return Error::InsufficientFunds(own_words(text));
    }
    if let Some((wanted, used)) = out_of_gas(text) {
        return Error::OutOfGas {
            wanted,
            used,
            hash: None,
        };
    }
    Error::Refused {
        text: own_words(text),
        hash: None,
    }
}
