//! Votes to a certificate, and the certificate to the chain.

use std::collections::BTreeMap;

use gridpact_report::quorum::Signature;

use super::action::{Action, News};
use super::state::Member;
use crate::message::content::{Certificate, Vote};
use crate::message::envelope::Message;
use crate::moment::Moment;
use crate::record::Record;
use crate::signing::Signing;

impl<K: Signing, R: Record> Member<K, R> {
    /// Where a quorum voted for a draft that is here, there is a certificate.
    pub(super) fn certify(&mut self, now: Moment) {
        let (Some(state), Some(window)) = (self.chain.as_ref(), self.window.as_mut()) else {
            return;
        };
        if !window.mailbox.to_count() {
            return;
        }
        let domain = self.grid.domain();
        let mut by_digest: BTreeMap<[u8; 32], (Vote, Vec<Signature>)> = BTreeMap::new();
        for (member, vote, signature) in window.mailbox.votes() {
            let digest = vote.digest(&domain);
            let (_, signatures) = by_digest.entry(digest).or_insert((*vote, Vec::new()));
            signatures.push(Signature {
                member,
                signature: *signature,
            });
        }
        let quorum = usize::from(state.committee.quorum);
        let mut made = Vec::new();
        for (digest, (vote, mut signatures)) in by_digest {
            let draft = window.mailbox.draft(&digest);
            if let Some(draft) = draft.filter(|_| signatures.len() >= quorum) {
                // Ascending by member, since votes came by slot and member.
                signatures.sort_unstable_by_key(|signature| signature.member);
                let certificate = Certificate {
                    leader: draft.leader,
                    report: draft.report.clone(),
                    signatures,
                };
                made.push((certificate, vote, digest));
            }
        }
        for (certificate, vote, digest) in made {
            self.hold(certificate, vote, digest, now);
        }
    }

    /// Holds a certificate whose signatures are checked, and tells the peers.
    pub(super) fn hold(&mut self, certificate: Certificate, vote: Vote, digest: [u8; 32], now: Moment) {
        let Some(window) = self.window.as_mut() else {
            return;
        };
        let message = Message::Certificate(certificate.clone());
        if window.certificates.hold(certificate, vote, digest, now) {
            self.out.push(Action::Send(Box::new(message)));
            self.tell(News::Certified {
                slot: vote.header.revision,
                intervals: vote.header.intervals,
            });
        }
    }

    /// Brings certificates to the chain when it is this member's turn.
    pub(super) fn carry(&mut self, now: Moment) {
        let (Some(state), Some(window)) = (self.chain.as_ref(), self.window.as_mut()) else {
            return;
        };
        if state.gap || state.next() != window.next {
            return;
        }
        let due = window
            .certificates
            .to_carry(window.me, state.committee.size(), now);
        for certificate in due {
            let digest = Vote::of(&certificate.report).map(|vote| vote.digest(&self.grid.domain()));
            if let Ok(digest) = digest {
                self.out.push(Action::Carry {
                    certificate: Box::new(certificate),
                    digest,
                });
            }
        }
    }

    /// The chain refused a certificate, or it never came there.
    pub(super) fn refused(&mut self, digest: &[u8; 32], height: Option<u64>) {
        let Some(window) = self.window.as_mut() else {
            return;
        };
        match height {
            Some(height) => window.certificates.refusal(digest, height),
            None => window.certificates.hindered(digest),
        }
    }
}
