//! Random input through the crate metering 0.25.0 (MIT OR Apache-2.0), which has the German keys in decimals.
//!
//! It knows no tiers, households, money or sellers' side, so buyers alone are compared. Tolerances: it cuts every
//! quotient to 6 decimals, so a part of the pool is too small by up to a millionth of the pool; we give whole mWh, off
//! the exact share by less than 1. Its cascading key cuts `weight x rest / weights`, a millionth of 1 mWh, in each round.

use gridpact_market::AllocationRule;
use metering::allocation::community::{allocate, AllocationKey};
use metering::allocation::formula::SplitFactor;
use metering::prelude::Decimal;
use metering::{DayBoundary, MeloId, MeterInterval, QualityFlag, Resolution, Series};
use proptest::prelude::*;
use time::OffsetDateTime;

use crate::support::{divided, homes, STATIC, STATIC_ONCE};

fn participant(number: usize) -> MeloId {
    format!("DE0001234567890{number:018}").parse().unwrap()
}

fn series(milliwatt_hours: u64) -> Series {
    let value = Decimal::from(milliwatt_hours);
    let interval =
        MeterInterval::quarter_hour(OffsetDateTime::UNIX_EPOCH, value, QualityFlag::Measured).unwrap();
    Series::new(Resolution::QUARTER_HOUR, DayBoundary::Strom, vec![interval]).unwrap()
}

/// What each gets by the other crate, in mWh with decimals.
fn theirs(supply: u64, needs: &[u64], key: &AllocationKey) -> Vec<Decimal> {
    let consumption: Vec<Series> = needs.iter().map(|&need| series(need)).collect();
    let participants: Vec<(MeloId, &Series)> = consumption
        .iter()
        .enumerate()
        .map(|(number, series)| (participant(number), series))
        .collect();
    let rows = allocate(&series(supply), &participants, key).unwrap();
    rows[0].shares.iter().map(|share| share.allocated).collect()
}

/// Off by less than 1 mWh and the other crate's own rounding, in millionths of a mWh.
fn assert_close(ours: &[u64], theirs: &[Decimal], millionths: u64) {
    let tolerance = Decimal::ONE + Decimal::new(millionths.try_into().unwrap(), 6);
    for (our, their) in ours.iter().zip(theirs) {
        assert!(
            (Decimal::from(*our) - their).abs() <= tolerance,
            "{ours:?} {theirs:?}"
        );
    }
}

fn needs() -> impl Strategy<Value = Vec<(u64, u32)>> {
    prop::collection::vec((0_u64..2_000_000, 1_u32..100), 1..20)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn static_and_even_are_the_cascading_key(claims in needs(), supply in 0_u64..20_000_000) {
        let (needs, weights): (Vec<u64>, Vec<u32>) = claims.into_iter().unzip();
        let of_all = weights.iter().enumerate().map(|(number, &weight)| (participant(number), weight.into()));
        let theirs = theirs(supply, &needs, &AllocationKey::Cascading { weights: of_all.collect() });
        let rounds = 2 * needs.len() as u64 * needs.len() as u64;
        for rule in [STATIC, AllocationRule::Even] {
            assert_close(&divided(rule, homes(&weights), supply, &needs), &theirs, rounds);
        }
    }

    #[test]
    fn pro_rata_is_the_proportional_key(claims in needs(), supply in 0_u64..20_000_000) {
        let (needs, weights): (Vec<u64>, Vec<u32>) = claims.into_iter().unzip();
        let theirs = theirs(supply, &needs, &AllocationKey::Proportional);
        let ours = divided(AllocationRule::ProRata, homes(&weights), supply, &needs);
        assert_close(&ours, &theirs, supply);
    }

    #[test]
    fn static_not_offered_again_with_equal_weights_is_equal_shares(claims in needs(), supply in 0_u64..20_000_000) {
        let needs: Vec<u64> = claims.into_iter().map(|claim| claim.0).collect();
        let theirs = theirs(supply, &needs, &AllocationKey::EqualShares);
        let ours = divided(STATIC_ONCE, homes(&vec![1; needs.len()]), supply, &needs);
        assert_close(&ours, &theirs, supply);
    }

    /// Weights that sum to 1,000, so that their fractions have three decimals and nothing is cut.
    #[test]
    fn static_not_offered_again_is_the_constant_key(claims in needs(), supply in 0_u64..20_000_000) {
        let (mut needs, mut weights): (Vec<u64>, Vec<u32>) = claims.into_iter().take(10).unzip();
        weights.push(1_000 - weights.iter().sum::<u32>());
        needs.push(500_000);
        let fraction = |weight: u32| SplitFactor::new(Decimal::new(weight.into(), 3)).unwrap();
        let fractions = weights.iter().enumerate().map(|(number, &weight)| (participant(number), fraction(weight)));
        let theirs = theirs(supply, &needs, &AllocationKey::Constant { fractions: fractions.collect() });
        assert_close(&divided(STATIC_ONCE, homes(&weights), supply, &needs), &theirs, 0);
    }
}
