//! What is done every hour: thinning, forgetting, and a look at what is not believed.

use std::time::Duration;

use gridpact_units::{Seconds, UnixSeconds};
use rusqlite::Connection;

use crate::committee::evidence;
use crate::config::{Config, Meter};
use crate::derive::{judged, plausible, LOOK_BACK};
use crate::grid::Grid;
use crate::reporting::desk::Desk;
use crate::sample::Register;
use crate::store::error::StoreError;
use crate::store::readings::{register_sources, samples};
use crate::store::signed::forget;
use crate::store::{apart, said};
use crate::tally::Tally;
use crate::thinning::thin_a_day;

const EVERY: Duration = Duration::from_secs(3_600);
/// Rows of the record are kept so long: the longest report limit and challenge, and 60 days more in which evidence may come.
const RECORD: Seconds = Seconds::days(200);
/// Days of a meter thinned in one transaction: other writers wait below a second.
const DAYS_AT_ONCE: usize = 1;

/// Keeps house for ever.
pub async fn run(config: Config, desk: Desk, tally: Tally) {
    loop {
        let grid = desk.grid.borrow().clone();
        if let Some(grid) = grid {
            if let Err(error) = keep_house(&config, &desk, &grid, &tally).await {
                eprintln!("housekeeping: {error}");
            }
        }
        tokio::time::sleep(EVERY).await;
    }
}

/// Keeps house once.
///
/// # Errors
/// The store refuses.
pub async fn keep_house(config: &Config, desk: &Desk, grid: &Grid, tally: &Tally) -> Result<(), StoreError> {
    let now = desk.clock.now();
    let (store, keep) = (&desk.store, config.keep.raw.0);
    for meter in desk.meters.iter() {
        let (of, at) = (meter.clone(), grid.clone());
        let unsure = store
            .read(move |connection| unsure(connection, &of, &at, now))
            .await?;
        tally.quarantined(meter.name.get_ref(), unsure);
        loop {
            let (of, at) = (meter.clone(), grid.clone());
            let thin = move |connection: &Connection| {
                (0..DAYS_AT_ONCE).try_fold(true, |more, _| {
                    Ok(more && thin_a_day(connection, &of, &at, (keep, now))?.is_some())
                })
            };
            if !store.writer().write(thin).await? {
                break;
            }
        }
    }
    let before = UnixSeconds(now.0.saturating_sub(RECORD.0));
    let forgotten = move |connection: &Connection| {
        said::forget(connection, before)?;
        apart::forget(connection, before)?;
        forget(connection, before)
    };
    store.writer().write(forgotten).await?;
    evidence::forget(store.folder(), grid.counting.length, now, RECORD)
}

/// How many of a meter's readings of the last day wait, or were dropped.
fn unsure(
    connection: &Connection,
    meter: &Meter,
    grid: &Grid,
    now: UnixSeconds,
) -> Result<usize, StoreError> {
    let Some(limits) = grid.limits.get(&meter.slot) else {
        return Ok(0);
    };
    let name = meter.name.get_ref();
    let from = UnixSeconds(now.0.saturating_sub(LOOK_BACK));
    let mut count: usize = 0;
    for register in Register::BOTH {
        for source in register_sources(connection, name, register)? {
            let samples = samples(connection, (name, &source), register, (from, now))?;
            let judged = judged(&samples, plausible(meter, *limits, register));
            count = count
                .saturating_add(judged.held.len())
                .saturating_add(judged.dropped.len());
        }
    }
    Ok(count)
}
