//! Where a project stands and what its contractor may have, from terms, events and time.

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

/// When the last milestone became, or becomes, payable.
fn completed_at(seen: &Seen) -> Option<UnixSeconds> {
    let terms = &seen.terms;
    let last = seen.ledger.submitted_at.get(terms.milestones.len() - 1)?;
    Some(last.plus(terms.review_period))
}

fn expected_phase(seen: &Seen) -> Phase {
    let (terms, ledger, now) = (&seen.terms, seen.ledger, seen.now);
    match (ledger.funded, ledger.accepted_at, completed_at(seen)) {
        (None, _, _) if now < terms.deadline => Phase::Open,
        (None, _, _) => Phase::Failed,
        (Some((_, at)), None, _) if now < at.plus(terms.accept_within) => Phase::Funded,
        (Some(_), None, _) => Phase::Failed,
        _ if ledger.terminated_at.is_some() => Phase::Terminated,
        (_, _, Some(completed)) if now >= completed.plus(terms.defects_period) => Phase::Closed,
        (_, _, Some(completed)) if now >= completed => Phase::Defects,
        _ => Phase::Active,
    }
}

/// Drawn and drawable are what the milestones reviewed by now are worth; less the retention, until it is released.
fn check_draws(seen: &Seen, phase: Phase, breaches: &mut Breaches) {
    let (terms, ledger, now) = (&seen.terms, seen.ledger, seen.now);
    let funded = ledger.funded.map_or(0, |(funded, _)| funded);
    let share_of = |count: usize| {
        let shares = terms.milestones.iter().take(count);
        let shares: u128 = shares.map(|milestone| u128::from(milestone.share.0)).sum();
        funded * shares / u128::from(BasisPoints::WHOLE.0)
    };
    let reviewed = ledger.submitted_at.iter();
    let reviewed = reviewed
        .take_while(|at| at.plus(terms.review_period) <= now)
        .count();
    let had = ledger.drawn + seen.state.drawable.0;
    let what = format!("{}: drawn and drawable", seen.name);
    match phase {
        Phase::Open | Phase::Funded | Phase::Failed => breaches.same(Invariant::ReviewedWork, &what, had, 0),
        Phase::Closed => breaches.same(Invariant::ReviewedWork, &what, had, funded),
        Phase::Active | Phase::Defects => {
            // Each milestone's retention is rounded down by itself.
            let gross = share_of(reviewed);
            let whole = u128::from(BasisPoints::WHOLE.0);
            let net = gross - gross * u128::from(terms.retention.0) / whole;
            breaches.at_least(Invariant::ReviewedWork, &what, had, net);
            breaches.at_most(Invariant::ReviewedWork, &what, had, net + reviewed as u128);
        }
        Phase::Terminated => {
            let earned = share_of(ledger.submitted_at.len());
            breaches.at_most(Invariant::ReviewedWork, &what, had, earned);
        }
    }
}
