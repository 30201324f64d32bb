//! Money, prices and times: read exactly, shown so that they read back.

use gridpact_cli::onchain::time::{parse_duration, parse_moment, parse_time, show, show_duration, Moment};
use gridpact_cli::onchain::{money, Listing};
use gridpact_types::asset::Asset;
use gridpact_units::{Amount, Price, Seconds, UnixSeconds};

use super::network;
use crate::folder;

const TOKEN: &str = "wasm158kvkwku8mq75kv7p9v0h376xqc76fhgu29phkndpc6u2tza44sqsh3rhp";

#[test]
fn money_is_read_in_main_and_in_base_units_and_shown_back() {
    let network = network(&folder("money"));
    let table = [
        ("10000 EUR", Asset::native("ueur"), 10_000_000_000, "10000 EUR"),
        ("2.5 EUR", Asset::native("ueur"), 2_500_000, "2.5 EUR"),
        ("0.000001 EUR", Asset::native("ueur"), 1, "0.000001 EUR"),
        ("10000000ueur", Asset::native("ueur"), 10_000_000, "10 EUR"),
        ("7ustake", Asset::native("ustake"), 7, "7ustake"),
        ("3.25 ISLE", Asset::cw20(TOKEN), 325, "3.25 ISLE"),
        ("0 EUR", Asset::native("ueur"), 0, "0 EUR"),
    ];
    for (text, asset, amount, shown) in table {
        let money = money::parse(text, &network).unwrap();
        assert_eq!((&money.asset, money.amount), (&asset, Amount(amount)), "{text}");
        assert_eq!(money::show(money.amount, &money.asset, &network), shown);
        assert_eq!(money::parse(shown, &network).unwrap(), money);
    }
    let token = money::parse(&format!("5cw20:{TOKEN}"), &network).unwrap();
    assert_eq!(money::show(token.amount, &token.asset, &network), "0.05 ISLE");
}

#[test]
fn money_without_a_unit_or_too_fine_is_refused_with_the_assets_named() {
    let network = network(&folder("no_money"));
    let wrong = [
        "10",
        "10EUR?",
        "1,5 EUR",
        "-1 EUR",
        "1e3 EUR",
        "1.0000001 EUR",
        " 1 EUR",
        "1  EUR",
        "0.001 ISLE",
        "EUR",
        "",
        "1267650600228229401496703205376ueur",
        "9eu",
    ];
    for text in wrong {
        let error = money::parse(text, &network).unwrap_err().to_string();
        assert!(error.contains("expected"), "{text}: {error}");
        assert!(error.contains("EUR, ISLE"), "{text}: {error}");
    }
    let error = money::parse("1 USD", &network).unwrap_err().to_string();
    assert!(error.contains("(EUR, ISLE), got `USD`"), "{error}");
    let error = money::parse_of("1 EUR", &Asset::cw20(TOKEN), &network)
        .unwrap_err()
        .to_string();
    assert!(error.contains("expected money in ISLE"), "{error}");
}

#[test]
fn prices_are_per_kilowatt_hour_in_base_units_per_megawatt_hour() {
    let network = network(&folder("prices"));
    let euro = Asset::native("ueur");
    let price = money::parse_price("0.1535 EUR/kWh", &euro, &network).unwrap();
    assert_eq!(price, Price(153_500_000));
    assert_eq!(money::show_price(price, &euro, &network), "0.1535 EUR/kWh");
    for text in [
        "0.15",
        "0.15 EUR",
        "0.15 ISLE/kWh",
        "0.15EUR/kWh",
        "0.0000000001 EUR/kWh",
        "1000000000000001 EUR/kWh",
    ] {
        let error = money::parse_price(text, &euro, &network).unwrap_err().to_string();
        assert!(
            error.contains("expected a price as `0.30 EUR/kWh`"),
            "{text}: {error}"
        );
    }
    let error = money::parse_price("1 X/kWh", &Asset::native("other"), &network)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("expected a name for native:other under [assets]"),
        "{error}"
    );
}

#[test]
fn times_carry_their_zone() {
    let december = UnixSeconds(1_796_083_200);
    for text in [
        "2026-12-01T00:00Z",
        "2026-12-01T01:00+01:00",
        "2026-12-01T00:00:00Z",
        "2026-12-01",
    ] {
        assert_eq!(parse_time(text), Ok(december), "{text}");
    }
    assert_eq!(show(december), "2026-12-01T00:00:00Z");
    assert_eq!(parse_moment("+1d12h"), Ok(Moment::After(Seconds(129_600))));
    assert_eq!(
        Moment::After(Seconds(5)).from(december),
        UnixSeconds(december.0 + 5)
    );
    assert_eq!(Moment::At(december).from(UnixSeconds(0)), december);
    for text in [
        "2026-12-01T00:00",
        "2026-12-01 00:00",
        "2026-12-01 00:00Z",
        "2026-12-01T00:00Z[UTC]",
        "tomorrow",
        "",
        "1796083200",
        "1969-12-31",
        "2026-12-01T00:00:00.5Z",
    ] {
        let error = parse_moment(text).unwrap_err();
        assert!(
            error.contains("2026-12-01T00:00Z") && error.contains(text),
            "{text}: {error}"
        );
    }
}

#[test]
fn lengths_of_time_name_their_unit() {
    let table = [
        ("14d", 14 * 86_400, "14d"),
        ("90m", 5_400, "1h30m"),
        ("1d12h", 129_600, "1d12h"),
        ("2w", 14 * 86_400, "14d"),
        ("0s", 0, "0s"),
    ];
    for (text, seconds, shown) in table {
        assert_eq!(parse_duration(text), Ok(Seconds(seconds)), "{text}");
        assert_eq!(show_duration(Seconds(seconds)), shown);
        assert_eq!(parse_duration(shown), Ok(Seconds(seconds)));
    }
    for text in [
        "",
        "14",
        "d",
        "1.5h",
        "1m1d",
        "1h1h",
        "-1d",
        "1 d",
        "99999999999999999999s",
        "9999999999999999999w",
    ] {
        let error = parse_duration(text).unwrap_err();
        assert!(error.contains(&format!("got `{text}`")), "{text}: {error}");
    }
}

#[test]
fn columns_of_a_table_stand_under_each_other() {
    let mut list = Listing::new(["slot", "free"]);
    list.row(["0".to_owned(), "2.5 EUR".to_owned()]);
    list.row(["1000".to_owned(), String::new()]);
    assert_eq!(list.to_string(), "slot  free\n0     2.5 EUR\n1000\n");
}
