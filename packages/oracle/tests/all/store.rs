//! What is kept: durable, private, one process's, and never signing twice.

use std::os::unix::fs::PermissionsExt;

use gridpact_oracle::store::error::StoreError;
use gridpact_oracle::store::files::DATABASE;
use gridpact_oracle::store::given::{add_energies, energies, GivenEnergy};
use gridpact_oracle::store::readings::{add_samples, samples};
use gridpact_oracle::store::signed::{add_refusal, newest, overlapping, record, Fate, SignedDraft};
use gridpact_oracle::store::{backup, look_at, schema, Store};
use gridpact_units::{Energy, IntervalIndex, Quality, Reading, UnixSeconds};
use proptest::prelude::*;
use rusqlite::Connection;

use super::support::{free, open, sample, store, JUNE};
use gridpact_oracle::sample::{Register, Sample};

const NOW: UnixSeconds = UnixSeconds(JUNE);
const ALL: (UnixSeconds, UnixSeconds) = (UnixSeconds(0), UnixSeconds(u64::MAX >> 1));

async fn add(store: &Store, meter: &'static str, all: Vec<Sample>) -> (u64, u64, u64) {
    let job = move |connection: &Connection| add_samples(connection, (meter, "p1"), &all, NOW);
    let stored = store.writer().write(job).await.unwrap();
    (stored.new, stored.known, stored.other)
}

fn draft(first: u64, intervals: u16, revision: u16, digest: u8) -> SignedDraft {
    SignedDraft {
        epoch: 1,
        first: IntervalIndex(first),
        intervals,
        revision,
        digest: [digest; 32],
        draft: vec![digest],
    }
}

#[tokio::test]
async fn what_comes_again_is_counted_and_not_kept_twice() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    assert_eq!(
        add(&store, "a", vec![sample(10, 1), sample(20, 2)]).await,
        (2, 0, 0)
    );
    assert_eq!(
        add(&store, "a", vec![sample(20, 2), sample(20, 3), sample(30, 4)]).await,
        (1, 1, 1)
    );
    let found = store
        .read(|connection| samples(connection, ("a", "p1"), Register::Import, ALL))
        .await
        .unwrap();
    assert_eq!(found, [sample(10, 1), sample(20, 2), sample(30, 4)]);
}

#[tokio::test]
async fn files_replace_their_own_values_and_the_best_counts() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    let given = |import: u64, quality: Quality| GivenEnergy {
        start: NOW,
        reading: Reading {
            import: Energy(import),
            export: Energy(0),
            quality,
        },
    };
    let steps = [
        ("utility", given(5, Quality::SubstitutedFinal), 5),
        ("utility", given(6, Quality::SubstitutedFinal), 6),
        ("own", given(7, Quality::Measured), 7),
        ("utility", given(8, Quality::Missing), 7),
    ];
    for (received, (source, energy, expected)) in (0..).zip(steps) {
        let at = UnixSeconds(JUNE + received);
        let job = move |connection: &Connection| add_energies(connection, ("a", source), &[energy], at);
        store.writer().write(job).await.unwrap();
        let found = store
            .read(|connection| energies(connection, "a", ALL))
            .await
            .unwrap();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].reading.import, Energy(expected), "after step {received}");
    }
}

#[tokio::test]
async fn one_process_at_a_time_and_for_its_owner_alone() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("data");
    let first = store(&inside);
    add(&first, "a", vec![sample(10, 1)]).await;
    let second = Store::open(&inside, NOW);
    assert!(matches!(second, Err(StoreError::Locked { .. })), "{second:?}");
    for file in std::fs::read_dir(&inside).unwrap() {
        let file = file.unwrap();
        let mode = file.metadata().unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600, "{:?}", file.file_name());
    }
    assert_eq!(
        std::fs::metadata(&inside).unwrap().permissions().mode() & 0o777,
        0o700
    );
    drop(first);
    // A look never needs the lock.
    assert!(look_at(&inside).is_ok());
    store(&inside);
}

