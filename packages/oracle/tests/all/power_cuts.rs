//! The database and its log as a power cut leaves them, at any byte.

use std::path::Path;

use gridpact_oracle::sample::{Register, Sample};
use gridpact_oracle::store::files::DATABASE;
use gridpact_oracle::store::readings::{add_samples, samples};
use gridpact_units::UnixSeconds;
use rusqlite::Connection;

use super::support::{free, sample, store, JUNE};

const ALL: (UnixSeconds, UnixSeconds) = (UnixSeconds(0), UnixSeconds(u64::MAX >> 1));

/// Commits of two samples each, both of the commit's number; a half commit would show as an odd count.
const COMMITS: u64 = 30;

/// A database and its log with so many commits in them, and the database after the log was taken over.
struct Written {
    database: Vec<u8>,
    log: Vec<u8>,
    checkpointed: Vec<u8>,
}

async fn written(folder: &Path) -> Written {
    let data = folder.join("data");
    let running = store(&data);
    for number in 1..=COMMITS {
        let pair = vec![sample(2 * number, number), sample(2 * number + 1, number)];
        let job =
            move |connection: &Connection| add_samples(connection, ("a", "p1"), &pair, UnixSeconds(JUNE));
        running.writer().write(job).await.unwrap();
    }
    let read = |name: &str| std::fs::read(data.join(name)).unwrap();
    let (database, log) = (read(DATABASE), read(&format!("{DATABASE}-wal")));
    drop(running);
    drop(free(&data));
    Written {
        database,
        log,
        checkpointed: read(DATABASE),
    }
}

/// How many whole commits a database with a log has; anything but the first of all commits fails.
fn whole_commits(folder: &Path, database: &[u8], log: &[u8]) -> u64 {
    let path = folder.join("cut.db");
    std::fs::write(&path, database).unwrap();
    std::fs::write(folder.join("cut.db-wal"), log).unwrap();
    let _ = std::fs::remove_file(folder.join("cut.db-shm"));
    let connection = Connection::open(&path).unwrap();
    // Before the first commit there may be no table at all.
    let found = samples(&connection, ("a", "p1"), Register::Import, ALL).unwrap_or_default();
    let commits = found.len() as u64 / 2;
    let whole: Vec<Sample> = (1..=commits)
        .flat_map(|number| [sample(2 * number, number), sample(2 * number + 1, number)])
        .collect();
    assert_eq!(found, whole);
    commits
}

/// The log as a power cut leaves it, at any byte: always whole commits, from the first on, and all that the log holds.
#[tokio::test]
async fn a_power_cut_in_the_log_leaves_a_whole_prefix() {
    let folder = tempfile::tempdir().unwrap();
    let Written { database, log, .. } = written(folder.path()).await;
    // A log has a head of 32 bytes, then frames of a head of 24 and a page each: around the ends of all of them, and evenly.
    let frame = 24 + 4_096;
    assert_eq!((log.len() - 32) % frame, 0);
    let ends = (0..=(log.len() - 32) / frame).map(|frames| 32 + frames * frame);
    let around = ends.flat_map(|end| [end - 1, end, (end + 1).min(log.len()), (end + 23).min(log.len())]);
    let mut cuts: Vec<usize> = around.chain((0..300).map(|cut| log.len() * cut / 299)).collect();
    cuts.sort_unstable();
    let mut most = 0;
    for at in cuts {
        let commits = whole_commits(folder.path(), &database, &log[..at]);
        assert!(commits >= most, "cut at byte {at}: a longer log holds no less");
        most = commits;
    }
    assert_eq!(most, COMMITS);
}

/// A bit of the log that the disk turned: whatever lies before it is whole, and nothing behind it is believed.
#[tokio::test]
async fn a_damaged_log_is_believed_up_to_the_damage() {
    let folder = tempfile::tempdir().unwrap();
    let Written { database, log, .. } = written(folder.path()).await;
    for flip in 0..200 {
        let mut damaged = log.clone();
        let at = 32 + (log.len() - 33) * flip / 199;
        damaged[at] ^= 1 << (flip % 8);
        whole_commits(folder.path(), &database, &damaged);
    }
}

/// The database as a power cut leaves it while the log is taken over, at any byte: the log is still there, and all of it counts.
#[tokio::test]
async fn a_power_cut_while_the_log_is_taken_over_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let Written {
        database,
        log,
        checkpointed,
    } = written(folder.path()).await;
    for cut in 0..200 {
        let at = checkpointed.len() * cut / 199;
        // Of the new bytes the first are there; behind them the old ones, or nothing.
        let behind = database.get(at..).unwrap_or_default();
        let torn = [&checkpointed[..at], behind].concat();
        assert_eq!(
            whole_commits(folder.path(), &torn, &log),
            COMMITS,
            "cut at byte {at}"
        );
    }
}
