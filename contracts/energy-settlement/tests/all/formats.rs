//! Everything stored: its bytes, that a later format can put more behind it, and that an older one is read.

use core::fmt::Debug;

use energy_settlement::books::Books;
use energy_settlement::counters::Counters;
use energy_settlement::fees::Fees;
use energy_settlement::held::{Held, HeldSeat};
use energy_settlement::page::Page;
use energy_settlement::policy::StoredPolicy;
use energy_settlement::retired::Retired;
use energy_settlement::roster::{Holder, Roster};
use gridpact_market::{
    AllocationRule, Fee, FeeAmount, FeeId, FeeKind, OwnInjection, Policy, PriceRule, RoundingRule, Tariff,
    TariffBand, TariffTable, Terms, UtcOffset,
};
use gridpact_storage::{write_varint, Packed, ReadFormat, Reader};
use gridpact_units::{
    Amount, BasisPoints, IntervalIndex, IntervalLength, Ppm, Price, Seconds, Slot, UnixSeconds,
};
use proptest::prelude::*;

fn fees(fees: impl IntoIterator<Item = (u8, u128)>) -> Fees {
    let fee = |(id, amount)| FeeAmount {
        id: FeeId(id),
        amount: Amount(amount),
    };
    fees.into_iter().map(fee).collect()
}

fn books() -> Books {
    Books {
        deposited: Amount(300),
        withdrawn: Amount(1),
        swept: Amount(2),
        free: Amount(3),
        held: Amount(4),
        rounding: Amount(5),
        fees: fees([(9, 200), (1, 6)]),
        settled_until: IntervalIndex(300),
    }
}

fn held() -> Held {
    let seat = |debit, credit| HeldSeat {
        debit: Amount(debit),
        credit: Amount(credit),
    };
    Held {
        intervals: 96,
        revision: 2,
        roster_version: 3,
        final_at: UnixSeconds(1_800_000_000),
        rounding: Amount(1),
        fees: fees([(2, 7)]),
        seats: vec![seat(300, 0), seat(0, 0), seat(0, 292)],
    }
}

/// As usual, vacant, as usual again, and with nothing as usual.
fn roster() -> Roster {
    let usual = |number| Holder {
        slot: Slot(number),
        terms: Terms::of_household(number),
    };
    let terms = Terms {
        household: 4,
        weight: 300,
        part: Ppm(500_000),
        priority: 5,
        buy_tier: 6,
        sell_tier: 255,
    };
    let slot = Slot(200);
    Roster(vec![
        Some(usual(0)),
        None,
        Some(usual(1)),
        Some(Holder { slot, terms }),
        Some(Holder {
            slot: Slot(201),
            ..usual(5)
        }),
    ])
}

/// A policy in which everything is there.
fn agreed() -> Policy {
    Policy {
        interval_length: IntervalLength::QUARTER_HOUR,
        buyers: AllocationRule::Even,
        sellers: AllocationRule::Static { reoffer: true },
        price: PriceRule::SupplyDemandRatio {
            compensation: Price(5),
        },
        tariff: Tariff {
            tables: vec![TariffTable {
                valid_from: IntervalIndex(7),
                bands: vec![TariffBand {
                    from_minute: 0,
                    retail: Price(300),
                    feed_in: Price(9),
                }],
            }],
            utc_offsets: vec![UtcOffset {
                valid_from: IntervalIndex(8),
                minutes: -60,
            }],
        },
        fees: vec![
            FeeKind::BasisPoints(BasisPoints(100)).of(1),
            FeeKind::PerMwh(Price(300)).of(9),
        ],
        rounding: RoundingRule::LARGEST_REMAINDER,
        withdrawal_notice: Seconds(0),
        own_injection: OwnInjection::Counts,
    }
}

fn counters() -> Counters {
    Counters {
        accounts: 3,
        seats: 200,
        newest_roster: 1,
    }
}

