//! What all lines of a member share.

use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio_rustls::rustls::Error as TlsError;
use tokio_rustls::TlsStream;

use super::bounds::MAX_WAITING;
use super::identity::Identity;
use super::line::{Heard, Line};
use super::pinned::{pin_of, Allowed, Pin};
use crate::clock::Clock;

/// Who called whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Way {
    Called,
    CalledFromHere,
}

pub(super) type Lines = BTreeMap<(Pin, Way), (u64, mpsc::Sender<Arc<[u8]>>)>;

#[derive(Debug)]
pub(super) struct Shared {
    pub(super) identity: Identity,
    /// Why peers were not reached when they were called last.
    pub(super) troubles: Mutex<BTreeMap<Pin, String>>,
    pub(super) allowed: Allowed,
    pub(super) lines: Mutex<Lines>,
    pub(super) number: AtomicU64,
    pub(super) heard: mpsc::Sender<Heard>,
    pub(super) clock: Clock,
}

impl Shared {
    pub(super) fn lines(&self) -> MutexGuard<'_, Lines> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn troubles(&self) -> MutexGuard<'_, BTreeMap<Pin, String>> {
        self.troubles.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What came of calling a peer.
    pub(super) fn called(&self, peer: Pin, trouble: Option<String>) {
        let mut troubles = self.troubles();
        match trouble {
            Some(trouble) => troubles.insert(peer, trouble),
            None => troubles.remove(&peer),
        };
    }

    /// Runs a line whose handshake is done.
    pub(super) async fn run(&self, stream: TlsStream<TcpStream>, way: Way) -> io::Result<()> {
        let other = |error| io::Error::new(io::ErrorKind::InvalidData, error);
        let (_, session) = stream.get_ref();
        let shown = session.peer_certificates().and_then(<[_]>::first);
        let shown = shown.ok_or_else(|| other(TlsError::NoCertificatesPresented))?;
        let peer = pin_of(shown).map_err(other)?;
        let (say, waiting) = mpsc::channel(MAX_WAITING);
        let line = Line {
            peer,
            waiting,
            answers: say.downgrade(),
            heard: self.heard.clone(),
            clock: self.clock.clone(),
        };
        let number = self.number.fetch_add(1, Ordering::Relaxed);
        {
            let mut lines = self.lines();
            // Allowed during the handshake may be another time than now.
            if !self.allowed.has(&peer) {
                return Ok(());
            }
            lines.insert((peer, way), (number, say));
        }
        let ended = line.run(stream).await;
        let mut lines = self.lines();
        if lines
            .get(&(peer, way))
            .is_some_and(|(newest, _)| *newest == number)
        {
            lines.remove(&(peer, way));
        }
        ended
    }
}
