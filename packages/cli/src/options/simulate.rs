//! Options of `simulate`.

mod prices;
mod scenario;

use std::path::PathBuf;

use clap::Args;
use gridpact_market::AllocationRule;
use gridpact_readings::format::Format;
use gridpact_readings::selection::{Beginning, Season};
use gridpact_simulation::run::Currency;

use super::amounts::parse_currency;
use super::NodeArgs;
use crate::readings::ReadingArgs;
use crate::sources;

/// The end of `gridpact simulate --help`.
pub const EXAMPLES: &str = "Examples:
  gridpact simulate
  gridpact simulate --season summer --rule pro_rata --out result
  gridpact simulate --data my.csv --no-utility --price fixed:0.20 --currency KES:2
  gridpact simulate --data meters/ --zone Europe/Vienna --grid grids/example.toml --out result   # a grid before it is made
  gridpact simulate --deposit 5           # homes that cannot pay for all they need
  gridpact simulate --network devnet --homes 12 --days 1   # with real transactions; what they cost beside the energy
  gridpact simulate --data ../simbench --homes 1000 --days 7
  gridpact simulate --data my.csv --meters meters.csv --rule static-no-reoffer --sellers-rule pro_rata

A file for --meters has a row for every meter of the data. Its columns stand in any order; all but `meter` may be left out, and so
may any cell of them:
  meter,household,weight,kind,buy_tier,sell_tier,part_percent
  roof,,,producer,,,
  flat 1,family Ayo,1,consumer,,,
  flat 2,,2,consumer,1,,33.3333
  meter         its name in the data
  slot          its slot on a grid, for `gridpact report make --meters`
  household     meters of one name share one weight and do not buy from each other; without: a household of its own
  weight        1 to 1,000,000, without 1: of the household under even, its largest; of the meter under static
  kind          consumer, prosumer, producer or storage; without: as the data shows. Who never gives holds no part among sellers,
                who never takes none among buyers
  buy_tier      0, served first, to 254, or none for a meter that does not buy; without 0, of a producer none
  sell_tier     the same for selling; of a consumer none
  part_percent  the part of the meter that takes part, above 0 to 100 with at most 4 digits behind the point; without 100
  priority      the meter's turn under the rule priority, 0 the first; without it the order of this file
  import_limit, export_limit
                what the connection can carry, as `11 kW`; readings above it are missing, and told
  from, until   local days (2024-06-03) or RFC 3339 times between which the meter takes part; `until` is the first that is not
  follows       the meter that this one replaced: both are one connection of one household, on the terms of the first

Money is in the currency's main unit, prices in the main unit per kWh, both read exactly (no floats).";

/// What `--accept` may name.
const ROUNDING: &str = "rounding";

