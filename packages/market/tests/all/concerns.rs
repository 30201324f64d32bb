//! What hurts members is told by name.

use gridpact_market::{AllocationRule, Concern, FeeKind, Policy, PriceRule, TariffBand};
use gridpact_units::{BasisPoints, Price};

use crate::policies::{band, with_bands, with_price};
use crate::support::fixed;

/// Names of the concerns about a policy.
fn concerns(policy: &Policy) -> Vec<String> {
    policy.validate().unwrap();
    policy.concerns().iter().map(ToString::to_string).collect()
}

#[test]
fn a_policy_that_hurts_its_members_is_told() {
    // Retail 300, feed-in 80 in one band, 0 in the other.
    let free_at_night = |price, fees| Policy {
        price,
        fees,
        ..with_bands(vec![
            band(0),
            TariffBand {
                feed_in: Price(0),
                ..band(720)
            },
        ])
    };
    let always = |price, fees| Policy {
        fees,
        ..with_price(price)
    };
    let sdr = |compensation| PriceRule::SupplyDemandRatio {
        compensation: Price(compensation),
    };
    let mid = |weight| PriceRule::MidMarket {
        weight: BasisPoints(weight),
    };
    let fixed_at = |price| PriceRule::Fixed { price: Price(price) };
    let two_percent = || vec![FeeKind::BasisPoints(BasisPoints(200)).of(1)];
    let without_utility = |price, fees| Policy {
        price: fixed_at(price),
        fees,
        ..fixed(AllocationRule::Even, AllocationRule::ProRata)
    };
    let all = || vec![FeeKind::BasisPoints(BasisPoints(10_000)).of(1)];
    let table: [(Policy, &[&str]); 17] = [
        (always(sdr(0), vec![]), &[]),
        (always(sdr(0), two_percent()), &["fees_above_margin"]),
        (always(sdr(2), two_percent()), &[]),
        (
            always(mid(500), vec![FeeKind::PerMwh(Price(20)).of(1)]),
            &["fees_above_margin"],
        ),
        (always(mid(500), vec![FeeKind::PerMwh(Price(11)).of(1)]), &[]),
        (always(fixed_at(300), vec![]), &[]),
        (always(fixed_at(301), vec![]), &["fixed_above_retail"]),
        (always(fixed_at(79), vec![]), &["fees_above_margin"]),
        (free_at_night(sdr(0), vec![]), &["free_energy"]),
        (free_at_night(sdr(1), vec![]), &[]),
        (
            free_at_night(mid(0), two_percent()),
            &["fees_above_margin", "free_energy"],
        ),
        (without_utility(0, vec![]), &["free_energy"]),
        (without_utility(100, two_percent()), &[]),
        // Fees that take all leave a seller nothing, whether or not there is a utility that would pay.
        (without_utility(100, all()), &["fees_above_margin"]),
        (
            without_utility(100, vec![FeeKind::PerMwh(Price(100)).of(1)]),
            &["fees_above_margin"],
        ),
        (without_utility(100, vec![FeeKind::PerMwh(Price(99)).of(1)]), &[]),
        (free_at_night(sdr(1), all()), &["fees_above_margin"]),
    ];
    for (policy, expected) in table {
        assert_eq!(concerns(&policy), expected, "{policy:?}");
    }
}

#[test]
fn every_concern_says_what_it_means_for_members() {
    let meanings = [
        (
            Concern::FeesAboveMargin,
            "at the lowest price a seller gets less after fees than the utility pays, or nothing",
        ),
        (
            Concern::FixedAboveRetail,
            "the fixed price is above what the utility charges",
        ),
        (
            Concern::FreeEnergy,
            "the lowest price of the rule is 0: sellers give energy away then",
        ),
    ];
    for (concern, meaning) in meanings {
        assert_eq!(concern.meaning(), meaning);
    }
}
