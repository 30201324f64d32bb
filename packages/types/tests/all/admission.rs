//! The usual terms of an admission stand once.

use cosmwasm_std::from_json;
use gridpact_types::registry::meters::Admission;

#[test]
fn the_usual_terms_are_those_of_a_message_that_names_the_proposal_alone() {
    let read: Admission = from_json(br#"{"proposal":7}"#).unwrap();
    assert_eq!(Admission::of(7), read);
}
