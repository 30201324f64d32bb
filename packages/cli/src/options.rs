//! What a user may ask for, and its check before anything runs.

use std::path::PathBuf;

use anyhow::{bail, ensure, Context, Result};
use clap::{Args, Parser, Subcommand};
use gridpact_market::{AllocationRule, FeeKind, Policy, PriceRule, Tariff};
use gridpact_units::{Amount, BasisPoints, IntervalLength, Price};

use crate::data::{Format, From, Season, Selection};
use crate::decimal;
use crate::run::{Currency, Utility};

/// Neighbours pay for a local power grid together and share each interval's surplus.
#[derive(Parser, Debug)]
#[command(name = "gridpact", version)]
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
}

const EXAMPLES: &str = "Examples:
  gridpact simulate
  gridpact simulate --season summer --rule pro_rata --out result
  gridpact simulate --data my.csv --format csv --no-utility --price fixed:0.20 --currency KES:2
  gridpact simulate --deposit 5           # homes that cannot pay for all they need
  gridpact simulate --data ../simbench --format simbench --homes 1000 --days 7

Money is in the currency's main unit, prices in the main unit per kWh, both read exactly (no floats).";

/// Options of `simulate`.
#[derive(Args, Debug, Clone)]
pub struct SimulateArgs {
    /// Readings: a file or folder. Without it: the two SimBench weeks built into the program.
    #[arg(long, value_name = "PATH", requires = "format")]
    pub data: Option<PathBuf>,
    /// What stands at --data.
    #[arg(long, value_enum, requires = "data")]
    pub format: Option<Format>,
    /// Begin here: a local day (2016-06-13) or an RFC 3339 time. By default: where the data begins.
    #[arg(long, value_name = "TIME")]
    pub from: Option<From>,
    /// So many days of each stretch of data. By default: all.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=36_600))]
    pub days: Option<u32>,
    /// The first so many homes. By default: all. Above LV3.101's own with --format simbench: from SimBench's list of all
    /// low-voltage homes. At most 1,024, a grid's seats.
    #[arg(long, value_name = "N")]
    pub homes: Option<usize>,
    /// Which of the built-in weeks.
    #[arg(long, value_enum, conflicts_with = "data")]
    pub season: Option<Season>,
    /// Intervals a report, 1 to 192. By default: a day of them.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=192))]
    pub window: Option<u32>,
    /// How a surplus is divided: even (everybody the same until they have enough), pro_rata (by need), static (by equal
    /// fixed parts, what is left offered again), static-no-reoffer, priority (in the order of the data).
    #[arg(long, default_value = "even", value_parser = parse_rule)]
    pub rule: NamedRule,
    /// Price of shared energy: fixed[:PRICE], mid_market[:WEIGHT] (between feed-in, 0, and retail, 1; 0.5 by default),
    /// sdr[:COMPENSATION] (supply and demand ratio). By default mid_market, and fixed:0.20 without a utility.
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
}

/// An allocation rule and how it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NamedRule {
    /// As on the command line.
    pub name: &'static str,
    /// What it means.
    pub rule: AllocationRule,
}

/// All rules by name.
pub const RULES: [NamedRule; 5] = [
    NamedRule {
        name: "even",
        rule: AllocationRule::Even,
    },
    NamedRule {
        name: "pro_rata",
        rule: AllocationRule::ProRata,
    },
    NamedRule {
        name: "static",
        rule: AllocationRule::Static { reoffer: true },
    },
    NamedRule {
        name: "static-no-reoffer",
        rule: AllocationRule::Static { reoffer: false },
    },
    NamedRule {
        name: "priority",
        rule: AllocationRule::Priority,
    },
];

fn parse_rule(text: &str) -> Result<NamedRule, String> {
    let rule = RULES.into_iter().find(|rule| rule.name == text);
    rule.ok_or_else(|| format!("expected {}", RULES.map(|rule| rule.name).join(", ")))
}

/// Reads `EUR:6`.
pub fn parse_currency(text: &str) -> Result<Currency, String> {
    let expected =
        || format!("expected a name of 1 to 12 letters, a colon and 0 to 18 decimals, got `{text}`");
    let (name, decimals) = text.split_once(':').ok_or_else(expected)?;
    let decimals: u8 = decimals.parse().map_err(|_| expected())?;
    let named = (1..=12).contains(&name.len()) && name.bytes().all(|letter| letter.is_ascii_alphabetic());
    // 18 decimals, as most tokens have at most: with more, MAX_PRICE would be below a unit a kWh.
    if !named || decimals > 18 {
        return Err(expected());
    }
    Ok(Currency {
        name: name.to_owned(),
        decimals,
    })
}

/// Money in main units to base units, exactly.
pub fn parse_money(text: &str, currency: &Currency) -> Result<Amount> {
    let money = decimal::parse(text, u32::from(currency.decimals));
    let limit = 1_u128 << 100;
    let Some(amount) = money.ok().filter(|amount| *amount < limit) else {
        bail!(
            "expected money as digits with at most {} behind the point, got `{text}`",
            currency.decimals
        );
    };
    Ok(Amount(amount))
}

