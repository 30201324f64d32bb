//! Where a project stands and what its payees may have, from terms, events and time.

use gridpact_types::escrow::answers::Phase;
use gridpact_units::{BasisPoints, UnixSeconds};

use super::seen::Seen;
use crate::breach::{Breaches, Invariant};

pub(super) fn check(seen: &Seen, breaches: &mut Breaches) {
    let (name, phase) = (&seen.name, expected_phase(seen));
    breaches.same(
        Invariant::Phases,
        &format!("{name}: phase"),
        seen.state.phase,
        phase,
    );
    check_draws(seen, phase, breaches);
    if matches!(phase, Phase::Closed | Phase::Failed) {
        let what = format!("{name}: locked after the end");
        breaches.same(Invariant::Claims, &what, seen.books.locked.0, 0);
    }
}

/// How a dispute about a milestone ended by now: when, what was kept, and whether the contractor agreed to nothing of it. By an
/// event; or by silence, of which the next message tells.
fn decided(seen: &Seen, milestone: u32) -> Option<(UnixSeconds, u16, bool)> {
    if let Some(decided) = seen.ledger.decided.get(&milestone) {
        return Some(*decided);
    }
    let decider = seen.terms.decider.as_ref()?;
    let up = seen.ledger.disputed_at.get(&milestone)?.plus(decider.time_limit);
    (up <= seen.now).then_some((up, decider.silence.0, true))
}

/// How many disputes silence ended of which no event told yet.
pub(super) fn silent(seen: &Seen) -> usize {
    let disputed = seen.ledger.disputed_at.keys();
    let untold = disputed.filter(|milestone| {
        !seen.ledger.decided.contains_key(milestone) && decided(seen, **milestone).is_some()
    });
    let claims = seen.ledger.open_claims.len() - seen.state.open_claims.len();
    untold.count() + claims
}

/// When a submitted milestone is settled, where that is known.
fn settled_at(seen: &Seen, milestone: u32) -> Option<UnixSeconds> {
    let submitted = *seen.ledger.submitted_at.get(milestone as usize)?;
    match (decided(seen, milestone), seen.ledger.disputed_at.get(&milestone)) {
        (Some((at, _, _)), _) => Some(at),
        (None, Some(_)) => None,
        (None, None) => Some(submitted.plus(seen.terms.review_period)),
    }
}

fn submitted(seen: &Seen) -> core::ops::Range<u32> {
    0..u32::try_from(seen.ledger.submitted_at.len()).expect("few milestones")
}

/// When the last milestone was, or will be, settled; a grace later where nothing was left of one.
fn completed_at(seen: &Seen) -> Option<UnixSeconds> {
    if seen.ledger.submitted_at.len() < seen.terms.milestones.len() {
        return None;
    }
    let completes = |milestone: u32| {
        let at = settled_at(seen, milestone)?;
        let missed = decided(seen, milestone).is_some_and(|(_, kept, alone)| kept == 0 && alone);
        Some(if missed { at.plus(seen.terms.grace) } else { at })
    };
    let all: Option<Vec<UnixSeconds>> = submitted(seen).map(completes).collect();
    all?.into_iter().max()
}

fn expected_phase(seen: &Seen) -> Phase {
    let (terms, ledger, now) = (&seen.terms, seen.ledger, seen.now);
    let claims_open = !seen.state.open_claims.is_empty();
    match (ledger.funded, ledger.accepted_at, completed_at(seen)) {
        (None, _, _) if now < terms.deadline => Phase::Open,
        (None, _, _) => Phase::Failed,
        (Some((_, at)), None, _) if now < at.plus(terms.accept_within) => Phase::Funded,
        (Some(_), None, _) => Phase::Failed,
        _ if ledger.terminated_at.is_some() => Phase::Terminated,
        (_, _, Some(completed)) if now >= completed.plus(terms.defects_period) && !claims_open => {
            Phase::Closed
        }
        (_, _, Some(completed)) if now >= completed => Phase::Defects,
        _ => Phase::Active,
    }
}

/// What each milestone is worth.
fn amounts(seen: &Seen) -> Vec<u128> {
    let funded = seen.ledger.funded.map_or(0, |(funded, _)| funded);
    let (mut shares, mut before) = (0, 0);
    let milestones = seen.terms.milestones.iter();
    milestones
        .map(|milestone| {
            shares += u128::from(milestone.share.0);
            let upto = funded * shares / u128::from(BasisPoints::WHOLE.0);
            let amount = upto - before;
            before = upto;
            amount
        })
        .collect()
}

fn kept(seen: &Seen, milestone: u32, amount: u128) -> u128 {
    let decided = decided(seen, milestone);
    decided.map_or(amount, |(_, kept, _)| {
        amount * u128::from(kept) / u128::from(BasisPoints::WHOLE.0)
    })
}

/// What went back to the holders by now: what decisions did not leave, what nobody earned, the bond, and awards.
pub(super) fn returned(seen: &Seen) -> u128 {
    if seen.state.funded.is_none() {
        return 0;
    }
    let ledger = seen.ledger;
    let mut returned = ledger.forfeited + awarded(seen);
    for (milestone, amount) in (0..).zip(amounts(seen)) {
        let open = milestone as usize >= ledger.submitted_at.len();
        if open && ledger.terminated_at.is_some() {
            returned += amount;
        } else {
            returned += amount - kept(seen, milestone, amount);
        }
    }
    returned
}

/// What claims were awarded. Of those that silence ended and no event told of, the contract says it.
fn awarded(seen: &Seen) -> u128 {
    if seen.ledger.open_claims.len() == seen.state.open_claims.len() {
        return seen.ledger.awarded;
    }
    let retained: u128 = seen
        .state
        .milestones
        .iter()
        .map(|milestone| milestone.retained.0)
        .sum();
    retained - seen.state.retention_left.0
}

/// Drawn and drawable are what the milestones settled by now pay, less the retention until it is released; and the bond.
fn check_draws(seen: &Seen, phase: Phase, breaches: &mut Breaches) {
    let (ledger, now) = (seen.ledger, seen.now);
    let had = ledger.drawn + seen.state.drawable.0;
    let what = format!("{}: drawn and drawable", seen.name);
    let settled =
        submitted(seen).filter(|milestone| settled_at(seen, *milestone).is_some_and(|at| at <= now));
    let amounts = amounts(seen);
    let settled: Vec<u128> = settled
        .map(|milestone| kept(seen, milestone, amounts[milestone as usize]))
        .collect();
    let gross: u128 = settled.iter().sum();
    let whole = u128::from(BasisPoints::WHOLE.0);
    let net = gross - gross * u128::from(seen.terms.retention.0) / whole;
    let bond = ledger.bond - ledger.forfeited;
    match phase {
        Phase::Open | Phase::Funded | Phase::Failed => breaches.same(Invariant::ReviewedWork, &what, had, 0),
        Phase::Closed => breaches.same(Invariant::ReviewedWork, &what, had, gross + bond - awarded(seen)),
        Phase::Active | Phase::Defects => {
            // Each part's retention is rounded down by itself.
            let bond = if phase == Phase::Defects { bond } else { 0 };
            let parts = (settled.len() * (seen.terms.payees.len() + 1)) as u128;
            breaches.at_least(Invariant::ReviewedWork, &what, had, net + bond);
            breaches.at_most(Invariant::ReviewedWork, &what, had, net + bond + parts);
        }
        Phase::Terminated => breaches.at_most(Invariant::ReviewedWork, &what, had, gross + bond),
    }
}
