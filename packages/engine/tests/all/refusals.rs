use gridpact_engine::seat;
use gridpact_engine::window::{read_policy, settle};
use gridpact_market::PriceRule;
use gridpact_report::archive::balances_bytes;
use gridpact_units::{Amount, Price};

use crate::support::{balances, policy, report, SEATS};

#[test]
fn what_does_not_fit_together_is_refused_in_words() {
    let seats = seat::read(SEATS).unwrap();
    let refusal = |policy, seats: &[_], balances: &[u8], report: &[u8]| {
        settle(&policy, seats, balances, report).unwrap_err().to_string()
    };
    let (whole, written) = (balances(), report());
    let most = balances_bytes([Amount(u128::MAX); 4]);
    let dear = gridpact_market::Policy {
        price: PriceRule::Fixed {
            price: Price(u128::MAX),
        },
        ..policy()
    };
    let table = [
        (
            refusal(policy(), &seats[..3], &whole, &written),
            "seats: expected 4, as the report has, got 3",
        ),
        (
            refusal(policy(), &seats, &whole[..8], &written),
            "balances: expected 1 byte and 2 for each of 4 seats, got 8 bytes",
        ),
        (
            refusal(policy(), &seats, &[], &written),
            "balances: expected a first byte that says how many bytes an amount takes, got nothing",
        ),
        (
            refusal(policy(), &seats, &most, &written),
            "free balances: expected at most 79228162514264337593543950336 base units in all, got more",
        ),
        (
            refusal(policy(), &seats, &whole, &written[..written.len() - 1]),
            "report: body: expected more after the first 11 bytes, got the end",
        ),
        (
            refusal(policy(), &seats, &whole, b"<html>"),
            "report: format version: expected 1, got 60",
        ),
        (
            refusal(dear, &seats, &whole, &written),
            "fixed price: expected at most 1000000000000000000000000 base units per MWh, got 340282366920938463463374607431768211455",
        ),
    ];
    for (got, expected) in table {
        assert_eq!(got, expected);
    }
}

#[test]
fn text_that_is_no_policy_or_no_seats_is_refused_by_name() {
    let policy = read_policy("{}").unwrap_err().to_string();
    assert_eq!(policy, "policy: missing field `interval_length`");
    let seats = seat::read(r#"[{"slot":0}]"#).unwrap_err().to_string();
    assert_eq!(seats, "seats: missing field `household`");
    let other = seat::read("null").unwrap_err().to_string();
    assert!(other.starts_with("seats: "), "{other}");
}
