//! What the operator decides of a meter, and what the settlement is told.

use gridpact_types::registry::answers::MeterResponse;
use gridpact_types::registry::meters::Admission;
use gridpact_types::registry::queries::QueryMsg;
use gridpact_types::settlement::accounts::AccountOpening;
use gridpact_types::settlement::messages::ExecuteMsg;
use gridpact_units::{IntervalLength, Ppm, Seat, Slot};
use meter_registry::error::ContractError;

use crate::harness::*;

#[test]
fn accounts_are_opened_in_the_same_transaction() {
    let mut grid = Grid::new();
    let (ann, bob) = (grid.propose("ann"), grid.propose("bob"));
    let special = Admission {
        proposal: bob,
        household: None,
        weight: 2,
        priority: 3,
        buy_tier: 4,
        sell_tier: 255,
    };
    let from = Some(FIRST.plus(3));
    // In the order of the message, not of the proposals.
    let response = grid.admit(vec![special, admission(ann)], from).unwrap();
    let account = |slot: u16, owner, weight, priority, buy_tier, sell_tier| AccountOpening {
        slot: Slot(slot.into()),
        seat: Seat(slot),
        owner: address(owner).to_string(),
        household: slot.into(),
        weight,
        part: Ppm::WHOLE,
        priority,
        buy_tier,
        sell_tier,
    };
    let opened = ExecuteMsg::OpenAccounts {
        roster_version: 1,
        from: FIRST.plus(3),
        interval_length: IntervalLength::QUARTER_HOUR,
        accounts: vec![account(0, "bob", 2, 3, 4, 255), account(1, "ann", 1, 0, 0, 0)],
    };
    assert_eq!(told_settlement(&response), opened);

    let meter: MeterResponse = grid.ask(QueryMsg::Meter { slot: Slot(0) }).unwrap();
    assert_eq!(
        (meter.seat, meter.from, meter.household),
        (Seat(0), FIRST.plus(3), 0)
    );
    assert_eq!(
        (&*meter.owner, meter.weight, meter.priority),
        (address("bob").as_str(), 2, 3)
    );
    assert_eq!((meter.buy_tier, meter.sell_tier), (4, 255));

    // Slots and seats go on where they ended.
    let response = grid.join(1, from).unwrap();
    let ExecuteMsg::OpenAccounts {
        accounts,
        roster_version,
        ..
    } = told_settlement(&response)
    else {
        panic!("accounts expected")
    };
    assert_eq!(
        (accounts[0].slot, accounts[0].seat, accounts[0].household),
        (Slot(2), Seat(2), 2)
    );
    assert_eq!(roster_version, 1);
}

#[test]
fn one_to_128_meters_a_message_each_once() {
    let mut grid = Grid::new();
    assert_eq!(
        grid.admit(vec![], None).unwrap_err(),
        ContractError::AdmissionCount { got: 0 }
    );
    let admissions: Vec<Admission> = (0..129)
        .map(|home| admission(grid.propose(&format!("home {home}"))))
        .collect();
    let refused = ContractError::AdmissionCount { got: 129 };
    assert_eq!(grid.admit(admissions.clone(), None).unwrap_err(), refused);
    let twice = vec![admission(1), admission(2), admission(1)];
    let refused = ContractError::RepeatedProposal { proposal: 1 };
    assert_eq!(grid.admit(twice, None).unwrap_err(), refused);
    grid.admit(admissions[..128].to_vec(), None).unwrap();
    grid.admit(admissions[128..].to_vec(), None).unwrap();
}

#[test]
fn only_an_open_proposal_is_admitted_and_only_once() {
    let mut grid = Grid::new();
    let missing = |proposal| ContractError::UnknownProposal { proposal };
    assert_eq!(grid.admit(vec![admission(1)], None).unwrap_err(), missing(1));
    grid.propose("ann");
    // One that fails lets none in.
    assert_eq!(
        grid.admit(vec![admission(1), admission(2)], None).unwrap_err(),
        missing(2)
    );
    grid.admit(vec![admission(1)], None).unwrap();
    assert_eq!(grid.admit(vec![admission(1)], None).unwrap_err(), missing(1));
}

#[test]
fn a_second_meter_joins_the_household_whoever_proposed_it() {
    let mut grid = Grid::new();
    let join = |proposal, household| Admission {
        household,
        ..admission(proposal)
    };
    let (ann, annes_garage, annes_cousin) = (grid.propose("ann"), grid.propose("ann"), grid.propose("bob"));
    let refused = ContractError::UnknownHousehold { next: 0, got: 0 };
    assert_eq!(grid.admit(vec![join(ann, Some(0))], None).unwrap_err(), refused);
    // One founded in the same message exists.
    grid.admit(vec![join(ann, None), join(annes_garage, Some(0))], None)
        .unwrap();
    for got in [1, u32::MAX] {
        let refused = ContractError::UnknownHousehold { next: 1, got };
        assert_eq!(
            grid.admit(vec![join(annes_cousin, Some(got))], None).unwrap_err(),
            refused
        );
    }
    grid.admit(vec![join(annes_cousin, Some(0))], None).unwrap();
    grid.join(1, None).unwrap();
    let household = |slot| {
        let meter: MeterResponse = grid.ask(QueryMsg::Meter { slot: Slot(slot) }).unwrap();
        meter.household
    };
    assert_eq!(
        [household(0), household(1), household(2), household(3)],
        [0, 0, 0, 1]
    );
}

#[test]
fn a_weight_is_one_to_a_million() {
    for (weight, refused) in [(0, true), (1, false), (1_000_000, false), (1_000_001, true)] {
        let mut grid = Grid::new();
        let proposal = grid.propose("ann");
        let outcome = grid.admit(
            vec![Admission {
                weight,
                ..admission(proposal)
            }],
            None,
        );
        assert_eq!(
            outcome.err(),
            refused.then_some(ContractError::Weight { got: weight })
        );
    }
}
