//! Files put into a folder.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use gridpact_oracle::sources::folder::source::{look, FileReader};
use gridpact_oracle::store::given::energies;
use gridpact_oracle::store::Store;
use gridpact_readings::options::Options;
use gridpact_units::{Quality, UnixSeconds};

use super::support::{grid, intake, meters, store};

const SLOTS: &str = "interval_start,slot,import_kwh,export_kwh,quality\n\
    2026-06-01T00:00Z,0,0.125,0.001,measured\n2026-06-01T00:15Z,0,,,missing\n2026-06-01T00:00Z,1,0.5,0,\n";

fn reader(store: &Store) -> FileReader {
    FileReader {
        name: "portal".to_owned(),
        meters: Arc::new(meters()),
        options: Options {
            limit: None,
            ..Options::default()
        },
        intake: intake(store),
    }
}

async fn kept(store: &Store, meter: &'static str) -> Vec<(u64, u64, u64, Quality)> {
    let all = (UnixSeconds(0), UnixSeconds(u64::MAX >> 1));
    let found = store
        .read(move |connection| energies(connection, meter, all))
        .await
        .unwrap();
    let plain = found.into_iter().map(|given| {
        (
            given.start.0,
            given.reading.import.0,
            given.reading.export.0,
            given.reading.quality,
        )
    });
    plain.collect()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .map(|entries| {
            entries
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect()
        })
        .unwrap_or_default();
    names.sort();
    names
}

/// Two looks: a file is taken when it is the same at both.
async fn look_twice(folder: &Path, reader: &FileReader) {
    let mut seen = HashMap::new();
    for _ in 0..2 {
        look(folder, reader, &grid(), &mut seen).await.unwrap();
    }
}

#[tokio::test]
async fn a_file_is_read_once_and_put_away() {
    let folder = tempfile::tempdir().unwrap();
    let (store, inbox) = (store(&folder.path().join("data")), folder.path().join("in"));
    std::fs::create_dir(&inbox).unwrap();
    let reader = reader(&store);
    std::fs::write(inbox.join("day.csv"), SLOTS).unwrap();
    let mut seen = HashMap::new();
    look(&inbox, &reader, &grid(), &mut seen).await.unwrap();
    assert_eq!(names(&inbox), ["day.csv"], "it may still be written to");
    look(&inbox, &reader, &grid(), &mut seen).await.unwrap();
    assert_eq!(names(&inbox), ["done"]);
    let start = 1_780_272_000;
    assert_eq!(
        kept(&store, "house 1").await,
        [(start, 125_000, 1_000, Quality::Measured)]
    );
    assert_eq!(
        kept(&store, "house 2").await,
        [(start, 500_000, 0, Quality::Measured)]
    );
    // The same bytes under another name, and another file under the same name.
    std::fs::write(inbox.join("again.csv"), SLOTS).unwrap();
    std::fs::write(inbox.join("day.csv"), SLOTS.replace("0.125", "0.250")).unwrap();
    look_twice(&inbox, &reader).await;
    assert_eq!(names(&inbox.join("done")), ["again.csv", "day.csv", "day.csv.1"]);
    assert_eq!(kept(&store, "house 1").await[0].1, 250_000);
}

#[tokio::test]
async fn what_is_refused_lies_beside_its_reason_and_nothing_of_it_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let (store, inbox) = (store(&folder.path().join("data")), folder.path().join("in"));
    std::fs::create_dir(&inbox).unwrap();
    let cases = [
        ("slot.csv", "interval_start,slot,import_kwh,export_kwh\n2026-06-01T00:00Z,0,1,0\n2026-06-01T00:00Z,9,1,0\n", "got `slot 9`"),
        ("name.csv", "interval_start,meter,import_kwh,export_kwh\n2026-06-01T00:00Z,nobody,1,0\n2026-06-01T00:15Z,nobody,1,0\n", "got `nobody`"),
        ("row.csv", "interval_start,slot,import_kwh,export_kwh\n2026-06-01T00:00Z,0,one,0\n", "line 2"),
        ("twenty.csv", "interval_start,meter,import_kwh,export_kwh\n2026-06-01T00:00Z,house 1,1,0\n2026-06-01T00:20Z,house 1,1,0\n", "got 1200 s"),
        ("noise.csv.gz", "this is no gzip", ""),
    ];
    for (name, text, _) in cases {
        std::fs::write(inbox.join(name), text).unwrap();
    }
    std::fs::write(inbox.join("half.csv.part"), SLOTS).unwrap();
    let reader = reader(&store);
    look_twice(&inbox, &reader).await;
    assert_eq!(names(&inbox), ["half.csv.part", "refused"]);
    // The log says so too: of the last one here.
    let told = reader.intake.tally().counts().sources["portal"].trouble.clone();
    assert!(
        told.as_ref().is_some_and(|told| told.contains("got 1200 s")),
        "{told:?}"
    );
    for (name, _, words) in cases {
        let reason =
            std::fs::read_to_string(inbox.join("refused").join(format!("{name}.reason.txt"))).unwrap();
        assert!(reason.contains(words) && reason.len() > 10, "{name}: {reason}");
        assert!(inbox.join("refused").join(name).exists());
    }
    assert!(kept(&store, "house 1").await.is_empty());
}

#[tokio::test]
async fn shorter_intervals_are_summed_and_longer_ones_are_spread() {
    let folder = tempfile::tempdir().unwrap();
    let (store, inbox) = (store(&folder.path().join("data")), folder.path().join("in"));
    std::fs::create_dir(&inbox).unwrap();
    let head = "interval_start,meter,import_kwh,export_kwh\n";
    let five = "2026-06-01T00:00Z,house 1,0.010,0\n2026-06-01T00:05Z,house 1,0.020,0\n2026-06-01T00:10Z,house 1,0.030,0.001\n\
                2026-06-01T00:15Z,house 1,0.040,0\n";
    std::fs::write(inbox.join("five.csv"), format!("{head}{five}")).unwrap();
    let hours = "2026-06-01T00:00Z,house 2,1.001,0\n2026-06-01T01:00Z,house 2,1.234,0\n";
    std::fs::write(inbox.join("hours.csv"), format!("{head}{hours}")).unwrap();
    look_twice(&inbox, &reader(&store)).await;
    // The second quarter lacks two parts: not known.
    assert_eq!(
        kept(&store, "house 1").await,
        [(1_780_272_000, 60_000, 1_000, Quality::Measured)]
    );
    let spread = kept(&store, "house 2").await;
    let energies: Vec<u64> = spread.iter().map(|(_, import, ..)| *import).collect();
    assert_eq!(
        energies,
        [250_000, 250_000, 250_000, 251_000, 308_000, 309_000, 308_000, 309_000]
    );
    assert!(spread
        .iter()
        .all(|(.., quality)| *quality == Quality::SubstitutedFinal));
}
