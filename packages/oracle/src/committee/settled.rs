//! What the chain accepted: into the archive, noted in the record, and held against what was read here.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use gridpact_client::ReportBasis;
use gridpact_report::{decode, split};
use gridpact_types::registry::answers::RosterSeat;
use gridpact_units::{IntervalIndex, Slot, UnixSeconds};
use rusqlite::Connection;

use super::lacking::Lacking;
use crate::derive::Stretch;
use crate::reporting::archive;
use crate::reporting::chain::{Asked, ChainSide};
use crate::reporting::desk::Desk;
use crate::reporting::error::ReportError;
use crate::reporting::fates::note_accepted;
use crate::reporting::observe::{counting, limits_of, observe};
use crate::store::apart::{self, Sums};

/// Certificates that may have been accepted; a window has four at most, and one is behind.
const CERTIFIED: usize = 8;

/// Windows that are looked through for reports that are not here: a page of the registry's, three months of days.
const LISTED: u32 = 100;

/// Reports that a quorum signed, by digest, whether this member did or not; also those that a peer brought. Cloning is cheap.
#[derive(Clone, Debug, Default)]
pub(super) struct Certified(Arc<Mutex<BTreeMap<[u8; 32], Vec<u8>>>>);

impl Certified {
    fn reports(&self) -> MutexGuard<'_, BTreeMap<[u8; 32], Vec<u8>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Tells whether there was room.
    pub(super) fn keep(&self, digest: [u8; 32], report: Vec<u8>) -> bool {
        let mut reports = self.reports();
        let room = reports.len() < CERTIFIED;
        if room {
            reports.insert(digest, report);
        }
        room
    }
}

/// What is remembered between looks.
pub(super) struct Settled {
    certified: Certified,
    lacking: Lacking,
    /// For which next report the chain was asked for the newest windows.
    listed: Option<IntervalIndex>,
    /// Seats by roster version: of the roster before and this one.
    rosters: BTreeMap<u32, Vec<RosterSeat>>,
}

impl Settled {
    pub(super) fn new(certified: Certified, lacking: Lacking) -> Self {
        Self {
            certified,
            lacking,
            listed: None,
            rosters: BTreeMap::new(),
        }
    }

    /// Looks for what was accepted since.
    pub(super) async fn look(
        &mut self,
        chain: &impl ChainSide,
        desk: &Desk,
        asked: &Asked,
    ) -> Result<(), ReportError> {
        let basis = &asked.basis;
        let Some(next) = basis.next.first_interval else {
            return Ok(());
        };
        self.rosters
            .insert(basis.next.roster_version, basis.seats.clone());
        while self.rosters.len() > 2 {
            self.rosters.pop_first();
        }
        for signed in note_accepted(chain, desk, next).await? {
            self.compare(desk, basis, &signed.draft).await?;
        }
        let certified: Vec<([u8; 32], Vec<u8>)> = {
            let reports = self.certified.reports();
            reports
                .iter()
                .map(|(digest, report)| (*digest, report.clone()))
                .collect()
        };
        for (digest, report) in certified {
            let Ok((header, _)) = split(&report) else { continue };
            if header.first_interval >= next {
                continue;
            }
            let window = chain.window(header.first_interval).await?;
            if window.is_some_and(|window| window.digest.as_slice() == digest) {
                archive::keep(desk.store.folder(), &report)?;
                self.compare(desk, basis, &report).await?;
            }
            self.certified.reports().remove(&digest);
        }
        self.list(chain, desk, next).await
    }

    /// Looks, once for each report that is asked for next, which of the accepted ones are not here.
    async fn list(
        &mut self,
        chain: &impl ChainSide,
        desk: &Desk,
        next: IntervalIndex,
    ) -> Result<(), ReportError> {
        if self.listed == Some(next) {
            return Ok(());
        }
        let reports = chain.newest_reports(LISTED).await?;
        let lacking = reports.iter().filter_map(|report| {
            let body_hash = report.body_hash.as_slice().try_into().ok()?;
            let digest = report.digest.as_slice().try_into().ok()?;
            (!archive::has(desk.store.folder(), &body_hash)).then_some((body_hash, digest))
        });
        self.lacking.set(lacking.collect());
        self.listed = Some(next);
        Ok(())
    }

    /// Keeps what lies between a report and what was read here.
    async fn compare(&self, desk: &Desk, basis: &ReportBasis, report: &[u8]) -> Result<(), ReportError> {
        let Ok(report) = decode(report) else { return Ok(()) };
        let Some(seats) = self.rosters.get(&report.header.roster_version) else {
            return Ok(());
        };
        let header = report.header;
        let counting = counting(basis)?;
        let stretch = Stretch {
            counting,
            first: header.first_interval,
            intervals: header.intervals.into(),
        };
        let (meters, limits) = (Arc::clone(&desk.meters), limits_of(seats));
        let read = move |connection: &Connection| observe(connection, &meters, &limits, stretch);
        let own = desk.store.read(read).await?;
        let at: BTreeMap<Slot, usize> = (seats.iter().enumerate())
            .filter_map(|(at, seat)| Some((seat.slot?, at)))
            .collect();
        let mut sums: BTreeMap<Slot, Sums> = BTreeMap::new();
        for (slot, interval, own) in own {
            let place = interval.since(header.first_interval).zip(at.get(&slot));
            let place = place.and_then(|(interval, at)| {
                let interval = usize::try_from(interval).ok()?;
                interval.checked_mul(seats.len())?.checked_add(*at)
            });
            let attested = place.and_then(|place| report.readings.get(place));
            let Some(attested) = attested.filter(|attested| !attested.is_missing() && !own.is_missing())
            else {
                continue;
            };
            let sums = sums.entry(slot).or_default();
            for (sum, energy) in [
                (&mut sums.own_import, own.import),
                (&mut sums.own_export, own.export),
                (&mut sums.attested_import, attested.import),
                (&mut sums.attested_export, attested.export),
            ] {
                *sum = sum.saturating_add(energy.0);
            }
        }
        let ended = UnixSeconds(counting.length.start_of(header.end()));
        let keep =
            move |connection: &Connection| apart::keep(connection, (header.first_interval, ended), &sums);
        Ok(desk.store.writer().write(keep).await?)
    }
}
