//! The largest grids a report is promised for: 1,000 meters, a day of quarter hours.

use std::time::Instant;

use anyhow::{Context, Result};
use gridpact_client::Chain;
use gridpact_e2e::{Grid, GridPlan};
use gridpact_types::asset::Asset;
use gridpact_types::registry::bounds::MAX_PROPOSALS_OF_OWNER;
use gridpact_types::registry::queries::QueryMsg as RegistryQuery;
use gridpact_types::settlement::queries::QueryMsg as SettlementQuery;
use gridpact_units::{Energy, IntervalIndex, Reading, Seat, Slot};

use crate::alone;

const METERS: usize = 1_000;
const DAY: u16 = 96;
/// Gas a block holds (scripts/devnet), and what a report may take of it.
const HALF_A_BLOCK: u64 = 50_000_000;
/// Largest transaction a node's mempool takes by default.
const LARGEST_TRANSACTION: usize = 1 << 20;

/// Homes of a few hundred Wh a quarter of an hour, a third of which sell at noon: readings that compress no better than
/// real ones.
fn day(intervals: u16) -> Vec<Reading> {
    let mut seed: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut below = |bound: u64| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % bound
    };
    let mut readings = Vec::with_capacity(usize::from(intervals) * METERS);
    for interval in 0..u64::from(intervals) {
        let sun = 900_u64.saturating_sub(interval.abs_diff(48) * 30);
        for home in 0..METERS {
            let import = 20 + below(130);
            let export = if home % 3 == 0 {
                sun * (50 + below(50)) / 100
            } else {
                0
            };
            let (import, export) = (import.saturating_sub(export), export.saturating_sub(import));
            readings.push(Reading::measured(Energy(import * 1_000), Energy(export * 1_000)));
        }
    }
    readings
}

/// Largest pages, at the start, in the middle and at the end of what is there.
async fn every_query_answers(chain: &Chain, grid: &Grid, window: IntervalIndex) -> Result<()> {
    use {RegistryQuery as R, SettlementQuery as S};
    let (most, start_after) = (Some(100), None);
    let mut of_registry = vec![
        R::Config {},
        R::Ownership {},
        R::NextReport {},
        R::Committee { epoch: None },
        R::Window {
            first_interval: window,
        },
    ];
    of_registry.push(R::Windows {
        newest_first: false,
        start_after,
        limit: most,
    });
    of_registry.push(R::Proposals {
        owner: None,
        start_after: None,
        limit: most,
    });
    let mut of_settlement = vec![S::Config {}, S::Community {}, S::Books {}];
    of_settlement.push(S::HeldWindows {
        start_after,
        limit: Some(30),
    });
    for after in [0, 499, 899] {
        let slot = Slot(after);
        let (after, seat) = (Some(slot), Some(Seat(u16::try_from(after)?)));
        of_registry.push(R::Meter { slot });
        of_registry.push(R::Meters {
            owner: None,
            start_after: after,
            limit: most,
        });
        of_registry.push(R::Roster {
            version: 1,
            start_after: seat,
            limit: Some(256),
        });
        of_settlement.push(S::Account { slot });
        of_settlement.push(S::Pending {
            slot,
            start_after: None,
        });
        of_settlement.push(S::Accounts {
            owner: None,
            start_after: after,
            limit: most,
        });
        of_settlement.push(S::HeldResults {
            slot,
            start_after,
            limit: Some(30),
        });
    }
    for question in of_registry {
        let answer: serde_json::Value = chain
            .query(&grid.registry, &question)
            .await
            .context(format!("{question:?}"))?;
        assert!(!answer.is_null());
    }
    for question in of_settlement {
        let answer: serde_json::Value = chain
            .query(&grid.settlement, &question)
            .await
            .context(format!("{question:?}"))?;
        assert!(!answer.is_null());
    }
    Ok(())
}

#[tokio::test]
async fn a_thousand_meters_and_a_day_fit_half_a_block_and_every_query_answers() -> Result<()> {
    let (_turn, devnet) = alone::devnet().await?;
    let chain = devnet.chain();
    let people = devnet
        .people(METERS.div_ceil(MAX_PROPOSALS_OF_OWNER as usize) + 1, 0)
        .await?;
    let (operator, owners) = people.split_first().expect("more than one");
    let payer = devnet.role("payer")?;

    let since = Instant::now();
    let plan = GridPlan::usual(Asset::native("ueur"), operator.address());
    let grid = Grid::make(&operator.sender, "capacity", &plan).await?;
    grid.admit(owners, METERS).await?;
    println!(
        "{METERS} meters proposed and admitted in {:.1} s",
        since.elapsed().as_secs_f64()
    );
    grid.deposit(&payer, 0..u32::try_from(METERS)?, 20_000_000)
        .await?;

    let next = grid.until_reportable(DAY).await?;
    let report = grid.write(&next, day(DAY), 0)?;
    let carried = payer.send(&[grid.report(&report)?]).await?;
    let readings = METERS * usize::from(DAY);
    println!(
        "{METERS} meters x {DAY} intervals: {} bytes of report, {} bytes of transaction, {} gas, {:.1} a meter and interval",
        report.len(),
        carried.bytes,
        carried.gas_used,
        carried.gas_used as f64 / readings as f64
    );
    assert!(carried.bytes <= LARGEST_TRANSACTION, "{} bytes", carried.bytes);
    assert!(carried.gas_used <= HALF_A_BLOCK, "{} gas", carried.gas_used);

    // As many held windows and open proposals as a page shows.
    let first = next.first_interval.expect("meters are admitted");
    let mut next = grid.until_reportable(30).await?;
    let mut reports = Vec::new();
    for interval in 0..30 {
        next.first_interval = Some(first.plus(u64::from(DAY) + interval));
        reports.push(grid.report(&grid.write(&next, day(1), 0)?)?);
    }
    for reports in reports.chunks(10) {
        payer.send(reports).await?;
    }
    grid.propose(owners, 104).await?;
    every_query_answers(chain, &grid, first).await
}
