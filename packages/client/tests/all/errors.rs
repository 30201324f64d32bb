//! What a chain writes about a failure, as wasmd 0.61 and older nodes write it, and what is told of it.

use gridpact_client::{Error, Transaction};

/// Why a transaction failed that a chain answered so.
fn failure(codespace: &str, code: u32, log: &str) -> Error {
    let transaction = Transaction {
        hash: "AB12".to_owned(),
        height: 7,
        code,
        codespace: codespace.to_owned(),
        log: log.to_owned(),
        gas_wanted: 60_000,
        gas_used: 61_807,
        fee: vec![],
        bytes: 300,
        events: vec![],
        messages: vec![],
        data: vec![],
    };
    transaction.result().unwrap_err()
}

#[test]
fn a_contract_s_words_come_without_the_chain_s_wrapping() {
    let wrapped = [
        "failed to execute message; message index: 0: no project 7; there are 0: execute wasm contract failed",
        "failed to execute message; message index: 12: no project 7; there are 0: instantiate wasm contract failed",
        "failed to execute message; message index: 0: dispatch: submessages: no project 7; there are 0: execute wasm \
         contract failed",
        "failed to execute message; message index: 0: dispatch: submessages: dispatch: submessages: no project 7; \
         there are 0: execute wasm contract failed",
        "rpc error: code = Unknown desc = failed to execute message; message index: 0: no project 7; there are 0: \
         execute wasm contract failed [CosmWasm/wasmd@v0.61.14/x/wasm/keeper/keeper.go:424] with gas used: '1234': \
         unknown request",
        "failed to execute message; message index: 0: no project 7; there are 0: execute wasm contract failed \
         [CosmWasm/wasmd/x/wasm/keeper/keeper.go:395] With gas wanted: '0' and gas used: '1234' : unknown request",
        "no project 7; there are 0: query wasm contract failed",
        "no project 7; there are 0",
    ];
    for log in wrapped {
        let error = failure("wasm", 5, log);
        assert_eq!(error.to_string(), "no project 7; there are 0", "{log}");
        assert!(matches!(error, Error::Refused { hash: Some(hash), .. } if hash == "AB12"));
    }
}

#[test]
fn brackets_and_colons_of_the_contract_stay() {
    let log = "failed to execute message; message index: 0: expected [1, 2]: got [3]: execute wasm contract failed \
               [a/keeper.go:1] with gas used: '5': unknown request";
    assert_eq!(failure("wasm", 5, log).to_string(), "expected [1, 2]: got [3]");
}

#[test]
fn out_of_gas_tells_both_numbers() {
    let in_a_block = failure("sdk", 11, "out of gas in location: ReadFlat; no numbers here");
    assert!(matches!(
        in_a_block,
        Error::OutOfGas {
            wanted: 60_000,
            used: 61_807,
            hash: Some(_)
        }
    ));
    let words = "out of gas in location: txSize; gasWanted: 10, gasUsed: 1000: out of gas";
    let error = failure("sdk", 11, words);
    assert!(
        matches!(
            error,
            Error::OutOfGas {
                wanted: 10,
                used: 1_000,
                ..
            }
        ),
        "{error}"
    );
    assert_eq!(
        error.to_string(),
        "out of gas: 10 were allowed, 1000 were used when it stopped"
    );
}

#[test]
fn a_fee_too_low_tells_what_is_needed() {
    let log = "insufficient fees; got: 88stake required: 2196stake: insufficient fee";
    assert_eq!(
        failure("sdk", 13, log).to_string(),
        "fee too low: 2196stake needed, 88stake offered"
    );
    let nothing = "insufficient fees; got:  required: 2196stake: insufficient fee";
    assert_eq!(
        failure("sdk", 13, nothing).to_string(),
        "fee too low: 2196stake needed, nothing offered"
    );
    let unknown = failure("sdk", 13, "insufficient fee");
    assert!(matches!(unknown, Error::Refused { .. }), "{unknown:?}");
}

#[test]
fn a_sequence_mismatch_is_read_from_the_answer() {
    let log = "account sequence mismatch, expected 12, got 11: incorrect account sequence";
    let error = failure("sdk", 32, log);
    assert!(
        matches!(
            error,
            Error::Sequence {
                expected: 12,
                got: 11
            }
        ),
        "{error:?}"
    );
    for other in [
        "incorrect account sequence",
        "account sequence mismatch, expected x, got 11",
        "account sequence mismatch, expected 12",
        "account sequence mismatch, expected 99999999999999999999999, got 1",
    ] {
        let error = failure("sdk", 32, other);
        assert!(
            matches!(&error, Error::Refused { text, .. } if text == other),
            "{error:?}"
        );
    }
}

#[test]
fn too_little_money_tells_both_amounts() {
    let log =
        "failed to execute message; message index: 0: spendable balance 10ueur is smaller than 11ueur: \
               insufficient funds";
    let error = failure("sdk", 5, log);
    assert!(matches!(error, Error::InsufficientFunds(_)), "{error:?}");
    assert_eq!(
        error.to_string(),
        "not enough money: spendable balance 10ueur is smaller than 11ueur: insufficient funds"
    );
}

#[test]
fn the_same_code_of_another_module_is_not_mistaken() {
    let error = failure("mymodule", 11, "closed on Sundays");
    assert!(matches!(error, Error::Refused { .. }), "{error:?}");
}
