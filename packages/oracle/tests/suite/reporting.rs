//! A whole oracle of reports against a chain that is made up: what the registry would accept is computed here anew.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard};

use cosmwasm_std::HexBinary;
use gridpact_attest::certificate::Certificate;
use gridpact_client::{Error, Key, ReportBasis};
use gridpact_oracle::clock::Clock;
use gridpact_oracle::config::{ReportRules, Span};
use gridpact_oracle::reporting::chain::{Asked, ChainSide};
use gridpact_oracle::reporting::error::ReportError;
use gridpact_oracle::reporting::plan::Wait;
use gridpact_oracle::reporting::reporter::{Desk, Progress, Reporter, Step};
use gridpact_oracle::status::status;
use gridpact_oracle::store::readings::add_samples;
use gridpact_oracle::store::signed::{newest, record, Fate};
use gridpact_oracle::store::Store;
use gridpact_report::sign::verify;
use gridpact_report::{body_hash, decode, digest_of, split, Domain, Report};
use gridpact_types::registry::answers::{
    CommitteeResponse, ConfigResponse, NextReportResponse, RosterSeat, WindowReport,
};
use gridpact_types::registry::committee::{Committee, Member};
use gridpact_types::registry::rosters::RostersBegin;
use gridpact_units::{
    Energy, IntervalIndex, IntervalLength, Power, Quality, Seat, Seconds, Slot, UnixSeconds,
};
use tokio::sync::watch;

use super::support::{meters, open, sample, JUNE};
use gridpact_oracle::sample::{Register, Sample};

const CHAIN: &str = "test-1";
const REGISTRY: &str = "wasm1registry";
const FIRST: u64 = JUNE / 900;

/// What the made-up chain does with the next report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mood {
    Takes,
    /// It takes it, and its answer is lost.
    TakesSilently,
    Refuses,
    /// The fee is too low.
    Cheap,
    Gone,
}

struct World {
    next: u64,
    time: u64,
    height: u64,
    roster: u32,
    gap: bool,
    closed: u32,
    mood: Mood,
    quorum: u8,
    members: Vec<[u8; 33]>,
    windows: BTreeMap<u64, Vec<u8>>,
    /// Every report that came, taken or not.
    came: Vec<Vec<u8>>,
}

#[derive(Clone)]
struct MadeUp(Arc<Mutex<World>>);

impl MadeUp {
    fn world(&self) -> MutexGuard<'_, World> {
        self.0.lock().unwrap()
    }
}

fn refused(text: &str) -> Error {
    Error::Refused {
        text: text.to_owned(),
        hash: None,
    }
}

impl ChainSide for MadeUp {
    fn chain_id(&self) -> &str {
        CHAIN
    }

    fn registry(&self) -> &str {
        REGISTRY
    }

    async fn ask(&self) -> Result<Asked, Error> {
        let mut world = self.world();
        if world.mood == Mood::Gone {
            return Err(Error::Unreachable {
                endpoint: "here".to_owned(),
                cause: "gone".to_owned(),
            });
        }
        world.height += 1;
        let over = (world.time / 900).saturating_sub(world.next).min(192);
        let seat = |slot: u16| RosterSeat {
            seat: Seat(slot),
            slot: Some(Slot(slot.into())),
            import_limit: Power(17_250),
            export_limit: Power(17_250),
        };
        let next = NextReportResponse {
            first_interval: Some(IntervalIndex(world.next)),
            max_intervals: over as u16,
            epoch: 1,
            quorum: world.quorum,
            roster_version: world.roster,
            seats: 2,
            resolution: 1_000,
            gap: world.gap,
            oldest_interval: IntervalIndex(0),
            expires_at: Some(UnixSeconds(world.next * 900 + 900 + 16 * 86_400)),
        };
        let config = ConfigResponse {
            settlement: "wasm1settlement".to_owned(),
            interval_length: IntervalLength::QUARTER_HOUR,
            resolution: 1_000,
            challenge_period: Seconds(3_600),
            report_limit: Seconds::days(16),
            rosters_begin: RostersBegin {
                every: Seconds::DAY,
                offset: Seconds(0),
            },
            newest_roster: 1,
            slots: 2,
        };
        Ok(Asked {
            basis: ReportBasis {
                config,
                next,
                seats: vec![seat(0), seat(1)],
            },
            height: world.height,
            time: UnixSeconds(world.time),
        })
    }

