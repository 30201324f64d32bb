//! Stored records can be appended to. They are read by name: what a later version adds has a default in the records of today,
//! and what is not known is passed over.

use cosmwasm_std::{Addr, Order, Uint256};
use cw_storage_plus::Map;
use gridpact_types::escrow::answers::{AssetBooksResponse, Phase};
use gridpact_types::escrow::queries::QueryMsg;
use gridpact_units::Amount;
use pledge_escrow::asset_books::AssetBooks;
use pledge_escrow::project::{Pledge, Project};
use serde::{Deserialize, Serialize};

use crate::harness::{Escrow, DAY, START};

/// A record as a later version has it: with a field more.
#[derive(Serialize, Deserialize)]
struct Later<T> {
    #[serde(flatten)]
    today: T,
    #[serde(default)]
    bonus: Amount,
}

const BOOKS: Map<String, Later<AssetBooks>> = Map::new("books");
const PROJECTS: Map<u64, Later<Project>> = Map::new("projects");
const PLEDGES: Map<(u64, &Addr), Later<Pledge>> = Map::new("pledges");

/// Funded and accepted, with a milestone submitted: every record there is has something in it.
fn under_way() -> Escrow {
    let mut escrow = Escrow::new();
    let project = escrow.funded();
    escrow.accept(project).unwrap();
    escrow.submit(project, 0).unwrap();
    escrow
}

#[test]
fn a_record_without_a_later_field_is_read_with_its_default() {
    let escrow = under_way();
    let storage = &escrow.deps.storage;
    let books = BOOKS.load(storage, escrow.asset.to_string()).unwrap();
    assert_eq!(
        (books.today.pledged, books.bonus),
        (Uint256::from(30_000_u32), Amount::ZERO)
    );
    let project = PROJECTS.load(storage, 1).unwrap();
    assert_eq!((project.today.submitted.len(), project.bonus), (1, Amount::ZERO));
    let pledge = PLEDGES.load(storage, (1, &escrow.addr("A"))).unwrap();
    assert_eq!(
        (pledge.today.amount, pledge.bonus),
        (Amount(10_000), Amount::ZERO)
    );
}

#[test]
fn a_record_with_a_field_that_is_not_known_is_read() {
    let mut escrow = under_way();
    let storage = &mut escrow.deps.storage;
    let bonus = Amount(7);
    let asset = escrow.asset.to_string();
    let books = BOOKS.load(storage, asset.clone()).unwrap();
    BOOKS.save(storage, asset, &Later { bonus, ..books }).unwrap();
    let project = PROJECTS.load(storage, 1).unwrap();
    PROJECTS.save(storage, 1, &Later { bonus, ..project }).unwrap();
    let pledges = PLEDGES.prefix(1).range(storage, None, None, Order::Ascending);
    let pledges: Vec<_> = pledges.map(Result::unwrap).collect();
    assert_eq!(pledges.len(), 3);
    for (pledger, pledge) in pledges {
        let later = Later { bonus, ..pledge };
        PLEDGES.save(storage, (1, &pledger), &later).unwrap();
    }

    escrow.check_books();
    assert_eq!(escrow.project(1).phase, Phase::Active);
    escrow.submit(1, 1).unwrap();
    escrow.go_to(START + 200 * DAY);
    escrow.draw(1).unwrap();
    assert_eq!(escrow.paid_to("contractor"), 30_000);
    escrow.pay_revenue(1, 30).unwrap();
    escrow.claim_revenue("A", 1).unwrap();
    let asset = escrow.asset.clone();
    let books: AssetBooksResponse = escrow.ask(QueryMsg::Books { asset });
    assert_eq!(
        (books.pledged, books.revenue),
        (Uint256::from(30_000_u32), Uint256::from(30_u32))
    );
}
