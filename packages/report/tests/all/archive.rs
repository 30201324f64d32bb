use gridpact_report::archive::{
    balances_bytes, balances_hash, balances_path, read_balances, report_path, results_hash, sha256,
};
use gridpact_units::Amount;
use proptest::prelude::*;

#[test]
fn a_balance_is_16_bytes_most_significant_first() {
    let bytes = balances_bytes([Amount(1), Amount(0), Amount(u128::MAX - 1)]);
    assert_eq!(
        hex::encode(&bytes),
        "0000000000000000000000000000000100000000000000000000000000000000fffffffffffffffffffffffffffffffe"
    );
}

#[test]
fn the_hashes_are_what_any_other_program_makes_of_the_bytes() {
    // printf '%032x' 1 | xxd -r -p | sha256sum
    assert_eq!(
        hex::encode(balances_hash([Amount(1)])),
        "7c3ccd10bb7ec37b46d37926ae6274267f007a34aeaf15c882a715a7f3300529"
    );
    assert_eq!(balances_hash([]), sha256(b""));
    assert_eq!(
        results_hash([(Amount(7), Amount(9))]),
        balances_hash([Amount(7), Amount(9)])
    );
}

#[test]
fn bytes_of_another_length_are_no_balances() {
    let table = [(0, 1), (15, 1), (17, 1), (16, 2), (32, 1), (16, 0)];
    for (length, seats) in table {
        let error = read_balances(&vec![0; length], seats).unwrap_err();
        assert_eq!((error.seats, error.got), (seats, length));
    }
    assert_eq!(
        read_balances(&[0; 33], 2).unwrap_err().to_string(),
        "balances: expected 16 bytes for each of 2 seats, got 33 bytes"
    );
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
