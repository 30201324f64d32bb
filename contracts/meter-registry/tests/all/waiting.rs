//! Proposals that wait: for how long, who lists them, and what becomes of those that nobody admits.

use gridpact_types::registry::answers::ProposalsResponse;
use gridpact_types::registry::messages::ExecuteMsg;
use gridpact_types::registry::queries::QueryMsg;
use meter_registry::error::ContractError;
use meter_registry::serial::SerialHolder;

use crate::harness::*;

fn propose(grid: &mut Grid, owner: &str, serial: u64) -> Outcome {
    let meter = meter(serial);
    grid.send(owner, ExecuteMsg::ProposeMeter { meter })
}

/// The numbers of a page, and whether more follows.
fn page(grid: &Grid, owner: Option<&str>, start_after: Option<u64>, limit: Option<u32>) -> (Vec<u64>, bool) {
    let query = QueryMsg::Proposals {
        owner: owner.map(|owner| address(owner).to_string()),
        start_after,
        limit,
    };
    let page: ProposalsResponse = grid.ask(query).unwrap();
    let numbers = page.proposals.iter().map(|proposal| proposal.proposal);
    (numbers.collect(), page.more)
}

#[test]
fn what_expired_does_not_count_against_its_owner_however_much_there_is_of_it() {
    let mut grid = Grid::new();
    for _ in 0..5 {
        for _ in 0..4 {
            grid.propose("ann");
            grid.propose("ann");
            grid.passes(HOUR);
        }
        let refused = ContractError::ProposalsOfOwner {
            owner: address("ann"),
            got: 8,
        };
        // The first two expire 30 days after they were made, and leave room for two.
        grid.passes(30 * DAY - 4 * HOUR - 1);
        assert_eq!(propose(&mut grid, "ann", 999).unwrap_err(), refused);
        grid.passes(1);
        for _ in 0..2 {
            grid.propose("ann");
        }
        assert_eq!(propose(&mut grid, "ann", 999).unwrap_err(), refused);
        grid.passes(30 * DAY);
    }
    assert_eq!(page(&grid, Some("ann"), None, Some(100)).0.len(), 50);
}

#[test]
fn no_number_of_strangers_proposals_keeps_a_home_out() {
    let mut grid = Grid::new();
    for stranger in 0..150 {
        for _ in 0..8 {
            grid.propose(&format!("stranger {stranger}"));
        }
    }
    let ann = grid.propose("ann");
    assert_eq!(page(&grid, None, None, Some(1)), (vec![ann], true));
    assert_eq!(page(&grid, Some("ann"), None, None), (vec![ann], false));
    grid.admit(vec![admission(ann)], None).unwrap();
}

#[test]
fn proposals_are_listed_the_newest_first_and_by_owner() {
    let mut grid = Grid::new();
    for _ in 0..4 {
        grid.propose("ann");
        grid.propose("bob");
    }
    assert_eq!(page(&grid, None, None, None), ((1..=8).rev().collect(), false));
    assert_eq!(page(&grid, None, None, Some(3)), (vec![8, 7, 6], true));
    assert_eq!(page(&grid, None, Some(6), Some(5)), (vec![5, 4, 3, 2, 1], false));
    assert_eq!(page(&grid, None, Some(6), Some(4)), (vec![5, 4, 3, 2], true));
    assert_eq!(page(&grid, Some("ann"), None, None), (vec![7, 5, 3, 1], false));
    assert_eq!(page(&grid, Some("ann"), Some(7), Some(2)), (vec![5, 3], true));
    assert_eq!(page(&grid, Some("ann"), Some(3), Some(2)), (vec![1], false));
    assert_eq!(page(&grid, Some("carol"), None, None), (vec![], false));
    // Admitted or dropped, it is in neither list.
    grid.admit(vec![admission(5)], None).unwrap();
    grid.send("ann", ExecuteMsg::DropProposal { proposal: 1 })
        .unwrap();
    assert_eq!(page(&grid, Some("ann"), None, None), (vec![7, 3], false));
    assert_eq!(page(&grid, None, None, None), (vec![8, 7, 6, 4, 3, 2], false));
    let query = QueryMsg::Proposals {
        owner: Some("nobody".to_owned()),
        start_after: None,
        limit: None,
    };
    assert!(matches!(
        grid.ask::<ProposalsResponse>(query).unwrap_err(),
        ContractError::Std(_)
    ));
}

#[test]
fn once_expired_anybody_drops_it_and_its_serial_hash_is_free() {
    let mut grid = Grid::new();
    propose(&mut grid, "ann", 1).unwrap();
    let expires_at = seconds(START + 30 * DAY);
    assert_eq!(page(&grid, None, None, None).0, [1]);
    grid.set_time(expires_at.0 - 1);
    let drop = ExecuteMsg::DropProposal { proposal: 1 };
    let refused = ContractError::NotProposer {
        owner: address("ann"),
        operator: address("operator"),
        expires_at,
        got: address("stranger"),
    };
    assert_eq!(grid.send("stranger", drop.clone()).unwrap_err(), refused);
    grid.passes(1);
    // Until somebody does, it holds the hash.
    let refused = ContractError::SerialTaken {
        holder: SerialHolder::Proposal(1),
    };
    assert_eq!(propose(&mut grid, "bob", 1).unwrap_err(), refused);
    let response = grid.send("stranger", drop).unwrap();
    assert_eq!(
        attribute(&response, "proposal_dropped", "by"),
        address("stranger").to_string()
    );
    propose(&mut grid, "bob", 1).unwrap();
}
