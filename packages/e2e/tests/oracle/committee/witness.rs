//! What the four heard of each other, as each keeps it for good.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{ensure, Context, Result};
use gridpact_committee::message::content::Content;
use gridpact_committee::message::envelope::Message;
use gridpact_oracle::committee::evidence;
use gridpact_report::{decode, Domain, Report};

use super::four::{Four, LIMIT, NAMES};
use super::making::WINDOWS;

impl Four {
    fn evidence_of(&self, member: usize, window: usize) -> PathBuf {
        self.data(member)
            .join("evidence")
            .join(self.first(window).to_string())
    }

    /// Waits until a member has put away what was said of a window.
    pub async fn until_archived(&self, member: usize, window: usize) -> Result<()> {
        let (since, path) = (Instant::now(), self.evidence_of(member, window));
        while !path.exists() {
            ensure!(since.elapsed() < LIMIT, "{} is not there", path.display());
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Ok(())
    }

    /// What one member keeps of a window; who was away for it has nothing of it.
    fn evidence(&self, member: usize, window: usize) -> Result<Vec<Message>> {
        let bytes = std::fs::read(self.evidence_of(member, window)).unwrap_or_default();
        let messages = evidence::split(&bytes).map(Message::decode);
        Ok(messages.collect::<Result<_, _>>()?)
    }

    /// What one member said that it read in the slot that was certified, as another keeps it, signed.
    pub fn observed(&self, said_by: usize, kept_by: usize, window: usize, slot: u16) -> Result<Report> {
        let by = u8::try_from(said_by)?;
        for message in self.evidence(kept_by, window)? {
            if let Message::Signed {
                member,
                content: Content::Observation(observation),
                ..
            } = message
            {
                if (member, observation.about.slot) == (by, slot) {
                    return Ok(decode(&observation.report)?);
                }
            }
        }
        let (who, whom) = (NAMES[kept_by], NAMES[said_by]);
        None.with_context(|| format!("{who} keeps nothing that {whom} said of window {window}, slot {slot}"))
    }

    /// Over all that the four heard of each other: how many votes, and that no member voted for two reports of one slot, nor
    /// said two things at all.
    pub fn votes_without_offence(&self) -> Result<usize> {
        let domain = Domain {
            chain_id: &self.chain().network().chain_id,
            registry: &self.grid.registry,
        };
        let mut votes = BTreeMap::new();
        for (kept_by, name) in NAMES.iter().enumerate() {
            let twice = self.data(kept_by).join("evidence/twice");
            ensure!(!twice.exists(), "{name} saw one say two things");
            for window in 0..WINDOWS {
                for message in self.evidence(kept_by, window)? {
                    if let Message::Vote { member, vote, .. } = message {
                        let place = (member, vote.header.first_interval, vote.header.revision);
                        let digest = vote.digest(&domain);
                        let known = *votes.entry(place).or_insert(digest);
                        ensure!(known == digest, "{place:?}: two votes");
                    }
                }
            }
        }
        Ok(votes.len())
    }
}
