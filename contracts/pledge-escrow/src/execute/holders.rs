//! Whose vote counts, and the disputes that ended meanwhile.

use cosmwasm_std::{Addr, Storage};
use gridpact_types::escrow::disputes::{Dispute, Reason};
use gridpact_types::escrow::events::EscrowEvent;
use gridpact_units::Amount;

use crate::case::{Case, Settled};
use crate::checks::{check_hash, check_uri};
use crate::error::ContractError;
use crate::state::{defects, pledges};

impl Case {
    /// What the sender paid, which is what its vote weighs. Refuses who paid nothing.
    pub(super) fn holder(&self, storage: &dyn Storage, sender: &Addr) -> Result<Amount, ContractError> {
        let claimant = pledges::claimant(storage, self.id, sender)?;
        let paid = claimant.map_or(0, |claimant| self.paid(&claimant));
        if paid == 0 {
            return Err(ContractError::NotHolder {
                project: self.id,
                got: sender.to_string(),
            });
        }
        Ok(Amount(paid))
    }

    /// Notes what silence decided before this message, once; and tells of it before what the message does.
    pub(super) fn note_lapsed(
        &mut self,
        storage: &mut dyn Storage,
    ) -> Result<Vec<EscrowEvent>, ContractError> {
        let lapsed = std::mem::take(&mut self.lapsed);
        if lapsed.is_empty() {
            return Ok(vec![]);
        }
        self.save(storage)?;
        let told = lapsed
            .into_iter()
            .map(|settled| self.note_settled(storage, &settled));
        told.collect()
    }

    /// Notes in a defects claim how it was decided; the project has the rest.
    pub(super) fn note_settled(
        &self,
        storage: &mut dyn Storage,
        settled: &Settled,
    ) -> Result<EscrowEvent, ContractError> {
        if let Dispute::Claim { claim } = settled.dispute {
            if let Some(mut stored) = defects::claim(storage, self.id, claim)? {
                stored.decided = Some((settled.decision, settled.returned));
                defects::save_claim(storage, self.id, claim, &stored)?;
            }
        }
        Ok(EscrowEvent::Decided {
            project: self.id,
            dispute: settled.dispute,
            by: settled.decision.by,
            at: settled.decision.at,
            kept: settled.decision.kept,
            returned: settled.returned,
        })
    }

    /// The event of a dispute that begins now.
    pub(super) fn disputed(&self, dispute: Dispute) -> Result<EscrowEvent, ContractError> {
        let decide_until = self.decide_until(self.now).ok_or(ContractError::NoDecider)?;
        Ok(EscrowEvent::Disputed {
            project: self.id,
            dispute,
            decide_until,
        })
    }
}

/// Refuses a reason that no reader could check or open.
pub(super) fn check_reason(reason: &Reason) -> Result<(), ContractError> {
    check_hash("reason hash", &reason.hash)?;
    check_uri("reason uri", &reason.uri)
}
