//! Schemas: messages are closed to fields that they do not know, answers are open.

use cosmwasm_schema::generate_api;
use gridpact_types::escrow::messages::{ExecuteMsg, InstantiateMsg};
use gridpact_types::escrow::queries::QueryMsg;
use gridpact_types::schema;

#[test]
fn messages_are_closed_and_answers_open() {
    let api = generate_api! {
        instantiate: InstantiateMsg,
        execute: ExecuteMsg,
        query: QueryMsg,
    };
    let answers = api.responses.as_ref().unwrap().len();
    let text = schema::render(api).unwrap();
    let (messages, responses) = text.split_once("\"responses\": {").unwrap();
    let closed = "\"additionalProperties\": false";
    assert!(messages.matches(closed).count() > 10, "{messages}");
    assert_eq!(responses.matches(closed).count(), 0, "{responses}");
    assert!(
        responses.matches("\"properties\": {").count() >= answers,
        "{responses}"
    );
}
