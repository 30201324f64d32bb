//! Terms, checked as a whole before money is taken under them.

use std::collections::BTreeSet;

use cosmwasm_std::Addr;
use gridpact_types::asset::Asset;
use gridpact_types::escrow::bounds::{
    MAX_AHEAD, MAX_CAP, MAX_MILESTONES, MAX_NAMED, MAX_PAYEES, MAX_PERIOD, MAX_PLEDGES, MIN_CONSENT,
};
use gridpact_types::escrow::terms::{Admission, MilestoneTerms, PayeePart, Terms};
use gridpact_units::{Amount, BasisPoints, Seconds, UnixSeconds};

use crate::addresses::Addresses;
use crate::bad_terms::BadTerms;
use crate::checks::{check_above_zero, check_count, check_hash, check_title, check_uri};
use crate::error::ContractError;
use crate::working_terms::{Decider, Stage, WorkingTerms};

/// Refuses terms that could not be carried out, or that would take money nobody could get back. Gives the part
/// that handlers work with.
pub(crate) fn check(
    terms: &Terms,
    assets: &[Asset],
    now: UnixSeconds,
    addresses: &Addresses,
) -> Result<WorkingTerms, ContractError> {
    terms.check_version()?;
    check_title("title", &terms.title)?;
    check_uri("description_uri", &terms.description_uri)?;
    check_hash("description_hash", &terms.description_hash)?;
    if !assets.contains(&terms.asset) {
        let got = terms.asset.clone();
        return Err(BadTerms::UnknownAsset { got }.into());
    }
    check_money(terms)?;
    let contractor = addresses.party("contractor", &terms.contractor)?;
    let payees = check_payees(terms, addresses)?;
    let decider = check_decider(terms, addresses)?;
    let minimum = check_admission(terms, addresses)?;
    check_times(terms, now)?;
    check_milestones(&terms.milestones, payees.len())?;
    let stage = |milestone: &MilestoneTerms| Stage {
        share: milestone.share,
        due: milestone.due,
        payees: milestone.payees.clone(),
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
        grace: terms.grace,
        retention: terms.retention,
        review_period: terms.review_period,
        defects_period: terms.defects_period,
        consent: terms.consent,
        decider,
        bond: terms.bond,
        payees,
    })
}

/// Who is paid beside the contractor. Whoever stood there twice could not be told which number is drawn.
fn check_payees(terms: &Terms, addresses: &Addresses) -> Result<Vec<Addr>, ContractError> {
    check_count("payees", terms.payees.len(), 0, MAX_PAYEES)?;
    let mut payees = Vec::new();
    for payee in &terms.payees {
        let address = addresses.party("payee", payee)?;
        if *payee == terms.contractor || payees.contains(&address) {
            let (what, got) = ("payees", payee.clone());
            return Err(BadTerms::Paid { what, got }.into());
        }
        payees.push(address);
    }
    Ok(payees)
}

/// Who decides disputes. The contractor's own word would be no verdict.
fn check_decider(terms: &Terms, addresses: &Addresses) -> Result<Option<Decider>, ContractError> {
    let Some(decider) = &terms.decider else {
        return Ok(None);
    };
    let address = addresses.party("decider", &decider.address)?;
    if decider.address == terms.contractor {
        let (what, got) = ("decider", decider.address.clone());
        return Err(BadTerms::Paid { what, got }.into());
    }
    check_above_zero("time_limit", decider.time_limit.0.into())?;
    check_period("time_limit", decider.time_limit)?;
    check_share("objection", decider.objection, 1)?;
    check_share("silence", decider.silence, 0)?;
    Ok(Some(Decider {
        address,
        time_limit: decider.time_limit,
        objection: decider.objection,
        silence: decider.silence,
    }))
}

fn check_share(what: &'static str, share: BasisPoints, min: u16) -> Result<(), BadTerms> {
    let (max, got) = (BasisPoints::WHOLE.0, share.0);
    if (min..=max).contains(&got) {
        return Ok(());
    }
    Err(BadTerms::Share { what, min, max, got })
}

fn check_money(terms: &Terms) -> Result<(), ContractError> {
    check_above_zero("target", terms.target.0)?;
    let (target, got) = (terms.target, terms.cap);
    if got < target {
        return Err(BadTerms::CapBelowTarget { target, got }.into());
    }
    if got > MAX_CAP {
        return Err(BadTerms::Cap { max: MAX_CAP, got }.into());
    }
    if terms.bond > MAX_CAP {
        let (max, got) = (MAX_CAP, terms.bond);
        return Err(BadTerms::Bond { max, got }.into());
    }
    check_share("retention", terms.retention, 0)?;
    // Half could agree against the other half.
    check_share("consent", terms.consent, MIN_CONSENT)?;
    Ok(())
}

