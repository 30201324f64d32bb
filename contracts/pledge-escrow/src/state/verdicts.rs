//! Why the decider decided as it did.

use cosmwasm_std::{StdResult, Storage};
use cw_storage_plus::Map;
use gridpact_types::escrow::disputes::{DecidedBy, Decision, Dispute, Reason};
use gridpact_types::escrow::terms::ProjectId;

/// (Project, 0 for a milestone and 1 for a defects claim, its number) -> the verdict's reason. Written once; read by queries alone,
/// since a URI may take 512 bytes.
const VERDICTS: Map<(u64, u8, u64), Reason> = Map::new("verdicts");

const fn key(project: ProjectId, dispute: Dispute) -> (u64, u8, u64) {
    match dispute {
        // Wider, never narrower.
        Dispute::Milestone { milestone } => (project, 0, milestone as u64),
        Dispute::Claim { claim } => (project, 1, claim),
    }
}

pub(crate) fn save(
    storage: &mut dyn Storage,
    project: ProjectId,
    dispute: Dispute,
    reason: &Reason,
) -> StdResult<()> {
    VERDICTS.save(storage, key(project, dispute), reason)
}

/// Why a dispute was decided so; nothing where silence or consent ended it, or nobody yet.
pub(crate) fn reason(
    storage: &dyn Storage,
    project: ProjectId,
    dispute: Dispute,
    decided: Option<&Decision>,
) -> StdResult<Option<Reason>> {
    match decided {
        Some(decided) if decided.by == DecidedBy::Decider => {
            VERDICTS.may_load(storage, key(project, dispute))
        }
        _ => Ok(None),
    }
}
