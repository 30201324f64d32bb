//! A whole oracle of reports against a chain that is made up: what the registry would accept is computed here anew.

use std::path::PathBuf;
use std::sync::{Arc, Mutex};

use gridpact_client::Error;
use gridpact_oracle::clock::Clock;
use gridpact_oracle::config::{ReportRules, Span};
use gridpact_oracle::reporting::desk::{Desk, Progress};
use gridpact_oracle::reporting::error::ReportError;
use gridpact_oracle::reporting::plan::Wait;
use gridpact_oracle::reporting::reporter::{Reporter, Step};
use gridpact_oracle::status::look::status;
use gridpact_oracle::store::readings::add_samples;
use gridpact_oracle::store::signed::{newest, record, Fate};
use gridpact_oracle::store::Store;
use gridpact_report::{body_hash, decode, split, Report};
use gridpact_units::{Energy, Quality, Seconds, UnixSeconds};
use tokio::sync::watch;

use super::made_up::{key, world, MadeUp, Mood, FIRST};
use super::support::{meters, open, sample, JUNE};
use gridpact_oracle::sample::{Register, Sample};

pub fn desk(store: &Store) -> Desk {
    Desk {
        store: store.clone(),
        clock: Clock::default(),
        meters: Arc::new(meters()),
        rules: ReportRules {
            look: Span(Seconds(1)),
            ..ReportRules::default()
        },
        progress: Arc::new(Mutex::new(Progress::default())),
        grid: watch::channel(None).0,
    }
}

pub fn reporter(world: &MadeUp, store: &Store) -> Reporter<MadeUp> {
    Reporter::new(world.clone(), key(), desk(store))
}

/// A folder whose database saw the whole June, and a day of readings of `house 2`: 1 Wh a minute, read every five minutes.
async fn filled() -> (tempfile::TempDir, PathBuf, Store) {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let store = open(&data, JUNE);
    let import: Vec<Sample> = (0..=2 * 288)
        .map(|tick| sample(JUNE + 300 * tick, 5_000 * tick))
        .collect();
    let job = move |connection: &rusqlite::Connection| {
        let both: Vec<Sample> = import
            .iter()
            .flat_map(|sample| {
                [
                    *sample,
                    Sample {
                        register: Register::Export,
                        value: sample.value / 5,
                        ..*sample
                    },
                ]
            })
            .collect();
        add_samples(connection, ("house 2", "gateway"), &import, UnixSeconds(JUNE))?;
        add_samples(connection, ("house 1", "gateway"), &both, UnixSeconds(JUNE))
    };
    store.writer().write(job).await.unwrap();
    (folder, data, store)
}

pub fn report(world: &MadeUp, first: u64) -> Report {
    decode(&world.world().windows[&first]).unwrap()
}

#[tokio::test]
async fn a_day_of_registers_becomes_the_report_that_the_chain_expects() {
    let (_folder, data, store) = filled().await;
    let world = world();
    let mut reporter = reporter(&world, &store);
    assert!(matches!(reporter.step().await.unwrap(), Step::Carried(_)));
    let report = report(&world, FIRST);
    assert_eq!((report.header.intervals, report.header.revision), (96, 0));
    for two in report.readings.chunks(2) {
        assert_eq!(
            (two[0].import, two[0].export, two[0].quality),
            (Energy(15_000), Energy(3_000), Quality::Measured)
        );
        assert_eq!(
            (two[1].import, two[1].export, two[1].quality),
            (Energy(15_000), Energy(0), Quality::Measured)
        );
    }
    assert_eq!(reporter.step().await.unwrap(), Step::Waited(Wait::TooEarly));
    // The archive holds the very bytes, under the hash that the registry keeps.
    let kept = world.world().windows[&FIRST].clone();
    let name = hex::encode(body_hash(split(&kept).unwrap().1));
    assert_eq!(
        std::fs::read(data.join("archive/reports").join(format!("{name}.bin"))).unwrap(),
        kept
    );
    let row = store
        .read(|connection| newest(connection, 1))
        .await
        .unwrap()
        .remove(0);
    assert_eq!(row.fate, Fate::Accepted);
    // And the status counts what is in it.
    let config = super::support::config("");
    let look = move |connection: &rusqlite::Connection| {
        status(
            connection,
            &config,
            &Progress::default(),
            (UnixSeconds(JUNE), UnixSeconds(JUNE)),
        )
    };
    let status = store.read(look).await.unwrap();
    assert_eq!((status.present, status.readings), (Some(192), Some(192)));
    assert!(
        status.text().contains("complete   192 of 192 readings"),
        "{}",
        status.text()
    );
}

