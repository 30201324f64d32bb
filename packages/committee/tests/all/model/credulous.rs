//! Members who sign what they do not look at.

use gridpact_committee::message::content::{Content, Vote};
use gridpact_committee::message::envelope::Message;
use gridpact_committee::record::{sign, Kind, Row};

use super::disk::Disk;
use super::world::World;
use crate::support::Cheap;

impl World {
    /// The vote of a member that looks at nothing; an honest one of the wrong variant goes through its record all the same.
    pub fn vote_for_anything(&mut self, member: u8, bytes: &[u8], record: bool) {
        let Ok(Message::Signed {
            content: Content::Proposal(proposal),
            ..
        }) = Message::decode(bytes)
        else {
            return;
        };
        let Ok(vote) = Vote::of(&proposal.draft) else {
            return;
        };
        let digest = vote.digest(&self.grid.domain());
        if !self.given.insert((member, digest)) {
            return;
        }
        let row = Row {
            kind: Kind::Vote,
            epoch: vote.header.epoch,
            first: vote.header.first_interval,
            intervals: vote.header.intervals,
            slot: vote.header.revision,
            digest,
            bytes: proposal.draft,
        };
        let mut disk = if record {
            self.nodes[usize::from(member)].disk.clone()
        } else {
            Disk::default()
        };
        if let Ok(signature) = sign(&Cheap(member), &mut disk, &row) {
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
}
