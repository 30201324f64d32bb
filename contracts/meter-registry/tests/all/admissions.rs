//! What the operator decides of a meter, and what the settlement is told.

use gridpact_types::registry::answers::{ConfigResponse, MeterResponse};
use gridpact_types::registry::events::{METER_PROPOSED, PROPOSAL_GONE};
use gridpact_types::registry::messages::ExecuteMsg::{DropProposal, ProposeMeter};
use gridpact_types::registry::meters::{Admission, MeterKind, MeterProposal};
use gridpact_types::registry::queries::QueryMsg;
use gridpact_types::settlement::accounts::AccountOpening;
use gridpact_types::settlement::messages::ExecuteMsg;
use gridpact_units::{IntervalLength, Power, Ppm, Seat, Slot};
use meter_registry::error::ContractError;

use crate::harness::*;

/// Else a plant would hold a fixed part of what can be bought, and flats parts of what can be sold.
#[test]
fn a_kind_that_cannot_act_on_a_side_has_no_tier_there_whatever_is_stated() {
    let mut grid = Grid::new();
    let mut propose = |serial, kind, import: u32, export: u32| {
        let meter = MeterProposal {
            kind,
            import_limit: Power(import),
            export_limit: Power(export),
            ..meter(serial)
        };
        let told = grid.send("ann", ProposeMeter { meter }).unwrap();
        let proposal = attribute(&told, METER_PROPOSED, "proposal");
        Admission {
            buy_tier: 1,
            sell_tier: 2,
            ..admission(proposal.parse().unwrap())
        }
    };
    let admissions = vec![
        propose(1, MeterKind::Producer, 0, 5_000),
        propose(2, MeterKind::Consumer, 5_000, 0),
        propose(3, MeterKind::Prosumer, 5_000, 5_000),
        propose(4, MeterKind::Storage, 5_000, 5_000),
    ];
    let response = grid.admit(admissions, None).unwrap();
    let ExecuteMsg::OpenAccounts { accounts, .. } = told_settlement(&response) else {
        panic!("accounts expected")
    };
    let tiers: Vec<_> = accounts
        .iter()
        .map(|account| (account.buy_tier, account.sell_tier))
        .collect();
    assert_eq!(tiers, [(255, 2), (1, 255), (1, 2), (1, 2)]);
    for (slot, tiers) in (0..).zip(tiers) {
        let meter: MeterResponse = grid.ask(QueryMsg::Meter { slot: Slot(slot) }).unwrap();
        assert_eq!((meter.buy_tier, meter.sell_tier), tiers);
    }
}

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
fn a_number_that_was_never_given_out_is_refused_and_lets_none_in() {
    let mut grid = Grid::new();
    grid.propose("ann");
    for proposal in [0, 2, u64::MAX] {
        let refused = ContractError::UnknownProposal { proposal };
        let both = vec![admission(1), admission(proposal)];
        assert_eq!(grid.admit(both, None).unwrap_err(), refused);
    }
    grid.admit(vec![admission(1)], None).unwrap();
}

/// Slot, owner and household of who was admitted.
type Accounts = Vec<(u32, String, u32)>;
/// Number and household of proposals that were gone.
type Gone = Vec<(String, String)>;

/// What an admission told.
fn admitted(outcome: Outcome) -> (Accounts, Gone) {
    let response = outcome.unwrap();
    let gone = response.events.iter().filter(|event| event.ty == PROPOSAL_GONE);
    let told = gone.map(|event| {
        let [proposal, household] = &event.attributes[..] else {
            panic!("two attributes expected in {event:?}")
        };
        (proposal.value.clone(), household.value.clone())
    });
    let told = told.collect();
    if response.messages.is_empty() {
        return (vec![], told);
    }
    let ExecuteMsg::OpenAccounts { accounts, .. } = told_settlement(&response) else {
        panic!("accounts expected in {response:?}")
    };
    let accounts = accounts.into_iter();
    let accounts = accounts.map(|account| (account.slot.0, account.owner, account.household));
    (accounts.collect(), told)
}

fn gone(proposal: u64, household: u32) -> (String, String) {
    (proposal.to_string(), household.to_string())
}

