//! Decimal text to integers and back: tables, and whatever numbers there are.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]

use gridpact_units::decimal::energy::{parse_energy, parse_power, show_energy, show_power};
use gridpact_units::decimal::money::{parse_amount, parse_price, show_amount, show_price, MAX_AMOUNT};
use gridpact_units::decimal::{parse, show, show_rounded, show_trimmed, NotDecimal};
use gridpact_units::{Amount, Energy, Power, Price, MAX_PRICE};
use proptest::prelude::*;

#[test]
fn decimals_become_integers_without_rounding() {
    let table = [
        ("0", 6, Ok(0)),
        ("1", 6, Ok(1_000_000)),
        ("0.000001", 6, Ok(1)),
        ("00012.5", 6, Ok(12_500_000)),
        ("12.5000000000", 6, Ok(12_500_000)),
        ("0.0000001", 6, Err(NotDecimal::TooFine)),
        (
            "340282366920938463463374607431768211456",
            0,
            Err(NotDecimal::TooLarge),
        ),
        ("340282366920938463463374607431768211455", 0, Ok(u128::MAX)),
        ("1", 39, Err(NotDecimal::TooLarge)),
        ("", 6, Err(NotDecimal::Shape)),
        (".5", 6, Err(NotDecimal::Shape)),
        ("5.", 6, Err(NotDecimal::Shape)),
        ("-1", 6, Err(NotDecimal::Shape)),
        ("+1", 6, Err(NotDecimal::Shape)),
        ("1e3", 6, Err(NotDecimal::Shape)),
        ("1,5", 6, Err(NotDecimal::Shape)),
        ("1 000", 6, Err(NotDecimal::Shape)),
        ("1.2.3", 6, Err(NotDecimal::Shape)),
        ("NaN", 6, Err(NotDecimal::Shape)),
        ("١", 6, Err(NotDecimal::Shape)),
    ];
    for (text, scale, expected) in table {
        assert_eq!(parse(text, scale), expected, "{text} at scale {scale}");
    }
}

#[test]
fn integers_become_decimals_with_every_digit() {
    let table = [
        (5, 2, "0.05"),
        (-5, 2, "-0.05"),
        (100, 2, "1.00"),
        (7, 0, "7"),
        (1_234_567, 6, "1.234567"),
        (i128::MIN, 0, "-170141183460469231731687303715884105728"),
    ];
    for (value, scale, expected) in table {
        assert_eq!(show(value, scale), expected);
    }
}

#[test]
fn people_see_rounded_numbers_with_thousands_apart() {
    let table = [
        (1_234_567_890, 6, 2, "1,234.57"),
        (-1_234_565_000, 6, 2, "-1,234.57"),
        (999_995, 6, 2, "1.00"),
        (12, 0, 2, "12"),
        (1_000_000, 0, 0, "1,000,000"),
        (1_500_000, 6, 0, "2"),
        (-1_499_999, 6, 0, "-1"),
        (i128::MAX, 60, 2, "0.00"),
    ];
    for (value, scale, decimals, expected) in table {
        assert_eq!(show_rounded(value, scale, decimals), expected);
    }
}

#[test]
fn energy_and_power_name_their_unit() {
    assert_eq!(parse_energy("1.5 kWh"), Ok(Energy(1_500_000)));
    assert_eq!(parse_energy("0.25 Wh"), Ok(Energy(250)));
    assert_eq!(parse_energy("250Wh"), Ok(Energy(250_000)));
    assert_eq!(show_energy(1_500_000), "1.5 kWh");
    assert_eq!(parse_power("11 kW"), Ok(Power(11_000)));
    assert_eq!(parse_power("4600 W"), Ok(Power(4_600)));
    for text in [
        "1.5",
        "1.5 MWh",
        "0.0000001 kWh",
        "kWh",
        "-1 Wh",
        "1  kWh",
        "18446744073709.551616 kWh",
    ] {
        let error = parse_energy(text).unwrap_err().to_string();
        assert!(error.contains("expected energy"), "{text}: {error}");
        assert!(error.ends_with(&format!("got `{text}`")), "{text}: {error}");
    }
    for text in ["11", "0.5 W", "100000001 W", "5000000000 W"] {
        let error = parse_power(text).unwrap_err().to_string();
        assert!(error.contains("expected power"), "{text}: {error}");
        assert!(error.ends_with(&format!("got `{text}`")), "{text}: {error}");
    }
}

