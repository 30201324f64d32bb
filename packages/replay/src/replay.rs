use std::collections::BTreeMap;

use gridpact_report::limit::ReportLimit;
use gridpact_report::quorum::{check_quorum, Signature};
use gridpact_report::{body_hash, decode, digest, sign, split, Header};
use gridpact_units::{IntervalIndex, UnixSeconds};

use crate::books::Books;
use crate::error::{EventError, ReplayError};
use crate::event::{Effect, Event};
use crate::held::Window;
use crate::meter::Meter;
use crate::schedule::{Clock, Schedule};
use crate::terms::GridTerms;

/// A grid as its events make it: each is checked against all before it, and written into the books.
#[derive(Clone, Debug)]
pub struct Replay {
    terms: GridTerms,
    schedule: Schedule,
    books: Books,
    /// Digest of the report of every window.
    reports: BTreeMap<IntervalIndex, [u8; 32]>,
    /// How many events there were.
    position: u64,
    /// The time of the last of them.
    time: UnixSeconds,
}

impl Replay {
    /// A grid that was just made.
    ///
    /// # Errors
    /// A policy that does not hold together, an impossible committee.
    pub fn new(terms: GridTerms) -> Result<Self, EventError> {
        terms.check()?;
        Ok(Self {
            books: Books::new(terms.policy.clone())?,
            terms,
            schedule: Schedule::default(),
            reports: BTreeMap::new(),
            position: 0,
            time: UnixSeconds::default(),
        })
    }

    /// The next event, in a block of this time; says what it did.
    ///
    /// # Errors
    /// An event that cannot be: the contracts would have refused it. Nothing has changed then, and it does not count.
    pub fn apply(&mut self, time: UnixSeconds, event: &Event) -> Result<Effect, ReplayError> {
        let effect = self.carry_out(time, event).map_err(|cause| ReplayError {
            position: self.position,
            time,
            cause,
        })?;
        self.position = self.position.saturating_add(1);
        self.time = time;
        Ok(effect)
    }

    /// What the grid was made with.
    pub fn terms(&self) -> &GridTerms {
        &self.terms
    }

    /// Its books.
    pub fn books(&self) -> &Books {
        &self.books
    }

    /// Where the next report starts; `None` before the first meter is admitted.
    pub fn next_interval(&self) -> Option<IntervalIndex> {
        self.schedule.next().ok()
    }

    /// The digest of every report, by the first interval of its window.
    pub fn reports(&self) -> &BTreeMap<IntervalIndex, [u8; 32]> {
        &self.reports
    }

    fn carry_out(&mut self, now: UnixSeconds, event: &Event) -> Result<Effect, EventError> {
        if now < self.time {
            let (expected, got) = (self.time, now);
            return Err(EventError::Time { expected, got });
        }
        match event {
            Event::MetersAdmitted {
                roster_version,
                from,
                meters,
            } => self.admit(now, *roster_version, *from, meters),
            Event::Deposit { slot, amount } => {
                let free = self.books.deposit(*slot, *amount)?;
                Ok(Effect::Deposited { free })
            }
            Event::Withdrawal { slot, amount } => {
                let withdrawn = self.books.withdraw(now, *slot, *amount)?;
                Ok(Effect::Withdrawn(withdrawn))
            }
            Event::Report { bytes, signatures } => self.report(now, bytes, signatures),
            Event::Finalise { limit } => Ok(Effect::Finalised(self.books.finalise(now, *limit)?)),
            Event::Sweep { account } => {
                let amount = self.books.sweep(*account)?;
                Ok(Effect::Swept { amount })
            }
            Event::GapClosed => {
                let clock = self.clock(now);
                let (first_interval, intervals) = self.schedule.close_gap(&clock)?;
                Ok(Effect::GapClosed {
                    first_interval,
                    intervals,
                })
            }
        }
    }

    fn clock(&self, now: UnixSeconds) -> Clock {
        Clock {
            limit: ReportLimit {
                length: self.terms.policy.interval_length,
                limit: self.terms.report_limit,
            },
            now,
        }
    }

    fn admit(
        &mut self,
        now: UnixSeconds,
        roster_version: u32,
        from: IntervalIndex,
        meters: &[Meter],
    ) -> Result<Effect, EventError> {
        self.schedule
            .check_roster(&self.clock(now), roster_version, from)?;
        self.books.open(roster_version, meters)?;
        self.schedule.add_roster(from);
        Ok(Effect::Admitted)
    }

    /// As the registry does: the header, then the signatures, then the readings.
    fn report(
        &mut self,
        now: UnixSeconds,
        bytes: &[u8],
        signatures: &[Signature],
    ) -> Result<Effect, EventError> {
        let (header, body) = split(bytes)?;
        let first_interval = header.first_interval;
        let digest = digest(&self.terms.domain(), &header, &body_hash(body));
        if first_interval < self.schedule.next()? {
            return self.known(first_interval, &digest);
        }
        self.check_header(now, &header)?;
        let committee = &self.terms.committee;
        check_quorum(
            &committee.keys,
            committee.quorum,
            &digest,
            signatures,
            sign::verify,
        )?;
        let readings = decode(bytes)?.readings;
        let window = Window {
            first_interval,
            intervals: header.intervals,
            revision: header.revision,
            roster_version: header.roster_version,
            final_at: now.plus(self.terms.challenge_period),
        };
        let settled = self.books.settle(now, window, &readings, |_| {})?;
        self.schedule
            .add_window(first_interval.plus(header.intervals.into()));
        self.reports.insert(first_interval, digest);
        Ok(Effect::Settled(Box::new(settled)))
    }

    /// A window that is closed already: the very report accepted before is harmless.
    fn known(&self, first_interval: IntervalIndex, digest: &[u8; 32]) -> Result<Effect, EventError> {
        if self.reports.get(&first_interval) == Some(digest) {
            Ok(Effect::Known)
        } else {
            Err(EventError::OtherReport { first_interval })
        }
    }

    fn check_header(&self, now: UnixSeconds, header: &Header) -> Result<(), EventError> {
        let (expected, got) = (self.terms.committee.epoch, header.epoch);
        if got != expected {
            return Err(EventError::Epoch { expected, got });
        }
        let milliwatt_hours = |resolution: gridpact_report::Resolution| resolution.milliwatt_hours();
        let (expected, got) = (
            milliwatt_hours(self.terms.resolution),
            milliwatt_hours(header.resolution),
        );
        if got != expected {
            return Err(EventError::Resolution { expected, got });
        }
        self.schedule.check_report(&self.clock(now), header)
    }
}