/// What a later version may keep of a value: one more number, behind the fields of today.
#[derive(Debug, PartialEq)]
struct Later<T> {
    today: T,
    more: Option<u128>,
}

impl<T: Packed> Packed for Later<T> {
    const NAME: &'static str = T::NAME;
    const FORMATS: &'static [ReadFormat<Self>] = &[Self::read_1, Self::read_2];

    fn write(&self, bytes: &mut Vec<u8>) {
        self.today.write(bytes);
        write_varint(bytes, self.more.unwrap_or_default());
    }
}

impl<T: Packed> Later<T> {
    fn read_1(reader: &mut Reader) -> Option<Self> {
        let today = T::FORMATS[0](reader)?;
        Some(Self { today, more: None })
    }

    fn read_2(reader: &mut Reader) -> Option<Self> {
        let today = T::FORMATS[0](reader)?;
        let more = Some(reader.varint()?);
        Some(Self { today, more })
    }
}

/// Its bytes are these; a later version reads them, and its own with a field behind; today's code refuses those.
fn check<T: Packed + Clone + PartialEq + Debug>(value: T, bytes: &[u8]) {
    assert_eq!(value.pack(), bytes, "{value:?}");
    assert_eq!(T::unpack(bytes).as_ref(), Ok(&value));
    let later = |more| Later {
        today: value.clone(),
        more,
    };
    assert_eq!(Later::unpack(bytes), Ok(later(None)));
    let grown = later(Some(1_000)).pack();
    assert_eq!(Later::unpack(&grown), Ok(later(Some(1_000))));
    assert!(T::unpack(&grown).is_err(), "of a later version");
    for length in 0..bytes.len() {
        assert!(T::unpack(&bytes[..length]).is_err(), "cut at {length}");
    }
    assert!(
        T::unpack(&[bytes, &[0]].concat()).is_err(),
        "more than the format says"
    );
}

#[test]
fn every_format_has_its_bytes_and_can_grow() {
    check(
        books(),
        &[1, 0xac, 2, 1, 2, 3, 4, 5, 2, 1, 6, 9, 0xc8, 1, 0xac, 2],
    );
    check(
        held(),
        &[
            1, 96, 2, 3, 0x80, 0xa4, 0xa7, 0xda, 6, 1, 1, 2, 7, 3, 0xac, 2, 0, 0, 0, 0, 0xa4, 2,
        ],
    );
    check(Page([1, 0, 300].map(Amount).to_vec()), &[1, 3, 1, 0, 0xac, 2]);
    let own = [126, 0xc8, 1, 4, 0xac, 2, 0xa0, 0xc2, 0x1e, 5, 6, 255];
    // Tiers go on as they were, until others are said.
    check(roster(), &[&[1, 5, 0, 1, 0], &own[..], &[64, 0, 0]].concat());
    let plant = |number| {
        let mut terms = Terms::of_household(number);
        (terms.buy_tier, terms.sell_tier) = (255, 7);
        let slot = Slot(number);
        Some(Holder { slot, terms })
    };
    check(Roster(vec![plant(0), plant(1)]), &[1, 2, 64, 255, 7, 0]);
    check(
        StoredPolicy(agreed()),
        &[
            1, 0x84, 7, 0, 3, 2, 5, 1, 7, 1, 0, 0xac, 2, 9, 1, 8, 0xff, 0xc4, 2, 1, 0, 100, 9, 1, 0xac, 2, 1,
            0, 1,
        ],
    );
    check(counters(), &[1, 3, 0xc8, 1, 1]);
    check(Retired(Amount(300)), &[1, 0xac, 2]);
}

