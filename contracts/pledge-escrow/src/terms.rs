//! Terms, checked as a whole before money is taken under them.

use std::collections::BTreeSet;

use cosmwasm_std::Api;
use gridpact_types::asset::Asset;
use gridpact_types::escrow::bounds::{
    MAX_AHEAD, MAX_MILESTONES, MAX_NAMED, MAX_PERIOD, MAX_PLEDGES, MAX_TITLE, MAX_URI,
};
use gridpact_types::escrow::terms::{Admission, MilestoneTerms, Terms};
use gridpact_units::{Amount, BasisPoints, UnixSeconds};

use crate::checks::{check_above_zero, check_count, check_hash, check_length};
use crate::error::ContractError;
use crate::working_terms::{Stage, WorkingTerms};

/// Refuses terms that could not be carried out, or that would take money nobody could get back. Gives the part
/// that handlers work with.
pub(crate) fn check(
    terms: &Terms,
    assets: &[Asset],
    now: UnixSeconds,
    api: &dyn Api,
) -> Result<WorkingTerms, ContractError> {
    terms.check_version()?;
    check_length("title", &terms.title, 1, MAX_TITLE)?;
    check_length("description_uri", &terms.description_uri, 0, MAX_URI)?;
    check_hash("description_hash", &terms.description_hash)?;
    if !assets.contains(&terms.asset) {
        return Err(ContractError::UnknownAsset {
            got: terms.asset.clone(),
        });
    }
    check_above_zero("target", terms.target.0)?;
    if terms.cap < terms.target {
        return Err(ContractError::CapBelowTarget {
            target: terms.target,
            got: terms.cap,
        });
    }
    let contractor = api.addr_validate(&terms.contractor)?;
    let minimum = check_admission(terms, api)?;
    check_times(terms, now)?;
    check_milestones(&terms.milestones)?;
    if terms.retention > BasisPoints::WHOLE {
        return Err(ContractError::Retention {
            got: terms.retention.0,
        });
    }
    let stage = |milestone: &MilestoneTerms| Stage {
        share: milestone.share,
        due: milestone.due,
    };
    Ok(WorkingTerms {
        asset: terms.asset.clone(),
        target: terms.target,
        cap: terms.cap,
        minimum,
        deadline: terms.deadline,
        contractor,
        accept_within: terms.accept_within,
        milestones: terms.milestones.iter().map(stage).collect(),
        retention: terms.retention,
        review_period: terms.review_period,
        defects_period: terms.defects_period,
    })
}

/// The least pledge of an open call; `None` where the parties are named.
fn check_admission(terms: &Terms, api: &dyn Api) -> Result<Option<Amount>, ContractError> {
    let parties = match &terms.admission {
        Admission::Open { minimum } => return check_minimum(*minimum, terms.target).map(Some),
        Admission::Named { parties } => parties,
    };
    check_count("parties", parties.len(), 1, MAX_NAMED)?;
    let mut seen = BTreeSet::new();
    let mut sum = 0_u128;
    for party in parties {
        api.addr_validate(&party.address)?;
        check_above_zero("a party's amount", party.amount.0)?;
        if party.address == terms.contractor || !seen.insert(&party.address) {
            return Err(ContractError::Party {
                got: party.address.clone(),
            });
        }
        sum = sum.saturating_add(party.amount.0);
    }
    if sum < terms.target.0 {
        return Err(ContractError::PartiesBelowTarget {
            target: terms.target,
            got: sum,
        });
    }
    Ok(None)
}

/// Where a list full of the least pledges were below the target, the first 512 small pledges would fill it, and the project
/// could not be funded whoever else came. So a full list of pledges in the set is a funded project.
fn check_minimum(minimum: Amount, target: Amount) -> Result<Amount, ContractError> {
    let min = Amount(target.0.div_ceil(u128::from(MAX_PLEDGES)).max(1));
    if minimum < min {
        return Err(ContractError::Minimum {
            pledges: MAX_PLEDGES,
            min,
            got: minimum,
        });
    }
    Ok(minimum)
}

fn check_times(terms: &Terms, now: UnixSeconds) -> Result<(), ContractError> {
    let max = now.plus(MAX_AHEAD);
    if terms.deadline <= now || terms.deadline > max {
        return Err(ContractError::Time {
            what: "deadline",
            after: now,
            max,
            got: terms.deadline,
        });
    }
    let mut before = terms.deadline;
    for milestone in &terms.milestones {
        if milestone.due < before || milestone.due == terms.deadline || milestone.due > max {
            return Err(ContractError::Time {
                what: "due",
                after: before,
                max,
                got: milestone.due,
            });
        }
        before = milestone.due;
    }
    check_above_zero("accept_within", terms.accept_within.0.into())?;
    for (what, got) in [
        ("accept_within", terms.accept_within),
        ("review_period", terms.review_period),
        ("defects_period", terms.defects_period),
    ] {
        if got > MAX_PERIOD {
            return Err(ContractError::Period {
                what,
                max: MAX_PERIOD,
                got,
            });
        }
    }
    Ok(())
}

fn check_milestones(milestones: &[MilestoneTerms]) -> Result<(), ContractError> {
    check_count("milestones", milestones.len(), 1, MAX_MILESTONES)?;
    let mut sum = 0_u64;
    for milestone in milestones {
        check_length("milestone title", &milestone.title, 1, MAX_TITLE)?;
        check_above_zero("a milestone's share", milestone.share.0.into())?;
        sum = sum.saturating_add(milestone.share.0.into());
    }
    if sum != u64::from(BasisPoints::WHOLE.0) {
        return Err(ContractError::Shares { got: sum });
    }
    Ok(())
}
