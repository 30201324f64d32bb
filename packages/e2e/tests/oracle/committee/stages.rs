//! What happens to the committee, a window each. No stage that takes a member away takes the one that alone reads a meter before its word
//! is certified, so every report has every reading.

use std::time::Duration;

use anyhow::{ensure, Result};
use gridpact_types::registry::answers::WindowReport;

use super::cable::Cable;
use super::four::{Four, DELAY, NAMES, SLOT, WAYS, WINDOW};
use crate::feeds::Feeds;

/// The clock is moved to so long before a window's first slot, s: observations are said a quarter of a slot before it.
const BEFORE: u64 = 10;
/// What the liar adds to every interval of every meter, both ways, mWh.
const LIE: u64 = 50_000;

/// What came of a window.
pub struct Came {
    pub what: &'static str,
    pub report: WindowReport,
    pub lag: i64,
    pub present: usize,
    pub all: usize,
}

/// Nothing happens.
pub async fn all_is_well(four: &Four, window: usize) -> Result<Came> {
    readings_come(four, window).await?;
    four.until(anchor(four, window) - BEFORE).await?;
    // What rests on whom is told by whoever it rests on, and by nobody else.
    let words = r#""rests_on_this":["if you stop, 1 home has no reading","1 home is read by you alone: nobody can compare what you say"]"#;
    for member in 0..4 {
        let words = if member == four.alone {
            words
        } else {
            r#""rests_on_this":[]"#
        };
        four.until_answers(member, "/status", words).await?;
    }
    after(four, window, "all four").await
}

/// Between making and recording, between recording and signing, once a quorum has signed; and one before it all.
pub async fn each_is_killed(four: &mut Four, window: usize) -> Result<Came> {
    readings_come(four, window).await?;
    // Two end themselves over the first draft that they see, which a third member makes. So no quorum signs before one is back, and
    // whoever alone reads a meter, whose observation everybody has by then, ends last.
    let (alone, leads) = (four.alone, four.leads[window]);
    let mut others: Vec<usize> = (0..4)
        .filter(|member| *member != alone && *member != leads)
        .collect();
    let early = if leads == alone { others.pop() } else { Some(leads) };
    let [drafted, signed] = others[..] else {
        anyhow::bail!("expected two besides, got {others:?}");
    };
    let ends = [
        (drafted, "drafted"),
        (signed, "signed_committed"),
        (alone, "certified"),
    ];
    for (member, point) in ends.into_iter().chain(early.map(|member| (member, ""))) {
        four.kill(member);
        four.start(member, point)?;
    }
    for member in 0..4 {
        four.until_connected(member, "meters").await?;
    }
    four.until(anchor(four, window) - BEFORE).await?;
    four.until_dead(drafted)?;
    four.until_dead(signed)?;
    ensure!(four.accepted(window).await?.is_none(), "two of four reported");
    four.start(drafted, "")?;
    four.start(signed, "")?;
    four.until_dead(alone)?;
    four.start(alone, "")?;
    after(four, window, "each killed").await
}

/// No quorum is left, and nothing is reported until one is back.
pub async fn two_are_killed_at_once(four: &mut Four, window: usize) -> Result<Came> {
    readings_come(four, window).await?;
    let two: Vec<usize> = (0..4).filter(|member| *member != four.alone).take(2).collect();
    two.iter().for_each(|member| four.kill(*member));
    four.until(anchor(four, window) - BEFORE).await?;
    tokio::time::sleep(Duration::from_secs(BEFORE + SLOT)).await;
    ensure!(four.accepted(window).await?.is_none(), "two of four reported");
    for member in two {
        four.start(member, "")?;
    }
    after(four, window, "two at once").await
}

/// The cables are cut for a slot. Then only the one to whoever alone reads a meter is mended: all that the others say goes through it.
pub async fn the_network_is_cut(four: &Four, window: usize) -> Result<Came> {
    readings_come(four, window).await?;
    four.until(anchor(four, window) - BEFORE).await?;
    // Before anybody looks at its meters for the slot. A member whose line is down calls again after 1, 2, 4, 8, 16, 32 s: half a minute
    // later the fifth call is about to come.
    four.cables.iter().for_each(Cable::cut);
    tokio::time::sleep(Duration::from_secs(BEFORE + SLOT)).await;
    ensure!(
        four.accepted(window).await?.is_none(),
        "nobody hears anybody, and yet there is a report"
    );
    four.cables[four.alone].mend();
    let came = after(four, window, "the network cut").await?;
    four.cables.iter().for_each(Cable::mend);
    Ok(came)
}

