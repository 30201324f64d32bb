//! The way in, over real sockets.

use std::time::Duration;

use gridpact_oracle::config::Config;
use gridpact_oracle::sample::Register;
use gridpact_oracle::sources::p1;
use gridpact_oracle::sources::p1::crc::crc16;
use gridpact_oracle::store::readings::samples;
use gridpact_oracle::store::Store;
use gridpact_oracle::tally::{Outcome, Tally};
use gridpact_units::UnixSeconds;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;
use tokio::time::timeout;

use super::support::{arrival, config, intake, sample, store, JUNE};

const LIMIT: Duration = Duration::from_secs(30);

async fn kept(store: &Store) -> Vec<(u64, u64)> {
    let all = (UnixSeconds(0), UnixSeconds(u64::MAX >> 1));
    let look = move |connection: &_| samples(connection, ("house 1", "port"), Register::Import, all);
    let found = store.read(look).await.unwrap();
    found
        .into_iter()
        .map(|sample| (sample.at.0, sample.value))
        .collect()
}

/// Looks until there is so much, at most half a minute.
async fn until(store: &Store, count: usize) -> Vec<(u64, u64)> {
    let look = async {
        loop {
            let kept = kept(store).await;
            if kept.len() >= count {
                return kept;
            }
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(LIMIT, look).await.expect("readings within 30 s")
}

fn telegram(stamp: &str, kwh: &str) -> Vec<u8> {
    let mut bytes = format!("/T5X\r\n\r\n0-0:1.0.0({stamp})\r\n1-0:1.8.0({kwh}*kWh)\r\n!").into_bytes();
    let sum = crc16(&bytes);
    bytes.extend(format!("{sum:04X}\r\n").bytes());
    bytes
}

#[tokio::test]
async fn times_before_smart_meters_and_ahead_of_the_clock_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let intake = intake(&store(folder.path()));
    let now = intake.now().0;
    let all = vec![
        sample(946_684_800, 1),
        sample(now + 86_400, 2),
        sample(now + 30, 3),
        sample(now, 4),
    ];
    let stored = intake.take("port", vec![arrival("house 1", all)]).await.unwrap();
    assert_eq!(stored.new, 2, "a clock may be some seconds ahead");
    let counts = intake.tally().counts();
    assert_eq!(counts.readings[&("port".to_owned(), Outcome::BadTime)], 2);
    assert_eq!(counts.readings[&("port".to_owned(), Outcome::Kept)], 2);
    let skew = counts.skews[&("port".to_owned(), "house 1".to_owned())];
    assert_eq!(
        skew.at(UnixSeconds(now)),
        Some(86_400),
        "also where it is refused"
    );
}

#[tokio::test]
async fn a_port_that_closes_is_connected_again_and_no_telegram_counts_twice() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let config: Config = config(&format!(
        "[[p1]]\nname = \"port\"\naddress = \"{address}\"\nmeter = \"house 1\"\n"
    ));
    let folder = tempfile::tempdir().unwrap();
    let store = store(folder.path());
    let reader = tokio::spawn(p1::source::run(config.p1[0].clone(), intake(&store)));
    let stamp = |minute: u32| format!("2511300800{minute:02}W");
    let first = 1_764_486_000;
    let (mut line, _) = timeout(LIMIT, listener.accept()).await.unwrap().unwrap();
    // Half a telegram, a whole one, a damaged one, and the next second's, which is not kept.
    line.write_all(&telegram(&stamp(0), "1.000")[20..]).await.unwrap();
    line.write_all(&telegram(&stamp(10), "1.000")).await.unwrap();
    let mut damaged = telegram(&stamp(20), "9.000");
    damaged[30] ^= 1;
    line.write_all(&damaged).await.unwrap();
    line.write_all(&telegram(&stamp(11), "1.001")).await.unwrap();
    line.write_all(&telegram(&stamp(30), "1.002")).await.unwrap();
    until(&store, 2).await;
    drop(line);
    let (mut line, _) = timeout(LIMIT, listener.accept()).await.unwrap().unwrap();
    line.write_all(&telegram(&stamp(30), "1.002")).await.unwrap();
    line.write_all(&telegram(&stamp(40), "1.003")).await.unwrap();
    let kept = until(&store, 3).await;
    let base = kept[0].0 - 10;
    assert_eq!(
        kept,
        [
            (base + 10, 1_000_000),
            (base + 30, 1_002_000),
            (base + 40, 1_003_000)
        ]
    );
    assert_eq!(base, first, "08:00 in winter is 07:00 UTC");
    assert_eq!(base % 3_600, 0);
    reader.abort();
}

#[test]
fn the_freshest_reading_of_the_last_hour_tells_a_clock_and_nothing_older_does() {
    let tally = Tally::default();
    let at = |now: u64| {
        let skews = tally.counts().skews;
        skews
            .get(&("broker".to_owned(), "house 1".to_owned()))
            .and_then(|skew| skew.at(UnixSeconds(now)))
    };
    assert_eq!(at(JUNE), None);
    // What was kept for an hour comes at once; the last of it is fresh.
    for late in [3_600, 1_800, 2] {
        tally.heard("broker", "house 1", UnixSeconds(JUNE - late), UnixSeconds(JUNE));
    }
    assert_eq!(at(JUNE), Some(-2));
    // From then on its clock stands still.
    for passed in (600..=7_200).step_by(600) {
        tally.heard("broker", "house 1", UnixSeconds(JUNE), UnixSeconds(JUNE + passed));
    }
    assert_eq!(at(JUNE + 7_200), Some(-5_400), "the freshest since an hour ago");
    // Nothing came for an hour: nothing is said of a clock. This machine's was put back: the same.
    assert_eq!(at(JUNE + 7_200 + 3_600), None);
    assert_eq!(at(JUNE - 3_600), None);
    // Forty minutes ahead, as a clock that shows local time.
    tally.heard(
        "broker",
        "house 1",
        UnixSeconds(u64::MAX),
        UnixSeconds(JUNE + 9_000),
    );
    assert_eq!(at(JUNE + 9_000), Some(i64::MAX));
}
