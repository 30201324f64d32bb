//! Gas prices are integers inside, and a fee is never a unit short.

use gridpact_client::GasPrice;

fn price(text: &str) -> GasPrice {
    text.parse().unwrap()
}

#[test]
fn a_fee_rounds_up() {
    let cases = [
        ("0.025stake", 0, 0),
        ("0.025stake", 1, 1),
        ("0.025stake", 40, 1),
        ("0.025stake", 41, 2),
        ("0.025stake", 104_706, 2_618),
        ("1stake", 104_706, 104_706),
        ("0stake", 104_706, 0),
        ("0.000000000000000001stake", 1, 1),
        ("20000000000.5aevmos", 3, 60_000_000_002),
    ];
    for (text, gas, fee) in cases {
        assert_eq!(price(text).fee(gas), Some(fee), "{text} x {gas}");
    }
}

#[test]
fn a_fee_above_the_largest_amount_is_none() {
    let dear = price("100000000000000000000stake");
    assert_eq!(dear.fee(1), Some(100_000_000_000_000_000_000));
    assert_eq!(dear.fee(u64::MAX), None);
}

#[test]
fn a_price_is_written_as_it_is_read() {
    for text in [
        "0.025stake",
        "1stake",
        "0stake",
        "0.1ibc/ABC",
        "12.000000000000000001factory/wasm1x/y",
    ] {
        assert_eq!(price(text).to_string(), text);
    }
    assert_eq!(price("01.500stake").to_string(), "1.5stake");
}

#[test]
fn what_is_no_price_is_refused_by_name() {
    let wrong = [
        "",
        "stake",
        "0.025",
        ".5stake",
        "1.2.3stake",
        "-1stake",
        "0.0000000000000000001stake",
        "1 stake",
        "1st",
        "1stake,",
        "1sta ke",
        "1e3",
        "999999999999999999999999999999999999999stake",
    ];
    for text in wrong {
        let error = text.parse::<GasPrice>().unwrap_err().to_string();
        assert!(error.ends_with(&format!("got {text:?}")), "{error}");
    }
}
