//! The homes of the street: a summer week of SimBench that comes again and again.

use anyhow::{Context, Result};
use gridpact_readings::format::Source;
use gridpact_readings::selection::Selection;

/// Length of an interval, s.
pub const QUARTER: u64 = 900;
/// Quarter hours of a week.
const WEEK: u64 = 7 * 96;

/// What a meter shows: taken and given, mWh.
type Registers = (u64, u64);

/// A home and its week.
pub struct Home {
    pub name: String,
    /// A home without a roof gives nothing.
    has_roof: bool,
    /// What it has taken and given by the end of each quarter hour of the week, mWh.
    sums: Vec<Registers>,
    /// What its registers showed before anything that is asked for.
    begun: Registers,
}

/// All homes.
pub struct Street {
    pub homes: Vec<Home>,
}

impl Street {
    /// The first homes of the data, those with a roof and those without in turns, so that any few of them have something to share.
    pub fn load(count: usize) -> Result<Self> {
        let data = Source::Bundled.load(&Selection::default())?;
        let width = data.meters.len();
        let winter = data.stretches[0].intervals;
        let summer = data.stretches.get(1).context("a summer week")?.intervals;
        anyhow::ensure!(
            summer >= WEEK as usize,
            "expected a whole week, got {summer} quarter hours"
        );
        let (roofs, others): (Vec<_>, Vec<_>) =
            (0..width).partition(|meter| data.meters[*meter].has_pv && !data.meters[*meter].producer);
        let mut turns = Vec::new();
        for at in 0..roofs.len().max(others.len()) {
            turns.extend(roofs.get(at).map(|meter| (*meter, true)));
            turns.extend(others.get(at).map(|meter| (*meter, false)));
        }
        anyhow::ensure!(
            turns.len() >= count,
            "expected {count} homes in the data, got {}",
            turns.len()
        );
        let homes = (0_u8..).zip(turns).take(count).map(|(at, (meter, has_roof))| {
            let mut sum = (0, 0);
            let sums = (0..WEEK as usize).map(|quarter| {
                let reading = data.readings.at((winter + quarter) * width + meter);
                sum = (sum.0 + reading.import.0, sum.1 + reading.export.0);
                sum
            });
            Home {
                name: format!("house-{}", char::from(b'a' + at)),
                has_roof,
                sums: sums.collect(),
                begun: (1_000_123 * (u64::from(at) + 1), 77_456 * u64::from(at)),
            }
        });
        Ok(Self {
            homes: homes.collect(),
        })
    }
}

impl Home {
    /// As `gridpact meter propose` takes it: kind, and both limits, in words that the shell splits.
    pub fn connection(&self) -> String {
        let most = |of: fn(Registers) -> u64| {
            let before = std::iter::once(&(0, 0)).chain(&self.sums);
            let steps = before.zip(&self.sums).map(|(from, to)| of(*to) - of(*from));
            // The mean of a quarter hour, in whole kW, with a tenth to spare.
            (steps.max().unwrap_or(0) * 4 * 11 / 10)
                .div_ceil(1_000_000_000)
                .max(11)
        };
        let import = format!("--import-limit={}kW", most(|registers| registers.0));
        if self.has_roof {
            let export = most(|registers| registers.1);
            format!("--kind=prosumer {import} --export-limit={export}kW")
        } else {
            format!("--kind=consumer {import}")
        }
    }

    /// What its meter shows at the end of a quarter hour, counted from 1970.
    pub fn registers(&self, quarter: u64) -> Registers {
        let (weeks, rest) = (quarter / WEEK, quarter % WEEK);
        let week = self.sums[WEEK as usize - 1];
        // A meter has not run since 1970: what it shows fits its seven digits for a thousand years all the same.
        let now = self.sums[rest as usize];
        (
            self.begun.0 + weeks * week.0 + now.0,
            self.begun.1 + weeks * week.1 + now.1,
        )
    }
}
