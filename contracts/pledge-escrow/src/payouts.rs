//! What is paid of milestones, to whom, and what of it is kept back. Pure.
//!
//! A settled milestone pays g: its amount, or what a decision kept of it. A payee with part p has floor(g x p / 10,000) of it,
//! the contractor, payee 0, the rest; so a verdict cuts every part alike, and parts sum to g. Of each part
//! floor(part x retention) is retained.
//!
//! With R the sum of all that is retained, and A what claims were awarded of it, R - A is left. In the end each payee's retained
//! parts r_i, in the order of payees, give floor((R - A) x (r_1 + ... + r_i) / R) less the same of those before: these sum to
//! R - A to the unit, and where nothing was awarded each is r_i.

use gridpact_units::{BasisPoints, UnixSeconds};

use crate::amounts::sum;
use crate::case::Case;
use crate::disputes::kept;
use crate::shares::part;
use crate::working_terms::Stage;

/// A payee's part of one milestone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PayeesPart {
    pub payee: u32,
    /// What is paid once the milestone is settled.
    pub net: u128,
    /// What is retained.
    pub retained: u128,
}

impl Case {
    /// How many are paid, the contractor among them.
    pub fn payee_count(&self) -> u32 {
        let payees = u32::try_from(self.terms.payees.len()).unwrap_or(u32::MAX);
        payees.saturating_add(1)
    }

    /// Divides what a milestone pays among those who have a part in it; the contractor first.
    pub fn parts(&self, stage: &Stage, pays: u128) -> Vec<PayeesPart> {
        let of = |points: BasisPoints| part(pays, points.0.into(), BasisPoints::WHOLE.0.into());
        let others = stage.payees.iter().map(|payee| (payee.payee, of(payee.part)));
        let rest = pays.saturating_sub(sum(others.clone().map(|(_, part)| part)));
        let parts = [(0, rest)].into_iter().chain(others);
        parts
            .map(|(payee, part)| {
                let retained = self.retained(part);
                PayeesPart {
                    payee,
                    net: part.saturating_sub(retained),
                    retained,
                }
            })
            .collect()
    }

    /// When a submitted milestone was or will be settled, as far as that is known.
    pub fn settled_at(&self, milestone: usize) -> Option<UnixSeconds> {
        let work = self.project.submitted.get(milestone)?;
        match (&work.decided, work.disputed_at) {
            (Some(decided), _) => Some(decided.at),
            (None, Some(_)) => None,
            (None, None) => Some(self.review_end(work)),
        }
    }

    /// What each milestone pays that is settled by now; `None` for the others.
    pub fn pays(&self) -> Vec<Option<u128>> {
        let amounts = self.milestone_amounts().into_iter().enumerate();
        let pays = |(milestone, amount): (usize, u128)| {
            self.settled_at(milestone).filter(|at| *at <= self.now)?;
            Some(self.kept_of(milestone, amount))
        };
        amounts.map(pays).collect()
    }

    /// What of a milestone's amount is paid, as far as it is decided.
    pub fn kept_of(&self, milestone: usize, amount: u128) -> u128 {
        let work = self.project.submitted.get(milestone);
        let decided = work.and_then(|work| work.decided.as_ref());
        decided.map_or(amount, |decided| kept(amount, decided.kept))
    }

    /// The parts of all milestones that are settled by now.
    pub fn settled_parts(&self) -> Vec<PayeesPart> {
        let settled = self.terms.milestones.iter().zip(self.pays());
        settled
            .filter_map(|(stage, pays)| Some(self.parts(stage, pays?)))
            .flatten()
            .collect()
    }

    /// What is retained of everything settled, and not awarded to claims.
    pub fn retention_left(&self) -> u128 {
        let retained = sum(self.settled_parts().iter().map(|part| part.retained));
        retained.saturating_sub(self.project.claims.awarded.0)
    }

    /// What a payee's retained parts give in the end, if nothing more is awarded.
    pub fn retained_of(&self, parts: &[PayeesPart], payee: u32) -> u128 {
        let all = sum(parts.iter().map(|part| part.retained));
        let left = all.saturating_sub(self.project.claims.awarded.0);
        let upto = |end: u32| {
            let before = parts.iter().filter(|part| part.payee < end);
            part(left, sum(before.map(|part| part.retained)), all)
        };
        upto(payee.saturating_add(1)).saturating_sub(upto(payee))
    }

    /// What a payee may have drawn by now, in all; the contractor's bond included once it is due.
    pub fn due_to(&self, payee: u32) -> u128 {
        let parts = self.settled_parts();
        let net = sum(parts
            .iter()
            .filter(|part| part.payee == payee)
            .map(|part| part.net));
        let retained = if self.is_released() {
            self.retained_of(&parts, payee)
        } else {
            0
        };
        let bond = if payee == 0 { self.bond_due() } else { 0 };
        sum([net, retained, bond])
    }

    /// The same of all payees together.
    pub fn due_to_all(&self) -> u128 {
        let parts = self.settled_parts();
        let net = sum(parts.iter().map(|part| part.net));
        let retained = if self.is_released() {
            self.retention_left()
        } else {
            0
        };
        sum([net, retained, self.bond_due()])
    }

    /// Of the bond, what is the contractor's by now.
    pub fn bond_due(&self) -> u128 {
        let bond = self.project.bond.0;
        match &self.project.ended {
            Some(ended) => bond.saturating_sub(ended.forfeited.0),
            None if self.is_completed() => bond,
            None => 0,
        }
    }
}