#[test]
fn a_flag_of_a_seat_that_nobody_wrote_is_refused() {
    let terms = [0xc8, 1, 4, 0xac, 2, 0xa0, 0xc2, 0x1e, 5, 6, 255];
    let read = |flags: u8| Roster::unpack(&[&[1, 1, flags], &terms[..]].concat());
    assert_eq!(read(126).unwrap().0.len(), 1, "all that are known");
    for flags in [127, 128 | 126, 255] {
        assert!(read(flags).is_err(), "{flags}");
    }
    assert!(Roster::unpack(&[1, 1, 128]).is_err(), "nothing behind it");
    assert!(Roster::unpack(&[1, 1, 2, 5]).is_ok(), "a slot of its own");
    assert!(Roster::unpack(&[1, 1, 3, 5]).is_err(), "vacant, with a slot");
}

/// Books as an earlier version might have kept them: fees by position, up to the end.
#[derive(Debug, PartialEq)]
struct Migrated(Books);

impl Packed for Migrated {
    const NAME: &'static str = "books";
    const FORMATS: &'static [ReadFormat<Self>] =
        &[Self::by_position, |reader| Books::FORMATS[0](reader).map(Self)];

    fn write(&self, bytes: &mut Vec<u8>) {
        self.0.write(bytes);
    }
}

impl Migrated {
    fn by_position(reader: &mut Reader) -> Option<Self> {
        let mut amount = || reader.varint().map(Amount);
        let mut books = Books {
            deposited: amount()?,
            withdrawn: amount()?,
            swept: amount()?,
            free: amount()?,
            held: amount()?,
            rounding: amount()?,
            fees: Fees::default(),
            settled_until: IntervalIndex(0),
        };
        let mut ids = (1..).map(FeeId);
        while !reader.is_empty() {
            let (id, amount) = (ids.next()?, Amount(reader.varint()?));
            books.fees.add(FeeAmount { id, amount }).ok()?;
        }
        Some(Self(books))
    }
}

#[test]
fn an_older_format_is_read_and_moves_on_when_it_is_saved() {
    let read = Migrated::unpack(&[1, 0xac, 2, 1, 2, 3, 4, 5, 6, 200, 1]).unwrap();
    let expected = Books {
        fees: fees([(1, 6), (2, 200)]),
        settled_until: IntervalIndex(0),
        ..books()
    };
    assert_eq!(read, Migrated(expected));
    let saved = read.pack();
    assert_eq!(saved, [2, 0xac, 2, 1, 2, 3, 4, 5, 2, 1, 6, 2, 0xc8, 1, 0]);
    assert_eq!(Migrated::unpack(&saved).unwrap(), read);
}

#[test]
fn flags_that_nobody_wrote_are_refused() {
    for flags in [3, 128, 129, 255] {
        assert!(Roster::unpack(&[1, 1, flags, 0, 0, 0]).is_err(), "{flags}");
    }
}

#[test]
fn a_list_ends_with_the_bytes_however_long_it_says_it_is() {
    assert!(Page::unpack(&[1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 1]).is_err());
    assert!(Roster::unpack(&[1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 0]).is_err());
}

/// Usual and unusual terms, numbers that follow each other and numbers that do not.
fn any_holder() -> impl Strategy<Value = Holder> {
    let number = || prop_oneof![0_u32..4, any::<u32>()];
    let small = || prop_oneof![3 => Just(0_u8), 1 => any::<u8>()];
    let part = prop_oneof![3 => Just(1_000_000), 1 => 0_u32..1_000_000];
    let weight = prop_oneof![3 => Just(1), 1 => any::<u32>()];
    (
        number(),
        number(),
        weight,
        part,
        any::<bool>(),
        any::<u16>(),
        small(),
        small(),
    )
        .prop_map(
            |(slot, household, weight, part, first, place, buy_tier, sell_tier)| Holder {
                slot: Slot(slot),
                terms: Terms {
                    household,
                    weight,
                    part: Ppm(part),
                    priority: if first { 0 } else { place },
                    buy_tier,
                    sell_tier,
                },
            },
        )
}

fn any_rule() -> impl Strategy<Value = AllocationRule> {
    prop::sample::select(vec![
        AllocationRule::Even,
        AllocationRule::ProRata,
        AllocationRule::Static { reoffer: true },
        AllocationRule::Static { reoffer: false },
        AllocationRule::Priority,
    ])
}

