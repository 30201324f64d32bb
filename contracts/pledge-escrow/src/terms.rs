//! Terms and conditions, checked as a whole before money is taken under them.

use std::collections::BTreeSet;

use cosmwasm_std::{to_json_vec, Addr, Api, HexBinary};
use gridpact_types::escrow::{Admission, Condition, MilestoneTerms, Terms};
use gridpact_types::Asset;
use gridpact_units::{BasisPoints, Seconds, UnixSeconds};
use sha2::{Digest, Sha256};

use crate::error::ContractError;
use crate::state::MAX_PLEDGES;

/// Longest title, in bytes: it stands in lists.
pub const MAX_TITLE: usize = 128;
/// Longest URI, in bytes.
pub const MAX_URI: usize = 512;
/// Length of a SHA-256 hash.
pub const HASH_BYTES: usize = 32;
/// Most milestones: each message looks at all of them.
pub const MAX_MILESTONES: usize = 32;
/// Most named parties: as many as there may be pledges.
pub const MAX_NAMED: usize = MAX_PLEDGES as usize;
/// Most parties that one condition names: every pledge message may look at all conditions that wait.
pub const MAX_CONDITION_PARTIES: usize = 16;
/// Longest period, and farthest deadline or due date from opening: ten years. A slip of the pen must not lock money up
/// for good.
pub const MAX_PERIOD: Seconds = Seconds::days(3_653);

/// SHA-256 over the terms as compact JSON.
pub(crate) fn hash(terms: &Terms) -> Result<HexBinary, ContractError> {
    Ok(HexBinary::from(Sha256::digest(to_json_vec(terms)?).to_vec()))
}

/// Refuses terms that could not be carried out, or that would take money nobody could get back.
pub(crate) fn check(
    terms: &Terms,
    assets: &[Asset],
    now: UnixSeconds,
    api: &dyn Api,
) -> Result<(), ContractError> {
    check_length("title", &terms.title, 1, MAX_TITLE)?;
    check_length("description_uri", &terms.description_uri, 0, MAX_URI)?;
    check_hash("description_hash", &terms.description_hash)?;
    if !assets.contains(&terms.asset) {
        return Err(ContractError::AssetNotListed {
            got: terms.asset.clone(),
        });
    }
    if terms.target.is_zero() {
        return Err(ContractError::Zero { what: "target" });
    }
    if terms.cap < terms.target {
        return Err(ContractError::CapBelowTarget {
            target: terms.target,
            got: terms.cap,
        });
    }
    api.addr_validate(&terms.contractor)?;
    check_admission(terms, api)?;
    check_times(terms, now)?;
    check_milestones(&terms.milestones)?;
    if terms.retention > BasisPoints::WHOLE {
        return Err(ContractError::Retention {
            got: terms.retention.0,
        });
    }
    Ok(())
}

fn check_admission(terms: &Terms, api: &dyn Api) -> Result<(), ContractError> {
    let parties = match &terms.admission {
        Admission::Open { minimum } if minimum.is_zero() => {
            return Err(ContractError::Zero { what: "minimum" })
        }
        Admission::Open { .. } => return Ok(()),
        Admission::Named { parties } => parties,
    };
    check_count("parties", parties.len(), 1, MAX_NAMED)?;
    let mut seen = BTreeSet::new();
    let mut sum = 0_u128;
    for party in parties {
        api.addr_validate(&party.address)?;
        if party.amount.is_zero() {
            return Err(ContractError::Zero {
                what: "a party's amount",
            });
        }
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
    Ok(())
}

fn check_times(terms: &Terms, now: UnixSeconds) -> Result<(), ContractError> {
    let latest = now.plus(MAX_PERIOD);
    if terms.deadline <= now || terms.deadline > latest {
        return Err(ContractError::Time {
            what: "deadline",
            after: now,
            latest,
            got: terms.deadline,
        });
    }
    let mut before = terms.deadline;
    for milestone in &terms.milestones {
        if milestone.due < before || milestone.due == terms.deadline || milestone.due > latest {
            return Err(ContractError::Time {
                what: "due",
                after: before,
                latest,
                got: milestone.due,
            });
        }
        before = milestone.due;
    }
    if terms.accept_within.0 == 0 {
        return Err(ContractError::Zero {
            what: "accept_within",
        });
    }
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
        if milestone.share.0 == 0 {
            return Err(ContractError::Zero {
                what: "a milestone's share",
            });
        }
        sum = sum.saturating_add(milestone.share.0.into());
    }
    if sum != u64::from(BasisPoints::WHOLE.0) {
        return Err(ContractError::Shares { got: sum });
    }
    Ok(())
}

/// Refuses a condition that no pledge could be checked against within bounds.
pub(crate) fn check_condition(condition: &Condition, api: &dyn Api) -> Result<(), ContractError> {
    check_count(
        "condition's parties",
        condition.parties.len(),
        0,
        MAX_CONDITION_PARTIES,
    )?;
    for party in &condition.parties {
        api.addr_validate(&party.address)?;
        if party.at_least.is_zero() {
            return Err(ContractError::Zero {
                what: "a condition's amount",
            });
        }
    }
    match &condition.pledgers {
        Some(pledgers) if pledgers.count == 0 => Err(ContractError::Zero {
            what: "a condition's count",
        }),
        _ => Ok(()),
    }
}

/// Refuses what is no SHA-256 hash.
pub(crate) fn check_hash(what: &'static str, hash: &HexBinary) -> Result<(), ContractError> {
    if hash.len() == HASH_BYTES {
        Ok(())
    } else {
        Err(ContractError::Hash {
            what,
            got: hash.len(),
        })
    }
}

/// Refuses a text outside its bounds.
pub(crate) fn check_length(
    what: &'static str,
    text: &str,
    min: usize,
    max: usize,
) -> Result<(), ContractError> {
    if (min..=max).contains(&text.len()) {
        Ok(())
    } else {
        Err(ContractError::Length {
            what,
            min,
            max,
            got: text.len(),
        })
    }
}

fn check_count(what: &'static str, got: usize, min: usize, max: usize) -> Result<(), ContractError> {
    if (min..=max).contains(&got) {
        Ok(())
    } else {
        Err(ContractError::Count { what, min, max, got })
    }
}

/// Refuses a pledge that the terms do not admit. `first` is false where the address has pledged before.
pub(crate) fn check_pledger(
    terms: &Terms,
    pledger: &Addr,
    amount: u128,
    first: bool,
) -> Result<(), ContractError> {
    let got = pledger.to_string();
    if terms.contractor == got {
        return Err(ContractError::ContractorPledges);
    }
    match &terms.admission {
        Admission::Named { parties } => {
            let party = parties
                .iter()
                .find(|party| party.address == got)
                .ok_or(ContractError::NotNamed { got })?;
            if !first || party.amount.0 != amount {
                return Err(ContractError::NamedAmount {
                    expected: party.amount,
                    first,
                    got: amount,
                });
            }
        }
        Admission::Open { minimum } if first && amount < minimum.0 => {
            return Err(ContractError::BelowMinimum {
                minimum: *minimum,
                got: amount,
            });
        }
        Admission::Open { .. } => {}
    }
    Ok(())
}
