//! The registry, written from its README, interval by interval, and nothing of its code.

use gridpact_committee::message::content::Certificate;
use gridpact_committee::signing::Signing;
use gridpact_report::{decode, digest_of};

use super::setting::{Setting, START};
use crate::support::{grid, Cheap};

/// Length of an interval, s.
pub const LENGTH: u64 = 900;

/// What became of a window.
#[derive(Clone, Debug)]
pub struct Window {
    pub first: u64,
    pub intervals: u64,
    /// Digest and revision; none: a gap.
    pub report: Option<([u8; 32], u16)>,
    pub at: u64,
}

#[derive(Clone, Debug)]
pub struct Registry {
    pub height: u64,
    /// The block's time, s.
    pub now: u64,
    pub limit: u64,
    members: u8,
    quorum: u8,
    pub next: u64,
    pub closing: Option<u64>,
    pub windows: Vec<Window>,
    /// Where each roster begins, and its seats.
    pub rosters: Vec<(u64, usize)>,
    room: Option<u16>,
}

impl Registry {
    pub fn new(setting: &Setting) -> Self {
        Self {
            height: 1,
            now: START * LENGTH,
            limit: setting.limit,
            members: setting.members,
            quorum: setting.quorum,
            next: START,
            closing: None,
            windows: vec![],
            rosters: vec![(START, setting.readers.len())],
            room: setting.room,
        }
    }

    /// "The longer of 4 intervals and a quarter of the limit (of that at most 7 days)."
    fn grace(&self) -> u64 {
        (4 * LENGTH).max((self.limit / 4).min(7 * 86_400))
    }

    /// "Interval i of length L can be reported while (i + 1) L <= now <= (i + 1) L + limit", and in the grace "the age of
    /// intervals stands still".
    fn too_old(&self, interval: u64) -> bool {
        let standing = self.closing.filter(|closing| self.now <= closing + self.grace());
        (interval + 1) * LENGTH + self.limit < standing.unwrap_or(self.now)
    }

    pub fn gap(&self) -> bool {
        self.too_old(self.next)
    }

    /// "Intervals that grew too old are closed by anybody, all in one window, over any number of rosters."
    pub fn close_gap(&mut self) -> bool {
        let first = self.next;
        while self.too_old(self.next) {
            self.next += 1;
        }
        if self.next == first {
            return false;
        }
        let intervals = self.next - first;
        self.windows.push(Window {
            first,
            intervals,
            report: None,
            at: self.now,
        });
        self.closing = Some(self.now);
        true
    }

    /// The roster in force in an interval, from 1.
    pub fn roster(&self, interval: u64) -> usize {
        self.rosters.iter().filter(|(from, _)| *from <= interval).count()
    }

    pub fn roster_ends(&self) -> Option<u64> {
        let version = self.roster(self.next);
        self.rosters.get(version).map(|(from, _)| *from)
    }

    /// When the window before was accepted, and its revision.
    pub fn accepted_before(&self) -> Option<(u64, u16)> {
        let last = self.windows.last()?;
        last.report.map(|(_, revision)| (last.at, revision))
    }

    /// "In this order; the first check that fails says what was expected and what came."
    pub fn report(&mut self, certificate: &Certificate) -> Result<(), String> {
        let grid = grid(self.limit);
        let digest = digest_of(&grid.domain(), &certificate.report).map_err(|error| error.to_string())?;
        let report = decode(&certificate.report).map_err(|error| error.to_string())?;
        let header = &report.header;
        let (first, end) = (header.first_interval.0, header.end().0);
        if first < self.next {
            let known = self
                .windows
                .iter()
                .any(|window| window.report.is_some_and(|(known, _)| known == digest));
            return if known { Ok(()) } else { Err("other report".into()) };
        }
        let version = self.roster(self.next);
        let checks = [
            (first == self.next, "start"),
            (header.epoch == 1, "epoch"),
            (header.roster_version as usize == version, "roster"),
            (header.revision <= 255, "revision"),
            (self.roster_ends().is_none_or(|ends| end <= ends), "spans rosters"),
            (end * LENGTH <= self.now, "not ended"),
            (!self.too_old(first), "too old"),
            (header.resolution == grid.resolution, "resolution"),
            (usize::from(header.seats) == self.rosters[version - 1].1, "seats"),
        ];
        if let Some((_, check)) = checks.iter().find(|(holds, _)| !holds) {
            return Err((*check).into());
        }
        let mut signers: Vec<u8> = certificate
            .signatures
            .iter()
            .map(|signature| signature.member)
            .collect();
        signers.dedup();
        let valid = certificate.signatures.iter().all(|signature| {
            signature.member < self.members
                && Cheap::verify(
                    &digest,
                    &signature.signature,
                    &Cheap(signature.member).public_key(),
                )
        });
        if !valid || signers.len() != certificate.signatures.len() || signers.len() < usize::from(self.quorum)
        {
            return Err("quorum".into());
        }
        // 20 kW over a quarter of an hour.
        if report
            .readings
            .iter()
            .any(|reading| reading.import.0.max(reading.export.0) > 5_000_000)
        {
            return Err("limit".into());
        }
        if self.room.is_some_and(|room| header.intervals > room) {
            return Err("out of gas".into());
        }
        self.next = end;
        let report = Some((digest, header.revision));
        self.windows.push(Window {
            first,
            intervals: end - first,
            report,
            at: self.now,
        });
        Ok(())
    }
}
