//! The chain: blocks, what they take, and what it says.

use std::rc::Rc;
use std::sync::Arc;

use gridpact_committee::chain::{Accepted, ChainState};
use gridpact_committee::member::event::Event;
use gridpact_committee::message::content::Certificate;
use gridpact_units::{IntervalIndex, UnixSeconds};

use super::setting::Variant;
use super::world::{What, World};
use crate::support::{committee, seats};

impl World {
    pub fn block(&mut self) {
        let (shortest, longest) = self.setting.blocks;
        let wait = self.chance.range(shortest, longest);
        self.after(wait, What::Block);
        self.registry.height += 1;
        self.registry.now = self.now / 1_000;
        if let Some((scheduled, begins)) = self.setting.second_roster {
            if self.registry.now >= scheduled && self.registry.rosters.len() == 1 {
                let seats = self.registry.rosters[0].1 + 1;
                self.registry.rosters.push((begins, seats));
            }
        }
        for transaction in core::mem::take(&mut self.transactions) {
            match transaction {
                What::Carry(carrier, certificate, digest) => self.report(carrier, &certificate, digest),
                _ => {
                    if self.registry.close_gap() {
                        self.see("gap closed");
                    }
                }
            }
        }
        // A stranger who closes gaps for the fun of it.
        if self.chance.percent(5) && self.registry.close_gap() {
            self.see("gap closed");
        }
    }

    pub fn report(&mut self, carrier: u8, certificate: &Rc<Certificate>, digest: [u8; 32]) {
        let lost = !self.calm() && self.chance.percent(self.setting.chain_loss);
        let height = if lost {
            None
        } else {
            let before = self.registry.next;
            match self.registry.report(certificate) {
                Ok(()) => {
                    if self.registry.next > before {
                        self.see("accepted");
                        self.promises.certified(certificate, &self.grid, &self.setting);
                    }
                    return;
                }
                Err(why) => {
                    self.see(&format!("refused: {why}"));
                    Some(self.registry.height)
                }
            }
        };
        let wait = self.chance.range(500, 3_000);
        let event = Event::Refused { digest, height };
        self.after(wait, What::Feed(carrier, Box::new(event)));
    }

    /// What the chain says at its newest block.
    pub fn chain_state(&self) -> ChainState {
        let registry = &self.registry;
        let version = registry.roster(registry.next);
        let mut committee = committee(self.setting.members);
        committee.quorum = self.setting.quorum;
        let closing = registry
            .closing
            .filter(|_| self.setting.variant != Variant::BeyondGrace);
        ChainState {
            height: registry.height,
            first: IntervalIndex(registry.next),
            epoch: 1,
            committee: Arc::new(committee),
            roster_version: version as u32,
            seats: Arc::new(seats(registry.rosters[version - 1].1 as u32)),
            roster_ends: registry.roster_ends().map(IntervalIndex),
            closing: closing.map(UnixSeconds),
            accepted_before: registry.accepted_before().map(|(at, revision)| Accepted {
                at: UnixSeconds(at),
                revision,
            }),
            gap: registry.gap(),
        }
    }
}
