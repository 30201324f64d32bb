//! A member of a committee and all around it, as data; what it does stands in `driver`, `acting` and `gossip`.

use std::collections::BTreeMap;
use std::sync::Arc;

use gridpact_attest::certificate::Certificate;
use gridpact_committee::chain::{Committee, Grid};
use gridpact_committee::file::hash::FileHash;
use gridpact_committee::member::event::Event;
use gridpact_committee::member::state::Member;
use gridpact_committee::message::content::MessageId;
use gridpact_committee::moment::Moment;
use gridpact_report::sign::SigningKey;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;

use super::files::{Shelf, Stamp};
use super::lacking::Fetching;
use super::peers::line::Heard;
use super::peers::network::Network;
use super::settled::Certified;
use crate::reporting::chain::Asked;
use crate::reporting::desk::Desk;
use crate::store::said::Kept;

/// The member.
pub(super) type Machine = Member<SigningKey, Kept>;

/// What the parts feed.
pub(super) enum Fed {
    /// The chain was looked at.
    Looked(Box<Look>),
    /// Meters were read.
    Event(Event),
    /// A certificate was carried.
    Carried,
    /// A gap was closed.
    Closed,
    /// The chain did not take something, and why.
    NotCarried(Option<Event>, String),
}

/// A member of a committee and all around it.
pub struct Driver<C> {
    pub(super) chain: Arc<C>,
    pub(super) desk: Desk,
    pub(super) key: SigningKey,
    pub(super) network: Network,
    pub(super) member: Option<Box<Machine>>,
    pub(super) grid: Option<Grid>,
    pub(super) look: Option<Box<Look>>,
    pub(super) shelf: Shelf,
    pub(super) stamp: Option<Stamp>,
    /// Messages that the member passed over, and when.
    pub(super) passed: BTreeMap<MessageId, Moment>,
    /// Members by their TLS keys.
    pub(super) known: BTreeMap<[u8; 32], Known>,
    /// A file that a quorum accepted and nobody brought here.
    pub(super) wanted: Option<FileHash>,
    pub(super) certified: Certified,
    pub(super) fetching: Fetching,
    pub(super) jobs: mpsc::Sender<Job>,
    pub(super) feeds: mpsc::Sender<Fed>,
    pub(super) readings: JoinSet<()>,
    pub(super) fed: mpsc::Receiver<Fed>,
    pub(super) hears: mpsc::Receiver<Heard>,
    pub(super) eager: watch::Sender<bool>,
    pub(super) wakes: Moment,
    pub(super) _tasks: JoinSet<()>,
}

/// What is brought to the chain.
pub(super) enum Job {
    /// A certificate and its digest.
    Carry(Box<Certificate>, [u8; 32]),
    /// The closing of what is too old.
    CloseGap,
}

/// One look.
pub(super) struct Look {
    /// The answer.
    pub asked: Asked,
    /// The committee of its epoch.
    pub committee: Arc<Committee>,
}

/// A member of the shared file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Known {
    /// What people call it.
    pub name: String,
    /// Its key in the committee.
    pub key: [u8; 33],
    /// How far its clock is before this one, ms.
    pub ahead: Option<i64>,
}
