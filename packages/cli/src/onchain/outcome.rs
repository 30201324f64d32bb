//! What came of sending: printed as lines for people or as one JSON object for programs.

use gridpact_client::{Estimate, Message, Network, Transaction};
use serde_json::{json, Map, Value};

use super::{describe, listing};

/// What came of one transaction, or would.
#[derive(Clone, Debug)]
pub struct Outcome {
    what: String,
    facts: Vec<(String, Value)>,
    end: End,
}

#[derive(Clone, Debug)]
enum End {
    /// Nothing was sent: `--dry-run`.
    Estimated(Estimate, Vec<Message>),
    /// It is in a block.
    Done(Box<Transaction>),
}

impl Outcome {
    pub(super) fn estimated(what: &str, estimate: Estimate, messages: &[Message]) -> Self {
        Self::new(what, End::Estimated(estimate, messages.to_vec()))
    }

    pub(super) fn done(what: &str, transaction: Transaction) -> Self {
        Self::new(what, End::Done(Box::new(transaction)))
    }

    fn new(what: &str, end: End) -> Self {
        Self {
            what: what.to_owned(),
            facts: Vec::new(),
            end,
        }
    }

    /// The transaction; `None` after a dry run.
    pub fn transaction(&self) -> Option<&Transaction> {
        match &self.end {
            End::Done(transaction) => Some(transaction),
            End::Estimated(..) => None,
        }
    }

    /// A value that a contract told in one of its events, whose kind is without wasmd's `wasm-`; `None` after a dry run.
    pub fn told(&self, kind: &str, key: &str) -> Option<String> {
        let kind = format!("wasm-{kind}");
        self.transaction()?.attribute(&kind, key).map(str::to_owned)
    }

    /// Every value that contracts told in events of a kind; none after a dry run.
    pub fn all_told(&self, kind: &str, key: &str) -> Vec<String> {
        let kind = format!("wasm-{kind}");
        let told = self.transaction().into_iter();
        told.flat_map(|transaction| transaction.attributes(&kind, key).map(str::to_owned))
            .collect()
    }

    /// The same with one more fact, shown beside the transaction. `None` is left out.
    #[must_use]
    pub fn with(mut self, name: &str, value: Option<impl Into<Value>>) -> Self {
        if let Some(value) = value {
            self.facts.push((name.to_owned(), value.into()));
        }
        self
    }

    /// For programs:
    /// `{"did", facts…, "transaction": {"hash", "height", "gas_wanted", "gas_used", "fee", "bytes", "link"}}`, and after a
    /// dry run `{"would", facts…, "dry_run": {"gas", "fee", "messages"}}`.
    pub fn json(&self, network: &Network) -> Value {
        let mut object = Map::new();
        let verb = if self.transaction().is_some() {
            "did"
        } else {
            "would"
        };
        object.insert(verb.to_owned(), self.what.clone().into());
        object.extend(self.facts.iter().cloned());
        match &self.end {
            End::Done(transaction) => {
                object.insert("transaction".to_owned(), transaction_json(transaction, network))
            }
            End::Estimated(estimate, messages) => object.insert(
                "dry_run".to_owned(),
                json!({
                    "gas": estimate.gas,
                    "fee": [estimate.fee],
                    "messages": messages.iter().map(describe::message).collect::<Vec<_>>(),
                }),
            ),
        };
        Value::Object(object)
    }

    /// For people.
    pub fn text(&self, network: &Network) -> String {
        let mut lines: Vec<(&str, String)> = Vec::new();
        let facts = self.facts.iter();
        lines.extend(facts.map(|(name, value)| (name.as_str(), plain(value))));
        let verb = match &self.end {
            End::Done(transaction) => {
                let used = format!("{} of {} allowed", transaction.gas_used, transaction.gas_wanted);
                lines.push(("transaction", transaction.hash.clone()));
                lines.push(("block", transaction.height.to_string()));
                lines.push(("gas", used));
                lines.push(("fee", coins(&transaction.fee)));
                lines.extend(network.explorer_link(&transaction.hash).map(|link| ("see", link)));
                "done"
            }
            End::Estimated(estimate, _) => {
                lines.push(("gas", estimate.gas.to_string()));
                lines.push(("fee", estimate.fee.to_string()));
                "would, but nothing was sent"
            }
        };
        let mut text = format!("{verb}: {}\n{}", self.what, listing::facts(lines));
        if let End::Estimated(_, messages) = &self.end {
            for message in messages {
                text.push_str(&format!("{:#}\n", describe::message(message)));
            }
        }
        text
    }
}

/// `{"hash", "height", "gas_wanted", "gas_used", "fee", "bytes", "link"}`.
pub fn transaction_json(transaction: &Transaction, network: &Network) -> Value {
    json!({
        "hash": transaction.hash,
        "height": transaction.height,
        "gas_wanted": transaction.gas_wanted,
        "gas_used": transaction.gas_used,
        "fee": transaction.fee,
        "bytes": transaction.bytes,
        "link": network.explorer_link(&transaction.hash),
    })
}

/// `12stake, 3ueur`.
pub fn coins(coins: &[cosmwasm_std::Coin]) -> String {
    let all: Vec<String> = coins.iter().map(ToString::to_string).collect();
    if all.is_empty() {
        "none".to_owned()
    } else {
        all.join(", ")
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
