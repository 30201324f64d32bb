//! What can go wrong between here and a block, told by cause.

/// Why a chain did not answer, or did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No node answered, for as long as was tried.
    #[error("{endpoint} is not reachable: {cause}")]
    Unreachable {
        /// Where.
        endpoint: String,
        /// What the connection said.
        cause: String,
    },
    /// The node serves another chain.
    #[error("{endpoint}: expected chain {expected}, got {got}")]
    WrongChain {
        /// Where.
        endpoint: String,
        /// The network file's.
        expected: String,
        /// The node's.
        got: String,
    },
    /// A contract or the chain refused, in its own words.
    #[error("{text}")]
    Refused {
        /// Its words, without the chain's wrapping.
        text: String,
        /// The transaction, where one got into a block.
        hash: Option<String>,
    },
    /// The gas limit did not suffice.
    #[error("out of gas: {wanted} were allowed, {used} were used when it stopped")]
    OutOfGas {
        /// The limit.
        wanted: u64,
        /// What was used.
        used: u64,
        /// The transaction, where one got into a block.
        hash: Option<String>,
    },
    /// The fee is below what the node asks for.
    #[error("fee too low: {required} needed, {got} offered")]
    FeeTooLow {
        /// What the node asks for.
        required: String,
        /// What was offered.
        got: String,
    },
    /// The account cannot pay.
    #[error("not enough money: {0}")]
    InsufficientFunds(String),
    /// The chain has never seen the account.
    #[error("the chain does not know account {0}: send it a coin first, and enough for fees")]
    UnknownAccount(String),
    /// Another signer used the same key, again and again.
    #[error("account sequence: the chain expects {expected}, got {got}")]
    Sequence {
        /// The chain's.
        expected: u64,
        /// Ours.
        got: u64,
    },
    /// The transaction is dead: its last block has passed without it. It can be sent again.
    #[error("transaction {hash} is in no block up to its last, {timeout_height}: nothing of it happened")]
    Expired {
        /// Its hash.
        hash: String,
        /// The last block it was valid for.
        timeout_height: u64,
    },
    /// A wait came to its end. What was waited for may still happen.
    #[error("waited {seconds} s for {what}")]
    TimedOut {
        /// What was waited for.
        what: String,
        /// How long.
        seconds: u64,
    },
    /// An answer that makes no sense here.
    #[error("unexpected answer: {0}")]
    Answer(String),
    /// What was asked for cannot be sent.
    #[error("{0}")]
    Invalid(String),
}

/// A contract's own words, without what the chain puts around them.
///
/// The chain writes `failed to execute message; message index: 0: dispatch: submessages: WORDS: execute wasm contract
/// failed`, and a simulation adds ` [file:line] with gas used: '1234': unknown request`.
pub(crate) fn own_words(log: &str) -> String {
    let mut text = log.trim();
    let gas = ["with gas used:", "With gas wanted:"]
        .iter()
        .find_map(|words| text.find(words));
    if let Some(before) = gas.and_then(|at| text.get(..at)) {
        // The place in the chain's source stands before it, in brackets.
        text = before
            .rfind(" [")
            .and_then(|at| before.get(..at))
            .unwrap_or(before);
    }
    if let Some((_, rest)) = text.split_once("message index: ") {
        text = rest.split_once(": ").map_or(rest, |(_, words)| words);
    }
    loop {
        let before = text;
        text = text.strip_prefix("dispatch: submessages: ").unwrap_or(text);
        text = text
            .strip_prefix("rpc error: code = Unknown desc = ")
            .unwrap_or(text);
        for action in ["execute", "instantiate", "query", "migrate", "reply"] {
            let tail = format!(": {action} wasm contract failed");
            text = text.strip_suffix(tail.as_str()).unwrap_or(text);
        }
        if text == before {
            return text.to_owned();
        }
    }
}

/// The sequence the chain expects, and the one it got, in its words about a mismatch.
pub(crate) fn sequence_mismatch(text: &str) -> Option<(u64, u64)> {
    let (_, rest) = text.split_once("account sequence mismatch, expected ")?;
    let (expected, rest) = rest.split_once(", got ")?;
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    Some((expected.parse().ok()?, rest.get(..end)?.parse().ok()?))
}

/// The gas allowed and used, in the SDK's words: `out of gas in location: WHERE; gasWanted: 100, gasUsed: 2670: out of gas`.
pub(crate) fn out_of_gas(text: &str) -> Option<(u64, u64)> {
    let number = |name: &str| {
        let (_, rest) = text.split_once(name)?;
        let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        rest.get(..end)?.parse().ok()
    };
    text.contains("out of gas").then_some(())?;
    Some((number("gasWanted: ")?, number("gasUsed: ")?))
}

/// What the SDK refused, by its own code (cosmos-sdk `types/errors`) and words.
pub(crate) fn refused(codespace: &str, code: u32, log: &str, gas: (u64, u64), hash: Option<&str>) -> Error {
    let hash = hash.map(str::to_owned);
    let text = own_words(log);
    match (codespace, code) {
        ("sdk", 11) => {
            // A refusal before any block has the numbers in its words only.
            let (wanted, used) = out_of_gas(log).unwrap_or(gas);
            Error::OutOfGas { wanted, used, hash }
        }
        ("sdk", 13) => fee_too_low(&text),
        ("sdk", 5) => Error::InsufficientFunds(text),
        ("sdk", 32) => match sequence_mismatch(&text) {
            Some((expected, got)) => Error::Sequence { expected, got },
            None => Error::Refused { text, hash },
        },
        _ => Error::Refused { text, hash },
    }
}

/// `insufficient fees; got: 1stake required: 2500stake: insufficient fee`.
fn fee_too_low(text: &str) -> Error {
    let parts = text
        .split_once("got: ")
        .and_then(|(_, rest)| rest.split_once(" required: "));
    match parts {
        Some((got, rest)) => Error::FeeTooLow {
            required: rest
                .split_once(": ")
                .map_or(rest, |(required, _)| required)
                .to_owned(),
            got: if got.is_empty() {
                "nothing".to_owned()
            } else {
                got.to_owned()
            },
        },
        None => Error::Refused {
            text: text.to_owned(),
            hash: None,
        },
    }
}
