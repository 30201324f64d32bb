use gridpact_report::archive::{
    balances_bytes, balances_hash, balances_path, read_balances, report_path, results_hash, sha256,
};
use gridpact_units::Amount;
use proptest::prelude::*;

#[test]
fn balances_take_the_fewest_bytes_that_hold_the_largest() {
    let table: [(&[u128], &str); 6] = [
        (&[], "00"),
        (&[0, 0], "00"),
        (&[1, 0, 255], "0101 00 ff"),
        (&[1, 256], "02 0001 0100"),
        (&[30_000_000, 0, 16_777_216], "04 01c9c380 00000000 01000000"),
        (
            &[1, u128::MAX - 1],
            "10 00000000000000000000000000000001 fffffffffffffffffffffffffffffffe",
        ),
    ];
    for (free, written) in table {
        let bytes = balances_bytes(free.iter().copied().map(Amount));
        assert_eq!(hex::encode(&bytes), written.replace(' ', ""));
    }
}

#[test]
fn the_hashes_are_what_any_other_program_makes_of_the_bytes() {
    // printf 0101 | xxd -r -p | sha256sum
    assert_eq!(
        hex::encode(balances_hash([Amount(1)])),
        "9dcf97a184f32623d11a73124ceb99a5709b083721e878a16d78f596718ba7b2"
    );
    assert_eq!(balances_hash([]), sha256(&[0]));
    assert_eq!(
        results_hash([(Amount(7), Amount(9))]),
        balances_hash([Amount(7), Amount(9)])
    );
}

#[test]
fn other_bytes_are_no_balances() {
    let table: [(&[u8], usize, &str); 9] = [
        (
            &[],
            1,
            "a first byte that says how many bytes an amount takes, got nothing",
        ),
        (&[17], 0, "at most 16 bytes for each amount, got 17"),
        (&[1], 1, "1 byte and 1 for each of 1 seats, got 1 bytes"),
        (&[1, 5, 5], 1, "1 byte and 1 for each of 1 seats, got 3 bytes"),
        (&[2, 1, 1, 1], 2, "1 byte and 2 for each of 2 seats, got 4 bytes"),
        (&[0, 0], 1, "1 byte and 0 for each of 1 seats, got 2 bytes"),
        // 5 in two bytes, nothing in one, and nobody's in three.
        (
            &[2, 0, 5],
            1,
            "the fewest bytes that hold the largest amount, got 2 for each",
        ),
        (
            &[1, 0],
            1,
            "the fewest bytes that hold the largest amount, got 1 for each",
        ),
        (
            &[3],
            0,
            "the fewest bytes that hold the largest amount, got 3 for each",
        ),
    ];
    for (bytes, seats, expected) in table {
        let error = read_balances(bytes, seats).unwrap_err();
        assert_eq!(error.to_string(), format!("balances: expected {expected}"));
    }
}

#[test]
fn a_file_is_named_by_the_hash_that_the_chain_tells() {
    let hash = sha256(b"");
    let name = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855.bin";
    assert_eq!(report_path(&hash), format!("reports/{name}"));
    assert_eq!(balances_path(&hash), format!("balances/{name}"));
}

proptest! {
    #[test]
    fn balances_are_read_as_they_were_written(free in prop::collection::vec(any::<u128>(), 0..50)) {
        let free: Vec<Amount> = free.into_iter().map(Amount).collect();
        let bytes = balances_bytes(free.clone());
        prop_assert_eq!(balances_hash(free.clone()), sha256(&bytes));
        prop_assert_eq!(read_balances(&bytes, free.len()), Ok(free));
    }
}
