//! Reports of a life: with every flaw, and accepted only without one.

use cosmwasm_std::Response;
use gridpact_report::connections::Connections;
use gridpact_report::Resolution;
use gridpact_types::registry::events;
use gridpact_units::{IntervalIndex, Quality, Reading};

use super::data::{Flaw, ReportPlan, Start};
use super::model::{Fate, Reported};
use super::run::Run;
use crate::harness::*;

impl Run {
    pub fn report(&mut self, plan: ReportPlan) -> bool {
        let Some(next) = self.model.next() else {
            return false;
        };
        let first = match plan.start {
            Start::Shifted(shift) => next.saturating_add_signed(shift),
            Start::Window(back) => self.model.window(back).unwrap_or(next),
        };
        let roster = self.model.roster_of(first);
        let Some((_, seats)) = self.model.rosters.get(roster.wrapping_sub(1)).copied() else {
            return false;
        };
        let report = self.written(plan, first, roster, seats);
        let bytes = report.bytes();
        let before = self.grid.stored();
        let mut outcome = self
            .sign_and_carry(plan, &bytes)
            .map_err(|refused| refused.to_string());
        if first < next {
            return self.known(first, &bytes, outcome);
        }
        // With a refusal of the settlement all is as before.
        if let Err(refused) = outcome
            .as_ref()
            .map_or(Ok(()), |response| judged(&bytes, response))
        {
            self.grid.restore(before);
            *self.grid.seen.entry("AboveLimit".to_owned()).or_default() += 1;
            outcome = Err(refused.to_string());
        }
        let now = self.now();
        let allowed = plan.flaw == Flaw::None && self.model.acceptable(first, plan.intervals, roster, now);
        assert_eq!(outcome.is_ok(), allowed, "{plan:?}: {outcome:?}");
        if let Ok(response) = outcome {
            assert_eq!(
                told_settlement(&response),
                settle(&bytes, &self.connections(seats), seconds(now + 16 * DAY))
            );
            let window = first..first + u64::from(plan.intervals);
            let fates = window.map(|interval| (interval, Fate::Reported(first)));
            self.model.fates.extend(fates);
            let reported = Reported {
                bytes: bytes.clone(),
                revision: plan.revision,
                signers: plan.signers,
                roster,
                at: now,
            };
            self.model.reports.insert(first, reported);
            self.last = Some(bytes);
        }
        allowed
    }

    /// A window that is closed takes the very report that closed it, and no other.
    fn known(&self, first: u64, bytes: &[u8], outcome: Result<Response, String>) -> bool {
        let same = self
            .model
            .reports
            .get(&first)
            .is_some_and(|known| known.bytes == bytes);
        assert_eq!(outcome.is_ok(), same, "{outcome:?}");
        if let Ok(response) = outcome {
            assert_eq!(response.events[0].ty, events::REPORT_KNOWN);
            assert!(response.messages.is_empty());
        }
        false
    }

    /// What the seats can carry, as the model counts it.
    fn connections(&self, seats: usize) -> Connections {
        let most = |seat| self.model.most(seat);
        let seats = (0..seats).map(|seat| Some((Energy(most(seat).0), Energy(most(seat).1))));
        seats.collect()
    }

    fn written(&self, plan: ReportPlan, first: u64, roster: usize, seats: usize) -> UnsignedReport {
        let version = roster as u32;
        let mut report = UnsignedReport::new(1, version, seats as u16, IntervalIndex(first), plan.intervals);
        report.header.revision = plan.revision;
        let mut random = plan.seed;
        for (place, reading) in report.readings.iter_mut().enumerate() {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            *reading = self.reading(place % seats, random >> 33);
        }
        let place = plan.seed as usize % report.readings.len();
        let (import, export) = self.model.most(place % seats);
        match plan.flaw {
            Flaw::Epoch => report.header.epoch = 2,
            Flaw::Roster => report.header.roster_version += 1,
            Flaw::Seats => {
                let seats = seats as u16 + 1;
                report = UnsignedReport::new(1, version, seats, IntervalIndex(first), plan.intervals);
            }
            Flaw::Resolution => report.header.resolution = Resolution::QUARTER_WATT_HOUR,
            Flaw::Revision => report.header.revision = plan.revision + 256,
            Flaw::Import => report.readings[place] = Reading::measured(Energy(import + 1_000), Energy::ZERO),
            Flaw::Export => report.readings[place] = Reading::measured(Energy::ZERO, Energy(export + 1_000)),
            Flaw::None | Flaw::Signers | Flaw::Forged | Flaw::Chain | Flaw::Contract => (),
        }
        report
    }

    /// Missing, just at the limits, or within them.
    fn reading(&self, seat: usize, random: u64) -> Reading {
        let (import, export) = self.model.most(seat);
        let within = |most: u64| Energy(random / 8 % (most / 1_000 + 1) * 1_000);
        match random % 8 {
            0 => Reading::MISSING,
            1 => Reading::measured(Energy(import), Energy(export)),
            2 => Reading {
                import: Energy(import),
                export: Energy::ZERO,
                quality: Quality::SubstitutedFinal,
            },
            _ => Reading::measured(within(import), within(export)),
        }
    }

    fn sign_and_carry(&mut self, plan: ReportPlan, bytes: &[u8]) -> Outcome {
        let mut signers: Vec<u8> = (0..4).filter(|member| plan.signers >> member & 1 == 1).collect();
        if plan.flaw == Flaw::Signers {
            signers.truncate(2);
        }
        let here = self.grid.env.clone();
        match plan.flaw {
            Flaw::Chain => self.grid.env.block.chain_id = "gridpact-2".to_owned(),
            Flaw::Contract => self.grid.env.contract.address = address("another registry"),
            _ => (),
        }
        let mut signatures = self.grid.signatures(&self.grid.digest(bytes), &signers);
        self.grid.env = here;
        if plan.flaw == Flaw::Forged {
            signatures[1].signature = signatures[0].signature.clone();
        }
        self.grid.carry(bytes.to_vec(), signatures)
    }

    pub fn again(&mut self) -> bool {
        let Some(bytes) = self.last.clone() else {
            return false;
        };
        let response = self.grid.carry(bytes, vec![]).unwrap();
        assert_eq!(response.events[0].ty, events::REPORT_KNOWN);
        assert!(response.messages.is_empty());
        false
    }
}