/// Options of `simulate`.
#[derive(Args, Debug, Clone)]
pub struct SimulateArgs {
    /// Readings: a file, several, or a folder of them. Without it: the two SimBench weeks built into the program.
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pub data: Vec<PathBuf>,
    /// What stands at --data. By default what it looks like: SimBench's or CityLearn's folder, Ausgrid's file, else csv.
    #[arg(long, value_parser = sources::formats(), requires = "data")]
    pub format: Option<Format>,
    /// What the files do not say.
    #[command(flatten)]
    pub reading: ReadingArgs,
    /// Rehearse a grid: rules, price, tariff bands, fees, own injection, interval, asset, what is accepted and when windows begin and
    /// become final come from the file that `gridpact deploy` takes; options beside it go first.
    #[arg(long, value_name = "FILE", conflicts_with = "no_utility")]
    pub grid: Option<PathBuf>,
    /// Begin here: a local day (2016-06-13) or an RFC 3339 time. By default: where the data begins.
    #[arg(long, value_name = "TIME")]
    pub from: Option<Beginning>,
    /// So many local days of each stretch of data, of 92, 96 or 100 quarter hours. By default: all.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=36_600))]
    pub days: Option<u32>,
    /// The first so many homes. By default: all. Above LV3.101's own with --format simbench: from SimBench's list of all
    /// low-voltage homes. At most 1,024, a grid's seats.
    #[arg(long, value_name = "N")]
    pub homes: Option<usize>,
    /// Which of the built-in weeks.
    #[arg(long, value_parser = sources::seasons(), conflicts_with = "data")]
    pub season: Option<Season>,
    /// Intervals a report, 1 to 192. By default: a day of them, or where a report does not hold so many, the largest part of a day
    /// that it holds; of a grid no longer than its report_limit, and beginning where its rosters may.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=192))]
    pub window: Option<u32>,
    /// What is agreed with every meter: a CSV file of households, weights, kinds, tiers and parts, as explained below. Without it
    /// every meter is a household of weight 1.
    #[arg(long, value_name = "FILE")]
    pub meters: Option<PathBuf>,
    /// How what is offered is divided among buyers: even (everybody the same until they have enough), pro_rata (by need), static
    /// (by fixed parts, the weights; what is left offered again), static-no-reoffer, priority (in the order of the data, or of
    /// --meters).
    /// By default even, or the grid's.
    #[arg(long)]
    pub rule: Option<AllocationRule>,
    /// How what was bought is divided among sellers, by the same rules. By default as --rule, and pro_rata without a utility.
    #[arg(long, value_name = "RULE")]
    pub sellers_rule: Option<AllocationRule>,
    /// Price of shared energy: fixed:PRICE, mid_market or mid_market:WEIGHT (between feed-in, 0, and retail, 1; 0.5 by
    /// default), sdr or sdr:COMPENSATION (supply and demand ratio). By default mid_market, and fixed:0.20 without a utility.
    #[arg(long, value_name = "RULE")]
    pub price: Option<String>,
    /// What the utility charges a kWh. By default 0.30, or the grid's tariff.
    #[arg(long, value_name = "PRICE", conflicts_with = "no_utility")]
    pub retail: Option<String>,
    /// What the utility pays for a kWh. By default 0.08, or the grid's tariff.
    #[arg(long, value_name = "PRICE", conflicts_with = "no_utility")]
    pub feed_in: Option<String>,
    /// What the utility charges and pays from hour to hour: a CSV file `start,retail,feed_in`, each row until the next, prices also
    /// below zero. Savings are worked out with it; what neighbours pay each other follows from the rule and the tariff alone, which
    /// cannot change from hour to hour.
    #[arg(long, value_name = "FILE", conflicts_with = "no_utility")]
    pub prices: Option<PathBuf>,
    /// What the utility charges a home a month, whatever it uses.
    #[arg(
        long,
        value_name = "MONEY",
        default_value = "0",
        conflicts_with = "no_utility"
    )]
    pub monthly: String,
    /// Levies and taxes a kWh on what the utility delivers, beside its price.
    #[arg(
        long,
        value_name = "PRICE",
        default_value = "0",
        conflicts_with = "no_utility"
    )]
    pub levy: String,
    /// Value added tax, percent, on the utility's price, levies and monthly charge, where they are stated without it. Not on what it
    /// pays, nor on what neighbours pay each other.
    #[arg(
        long,
        value_name = "PERCENT",
        default_value = "0",
        conflicts_with = "no_utility"
    )]
    pub vat: String,
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
    /// Name and decimals of the asset that pays, for instance EUR:2 for cents or EUR:6 for a token's millionths. By default EUR:6; of
    /// a grid its asset, with the decimals that the file of --network says, or 6.
    #[arg(long, value_name = "NAME:DECIMALS", value_parser = parse_currency)]
    pub currency: Option<Currency>,
    /// Fee on what sellers earn, in hundredths of a percent; swept into the neighbourhood's escrow as revenue. By default none, or the
    /// grid's.
    #[arg(long, value_name = "BPS", value_parser = clap::value_parser!(u16).range(0..=10_000))]
    pub fee_bps: Option<u16>,
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
    /// Write intervals.csv, households.csv, summary.json, report.html and statements.html, a month's statement a home to print, here.
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
