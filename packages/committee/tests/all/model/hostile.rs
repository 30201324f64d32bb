//! What hostile members make of what an honest one in their place would say.

use std::rc::Rc;
use std::sync::Arc;

use gridpact_committee::merge::{merge, Observed, Rules};
use gridpact_committee::message::content::{Content, Observation, Proposal, Vote};
use gridpact_committee::message::envelope::{message_digest, Message};
use gridpact_committee::signing::Signing;
use gridpact_report::{decode, encode, Report};

use super::setting::Hostile;
use super::world::{What, World};
use crate::support::Cheap;

impl World {
    /// Whether a hostile member keeps a message from its peers.
    pub fn keeps_back(&self, member: u8, message: &Message) -> bool {
        let mine = matches!(message, Message::Vote { member: voter, .. } if *voter == member);
        let certificate = matches!(message, Message::Certificate(_));
        match self.setting.hostile[usize::from(member)] {
            Some(Hostile::Silent) => true,
            Some(Hostile::Withholds) => mine || certificate,
            _ => false,
        }
    }

    pub fn twist(&mut self, member: u8, message: Message) {
        let Some(hostile) = self.setting.hostile[usize::from(member)] else {
            return;
        };
        match (hostile, &message) {
            (Hostile::Silent, _) => {}
            (Hostile::Withholds, Message::Vote { .. }) => {}
            (Hostile::Withholds, Message::Certificate(_)) => {
                let bytes = Rc::new(message.encode());
                for to in 0..self.setting.members {
                    let wait = self.chance.range(0, 1_800_000);
                    self.after(wait, What::Deliver(to, Rc::clone(&bytes)));
                }
            }
            (
                Hostile::Omits,
                Message::Signed {
                    content: Content::Proposal(proposal),
                    ..
                },
            ) => {
                let fewest = self.fewest(member, proposal).unwrap_or_else(|| proposal.clone());
                let message = self.signed(member, Content::Proposal(fewest));
                self.broadcast(member, &message);
            }
            (
                Hostile::Forges,
                Message::Signed {
                    content: Content::Proposal(proposal),
                    ..
                },
            ) => {
                let message = self.signed(member, Content::Proposal(forged(proposal)));
                self.broadcast(member, &message);
                self.vote_too(member, &message);
            }
            (
                Hostile::Equivocates,
                Message::Signed {
                    content: Content::Proposal(proposal),
                    ..
                },
            ) => {
                let fewest = || self.fewest(member, proposal);
                let second = self.another(member, proposal).or_else(fewest);
                let second = second.unwrap_or_else(|| forged(proposal));
                let other = self.signed(member, Content::Proposal(second));
                self.halves(member, &message, &other);
                self.vote_too(member, &message);
                self.vote_too(member, &other);
            }
            (
                Hostile::Equivocates,
                Message::Signed {
                    content: Content::Observation(observation),
                    ..
                },
            ) => {
                let other = Content::Observation(Observation {
                    report: altered(&observation.report),
                    ..observation.clone()
                });
                let other = self.signed(member, other);
                self.halves(member, &message, &other);
            }
            _ => self.broadcast(member, &message),
        }
    }

    fn signed(&self, member: u8, content: Content) -> Message {
        let signature = Cheap(member).sign(&message_digest(&self.grid.domain(), member, &content));
        Message::Signed {
            member,
            content,
            signature,
        }
    }

    /// One thing to one half, another to the other.
    fn halves(&mut self, member: u8, one: &Message, other: &Message) {
        let (one, other) = (Rc::new(one.encode()), Rc::new(other.encode()));
        for to in (0..self.setting.members).filter(|to| *to != member) {
            let bytes = if to / 2 % 2 == 0 { &one } else { &other };
            self.send(member, to, bytes);
        }
    }

    fn vote_too(&mut self, member: u8, message: &Message) {
        if let Message::Signed {
            content: Content::Proposal(proposal),
            ..
        } = message
        {
            let vote = Vote::of(&proposal.draft).unwrap();
            let digest = vote.digest(&self.grid.domain());
            self.given.insert((member, digest));
            let signature = Cheap(member).sign(&digest);
            self.broadcast(
                member,
                &Message::Vote {
                    member,
                    vote,
                    signature,
                },
            );
        }
    }

    /// What a proposal follows from: names, members, reports, ascending by name.
    fn observations(&self, member: u8, proposal: &Proposal) -> Option<Vec<([u8; 32], u8, Report)>> {
        let awake = self.nodes[usize::from(member)].member.as_ref()?;
        let mut observations = Vec::new();
        for id in &proposal.observations {
            if let Some(Message::Signed {
                member,
                content: Content::Observation(observation),
                ..
            }) = awake.message(id)
            {
                observations.push((*id, member, decode(&observation.report).ok()?));
            }
        }
        Some(observations)
    }

    /// The same draft from the fewest observations that a quorum allows; `None` where there are no more than those.
    fn fewest(&self, member: u8, proposal: &Proposal) -> Option<Proposal> {
        let mut observations = self.observations(member, proposal)?;
        let quorum = usize::from(self.setting.quorum);
        if observations.len() <= quorum {
            return None;
        }
        // Without the readers of the first meter, if it can be.
        observations.sort_by_key(|(_, member, _)| self.setting.readers[0].contains(member));
        observations.truncate(quorum);
        observations.sort_by_key(|(id, _, _)| *id);
        self.merged(proposal, &observations)
    }

    /// Another draft that passes as well: one observation fewer, other values, nothing more missing.
    fn another(&self, member: u8, proposal: &Proposal) -> Option<Proposal> {
        let all = self.observations(member, proposal)?;
        if all.len() <= usize::from(self.setting.quorum) {
            return None;
        }
        let missing = |draft: &[u8]| {
            let report = decode(draft).unwrap();
            report
                .readings
                .iter()
                .filter(|reading| reading.is_missing())
                .count()
        };
        let fewer = (0..all.len()).filter_map(|left_out| {
            let mut observations = all.clone();
            observations.remove(left_out);
            self.merged(proposal, &observations)
        });
        let mut fewer = fewer.filter(|other| other.draft != proposal.draft);
        fewer.find(|other| missing(&other.draft) == missing(&proposal.draft))
    }

    fn merged(&self, proposal: &Proposal, observations: &[([u8; 32], u8, Report)]) -> Option<Proposal> {
        let file = self
            .files
            .iter()
            .find(|file| file.hash() == proposal.about.file)?;
        let header = decode(&proposal.draft).ok()?.header;
        let state = Arc::new(self.chain_state());
        if state.seats.len() != usize::from(header.seats) {
            return None;
        }
        let rules = Rules::new(file, &self.grid, &state);
        let observed: Vec<Observed> = observations
            .iter()
            .map(|(_, member, report)| Observed {
                member: *member,
                readings: &report.readings,
            })
            .collect();
        let readings = merge(&rules, &header, &observed);
        Some(Proposal {
            observations: observations.iter().map(|(id, _, _)| *id).collect(),
            draft: encode(&Report { header, readings }).ok()?,
            ..proposal.clone()
        })
    }
}

/// A draft that its observations do not say.
fn forged(proposal: &Proposal) -> Proposal {
    Proposal {
        draft: altered(&proposal.draft),
        ..proposal.clone()
    }
}

fn altered(report: &[u8]) -> Vec<u8> {
    let mut report = decode(report).unwrap();
    World::lie(&mut report.readings[0]);
    encode(&report).unwrap()
}