#[tokio::test]
async fn a_job_that_fails_undoes_itself_alone() {
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    let bad = store.writer().write(|connection| {
        add_samples(connection, ("bad", "p1"), &[sample(1, 1)], NOW)?;
        Err::<(), _>(StoreError::Value("no".to_owned()))
    });
    let good = store
        .writer()
        .write(|connection| add_samples(connection, ("good", "p1"), &[sample(1, 1)], NOW));
    let (bad, good) = tokio::join!(bad, good);
    assert!(bad.is_err() && good.is_ok());
    let count = |meter: &'static str| {
        store.read(move |connection| samples(connection, (meter, "p1"), Register::Import, ALL))
    };
    assert_eq!(
        (
            count("bad").await.unwrap().len(),
            count("good").await.unwrap().len()
        ),
        (0, 1)
    );
}

#[test]
fn every_older_format_becomes_the_newest_and_a_newer_one_is_refused() {
    for from in 0..=schema::NEWEST {
        let mut connection = Connection::open_in_memory().unwrap();
        schema::migrate_to(&mut connection, from).unwrap();
        if from > 0 {
            add_samples(&connection, ("a", "p1"), &[sample(10, 1)], NOW).unwrap();
            record(&connection, &draft(1, 1, 0, 7), NOW).unwrap().unwrap();
        }
        schema::migrate(&mut connection).unwrap();
        assert_eq!(schema::format(&connection).unwrap(), schema::NEWEST);
        add_samples(&connection, ("a", "p1"), &[sample(20, 2)], NOW).unwrap();
        let kept = samples(&connection, ("a", "p1"), Register::Import, ALL)
            .unwrap()
            .len();
        assert_eq!(kept, if from > 0 { 2 } else { 1 });
        assert_eq!(newest(&connection, 9).unwrap().len(), usize::from(from > 0));
    }
    let mut connection = Connection::open_in_memory().unwrap();
    connection
        .pragma_update(None, "user_version", schema::NEWEST + 1)
        .unwrap();
    assert!(matches!(
        schema::migrate(&mut connection),
        Err(StoreError::Format { .. })
    ));
}

#[tokio::test]
async fn a_lost_or_restored_database_knows_that_it_does_not_know() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let opened = |at: u64| {
        let known = open(&data, at).clean_from().0;
        // It has let go: what is copied now is whole.
        drop(free(&data));
        known
    };
    assert_eq!(opened(1_000), 1_000, "a new one");
    assert_eq!(opened(2_000), 1_000, "the same again");
    let copy = folder.path().join("copy.db");
    std::fs::copy(data.join(DATABASE), &copy).unwrap();
    assert_eq!(opened(3_000), 1_000, "and again");
    // An older copy is put back: what came after it is unknown.
    std::fs::copy(&copy, data.join(DATABASE)).unwrap();
    assert_eq!(opened(4_000), 4_000, "a copy from before");
    assert_eq!(opened(5_000), 4_000, "which stays known from then on");
    // A backup counts as a copy from before, even where nothing was opened since.
    let saved = folder.path().join("backup.db");
    backup(&data, &saved).unwrap();
    std::fs::copy(&saved, data.join(DATABASE)).unwrap();
    assert_eq!(opened(6_000), 6_000, "a backup");
    std::fs::remove_file(data.join("oracle.generation")).unwrap();
    assert_eq!(opened(7_000), 7_000, "without the number beside it");
    std::fs::remove_file(data.join(DATABASE)).unwrap();
    assert_eq!(opened(8_000), 8_000, "a lost one");
}

#[test]
fn a_kill_between_the_two_numbers_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    drop(store(folder.path()));
    drop(free(folder.path()));
    let number = folder.path().join("oracle.generation");
    // As if the process had died after the database's commit, before the file's.
    let before = std::fs::read_to_string(&number)
        .unwrap()
        .trim()
        .parse::<u64>()
        .unwrap()
        - 1;
    std::fs::write(&number, before.to_string()).unwrap();
    assert_eq!(
        Store::open(folder.path(), UnixSeconds(JUNE + 50))
            .unwrap()
            .clean_from()
            .0,
        JUNE
    );
}

