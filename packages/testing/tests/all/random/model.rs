//! The project and the grid together, and everybody's purse.

use std::collections::BTreeSet;

use gridpact_chance::Chance;
use gridpact_escrow_model::actions;
use gridpact_escrow_model::messages::{self, Message};
use gridpact_escrow_model::project::Project;
use gridpact_types::escrow::answers::Phase;

use super::data::{person, Action, COMMUNITY, PEOPLE, PLEDGERS, PURSE, STRANGER};
use super::grid_model::{Grid, LENGTH};

#[derive(Debug)]
pub struct Model {
    pub now: u64,
    pub purses: Vec<u128>,
    pub blocked: BTreeSet<usize>,
    pub project: Project,
    pub grid: Grid,
    pub gifts_to_escrow: u128,
    pub gifts_to_grid: u128,
}

impl Model {
    pub fn new(now: u64, project: Project) -> Self {
        let grid = Grid {
            free: vec![0; 3],
            rosters: vec![(now / LENGTH, 3)],
            next: now / LENGTH,
            ..Grid::default()
        };
        Self {
            now,
            purses: vec![PURSE; PEOPLE.len()],
            blocked: BTreeSet::new(),
            project,
            grid,
            gifts_to_escrow: 0,
            gifts_to_grid: 0,
        }
    }

    /// What a step is from here: time passes, or somebody sends something. While pledges or claims are gathered time goes slowly, for
    /// that takes many messages.
    pub fn step(&self, seed: u64) -> Action {
        let (chance, project, now) = (&mut Chance::new(seed), &self.project, self.now);
        let gathers = matches!(project.phase(now), Phase::Open | Phase::Defects);
        match chance.below(if gathers { 40 } else { 8 }) {
            0 => Action::Pass {
                seconds: *chance.of(&[1, 900, 86_400, 20 * 86_400]),
            },
            1 => {
                let edges = project.edges(now).into_iter();
                let next = edges.filter(|edge| *edge > now).min().unwrap_or(now);
                Action::Pass {
                    seconds: (next + chance.below(3)).saturating_sub(now + 1),
                }
            }
            _ => {
                let names: Vec<String> = PEOPLE[..PLEDGERS].iter().map(ToString::to_string).collect();
                let timely = actions::timely(chance, project, now).filter(|_| chance.one_in(3));
                Action::Project(timely.unwrap_or_else(|| actions::any(chance, project, now, &names)))
            }
        }
    }

    /// Whether the action must succeed now.
    pub fn allows(&self, action: &Action) -> bool {
        let (now, project, grid) = (self.now, &self.project, &self.grid);
        let has = |who: usize, amount: u128| self.purses[who] >= amount;
        let gets = |who: usize, amount: u128| amount > 0 && !self.blocked.contains(&who);
        match *action {
            Action::Pass { .. } | Action::Block { .. } | Action::Unblock { .. } => true,
            Action::Step { .. } => unreachable!("a step is what it comes to"),
            Action::Project(ref action) => {
                let by = person(&action.by);
                let pays = project.clone().carry_out(now, action);
                pays.is_some_and(|pays| pays == 0 || gets(by, pays)) && has(by, brings(action))
            }
            Action::Deposit { slot, amount } => {
                let home = slot as usize;
                home < grid.free.len() && has(home, amount)
            }
            Action::Withdraw { slot, who, amount } => {
                // What is final is free, whether or not it was moved.
                let free = grid.free_by_the_clock(now, slot as usize);
                let amount = amount.or(free).unwrap_or(0);
                slot as usize == who && gets(who, amount) && free.is_some_and(|free| amount <= free)
            }
            Action::Report {
                intervals, signers, ..
            } => grid.takes_report(now, intervals.into(), signers),
            Action::ReportAgain | Action::Finalise { .. } | Action::CloseGap => true,
            Action::SweepRounding => gets(COMMUNITY, grid.rounding),
            // The project, or once it has come to nothing the community.
            Action::SweepFee if self.is_over() => gets(COMMUNITY, grid.fee),
            Action::SweepFee => grid.fee > 0 && matches!(project.phase(now), Phase::Defects | Phase::Closed),
            Action::Join => grid.free.len() == 3,
            Action::Gift { amount, .. } => has(STRANGER, amount),
        }
    }

    /// What the action does, where it succeeds. What it cannot know from the rules alone comes with it: who traded how
    /// much energy.
    pub fn apply(&mut self, action: &Action, traded: &[(u128, u128)]) {
        let now = self.now;
        match *action {
            Action::Pass { seconds } => {
                self.now += seconds;
                self.project.catch_up(self.now);
            }
            Action::Block { who } => drop(self.blocked.insert(who)),
            Action::Unblock { who } => drop(self.blocked.remove(&who)),
            Action::Project(ref action) => {
                let by = person(&action.by);
                self.purses[by] -= brings(action);
                self.purses[by] += self.project.carry_out(now, action).unwrap();
            }
            Action::Gift { to_escrow, amount } => {
                self.purses[STRANGER] -= amount;
                if to_escrow {
                    self.gifts_to_escrow += amount;
                } else {
                    self.gifts_to_grid += amount;
                }
            }
            _ => self.apply_to_grid(action, traded),
        }
    }

    /// Whether the project has come to nothing, and so will never take revenue.
    fn is_over(&self) -> bool {
        matches!(self.project.phase(self.now), Phase::Failed | Phase::Terminated)
    }

    fn apply_to_grid(&mut self, action: &Action, traded: &[(u128, u128)]) {
        let (now, grid) = (self.now, &mut self.grid);
        match *action {
            Action::Deposit { slot, amount } => {
                self.purses[slot as usize] -= amount;
                grid.free[slot as usize] += amount;
                grid.deposited += amount;
            }
            Action::Withdraw { slot, who, amount } => {
                if amount.is_none_or(|amount| amount > grid.free[slot as usize]) {
                    grid.finalise(now, usize::MAX);
                }
                let amount = amount.unwrap_or(grid.free[slot as usize]);
                grid.free[slot as usize] -= amount;
                grid.withdrawn += amount;
                self.purses[who] += amount;
            }
            Action::Report { intervals, .. } => {
                grid.finalise(now, usize::MAX);
                grid.settle(now, intervals.into(), traded);
            }
            Action::CloseGap => grid.close_gap(now),
            Action::Finalise { limit } => grid.finalise(now, limit as usize),
            Action::SweepRounding => {
                self.purses[COMMUNITY] += grid.rounding;
                grid.swept += core::mem::take(&mut grid.rounding);
            }
            Action::SweepFee => {
                let fee = core::mem::take(&mut grid.fee);
                grid.swept += fee;
                if self.is_over() {
                    self.purses[COMMUNITY] += fee;
                } else {
                    self.project.revenue += fee;
                }
            }
            Action::Join => {
                grid.free.push(0);
                grid.rosters.push((Grid::running(now) + 1, 4));
            }
            _ => {}
        }
    }
}

/// The money that comes with a message.
fn brings(action: &messages::Action) -> u128 {
    match action.message {
        Message::Pledge { amount, .. } | Message::Revenue(amount) => amount,
        Message::Accept { bond } => bond,
        _ => 0,
    }
}
