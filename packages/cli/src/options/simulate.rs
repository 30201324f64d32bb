//! Options of `simulate`, and the scenario that they ask for.

use std::path::PathBuf;

use anyhow::{bail, ensure, Context, Result};
use clap::Args;
use gridpact_market::{AllocationRule, PriceRule};
use gridpact_readings::format::Format;
use gridpact_readings::selection::{Beginning, Season, Selection};
use gridpact_simulation::run::{Currency, Utility};
use gridpact_simulation::scenario::Scenario;
use gridpact_units::BasisPoints;

use super::amounts::{parse_currency, parse_money, parse_price, weight};
use super::NodeArgs;
use crate::sources;

/// The end of `gridpact simulate --help`.
pub const EXAMPLES: &str = "Examples:
  gridpact simulate
  gridpact simulate --season summer --rule pro_rata --out result
  gridpact simulate --data my.csv --format csv --no-utility --price fixed:0.20 --currency KES:2
  gridpact simulate --deposit 5           # homes that cannot pay for all they need
  gridpact simulate --network devnet --homes 12 --days 1   # with real transactions; what they cost beside the energy
  gridpact simulate --data ../simbench --format simbench --homes 1000 --days 7
  gridpact simulate --data my.csv --format csv --meters meters.csv --rule static-no-reoffer --sellers-rule pro_rata

A file for --meters has a row for every meter of the data. Its columns stand in any order; all but `meter` may be left out, and so
may any cell of them:
  meter,household,weight,kind,buy_tier,sell_tier,part_percent
  roof,,,producer,,,
  flat 1,family Ayo,1,consumer,,,
  flat 2,,2,consumer,1,,33.3333
  meter         its name in the data
  household     meters of one name share one weight and do not buy from each other; without: a household of its own
  weight        1 to 1,000,000, without 1: of the household under even, its largest; of the meter under static
  kind          consumer, prosumer, producer or storage; without: as the data shows. Who never gives holds no part among sellers,
                who never takes none among buyers
  buy_tier      0, served first, to 254, or none for a meter that does not buy; without 0, of a producer none
  sell_tier     the same for selling; of a consumer none
  part_percent  the part of the meter that takes part, above 0 to 100 with at most 4 digits behind the point; without 100
Under priority the order is that of this file.

Money is in the currency's main unit, prices in the main unit per kWh, both read exactly (no floats).";

/// What `--accept` may name.
const ROUNDING: &str = "rounding";

