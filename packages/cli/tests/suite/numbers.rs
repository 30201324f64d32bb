//! Decimal text to integers and back.

use gridpact_cli::options::{parse_currency, parse_money, parse_price};
use gridpact_units::decimal::{parse, show, show_rounded, NotDecimal};
use gridpact_units::{Amount, Price};

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
    ];
    for (value, scale, decimals, expected) in table {
        assert_eq!(show_rounded(value, scale, decimals), expected);
    }
}

#[test]
fn a_price_of_15_35_cents_is_exact_with_two_decimals() {
    let euro = parse_currency("EUR:2").unwrap();
    assert_eq!(parse_price("0.1535", &euro).unwrap(), Price(15_350));
    assert_eq!(parse_money("10000", &euro).unwrap(), Amount(1_000_000));
    let too_fine = parse_price("0.153501", &euro).unwrap_err().to_string();
    assert!(too_fine.contains("at most 5 behind the point"), "{too_fine}");
}

#[test]
fn a_currency_has_a_name_and_at_most_18_decimals() {
    for wrong in [
        "EUR",
        "EUR:",
        "EUR:19",
        ":2",
        "E U:2",
        "EUR:-1",
        "ABCDEFGHIJKLM:2",
    ] {
        assert!(parse_currency(wrong).is_err(), "{wrong}");
    }
}
