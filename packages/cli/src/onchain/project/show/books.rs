//! The escrow's books as people read them.

use cosmwasm_std::{Uint128, Uint256};
use gridpact_client::Network;
use gridpact_types::asset::Asset;
use gridpact_types::escrow::answers::{AssetBooksResponse, BooksResponse};
use gridpact_units::Amount;

use crate::onchain::{listing, money, Listing};

/// The books of a project.
pub fn of_project(books: &BooksResponse, asset: &Asset, network: &Network) -> String {
    let show = |amount: Amount| money::show(amount, asset, network);
    listing::facts([
        ("pledged", show(books.pledged)),
        ("bond", show(books.bond)),
        ("revenue", show(books.revenue)),
        ("paid", show(books.paid)),
        ("refunded", show(books.refunded)),
        ("claimable", show(books.claimable)),
        ("locked", show(books.locked)),
    ])
}

/// The books of every asset, with what the contract really holds.
pub fn of_assets(all: &[(Asset, AssetBooksResponse, Amount)], network: &Network) -> String {
    let mut list = Listing::new([
        "pledged",
        "bonds",
        "revenue",
        "paid",
        "refunded",
        "held by the books",
        "held",
    ]);
    for (asset, books, holds) in all {
        let show = |sum: Uint256| match Uint128::try_from(sum) {
            Ok(amount) => money::show(Amount(amount.u128()), asset, network),
            // More than an amount can be: of all that ever came.
            Err(_) => format!("{sum} of {asset}"),
        };
        list.row([
            show(books.pledged),
            show(books.bonds),
            show(books.revenue),
            show(books.paid),
            show(books.refunded),
            show(books.held),
            money::show(*holds, asset, network),
        ]);
    }
    list.to_string()
}
