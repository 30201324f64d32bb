//! What happens to a member, and where it crashes on the way.

use gridpact_committee::member::event::Event;

use super::disk::Crash;
use super::setting::Variant;
use super::world::{What, World};

impl World {
    /// Something happens to a member; what it wants done is done, unless it crashes before.
    pub fn happen(&mut self, member: u8, event: Event) {
        let index = usize::from(member);
        if self.nodes[index].member.is_none() {
            return;
        }
        {
            let content = &mut *self.nodes[index].disk.0.borrow_mut();
            let late = core::mem::take(&mut content.waiting);
            content.rows.extend(late);
        }
        if self.now - self.nodes[index].polled >= 5_000 && (self.calm() || self.chance.percent(70)) {
            self.nodes[index].polled = self.now;
            let state = self.chain_state();
            self.one(member, Event::Chain(Box::new(state)));
        }
        self.one(member, event);
        self.plan_wake(member);
    }

    pub fn plan_wake(&mut self, member: u8) {
        let (index, local) = (usize::from(member), self.local(member));
        let Some(awake) = &self.nodes[index].member else {
            return;
        };
        let wait = awake.wakes_at(local).since(local);
        // While something is under way the chain is looked at more often.
        let look = if self.calm() { 6_000 } else { 20_000 };
        let wait = if wait < 59_000 || self.registry.gap() {
            wait.min(look)
        } else {
            wait
        };
        self.nodes[index].wakes += 1;
        let wakes = self.nodes[index].wakes;
        self.after(wait.max(1), What::Wake(member, wakes));
    }

    pub fn one(&mut self, member: u8, event: Event) {
        let (index, local) = (usize::from(member), self.local(member));
        let crashes =
            !self.calm() && !self.setting.faulty(member) && self.chance.range(0, 999) < self.setting.crashes;
        let late = self.setting.variant == Variant::SignBeforeCommit;
        let crash = match (crashes && !late, self.chance.range(0, 2)) {
            (false, _) | (true, 2) => Crash::None,
            (true, 0) => Crash::BeforeCommit,
            (true, _) => Crash::AfterCommit,
        };
        self.nodes[index].disk.0.borrow_mut().crash = crash;
        let Some(awake) = self.nodes[index].member.as_mut() else {
            return;
        };
        let mut actions = awake.on(event, local);
        let crashed_in_record = self.nodes[index].disk.0.borrow().crashed;
        let between = crashes && crash == Crash::None;
        if crashed_in_record {
            actions.clear();
        } else if between {
            let done = self.chance.range(0, actions.len() as u64) as usize;
            actions.truncate(done);
        }
        for action in actions {
            self.act(member, action);
        }
        self.nodes[index].disk.0.borrow_mut().crash = Crash::None;
        if crashed_in_record || between {
            self.crash(member);
        }
    }

    pub fn crash(&mut self, member: u8) {
        self.see("crash");
        let loses = self.setting.loses_record == Some(member) && self.chance.percent(30);
        let node = &mut self.nodes[usize::from(member)];
        node.member = None;
        if loses {
            // A backup of some time ago.
            let mut disk = node.disk.0.borrow_mut();
            let half = disk.rows.len() / 2;
            disk.rows.truncate(half);
            node.whole = false;
        }
        if loses {
            self.see("record lost");
        }
        let late = self.setting.variant == Variant::SignBeforeCommit;
        let away = self.chance.range(500, if late { 5_000 } else { 120_000 });
        let back = away.min(self.setting.calm.saturating_sub(self.now).max(500));
        self.after(back, What::Restart(member));
    }
}
