//! What the work is worth, when it is due, and who has what of it.

use crate::money::part;
use crate::project::Project;
use crate::records::Work;

fn of_whole(amount: u128, points: u16) -> u128 {
    part(amount, points.into(), 10_000).0
}

impl Project {
    pub fn missed(&self) -> bool {
        self.works.iter().any(Work::is_missed)
    }

    /// When all is done: the latest of the moments at which each is settled, and a grace later where nothing was left of it.
    pub fn completed(&self) -> Option<u64> {
        if self.works.len() < self.deal.shares.len() || self.ended.is_some() {
            return None;
        }
        let mut latest = 0;
        for work in &self.works {
            let grace = if work.is_missed() { self.deal.grace } else { 0 };
            latest = latest.max(work.settled(&self.deal)? + grace);
        }
        Some(latest)
    }

    /// The defects period, from when to when, where it is known.
    pub fn defects(&self) -> Option<(u64, u64)> {
        let start = match self.ended {
            None => self.completed()?,
            Some((at, _)) => {
                let mut latest = at;
                for work in &self.works {
                    latest = latest.max(work.settled(&self.deal)?);
                }
                latest
            }
        };
        Some((start, start + self.deal.defects))
    }

    pub fn is_released(&self, now: u64) -> bool {
        self.defects().is_some_and(|(_, end)| now >= end) && self.open_claims().is_empty()
    }

    /// When a milestone is due: as the terms say, and agreements, and for as long as one before it was disputed.
    pub fn due(&self, milestone: usize, now: u64) -> u64 {
        let times: Vec<(u64, u64)> = self.works[..milestone.min(self.works.len())]
            .iter()
            .filter_map(|work| {
                let to = work.decided.map_or(now, |decided| decided.at);
                work.disputed_at.map(|from| (from, to))
            })
            .collect();
        // Between two edges a second is disputed, or not, as the first of them is.
        let mut edges: Vec<u64> = times.iter().flat_map(|(from, to)| [*from, *to]).collect();
        edges.sort_unstable();
        let disputed: u64 = edges
            .windows(2)
            .filter(|pair| times.iter().any(|(from, to)| *from <= pair[0] && pair[0] < *to))
            .map(|pair| pair[1] - pair[0])
            .sum();
        self.deal.due[milestone] + self.agreed[milestone] + disputed
    }

    pub fn next_due(&self, now: u64) -> Option<u64> {
        let next = self.works.len();
        (next < self.deal.due.len()).then(|| self.due(next, now))
    }

    /// What each milestone would pay in all.
    pub fn amounts(&self, now: u64) -> Vec<u128> {
        let (mut shares, mut before, mut amounts) = (0, 0, Vec::new());
        for share in &self.deal.shares {
            shares += u128::from(*share);
            let (upto, _) = part(self.taken(now), shares, 10_000);
            amounts.push(upto - before);
            before = upto;
        }
        amounts
    }

    /// What of it is paid as it was decided.
    pub fn kept(&self, milestone: usize, amount: u128) -> u128 {
        let work = self.works.get(milestone);
        let decided = work.and_then(|work| work.decided);
        decided.map_or(amount, |decided| of_whole(amount, decided.kept))
    }

    /// Of a payment: what each payee gets at once, and what is retained of it.
    pub fn division(&self, milestone: usize, pays: u128) -> Vec<(u128, u128)> {
        let mut gets = vec![0; self.payees.len()];
        let mut rest = pays;
        for (payee, points) in &self.deal.parts[milestone] {
            gets[*payee as usize] = of_whole(pays, *points);
            rest -= of_whole(pays, *points);
        }
        gets[0] += rest;
        gets.into_iter()
            .map(|gets| {
                let retained = of_whole(gets, self.deal.retention);
                (gets - retained, retained)
            })
            .collect()
    }

    pub fn is_settled(&self, milestone: usize, now: u64) -> bool {
        let work = self.works.get(milestone);
        work.and_then(|work| work.settled(&self.deal))
            .is_some_and(|at| at <= now)
    }

    /// Of each payee: what is paid by now, and what was retained.
    pub fn earned(&self, now: u64) -> Vec<(u128, u128)> {
        let mut earned = vec![(0, 0); self.payees.len()];
        for (milestone, amount) in self.amounts(now).into_iter().enumerate() {
            if self.is_settled(milestone, now) {
                let division = self.division(milestone, self.kept(milestone, amount));
                for (sum, (net, retained)) in earned.iter_mut().zip(division) {
                    sum.0 += net;
                    sum.1 += retained;
                }
            }
        }
        earned
    }

    /// What is left of the retention.
    pub fn retention_left(&self, now: u64) -> u128 {
        let retained: u128 = self.earned(now).iter().map(|(_, retained)| retained).sum();
        retained - self.awarded()
    }

    /// What each payee can draw.
    pub fn drawable(&self, now: u64) -> Vec<u128> {
        let (earned, left, released) = (self.earned(now), self.retention_left(now), self.is_released(now));
        let all = earned.iter().map(|(_, retained)| retained).sum();
        let (mut before, mut drawable) = (0, Vec::new());
        for (payee, (net, retained)) in self.payees.iter().zip(earned) {
            let own = part(left, before + retained, all).0 - part(left, before, all).0;
            before += retained;
            let bond = if drawable.is_empty() {
                self.bond_due(now)
            } else {
                0
            };
            let had = net + if released { own } else { 0 } + bond;
            drawable.push(had - payee.drawn);
        }
        drawable
    }

    /// Of the bond, what is the contractor's.
    fn bond_due(&self, now: u64) -> u128 {
        match self.ended {
            Some((_, forfeited)) => self.bond - forfeited,
            None if self.completed().is_some_and(|at| now >= at) => self.bond,
            None => 0,
        }
    }

    /// What no submitted milestone earned.
    pub fn unearned(&self, now: u64) -> u128 {
        self.amounts(now).into_iter().skip(self.works.len()).sum()
    }
}
