//! The scenario that the options of `simulate` ask for.

use anyhow::{bail, ensure, Context, Result};
use gridpact_client::Network;
use gridpact_market::{Policy, Tariff};
use gridpact_readings::selection::Selection;
use gridpact_simulation::run::{Currency, Utility};
use gridpact_simulation::scenario::Scenario;
use gridpact_units::BasisPoints;

use super::super::amounts::{parse_currency, parse_money};
use super::prices::{price_rule, price_words};
use super::{SimulateArgs, ROUNDING};
use crate::onchain::exit::bad_argument;
use crate::onchain::grid_file::Rehearsal;
use crate::onchain::money::asset_named;

impl SimulateArgs {
    /// Which part of the data.
    pub fn selection(&self) -> Selection {
        Selection {
            from: self.from,
            days: self.days,
            homes: self.homes,
            season: self.season,
        }
    }

    /// The asset that pays: as stated, else the grid's.
    ///
    /// # Errors
    /// A grid's file that cannot be read; an asset that the network named does not have, or whose name is none.
    fn currency(&self) -> Result<Currency> {
        const USUAL: (&str, u8) = ("EUR", 6);
        if let Some(stated) = &self.currency {
            return Ok(stated.clone());
        }
        let asset = match &self.grid {
            Some(grid) => Rehearsal::asset(grid).context("--grid")?,
            None => None,
        };
        let name = asset.as_deref().unwrap_or(USUAL.0);
        let decimals = match (&self.node.network, &asset) {
            (Some(network), Some(asset)) => {
                let network = Network::find(network, &self.node.networks)
                    .map_err(|error| bad_argument(error.to_string()))?;
                asset_named(asset, &network).context("--grid")?.decimals
            }
            _ => USUAL.1,
        };
        parse_currency(&format!("{name}:{decimals}"))
            .map_err(|error| bad_argument(format!("--grid: the asset {name}: {error}; state --currency")))
    }

    /// The grid's file, where one is rehearsed.
    ///
    /// # Errors
    /// It cannot be read, or something in it is wrong.
    fn rehearsal(&self, currency: &Currency) -> Result<Option<Rehearsal>> {
        let read = self.grid.as_deref().map(|grid| Rehearsal::read(grid, currency));
        read.transpose().context("--grid")
    }

    /// Reads the money among the options and checks that they go together, before any file of readings is opened.
    ///
    /// # Errors
    /// An option that is not as expected, by its name; prices that do not go together.
    pub fn scenario(&self) -> Result<Scenario> {
        let currency = &self.currency()?;
        let rehearsal = self.rehearsal(currency)?;
        let windows = rehearsal.as_ref().map(|rehearsal| rehearsal.windows);
        let accepted = rehearsal
            .as_ref()
            .is_some_and(|rehearsal| rehearsal.accept_rounding);
        let grid = rehearsal.map(|rehearsal| rehearsal.policy);
        let utility = self.utility(currency, grid.as_ref())?;
        let (price_name, price) = match (&self.price, &grid) {
            (None, Some(grid)) => (price_words(grid.price, currency), grid.price),
            (stated, _) => {
                let usual = if self.no_utility {
                    "fixed:0.20"
                } else {
                    "mid_market:0.5"
                };
                let price = stated.as_deref().unwrap_or(usual);
                (price.to_owned(), price_rule(price, currency).context("--price")?)
            }
        };
        let deposit = self.deposit.as_deref();
        let deposit = deposit.map(|text| parse_money(text, currency).context("--deposit"));
        let grid_rules = grid.as_ref().map(|grid| (grid.buyers, grid.sellers));
        let scenario = Scenario {
            currency: currency.clone(),
            utility,
            buyers: self
                .rule
                .or(grid_rules.map(|(buyers, _)| buyers))
                .unwrap_or_default(),
            sellers: self.sellers_rule.or(grid_rules.map(|(_, sellers)| sellers)),
            grid: grid.map(|grid| self.with_stated(grid, utility)),
            windows: windows.unwrap_or_default(),
            utility_prices: self.utility_prices(currency)?,
            price,
            price_name,
            fee: BasisPoints(self.fee_bps.unwrap_or_default()),
            deposit: deposit.transpose()?,
            accept_rounding: accepted || self.accept.iter().any(|name| name == ROUNDING),
            pledge: parse_money(&self.pledge, currency).context("--pledge")?,
        };
        ensure!(
            !scenario.pledge.is_zero(),
            "--pledge: expected more than nothing, got `{}`",
            self.pledge
        );
        if let Some(out) = self.out.as_ref().filter(|out| out.exists() && !out.is_dir()) {
            bail!("--out: expected a folder, got the file {}", out.display());
        }
        scenario.check().context("the prices do not go together")?;
        Ok(scenario)
    }

    /// A grid's policy, with a flat tariff and a fee where options state one.
    fn with_stated(&self, mut grid: Policy, utility: Option<Utility>) -> Policy {
        // One above nothing takes the place of the grid's by itself.
        if self.fee_bps == Some(0) {
            grid.fees.clear();
        }
        let stated = self.retail.is_some() || self.feed_in.is_some();
        match utility.filter(|_| stated) {
            Some(utility) => Policy {
                tariff: Tariff::flat(utility.retail, utility.feed_in),
                ..grid
            },
            None => grid,
        }
    }
}
