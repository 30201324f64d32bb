//! One event a fact, with just these attributes.

use cosmwasm_std::{Event, HexBinary};
use cw_ownable::Action;
use gridpact_report::{body_hash, split};
use gridpact_types::registry::messages::ExecuteMsg;

use crate::harness::*;

#[track_caller]
fn says(outcome: Outcome, name: &str, attributes: &[(&str, &str)]) {
    let expected = Event::new(name).add_attributes(attributes.iter().copied());
    let response = outcome.unwrap();
    assert_eq!(response.events, [expected]);
    assert!(response.attributes.is_empty());
    assert_eq!(response.data, None);
}

#[test]
fn every_fact_has_one_event() {
    let (operator, ann, coop) = (address("operator"), address("ann"), address("coop"));
    let (mut grid, response) = Grid::try_new(grid_msg()).unwrap();
    let settlement = address("settlement");
    let made = [
        ("operator", operator.as_str()),
        ("settlement", settlement.as_str()),
        ("members", "4"),
        ("quorum", "3"),
    ];
    says(Ok(response), "grid_created", &made);

    let propose = |serial| ExecuteMsg::ProposeMeter { meter: meter(serial) };
    says(
        grid.send("ann", propose(1)),
        "meter_proposed",
        &[
            ("proposal", "1"),
            ("owner", ann.as_str()),
            ("expires_at", "1802592000"),
        ],
    );
    grid.send("ann", propose(2)).unwrap();
    let drop = ExecuteMsg::DropProposal { proposal: 2 };
    says(
        grid.send("operator", drop),
        "proposal_dropped",
        &[("proposal", "2"), ("by", operator.as_str())],
    );

    let admitted = [
        ("roster_version", "1"),
        ("from", "2000001"),
        ("first_slot", "0"),
        ("count", "1"),
        ("proposals", "1"),
    ];
    says(grid.admit(vec![admission(1)], None), "meters_admitted", &admitted);

    says(
        grid.admit(vec![admission(2)], None),
        "proposal_gone",
        &[("proposal", "2"), ("household", "1")],
    );

    let transfer = Action::TransferOwnership {
        new_owner: coop.to_string(),
        expiry: None,
    };
    let named = [
        ("owner", operator.as_str()),
        ("pending_owner", coop.as_str()),
        ("pending_expiry", "none"),
    ];
    says(
        grid.send("operator", ExecuteMsg::UpdateOwnership(transfer)),
        "ownership_updated",
        &named,
    );
    let taken = [
        ("owner", coop.as_str()),
        ("pending_owner", "none"),
        ("pending_expiry", "none"),
    ];
    let accept = ExecuteMsg::UpdateOwnership(Action::AcceptOwnership);
    says(grid.send("coop", accept), "ownership_updated", &taken);

    grid.until_ended(FIRST.plus(1));
    let mut draft = grid.unsigned(2);
    draft.header.revision = 5;
    let bytes = draft.bytes();
    let (_, body) = split(&bytes).unwrap();
    let body_hash = HexBinary::from(body_hash(body)).to_hex();
    let digest = HexBinary::from(grid.digest(&bytes)).to_hex();
    let height = grid.env.block.height.to_string();
    let final_at = (grid.now() + 16 * DAY).to_string();
    let carrier = address("carrier");
    let accepted = [
        ("first_interval", "2000001"),
        ("intervals", "2"),
        ("revision", "5"),
        ("digest", &*digest),
        ("body_hash", &*body_hash),
        ("signers", "13"),
        ("final_at", &*final_at),
        ("carrier", carrier.as_str()),
    ];
    says(grid.report_by(&draft, &[0, 2, 3]), "report_accepted", &accepted);
    let known = [
        ("first_interval", "2000001"),
        ("digest", &*digest),
        ("body_hash", &*body_hash),
        ("height", &*height),
    ];
    grid.env.block.height += 1;
    says(grid.report_by(&draft, &[]), "report_known", &known);

    grid.passes(DAY);
    says(
        grid.close_gap(),
        "gap_closed",
        &[("first_interval", "2000003"), ("intervals", "91")],
    );
    says(
        grid.close_gap(),
        "no_gap",
        &[("next_interval", "2000094"), ("oldest_interval", "2000094")],
    );
}
