//! A cable between a client and a node that can lose what goes through it, and can be cut.

use std::sync::Arc;

use anyhow::{Context, Result};
use gridpact_client::Chain;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_rustls::TlsAcceptor;

/// More bytes than questions have, fewer than the large transactions that tests send.
const LARGE: usize = 8_000;

/// What a cable loses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// The rest of a large request, and what follows: the node never has it.
    Request,
    /// The answer to a large request, and what follows: the node has the request, and nobody hears of it.
    Answer,
}

#[derive(Clone, Debug)]
struct State {
    /// False where connections end as soon as they are made.
    whole: bool,
    /// How often it was cut: a connection of an earlier time is over, also where the cable was mended at once.
    cuts: u64,
    /// What is to be lost, and how many bytes to the node from now on begin it.
    plan: Option<(Lost, usize)>,
    /// What is being lost.
    lost: Option<Lost>,
}

/// The cable; its end towards the client listens on this machine only.
pub struct Cable {
    state: Arc<watch::Sender<State>>,
    port: u16,
    accepting: JoinHandle<()>,
}

impl Cable {
    /// A cable to a chain's node.
    pub async fn to(chain: &Chain) -> Result<Self> {
        Self::laid(chain, None).await
    }

    /// A cable whose end towards the client speaks TLS.
    pub async fn with_tls(chain: &Chain, tls: TlsAcceptor) -> Result<Self> {
        Self::laid(chain, Some(tls)).await
    }

    async fn laid(chain: &Chain, tls: Option<TlsAcceptor>) -> Result<Self> {
        let grpc = &chain.network().grpc;
        let node = grpc
            .strip_prefix("http://")
            .with_context(|| grpc.clone())?
            .to_owned();
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        let whole = State {
            whole: true,
            cuts: 0,
            plan: None,
            lost: None,
        };
        let state = Arc::new(watch::channel(whole).0);
        let shared = Arc::clone(&state);
        let accepting = tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                let (state, tls, node) = (Arc::clone(&shared), tls.clone(), node.clone());
                tokio::spawn(async move {
                    // However a connection ends, its client sees that it ended.
                    let _ = connect(client, tls, &node, &state).await;
                });
            }
        });
        Ok(Self {
            state,
            port,
            accepting,
        })
    }

    /// Its end towards the client, by a scheme and a name for this machine.
    pub fn endpoint(&self, scheme: &str, host: &str) -> String {
        format!("{scheme}://{host}:{}", self.port)
    }

    /// Loses something from the next large request on.
    pub fn lose(&self, what: Lost) {
        self.state.send_modify(|state| state.plan = Some((what, LARGE)));
    }

    /// Waits until it loses what it was to lose.
    pub async fn losing(&self) -> Result<()> {
        let mut state = self.state.subscribe();
        state.wait_for(|state| state.lost.is_some()).await?;
        Ok(())
    }

    /// Ends every connection, and each new one at once.
    pub fn cut(&self) {
        self.state.send_modify(|state| {
            *state = State {
                whole: false,
                cuts: state.cuts + 1,
                plan: None,
                lost: None,
            }
        });
    }

    /// Lets connections through again.
    pub fn mend(&self) {
        self.state.send_modify(|state| state.whole = true);
    }
}

impl Drop for Cable {
    fn drop(&mut self) {
        self.cut();
        self.accepting.abort();
    }
}

/// One connection, until one of its ends closes it or the cable is cut.
async fn connect(
    client: TcpStream,
    tls: Option<TlsAcceptor>,
    node: &str,
    state: &watch::Sender<State>,
) -> Result<()> {
    let mut cut = state.subscribe();
    let State { whole, cuts, .. } = *cut.borrow();
    if !whole {
        return Ok(());
    }
    let node = TcpStream::connect(node).await?;
    let (from_node, to_node) = node.into_split();
    let carried = async {
        if let Some(tls) = tls {
            let (from_client, to_client) = tokio::io::split(tls.accept(client).await?);
            carry((from_client, to_client), (from_node, to_node), state).await
        } else {
            let (from_client, to_client) = client.into_split();
            carry((from_client, to_client), (from_node, to_node), state).await
        }
    };
    tokio::select! {
        biased;
        _ = cut.wait_for(|state| state.cuts != cuts) => Ok(()),
        done = carried => done,
    }
}

async fn carry(
    client: (impl AsyncRead + Unpin, impl AsyncWrite + Unpin),
    node: (impl AsyncRead + Unpin, impl AsyncWrite + Unpin),
    state: &watch::Sender<State>,
) -> Result<()> {
    tokio::select! {
        done = pass(client.0, node.1, state, Lost::Request) => done,
        done = pass(node.0, client.1, state, Lost::Answer) => done,
    }
}

/// Passes on what comes, in one direction, but for what is lost.
async fn pass(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    state: &watch::Sender<State>,
    direction: Lost,
) -> Result<()> {
    let mut buffer = vec![0; 16 << 10];
    loop {
        let read = from.read(&mut buffer).await?;
        if read == 0 {
            return Ok(());
        }
        if direction == Lost::Request {
            state.send_if_modified(|state| count(state, read));
        }
        if state.borrow().lost != Some(direction) {
            to.write_all(&buffer[..read]).await?;
        }
    }
}

/// Counts bytes to the node; true where something begins to be lost.
fn count(state: &mut State, bytes: usize) -> bool {
    let Some((what, left)) = &mut state.plan else {
        return false;
    };
    *left = left.saturating_sub(bytes);
    if *left > 0 {
        return false;
    }
    state.lost = Some(*what);
    state.plan = None;
    true
}
