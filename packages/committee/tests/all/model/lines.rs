//! The lines between members: what is lost, late, or said again to who lacks it.

use std::collections::BTreeSet;
use std::rc::Rc;

use gridpact_committee::member::event::Event;
use gridpact_committee::message::envelope::Message;

use super::setting::{Hostile, Variant};
use super::world::{What, World};

impl World {
    pub fn deliver(&mut self, to: u8, bytes: &Rc<Vec<u8>>) {
        let credulous = self.setting.variant == Variant::NoRecomputation && !self.setting.faulty(to);
        let votes = matches!(
            self.setting.hostile[usize::from(to)],
            Some(Hostile::Equivocates | Hostile::Forges)
        );
        if credulous || votes {
            self.vote_for_anything(to, bytes, credulous);
        }
        self.happen(to, Event::Message(bytes.to_vec()));
    }

    pub fn broadcast(&mut self, member: u8, message: &Message) {
        let bytes = Rc::new(message.encode());
        for to in 0..self.setting.members {
            if to != member {
                self.send(member, to, &bytes);
            }
        }
    }

    pub fn cut(&self, from: u8, to: u8) -> bool {
        !self.calm() && self.setting.parted && from % 2 != to % 2
    }

    pub fn send(&mut self, from: u8, to: u8, bytes: &Rc<Vec<u8>>) {
        if self.cut(from, to) || (!self.calm() && self.chance.percent(self.setting.loss)) {
            return;
        }
        let slow = !self.calm() && self.chance.percent(20);
        let wait = if slow {
            self.chance.range(1_000, 60_000)
        } else {
            self.chance.range(30, 2_500)
        };
        self.after(wait, What::Deliver(to, Rc::clone(bytes)));
    }

    /// A member and a peer tell each other what they have, and bring what lacks.
    pub fn sync(&mut self, member: u8) {
        let wait = self.chance.range(10_000, 20_000);
        self.after(wait, What::Sync(member));
        let peer = self.chance.range(0, u64::from(self.setting.members) - 1) as u8;
        let silent = |member: u8| self.setting.hostile[usize::from(member)] == Some(Hostile::Silent);
        let lost = !self.calm() && self.chance.clone().percent(self.setting.loss);
        if peer == member || self.cut(member, peer) || silent(member) || silent(peer) || lost {
            return;
        }
        for (from, to) in [(member, peer), (peer, member)] {
            let (giver, taker) = (
                &self.nodes[usize::from(from)].member,
                &self.nodes[usize::from(to)].member,
            );
            let (Some(giver), Some(taker)) = (giver, taker) else {
                return;
            };
            let known: BTreeSet<[u8; 32]> = taker.inventory().into_iter().collect();
            let lacking = giver.inventory().into_iter().filter(|id| !known.contains(id));
            let lacking: Vec<Message> = lacking.filter_map(|id| giver.message(&id)).collect();
            for message in lacking {
                if self.keeps_back(from, &message) {
                    continue;
                }
                let bytes = Rc::new(message.encode());
                let wait = self.chance.range(30, 2_000);
                self.after(wait, What::Deliver(to, bytes));
            }
        }
        self.measure(member, peer);
        self.measure(peer, member);
    }

    pub fn measure(&mut self, member: u8, peer: u8) {
        if self.nodes[usize::from(member)].measured && !self.chance.percent(10) {
            return;
        }
        self.nodes[usize::from(member)].measured = true;
        let skew = |member: u8| self.setting.skews[usize::from(member)];
        let ahead = skew(peer) - skew(member);
        self.happen(member, Event::Clock { member: peer, ahead });
    }
}
