//! Messages refuse a field that they do not know, at any depth; answers survive one.

use cosmwasm_std::from_json;
use gridpact_types::escrow::answers::PledgeResponse;
use gridpact_types::escrow::messages::ExecuteMsg;
use gridpact_types::settlement;
use gridpact_types::strict::Strict;

const PLEDGE: &str = r#"{"pledge":{"project":1,"terms_hash":"00","condition":{"total":"5"}}}"#;

#[test]
fn a_message_with_an_unknown_field_is_refused_at_any_depth() {
    let known: Strict<ExecuteMsg> = from_json(PLEDGE).unwrap();
    let plain: ExecuteMsg = from_json(PLEDGE).unwrap();
    assert_eq!(known.0, plain);
    let table = [
        (r#""project":1"#, r#""project":1,"projekt":2"#, "projekt"),
        (r#""condition""#, r#""conditon""#, "conditon"),
        (r#""total":"5""#, r#""totl":"5""#, "condition.totl"),
        (
            r#""total":"5""#,
            r#""pledgers":{"count":2,"at_least":"1","at_lest":"1"}"#,
            "condition.pledgers.?.at_lest",
        ),
    ];
    for (field, other, named) in table {
        let text = PLEDGE.replace(field, other);
        let error = from_json::<Strict<ExecuteMsg>>(&text).unwrap_err().to_string();
        let expected = format!("field: expected only those of the message, got {named}");
        assert!(error.contains(&expected), "{text}: {error}");
    }
}

#[test]
fn a_message_without_fields_takes_none() {
    let close = |text: &str| from_json::<Strict<settlement::queries::QueryMsg>>(text);
    assert_eq!(
        close(r#"{"books":{}}"#).unwrap().0,
        settlement::queries::QueryMsg::Books {}
    );
    assert!(close(r#"{"books":{"since":1}}"#).is_err());
}

#[test]
fn an_answer_with_a_new_field_is_read() {
    let text = r#"{"pledger":"a","amount":"1","condition":{"parties":[],"pledgers":null,"total":null,"lasting":"2"},
        "consistent":true,"paid":"0","refundable":"0","displaced":"0","revenue":"0","since":5}"#;
    let read: PledgeResponse = from_json(text).unwrap();
    assert_eq!(read.pledger, "a");
}
