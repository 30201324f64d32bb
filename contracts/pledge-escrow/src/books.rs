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
            Phase::Terminated => (unpaid.saturating_add(self.unearned()), work(self.earned())),
        }
    }
}
