//! Three honest of four agree; one whose key somebody else has, or whose database is new, signs nothing.

use std::collections::BTreeSet;

use gridpact_committee::message::content::Content;
use gridpact_committee::message::envelope::Message;
use gridpact_oracle::clock::Clock;
use gridpact_oracle::committee::evidence;
use gridpact_oracle::committee::suspension::{is_suspended, say, Said};
use gridpact_oracle::store::{apart, look_at, signed};
use gridpact_units::{Energy, IntervalIndex, Quality, Slot, UnixSeconds};

use super::four::{read, run, until, Four, HOUR};
use crate::reporting::desk;
use crate::support::open;

#[tokio::test(flavor = "multi_thread")]
async fn four_members_agree_on_what_three_honest_ones_read() {
    // East reads three times what is there.
    let mut four = Four::new([0, 4_000, 0, 0]).await;
    four.start_all();
    let report = four.report().await;
    assert_eq!((report.header.intervals, report.header.revision), (4, 0));
    for two in report.readings.chunks(2) {
        let house = (Energy(30_000), Energy(15_000), Quality::Measured);
        assert_eq!((two[0].import, two[0].export, two[0].quality), house);
        // The second is read by West alone, which has one register of it only.
        let alone = (Energy(30_000), Energy(0), Quality::Measured);
        assert_eq!((two[1].import, two[1].export, two[1].quality), alone);
    }
    let first = IntervalIndex(four.first);
    let mut said = BTreeSet::new();
    for member in 0..4 {
        let data = four.data(member);
        let kept = data.join("evidence").join(four.first.to_string());
        until("the window's messages are kept", || kept.exists()).await;
        // Who read what stands there for good.
        let bytes = std::fs::read(&kept).unwrap();
        let mut observers = BTreeSet::new();
        for message in evidence::split(&bytes).map(|bytes| Message::decode(bytes).unwrap()) {
            if let Message::Signed {
                member,
                content: Content::Observation(_),
                ..
            } = message
            {
                observers.insert(member);
            }
        }
        assert!(observers.contains(&member), "{}", four.told());
        said.extend(observers);
        assert!(!data.join("evidence/twice").exists(), "nobody said two things");
        // Every member votes for one report a slot, and the record says which was accepted.
        let look = look_at(&data).unwrap();
        until("the report is noted", || {
            let rows = signed::beginning_at(&look, 1, first).unwrap();
            rows.iter().all(|row| row.fate != signed::Fate::Open)
        })
        .await;
        // What was read here, against what was attested: East alone is apart.
        until("what lies between is kept", || {
            !apart::since(&look, UnixSeconds(0)).unwrap().is_empty()
        })
        .await;
        let sums = apart::since(&look, UnixSeconds(0)).unwrap();
        assert_eq!(sums[&Slot(0)].is_beyond(), member == 1, "{sums:?}");
        assert_eq!(sums[&Slot(0)].attested_import, 4 * 30_000);
        until("there is a line to every peer", || {
            four.progress(member).peers.iter().filter(|peer| peer.up).count() == 3
        })
        .await;
        let progress = four.progress(member);
        assert_eq!(progress.equivocations, 0);
        // Four readings of one meter, and nobody else's.
        assert_eq!(progress.outliers, [("East".to_owned(), 4)].into());
        // The second meter rests on West alone.
        let rests = four.desks[usize::from(member)].progress().rests_on_this.clone();
        let alone = [
            "if you stop, 1 home has no reading",
            "1 home is read by you alone: nobody can compare what you say",
        ];
        let expected: &[&str] = if member == 3 { &alone } else { &[] };
        assert_eq!(rests, expected);
    }
    assert_eq!(said, (0..4).collect());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_broker_brings_just_after_a_start_is_in_the_report_although_the_slot_is_observed_by_then() {
    let mut four = Four::new([0; 4]).await;
    // West alone reads the second meter, and its database has nothing of it yet.
    let west = four.desks[3].store.clone();
    let forget = |connection: &rusqlite::Connection| {
        let sql = "DELETE FROM registers WHERE meter = (SELECT id FROM meters WHERE name = 'house 2')";
        Ok(connection.execute(sql, [])?)
    };
    assert_eq!(west.writer().write(forget).await.unwrap(), 2 * 13);
    four.start_all();
    // Meters are looked at a quarter of a minute before the slot. Two seconds later the others have said what they read, and West,
    // which lacks something, goes on looking for some seconds.
    four.first_slot_in(20);
    let clock = four.desks[3].clock.clone();
    let ready = clock.now().0 + 20 - 15 + 2;
    until("the meters are looked at", || clock.now().0 >= ready).await;
    let said = look_at(&four.data(3))
        .unwrap()
        .query_row("SELECT count(*) FROM said", [], |row| row.get(0));
    assert_eq!(said, Ok(0));
    read(&west, four.first, 1, "house 2", 0).await;
    let report = four.report().await;
    assert_eq!(report.header.revision, 0);
    for two in report.readings.chunks(2) {
        assert_eq!(
            (two[1].import, two[1].quality),
            (Energy(30_000), Quality::Measured)
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_process_with_the_key_is_met_and_nothing_is_signed_until_the_operator_resumes() {
    let mut four = Four::new([0, 0, 0, 0]).await;
    // West's twin has all that West has but the record, and reads something else.
    let twin = four.folder.path().join("twin");
    std::fs::create_dir_all(&twin).unwrap();
    for file in ["peers.key", "committee"] {
        let (from, to) = (four.data(3).join(file), twin.join(file));
        let copied = std::process::Command::new("cp")
            .arg("-r")
            .args([from, to])
            .status();
        assert!(copied.unwrap().success());
    }
    let store = open(&twin, four.first * 900 - HOUR);
    read(&store, four.first, 1, "house 1", 500).await;
    // Each looks only at slots that begin after its own start: all five have started by then on a busy machine too.
    four.first_slot_in(20);
    for member in 0..4 {
        four.start(member);
    }
    let other = desk(&store);
    four.running.push(run(&four.world, 3, other.clone(), &twin, None));
    let west = four.data(3);
    until("one of the two meets the other", || {
        is_suspended(&west) || is_suspended(&twin)
    })
    .await;
    let (data, desk) = match is_suspended(&west) {
        true => (west, four.desks[3].clone()),
        false => (twin, other),
    };
    // First on the disk, then to people.
    until("it is told", || {
        let progress = desk.progress();
        let mut told = progress.committee.iter().flat_map(|committee| &committee.told);
        told.any(|words| words.contains("somebody else has the key"))
    })
    .await;
    // The other three report without it.
    four.report().await;
    say(&data, Said::Resume).unwrap();
    until("the operator's word is taken in", || !is_suspended(&data)).await;
    // What began before stays unsigned for good.
    assert!(desk.store.clean_from().0 > (four.first + 4) * 900);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_database_signs_no_window_that_began_before_it_unless_the_key_is_new() {
    let mut four = Four::new([0; 4]).await;
    let (data, north) = (four.data(0), four.desks[0].clone());
    north.store.set_clean_from(Clock::default().now()).await.unwrap();
    four.start_all();
    let record = || {
        let progress = north.progress();
        let alerts = progress.committee.as_ref().map(|committee| &committee.alerts);
        alerts.and_then(|alerts| alerts.get("record").cloned())
    };
    until("it says why it signs nothing", || record().is_some()).await;
    assert!(record().unwrap().contains("new or restored"), "{:?}", record());
    assert_eq!(
        look_at(&data)
            .unwrap()
            .query_row("SELECT count(*) FROM said", [], |row| row.get(0)),
        Ok(0)
    );
    say(&data, Said::NewKey).unwrap();
    until("the operator's word is taken in", || {
        north.store.clean_from() == UnixSeconds(0)
    })
    .await;
    // The first report may be made without it; what it read it says for the next slot, or signs the draft that is there.
    four.report().await;
}
