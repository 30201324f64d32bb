//! What can be read of milestones.

use cosmwasm_std::Storage;
use gridpact_types::escrow::answers::MilestoneResponse;
use gridpact_types::escrow::disputes::Dispute;
use gridpact_types::escrow::terms::{MilestoneTerms, Terms};
use gridpact_units::Amount;

use crate::case::Case;
use crate::error::ContractError;
use crate::project::{Evidence, Payee};
use crate::state::{self, payees, verdicts};

/// All milestones in their order, as they stand now.
pub(super) fn milestones(
    storage: &dyn Storage,
    case: &Case,
    terms: &Terms,
) -> Result<Vec<MilestoneResponse>, ContractError> {
    let mut evidence = state::evidence(storage, case.id)?.into_iter();
    let payees = payees::payees(storage, case)?;
    let amounts = case.milestone_amounts().into_iter().zip(case.pays());
    let all = terms.milestones.iter().zip(amounts).enumerate();
    let milestone = |(position, (terms, money)): (usize, (&MilestoneTerms, (u128, Option<u128>)))| {
        let mut milestone = of(case, terms, position, money, evidence.next(), &payees);
        let dispute = Dispute::Milestone {
            milestone: u32::try_from(position).unwrap_or(u32::MAX),
        };
        milestone.verdict = verdicts::reason(storage, case.id, dispute, milestone.decided.as_ref())?;
        Ok(milestone)
    };
    all.map(milestone).collect()
}

fn of(
    case: &Case,
    terms: &MilestoneTerms,
    position: usize,
    (amount, pays): (u128, Option<u128>),
    evidence: Option<Evidence>,
    payees: &[Payee],
) -> MilestoneResponse {
    let work = case.project.submitted.get(position);
    let disputed_at = work.and_then(|work| work.disputed_at);
    let (evidence_hash, evidence_uri) = evidence.map(|evidence| (evidence.hash, evidence.uri)).unzip();
    let kept = case.kept_of(position, amount);
    MilestoneResponse {
        title: terms.title.clone(),
        status: case.milestone_status(position, pays, payees),
        amount: Amount(amount),
        retained: Amount(case.retained_of_milestone(position, kept)),
        due: case.due(position).unwrap_or(terms.due),
        submitted_at: work.map(|work| work.at),
        payable_at: work.map(|work| case.review_end(work)),
        objected: work.map_or(Amount::ZERO, |work| work.objected),
        disputed_at,
        decide_until: disputed_at.and_then(|at| case.decide_until(at)),
        decided: work.and_then(|work| work.decided),
        verdict: None,
        kept: Amount(kept),
        evidence_hash,
        evidence_uri,
    }
}
