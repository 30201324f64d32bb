//! Prices in the file, of the asset that homes pay in.

use gridpact_types::asset::Asset;
use gridpact_units::Price;

use super::parts::Names;
use crate::onchain::money;

/// Reads prices of the market's asset.
#[derive(Clone, Copy)]
pub(super) struct Prices<'n> {
    pub asset: &'n Asset,
    pub names: Names<'n>,
}

impl Prices<'_> {
    pub fn price(&self, text: &str) -> anyhow::Result<Price> {
        money::parse_price(text, self.asset, self.names.network)
    }
}