/// One is told by its own gateway that every meter took and gave more, signs that, and moves nothing.
pub async fn one_lies(four: &mut Four, window: usize) -> Result<Came> {
    let liar = if four.omits == 3 { 2 } else { 3 };
    four.kill(liar);
    four.write_config(liar, "altered")?;
    four.start(liar, "")?;
    for member in 0..4 {
        let topics = if member == liar { "altered" } else { "meters" };
        four.until_connected(member, topics).await?;
    }
    let told = four.feeds.with_more(LIE);
    passes(four, window).await?;
    publish(four, &told, "altered", window);
    publish(four, &four.feeds, "meters", window);
    let (before, boundaries) = (WINDOW * window + 1, WINDOW + 1);
    four.until_kept(liar, before + boundaries).await?;
    for member in (0..4).filter(|member| *member != liar) {
        four.until_kept(member, before + WINDOW).await?;
    }
    four.until(anchor(four, window) - BEFORE).await?;
    let came = after(four, window, "one lying").await?;

    // Everybody counts what it read otherwise, it sees itself apart from the rest, and what it signed stays with the others.
    let (name, meters) = (NAMES[liar], WAYS.meters());
    let outliers = (meters - 1) * WINDOW;
    for member in 0..4 {
        let counted = format!("outlying_readings_total{{member=\"{name}\"}} {outliers}\n");
        four.until_said(member, &counted).await?;
        let apart = if member == liar { meters } else { 0 };
        four.until_said(member, &format!("gridpact_oracle_apart {apart}\n"))
            .await?;
    }
    four.until_archived(four.alone, window).await?;
    let said = four.observed(liar, four.alone, window, came.report.revision)?;
    for (at, reading) in said.readings.iter().enumerate() {
        let (interval, meter) = (at / meters, at % meters);
        let expected = told.expected(meter, WINDOW * window + interval);
        ensure!(*reading == expected, "{name} is kept as having said {reading:?}");
    }

    // From now on it hears its meters themselves again, and what its broker kept for it meanwhile.
    four.kill(liar);
    four.write_config(liar, "meters")?;
    four.start(liar, "")?;
    four.beside[liar] = boundaries;
    four.until_kept(liar, before + WINDOW + boundaries).await?;
    Ok(came)
}

/// The leader of the first slot passes over what one of the others read, who alone reads a meter.
pub async fn one_omits(four: &mut Four, window: usize) -> Result<Came> {
    readings_come(four, window).await?;
    let omits = four.omits;
    four.kill(omits);
    four.start_hostile(omits, "omit")?;
    for member in 0..4 {
        four.until_connected(member, "meters").await?;
    }
    four.until(anchor(four, window) - BEFORE).await?;
    let came = after(four, window, "one omitting").await?;
    ensure!(came.report.revision > 0, "the omitting draft was signed");
    Ok(came)
}

/// When a window's first slot begins.
fn anchor(four: &Four, window: usize) -> u64 {
    four.feeds.at(WINDOW * (window + 1)) + DELAY
}

/// The window passes, its meters' messages come, and all who are there keep them.
async fn readings_come(four: &Four, window: usize) -> Result<()> {
    passes(four, window).await?;
    publish(four, &four.feeds, "meters", window);
    for member in 0..4 {
        let boundaries = WINDOW * (window + 1) + 1;
        four.until_kept(member, boundaries + four.beside[member]).await?;
    }
    Ok(())
}

async fn passes(four: &Four, window: usize) -> Result<()> {
    four.until(four.feeds.at(WINDOW * (window + 1)) + 60).await
}

fn publish(four: &Four, feeds: &Feeds, topics: &str, window: usize) {
    let boundaries = WINDOW * window..=WINDOW * (window + 1);
    for meter in 0..WAYS.meters() {
        let messages = feeds.messages(meter, boundaries.clone());
        four.broker.publish(&format!("{topics}/{meter}"), &messages, &[]);
    }
}

/// The window is reported, and says what the registers say.
async fn after(four: &Four, window: usize, what: &'static str) -> Result<Came> {
    let report = four.until_accepted(window).await?;
    // Below zero where the chain's clock, whose blocks know the time of those before, is behind the members'.
    let lag = report.reported_at.0.cast_signed() - anchor(four, window).cast_signed();
    let said = four.archived(&report).await?;
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