#[tokio::test]
async fn a_backup_is_whole_private_and_replaces_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let running = store(&data);
    add(&running, "a", vec![sample(10, 1)]).await;
    let to = folder.path().join("backup.db");
    backup(&data, &to).unwrap();
    assert!(backup(&data, &to).is_err(), "the file is there");
    assert_eq!(
        std::fs::metadata(&to).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let copy = Connection::open(&to).unwrap();
    assert_eq!(
        samples(&copy, ("a", "p1"), Register::Import, ALL).unwrap(),
        [sample(10, 1)]
    );
}

#[test]
fn the_record_refuses_what_would_be_an_offence() {
    let mut connection = Connection::open_in_memory().unwrap();
    schema::migrate(&mut connection).unwrap();
    let sign = |draft: &SignedDraft| record(&connection, draft, NOW).unwrap().is_ok();
    assert!(sign(&draft(10, 4, 1, 1)));
    assert!(sign(&draft(10, 4, 1, 1)), "the very same again");
    assert!(!sign(&draft(10, 4, 1, 2)), "another digest of the same revision");
    assert!(!sign(&draft(13, 4, 1, 3)), "over one shared interval");
    assert!(!sign(&draft(10, 4, 0, 4)), "a lower revision");
    assert!(sign(&draft(14, 4, 0, 5)), "no shared interval");
    assert!(sign(&draft(10, 8, 2, 6)), "a greater one");
    let mut other_epoch = draft(10, 4, 0, 7);
    other_epoch.epoch = 2;
    assert!(sign(&other_epoch), "another epoch");
    let rows = overlapping(&connection, 1, IntervalIndex(10), 1).unwrap();
    let revisions: Vec<u16> = rows.iter().map(|row| row.signed.revision).collect();
    assert_eq!(revisions, [2, 1], "the greatest first");
}

#[test]
fn two_refusals_are_for_good_and_keep_the_chains_words() {
    let mut connection = Connection::open_in_memory().unwrap();
    schema::migrate(&mut connection).unwrap();
    record(&connection, &draft(10, 4, 0, 1), NOW).unwrap().unwrap();
    assert_eq!(
        add_refusal(&connection, &[1; 32], "expected roster 2").unwrap(),
        1
    );
    assert_eq!(newest(&connection, 1).unwrap()[0].fate, Fate::Open);
    assert_eq!(
        add_refusal(&connection, &[1; 32], "expected roster 3").unwrap(),
        2
    );
    let row = newest(&connection, 1).unwrap().remove(0);
    assert_eq!(
        (row.fate, row.words.as_deref()),
        (Fate::Refused, Some("expected roster 3"))
    );
}

proptest! {
    /// Whatever is asked for in whatever order, no two signed drafts of an epoch that share an interval have one revision and
    /// two digests: the registry's offence.
    #[test]
    fn no_offence_comes_out_of_the_record(
        asked in proptest::collection::vec((0_u64..6, 1_u16..5, 0_u16..4, 0_u8..4, 1_u32..3), 1..60)
    ) {
        let mut connection = Connection::open_in_memory().unwrap();
        schema::migrate(&mut connection).unwrap();
        let mut signed: Vec<SignedDraft> = Vec::new();
        for (first, intervals, revision, digest, epoch) in asked {
            let mut draft = draft(first, intervals, revision, digest);
            // A digest names one draft.
            draft.digest[..4].copy_from_slice(&[first as u8, intervals as u8, revision as u8, digest]);
            draft.epoch = epoch;
            if record(&connection, &draft, NOW).unwrap().is_ok() {
                signed.push(draft);
            }
        }
        for one in &signed {
            for other in &signed {
                let share = one.first.0 < other.first.0 + u64::from(other.intervals)
                    && other.first.0 < one.first.0 + u64::from(one.intervals);
                let offence = one.epoch == other.epoch && share && one.revision == other.revision && one.digest != other.digest;
                prop_assert!(!offence, "{one:?} {other:?}");
            }
        }
    }
}
