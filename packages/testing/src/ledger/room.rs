//! Who fills a project up to its cap, from the order in which its pledges were told.

use std::collections::BTreeMap;

/// The pledges of a project by their places in the order of pledging, and what each paid once it is funded.
#[derive(Clone, Debug, Default)]
pub struct Room {
    /// What each paid.
    pub paid: BTreeMap<String, u128>,
    /// Who was in the set before the message that is being told.
    members: BTreeMap<String, u128>,
    /// Places of those who were not.
    places: BTreeMap<String, usize>,
    given: usize,
    /// What this message brings into the set: whole pledges, and what it adds to a member's.
    joining: Vec<(usize, String, u128)>,
}

impl Room {
    /// A pledge, a raise or a restatement. Outside the set it is the last from now on.
    pub fn moved(&mut self, pledger: &str, added: u128) {
        for (_, pledger, amount) in std::mem::take(&mut self.joining) {
            *self.members.entry(pledger).or_default() += amount;
        }
        self.given += 1;
        if self.members.contains_key(pledger) {
            self.joining.push((self.given, pledger.to_owned(), added));
        } else {
            self.places.insert(pledger.to_owned(), self.given);
        }
    }

    /// A pledge is in the set.
    pub fn joined(&mut self, pledger: &str, amount: u128) {
        let place = self.places[pledger];
        self.joining.push((place, pledger.to_owned(), amount));
    }

    /// The project takes so much: members before in full, then by place.
    pub fn fill(&mut self, total: u128) {
        self.paid = self.members.clone();
        let mut room = total - self.members.values().sum::<u128>();
        self.joining.sort();
        for (_, pledger, amount) in &self.joining {
            let taken = room.min(*amount);
            *self.paid.entry(pledger.clone()).or_default() += taken;
            room -= taken;
        }
    }
}
