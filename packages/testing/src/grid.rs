//! A grid: a registry and a settlement that know each other from birth, its homes, its committee.

use cosmwasm_std::Addr;
use gridpact_report::{encode, Header, Mode, Report, Resolution, Scheme};
use gridpact_types::registry::answers::NextReportResponse;
use gridpact_types::registry::meters::{Admission, MeterProposal};
use gridpact_units::{Amount, IntervalIndex, IntervalLength, Reading, Slot, UnixSeconds};

use crate::app::{Outcome, CHAIN_ID};
use crate::committee::Committee;
use crate::registry::Registry;
use crate::settlement::Settlement;
use crate::world::World;

/// One home, its owner and its place in the books.
#[derive(Clone, Debug)]
pub struct Home {
    /// Who owns the meter and the account.
    pub owner: Addr,
    /// Place in the books.
    pub slot: Slot,
}

/// A grid of the world.
pub struct Grid {
    /// Admits meters.
    pub operator: Addr,
    /// Carries reports.
    pub carrier: Addr,
    /// The meters.
    pub registry: Registry,
    /// The accounts.
    pub settlement: Settlement,
    /// The oracles.
    pub committee: Committee,
    /// The homes admitted so far, by slot; the slots of a grid are also its seats in reports.
    pub homes: Vec<Home>,
    /// Length of an interval.
    pub interval_length: IntervalLength,
    pub(crate) resolution: u32,
}

impl Grid {
    /// Homes propose their meters and the operator admits them, for the next interval to begin.
    ///
    /// # Errors
    /// The registry's own words.
    pub fn join(&mut self, world: &mut World, homes: &[(String, MeterProposal)]) -> Result<(), String> {
        self.join_from(world, homes, None)
    }

    /// The same, for an interval further ahead.
    ///
    /// # Errors
    /// The registry's own words.
    pub fn join_from(
        &mut self,
        world: &mut World,
        homes: &[(String, MeterProposal)],
        from: Option<IntervalIndex>,
    ) -> Result<(), String> {
        self.join_on(world, homes, &[], from)
    }

    /// The same, on other terms than the usual: those of the first homes, whatever proposals they name.
    pub(crate) fn join_on(
        &mut self,
        world: &mut World,
        homes: &[(String, MeterProposal)],
        terms: &[Admission],
        from: Option<IntervalIndex>,
    ) -> Result<(), String> {
        let mut terms = terms.iter().cloned();
        // Registries admit at most 128 meters a message.
        for batch in homes.chunks(128) {
            let mut admissions = Vec::new();
            for (name, meter) in batch {
                let owner = world.addr(name);
                let proposal = self.registry.propose_meter(world, &owner, meter.clone())?;
                let terms = terms.next().unwrap_or(Admission::of(proposal));
                admissions.push(Admission { proposal, ..terms });
            }
            self.admit(world, admissions, from)?;
        }
        Ok(())
    }

    /// The operator admits proposals, and the new homes are counted.
    ///
    /// # Errors
    /// The registry's own words.
    pub fn admit(
        &mut self,
        world: &mut World,
        admissions: Vec<Admission>,
        from: Option<IntervalIndex>,
    ) -> Outcome {
        let outcome = self
            .registry
            .admit_meters(world, &self.operator, admissions, from)?;
        let slots = self.registry.config(world).slots;
        for slot in (u32::try_from(self.homes.len()).expect("few homes")..slots).map(Slot) {
            let meter = self.registry.meter(world, slot)?;
            self.homes.push(Home {
                owner: Addr::unchecked(meter.owner),
                slot,
            });
        }
        Ok(outcome)
    }

    /// What a home can withdraw, by its position.
    pub fn free(&self, world: &World, home: usize) -> Amount {
        self.settlement.free(world, self.homes[home].slot)
    }

    /// An owner pays into the home's account, with money handed out for it.
    ///
    /// # Errors
    /// The settlement's own words.
    pub fn top_up(&self, world: &mut World, home: usize, amount: Amount) -> Outcome {
        let home = &self.homes[home];
        world.fund(&home.owner, amount);
        self.settlement.deposit(world, &home.owner, home.slot, amount)
    }

    /// The owner takes everything that is free.
    ///
    /// # Errors
    /// The settlement's own words.
    pub fn withdraw_all(&self, world: &mut World, home: usize) -> Outcome {
        let home = &self.homes[home];
        self.settlement.withdraw(world, &home.owner, home.slot, None)
    }

    /// A report of these readings, interval by interval, for what the registry expects next.
    pub fn write_report(&self, world: &World, readings: &[Reading]) -> Vec<u8> {
        self.write_report_for(&self.registry.next_report(world), readings)
    }

    fn write_report_for(&self, next: &NextReportResponse, readings: &[Reading]) -> Vec<u8> {
        let report = Report {
            header: Header {
                mode: Mode::Open,
                scheme: Scheme::Secp256k1,
                epoch: next.epoch,
                roster_version: next.roster_version,
                first_interval: next.first_interval.expect("a roster is scheduled"),
                intervals: intervals(next, readings),
                seats: next.seats,
                revision: 0,
                resolution: Resolution::from_milliwatt_hours(self.resolution).expect("a valid resolution"),
            },
            readings: readings.to_vec(),
        };
        encode(&report).expect("readings of the resolution")
    }

    /// Just enough oracles sign a report of these readings, and it is carried to the chain. Where its intervals are not
    /// over, time passes until they are.
    ///
    /// # Errors
    /// The registry's own words, or the settlement's.
    pub fn report(&self, world: &mut World, readings: &[Reading]) -> Outcome {
        let next = self.registry.next_report(world);
        let first = next.first_interval.expect("a roster is scheduled");
        let end = first.plus(intervals(&next, readings).into());
        let over = UnixSeconds(self.interval_length.start_of(end));
        if world.now() < over {
            world.advance_to(over);
        }
        let report = self.write_report_for(&next, readings);
        self.carry(world, &report)
    }

    /// Just enough oracles sign these bytes, and they are carried to the chain.
    ///
    /// # Errors
    /// The registry's own words, or the settlement's.
    pub fn carry(&self, world: &mut World, report: &[u8]) -> Outcome {
        let signatures = self
            .committee
            .sign_by_quorum(CHAIN_ID, &self.registry.addr, report);
        self.registry.report(world, &self.carrier, report, signatures)
    }

    /// The interval that runs now.
    pub fn current_interval(&self, world: &World) -> IntervalIndex {
        self.interval_length.index_at(world.now().0)
    }
}

fn intervals(next: &NextReportResponse, readings: &[Reading]) -> u16 {
    let seats = usize::from(next.seats).max(1);
    assert_eq!(readings.len() % seats, 0, "a reading for each of {seats} seats");
    u16::try_from(readings.len() / seats).expect("few intervals")
}
