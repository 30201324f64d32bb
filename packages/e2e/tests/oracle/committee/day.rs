//! A day in six windows of four hours: all is well; each is killed; two are killed at once; the network is cut; one lies about
//! every meter that three others read as well; one passes over what another read.
//!
//! What a report must have is what the protocol promises: whatever three of four read. A meter that one member reads alone is in it
//! where that member is heard in time.

use std::time::Instant;

use anyhow::{ensure, Result};
use gridpact_e2e::Recomputed;

use super::four::{Four, SLOT, WAYS};
use super::making::WINDOWS;
use super::stages::{
    all_is_well, each_is_killed, one_lies, one_omits, the_network_is_cut, two_are_killed_at_once,
};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_committee_of_four_bears_kills_cuts_a_liar_and_an_omitter() -> Result<()> {
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
    came.push(all_is_well(&four, 0).await?);
    came.push(each_is_killed(&mut four, 1).await?);
    came.push(two_are_killed_at_once(&mut four, 2).await?);
    came.push(the_network_is_cut(&four, 3).await?);
    came.push(one_lies(&mut four, 4).await?);
    came.push(one_omits(&mut four, 5).await?);

    let recomputed = Recomputed::read(four.chain(), &four.grid.registry, &four.grid.settlement).await?;
    recomputed.check(four.chain()).await?;
    ensure!((came.len(), recomputed.windows.len()) == (WINDOWS, WINDOWS));
    for member in 0..4 {
        four.until_archived(member, WINDOWS - 1).await?;
    }
    let votes = four.votes_without_offence()?;
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
