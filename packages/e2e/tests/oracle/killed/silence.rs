//! Hundreds of windows that became final while nobody looked.

use std::time::Instant;

use anyhow::{ensure, Context, Result};
use gridpact_client::{Message, Settlement};
use gridpact_units::{IntervalIndex, Reading, Seconds};

use crate::scene::{Rules, Scene};

const METERS: usize = 2;
/// More than go before a report in one transaction.
const WINDOWS: u64 = 700;
/// Reports carried in one transaction.
const A_TRANSACTION: u64 = 35;
const CHALLENGE: u64 = 12 * 3_600;
const RULES: Rules = Rules {
    window: 900,
    delay: 60,
};

#[tokio::test]
async fn before_a_report_behind_700_ended_windows_they_are_made_final_also_if_killed_between() -> Result<()> {
    let begun = Instant::now();
    let scene = Scene::new("silence", METERS, |plan| {
        plan.challenge_period = Seconds(CHALLENGE)
    })
    .await?;
    let start = scene.next_start().await?;
    let text = scene.config(METERS, start % 86_400, RULES);
    std::fs::write(scene.path().join("oracle.toml"), text)?;
    // Its database is there before the windows that it signs.
    let mut service = scene.service("")?;
    scene.kept.until_opened().await?;
    service.kill();

    // Another has carried a report a quarter hour, and none became final: their challenges end together.
    scene.until(start + 900 * WINDOWS + 60).await?;
    let mut next = scene.grid.next_report().await?;
    let first = next.first_interval.context("a first interval")?;
    for batch in (0..WINDOWS).step_by(A_TRANSACTION as usize) {
        let mut messages: Vec<Message> = Vec::new();
        for window in batch..(batch + A_TRANSACTION).min(WINDOWS) {
            next.first_interval = Some(IntervalIndex(first.0 + window));
            let readings = vec![Reading::MISSING; METERS];
            let report = scene.grid.write(&next, readings, 0)?;
            messages.push(scene.grid.report(&report)?);
        }
        scene.operator.sender.send(&messages).await.context("reports")?;
    }
    let settlement = Settlement::new(scene.chain(), &scene.grid.settlement);
    ensure!(settlement.ended().await?.windows == 0, "their challenge lasts on");
    scene.chain().advance(CHALLENGE + 60).await?;
    let ended = settlement.ended().await?;
    ensure!(u64::from(ended.windows) == WINDOWS, "{ended:?}");
    ensure!(!settlement.before_report().await?.report_too, "{ended:?}");

    // What goes alone is done; then the service is killed; then it goes on from there.
    scene.killed_at("finalised")?;
    let left = settlement.ended().await?;
    ensure!(left.windows < ended.windows && left.windows > 0, "{left:?}");
    let service = scene.service("")?;
    let row = scene.kept.until_accepted().await?;
    drop(service);
    ensure!((row.signed.revision, row.refusals) == (0, 0), "{row:?}");
    ensure!(settlement.ended().await?.windows == 0, "all are final");
    println!(
        "GRIDPACT_TOLD={WINDOWS} ended windows made final before a report, 1 kill between, none refused"
    );
    println!(
        "\nSilence: {WINDOWS} windows had ended, {} messages to go first; {} windows final in the first transaction, after which the \
         service was killed, the rest before and in the report of {} intervals; no refusal; {} s",
        ended.finalise_first,
        ended.windows - left.windows,
        row.signed.intervals,
        begun.elapsed().as_secs()
    );
    Ok(())
}
