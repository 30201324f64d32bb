//! The messages of one window, bounded: of members only, for this window only, one of each kind, member and slot.
//!
//! Two different messages of one kind, member and slot show that the member said two things: both are told as evidence, and the
//! first one is used. Observations and drafts are kept for the running slot, the next, [`SLOTS_KEPT`] before, and those with a
//! certificate; votes for all.

use std::collections::BTreeMap;

use gridpact_report::Domain;

use crate::bounds::SLOTS_KEPT;
use crate::message::content::{Content, MessageId, Observation, Proposal, Vote};
use crate::message::envelope::Message;
use crate::moment::Moment;

/// A message and when it came.
#[derive(Clone, Debug)]
pub struct Held {
    /// What it is called.
    pub id: MessageId,
    /// When it came here.
    pub at: Moment,
    /// What it is.
    pub message: Message,
}

/// What became of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Put {
    /// It was new.
    New,
    /// It was here.
    Known,
    /// Another of its kind, member and slot is here: evidence.
    Contradicts(Box<Message>),
}

/// The kinds of which a member has one a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Observation,
    Proposal,
    Vote,
}

type Place = (Kind, u16, u8);

/// The messages of one window.
#[derive(Clone, Debug, Default)]
pub struct Mailbox {
    held: BTreeMap<Place, Held>,
    /// Drafts by their digests: the member who proposed it, and the report.
    drafts: BTreeMap<[u8; 32], Draft>,
    /// Whether a vote or a draft came that nobody has counted yet.
    uncounted: bool,
}

/// A draft that votes may be for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The slot.
    pub slot: u16,
    /// Who proposed it.
    pub leader: u8,
    /// The report.
    pub report: Vec<u8>,
}

impl Mailbox {
    /// Puts a message in, whose signature is checked and whose window is this one.
    pub fn put(&mut self, domain: &Domain, message: Message, now: Moment) -> Put {
        let Some(place) = place(&message) else {
            return Put::Known;
        };
        let id = message.id(domain);
        if let Some(held) = self.held.get(&place) {
            let same = held.id == id;
            return if same {
                Put::Known
            } else {
                Put::Contradicts(Box::new(held.message.clone()))
            };
        }
        if let Message::Signed {
            member,
            content: Content::Proposal(proposal),
            ..
        } = &message
        {
            self.keep_draft(domain, proposal.about.slot, *member, &proposal.draft);
        }
        self.uncounted |= matches!(message, Message::Vote { .. });
        self.held.insert(place, Held { id, at: now, message });
        Put::New
    }

    /// Keeps a draft, so that votes for it become a certificate.
    pub fn keep_draft(&mut self, domain: &Domain, slot: u16, leader: u8, report: &[u8]) {
        if let Ok(vote) = Vote::of(report) {
            let report = report.to_vec();
            let draft = Draft { slot, leader, report };
            self.drafts.entry(vote.digest(domain)).or_insert(draft);
            self.uncounted = true;
        }
    }

    /// Drops what is too old to matter when a slot runs. Slots with a certificate stay, as the evidence of who said what in it,
    /// however long the chain takes; and drafts of `own` digests, which this member voted for.
    pub fn forget(&mut self, running: u16, certified: &[u16], own: impl Fn(&[u8; 32]) -> bool) {
        let oldest = running.saturating_sub(SLOTS_KEPT);
        self.held
            .retain(|(kind, slot, _), _| *kind == Kind::Vote || *slot >= oldest || certified.contains(slot));
        self.drafts
            .retain(|digest, draft| draft.slot >= oldest || own(digest));
    }

    /// All messages, for peers who have not heard them.
    pub fn all(&self) -> impl Iterator<Item = &Held> {
        self.held.values()
    }

    /// The observations of a slot, by member.
    pub fn observations(&self, slot: u16) -> impl Iterator<Item = (u8, &Held, &Observation)> {
        self.of(Kind::Observation, slot)
            .filter_map(|held| match &held.message {
                Message::Signed {
                    member,
                    content: Content::Observation(observation),
                    ..
                } => Some((*member, held, observation)),
                _ => None,
            })
    }

    /// The proposals of a slot, by member.
    pub fn proposals(&self, slot: u16) -> impl Iterator<Item = (u8, &Held, &Proposal)> {
        self.of(Kind::Proposal, slot)
            .filter_map(|held| match &held.message {
                Message::Signed {
                    member,
                    content: Content::Proposal(proposal),
                    ..
                } => Some((*member, held, proposal)),
                _ => None,
            })
    }

    /// All votes: member, vote, signature.
    pub fn votes(&self) -> impl Iterator<Item = (u8, &Vote, &[u8; 64])> {
        self.held.values().filter_map(|held| match &held.message {
            Message::Vote {
                member,
                vote,
                signature,
            } => Some((*member, vote, signature)),
            _ => None,
        })
    }

    /// Whether votes or drafts came since this was last asked.
    pub fn to_count(&mut self) -> bool {
        core::mem::take(&mut self.uncounted)
    }

    /// Whether a member observed in a slot.
    pub fn has_observed(&self, slot: u16, member: u8) -> bool {
        self.held.contains_key(&(Kind::Observation, slot, member))
    }

    /// Whether a member proposed in a slot.
    pub fn has_proposed(&self, slot: u16, member: u8) -> bool {
        self.held.contains_key(&(Kind::Proposal, slot, member))
    }

    /// Whether a member voted in a slot.
    pub fn has_voted(&self, slot: u16, member: u8) -> bool {
        self.held.contains_key(&(Kind::Vote, slot, member))
    }

    /// A draft by its digest.
    pub fn draft(&self, digest: &[u8; 32]) -> Option<&Draft> {
        self.drafts.get(digest)
    }

    fn of(&self, kind: Kind, slot: u16) -> impl Iterator<Item = &Held> {
        self.held
            .range((kind, slot, 0)..=(kind, slot, u8::MAX))
            .map(|(_, held)| held)
    }
}

/// The slot that a message is about; `None` for what is about none.
pub fn slot(message: &Message) -> Option<u16> {
    place(message).map(|(_, slot, _)| slot)
}

fn place(message: &Message) -> Option<Place> {
    match message {
        Message::Signed { member, content, .. } => match content {
            Content::Observation(observation) => Some((Kind::Observation, observation.about.slot, *member)),
            Content::Proposal(proposal) => Some((Kind::Proposal, proposal.about.slot, *member)),
            Content::Accepted(_) => None,
        },
        Message::Vote { member, vote, .. } => Some((Kind::Vote, vote.header.revision, *member)),
        Message::Certificate(_) => None,
    }
}
