//! Which readings are believed.

use gridpact_readings::registers::plausible::Doubt;
use gridpact_readings::registers::quarantine::{Quarantine, Taken, Verdict};

use super::*;

fn take(quarantine: &mut Quarantine, at: u64, value: u64) -> Taken {
    quarantine.take(RegisterReading::new(at, value))
}

/// The last verdict on these readings.
fn last(of: &[(u64, u64)]) -> Verdict {
    let mut quarantine = Quarantine::new(PLAUSIBLE);
    let verdicts = readings(of)
        .into_iter()
        .map(|reading| quarantine.take(reading).verdict);
    verdicts.last().unwrap()
}

#[test]
fn the_first_value_is_a_baseline() {
    assert_eq!(last(&[(900, 12_345_678)]), Verdict::Baseline);
    // However high it is, no energy comes of it.
    assert_eq!(judged_quarters(&[(900, 12_345_678)], 2), [Moved::MISSING; 2]);
}

#[test]
fn a_fall_is_held() {
    let fall = Doubt::Fall {
        before: Energy(999_999_900_000),
        got: Energy(150_000),
    };
    assert_eq!(last(&[(0, 999_999_900_000), (900, 150_000)]), Verdict::Held(fall));
    assert_eq!(
        fall.to_string(),
        "the register fell: expected at least 999999.9 kWh, got 0.15 kWh"
    );
}

#[test]
fn a_step_may_be_the_limit_and_one_count_and_no_more() {
    let step = |value| last(&[(0, 0), (900, value)]);
    assert_eq!(
        step(4_313_500),
        Verdict::Trusted(RegisterReading::new(900, 4_313_500))
    );
    let jump = Doubt::Jump {
        most: Energy(4_313_500),
        got: Energy(4_313_501),
    };
    assert_eq!(step(4_313_501), Verdict::Held(jump));
    assert_eq!(
        jump.to_string(),
        "the register jumped: expected at most 4.3135 kWh, got 4.313501 kWh"
    );
}

#[test]
fn a_lone_outlier_is_dropped_and_counted_and_the_register_goes_on() {
    for outlier in [0, 474_642_000] {
        let mut quarantine = Quarantine::new(PLAUSIBLE);
        take(&mut quarantine, 0, 1_000_000);
        assert!(matches!(
            take(&mut quarantine, 900, outlier).verdict,
            Verdict::Held(_)
        ));
        assert_eq!(quarantine.held(), readings(&[(900, outlier)]));
        let taken = take(&mut quarantine, 1_800, 1_500_000);
        assert_eq!(
            taken.verdict,
            Verdict::Trusted(RegisterReading::new(1_800, 1_500_000))
        );
        assert_eq!(taken.dropped, readings(&[(900, outlier)]));
        assert_eq!((quarantine.dropped(), quarantine.held().len()), (1, 0));
    }
    let spoilt = [(0, 1_000_000), (900, 474_642_000), (1_800, 1_500_000)];
    assert_eq!(judged_quarters(&spoilt, 2), [substituted(250_000); 2]);
}

#[test]
fn outliers_that_follow_neither_the_register_nor_each_other_are_dropped_one_by_one() {
    let mut quarantine = Quarantine::new(PLAUSIBLE);
    take(&mut quarantine, 0, 1_000_000);
    take(&mut quarantine, 10, 500_000);
    let taken = take(&mut quarantine, 20, 400_000);
    assert!(matches!(taken.verdict, Verdict::Held(_)));
    assert_eq!(taken.dropped, readings(&[(10, 500_000)]));
    let taken = take(&mut quarantine, 30, 90_000_000);
    assert_eq!(taken.dropped, readings(&[(20, 400_000)]));
    assert_eq!(quarantine.held(), readings(&[(30, 90_000_000)]));
    assert_eq!(quarantine.dropped(), 2);
    assert_eq!(quarantine.trusted(), Some(RegisterReading::new(0, 1_000_000)));
}

