//! What the project took of a pledge, and what its pledger can take. Pure.

use cosmwasm_std::Addr;
use gridpact_types::escrow::answers::Phase;
use gridpact_units::Amount;

use crate::amounts::sum;
use crate::case::Case;
use crate::error::ContractError;
use crate::project::Pledge;
use crate::shares::{part, Division};

/// Who pledged, and whether the pledge is in the set.
pub(crate) struct Claimant {
    pub pledger: Addr,
    pub pledge: Pledge,
    pub member: bool,
}

impl Case {
    /// The refusal of somebody who has not pledged.
    pub fn unknown_pledge(&self, sender: &Addr) -> ContractError {
        ContractError::UnknownPledge {
            project: self.id,
            pledger: sender.to_string(),
        }
    }

    /// What the project took of a pledge: nothing before it is funded or once it failed, nothing of one outside the set.
    pub fn paid(&self, claimant: &Claimant) -> u128 {
        let pledge = &claimant.pledge;
        if claimant.member && self.funded() > 0 {
            pledge.amount.0.saturating_sub(pledge.above_cap.0)
        } else {
            0
        }
    }

    /// What a pledge can take back now; `returned` is its part of what went back to the holders.
    pub fn refundable(&self, claimant: &Claimant, returned: u128) -> Amount {
        let pledge = &claimant.pledge;
        let unpaid = || pledge.amount.0.saturating_sub(self.paid(claimant));
        let back = match self.phase() {
            Phase::Open => 0,
            Phase::Failed => pledge.amount.0,
            Phase::Funded | Phase::Active | Phase::Defects | Phase::Closed | Phase::Terminated => {
                unpaid().saturating_add(returned)
            }
        };
        Amount(back.saturating_sub(pledge.refunded.0))
    }

    /// The part of a pledge in what went back to the holders, as that was divided.
    pub fn returned_to(&self, claimant: &Claimant, divisions: &[Division]) -> u128 {
        let paid = self.paid(claimant);
        if paid == 0 {
            return 0;
        }
        let parts = divisions.iter();
        sum(parts.map(|division| division.part(&claimant.pledger, paid)))
    }

    /// Revenue that a pledge can take now: its part of everything so far, rounded down. The parts of all revenue so far are
    /// taken together, so nothing is lost from one payment to the next, and no sum of parts is above the revenue.
    pub fn revenue(&self, claimant: &Claimant) -> Amount {
        let revenue = self.project.totals.revenue.0;
        let part = part(revenue, self.paid(claimant), self.funded());
        Amount(part.saturating_sub(claimant.pledge.revenue_claimed.0))
    }
}
