//! What a user may ask for, and its check before anything runs.

mod node;
mod plan;

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use crate::onchain::{exit, OnChain};
use crate::run::Currency;
use crate::sources;
use gridpact_readings::format::Format;
use gridpact_readings::selection::{Beginning, Season, Selection};

pub use node::NodeArgs;
pub use plan::{parse_currency, parse_money, parse_price, parse_rule, NamedRule, Plan, RULES};

/// Neighbours pay for a local power grid together and share each interval's surplus.
#[derive(Parser, Debug)]
#[command(name = "gridpact", version, after_help = exit::HELP)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Run a neighbourhood from the first pledge to the last withdrawal, through the contracts, on this machine.
    ///
    /// Three neighbours fund a line, each only if the others pay too; the whole street funds its grid; the contractor
    /// draws milestone by milestone; meters are admitted; four oracles sign a report a day; every interval's surplus
    /// is shared and paid for; windows become final; everybody withdraws. At the end every promise of the contracts
    /// is checked from outside, and a breach ends the program with an error.
    ///
    /// Without options: 113 homes of the SimBench grid LV3.101, 15-minute steps, a winter and a summer week.
    #[command(after_help = EXAMPLES)]
    Simulate(Box<SimulateArgs>),
    /// What is done on a chain.
    #[command(flatten)]
    OnChain(Box<OnChain>),
}

const EXAMPLES: &str = "Examples:
  gridpact simulate
  gridpact simulate --season summer --rule pro_rata --out result
  gridpact simulate --data my.csv --format csv --no-utility --price fixed:0.20 --currency KES:2
  gridpact simulate --deposit 5           # homes that cannot pay for all they need
  gridpact simulate --network devnet --homes 12 --days 1   # with real transactions; what they cost beside the energy
  gridpact simulate --data ../simbench --format simbench --homes 1000 --days 7

Money is in the currency's main unit, prices in the main unit per kWh, both read exactly (no floats).";

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
    /// How a surplus is divided: even (everybody the same until they have enough), pro_rata (by need), static (by equal
    /// fixed parts, what is left offered again), static-no-reoffer, priority (in the order of the data).
    #[arg(long, default_value = "even", value_parser = parse_rule)]
    pub rule: NamedRule,
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
}
