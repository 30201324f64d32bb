//! What becomes of objections, offers, wishes to end and defects claims.

use cosmwasm_std::Uint256;
use gridpact_types::escrow::answers::Phase;
use gridpact_types::escrow::disputes::{Dispute, Proposal};

use crate::deal::DAY;
use crate::money::part;
use crate::project::Project;
use crate::records::{Claim, Decided};

/// Whether a sum is at least so many basis points of the whole.
fn reaches(sum: u128, points: u16, whole: u128) -> bool {
    let wide = |a: u128, b: u128| Uint256::from(a) * Uint256::from(b);
    wide(sum, 10_000) >= wide(whole, points.into())
}

impl Project {
    /// In the order in which they came before the decider.
    pub fn open_claims(&self) -> Vec<u64> {
        let open = self
            .claims
            .iter()
            .filter(|(_, claim)| claim.open_at.is_some() && claim.decided.is_none());
        let mut open: Vec<(usize, u64)> = open.map(|(number, claim)| (claim.came, *number)).collect();
        open.sort_unstable();
        open.into_iter().map(|(_, number)| number).collect()
    }

    pub fn awarded(&self) -> u128 {
        let decided = self.claims.values().filter_map(|claim| claim.decided);
        decided.map(|(_, award)| award).sum()
    }

    /// What is in dispute, and since when.
    pub fn disputes(&self) -> Vec<(Dispute, u64)> {
        let works = (0..).zip(&self.works);
        let works = works.filter(|(_, work)| work.decided.is_none());
        let works =
            works.filter_map(|(milestone, work)| Some((Dispute::Milestone { milestone }, work.disputed_at?)));
        let claims = self.open_claims().into_iter();
        let claims = claims.map(|claim| (Dispute::Claim { claim }, self.claims[&claim].open_at.unwrap()));
        works.chain(claims).collect()
    }

    pub fn decide_until(&self) -> Vec<u64> {
        let limit = self.deal.decider.map_or(0, |decider| decider.limit);
        self.disputes()
            .into_iter()
            .map(|(_, since)| since + limit)
            .collect()
    }

    /// What silence decided by now, first what was first; of one second milestones first, then claims as they came.
    pub fn catch_up(&mut self, now: u64) {
        let Some(decider) = self.deal.decider else { return };
        loop {
            let over = self
                .disputes()
                .into_iter()
                .map(|(dispute, since)| (since + decider.limit, dispute));
            let Some((at, dispute)) = over.filter(|(at, _)| *at <= now).min_by_key(|(at, _)| *at) else {
                return;
            };
            let kept = decider.silence;
            self.settle(
                at,
                dispute,
                Decided {
                    at,
                    kept,
                    agreed: false,
                },
            );
        }
    }

    fn settle(&mut self, now: u64, dispute: Dispute, decided: Decided) {
        let rest = |amount: u128| amount - part(amount, decided.kept.into(), 10_000).0;
        let back = match dispute {
            Dispute::Milestone { milestone } => {
                let back = rest(self.amounts(now)[milestone as usize]);
                self.works[milestone as usize].decided = Some(decided);
                back
            }
            Dispute::Claim { claim } => {
                let back = rest(self.claims[&claim].amount).min(self.retention_left(now));
                self.claims.get_mut(&claim).unwrap().decided = Some((decided, back));
                back
            }
        };
        self.give_back(back);
    }

    pub fn object(&mut self, now: u64, by: &str, milestone: u32) -> Option<()> {
        let decider = self.deal.decider?;
        let (weight, whole, end) = (self.weight(now, by), self.taken(now), self.deal.review);
        let work = self.works.get_mut(milestone as usize)?;
        let in_review = now < work.at + end && work.decided.is_none();
        if weight == 0 || !in_review || !work.objecting.insert(by.to_owned()) {
            return None;
        }
        let objecting = work.objecting.clone();
        if reaches(self.tally(&objecting), decider.objection, whole) {
            let work = &mut self.works[milestone as usize];
            work.disputed_at = work.disputed_at.or(Some(now));
        }
        Some(())
    }

    pub fn withdraw_objection(&mut self, now: u64, by: &str, milestone: u32) -> Option<()> {
        let end = self.deal.review;
        let weight = self.weight(now, by);
        let work = self.works.get_mut(milestone as usize)?;
        let can = weight > 0 && now < work.at + end && work.disputed_at.is_none();
        (can && work.objecting.remove(by)).then_some(())
    }

    fn is_open(&self, dispute: Dispute) -> bool {
        self.disputes().iter().any(|(open, _)| *open == dispute)
    }

    pub fn decide(&mut self, now: u64, by: &str, dispute: Dispute, kept: u16) -> Option<()> {
        self.deal.decider?;
        if by != "decider" || kept > 10_000 || !self.is_open(dispute) {
            return None;
        }
        let agreed = false;
        self.settle(
            now,
            dispute,
            Decided {
                at: now,
                kept,
                agreed,
            },
        );
        Some(())
    }

    fn can_be_offered(&self, now: u64, proposal: Proposal) -> bool {
        let active = self.phase(now) == Phase::Active;
        match proposal {
            Proposal::Split { dispute, kept } => kept.0 <= 10_000 && self.is_open(dispute),
            Proposal::Due { milestone, due } => {
                let milestone = milestone as usize;
                if !active || milestone < self.works.len() || milestone >= self.deal.due.len() {
                    return false;
                }
                let before = self.due(milestone, now);
                let last = self.due(self.deal.due.len() - 1, now);
                due.0 > before && last + (due.0 - before) <= now + 3_653 * DAY
            }
            Proposal::End {} => active,
        }
    }