fn any_price() -> impl Strategy<Value = Price> {
    (any::<u128>(), 0_u32..128).prop_map(|(price, shift)| Price(price >> shift))
}

fn any_price_rule() -> impl Strategy<Value = PriceRule> {
    prop_oneof![
        any_price().prop_map(|price| PriceRule::Fixed { price }),
        any::<u16>().prop_map(|weight| PriceRule::MidMarket {
            weight: BasisPoints(weight)
        }),
        any_price().prop_map(|compensation| PriceRule::SupplyDemandRatio { compensation }),
    ]
}

fn any_table() -> impl Strategy<Value = TariffTable> {
    let band =
        (0_u16..1_440, any_price(), any_price()).prop_map(|(from_minute, retail, feed_in)| TariffBand {
            from_minute,
            retail,
            feed_in,
        });
    (any::<u64>(), prop::collection::vec(band, 0..4)).prop_map(|(from, bands)| TariffTable {
        valid_from: IntervalIndex(from),
        bands,
    })
}

fn any_fee() -> impl Strategy<Value = Fee> {
    let kind = prop_oneof![
        any::<u16>().prop_map(|part| FeeKind::BasisPoints(BasisPoints(part))),
        any_price().prop_map(FeeKind::PerMwh),
    ];
    (any::<u8>(), kind).prop_map(|(id, kind)| kind.of(id))
}

fn any_policy() -> impl Strategy<Value = Policy> {
    let offset = (any::<u64>(), any::<i16>()).prop_map(|(from, minutes)| UtcOffset {
        valid_from: IntervalIndex(from),
        minutes,
    });
    let tariff = (
        prop::collection::vec(any_table(), 0..4),
        prop::collection::vec(offset, 0..4),
    );
    let lengths = prop::sample::select(vec![60_u32, 300, 900, 1_800, 3_600]);
    let injection = prop::sample::select(vec![OwnInjection::Excluded, OwnInjection::Counts]);
    (
        (lengths, any_rule(), any_rule(), any_price_rule()),
        tariff,
        prop::collection::vec(any_fee(), 0..4),
        (any::<u8>(), any::<u64>(), injection),
    )
        .prop_map(
            |(
                (length, buyers, sellers, price),
                (tables, utc_offsets),
                fees,
                (rounding, notice, own_injection),
            )| Policy {
                interval_length: IntervalLength::from_seconds(length).unwrap(),
                buyers,
                sellers,
                price,
                tariff: Tariff { tables, utc_offsets },
                fees,
                rounding: RoundingRule(rounding),
                withdrawal_notice: Seconds(notice),
                own_injection,
            },
        )
}

proptest! {
    #[test]
    fn a_policy_comes_back_as_it_went_in(policy in any_policy()) {
        let stored = StoredPolicy(policy);
        prop_assert_eq!(StoredPolicy::unpack(&stored.pack()), Ok(stored));
    }

    #[test]
    fn a_roster_comes_back_as_it_went_in(seats in prop::collection::vec(prop::option::weighted(0.8, any_holder()), 0..40)) {
        let roster = Roster(seats);
        prop_assert_eq!(Roster::unpack(&roster.pack()), Ok(roster));
    }

    #[test]
    fn arbitrary_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..60), format in 0_u8..3) {
        let bytes = [&[format], &bytes[..]].concat();
        let read = [
            Books::unpack(&bytes).is_ok(),
            Held::unpack(&bytes).is_ok(),
            Page::unpack(&bytes).is_ok(),
            Roster::unpack(&bytes).is_ok(),
            Counters::unpack(&bytes).is_ok(),
            Retired::unpack(&bytes).is_ok(),
            StoredPolicy::unpack(&bytes).is_ok(),
        ];
        prop_assert!(format == 1 || read == [false; 7]);
    }
}
