//! What changes around a committee while it works: who accepted which file, the file in force, the roster, what the chain takes.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use gridpact_committee::file::hash::FileHash;
use gridpact_oracle::clock::Clock;
use gridpact_oracle::committee::files;
use gridpact_oracle::store::{apart, look_at, signed};
use gridpact_report::{decode, split};
use gridpact_units::{Energy, IntervalIndex, Quality, Reading, Slot, UnixSeconds};
use tokio::task::JoinHandle;
use tokio::time::sleep;

use super::four::{key_of, until, Four};
use crate::made_up::{Mood, Roster};

/// What a house with so much extra takes and gives in an interval.
fn house(extra: u64, export: u64) -> Reading {
    Reading {
        import: Energy(15 * (2_000 + extra)),
        export: Energy(15 * export),
        quality: Quality::Measured,
    }
}

/// Everybody is known, by everybody, to have accepted these.
async fn until_all_heard(four: &Four, hashes: &[FileHash]) {
    let keys: Vec<[u8; 33]> = (0..4).map(|member| key_of(member).public_key()).collect();
    let all: BTreeSet<(FileHash, [u8; 33])> = (hashes.iter())
        .flat_map(|hash| keys.iter().map(move |key| (*hash, *key)))
        .collect();
    for member in 0..4 {
        let data = four.data(member);
        until("committee/heard names everybody", || {
            files::look(&data).unwrap().heard == all
        })
        .await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_file_goes_to_all_and_is_in_force_once_a_quorum_accepted_it_and_its_time_has_come() {
    // East reads three times what is there. By the first file three others say otherwise, by the second it is believed alone.
    let mut four = Four::over(2, [0, 4_000, 0, 0], Clock::default()).await;
    let (first, second) = (four.first, four.first + 4);
    {
        let mut world = four.world.world();
        let (version, slots) = (1, vec![0, 1]);
        let ends = Some(second + 4);
        world.later.insert(second, Roster { version, slots, ends });
    }
    four.start_all();
    // Nothing is agreed before all have heard: the first slot begins later.
    four.first_slot_in(86_400);
    let one = *files::look(&four.data(0)).unwrap().files.keys().next().unwrap();
    until_all_heard(&four, &[one]).await;
    let text = four.file(2, second, "[[meters]]\nslot = 0\nreaders = [\"East\"]\n");
    // One operator proposes; the others' services bring it, and nothing follows from it until they accept it.
    let two = files::keep(&four.data(0), &text).unwrap();
    for member in 0..4 {
        let data = four.data(member);
        until("the file is brought", || {
            files::look(&data).unwrap().texts.get(&two) == Some(&text)
        })
        .await;
        assert_eq!(files::look(&data).unwrap().accepted, [one]);
    }
    // West's operator does not: a quorum does.
    for member in 0..3 {
        files::accept(&four.data(member), two).unwrap();
    }
    let west = four.data(3);
    until("West hears that a quorum accepted it", || {
        let heard = files::look(&west).unwrap().heard;
        heard.iter().filter(|(hash, _)| *hash == two).count() == 3
    })
    .await;
    four.first_slot_in(8);
    let report = four.report().await;
    for two in report.readings.chunks(2) {
        assert_eq!(
            two,
            [
                house(0, 1_000),
                Reading {
                    export: Energy(0),
                    ..house(0, 0)
                }
            ]
        );
    }
    let report = four.report_from(second).await;
    assert_eq!(report.header.first_interval, IntervalIndex(second));
    for two in report.readings.chunks(2) {
        // A slot that is in no file is missing.
        assert_eq!(two, [house(4_000, 1_000), Reading::MISSING]);
    }
    // Who did not accept it says and signs nothing by it, and is told.
    let look = look_at(&west).unwrap();
    let sql = "SELECT (SELECT count(*) FROM said WHERE first = ?1) + (SELECT count(*) FROM signed WHERE first = ?1)";
    let spoke = |first: u64| look.query_row(sql, [first], |row| row.get::<_, u64>(0)).unwrap();
    assert!(spoke(first) > 0, "{}", four.told());
    assert_eq!(spoke(second), 0, "{}", four.told());
    until("West is told why", || {
        let alerts = four.progress(3).alerts;
        alerts
            .get("file")
            .is_some_and(|words| words.contains("expected to be accepted here"))
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_roster_changes_the_next_report_has_its_seats_and_what_was_read_is_compared_by_seat() {
    let mut four = Four::over(2, [0; 4], Clock::default()).await;
    let second = four.first + 4;
    let roster = Roster {
        version: 2,
        // The same meters in another order, and one that nobody reads.
        slots: vec![1, 2, 0],
        ends: Some(second + 4),
    };
    four.world.world().later.insert(second, roster);
    four.start_all();
    let before = four.report().await;
    assert_eq!((before.header.roster_version, before.header.seats), (1, 2));
    let after = four.report_from(second).await;
    assert_eq!((after.header.roster_version, after.header.seats), (2, 3));
    for three in after.readings.chunks(3) {
        let west = Reading {
            export: Energy(0),
            ..house(0, 0)
        };
        assert_eq!(three, [west, Reading::MISSING, house(0, 1_000)]);
    }
    for member in 0..4 {
        let look = look_at(&four.data(member)).unwrap();
        let sums = || apart::since(&look, UnixSeconds(0)).unwrap();
        until("both windows are compared", || {
            sums()
                .get(&Slot(0))
                .is_some_and(|sums| sums.attested_import == 8 * 30_000)
        })
        .await;
        assert!(sums().values().all(|sums| !sums.is_beyond()), "{:?}", sums());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gap_is_closed_once_before_anything_is_signed() {
    let mut four = Four::new([0; 4]).await;
    four.world.world().gap = true;
    four.start_all();
    four.report().await;
    let closed_at = four.world.world().closed_at;
    for member in 0..4 {
        let look = look_at(&four.data(member)).unwrap();
        let since = look.query_row("SELECT min(said_at) FROM said", [], |row| row.get::<_, u64>(0));
        assert!(
            since.unwrap() >= closed_at,
            "member {member} spoke of what cannot be reported"
        );
    }
    // Four may close it, twenty seconds apart: the first did.
    assert_eq!(four.world.world().closed, 1);
}

/// A clock that runs several times as fast, for what takes minutes.
pub struct Fast {
    pub clock: Clock,
    task: JoinHandle<()>,
}

impl Drop for Fast {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Fast {
    /// Four seconds a second.
    pub fn new(file: PathBuf) -> Self {
        let clock = Clock::moved_by(file.clone());
        let task = tokio::spawn(async move {
            for ahead in 1_u64.. {
                sleep(Duration::from_millis(333)).await;
                let part = file.with_extension("part");
                std::fs::write(&part, ahead.to_string()).unwrap();
                std::fs::rename(&part, &file).unwrap();
            }
        });
        Self { clock, task }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_that_the_chain_refuses_twice_is_made_shorter_by_all_and_nobody_votes_twice_in_a_slot() {
    let folder = tempfile::tempdir().unwrap();
    let fast = Fast::new(folder.path().join("clock"));
    let mut four = Four::over(1, [0; 4], fast.clock.clone()).await;
    four.world.world().mood = Mood::RefusesAbove(2);
    four.start_all();
    let (report, rest) = (four.report().await, four.report_from(four.first + 2).await);
    assert_eq!((report.header.intervals, rest.header.intervals), (2, 2));
    assert!(report.header.revision > 0, "the longer one had revision 0");
    for two in report
        .readings
        .iter()
        .chain(&rest.readings)
        .collect::<Vec<_>>()
        .chunks(2)
    {
        assert_eq!(*two[0], house(0, 1_000));
    }
    let came = four.world.world().came.clone();
    let long: BTreeSet<Vec<u8>> = (came.iter())
        .filter(|report| split(report).unwrap().0.intervals > 2)
        .cloned()
        .collect();
    // Every member brought it to the chain by itself until that had refused it twice; it was one report.
    assert_eq!(
        long.len(),
        1,
        "{:?}",
        came.iter()
            .map(|report| decode(report).unwrap().header)
            .collect::<Vec<_>>()
    );
    assert_eq!(four.world.world().next, four.first + 4);
    for member in 0..4 {
        let twice = four.data(member).join("evidence/twice");
        assert!(!twice.exists(), "{}", four.told());
        let look = look_at(&four.data(member)).unwrap();
        let rows = signed::beginning_at(&look, 1, IntervalIndex(four.first)).unwrap();
        let slots: BTreeSet<u16> = rows.iter().map(|row| row.signed.revision).collect();
        assert_eq!(slots.len(), rows.len(), "{rows:?}");
    }
}
