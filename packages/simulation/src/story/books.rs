//! The escrow's books: of every project, of the asset, and the coins that are there.

use anyhow::Result;
use gridpact_types::escrow::answers::{AssetBooksResponse, BooksResponse};
use gridpact_types::escrow::queries::QueryMsg;
use gridpact_types::escrow::terms::ProjectId;

use super::chain::Chain;
use super::promises::{Promise, Promises};

/// Every unit that came in is accounted for in projects 1 to `newest`, in the asset, and by the contract's coins.
pub fn balance(chain: &Chain, promises: &mut Promises, newest: ProjectId, when: &str) -> Result<()> {
    let escrow = &chain.escrow;
    let mut kept = 0;
    for project in 1..=newest {
        let books: BooksResponse = chain.query(escrow, &QueryMsg::ProjectBooks { project })?;
        let here = books.claimable.0 + books.locked.0;
        let what = || format!("{when}, project {project}: pledged + revenue");
        let went = books.paid.0 + books.refunded.0 + here;
        promises.equal(
            Promise::EscrowBooks,
            what,
            books.pledged.0 + books.revenue.0,
            went,
        );
        kept += here;
    }
    let all: AssetBooksResponse = chain.query(escrow, &QueryMsg::Books { asset: chain.asset() })?;
    let went = all.paid.0 + all.refunded.0 + all.held.0;
    let what = || format!("{when}: pledged + revenue of all projects");
    promises.equal(Promise::EscrowBooks, what, all.pledged.0 + all.revenue.0, went);
    promises.equal(
        Promise::EscrowBooks,
        || format!("{when}: held for projects"),
        kept,
        all.held.0,
    );
    let coins = chain.balance(escrow)?.0;
    promises.that(Promise::EscrowBooks, coins >= all.held.0, || {
        format!("{when}: the escrow has {coins}, and owes {}", all.held.0)
    });
    Ok(())
}
