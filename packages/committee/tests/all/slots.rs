use gridpact_committee::bounds::LAST_REVISION;
use gridpact_committee::moment::Moment;
use gridpact_committee::slots::Slots;
use gridpact_units::Seconds;
use proptest::prelude::*;

const DAY: u64 = 86_400_000;

fn slots(shortest: u64) -> Slots {
    Slots {
        anchor: Moment(1_796_000_000_000),
        first: 0,
        shortest: Seconds(shortest),
    }
}

#[test]
fn a_day_has_83_slots_and_sixty_days_144() {
    let slots = slots(60);
    let at = |milliseconds| slots.at(slots.anchor.plus(milliseconds));
    assert_eq!(at(0), Some(0));
    assert_eq!(at(59_999), Some(0));
    assert_eq!(at(60_000), Some(1));
    // Counted from 0.
    assert_eq!(at(DAY), Some(82));
    assert_eq!(at(60 * DAY), Some(143));
    // The longest limit and the grace after it, and the longest window before its first slot.
    assert_eq!(at((60 + 7 + 8) * DAY), Some(146));
}

#[test]
fn the_first_slots_are_as_long_as_the_shortest_and_then_seven_hundredths_of_their_age() {
    let slots = slots(60);
    let length = |slot| slots.start(slot + 1).since(slots.start(slot));
    assert!((0..14).all(|slot| length(slot) == 60_000));
    // 15 minutes old: 7 x 900 / 100 = 63.
    assert_eq!(length(15), 63_000);
}

/// A window may go on where the one before was: in the same slot, which is as long as ever from then on.
#[test]
fn slots_go_on_from_any_number() {
    let fresh = slots(60);
    let later = Slots { first: 40, ..fresh };
    assert_eq!(later.start(40), later.anchor);
    assert_eq!(later.at(later.anchor.minus(1)), None);
    assert_eq!(later.at(later.anchor), Some(40));
    let length = |slots: &Slots, slot| slots.start(slot + 1).since(slots.start(slot));
    for slot in 40..100 {
        assert_eq!(length(&later, slot), length(&fresh, slot));
        assert_eq!(later.at(later.start(slot)), Some(slot));
        assert_eq!(later.at(later.start(slot + 1).minus(1)), Some(slot));
    }
}

proptest! {
    #[test]
    fn a_slot_runs_from_its_beginning_to_the_next_one_s(
        shortest in 1_u64..3_600, slot in 0..LAST_REVISION, part in 0_u64..1_000,
    ) {
        let slots = slots(shortest);
        let (start, end) = (slots.start(slot), slots.start(slot + 1));
        prop_assert!(end.since(start) >= shortest * 1_000);
        let inside = start.plus(end.since(start) * part / 1_000);
        prop_assert_eq!(slots.at(inside), Some(slot));
        prop_assert_eq!(slots.at(end), (slot < LAST_REVISION).then_some(slot + 1));
    }

    #[test]
    fn no_age_of_a_century_reaches_the_last_revision(shortest in 60_u64..3_600, age in 0_u64..100 * 365 * DAY) {
        let slots = slots(shortest);
        let slot = slots.at(slots.anchor.plus(age)).unwrap();
        prop_assert!(slot < LAST_REVISION);
        if age <= 60 * DAY {
            prop_assert!(slot <= 143);
        }
    }
}
