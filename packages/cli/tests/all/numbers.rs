//! Money and prices of the options.

use gridpact_cli::options::{parse_currency, parse_money, parse_price};
use gridpact_units::{Amount, Price};

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
