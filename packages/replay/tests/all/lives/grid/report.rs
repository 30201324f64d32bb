//! Reports, right and wrong.

use gridpact_replay::Event;
use gridpact_report::{encode, quorum, Header, Mode, Report, Resolution, Scheme};
use gridpact_testing::CHAIN_ID;
use gridpact_types::registry::committee::Signature;
use gridpact_units::{IntervalIndex, Reading};

use super::actions::Flaw;
use super::Life;

impl Life {
    /// As many whole intervals of readings as the roster's seats allow, with or without a flaw.
    pub(super) fn report(&mut self, readings: &[Reading], flaw: Flaw) -> (bool, Event) {
        let next = self.grid.registry.next_report(&self.world);
        let seats = next.seats.max(1);
        let intervals = u16::try_from(readings.len()).unwrap() / seats;
        let one_more = u16::from(flaw == Flaw::Long);
        let intervals = (next.max_intervals + one_more).clamp(1, intervals);
        let readings = readings[..usize::from(intervals * seats)].to_vec();
        let due = Header {
            mode: Mode::Open,
            scheme: Scheme::Secp256k1,
            epoch: next.epoch,
            roster_version: next.roster_version,
            first_interval: next.first_interval.unwrap_or_default(),
            intervals,
            seats,
            revision: 0,
            resolution: Resolution::WATT_HOUR,
        };
        let header = match flaw {
            Flaw::None | Flaw::Signatures | Flaw::Long | Flaw::Forged => due,
            Flaw::Start => Header {
                first_interval: IntervalIndex(due.first_interval.0 + 1),
                ..due
            },
            Flaw::Roster => Header {
                roster_version: due.roster_version + 1,
                ..due
            },
            Flaw::Epoch => Header { epoch: 2, ..due },
            Flaw::Resolution => Header {
                resolution: Resolution::QUARTER_WATT_HOUR,
                ..due
            },
        };
        let report = |readings| encode(&Report { header, readings }).unwrap();
        let bytes = report(readings.clone());
        let signed = match flaw {
            Flaw::Forged => report(vec![Reading::MISSING; readings.len()]),
            _ => bytes.clone(),
        };
        let members: &[u8] = if flaw == Flaw::Signatures {
            &[0, 1]
        } else {
            &[0, 2, 3]
        };
        let registry = &self.grid.registry.addr;
        let signatures = self.grid.committee.sign(CHAIN_ID, registry, &signed, members);
        let event = Event::Report {
            bytes,
            signatures: signatures
                .iter()
                .map(|given| quorum::Signature {
                    member: given.member,
                    signature: given.signature.as_slice().try_into().unwrap(),
                })
                .collect(),
        };
        (self.carry(&event), event)
    }

    pub(super) fn carry(&mut self, event: &Event) -> bool {
        let Event::Report { bytes, signatures } = event else {
            panic!("expected a report, got {event:?}")
        };
        let signatures = signatures
            .iter()
            .map(|given| Signature {
                member: given.member,
                signature: given.signature.into(),
            })
            .collect();
        let registry = &self.grid.registry;
        registry
            .report(&mut self.world, &self.grid.carrier, bytes, signatures)
            .is_ok()
    }
}
