//! Five windows of four hours: all is well; each is killed; two are killed at once; the network is cut; one omits. That a liar among
//! the readers moves nothing is shown by the service's own tests, with four services on a chain that is made up.

use std::time::{Duration, Instant};

use anyhow::{ensure, Result};
use gridpact_e2e::Recomputed;
use gridpact_types::registry::answers::WindowReport;

use super::four::{Four, DELAY, SLOT, WAYS, WINDOW};

/// The clock is moved to so long before a window's first slot, s: observations are said a quarter of a slot before it.
const BEFORE: u64 = 12;

/// What came of a window.
struct Came {
    what: &'static str,
    report: WindowReport,
    lag: i64,
    present: usize,
    all: usize,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
#[ignore = "not yet: where each member is killed in turn, a reading may be missing of the report; run it with --ignored"]
async fn a_committee_of_four_bears_kills_cuts_and_an_omitter() -> Result<()> {
    let begun = Instant::now();
    let mut four = Four::new().await?;
    // Their databases are there before the day begins, so that they know every signature.
    for member in 0..4 {
        four.start(member, "")?;
    }
    for member in 0..4 {
        four.until_connected(member, "meters").await?;
    }
    let mut came = Vec::new();

    readings_come(&four, 0).await?;
    four.until(anchor(&four, 0) - BEFORE).await?;
    came.push(after(&four, 0, "all four").await?);

    // Each is killed: between making and recording, recording and signing, certifying and carrying; and one before it all.
    readings_come(&four, 1).await?;
    for (member, point) in ["drafted", "signed_committed", "certified"].iter().enumerate() {
        four.kill(member);
        four.start(member, point)?;
    }
    four.kill(3);
    four.start(3, "")?;
    for member in 0..4 {
        four.until_connected(member, "meters").await?;
    }
    four.until(anchor(&four, 1) - BEFORE).await?;
    for member in 0..3 {
        four.back_from_death(member)?;
    }
    came.push(after(&four, 1, "each killed").await?);

    // Two at once: no quorum is left, and nothing is reported until one is back.
    readings_come(&four, 2).await?;
    for member in [0, 1] {
        four.kill(member);
    }
    four.until(anchor(&four, 2) - BEFORE).await?;
    tokio::time::sleep(Duration::from_secs(BEFORE + 2 * SLOT)).await;
    ensure!(four.accepted(2).await?.is_none(), "two of four reported");
    for member in [0, 1] {
        four.start(member, "")?;
    }
    came.push(after(&four, 2, "two at once").await?);

    // The network is cut for two slots.
    readings_come(&four, 3).await?;
    for cable in &four.cables {
        cable.cut();
    }
    four.until(anchor(&four, 3) - BEFORE).await?;
    tokio::time::sleep(Duration::from_secs(BEFORE + 2 * SLOT)).await;
    ensure!(
        four.accepted(3).await?.is_none(),
        "nobody hears anybody, and yet there is a report"
    );
    for cable in &four.cables {
        cable.mend();
    }
    came.push(after(&four, 3, "the network cut").await?);

    // The leader of the first slot passes over what one of the others read, who alone reads a meter.
    readings_come(&four, 4).await?;
    let omits = four.omits;
    four.kill(omits);
    four.start_hostile(omits, "omit")?;
    for member in 0..4 {
        four.until_connected(member, "meters").await?;
    }
    four.until(anchor(&four, 4) - BEFORE).await?;
    let omitted = after(&four, 4, "one omitting").await?;
    ensure!(omitted.report.revision > 0, "the omitting draft was signed");
    came.push(omitted);

    let recomputed = Recomputed::read(four.chain(), &four.grid.registry, &four.grid.settlement).await?;
    recomputed.check(four.chain()).await?;
    ensure!(recomputed.windows.len() == came.len());
    let votes = four.votes_without_offence(came.len())?;
    println!(
        "\n{} windows of {} meters, four members, slots of {SLOT} s:",
        came.len(),
        WAYS.meters()
    );
    for came in &came {
        println!(
            "{:<16} accepted {:>4} s after its delay, revision {}, {} of {} readings, {} signers",
            came.what,
            came.lag,
            came.report.revision,
            came.present,
            came.all,
            came.report.signers.count_ones()
        );
    }
    println!(
        "books as recomputed from the chain's transactions; {votes} votes kept as evidence, no offence among them; {} s",
        begun.elapsed().as_secs()
    );
    Ok(())
}

/// When a window's first slot begins.
fn anchor(four: &Four, window: usize) -> u64 {
    four.feeds.at(WINDOW * (window + 1)) + DELAY
}

/// The window passes, its meters' messages come, and all who are there keep them.
async fn readings_come(four: &Four, window: usize) -> Result<()> {
    let (from, to) = (WINDOW * window, WINDOW * (window + 1));
    four.until(four.feeds.at(to) + 60).await?;
    for meter in 0..WAYS.meters() {
        four.broker.publish(
            &format!("meters/{meter}"),
            &four.feeds.messages(meter, from..=to),
            &[],
        );
    }
    let (meters, boundaries) = (WAYS.meters() as u64, to as u64 + 1);
    for member in 0..4 {
        let rows = 2 * meters * boundaries;
        four.kept(member).until(&[("registers", rows)]).await?;
    }
    Ok(())
}

/// The window is reported, and says what the registers say.
async fn after(four: &Four, window: usize, what: &'static str) -> Result<Came> {
    let report = four.until_accepted(window).await?;
    // Below zero where the chain's clock, whose blocks know the time of those before, is behind the members'.
    let lag = report.reported_at.0.cast_signed() - anchor(four, window).cast_signed();
    let said = four.archived(2, &report).await?;
    let meters = WAYS.meters();
    ensure!(
        said.readings.len() == WINDOW * meters,
        "{what}: {:?}",
        said.header
    );
    for (at, reading) in said.readings.iter().enumerate() {
        let (interval, meter) = (at / meters, at % meters);
        let expected = four.feeds.expected(meter, WINDOW * window + interval);
        ensure!(
            *reading == expected,
            "{what}: meter {meter}, interval {interval}: {reading:?}"
        );
    }
    let present = said
        .readings
        .iter()
        .filter(|reading| !reading.is_missing())
        .count();
    println!("{what}: revision {}, {lag} s", report.revision);
    Ok(Came {
        what,
        lag,
        present,
        all: said.readings.len(),
        report,
    })
}
