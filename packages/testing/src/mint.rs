//! Who has all the money in the beginning, and what it is.

use cosmwasm_std::{Addr, Coin};

use crate::app::GridApp;
use crate::money::{Money, MoneyKind};
use crate::token;

const DENOM: &str = "ueur";
/// A coin that no grid and no project lists.
pub(crate) const OTHER_DENOM: &str = "uother";
/// What everybody together has: more than the largest projects take.
const SUPPLY: u128 = 10_u128.pow(36);

/// What the mint begins with.
pub(crate) fn supply() -> Vec<Coin> {
    vec![Coin::new(SUPPLY, DENOM), Coin::new(SUPPLY, OTHER_DENOM)]
}

/// The asset of a world.
pub(crate) fn make(app: &mut GridApp, mint: &Addr, kind: MoneyKind) -> Money {
    match kind {
        MoneyKind::Native => Money::Native {
            denom: DENOM.to_owned(),
        },
        MoneyKind::Cw20 => Money::Cw20 {
            token: token::make(app, mint, SUPPLY),
        },
    }
}
