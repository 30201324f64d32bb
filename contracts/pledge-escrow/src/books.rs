//! Whose money is where. Pure.

use cosmwasm_std::Addr;
use gridpact_types::escrow::answers::{BooksResponse, Phase};
use gridpact_units::Amount;

use crate::project::{sum, Pledge, View};
use crate::shares::part;

/// A pledge, and where it stands.
pub(crate) struct Standing<'a> {
    pub pledger: &'a Addr,
    pub pledge: &'a Pledge,
    /// Whether it is in the set.
    pub member: bool,
}

impl View<'_> {
    /// What the project took of a pledge: nothing before it is funded, nothing of one outside the set.
    pub fn paid(&self, standing: &Standing) -> u128 {
        match &self.project.funded {
            Some(funded) if standing.member => funded.taken.part(standing.pledger, standing.pledge.amount.0),
            _ => 0,
        }
    }

    /// What a pledge can take back now.
    pub fn refundable(&self, standing: &Standing) -> Amount {
        let pledge = standing.pledge;
        let unpaid = || pledge.amount.0.saturating_sub(self.paid(standing));
        let back = match self.phase() {
            Phase::Open => 0,
            Phase::Failed => pledge.amount.0,
            Phase::Funded | Phase::Active | Phase::Defects | Phase::Closed => unpaid(),
            Phase::Terminated => unpaid().saturating_add(self.returned_of(self.paid(standing))),
        };
        Amount(back.saturating_sub(pledge.refunded.0))
    }

    /// What an early end gives back of what a pledge paid, rounded down.
    pub fn returned_of(&self, paid: u128) -> u128 {
        part(self.unearned(), paid, self.funded())
    }

    /// Revenue that a pledge can take now: its part of everything so far, rounded down. The parts of all revenue so far are
    /// taken together, so nothing is lost from one payment to the next, and no sum of parts is above the revenue.
    pub fn revenue(&self, standing: &Standing) -> Amount {
        let revenue = self.project.totals.revenue.0;
        let part = part(revenue, self.paid(standing), self.funded());
        Amount(part.saturating_sub(standing.pledge.revenue_claimed.0))
    }

    /// Where every unit is.
    pub fn books(&self) -> BooksResponse {
        let totals = &self.project.totals;
        let drawable = self.drawable().0;
        let (refundable, locked) = self.refundable_and_locked(drawable);
        let refundable = refundable.saturating_sub(totals.refunded.0);
        let revenue = totals.revenue.0.saturating_sub(totals.revenue_claimed.0);
        BooksResponse {
            pledged: totals.pledged,
            revenue: totals.revenue,
            paid: Amount(totals.drawn.0.saturating_add(totals.revenue_claimed.0)),
            refunded: Amount(totals.refunded.0.saturating_add(totals.displaced_refunded.0)),
            claimable: Amount(sum([refundable, drawable, revenue, totals.displaced.0])),
            locked: Amount(locked),
        }
    }

    /// Of the standing pledges: what goes back to pledgers, taken or not, and what nobody can take yet. `locked` is not what
    /// the other terms leave, but what is still open by itself.
    fn refundable_and_locked(&self, drawable: u128) -> (u128, u128) {
        let pledged = self.project.pledged.0;
        let unpaid = pledged.saturating_sub(self.funded());
        let work = |worth: u128| {
            worth
                .saturating_sub(self.project.totals.drawn.0)
                .saturating_sub(drawable)
        };
        match self.phase() {
            Phase::Open => (0, pledged),
            Phase::Failed => (pledged, 0),
            Phase::Funded | Phase::Active | Phase::Defects | Phase::Closed => (unpaid, work(self.funded())),
            Phase::Terminated => {
                let terminated = self.project.terminated.as_ref();
                let returned = terminated.map_or(0, |terminated| terminated.returned.0);
                (unpaid.saturating_add(returned), work(self.earned()))
            }
        }
    }
}
