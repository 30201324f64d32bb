//! What comes from peers: looked at in the order of what a look costs, and dropped without a word where it is not for now.

use gridpact_report::decode;

use super::action::{Action, Evidence, News};
use super::observing::soonest;
use super::state::Member;
use crate::bounds::SLOTS_KEPT;
use crate::mailbox::{slot, Put};
use crate::message::content::{About, Certificate, Content, Vote};
use crate::message::envelope::Message;
use crate::moment::Moment;
use crate::record::Record;
use crate::signing::Signing;

impl<K: Signing, R: Record> Member<K, R> {
    /// Takes a message in, if it is one of a member and for the window that is next.
    pub(super) fn receive(&mut self, bytes: &[u8], now: Moment) {
        self.turn_window();
        let message = match Message::decode(bytes) {
            Ok(message) => message,
            Err(error) => return self.tell(News::Malformed(error)),
        };
        let Some(state) = self.chain.as_ref() else {
            return;
        };
        match message {
            Message::Certificate(certificate) => self.receive_certificate(certificate, now),
            Message::Signed {
                member,
                content: Content::Accepted(ref files),
                ..
            } => {
                let known = self.acceptances.get(&member) == Some(&message);
                let key = state.committee.keys.get(usize::from(member)).copied();
                let Some(key) = key.filter(|_| !known) else {
                    return;
                };
                let domain = self.grid.domain();
                if message.is_signed_by::<K>(&domain, &state.committee) && self.files.heard(key, files) {
                    self.acceptances.insert(member, message);
                }
            }
            message => self.receive_for_slot(message, now),
        }
    }

    fn receive_certificate(&mut self, certificate: Certificate, now: Moment) {
        let (Some(state), Some(window), Ok(vote)) = (
            self.chain.as_ref(),
            self.window.as_ref(),
            Vote::of(&certificate.report),
        ) else {
            return;
        };
        let domain = self.grid.domain();
        let digest = vote.digest(&domain);
        let header = &vote.header;
        let ours = header.epoch == window.next.epoch
            && header.first_interval == window.next.first
            && header.roster_version == window.next.roster_version;
        let mut standing = window.certificates.standing().iter();
        let known =
            standing.any(|standing| standing.digest == digest) || window.certificates.is_refused(&digest);
        if !ours || known || certificate.check::<K>(&domain, &state.committee).is_err() {
            return;
        }
        let mut signers = certificate.signatures.iter();
        let by_me = signers.any(|signature| signature.member == window.me);
        if by_me && !window.own.contains(&digest) {
            self.meet_doppelganger(header.revision, false);
        }
        self.hold(certificate, vote, digest, now);
    }

    fn receive_for_slot(&mut self, message: Message, now: Moment) {
        let (Some((bench, window)), Some(state)) = (self.bench(), self.chain.as_ref()) else {
            return;
        };
        let (member, about) = match &message {
            Message::Signed { member, content, .. } => match content {
                Content::Observation(observation) => (*member, observation.about),
                Content::Proposal(proposal) => (*member, proposal.about),
                Content::Accepted(_) => return,
            },
            Message::Vote { member, vote, .. } => (*member, about(vote, bench.file)),
            Message::Certificate(_) => return,
        };
        if about.epoch != window.next.epoch || about.first != window.next.first {
            return;
        }
        // A slot has not begun for this member, and may have for one whose clock is before it.
        let slots = bench.slots();
        let soonest = slots.at(now).unwrap_or(slots.first);
        let is_vote = matches!(message, Message::Vote { .. });
        let old = !is_vote && about.slot < soonest.saturating_sub(SLOTS_KEPT);
        if old || about.slot > soonest.saturating_add(1) {
            return;
        }
        let domain = self.grid.domain();
        if !message.is_signed_by::<K>(&domain, &state.committee) {
            return;
        }
        if let Message::Signed {
            content: Content::Observation(observation),
            ..
        } = &message
        {
            // A header without readings behind it would spoil every draft it is chosen for.
            if decode(&observation.report).is_err() {
                return;
            }
        }
        let digest = match &message {
            Message::Vote { vote, .. } => vote.digest(&domain),
            other => other.id(&domain),
        };
        if member == window.me && !window.own.contains(&digest) {
            let observed = matches!(
                message,
                Message::Signed {
                    content: Content::Observation(_),
                    ..
                }
            );
            self.meet_doppelganger(about.slot, observed);
            return;
        }
        self.put(member, soonest, message, now);
    }

    fn put(&mut self, member: u8, running: u16, message: Message, now: Moment) {
        let (Some(window), Some(state)) = (self.window.as_mut(), self.chain.as_ref()) else {
            return;
        };
        let standing = window.certificates.standing().iter();
        let certified: Vec<u16> = standing.map(|standing| standing.vote.header.revision).collect();
        let own = &window.own;
        window
            .mailbox
            .forget(running, &certified, |digest| own.contains(digest));
        let put = window.mailbox.put(&self.grid.domain(), message.clone(), now);
        if let (
            Put::New,
            Message::Signed {
                content: Content::Observation(observation),
                ..
            },
        ) = (&put, &message)
        {
            if let Some(key) = state.committee.keys.get(usize::from(member)) {
                self.files.heard(*key, &observation.accepted);
            }
        }
        if let Put::Contradicts(first) = put {
            self.contradiction(member, *first, message);
        }
    }

    fn contradiction(&mut self, member: u8, first: Message, second: Message) {
        let key = format!("evidence {member} {:?}", slot(&first));
        if self.told.insert(key) {
            self.out.push(Action::Evidence(Box::new(Evidence {
                member,
                first,
                second,
            })));
        }
    }

    /// A message under this key that the record does not know. Only of slots that began after this start, and no observation that
    /// may have been said before the record was made: of what is older a restored record may not know what this very member said.
    fn meet_doppelganger(&mut self, slot: u16, observed: bool) {
        let start = self.start;
        let after = self.bench().is_some_and(|(bench, _)| {
            let known = !observed || soonest(&bench, slot) >= start.known_from;
            known && bench.slots().start(slot) >= start.at
        });
        if after && !self.doppelganger {
            self.doppelganger = true;
            self.tell(News::Doppelganger { slot });
        }
    }
}

/// A vote says nothing of a file: the draft that it signs follows from one.
fn about(vote: &Vote, file: [u8; 32]) -> About {
    About {
        file,
        epoch: vote.header.epoch,
        first: vote.header.first_interval,
        slot: vote.header.revision,
    }
}
