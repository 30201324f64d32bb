//! What a pledge asks of the others, between message and store.

use gridpact_types::escrow::bounds::MAX_CONDITION_PARTIES;
use gridpact_types::escrow::terms::{Condition, PartyCondition, PledgersCondition};

use crate::addresses::Addresses;
use crate::checks::{check_above_zero, check_count};
use crate::conditions::{Ask, PartyAsk, PledgersAsk};
use crate::error::ContractError;

/// What a condition asks, with its addresses checked. Refuses one that no pledge could be checked against within bounds.
pub(crate) fn of_condition(condition: &Condition, addresses: &Addresses) -> Result<Ask, ContractError> {
    let asked = condition.parties.len();
    check_count("condition's parties", asked, 0, MAX_CONDITION_PARTIES)?;
    let party = |asked: &PartyCondition| {
        let party = addresses.party("condition's party", &asked.address)?;
        check_above_zero("a condition's amount", asked.at_least.0)?;
        Ok(PartyAsk {
            party,
            at_least: asked.at_least,
        })
    };
    let pledgers = |asked: &PledgersCondition| {
        check_above_zero("a condition's count", asked.count.into())?;
        Ok::<_, ContractError>(PledgersAsk {
            count: asked.count,
            at_least: asked.at_least,
        })
    };
    let parties = condition.parties.iter().map(party);
    Ok(Ask {
        parties: parties.collect::<Result<_, ContractError>>()?,
        pledgers: condition.pledgers.as_ref().map(pledgers).transpose()?,
        total: condition.total,
    })
}

/// The condition that asks this.
pub(crate) fn to_condition(ask: Ask) -> Condition {
    let party = |asked: PartyAsk| PartyCondition {
        address: asked.party.into_string(),
        at_least: asked.at_least,
    };
    let pledgers = |asked: PledgersAsk| PledgersCondition {
        count: asked.count,
        at_least: asked.at_least,
    };
    Condition {
        parties: ask.parties.into_iter().map(party).collect(),
        pledgers: ask.pledgers.map(pledgers),
        total: ask.total,
    }
}
