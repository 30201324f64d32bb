//! The certificates of one window: held, carried, and at times refused.
//!
//! Who holds one stops voting for the window: the chain takes it, or refuses it. A member goes on only when the chain refused it
//! at two different heights and asked for the same report after each, for a reason that waiting does not mend (a fee or a
//! sequence does). Then it is kept as refused, and the next draft is shorter: what was too much for a block may pass so.

use std::collections::BTreeSet;

use crate::bounds::{CARRY_AGAIN, CARRY_STEP, REFUSALS};
use crate::carry::carries_at;
use crate::message::content::{Certificate, MessageId, Vote};
use crate::message::envelope::certificate_id;
use crate::moment::{milliseconds, Moment};

/// Most certificates of one window that are held at once; each is a whole report. More than one needs a slot in which members
/// voted while another's certificate was on its way.
const MAX_HELD: usize = 4;

/// A certificate that the chain has not taken yet.
#[derive(Clone, Debug)]
pub struct Standing {
    /// What its message is called.
    pub id: MessageId,
    /// It.
    pub certificate: Certificate,
    /// What it covers.
    pub vote: Vote,
    /// Its digest.
    pub digest: [u8; 32],
    /// Since when it is here.
    held: Moment,
    /// When it was last carried from here.
    carried: Option<Moment>,
    /// Whether the last carrying was refused: no need to wait for a block then.
    answered: bool,
    /// Heights at which the chain refused it, while nothing is known of the time after.
    refused_at: BTreeSet<u64>,
    /// Heights at which it refused it and asked for the same report after.
    confirmed: BTreeSet<u64>,
}

/// The certificates of one window.
#[derive(Clone, Debug, Default)]
pub struct Certificates {
    standing: Vec<Standing>,
    /// Digests of those that the chain refused for good, in that order.
    refused: Vec<[u8; 32]>,
}

impl Certificates {
    /// Takes one that was checked. Tells whether it is new.
    pub fn hold(&mut self, certificate: Certificate, vote: Vote, digest: [u8; 32], now: Moment) -> bool {
        let known = self.standing.iter().any(|standing| standing.digest == digest);
        if known || self.refused.contains(&digest) || self.standing.len() >= MAX_HELD {
            return false;
        }
        self.standing.push(Standing {
            id: certificate_id(&digest),
            certificate,
            vote,
            digest,
            held: now,
            carried: None,
            answered: false,
            refused_at: BTreeSet::new(),
            confirmed: BTreeSet::new(),
        });
        true
    }

    /// Whether one stands: then nothing else is signed for the window.
    pub fn stands(&self) -> bool {
        !self.standing.is_empty()
    }

    /// Those that stand.
    pub fn standing(&self) -> &[Standing] {
        &self.standing
    }

    /// Whether one was refused for good.
    pub fn is_refused(&self, digest: &[u8; 32]) -> bool {
        self.refused.contains(digest)
    }

    /// The chain refused one at a height.
    pub fn refusal(&mut self, digest: &[u8; 32], height: u64) {
        if let Some(standing) = self
            .standing
            .iter_mut()
            .find(|standing| standing.digest == *digest)
        {
            standing.answered = true;
            standing.refused_at.insert(height);
        }
    }

    /// Carrying came to nothing for a reason that waiting mends.
    pub fn hindered(&mut self, digest: &[u8; 32]) {
        if let Some(standing) = self
            .standing
            .iter_mut()
            .find(|standing| standing.digest == *digest)
        {
            standing.answered = true;
        }
    }

    /// At a height the chain asks for the report of this window, as before. Gives those that are refused for good now: what they
    /// cover.
    pub fn unchanged_at(&mut self, height: u64) -> Vec<Vote> {
        for standing in &mut self.standing {
            let later = standing.refused_at.split_off(&height.saturating_add(1));
            standing.confirmed.append(&mut standing.refused_at);
            standing.refused_at = later;
        }
        let gone = |standing: &Standing| standing.confirmed.len() >= REFUSALS;
        let (gone, stands) = core::mem::take(&mut self.standing).into_iter().partition(gone);
        self.standing = stands;
        let gone: Vec<Standing> = gone;
        self.refused.extend(gone.iter().map(|standing| standing.digest));
        gone.iter().map(|standing| standing.vote).collect()
    }

    /// The certificates that a member carries now.
    pub fn to_carry(&mut self, member: u8, members: u8, now: Moment) -> Vec<Certificate> {
        let mut due = Vec::new();
        for standing in &mut self.standing {
            if standing.due(member, members) <= now {
                standing.carried = Some(now);
                standing.answered = false;
                due.push(standing.certificate.clone());
            }
        }
        due
    }

    /// When the next one is carried.
    pub fn next_carry(&self, member: u8, members: u8) -> Option<Moment> {
        self.standing
            .iter()
            .map(|standing| standing.due(member, members))
            .min()
    }
}

impl Standing {
    fn due(&self, member: u8, members: u8) -> Moment {
        match self.carried {
            None => carries_at(self.held, self.certificate.leader, member, members),
            Some(carried) if self.answered => carried.plus(milliseconds(CARRY_STEP)),
            Some(carried) => carried.plus(milliseconds(CARRY_AGAIN)),
        }
    }
}
