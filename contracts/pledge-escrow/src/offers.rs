//! What the contractor may offer, and what an end leaves. Pure.
//!
//! An offer is looked at when it is made and again when it is carried out: what it is about may have passed meanwhile.

use gridpact_types::escrow::answers::Ended;
use gridpact_types::escrow::bounds::MAX_AHEAD;
use gridpact_types::escrow::disputes::Proposal;
use gridpact_units::{Amount, BasisPoints, Seconds, UnixSeconds};

use crate::case::Case;
use crate::consent::needed;
use crate::error::ContractError;

impl Case {
    /// What must have been paid by those who consent.
    pub fn consent_needed(&self) -> u128 {
        needed(self.terms.consent, self.funded())
    }

    /// What must have been paid by those who object, or support a claim.
    pub fn objection_needed(&self) -> Option<u128> {
        let decider = self.terms.decider.as_ref()?;
        Some(needed(decider.objection, self.funded()))
    }

    /// Refuses what cannot be carried out now.
    pub fn check_proposal(&self, proposal: Proposal) -> Result<(), ContractError> {
        match proposal {
            Proposal::Split { dispute, kept } => {
                check_kept(kept)?;
                let since = self.disputed_since(dispute);
                since.map(|_| ()).ok_or(ContractError::NotDisputed { dispute })
            }
            Proposal::Due { milestone, due } => {
                self.check_active()?;
                self.later_by(milestone, due).map(|_| ())
            }
            Proposal::End {} => self.check_active(),
        }
    }

    /// By how much a milestone moves that is due then. Only one that is not submitted moves; the last one not farther ahead than
    /// one may be at the opening, so that every wait ends.
    pub fn later_by(&self, milestone: u32, due: UnixSeconds) -> Result<Seconds, ContractError> {
        let next = self.next_milestone();
        let position = usize::try_from(milestone).ok().filter(|_| milestone >= next);
        let now_due = position.and_then(|position| self.due(position));
        let last = self.terms.milestones.len().saturating_sub(1);
        let now_due = now_due.ok_or(ContractError::NotToCome {
            next,
            last: u32::try_from(last).unwrap_or(u32::MAX),
            got: milestone,
        })?;
        let last = self.due(last).unwrap_or(now_due);
        let between = Seconds(last.0.saturating_sub(now_due.0));
        let most = self.now.plus(MAX_AHEAD).0.saturating_sub(between.0);
        let min = now_due.plus(Seconds(1));
        if due < min || due.0 > most {
            return Err(ContractError::Due {
                min,
                max: UnixSeconds(most),
                got: due,
            });
        }
        Ok(Seconds(due.0.saturating_sub(now_due.0)))
    }

    /// Votes to end the project are void, since what they were about has passed; but not while a milestone counts as missed.
    pub fn void_end_ballot(&mut self) {
        if !self.missed() {
            let ballot = &mut self.project.end_ballot;
            ballot.number = ballot.number.saturating_add(1);
            ballot.consented = Amount::ZERO;
        }
    }

    /// Ends the project. What no submitted milestone earned goes to the holders; the bond too, unless it ends together. What goes
    /// to the holders, and the part of the bond in it.
    pub fn end(&mut self, together: bool) -> (Amount, Amount) {
        let forfeited = if together { Amount::ZERO } else { self.project.bond };
        let returned = self.unearned().saturating_add(forfeited.0);
        let at = self.now;
        self.project.ended = Some(Ended { at, forfeited });
        self.project.offer = None;
        self.give_back(returned);
        (Amount(returned), forfeited)
    }
}

/// Refuses a split of more than the whole.
pub(crate) fn check_kept(got: BasisPoints) -> Result<(), ContractError> {
    if got > BasisPoints::WHOLE {
        return Err(ContractError::Kept { got: got.0 });
    }
    Ok(())
}
