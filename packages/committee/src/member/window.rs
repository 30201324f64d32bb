//! The window that the members work on.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::certificates::Certificates;
use crate::chain::Next;
use crate::extent::Times;
use crate::file::hash::FileHash;
use crate::mailbox::Mailbox;
use crate::merge::Rules;
use crate::moment::Moment;

/// The window that the members work on.
#[derive(Clone, Debug)]
pub(super) struct Window {
    /// Which.
    pub next: Next,
    /// This member's position.
    pub me: u8,
    /// What was heard.
    pub mailbox: Mailbox,
    /// What a quorum signed.
    pub certificates: Certificates,
    /// Digests that the record here has.
    pub own: BTreeSet<[u8; 32]>,
    /// What the meters are being read for.
    pub reading: Option<Asked>,
    /// Drafts that can never be signed, by slot and proposer.
    pub rejected: BTreeSet<(u16, u8)>,
    /// The file in force, and what follows from it for this roster.
    pub basis: Option<Basis>,
}

/// What the meters are being read for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    /// The slot.
    pub slot: u16,
    /// Whether it is long before that.
    pub ahead: bool,
    /// Since when.
    pub since: Moment,
}

/// What follows from the file in force.
#[derive(Clone, Debug)]
pub(super) struct Basis {
    /// The file.
    pub file: FileHash,
    /// When reports are made.
    pub times: Times,
    /// How readings are merged.
    pub rules: Arc<Rules>,
}
