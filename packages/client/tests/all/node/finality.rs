//! What a carrier puts before a report, by what the settlement says of windows whose time is over.

use gridpact_client::{Message, Settlement};
use serde_json::{json, Value};

use super::Node;

/// Asks a settlement that answers so.
async fn before_report(finalise_first: u32) -> (usize, bool) {
    let node = Node::default();
    node.block(1_800_000_000, vec![]);
    let answer = json!({ "windows": 2_048, "finalise_first": finalise_first });
    node.0.lock().unwrap().answer = Some(Box::new(move |contract, question| {
        let question: Value = serde_json::from_slice(question).unwrap();
        assert_eq!((contract, question), ("wasm1settlement", json!({ "ended": {} })));
        answer.to_string().into_bytes()
    }));
    let chain = node.connect().await;
    let settlement = Settlement::new(&chain, "wasm1settlement");
    let before = settlement.before_report().await.unwrap();
    let finalise = settlement.finalise(None).unwrap();
    assert!(before
        .finalise
        .iter()
        .all(|message: &Message| *message == finalise));
    (before.finalise.len(), before.report_too)
}

#[tokio::test]
async fn as_many_messages_as_the_settlement_says_come_before_a_report_and_no_more_than_fit() {
    let table = [
        (0, (0, true)),
        (1, (1, true)),
        (4, (4, true)),
        (5, (4, false)),
        (15, (4, false)),
    ];
    for (finalise_first, expected) in table {
        assert_eq!(before_report(finalise_first).await, expected);
    }
}