#[tokio::test]
async fn a_gap_is_closed_in_a_transaction_of_its_own_and_nothing_is_signed_before() {
    let (_folder, _data, store) = filled().await;
    let world = world();
    world.world().gap = true;
    let mut reporter = reporter(&world, &store);
    assert_eq!(reporter.step().await.unwrap(), Step::ClosedGap);
    assert!(world.world().came.is_empty());
    assert!(store
        .read(|connection| newest(connection, 1))
        .await
        .unwrap()
        .is_empty());
    assert!(matches!(reporter.step().await.unwrap(), Step::Carried(_)));
    assert_eq!(world.world().closed, 1);
}

#[tokio::test]
async fn the_same_bytes_are_sent_until_the_chain_has_them_whatever_was_read_since() {
    let (_folder, data, store) = filled().await;
    let world = world();
    world.world().mood = Mood::Cheap;
    let mut first = reporter(&world, &store);
    for _ in 0..3 {
        assert!(matches!(
            first.step().await,
            Err(ReportError::Chain(Error::FeeTooLow { .. }))
        ));
    }
    // A reading that changes the day comes late; then the process dies.
    let late = sample(JUNE + 450, 7_000);
    let job = move |connection: &rusqlite::Connection| {
        add_samples(connection, ("house 2", "gateway"), &[late], UnixSeconds(JUNE))
    };
    store.writer().write(job).await.unwrap();
    drop((first, store));
    let store = open(&data, JUNE + 90_000);
    world.world().mood = Mood::Takes;
    assert!(matches!(
        reporter(&world, &store).step().await.unwrap(),
        Step::Carried(_)
    ));
    let world = world.world();
    assert_eq!(world.came.len(), 4);
    assert!(world.came.iter().all(|report| report == &world.came[0]));
}

#[tokio::test]
async fn an_answer_that_is_lost_is_found_again_and_nothing_is_sent_twice() {
    let (_folder, data, store) = filled().await;
    let world = world();
    world.world().mood = Mood::TakesSilently;
    assert!(reporter(&world, &store).step().await.is_err());
    drop(store);
    let store = open(&data, JUNE + 90_000);
    assert_eq!(
        reporter(&world, &store).step().await.unwrap(),
        Step::Waited(Wait::TooEarly)
    );
    let row = store
        .read(|connection| newest(connection, 1))
        .await
        .unwrap()
        .remove(0);
    assert_eq!((row.fate, world.world().came.len()), (Fate::Accepted, 1));
    assert_eq!(std::fs::read_dir(data.join("archive")).unwrap().count(), 1);
}

#[tokio::test]
async fn two_refusals_are_kept_with_the_chains_words_and_another_roster_asks_for_a_greater_revision() {
    let (_folder, _data, store) = filled().await;
    let world = world();
    world.world().mood = Mood::Refuses;
    let mut reporter = reporter(&world, &store);
    for _ in 0..2 {
        assert!(matches!(
            reporter.step().await,
            Err(ReportError::Chain(Error::Refused { .. }))
        ));
    }
    assert_eq!(
        reporter.step().await.unwrap(),
        Step::Waited(Wait::Refused("no".to_owned()))
    );
    assert_eq!(world.world().came.len(), 2, "it is not sent for ever");
    world.world().roster.version = 2;
    world.world().mood = Mood::Takes;
    assert!(matches!(reporter.step().await.unwrap(), Step::Carried(_)));
    assert_eq!(report(&world, FIRST).header.revision, 1);
}

#[tokio::test]
async fn what_goes_first_and_is_refused_says_nothing_of_the_report() {
    let (_folder, _data, store) = filled().await;
    let world = world();
    world.world().mood = Mood::RefusesWhatGoesFirst;
    let mut reporter = reporter(&world, &store);
    for _ in 0..3 {
        let step = reporter.step().await;
        assert!(matches!(step, Err(ReportError::First(_))), "{step:?}");
    }
    let row = store
        .read(|connection| newest(connection, 1))
        .await
        .unwrap()
        .remove(0);
    assert_eq!((row.fate, row.refusals), (Fate::Open, 0));
    world.world().mood = Mood::Takes;
    assert!(matches!(reporter.step().await.unwrap(), Step::Carried(_)));
    assert_eq!(report(&world, FIRST).header.revision, 0);
}