#[test]
fn three_readings_that_span_a_minute_are_a_new_register() {
    let old = (0, 1_000_000);
    let held = |of: &[(u64, u64)]| matches!(last(of), Verdict::Held(_));
    assert!(held(&[old, (900, 10), (1_800, 20)]), "two are not enough");
    assert!(
        held(&[old, (900, 10), (910, 20), (959, 30)]),
        "59 s are not enough"
    );
    let three = [(900, 10), (910, 20), (960, 30)];
    assert_eq!(
        last(&[&[old][..], &three].concat()),
        Verdict::NewRegister(readings(&three))
    );
    let four = [(900, 10), (910, 20), (959, 30), (960, 30)];
    assert_eq!(
        last(&[&[old][..], &four].concat()),
        Verdict::NewRegister(readings(&four))
    );
}

#[test]
fn a_new_register_is_trusted_from_then_on() {
    let mut quarantine = Quarantine::new(PLAUSIBLE);
    for (at, value) in [(0, 1_000_000), (900, 10), (1_800, 20), (2_700, 30)] {
        take(&mut quarantine, at, value);
    }
    assert_eq!(quarantine.trusted(), Some(RegisterReading::new(2_700, 30)));
    assert!(matches!(
        take(&mut quarantine, 3_600, 40).verdict,
        Verdict::Trusted(_)
    ));
    assert!(matches!(
        take(&mut quarantine, 4_500, 1_000_000_000).verdict,
        Verdict::Held(_)
    ));
}

#[test]
fn what_comes_twice_is_told_apart_from_what_contradicts() {
    let mut quarantine = Quarantine::new(PLAUSIBLE);
    take(&mut quarantine, 900, 100);
    assert_eq!(take(&mut quarantine, 900, 100).verdict, Verdict::Repeated);
    let first = RegisterReading::new(900, 100);
    assert_eq!(
        take(&mut quarantine, 900, 101).verdict,
        Verdict::Contradicts(first)
    );
    assert_eq!(quarantine.dropped(), 1);
    assert_eq!(take(&mut quarantine, 899, 100).verdict, Verdict::Late);
    // The same of a reading that is held.
    take(&mut quarantine, 1_800, 0);
    assert_eq!(take(&mut quarantine, 1_800, 0).verdict, Verdict::Repeated);
    assert_eq!(quarantine.held().len(), 1);
    let held = RegisterReading::new(1_800, 0);
    assert_eq!(
        take(&mut quarantine, 1_800, 1).verdict,
        Verdict::Contradicts(held)
    );
    assert_eq!(take(&mut quarantine, 1_000, 100).verdict, Verdict::Late);
    assert_eq!(quarantine.held(), [held]);
}

#[test]
fn a_register_begins_anew_at_its_modulus_only_where_that_is_known_and_plausible() {
    let modulus = 1_000_000_000_000;
    let known = Plausible {
        modulus: core::num::NonZeroU64::new(modulus),
        ..PLAUSIBLE
    };
    let mut quarantine = Quarantine::new(known);
    take(&mut quarantine, 0, 999_999_900_000);
    let carried = |at, value| Verdict::Trusted(RegisterReading::new(at, value));
    assert_eq!(
        take(&mut quarantine, 900, 150_000).verdict,
        carried(900, modulus + 150_000)
    );
    assert_eq!(take(&mut quarantine, 900, 150_000).verdict, Verdict::Repeated);
    assert_eq!(
        take(&mut quarantine, 1_800, 250_000).verdict,
        carried(1_800, modulus + 250_000)
    );
    // A second time around.
    let mut quarantine = Quarantine::resumed(known, RegisterReading::new(0, 2 * modulus - 1));
    assert_eq!(
        take(&mut quarantine, 900, 9).verdict,
        carried(900, 2 * modulus + 9)
    );
    // A reset far from the modulus is none, nor is what no register of this modulus can show.
    assert!(matches!(
        take(&mut quarantine, 1_800, 0).verdict,
        Verdict::Held(Doubt::Fall { .. })
    ));
    let mut quarantine = Quarantine::resumed(known, RegisterReading::new(0, modulus - 1));
    assert!(matches!(
        take(&mut quarantine, 900, 5_000_000).verdict,
        Verdict::Held(_)
    ));
    assert!(matches!(
        take(&mut quarantine, 901, modulus + 10_000_000).verdict,
        Verdict::Held(Doubt::Jump { .. })
    ));
    // Its energy.
    let judged = judge(readings(&[(0, 999_999_900_000), (900, 150_000)]), known);
    let energy = energies(&judged.registers, 1, EXACT, IntervalLength::QUARTER_HOUR);
    assert_eq!(energy, [measured(250_000)]);
}
