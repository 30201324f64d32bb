//! The greatest self-consistent set, from the definition and as slowly as that is.

use gridpact_types::escrow::answers::PledgeResponse;
use gridpact_types::escrow::terms::Condition;

/// Who is in the set: drop every pledge whose condition the others do not meet, until none drops.
pub fn greatest_set(pledges: &[PledgeResponse]) -> Vec<&str> {
    let mut set: Vec<&PledgeResponse> = pledges.iter().collect();
    while let Some(position) = set.iter().position(|pledge| !is_met(&pledge.condition, &set)) {
        set.remove(position);
    }
    set.iter().map(|pledge| pledge.pledger.as_str()).collect()
}

fn is_met(condition: &Condition, set: &[&PledgeResponse]) -> bool {
    let parties = condition.parties.iter().all(|asked| {
        set.iter()
            .any(|pledge| pledge.pledger == asked.address && pledge.amount >= asked.at_least)
    });
    let pledgers = condition.pledgers.as_ref().is_none_or(|asked| {
        let enough = set.iter().filter(|pledge| pledge.amount >= asked.at_least);
        enough.count() >= asked.count as usize
    });
    let total: u128 = set.iter().map(|pledge| pledge.amount.0).sum();
    parties && pledgers && condition.total.is_none_or(|asked| total >= asked.0)
}
