//! A migration takes over what this code reads, and writes nothing but the version.

use cosmwasm_std::{Empty, Order, Storage};
use gridpact_types::escrow::terms::Condition;
use pledge_escrow::contract::migrate;

use crate::harness::{as_sent, Escrow};

fn state(escrow: &Escrow) -> Vec<(Vec<u8>, Vec<u8>)> {
    escrow.deps.storage.range(None, None, Order::Ascending).collect()
}

#[test]
fn a_migration_rewrites_no_terms_parties_or_balances() {
    let mut escrow = Escrow::new();
    let project = escrow.funded();
    escrow.accept(project).unwrap();
    escrow.open(&escrow.open_call(100, 100));
    escrow.pledge("A", 2, 20, Condition::default()).unwrap();
    let before = state(&escrow);
    let env = escrow.env.clone();
    let response = migrate(escrow.deps.as_mut(), env, as_sent(&Empty {})).unwrap();
    assert!(response.messages.is_empty());
    assert_eq!(state(&escrow), before);
}

#[test]
fn only_this_contract_in_a_version_it_reads_is_taken_over() {
    let name = "crates.io:gridpact-pledge-escrow";
    for (deployed, version, expected) in [
        (
            "crates.io:cw20-base",
            "0.1.0",
            "migrate: contract: expected crates.io:gridpact-pledge-escrow, got crates.io:cw20-base",
        ),
        (
            name,
            "0.0.9",
            "migrate: version: expected one of 0.1.0, got 0.0.9",
        ),
        (
            name,
            "9.0.0",
            "migrate: version: expected one of 0.1.0, got 9.0.0",
        ),
    ] {
        let mut escrow = Escrow::new();
        cw2::set_contract_version(&mut escrow.deps.storage, deployed, version).unwrap();
        let env = escrow.env.clone();
        let refused = migrate(escrow.deps.as_mut(), env, as_sent(&Empty {})).unwrap_err();
        assert_eq!(refused.to_string(), expected);
    }
}