#[test]
fn who_is_gone_is_told_and_holds_up_nobody() {
    let mut grid = Grid::new();
    let proposals: Vec<u64> = ["ann", "bob", "carol", "dan"]
        .map(|who| grid.propose(who))
        .to_vec();
    grid.send("bob", DropProposal { proposal: 2 }).unwrap();
    grid.admit(vec![admission(4)], None).unwrap();
    let all = proposals.iter().map(|proposal| admission(*proposal)).collect();
    // Bob dropped his, dan is in already; ann and carol have the households that were counted out for them.
    let (accounts, left_out) = admitted(grid.admit(all, None));
    let owner = |name| address(name).to_string();
    assert_eq!(accounts, [(1, owner("ann"), 1), (2, owner("carol"), 3)]);
    assert_eq!(left_out, [gone(2, 2), gone(4, 4)]);
    // Where nobody is left, no roster is made, and no settlement told.
    let next = grid.next();
    let (accounts, left_out) = admitted(grid.admit(vec![admission(1), admission(2)], Some(FIRST.plus(7))));
    assert_eq!((accounts, left_out), (vec![], vec![gone(1, 5), gone(2, 6)]));
    assert_eq!(grid.next(), next);
    let config: ConfigResponse = grid.ask(QueryMsg::Config {}).unwrap();
    assert_eq!((config.newest_roster, config.slots), (1, 3));
}

#[test]
fn what_expired_is_gone_too() {
    let mut grid = Grid::new();
    grid.propose("ann");
    grid.passes(30 * DAY - 1);
    let bob = grid.propose("bob");
    let both = || vec![admission(1), admission(bob)];
    let mut later = Grid::new();
    later.propose("ann");
    later.passes(30 * DAY - 1);
    later.propose("bob");
    assert_eq!(admitted(later.admit(both(), None)).0.len(), 2);
    grid.passes(1);
    let (accounts, left_out) = admitted(grid.admit(both(), None));
    assert_eq!(accounts, [(0, address("bob").to_string(), 1)]);
    assert_eq!(left_out, [gone(1, 0)]);
}

#[test]
fn who_is_gone_does_not_move_others_into_a_stranger_s_household() {
    let join = |proposal, household| Admission {
        household,
        ..admission(proposal)
    };
    // Ann's house has two meters; the stranger before them takes their proposal back to put bob into ann's house.
    let mut grid = Grid::new();
    for owner in ["stranger", "ann", "ann", "bob"] {
        grid.propose(owner);
    }
    grid.send("stranger", DropProposal { proposal: 1 }).unwrap();
    let batch = vec![join(1, None), join(2, None), join(3, Some(1)), join(4, None)];
    let (accounts, _) = admitted(grid.admit(batch, None));
    let households: Vec<u32> = accounts.iter().map(|account| account.2).collect();
    assert_eq!(households, [1, 1, 2]);
    // And where the first of a house is gone, the second still has that house.
    let mut grid = Grid::new();
    for owner in ["ann", "ann", "bob"] {
        grid.propose(owner);
    }
    grid.send("ann", DropProposal { proposal: 1 }).unwrap();
    let batch = vec![join(1, None), join(2, Some(0)), join(3, None)];
    let (accounts, _) = admitted(grid.admit(batch, None));
    let households: Vec<u32> = accounts.iter().map(|account| account.2).collect();
    assert_eq!(households, [0, 1]);
}

/// Who admits several meters of a new house in one message must know its number before, and meters do not tell it: what was gone
/// used numbers up.
#[test]
fn the_number_of_the_next_household_is_told() {
    let mut grid = Grid::new();
    let next = |grid: &Grid| {
        grid.ask::<ConfigResponse>(QueryMsg::Config {})
            .unwrap()
            .households
    };
    assert_eq!(next(&grid), 0);
    for owner in ["stranger", "ann", "ann"] {
        grid.propose(owner);
    }
    grid.send("stranger", DropProposal { proposal: 1 }).unwrap();
    grid.admit(vec![admission(1)], None).unwrap();
    assert_eq!(next(&grid), 1, "used up, though no meter has it");
    let house = next(&grid);
    let second = Admission {
        household: Some(house),
        ..admission(3)
    };
    let (accounts, _) = admitted(grid.admit(vec![admission(2), second], None));
    let households: Vec<u32> = accounts.iter().map(|account| account.2).collect();
    assert_eq!((households, next(&grid)), (vec![house, house], 2));
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
