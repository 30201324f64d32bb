//! The escrow's books: of every project, of the asset, and the coins that are there.

use anyhow::Result;
use cosmwasm_std::Uint256;
use gridpact_types::escrow::answers::{AssetBooksResponse, BooksResponse};
use gridpact_types::escrow::queries::QueryMsg;
use gridpact_types::escrow::terms::ProjectId;
use gridpact_units::Amount;

use super::promises::{Promises, StoryPromise};
use super::stage::Stage;
use crate::sums::total;

/// Every unit that came in is accounted for in projects 1 to `newest`, in the asset, and by the contract's coins.
pub fn balance(stage: &Stage, promises: &mut Promises, newest: ProjectId, when: &str) -> Result<()> {
    let escrow = &stage.escrow;
    let mut kept = Amount::ZERO;
    for project in 1..=newest {
        let books: BooksResponse = stage.query(escrow, &QueryMsg::ProjectBooks { project })?;
        let here = total([books.claimable, books.locked])?;
        promises.equal(
            StoryPromise::EscrowBooks,
            || format!("{when}, project {project}: pledged + revenue"),
            total([books.pledged, books.revenue])?,
            total([books.paid, books.refunded, here])?,
        );
        kept = total([kept, here])?;
    }
    let asset = stage.asset();
    let all: AssetBooksResponse = stage.query(escrow, &QueryMsg::Books { asset })?;
    promises.equal(
        StoryPromise::EscrowBooks,
        || format!("{when}: pledged + revenue of all projects"),
        sum([all.pledged, all.revenue])?,
        sum([all.paid, all.refunded, all.held])?,
    );
    promises.equal(
        StoryPromise::EscrowBooks,
        || format!("{when}: held for projects"),
        kept.0.into(),
        all.held,
    );
    let coins = stage.balance(escrow)?;
    promises.that(
        StoryPromise::EscrowBooks,
        Uint256::from(coins.0) >= all.held,
        || format!("{when}: the escrow has {coins}, and owes {}", all.held),
    );
    Ok(())
}

/// Over all that ever came: more than an amount can be.
fn sum<const N: usize>(sums: [Uint256; N]) -> Result<Uint256> {
    let mut sums = sums.into_iter();
    Ok(sums.try_fold(Uint256::zero(), Uint256::checked_add)?)
}
