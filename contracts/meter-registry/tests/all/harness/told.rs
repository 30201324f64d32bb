use cosmwasm_std::{from_json, CosmosMsg, ReplyOn, Response, WasmMsg};
use gridpact_report::split;
use gridpact_types::settlement::messages::{ExecuteMsg, ReportBody};
use gridpact_units::UnixSeconds;

use super::address;

/// The one event's attribute.
pub fn attribute(response: &Response, event: &str, key: &str) -> String {
    let [only] = &response.events[..] else {
        panic!("one event expected in {response:?}")
    };
    assert_eq!(only.ty, event);
    only.attributes
        .iter()
        .find(|attribute| attribute.key == key)
        .unwrap()
        .value
        .clone()
}

/// The message to the settlement of a report, in its two parts.
pub fn settle(report: &[u8], final_at: UnixSeconds) -> ExecuteMsg {
    let (_, body) = split(report).unwrap();
    ExecuteMsg::Settle {
        header: report[..report.len() - body.len()].into(),
        body: ReportBody::Readings(body.into()),
        final_at,
    }
}

/// What the one message tells the settlement.
pub fn told_settlement(response: &Response) -> ExecuteMsg {
    let [only] = &response.messages[..] else {
        panic!("one message expected in {response:?}")
    };
    let CosmosMsg::Wasm(WasmMsg::Execute {
        contract_addr,
        msg,
        funds,
    }) = &only.msg
    else {
        panic!("a contract's message expected in {response:?}")
    };
    assert_eq!(*contract_addr, address("settlement").to_string());
    assert!(funds.is_empty());
    assert_eq!(only.reply_on, ReplyOn::Never);
    from_json(msg).unwrap()
}
