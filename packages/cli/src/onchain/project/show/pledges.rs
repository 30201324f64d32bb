//! Pledges and their conditions as people read them.

use gridpact_client::Network;
use gridpact_types::asset::Asset;
use gridpact_types::escrow::answers::{DisplacedPledge, PledgeResponse};
use gridpact_types::escrow::terms::Condition;
use gridpact_units::Amount;

use crate::onchain::{money, Listing};

/// Every pledge, a row each.
pub fn table(pledges: &[PledgeResponse], asset: &Asset, network: &Network) -> String {
    let show = |amount: Amount| money::show(amount, asset, network);
    let mut list = Listing::new([
        "pledger",
        "amount",
        "met",
        "paid",
        "refundable",
        "revenue",
        "condition",
    ]);
    for pledge in pledges {
        list.row([
            pledge.pledger.clone(),
            show(pledge.amount),
            if pledge.consistent { "yes" } else { "no" }.to_owned(),
            show(pledge.paid),
            show(pledge.refundable),
            show(pledge.revenue),
            condition(&pledge.condition, asset, network),
        ]);
    }
    list.to_string()
}

/// What is owed of displaced pledges, a row each.
pub fn displaced(displaced: &[DisplacedPledge], asset: &Asset, network: &Network) -> String {
    if displaced.is_empty() {
        return "nothing is owed of displaced pledges\n".to_owned();
    }
    let mut list = Listing::new(["pledger", "refundable"]);
    for owed in displaced {
        list.row([owed.pledger.clone(), money::show(owed.amount, asset, network)]);
    }
    list.to_string()
}

/// A condition in words.
pub fn condition(condition: &Condition, asset: &Asset, network: &Network) -> String {
    let show = |amount: Amount| money::show(amount, asset, network);
    let mut parts: Vec<String> = condition
        .parties
        .iter()
        .map(|party| format!("{} pledges at least {}", party.address, show(party.at_least)))
        .collect();
    parts.extend(condition.pledgers.as_ref().map(|pledgers| {
        format!(
            "{} accounts pledge at least {} each",
            pledgers.count,
            show(pledgers.at_least)
        )
    }));
    parts.extend(
        condition
            .total
            .map(|total| format!("all pledge {} together", show(total))),
    );
    if parts.is_empty() {
        "whatever others do".to_owned()
    } else {
        format!("if {}", parts.join(" and "))
    }
}