/// Options of `simulate`.
#[derive(Args, Debug, Clone)]
pub struct SimulateArgs {
    /// Readings: a file or folder. Without it: the two SimBench weeks built into the program.
    #[arg(long, value_name = "PATH", requires = "format")]
    pub data: Option<PathBuf>,
    /// What stands at --data.
    #[arg(long, value_parser = sources::formats(), requires = "data")]
    pub format: Option<Format>,
    /// Begin here: a local day (2016-06-13) or an RFC 3339 time. By default: where the data begins.
    #[arg(long, value_name = "TIME")]
    pub from: Option<Beginning>,
    /// So many days of each stretch of data. By default: all.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=36_600))]
    pub days: Option<u32>,
    /// The first so many homes. By default: all. Above LV3.101's own with --format simbench: from SimBench's list of all
    /// low-voltage homes. At most 1,024, a grid's seats.
    #[arg(long, value_name = "N")]
    pub homes: Option<usize>,
    /// Which of the built-in weeks.
    #[arg(long, value_parser = sources::seasons(), conflicts_with = "data")]
    pub season: Option<Season>,
    /// Intervals a report, 1 to 192. By default: a day of them.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=192))]
    pub window: Option<u32>,
    /// What is agreed with every meter: a CSV file of households, weights, kinds, tiers and parts, as explained below. Without it
    /// every meter is a household of weight 1.
    #[arg(long, value_name = "FILE")]
    pub meters: Option<PathBuf>,
    /// How what is offered is divided among buyers: even (everybody the same until they have enough), pro_rata (by need), static
    /// (by fixed parts, the weights; what is left offered again), static-no-reoffer, priority (in the order of the data, or of
    /// --meters).
    #[arg(long, default_value = "even")]
    pub rule: AllocationRule,
    /// How what was bought is divided among sellers, by the same rules. By default as --rule, and pro_rata without a utility.
    #[arg(long, value_name = "RULE")]
    pub sellers_rule: Option<AllocationRule>,
    /// Price of shared energy: fixed:PRICE, mid_market or mid_market:WEIGHT (between feed-in, 0, and retail, 1; 0.5 by
    /// default), sdr or sdr:COMPENSATION (supply and demand ratio). By default mid_market, and fixed:0.20 without a utility.
    #[arg(long, value_name = "RULE")]
    pub price: Option<String>,
    /// What the utility charges a kWh.
    #[arg(
        long,
        value_name = "PRICE",
        default_value = "0.30",
        conflicts_with = "no_utility"
    )]
    pub retail: String,
    /// What the utility pays for a kWh.
    #[arg(
        long,
        value_name = "PRICE",
        default_value = "0.08",
        conflicts_with = "no_utility"
    )]
    pub feed_in: String,
    /// Network charge and tax still due on a shared kWh; taken off the buyer's saving.
    #[arg(
        long,
        value_name = "PRICE",
        default_value = "0",
        conflicts_with = "no_utility"
    )]
    pub shared_charge: String,
    /// There is no utility: no tariff, and nothing said of savings. The price must be fixed.
    #[arg(long)]
    pub no_utility: bool,
    /// Name and decimals of the asset that pays, for instance EUR:2 for cents or EUR:6 for a token's millionths.
    #[arg(long, value_name = "NAME:DECIMALS", default_value = "EUR:6", value_parser = parse_currency)]
    pub currency: Currency,
    /// Fee on what sellers earn, in hundredths of a percent; swept into the neighbourhood's escrow as revenue.
    #[arg(long, value_name = "BPS", default_value_t = 0, value_parser = clap::value_parser!(u16).range(0..=10_000))]
    pub fee_bps: u16,
    /// What every home deposits. By default what each needs for the whole run; a smaller one shows the limit at work.
    #[arg(long, value_name = "MONEY")]
    pub deposit: Option<String>,
    /// What is meant although it hurts: `rounding`, where it may take more than 1 % of what homes pay and earn, at worst a base
    /// unit a home, window and direction. Without it such a run is refused before it begins.
    #[arg(long, value_name = "NAME", value_parser = [ROUNDING])]
    pub accept: Vec<String>,
    /// What every home pledges for the neighbourhood's grid.
    #[arg(long, value_name = "MONEY", default_value = "1000")]
    pub pledge: String,
    /// The home whose bill the report shows: a meter's name or slot. By default the first.
    #[arg(long, value_name = "METER")]
    pub home: Option<String>,
    /// Write intervals.csv, households.csv, summary.json and report.html here.
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Also write allocations.csv: every home's part of every interval.
    #[arg(long, requires = "out")]
    pub detail: bool,
    /// Print summary.json instead of the table.
    #[arg(long)]
    pub json: bool,
    /// The chain to play it on.
    #[command(flatten)]
    pub node: NodeArgs,
}

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

    /// Reads the money among the options and checks that they go together, before any file is opened.
    ///
    /// # Errors
    /// An option that is not as expected, by its name; prices that do not go together.
    pub fn scenario(&self) -> Result<Scenario> {
        let currency = &self.currency;
        let price = self.price.as_deref().unwrap_or(if self.no_utility {
            "fixed:0.20"
        } else {
            "mid_market:0.5"
        });
        let deposit = self.deposit.as_deref();
        let deposit = deposit.map(|text| parse_money(text, currency).context("--deposit"));
        let scenario = Scenario {
            currency: currency.clone(),
            utility: self.utility()?,
            buyers: self.rule,
            sellers: self.sellers_rule,
            price: price_rule(price, currency).context("--price")?,
            price_name: price.to_owned(),
            fee: BasisPoints(self.fee_bps),
            deposit: deposit.transpose()?,
            accept_rounding: self.accept.iter().any(|name| name == ROUNDING),
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

    fn utility(&self) -> Result<Option<Utility>> {
        if self.no_utility {
            return Ok(None);
        }
        let price = |option: &'static str, text| parse_price(text, &self.currency).context(option);
        Ok(Some(Utility {
            retail: price("--retail", &self.retail)?,
            feed_in: price("--feed-in", &self.feed_in)?,
            shared_charge: price("--shared-charge", &self.shared_charge)?,
        }))
    }
}

fn price_rule(text: &str, currency: &Currency) -> Result<PriceRule> {
    let (name, value) = text
        .split_once(':')
        .map_or((text, None), |(name, value)| (name, Some(value)));
    Ok(match name {
        "fixed" => PriceRule::Fixed {
            price: parse_price(value.unwrap_or("0.20"), currency)?,
        },
        "mid_market" => PriceRule::MidMarket {
            weight: weight(value.unwrap_or("0.5")).with_context(|| {
                format!("expected a weight of 0 to 1 with at most 4 digits behind the point, got `{text}`")
            })?,
        },
        "sdr" => PriceRule::SupplyDemandRatio {
            compensation: parse_price(value.unwrap_or("0"), currency)?,
        },
        _ => bail!("expected fixed[:PRICE], mid_market[:WEIGHT] or sdr[:COMPENSATION], got `{text}`"),
    })
}
