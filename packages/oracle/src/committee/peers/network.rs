//! All lines of a member: who calls is let in by its key, whoever has an address is called, and called again.
//!
//! To one peer there is at most one line that it called and one that was called from here; a newer one takes an older one's place,
//! which may be dead without a sign. Either is used both ways, so a member behind a router that lets nobody in only calls.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex};

use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio_rustls::rustls::Error as TlsError;

use super::frame::Frame;
use super::identity::Identity;
use super::line::Heard;
use super::pinned::{Allowed, Pin};
use super::reaching::{call, listen};
use super::shared::{Shared, Way};
use crate::clock::Clock;

/// What is heard of all peers and not yet dealt with: one of each line anyway.
const HEARD: usize = 64;

/// A peer: its key, and where it is called.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Peer {
    /// SHA-256 of its TLS key.
    pub pin: Pin,
    /// `https://HOST:PORT`; without one it only calls.
    pub url: Option<String>,
}

/// The lines to all peers; they end with it.
#[derive(Debug)]
pub struct Network {
    shared: Arc<Shared>,
    calls: BTreeMap<Peer, JoinHandle<()>>,
    listening: Option<JoinHandle<()>>,
}

impl Drop for Network {
    fn drop(&mut self) {
        for task in self.calls.values().chain(&self.listening) {
            task.abort();
        }
    }
}

impl Network {
    /// Without a peer yet; with a listener where peers may call.
    ///
    /// # Errors
    /// TLS refuses the key.
    pub fn start(
        identity: Identity,
        listener: Option<TcpListener>,
        clock: Clock,
    ) -> Result<(Self, mpsc::Receiver<Heard>), TlsError> {
        let (heard, hears) = mpsc::channel(HEARD);
        let shared = Arc::new(Shared {
            allowed: Allowed::default(),
            lines: Mutex::default(),
            troubles: Mutex::default(),
            number: AtomicU64::default(),
            identity,
            heard,
            clock,
        });
        let config = shared.identity.server(shared.allowed.clone())?;
        let listening = listener.map(|listener| tokio::spawn(listen(Arc::clone(&shared), config, listener)));
        let network = Self {
            shared,
            calls: BTreeMap::new(),
            listening,
        };
        Ok((network, hears))
    }

    /// This member's own key, as the shared file names it.
    pub fn pin(&self) -> Pin {
        self.shared.identity.pin()
    }

    /// These are the peers from now on; lines to others end.
    pub fn set_peers(&mut self, peers: impl IntoIterator<Item = Peer>) {
        let own = self.pin();
        let peers: BTreeSet<Peer> = peers.into_iter().filter(|peer| peer.pin != own).collect();
        let pins: BTreeSet<Pin> = peers.iter().map(|peer| peer.pin).collect();
        self.shared.lines().retain(|(pin, _), _| pins.contains(pin));
        self.shared.troubles().retain(|pin, _| pins.contains(pin));
        self.shared.allowed.set(pins);
        self.calls.retain(|peer, task| {
            let stays = peers.contains(peer);
            if !stays {
                task.abort();
            }
            stays
        });
        for peer in peers {
            if let (Some(url), false) = (peer.url.clone(), self.calls.contains_key(&peer)) {
                let task = tokio::spawn(call(Arc::clone(&self.shared), peer.pin, url));
                self.calls.insert(peer, task);
            }
        }
    }

    /// Says something to every peer that has a line. What finds no room is dropped.
    pub fn say_to_all(&self, frame: &Frame) {
        let bytes: Arc<[u8]> = frame.encode().into();
        for pin in self.connected() {
            self.put(&pin, &bytes);
        }
    }

    /// Says something to one peer.
    pub fn say(&self, to: &Pin, frame: &Frame) {
        self.put(to, &frame.encode().into());
    }

    /// Peers that have a line.
    pub fn connected(&self) -> BTreeSet<Pin> {
        self.shared.lines().keys().map(|(pin, _)| *pin).collect()
    }

    /// Why a peer was not reached when it was called last.
    pub fn trouble(&self, peer: &Pin) -> Option<String> {
        self.shared.troubles().get(peer).cloned()
    }

    fn put(&self, to: &Pin, bytes: &Arc<[u8]>) {
        let lines = self.shared.lines();
        let line = [Way::CalledFromHere, Way::Called]
            .iter()
            .find_map(|way| lines.get(&(*to, *way)));
        if let Some((_, line)) = line {
            let _ = line.try_send(Arc::clone(bytes));
        }
    }
}
