//! The project and the grid together, and everybody's purse.

use std::collections::BTreeSet;

use gridpact_types::escrow::answers::Phase;

use super::data::{Action, COMMUNITY, CONTRACTOR, PEOPLE, PURSE, STRANGER};
use super::grid_model::{Grid, LENGTH};
use super::project_model::Project;

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
    pub fn new(now: u64, deadline: u64) -> Self {
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
            project: Project {
                deadline,
                ..Project::default()
            },
            grid,
            gifts_to_escrow: 0,
            gifts_to_grid: 0,
        }
    }

    /// Whether the action must succeed now.
    pub fn allows(&self, action: &Action) -> bool {
        let (now, project, grid) = (self.now, &self.project, &self.grid);
        let has = |who: usize, amount: u128| self.purses[who] >= amount;
        let gets = |who: usize, amount: u128| amount > 0 && !self.blocked.contains(&who);
        match *action {
            Action::Pass { .. } | Action::Block { .. } | Action::Unblock { .. } => true,
            Action::Pledge { who, amount, asks } => {
                has(who, amount) && project.may_pledge(now, who, amount, asks)
            }
            Action::Accept { who } => who == CONTRACTOR && project.phase(now) == Phase::Funded,
            Action::Submit { who } => {
                let to_come = project.next_due().is_some();
                who == CONTRACTOR && project.phase(now) == Phase::Active && to_come
            }
            Action::Draw { who } => who == CONTRACTOR && gets(who, project.drawable(now)),
            Action::Terminate => {
                project.phase(now) == Phase::Active && project.next_due().is_some_and(|due| now >= due)
            }
            Action::ClaimRefund { who } => gets(who, project.refundable(now, who)),
            Action::PayRevenue { amount } => has(STRANGER, amount) && project.takes_revenue(now),
            Action::ClaimRevenue { who } => gets(who, project.claimable_revenue(who)),
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
            Action::SweepFee if project.is_over(now) => gets(COMMUNITY, grid.fee),
            Action::SweepFee => grid.fee > 0 && project.takes_revenue(now),
            Action::Join => grid.free.len() == 3,
            Action::Gift { amount, .. } => has(STRANGER, amount),
        }
    }

    /// What the action does, where it succeeds. What it cannot know from the rules alone comes with it: who traded how
    /// much energy.
    pub fn apply(&mut self, action: &Action, traded: &[(u128, u128)]) {
        let now = self.now;
        match *action {
            Action::Pass { seconds } => self.now += seconds,
            Action::Block { who } => drop(self.blocked.insert(who)),
            Action::Unblock { who } => drop(self.blocked.remove(&who)),
            Action::Pledge { who, amount, asks } => {
                self.purses[who] -= amount;
                self.project.pledge(now, who, amount, asks);
            }
            Action::Accept { .. } => self.project.accepted = true,
            Action::Submit { .. } => self.project.submitted.push(now),
            Action::Draw { who } => {
                let amount = self.project.drawable(now);
                self.project.drawn += amount;
                self.purses[who] += amount;
            }
            Action::Terminate => self.project.terminated = Some(now),
            Action::ClaimRefund { who } => {
                let amount = self.project.refundable(now, who);
                self.project.pledges.get_mut(&who).unwrap().refunded += amount;
                self.purses[who] += amount;
            }
            Action::PayRevenue { amount } => {
                self.purses[STRANGER] -= amount;
                self.project.revenue += amount;
            }
            Action::ClaimRevenue { who } => {
                let amount = self.project.claimable_revenue(who);
                self.project.pledges.get_mut(&who).unwrap().revenue_claimed += amount;
                self.purses[who] += amount;
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
                if self.project.is_over(now) {
                    self.purses[COMMUNITY] += grid.fee;
                } else {
                    self.project.revenue += grid.fee;
                }
                grid.swept += core::mem::take(&mut grid.fee);
            }
            Action::Join => {
                grid.free.push(0);
                grid.rosters.push((Grid::running(now) + 1, 4));
            }
            _ => {}
        }
    }
}