/// A price in main units per kWh to base units per MWh, exactly.
pub fn parse_price(text: &str, currency: &Currency) -> Result<Price> {
    // 1,000 kWh in a MWh: three more decimals than the money has.
    let scale = u32::from(currency.decimals) + 3;
    let price = decimal::parse(text, scale).ok().map(Price);
    let Some(price) = price.filter(|price| *price <= gridpact_units::MAX_PRICE) else {
        let most = decimal::show(i128::try_from(gridpact_units::MAX_PRICE.0)?, scale);
        bail!("expected a price a kWh as digits with at most {scale} behind the point, at most {most}, got `{text}`");
    };
    Ok(price)
}

/// Everything asked for, checked.
#[derive(Clone, Debug)]
pub struct Plan {
    /// How to print base units.
    pub currency: Currency,
    /// The utility, if any.
    pub utility: Option<Utility>,
    /// The rule, by name.
    pub rule: NamedRule,
    /// The price rule as written.
    pub price_name: String,
    /// The price rule.
    pub price: PriceRule,
    /// Fee on what sellers earn.
    pub fee: BasisPoints,
    /// Deposit of every home, if stated.
    pub deposit: Option<Amount>,
    /// Pledge of every home.
    pub pledge: Amount,
}

impl Plan {
    /// Reads the money among the options and checks that they go together, before any file is opened.
    pub fn from_args(args: &SimulateArgs) -> Result<Self> {
        let currency = &args.currency;
        let price = |option: &'static str, text: &str| parse_price(text, currency).context(option);
        let utility = if args.no_utility {
            None
        } else {
            Some(Utility {
                retail: price("--retail", &args.retail)?,
                feed_in: price("--feed-in", &args.feed_in)?,
                shared_charge: price("--shared-charge", &args.shared_charge)?,
            })
        };
        let default = if args.no_utility {
            "fixed:0.20"
        } else {
            "mid_market:0.5"
        };
        let price_name = args.price.clone().unwrap_or_else(|| default.to_owned());
        let plan = Self {
            currency: currency.clone(),
            utility,
            rule: args.rule,
            price: parse_price_rule(&price_name, currency).context("--price")?,
            price_name,
            fee: BasisPoints(args.fee_bps),
            deposit: args
                .deposit
                .as_ref()
                .map(|text| parse_money(text, currency).context("--deposit"))
                .transpose()?,
            pledge: parse_money(&args.pledge, currency).context("--pledge")?,
        };
        ensure!(
            !plan.pledge.is_zero(),
            "--pledge: expected more than nothing, got `{}`",
            args.pledge
        );
        if let Some(out) = args.out.as_ref().filter(|out| out.exists() && !out.is_dir()) {
            bail!("--out: expected a folder, got the file {}", out.display());
        }
        plan.policy(IntervalLength::HOUR, plan.rule.rule)
            .validate()
            .context("the prices do not go together")?;
        Ok(plan)
    }

    /// The grid's policy under a rule.
    pub fn policy(&self, interval_length: IntervalLength, rule: AllocationRule) -> Policy {
        let sellers = match self.utility {
            Some(_) => rule,
            // On an island what was exported was used by somebody: who exported more sold more.
            None => AllocationRule::ProRata,
        };
        Policy {
            interval_length,
            buyers: rule,
            sellers,
            price: self.price,
            tariff: self.utility.map_or(Tariff::NONE, |utility| {
                Tariff::flat(utility.retail, utility.feed_in)
            }),
            fees: if self.fee.0 == 0 {
                vec![]
            } else {
                vec![FeeKind::BasisPoints(self.fee)]
            },
        }
    }
}

fn parse_price_rule(text: &str, currency: &Currency) -> Result<PriceRule> {
    let (name, value) = text
        .split_once(':')
        .map_or((text, None), |(name, value)| (name, Some(value)));
    Ok(match name {
        "fixed" => PriceRule::Fixed {
            price: parse_price(value.unwrap_or("0.20"), currency)?,
        },
        "mid_market" => {
            let weight = decimal::parse(value.unwrap_or("0.5"), 4)
                .ok()
                .and_then(|weight| u16::try_from(weight).ok());
            let weight = weight.filter(|weight| *weight <= 10_000);
            let weight = weight.with_context(|| {
                format!("expected a weight of 0 to 1 with at most 4 digits behind the point, got `{text}`")
            })?;
            PriceRule::MidMarket {
                weight: BasisPoints(weight),
            }
        }
        "sdr" => PriceRule::SupplyDemandRatio {
            compensation: parse_price(value.unwrap_or("0"), currency)?,
        },
        _ => bail!("expected fixed[:PRICE], mid_market[:WEIGHT] or sdr[:COMPENSATION], got `{text}`"),
    })
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