/// The least pledge of an open call; `None` where the parties are named.
fn check_admission(terms: &Terms, addresses: &Addresses) -> Result<Option<Amount>, ContractError> {
    let parties = match &terms.admission {
        Admission::Open { minimum } => return Ok(Some(check_minimum(*minimum, terms)?)),
        Admission::Named { parties } => parties,
    };
    check_count("parties", parties.len(), 1, MAX_NAMED)?;
    let mut seen = BTreeSet::new();
    let mut sum = 0_u128;
    for party in parties {
        addresses.party("party", &party.address)?;
        check_above_zero("a party's amount", party.amount.0)?;
        let decides = terms
            .decider
            .as_ref()
            .is_some_and(|decider| decider.address == party.address);
        let paid = party.address == terms.contractor || terms.payees.contains(&party.address);
        if decides || paid || !seen.insert(&party.address) {
            let got = party.address.clone();
            return Err(BadTerms::Party { got }.into());
        }
        if party.amount > terms.cap {
            let (cap, got) = (terms.cap, party.amount);
            return Err(BadTerms::PartyAboveCap { cap, got }.into());
        }
        sum = sum.saturating_add(party.amount.0);
    }
    if sum < terms.target.0 {
        let target = terms.target;
        return Err(BadTerms::PartiesBelowTarget { target, got: sum }.into());
    }
    Ok(None)
}

/// Where a list full of the least pledges were below the target, the first 512 small pledges would fill it, and the project
/// could not be funded whoever else came. So a full list of pledges in the set is a funded project. And where the least pledge were
/// above the cap, nobody could pledge.
fn check_minimum(minimum: Amount, terms: &Terms) -> Result<Amount, BadTerms> {
    let min = Amount(terms.target.0.div_ceil(u128::from(MAX_PLEDGES)).max(1));
    if minimum < min {
        return Err(BadTerms::Minimum {
            pledges: MAX_PLEDGES,
            min,
            got: minimum,
        });
    }
    if minimum > terms.cap {
        let (cap, got) = (terms.cap, minimum);
        return Err(BadTerms::MinimumAboveCap { cap, got });
    }
    Ok(minimum)
}

/// The work is due only after the contractor must have accepted it: or money would stay locked for work that is late already.
fn check_times(terms: &Terms, now: UnixSeconds) -> Result<(), ContractError> {
    let max = now.plus(MAX_AHEAD);
    check_time("deadline", now.plus(Seconds(1)), terms.deadline, max)?;
    check_above_zero("accept_within", terms.accept_within.0.into())?;
    check_above_zero("grace", terms.grace.0.into())?;
    for (what, got) in [
        ("accept_within", terms.accept_within),
        ("grace", terms.grace),
        ("review_period", terms.review_period),
        ("defects_period", terms.defects_period),
    ] {
        check_period(what, got)?;
    }
    let mut min = terms.deadline.plus(terms.accept_within).plus(Seconds(1));
    for milestone in &terms.milestones {
        check_time("due", min, milestone.due, max)?;
        min = milestone.due;
    }
    Ok(())
}

fn check_period(what: &'static str, got: Seconds) -> Result<(), BadTerms> {
    if got > MAX_PERIOD {
        let max = MAX_PERIOD;
        return Err(BadTerms::Period { what, max, got });
    }
    Ok(())
}

fn check_time(
    what: &'static str,
    min: UnixSeconds,
    got: UnixSeconds,
    max: UnixSeconds,
) -> Result<(), BadTerms> {
    if got < min || got > max {
        return Err(BadTerms::Time { what, min, max, got });
    }
    Ok(())
}

fn check_milestones(milestones: &[MilestoneTerms], payees: usize) -> Result<(), ContractError> {
    check_count("milestones", milestones.len(), 1, MAX_MILESTONES)?;
    let mut sum = 0_u64;
    for milestone in milestones {
        check_title("milestone title", &milestone.title)?;
        check_above_zero("a milestone's share", milestone.share.0.into())?;
        check_parts(&milestone.payees, payees)?;
        sum = sum.saturating_add(milestone.share.0.into());
    }
    if sum != u64::from(BasisPoints::WHOLE.0) {
        return Err(BadTerms::Shares { got: sum }.into());
    }
    Ok(())
}

fn check_parts(parts: &[PayeePart], payees: usize) -> Result<(), ContractError> {
    let mut seen = BTreeSet::new();
    let mut sum = 0_u64;
    for PayeePart { payee, part } in parts {
        let known = usize::try_from(*payee).is_ok_and(|number| (1..=payees).contains(&number));
        if !known || !seen.insert(payee) {
            let (most, got) = (payees, *payee);
            return Err(BadTerms::PayeeNumber { most, got }.into());
        }
        check_above_zero("a payee's part", part.0.into())?;
        sum = sum.saturating_add(part.0.into());
    }
    if sum > u64::from(BasisPoints::WHOLE.0) {
        return Err(BadTerms::Parts { got: sum }.into());
    }
    Ok(())
}