#[test]
fn amounts_and_prices_are_refused_with_the_digits_that_their_money_has() {
    assert_eq!(parse_amount("10000", 2), Ok(Amount(1_000_000)));
    assert_eq!(parse_price("0.1535", 2), Ok(Price(15_350)));
    let told = |text, decimals| parse_amount(text, decimals).unwrap_err().to_string();
    assert_eq!(
        told("0.001", 2),
        "expected money as digits with at most 2 behind the point, got `0.001`"
    );
    assert_eq!(parse_amount("1267650600228229401496703205375", 0), Ok(MAX_AMOUNT));
    assert!(told("1267650600228229401496703205376", 0).contains("expected money"));
    let told = |text, decimals| parse_price(text, decimals).unwrap_err().to_string();
    assert_eq!(
        told("0.153501", 2),
        "expected a price a kWh as digits with at most 5 behind the point, at most 10000000000000000000, got `0.153501`"
    );
    assert_eq!(parse_price("10000000000000000000", 2), Ok(MAX_PRICE));
    assert!(told("10000000000000000000.00001", 2).contains("at most 10000000000000000000,"));
}

/// A decimal as it is shown: no zeros before the whole part or behind the fraction.
fn canonical() -> impl Strategy<Value = String> {
    ("0|[1-9][0-9]{0,9}", "|[.][0-9]{0,5}[1-9]").prop_map(|(whole, fraction)| whole + &fraction)
}

proptest! {
    #[test]
    fn any_number_reads_back_at_any_scale(value: i128, scale in 0_u32..=38) {
        let (sign, digits) = (value.signum(), value.unsigned_abs());
        let shown = show(value, scale);
        prop_assert_eq!(shown.starts_with('-'), sign < 0);
        prop_assert_eq!(parse(shown.trim_start_matches('-'), scale), Ok(digits));
        prop_assert_eq!(parse(&show_trimmed(digits, scale), scale), Ok(digits));
    }

    #[test]
    fn any_canonical_text_is_shown_back(text in canonical()) {
        let energy = parse_energy(&format!("{text} kWh")).unwrap();
        prop_assert_eq!(show_energy(energy.0.into()), format!("{text} kWh"));
        let amount = parse_amount(&text, 6).unwrap();
        prop_assert_eq!(show_amount(amount, 6), text.clone());
        let price = parse_price(&text, 3).unwrap();
        prop_assert_eq!(show_price(price, 3), text);
    }

    #[test]
    fn any_energy_power_amount_and_price_reads_back(
        energy: u64,
        power in 0..=Power::MAX.0,
        amount in 0..=MAX_AMOUNT.0,
        price in 0..=MAX_PRICE.0,
        decimals in 0_u8..=18,
    ) {
        prop_assert_eq!(parse_energy(&show_energy(energy.into())), Ok(Energy(energy)));
        prop_assert_eq!(parse_power(&show_power(Power(power))), Ok(Power(power)));
        let (amount, price) = (Amount(amount), Price(price));
        prop_assert_eq!(parse_amount(&show_amount(amount, decimals), decimals), Ok(amount));
        prop_assert_eq!(parse_price(&show_price(price, decimals), decimals), Ok(price));
    }

    #[test]
    fn no_text_at_all_stops_the_reader(text: String, scale: u32) {
        let _ = parse(&text, scale);
        let _ = (parse_energy(&text), parse_power(&text), parse_amount(&text, 6), parse_price(&text, 6));
    }
}