    pub fn make_offer(&mut self, now: u64, by: &str, proposal: Proposal) -> Option<()> {
        if by != "contractor" || !self.can_be_offered(now, proposal) {
            return None;
        }
        self.offers += 1;
        self.offer = Some(proposal);
        self.consents.clear();
        Some(())
    }

    pub fn withdraw_offer(&mut self, by: &str) -> Option<()> {
        if by != "contractor" {
            return None;
        }
        self.offer.take().map(|_| ())
    }

    pub fn consent(&mut self, now: u64, by: &str, number: u64) -> Option<()> {
        let proposal = self.offer.filter(|_| number == self.offers)?;
        let can = self.weight(now, by) > 0 && self.can_be_offered(now, proposal);
        if !can || !self.consents.insert(by.to_owned()) {
            return None;
        }
        if !reaches(self.tally(&self.consents), self.deal.consent, self.taken(now)) {
            return Some(());
        }
        self.offer = None;
        match proposal {
            Proposal::Split { dispute, kept } => {
                let decided = Decided {
                    at: now,
                    kept: kept.0,
                    agreed: true,
                };
                self.settle(now, dispute, decided);
            }
            Proposal::Due { milestone, due } => {
                let by = due.0 - self.due(milestone as usize, now);
                self.agreed
                    .iter_mut()
                    .skip(milestone as usize)
                    .for_each(|agreed| *agreed += by);
                self.forget_wishes();
            }
            Proposal::End {} => self.end(now, true),
        }
        Some(())
    }

    /// Nobody is late any more; but what a verdict left nothing of stays missed.
    pub fn forget_wishes(&mut self) {
        if !self.missed() {
            self.want_end.clear();
        }
    }

    pub fn end(&mut self, now: u64, together: bool) {
        let forfeited = if together { 0 } else { self.bond };
        let back = self.unearned(now) + forfeited;
        self.ended = Some((now, forfeited));
        self.offer = None;
        self.give_back(back);
    }

    pub fn consent_to_end(&mut self, now: u64, by: &str) -> Option<()> {
        let late = self.next_due(now).is_some_and(|due| now >= due);
        let can = self.weight(now, by) > 0 && self.phase(now) == Phase::Active && (late || self.missed());
        if !can || !self.want_end.insert(by.to_owned()) {
            return None;
        }
        if reaches(self.tally(&self.want_end), self.deal.consent, self.taken(now)) {
            self.end(now, false);
        }
        Some(())
    }

    /// The claim that somebody supports, while it is not decided.
    pub fn supported(&self, who: &str) -> Option<u64> {
        let mut claims = self.claims.iter();
        let found = claims.find(|(_, claim)| claim.decided.is_none() && claim.supporting.contains(who));
        found.map(|(number, _)| *number)
    }

    fn may_support(&self, now: u64, by: &str) -> bool {
        let period = self
            .defects()
            .is_some_and(|(start, end)| start <= now && now < end);
        self.deal.decider.is_some() && self.weight(now, by) > 0 && period && self.supported(by).is_none()
    }

    pub fn claim_defects(&mut self, now: u64, by: &str, amount: u128) -> Option<()> {
        let can = self.may_support(now, by) && amount > 0 && amount <= self.retention_left(now);
        if !can {
            return None;
        }
        let number = self.last_claim + 1;
        self.claims.insert(
            number,
            Claim {
                amount,
                ..Claim::default()
            },
        );
        if self.add_support(now, by, number).is_none() {
            self.claims.remove(&number);
            return None;
        }
        self.last_claim = number;
        Some(())
    }

    pub fn support(&mut self, now: u64, by: &str, number: u64) -> Option<()> {
        let gathers = self.claims.get(&number)?.open_at.is_none();
        if !gathers || !self.may_support(now, by) {
            return None;
        }
        self.add_support(now, by, number)
    }

    fn add_support(&mut self, now: u64, by: &str, number: u64) -> Option<()> {
        let mut supporting = self.claims[&number].supporting.clone();
        supporting.insert(by.to_owned());
        let objection = self.deal.decider?.objection;
        let enough = reaches(self.tally(&supporting), objection, self.taken(now));
        let open = self.open_claims().len();
        let awards = self.claims.values().filter_map(|claim| claim.decided);
        let awards = awards.filter(|(_, award)| *award > 0).count();
        if enough && (open >= 4 || awards + open >= 64) {
            return None;
        }
        let before = self
            .claims
            .values()
            .filter(|claim| claim.open_at.is_some())
            .count();
        let claim = self.claims.get_mut(&number)?;
        claim.supporting = supporting;
        claim.open_at = enough.then_some(now);
        claim.came = before + 1;
        Some(())
    }

    pub fn withdraw_support(&mut self, now: u64, by: &str) -> Option<()> {
        let number = self.supported(by)?;
        let claim = self.claims.get_mut(&number)?;
        if claim.open_at.is_some() {
            return None;
        }
        claim.supporting.remove(by);
        if claim.supporting.is_empty() {
            self.claims.remove(&number);
        }
        (self.weight(now, by) > 0).then_some(())
    }
}
