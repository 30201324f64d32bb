use cosmwasm_std::{Addr, Storage};
use gridpact_storage::{page, page_limit};
use gridpact_types::registry::answers::{MeterResponse, MetersResponse, ProposalResponse, ProposalsResponse};
use gridpact_types::registry::bounds::{DEFAULT_PAGE, MAX_PAGE};
use gridpact_types::registry::meters::{MeterProposal, ProposalId};
use gridpact_units::Slot;

use crate::error::ContractError;
use crate::meter::{Facts, Meter};
use crate::state;

pub(crate) fn meter(storage: &dyn Storage, slot: Slot) -> Result<MeterResponse, ContractError> {
    Ok(meter_response(slot.0, state::meter(storage, slot.0)?))
}

pub(crate) fn meters(
    storage: &dyn Storage,
    owner: Option<&Addr>,
    start_after: Option<Slot>,
    limit: Option<u32>,
) -> Result<MetersResponse, ContractError> {
    let limit = page_limit(limit, DEFAULT_PAGE, MAX_PAGE)?;
    let start_after = start_after.map(|slot| slot.0);
    let meters = match owner {
        Some(owner) => state::meters_of(storage, owner, start_after),
        None => state::meters(storage, start_after),
    };
    let meters = meters.map(|entry| {
        let (slot, meter) = entry?;
        Ok::<_, ContractError>(meter_response(slot, meter))
    });
    let (meters, more) = page(meters, limit)?;
    Ok(MetersResponse { meters, more })
}

pub(crate) fn proposals(
    storage: &dyn Storage,
    owner: Option<&Addr>,
    start_after: Option<ProposalId>,
    limit: Option<u32>,
) -> Result<ProposalsResponse, ContractError> {
    let limit = page_limit(limit, DEFAULT_PAGE, MAX_PAGE)?;
    let proposals = match owner {
        Some(owner) => state::proposals_of(storage, owner, start_after),
        None => state::proposals(storage, start_after),
    };
    let proposals = proposals.map(|entry| {
        let (proposal, open) = entry?;
        let (owner, meter) = (open.owner.into_string(), meter_proposal(open.facts));
        Ok::<_, ContractError>(ProposalResponse {
            proposal,
            owner,
            meter,
            expires_at: open.expires_at,
        })
    });
    let (proposals, more) = page(proposals, limit)?;
    Ok(ProposalsResponse { proposals, more })
}

fn meter_response(slot: u32, meter: Meter) -> MeterResponse {
    MeterResponse {
        slot: Slot(slot),
        seat: meter.seat,
        owner: meter.owner.into_string(),
        meter: meter_proposal(meter.facts),
        household: meter.terms.household,
        weight: meter.terms.weight,
        priority: meter.terms.priority,
        buy_tier: meter.terms.buy_tier,
        sell_tier: meter.terms.sell_tier,
        from: meter.from,
    }
}

fn meter_proposal(facts: Facts) -> MeterProposal {
    MeterProposal {
        serial_hash: facts.serial_hash,
        kind: facts.kind,
        import_limit: facts.import_limit,
        export_limit: facts.export_limit,
        provenance: facts.provenance,
        part: facts.part,
    }
}
