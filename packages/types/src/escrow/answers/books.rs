//! Where every unit is.

use cosmwasm_schema::cw_serde;
use cosmwasm_std::Uint256;
use gridpact_units::Amount;

/// Where every unit of an asset is, over all that ever came, which may be more than an amount can be.
/// `pledged + bonds + revenue = paid + refunded + held`, after every message; what is held is claimable or locked, project by project.
#[cw_serde]
#[derive(Copy, Default)]
pub struct AssetBooksResponse {
    /// Came in as pledges.
    pub pledged: Uint256,
    /// Came in as contractors' bonds.
    pub bonds: Uint256,
    /// Came in as revenue.
    pub revenue: Uint256,
    /// Went to contractors and payees or, as revenue, to pledgers.
    pub paid: Uint256,
    /// Went back to pledgers, forfeited bonds included.
    pub refunded: Uint256,
    /// Is here.
    pub held: Uint256,
}

/// Where every unit of a project is. `pledged + bond + revenue = paid + refunded + claimable + locked`, after every message.
#[cw_serde]
#[derive(Copy, Default)]
pub struct BooksResponse {
    /// Came in as pledges.
    pub pledged: Amount,
    /// Came in as the contractor's bond.
    pub bond: Amount,
    /// Came in as revenue.
    pub revenue: Amount,
    /// Went to the contractor and payees or, as revenue, to pledgers.
    pub paid: Amount,
    /// Went back to pledgers, forfeited bonds included.
    pub refunded: Amount,
    /// Somebody can take it now.
    pub claimable: Amount,
    /// Kept for what is still open.
    pub locked: Amount,
}
