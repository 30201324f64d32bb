//! A chain that is made up: what the registry would accept is computed here anew.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};

use cosmwasm_std::HexBinary;
use gridpact_attest::certificate::Certificate;
use gridpact_client::{Error, Key, ReportBasis};
use gridpact_oracle::clock::Clock;
use gridpact_oracle::reporting::chain::{Asked, ChainSide, NotCarried};
use gridpact_report::sign::verify;
use gridpact_report::{body_hash, digest_of, split, Domain};
use gridpact_types::registry::answers::{
    CommitteeResponse, ConfigResponse, NextReportResponse, RosterSeat, WindowReport,
};
use gridpact_types::registry::committee::{Committee, Member};
use gridpact_types::registry::rosters::RostersBegin;
use gridpact_units::{IntervalIndex, IntervalLength, Power, Seat, Seconds, Slot, UnixSeconds};

use super::support::JUNE;

const CHAIN: &str = "test-1";
const REGISTRY: &str = "wasm1registry";
pub const FIRST: u64 = JUNE / 900;

/// What the made-up chain does with the next report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    Takes,
    /// It takes it, and its answer is lost.
    TakesSilently,
    Refuses,
    /// It refuses reports of more intervals.
    RefusesAbove(u16),
    /// The fee is too low.
    Cheap,
    /// It runs out of gas, whatever was simulated.
    RunsOut,
    /// What must go first is refused.
    RefusesWhatGoesFirst,
    Gone,
}

/// The slots of a roster's seats, and where it ends.
#[derive(Clone)]
pub struct Roster {
    pub version: u32,
    pub slots: Vec<u32>,
    pub ends: Option<u64>,
}

pub struct World {
    pub next: u64,
    pub time: u64,
    pub height: u64,
    pub roster: Roster,
    /// The rosters to come, by the first interval of each.
    pub later: BTreeMap<u64, Roster>,
    pub gap: bool,
    pub closed: u32,
    /// When a gap was closed last, by this machine.
    pub closed_at: u64,
    pub mood: Mood,
    /// When the window before was accepted, if one was.
    pub accepted_before: Option<u64>,
    pub quorum: u8,
    pub members: Vec<[u8; 33]>,
    pub windows: BTreeMap<u64, Vec<u8>>,
    /// Every report that came, taken or not.
    pub came: Vec<Vec<u8>>,
}

#[derive(Clone)]
pub struct MadeUp(Arc<Mutex<World>>);

impl MadeUp {
    pub fn world(&self) -> MutexGuard<'_, World> {
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
        let seat = |(seat, slot): (u16, &u32)| RosterSeat {
            seat: Seat(seat),
            slot: Some(Slot(*slot)),
            import_limit: Power(17_250),
            export_limit: Power(17_250),
        };
        let next = NextReportResponse {
            first_interval: Some(IntervalIndex(world.next)),
            max_intervals: over as u16,
            epoch: 1,
            quorum: world.quorum,
            roster_version: world.roster.version,
            seats: world.roster.slots.len() as u16,
            resolution: 1_000,
            gap: world.gap,
            oldest_interval: IntervalIndex(0),
            expires_at: Some(UnixSeconds(world.next * 900 + 900 + 16 * 86_400)),
            roster_ends: world.roster.ends.map(IntervalIndex),
            last_closing: None,
            grace_until: None,
            previous_reported_at: world.accepted_before.map(UnixSeconds),
            previous_revision: world.accepted_before.map(|_| 0),
            height: world.height,
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
            households: 2,
        };
        Ok(Asked {
            basis: ReportBasis {
                config,
                next,
                seats: (0..).zip(&world.roster.slots).map(seat).collect(),
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

    async fn newest_reports(&self, most: u32) -> Result<Vec<WindowReport>, Error> {
        let newest: Vec<u64> = self.world().windows.keys().rev().copied().collect();
        let mut reports = Vec::new();
        for first in newest.into_iter().take(most as usize) {
            reports.extend(self.window(IntervalIndex(first)).await?);
        }
        Ok(reports)
    }

    async fn close_gap(&self) -> Result<(), Error> {
        let mut world = self.world();
        (world.gap, world.closed) = (false, world.closed + 1);
        world.closed_at = Clock::default().now().0;
        Ok(())
    }

    async fn carry(&self, certificate: &Certificate) -> Result<(), NotCarried> {
        let mut world = self.world();
        let no = |text: &str| Err(NotCarried::Report(refused(text)));
        if world.mood == Mood::RefusesWhatGoesFirst {
            return Err(NotCarried::First(refused("not yet")));
        }
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
        assert!(certificate.signatures.len() >= usize::from(world.quorum));
        world.came.push(report.clone());
        if header.first_interval.0 != world.next || header.roster_version != world.roster.version {
            return no("another report is asked for");
        }
        match world.mood {
            Mood::Refuses => return no("no"),
            Mood::RefusesAbove(most) if header.intervals > most => return no("too long"),
            Mood::RunsOut => {
                return Err(NotCarried::Report(Error::OutOfGas {
                    wanted: 100,
                    used: 101,
                    hash: None,
                }));
            }
            Mood::Cheap => {
                return Err(NotCarried::Report(Error::FeeTooLow {
                    required: "2".to_owned(),
                    got: "1".to_owned(),
                }));
            }
            _ => {}
        }
        let first = world.next;
        assert_eq!(world.windows.insert(first, report), None, "a window twice");
        let next = header.end().0;
        world.next = next;
        if let Some(roster) = world.later.remove(&next) {
            world.roster = roster;
        }
        match world.mood {
            Mood::TakesSilently => Err(NotCarried::Report(Error::TimedOut {
                what: "an answer".to_owned(),
                seconds: 1,
            })),
            _ => Ok(()),
        }
    }

    async fn purse(&self) -> Result<(u128, String), Error> {
        Ok((7, "stake".to_owned()))
    }
}

pub fn key() -> Key {
    Key::from_secret(&[7; 32], "wasm").unwrap()
}

pub fn world() -> MadeUp {
    MadeUp(Arc::new(Mutex::new(World {
        next: FIRST,
        time: JUNE + 86_400 + 7_800,
        height: 10,
        roster: Roster {
            version: 1,
            slots: vec![0, 1],
            ends: None,
        },
        later: BTreeMap::new(),
        gap: false,
        closed: 0,
        closed_at: 0,
        mood: Mood::Takes,
        accepted_before: None,
        quorum: 1,
        members: vec![key().public_key()],
        windows: BTreeMap::new(),
        came: Vec::new(),
    })))
}
