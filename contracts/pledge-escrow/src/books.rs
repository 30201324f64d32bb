//! Where every unit of a project is. Pure.

use gridpact_types::escrow::answers::{BooksResponse, Phase};
use gridpact_units::Amount;

use crate::amounts::sum;
use crate::case::Case;

impl Case {
    /// Where every unit is.
    pub fn books(&self) -> BooksResponse {
        let totals = &self.project.totals;
        let drawable = self.drawable().0;
        let (refundable, locked) = self.refundable_and_locked();
        let refundable = refundable.saturating_sub(totals.refunded.0);
        let revenue = totals.revenue.0.saturating_sub(totals.revenue_claimed.0);
        BooksResponse {
            pledged: totals.pledged,
            bond: self.project.bond,
            revenue: totals.revenue,
            paid: Amount(totals.drawn.0.saturating_add(totals.revenue_claimed.0)),
            refunded: Amount(totals.refunded.0.saturating_add(totals.displaced_refunded.0)),
            claimable: Amount(sum([refundable, drawable, revenue, totals.displaced.0])),
            locked: Amount(locked),
        }
    }

    /// What went back to the holders, taken or not.
    pub fn returned(&self) -> u128 {
        sum(self.project.returns.iter().map(|returned| returned.0))
    }

    /// Of the standing pledges and the bond: what goes back to pledgers, taken or not, and what nobody can take yet.
    fn refundable_and_locked(&self) -> (u128, u128) {
        let pledged = self.project.pledged.0;
        match self.phase() {
            Phase::Open => (0, pledged),
            Phase::Failed => (pledged, 0),
            Phase::Funded | Phase::Active | Phase::Defects | Phase::Closed | Phase::Terminated => {
                let unpaid = pledged.saturating_sub(self.funded());
                (unpaid.saturating_add(self.returned()), self.locked())
            }
        }
    }

    /// What nobody can take yet. It is not what the other terms leave, but what is still open by itself: milestones that are not
    /// settled, the retention of those that are, and the bond.
    fn locked(&self) -> u128 {
        let ended = self.project.ended.is_some();
        let submitted = self.project.submitted.len();
        let amounts = self.milestone_amounts().into_iter().zip(self.pays());
        let open = amounts.enumerate().map(|(milestone, (amount, pays))| match pays {
            Some(_) => 0,
            None if ended && milestone >= submitted => 0,
            None => amount,
        });
        let retained = if self.is_released() {
            0
        } else {
            self.retention_left()
        };
        let bond = match &self.project.ended {
            None if !self.is_completed() => self.project.bond.0,
            _ => 0,
        };
        sum(open.chain([retained, bond]))
    }
}
