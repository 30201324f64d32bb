//! A small grid: three oracles, quarter hours, one price, two fees.

use gridpact_market::{AllocationRule, FeeKind, OwnInjection, Policy, PriceRule, RoundingRule, Tariff};
use gridpact_replay::{Committee, Effect, Event, EventError, GridTerms, Meter, Replay, Settled};
use gridpact_report::quorum::Signature;
use gridpact_report::sign::SigningKey;
use gridpact_report::{digest_of, encode, Header, Mode, Report, Resolution, Scheme};
use gridpact_units::{
    Amount, BasisPoints, Energy, IntervalIndex, IntervalLength, Ppm, Price, Reading, Seat, Seconds, Slot,
    UnixSeconds,
};

pub const LENGTH: u64 = 900;
pub const FIRST: IntervalIndex = IntervalIndex(2_000_000);
/// When the first interval begins.
pub const START: u64 = FIRST.0 * LENGTH;
pub const CHALLENGE: u64 = 86_400;
pub const LIMIT: u64 = 7_200;
/// 1 kWh costs this.
pub const A_KWH: u128 = 200;
/// 1 kWh, in mWh.
pub const KWH: u64 = 1_000_000;

pub fn policy() -> Policy {
    Policy {
        interval_length: IntervalLength::QUARTER_HOUR,
        buyers: AllocationRule::Even,
        sellers: AllocationRule::ProRata,
        price: PriceRule::Fixed {
            price: Price(A_KWH * 1_000),
        },
        tariff: Tariff::NONE,
        fees: vec![
            FeeKind::BasisPoints(BasisPoints(100)).of(1),
            FeeKind::PerMwh(Price(5_000)).of(2),
        ],
        rounding: RoundingRule::LARGEST_REMAINDER,
        withdrawal_notice: Seconds(0),
        own_injection: OwnInjection::Excluded,
    }
}

fn oracle(number: u8) -> SigningKey {
    SigningKey::from_bytes(&[number + 1; 32]).unwrap()
}

pub fn terms() -> GridTerms {
    GridTerms {
        chain_id: "a-chain-1".to_owned(),
        registry: "a registry".to_owned(),
        policy: policy(),
        resolution: Resolution::WATT_HOUR,
        challenge_period: Seconds(CHALLENGE),
        report_limit: Seconds(LIMIT),
        committee: Committee {
            epoch: 1,
            keys: (0..3)
                .map(|member| oracle(member).public_key().to_vec())
                .collect(),
            quorum: 3,
        },
    }
}

pub fn meter(number: u16) -> Meter {
    Meter {
        slot: Slot(number.into()),
        seat: Seat(number),
        household: number.into(),
        weight: 1,
        part: Ppm::WHOLE,
        priority: 0,
        buy_tier: 0,
        sell_tier: 0,
    }
}

pub fn give(kilowatt_hours: u64) -> Reading {
    Reading::measured(Energy::ZERO, Energy(kilowatt_hours * KWH))
}

pub fn take(kilowatt_hours: u64) -> Reading {
    Reading::measured(Energy(kilowatt_hours * KWH), Energy::ZERO)
}

/// A grid under replay, and its clock.
pub struct Grid {
    pub replay: Replay,
    pub now: u64,
}

impl Grid {
    /// Homes in slots 0, 1, … of the first roster; it is the first second of the first interval.
    pub fn of(homes: u16) -> Self {
        let mut grid = Self::empty();
        grid.admit(1, FIRST, 0..homes).unwrap();
        grid.now = START;
        grid
    }

    /// Nobody yet; it is a minute before the first interval.
    pub fn empty() -> Self {
        Self {
            replay: Replay::new(terms()).unwrap(),
            now: START - 60,
        }
    }

    /// An event now. What is refused leaves no trace.
    pub fn apply(&mut self, event: &Event) -> Result<Effect, EventError> {
        let before = format!("{:?}", self.replay);
        let done = self.replay.apply(UnixSeconds(self.now), event);
        if done.is_err() {
            assert_eq!(
                format!("{:?}", self.replay),
                before,
                "a refusal changed something"
            );
        }
        done.map_err(|error| error.cause)
    }

    pub fn admit(
        &mut self,
        roster_version: u32,
        from: IntervalIndex,
        numbers: impl IntoIterator<Item = u16>,
    ) -> Result<Effect, EventError> {
        let meters = numbers.into_iter().map(meter).collect();
        self.apply(&Event::MetersAdmitted {
            roster_version,
            from,
            meters,
        })
    }

    pub fn deposit(&mut self, slot: u32, amount: u128) -> Result<Effect, EventError> {
        self.apply(&Event::Deposit {
            slot: Slot(slot),
            amount: Amount(amount),
        })
    }

    pub fn withdraw(&mut self, slot: u32, amount: Option<u128>) -> Result<Effect, EventError> {
        self.apply(&Event::Withdrawal {
            slot: Slot(slot),
            amount: amount.map(Amount),
        })
    }

    pub fn finalise(&mut self, limit: usize) -> usize {
        match self.apply(&Event::Finalise { limit }).unwrap() {
            Effect::Finalised(windows) => windows.len(),
            other => panic!("{other:?}"),
        }
    }

    pub fn free(&self, slot: u32) -> u128 {
        self.replay.books().free(Slot(slot)).unwrap().0
    }

    /// The header of a report of so many intervals that is due, for a grid whose homes all joined at the start.
    pub fn header(&self, intervals: u16) -> Header {
        Header {
            mode: Mode::Open,
            scheme: Scheme::Secp256k1,
            epoch: 1,
            roster_version: 1,
            first_interval: self.replay.next_interval().unwrap(),
            intervals,
            seats: u16::try_from(self.replay.books().accounts().len()).unwrap(),
            revision: 0,
            resolution: Resolution::WATT_HOUR,
        }
    }

    /// Carries a report, signed by all; time passes until its intervals are over.
    pub fn report(&mut self, header: Header, readings: &[Reading]) -> Result<Effect, EventError> {
        let end = header.first_interval.plus(header.intervals.into());
        self.now = self.now.max(end.0 * LENGTH);
        let event = self.signed(header, readings, &[0, 1, 2]);
        self.apply(&event)
    }

    /// The same for one due now, which must settle.
    pub fn settle(&mut self, readings: &[Reading]) -> Settled {
        let intervals = readings.len() / self.replay.books().accounts().len();
        let header = self.header(u16::try_from(intervals).unwrap());
        match self.report(header, readings).unwrap() {
            Effect::Settled(settled) => *settled,
            other => panic!("{other:?}"),
        }
    }

    pub fn signed(&self, header: Header, readings: &[Reading], members: &[u8]) -> Event {
        let readings = readings.to_vec();
        let bytes = encode(&Report { header, readings }).unwrap();
        let digest = digest_of(&self.replay.terms().domain(), &bytes).unwrap();
        let sign = |member: &u8| Signature {
            member: *member,
            signature: oracle(*member).sign_digest(&digest),
        };
        Event::Report {
            signatures: members.iter().map(sign).collect(),
            bytes,
        }
    }
}
