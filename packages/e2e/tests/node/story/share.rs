//! Meters, deposits, and a day's report.

use anyhow::{ensure, Context, Result};
use gridpact_client::Registry;
use gridpact_units::IntervalLength;

use super::day::{Day, DAY};
use super::files::{HOMES, ORACLES};
use crate::village::Village;

/// What a home pays in, main units; the last one has little, and cannot buy all it needs.
const DEPOSIT: &str = "30";
const LITTLE: &str = "0.02";

/// Every home proposes its meter; the operator admits all; each pays in.
pub async fn open_accounts(village: &Village) -> Result<()> {
    let propose = |home: &&'static str| {
        let limits = "--import-limit \"34500 W\" --export-limit \"34500 W\"";
        let meter = format!("--serial {home} --salt \"of the village\" --kind prosumer {limits}");
        (*home, format!("meter propose {meter}"))
    };
    let proposed = village.all_at_once(HOMES.iter().map(propose)).await?;
    // Admitted in the homes' order, so that home n has slot n.
    let numbers: String = proposed
        .iter()
        .map(|told| format!(" {}", told["proposal"]))
        .collect();
    village.by("operator", &format!("meter admit{numbers}")).await?;

    let unit = village.money.name;
    let deposit = |(slot, home): (usize, &&'static str)| {
        let amount = if slot + 1 == HOMES.len() { LITTLE } else { DEPOSIT };
        (*home, format!("account deposit {slot} \"{amount} {unit}\""))
    };
    village.all_at_once(HOMES.iter().enumerate().map(deposit)).await?;
    Ok(())
}

/// Readings become a draft, three of four oracles sign it, each with a key in a file of its own, and a carrier brings it.
pub async fn a_day(village: &Village) -> Result<()> {
    let registry = Registry::new(village.chain(), &village.contract("village", "meter-registry")?);
    let next = registry.next_report().await?;
    let first = next.first_interval.context("meters are admitted")?;
    village.write("readings.csv", &Day::of_summer(HOMES.len())?.csv(first))?;
    let end = IntervalLength::QUARTER_HOUR.start_of(first.plus(DAY.into()));
    let now = village.chain().latest().await?.time.0;
    village.chain().advance(end - now).await?;

    let made = village
        .told("report make --csv readings.csv --out draft.json")
        .await?;
    ensure!(made["intervals"] == DAY && made["missing"] == 0, "{made}");
    // The last oracle sleeps.
    let sign = |oracle: &&'static str| (*oracle, format!("report sign draft.json --out {oracle}.json"));
    village.all_at_once(ORACLES[..3].iter().map(sign)).await?;
    let (_, said) = village
        .refused("report combine draft.json oracle-1.json oracle-2.json --out signed.json")
        .await?;
    ensure!(said.contains("expected signatures of 3 members, got 2"), "{said}");
    let combine = "report combine draft.json oracle-1.json oracle-2.json oracle-3.json --out signed.json";
    village.told(combine).await?;
    village.by("carrier", "report carry signed.json").await?;
    Ok(())
}
