//! What members want done, and what of it happens.

use std::rc::Rc;

use gridpact_committee::member::action::{Action, News};
use gridpact_committee::member::event::Event;
use gridpact_committee::message::envelope::Message;

use super::setting::{Hostile, Variant};
use super::world::{What, World};

impl World {
    pub fn act(&mut self, member: u8, action: Action) {
        match action {
            Action::Read {
                next,
                slot,
                intervals,
                latest: _,
                ahead,
            } => {
                let readings = self.read(member, next.first.0, intervals, next.roster_version);
                let event = Event::Read {
                    next,
                    slot,
                    readings,
                    ahead,
                };
                let wait = self.chance.range(20, 800);
                self.after(wait, What::Feed(member, Box::new(event)));
            }
            Action::Send(message) => self.say(member, *message),
            Action::Carry { certificate, digest } => {
                let patience = match self.setting.hostile[usize::from(member)] {
                    Some(Hostile::Silent) => return,
                    Some(Hostile::Withholds) => self.chance.range(0, 1_800_000),
                    _ => self.chance.range(200, 3_000),
                };
                self.after(patience, What::Carry(member, Rc::new(*certificate), digest));
            }
            Action::CloseGap => {
                if self.calm() || !self.chance.percent(self.setting.chain_loss) {
                    self.after(500, What::CloseGap);
                }
            }
            Action::Evidence(evidence) => {
                self.see("evidence");
                let accused = evidence.member;
                self.promises
                    .accused(accused, self.setting.faulty(accused), &evidence);
            }
            Action::Tell(news) => self.told(member, &news),
            Action::Archive { .. } | Action::Fetch(_) => {}
        }
    }

    pub fn told(&mut self, member: u8, news: &News) {
        let name = format!("{news:?}");
        let name: String = name
            .chars()
            .take_while(|letter| letter.is_alphanumeric())
            .collect();
        let name = match news {
            News::Disagreement { refusal, .. } => {
                let refusal = format!("{refusal:?}");
                refusal
                    .chars()
                    .take_while(|letter| letter.is_alphanumeric())
                    .collect()
            }
            _ => name,
        };
        self.see(&name);
        // Where members sign beside their rules, each hears of signatures that it did not make.
        let beside = self.setting.variant == Variant::NoRecomputation;
        if matches!(news, News::Doppelganger { .. }) && !self.setting.faulty(member) && !beside {
            self.promises
                .broken("doppelganger", format!("member {member} met itself"));
        }
    }

    /// An honest member's message goes out; a hostile one's as it likes.
    pub fn say(&mut self, member: u8, message: Message) {
        if self.setting.hostile[usize::from(member)].is_some() {
            return self.twist(member, message);
        }
        match &message {
            Message::Vote { vote, .. } => {
                let closing = self.registry.closing;
                self.promises.voted(member, vote, &self.grid, closing, self.now);
            }
            Message::Certificate(certificate) => {
                self.promises.certified(certificate, &self.grid, &self.setting);
            }
            Message::Signed { .. } => {}
        }
        self.broadcast(member, &message);
    }
}