#[tokio::test]
async fn a_report_that_runs_out_of_gas_twice_is_not_paid_for_a_third_time() {
    let (_folder, _data, store) = filled().await;
    let world = world();
    world.world().mood = Mood::RunsOut;
    let mut reporter = reporter(&world, &store);
    for _ in 0..2 {
        assert!(reporter.step().await.is_err());
    }
    let words = "out of gas: 100 were allowed, 101 were used when it stopped".to_owned();
    assert_eq!(reporter.step().await.unwrap(), Step::Waited(Wait::Refused(words)));
    assert_eq!(world.world().came.len(), 2);
}

#[tokio::test]
async fn a_fee_that_is_too_low_is_no_refusal_however_often_it_is_told() {
    let (_folder, _data, store) = filled().await;
    let world = world();
    world.world().mood = Mood::Cheap;
    let mut reporter = reporter(&world, &store);
    for _ in 0..5 {
        assert!(reporter.step().await.is_err());
    }
    let row = store
        .read(|connection| newest(connection, 1))
        .await
        .unwrap()
        .remove(0);
    assert_eq!((row.fate, row.refusals), (Fate::Open, 0));
}

#[tokio::test]
async fn what_another_signed_for_the_window_is_not_claimed() {
    let (_folder, _data, store) = filled().await;
    let world = world();
    world.world().mood = Mood::Cheap;
    let mut reporter = reporter(&world, &store);
    assert!(reporter.step().await.is_err());
    // Another report comes to stand there.
    let other = super::planning::signed(FIRST, 96, 9).draft;
    world.world().windows.insert(FIRST, other);
    world.world().next = FIRST + 96;
    assert_eq!(reporter.step().await.unwrap(), Step::Waited(Wait::TooEarly));
    let row = store
        .read(|connection| newest(connection, 1))
        .await
        .unwrap()
        .remove(0);
    assert_eq!(row.fate, Fate::Refused);
}

#[tokio::test]
async fn a_key_that_is_no_members_or_not_enough_signs_nothing() {
    let (_folder, _data, store) = filled().await;
    let world = world();
    world.world().members = vec![[2; 33]];
    let mut reporter = reporter(&world, &store);
    // Also long before a report is due.
    let due = core::mem::replace(&mut world.world().time, JUNE + 60);
    assert!(matches!(
        reporter.step().await,
        Err(ReportError::NotMember { .. })
    ));
    world.world().time = due;
    assert!(matches!(
        reporter.step().await,
        Err(ReportError::NotMember { .. })
    ));
    world.world().members = vec![key().public_key(), [2; 33]];
    world.world().quorum = 2;
    assert!(matches!(
        reporter.step().await,
        Err(ReportError::Quorum { quorum: 2, .. })
    ));
    assert!(store
        .read(|connection| newest(connection, 1))
        .await
        .unwrap()
        .is_empty());
}

#[tokio::test]
async fn a_node_that_is_gone_changes_nothing() {
    let (_folder, _data, store) = filled().await;
    let world = world();
    world.world().mood = Mood::Gone;
    let mut reporter = reporter(&world, &store);
    assert!(matches!(
        reporter.step().await,
        Err(ReportError::Chain(Error::Unreachable { .. }))
    ));
    world.world().mood = Mood::Takes;
    assert!(matches!(reporter.step().await.unwrap(), Step::Carried(_)));
}

#[tokio::test]
async fn the_record_comes_before_the_signature() {
    let (_folder, _data, store) = filled().await;
    let world = world();
    // Somebody recorded a draft of these intervals with a greater revision: nothing below it is ever signed.
    let other = super::planning::signed(FIRST + 50, 10, 7);
    let job = move |connection: &rusqlite::Connection| record(connection, &other, UnixSeconds(JUNE));
    store.writer().write(job).await.unwrap().unwrap();
    assert!(matches!(
        reporter(&world, &store).step().await.unwrap(),
        Step::Carried(_)
    ));
    assert_eq!(report(&world, FIRST).header.revision, 8);
}
