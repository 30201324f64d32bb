//! Accepted reports that are not in the archive here, and what is asked of peers and given to them.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use gridpact_committee::moment::Moment;

use super::peers::pinned::Pin;

/// Digests of accepted reports that are not in the archive here, by the hashes of their bodies. Cloning is cheap.
#[derive(Clone, Debug, Default)]
pub(super) struct Lacking(Arc<Mutex<BTreeMap<[u8; 32], [u8; 32]>>>);

impl Lacking {
    pub(super) fn reports(&self) -> MutexGuard<'_, BTreeMap<[u8; 32], [u8; 32]>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn set(&self, reports: BTreeMap<[u8; 32], [u8; 32]>) {
        *self.reports() = reports;
    }
}

/// What is asked for, and what was given.
#[derive(Debug, Default)]
pub(super) struct Fetching {
    pub lacking: Lacking,
    /// How often something was asked for.
    pub asked: usize,
    /// When a peer was given something last.
    pub given: BTreeMap<Pin, Moment>,
}
