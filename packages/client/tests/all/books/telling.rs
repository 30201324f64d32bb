//! Messages and what came of them, as a chain tells them.

use cosmwasm_std::{Addr, Coin};
use gridpact_client::{ChainEvent, Message, Transaction};
use gridpact_testing::Outcome;

/// A message and what came of it.
pub type Done = (Message, Vec<ChainEvent>);

/// A message that was carried out, and its events; nothing where it was refused.
pub fn done(
    contract: &Addr,
    msg: &impl serde::Serialize,
    funds: Vec<Coin>,
    outcome: Outcome,
) -> Option<Done> {
    let message = Message::execute(contract.as_str(), msg, funds).unwrap();
    let events = outcome.ok()?.events.into_iter().map(|event| ChainEvent {
        kind: event.ty,
        attributes: event
            .attributes
            .into_iter()
            .map(|attribute| (attribute.key, attribute.value))
            .collect(),
    });
    Some((message, events.collect()))
}

/// A transaction whose events say to which message they belong.
pub fn transaction(done: Vec<Done>) -> Transaction {
    let mut transaction = without_indices(done.clone());
    transaction.events.clear();
    for (position, (_, events)) in done.into_iter().enumerate() {
        for mut event in events {
            event
                .attributes
                .push(("msg_index".to_owned(), position.to_string()));
            transaction.events.push(event);
        }
    }
    transaction
}

/// The same on a chain that does not say it.
pub fn without_indices(done: Vec<Done>) -> Transaction {
    let (messages, events): (Vec<Message>, Vec<Vec<ChainEvent>>) = done.into_iter().unzip();
    Transaction {
        hash: "ABC".to_owned(),
        height: 7,
        code: 0,
        codespace: String::new(),
        log: String::new(),
        gas_wanted: 0,
        gas_used: 0,
        fee: vec![],
        bytes: 0,
        events: events.concat(),
        messages,
        data: vec![],
    }
}
