//! Proposing a meter, and taking it back.

use cosmwasm_std::HexBinary;
use gridpact_report::connections::Direction;
use gridpact_types::registry::answers::{ProposalResponse, ProposalsResponse};
use gridpact_types::registry::messages::ExecuteMsg;
use gridpact_types::registry::meters::{MeterKind, MeterProposal};
use gridpact_types::registry::queries::QueryMsg;
use gridpact_units::{Power, Ppm};
use meter_registry::error::ContractError;
use meter_registry::serial::SerialHolder;

use crate::harness::*;

fn propose(grid: &mut Grid, owner: &str, meter: MeterProposal) -> Outcome {
    grid.send(owner, ExecuteMsg::ProposeMeter { meter })
}

fn open(grid: &Grid) -> Vec<ProposalResponse> {
    let page: ProposalsResponse = grid
        .ask(QueryMsg::Proposals {
            owner: None,
            start_after: None,
            limit: Some(100),
        })
        .unwrap();
    page.proposals
}

#[test]
fn the_owner_is_the_sender() {
    let mut grid = Grid::new();
    propose(&mut grid, "ann", meter(1)).unwrap();
    let [only] = &open(&grid)[..] else {
        panic!("one proposal expected")
    };
    assert_eq!((only.proposal, &*only.owner), (1, address("ann").as_str()));
    assert_eq!(only.meter, meter(1));
}

#[test]
fn a_meter_has_the_limits_of_its_kind() {
    use Direction::{Export, Import};
    use MeterKind::{Consumer, Producer, Prosumer, Storage};
    const TOP: u32 = 100_000_000;
    let bad = |kind, direction, min, max, got| {
        Some(ContractError::Limit {
            kind,
            direction,
            min,
            max,
            got,
        })
    };
    let cases = [
        (Consumer, 1, 0, None),
        (Consumer, TOP, 0, None),
        (Consumer, 0, 0, bad("consumer", Import, 1, TOP, 0)),
        (Consumer, 1, 1, bad("consumer", Export, 0, 0, 1)),
        (Consumer, TOP + 1, 0, bad("consumer", Import, 1, TOP, TOP + 1)),
        (Producer, 0, 1, None),
        (Producer, 0, TOP, None),
        (Producer, 1, 1, bad("producer", Import, 0, 0, 1)),
        (Producer, 0, 0, bad("producer", Export, 1, TOP, 0)),
        (Producer, 0, TOP + 1, bad("producer", Export, 1, TOP, TOP + 1)),
        (Prosumer, TOP, TOP, None),
        (Prosumer, 0, 1, bad("prosumer", Import, 1, TOP, 0)),
        (Prosumer, 1, 0, bad("prosumer", Export, 1, TOP, 0)),
        (Prosumer, 1, u32::MAX, bad("prosumer", Export, 1, TOP, u32::MAX)),
        (Storage, 1, 1, None),
        (Storage, 0, 1, bad("storage", Import, 1, TOP, 0)),
        (Storage, 1, 0, bad("storage", Export, 1, TOP, 0)),
    ];
    for (kind, import, export, refused) in cases {
        let mut grid = Grid::new();
        let (import_limit, export_limit) = (Power(import), Power(export));
        let meter = MeterProposal {
            kind,
            import_limit,
            export_limit,
            ..meter(1)
        };
        assert_eq!(propose(&mut grid, "ann", meter).err(), refused);
    }
}

#[test]
fn the_part_is_some_of_the_meter_and_at_most_all() {
    for (part, refused) in [
        (0, true),
        (1, false),
        (1_000_000, false),
        (1_000_001, true),
        (u32::MAX, true),
    ] {
        let meter = MeterProposal {
            part: Ppm(part),
            ..meter(1)
        };
        let outcome = propose(&mut Grid::new(), "ann", meter);
        assert_eq!(
            outcome.err(),
            refused.then_some(ContractError::Part { got: part })
        );
    }
}

#[test]
fn a_serial_hash_is_32_bytes_and_held_once() {
    let mut grid = Grid::new();
    for length in [0, 31, 33] {
        let meter = MeterProposal {
            serial_hash: HexBinary::from(vec![1; length]),
            ..meter(1)
        };
        let refused = ContractError::SerialHash { got: length };
        assert_eq!(propose(&mut grid, "ann", meter).unwrap_err(), refused);
    }
    propose(&mut grid, "ann", meter(1)).unwrap();
    for owner in ["ann", "bob"] {
        let refused = ContractError::SerialTaken {
            holder: SerialHolder::Proposal(1),
        };
        assert_eq!(propose(&mut grid, owner, meter(1)).unwrap_err(), refused);
    }
    grid.admit(vec![admission(1)], None).unwrap();
    let refused = ContractError::SerialTaken {
        holder: SerialHolder::Slot(0),
    };
    assert_eq!(propose(&mut grid, "bob", meter(1)).unwrap_err(), refused);
    // A dropped proposal gives it back.
    propose(&mut grid, "ann", meter(2)).unwrap();
    grid.send("ann", ExecuteMsg::DropProposal { proposal: 2 })
        .unwrap();
    propose(&mut grid, "bob", meter(2)).unwrap();
    assert_eq!(open(&grid)[0].proposal, 3);
}

#[test]
fn an_address_has_at_most_eight_open_proposals() {
    let mut grid = Grid::new();
    for _ in 0..8 {
        grid.propose("ann");
    }
    let refused = ContractError::ProposalsOfOwner {
        owner: address("ann"),
        got: 8,
    };
    assert_eq!(propose(&mut grid, "ann", meter(99)).unwrap_err(), refused);
    propose(&mut grid, "bob", meter(98)).unwrap();
    // Dropped or admitted, it has room again.
    grid.send("ann", ExecuteMsg::DropProposal { proposal: 3 })
        .unwrap();
    propose(&mut grid, "ann", meter(99)).unwrap();
    assert_eq!(propose(&mut grid, "ann", meter(100)).unwrap_err(), refused);
    grid.admit(vec![admission(1)], None).unwrap();
    propose(&mut grid, "ann", meter(100)).unwrap();
}

#[test]
fn a_proposal_is_dropped_once_by_its_proposer_or_the_operator() {
    for who in ["ann", "operator"] {
        let mut grid = Grid::new();
        let proposal = grid.propose("ann");
        let refused = ContractError::NotProposer {
            owner: address("ann"),
            operator: address("operator"),
            expires_at: seconds(START + 30 * DAY),
            got: address("bob"),
        };
        assert_eq!(
            grid.send("bob", ExecuteMsg::DropProposal { proposal })
                .unwrap_err(),
            refused
        );
        let response = grid.send(who, ExecuteMsg::DropProposal { proposal }).unwrap();
        assert_eq!(
            attribute(&response, "proposal_dropped", "by"),
            address(who).to_string()
        );
        let refused = ContractError::UnknownProposal { proposal };
        assert_eq!(
            grid.send(who, ExecuteMsg::DropProposal { proposal }).unwrap_err(),
            refused
        );
        assert!(open(&grid).is_empty());
    }
}
