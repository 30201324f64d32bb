//! Wrong arguments are refused before anything runs.

use crate::{folder, refusal};

#[test]
fn wrong_arguments_are_refused_and_say_what_was_expected() {
    let table: [(&[&str], &str); 14] = [
        (
            &["simulate", "--rule", "fair"],
            "expected even, pro_rata, static, static-no-reoffer, priority",
        ),
        (
            &["simulate", "--price", "auction"],
            "expected fixed[:PRICE], mid_market[:WEIGHT] or sdr[:COMPENSATION]",
        ),
        (
            &["simulate", "--price", "mid_market:1.1"],
            "expected a weight of 0 to 1",
        ),
        (
            &["simulate", "--price", "sdr:0.23"],
            "expected at most retail - feed-in",
        ),
        (
            &["simulate", "--retail", "0.05"],
            "expected feed-in at most retail",
        ),
        (&["simulate", "--retail", "-1"], "unexpected argument"),
        (
            &["simulate", "--no-utility", "--price", "mid_market"],
            "expected at least one table for a price rule",
        ),
        (
            &["simulate", "--no-utility", "--retail", "0.3"],
            "cannot be used with",
        ),
        (&["simulate", "--deposit", "1e3"], "expected money as digits"),
        (&["simulate", "--pledge", "0"], "expected more than nothing"),
        (&["simulate", "--window", "193"], "193 is not in 1..=192"),
        (&["simulate", "--days", "0"], "0 is not in 1..=36600"),
        (&["simulate", "--format", "csv"], "--data <PATH>"),
        (&["simulate", "--detail"], "--out <DIR>"),
    ];
    for (arguments, expected) in table {
        let error = refusal(arguments);
        assert!(
            error.contains(expected),
            "{arguments:?}: expected `{expected}` in: {error}"
        );
    }
}

#[test]
fn a_selection_that_the_data_does_not_have_is_refused() {
    let table: [(&[&str], &str); 5] = [
        (&["simulate", "--homes", "0"], "--homes: expected 1 to 114"),
        (&["simulate", "--homes", "115"], "--homes: expected 1 to 114"),
        (
            &["simulate", "--from", "2017-01-01"],
            "covers 2016-01-11 to 2016-01-17 and 2016-06-13 to 2016-06-19",
        ),
        (
            &["simulate", "--from", "tomorrow"],
            "expected a day as 2016-06-13 or an RFC 3339 time",
        ),
        (
            &["simulate", "--home", "nobody"],
            "--home: expected a meter's name or a slot of 0 to 113, got `nobody`",
        ),
    ];
    for (arguments, expected) in table {
        let error = refusal(arguments);
        assert!(
            error.contains(expected),
            "{arguments:?}: expected `{expected}` in: {error}"
        );
    }
}

#[test]
fn an_out_that_is_a_file_is_refused_and_left_alone() {
    let file = folder("out_is_a_file").join("precious");
    std::fs::write(&file, "kept").unwrap();
    let error = refusal(&["simulate", "--out", file.to_str().unwrap()]);
    assert!(
        error.contains("--out: expected a folder, got the file"),
        "{error}"
    );
    assert_eq!(std::fs::read_to_string(file).unwrap(), "kept");
}

#[test]
fn a_node_that_no_browser_may_ask_is_refused_before_anything_is_asked() {
    for place in [
        "http://192.168.0.2:26657",
        "ftp://x",
        "rpc",
        "//x",
        "https://",
        "/a b",
    ] {
        for option in ["--node=Village=", "--mirror="] {
            let said = refusal(&[
                "grid",
                "web-config",
                "--time-zone",
                "UTC",
                &format!("{option}{place}"),
            ]);
            assert!(
                said.contains("a path of the app's own address such as /rpc")
                    && said.contains(&format!("`{place}`")),
                "{option}{place}: {said}"
            );
        }
    }
}
