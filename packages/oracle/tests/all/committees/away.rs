//! A member that is away when a report is made: what it had read whole is in it, and it gets the report when it is back.

use std::path::PathBuf;

use gridpact_oracle::store::{apart, look_at};
use gridpact_report::archive::report_path;
use gridpact_report::{body_hash, decode, encode, split};
use gridpact_units::{Energy, Quality, Slot, UnixSeconds};

use super::changing::Fast;
use super::four::{until, Four, METERS};
use crate::made_up::Roster;

/// Where a member keeps the report that begins with an interval.
fn archived(four: &Four, member: u8, first: u64) -> PathBuf {
    let report = four.world.world().windows[&first].clone();
    let (_, body) = split(&report).unwrap();
    let archive = four.data(member).join("archive");
    archive.join(report_path(&body_hash(body)))
}

#[tokio::test(flavor = "multi_thread")]
async fn who_alone_reads_a_meter_and_is_away_when_the_report_is_made_is_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let fast = Fast::new(folder.path().join("clock"));
    let mut four = Four::over(1, [0; 4], fast.clock.clone()).await;
    four.first_slot_in(120);
    for member in 0..4 {
        four.start(member);
    }
    // Long before the slot all have said what they read, since nothing is missing, and all hold it.
    for member in 0..3 {
        until("everybody's observation is here", || {
            let glance = four.progress(member).glance;
            glance.is_some_and(|glance| glance.observations == 4 && glance.slot.is_none())
        })
        .await;
    }
    four.running[3].abort();
    let report = four.report().await;
    for two in report.readings.chunks(2) {
        let alone = (Energy(30_000), Quality::Measured);
        assert_eq!((two[1].import, two[1].quality), alone, "{METERS}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_away_gets_the_accepted_report_from_its_peers_and_believes_no_other_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let fast = Fast::new(folder.path().join("clock"));
    let mut four = Four::over(2, [0; 4], fast.clock.clone()).await;
    let (first, second) = (four.first, four.first + 4);
    {
        let mut world = four.world.world();
        let (version, slots) = (1, vec![0, 1]);
        // The second window is not asked for before its slot comes, which is never.
        let ends = Some(second + 4);
        world.later.insert(second, Roster { version, slots, ends });
    }
    four.first_slot_in(8);
    for member in 0..3 {
        four.start(member);
    }
    let report = four.report().await;
    four.first_slot_in(86_400);
    for member in 0..3 {
        let here = archived(&four, member, first);
        until("it is in the archive of who was there", || here.exists()).await;
    }
    // North gives something else under its name.
    let mut other = decode(&std::fs::read(archived(&four, 0, first)).unwrap()).unwrap();
    other.readings[0].import = Energy(1_000);
    std::fs::write(archived(&four, 0, first), encode(&other).unwrap()).unwrap();
    assert!(!archived(&four, 3, first).exists());
    four.start(3);
    let here = archived(&four, 3, first);
    until("West has it", || here.exists()).await;
    assert_eq!(std::fs::read(&here).unwrap(), encode(&report).unwrap());
    let files = std::fs::read_dir(here.parent().unwrap()).unwrap();
    assert_eq!(files.count(), 1, "and no other");
    // What was attested goes into its sums as well.
    let look = look_at(&four.data(3)).unwrap();
    until("it is compared with what was read here", || {
        let sums = apart::since(&look, UnixSeconds(0)).unwrap();
        sums.get(&Slot(0))
            .is_some_and(|sums| sums.attested_import == 4 * 30_000)
    })
    .await;
    until("nothing lacks", || four.progress(3).lacking == 0).await;
}