    async fn committee(&self, epoch: u32) -> Result<CommitteeResponse, Error> {
        let world = self.world();
        let member = |key: &[u8; 33]| Member {
            address: "wasm1".to_owned(),
            public_key: HexBinary::from(key),
        };
        let members = world.members.iter().map(member).collect();
        Ok(CommitteeResponse {
            epoch,
            committee: Committee {
                members,
                quorum: world.quorum,
            },
        })
    }

    async fn window(&self, first: IntervalIndex) -> Result<Option<WindowReport>, Error> {
        let world = self.world();
        let Some(report) = world.windows.get(&first.0) else {
            return Ok(None);
        };
        let (header, body) = split(report).unwrap();
        let domain = Domain {
            chain_id: CHAIN,
            registry: REGISTRY,
        };
        Ok(Some(WindowReport {
            mode: 0,
            scheme: 0,
            epoch: header.epoch,
            roster_version: header.roster_version,
            seats: header.seats,
            revision: header.revision,
            body_hash: HexBinary::from(body_hash(body)),
            digest: HexBinary::from(digest_of(&domain, report).unwrap()),
            signers: 1,
            height: 1,
            reported_at: UnixSeconds(world.time),
            final_at: UnixSeconds(world.time),
        }))
    }

    async fn close_gap(&self) -> Result<(), Error> {
        let mut world = self.world();
        (world.gap, world.closed) = (false, world.closed + 1);
        Ok(())
    }

    async fn carry(&self, certificate: &Certificate) -> Result<(), Error> {
        let mut world = self.world();
        let report = certificate.draft.report.to_vec();
        let header = split(&report).unwrap().0;
        // The quorum, as the registry counts it.
        let digest = certificate.draft.digest().unwrap();
        for signature in &certificate.signatures {
            let key = world.members[usize::from(signature.member)];
            assert!(verify(
                &digest,
                signature.signature.as_slice().try_into().unwrap(),
                &key
            ));
        }
        assert_eq!(certificate.signatures.len(), usize::from(world.quorum));
        world.came.push(report.clone());
        if header.first_interval.0 != world.next || header.roster_version != world.roster {
            return Err(refused("another report is asked for"));
        }
        match world.mood {
            Mood::Refuses => return Err(refused("no")),
            Mood::Cheap => {
                return Err(Error::FeeTooLow {
                    required: "2".to_owned(),
                    got: "1".to_owned(),
                });
            }
            _ => {}
        }
        let first = world.next;
        assert_eq!(world.windows.insert(first, report), None, "a window twice");
        world.next = header.end().0;
        match world.mood {
            Mood::TakesSilently => Err(Error::TimedOut {
                what: "an answer".to_owned(),
                seconds: 1,
            }),
            _ => Ok(()),
        }
    }

    async fn purse(&self) -> Result<(u128, String), Error> {
        Ok((7, "stake".to_owned()))
    }
}

fn key() -> Key {
    Key::from_secret(&[7; 32], "wasm").unwrap()
}

fn world() -> MadeUp {
    MadeUp(Arc::new(Mutex::new(World {
        next: FIRST,
        time: JUNE + 86_400 + 7_800,
        height: 10,
        roster: 1,
        gap: false,
        closed: 0,
        mood: Mood::Takes,
        quorum: 1,
        members: vec![key().public_key()],
        windows: BTreeMap::new(),
        came: Vec::new(),
    })))
}

fn desk(store: &Store) -> Desk {
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

fn reporter(world: &MadeUp, store: &Store) -> Reporter<MadeUp> {
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

fn report(world: &MadeUp, first: u64) -> Report {
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
        std::fs::read(data.join("archive").join(format!("{name}.report"))).unwrap(),
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
    world.world().roster = 2;
    world.world().mood = Mood::Takes;
    assert!(matches!(reporter.step().await.unwrap(), Step::Carried(_)));
    assert_eq!(report(&world, FIRST).header.revision, 1);
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
async fn a_database_that_began_later_waits_and_never_repeats_a_revision() {
    let folder = tempfile::tempdir().unwrap();
    // This machine's clock is years behind the window's days: what another database signed is unknown.
    let store = open(folder.path(), u64::MAX >> 2);
    let world = world();
    let step = reporter(&world, &store).step().await.unwrap();
    assert!(matches!(step, Step::Waited(Wait::Unknown(_))), "{step:?}");
    assert!(world.world().came.is_empty());
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
