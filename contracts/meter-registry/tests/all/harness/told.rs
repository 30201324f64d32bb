use cosmwasm_std::{from_json, CosmosMsg, ReplyOn, Response, WasmMsg};
use gridpact_report::connections::{ConnectionError, Connections};
use gridpact_report::{decode, split};
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

/// The message to the settlement of a report, in its two parts, with what every seat's connection can carry.
pub fn settle(report: &[u8], connections: &Connections, final_at: UnixSeconds) -> ExecuteMsg {
    let (_, body) = split(report).unwrap();
    ExecuteMsg::Settle {
        header: report[..report.len() - body.len()].into(),
        body: ReportBody::Readings(body.into()),
        connections: connections.encode().into(),
        final_at,
    }
}

/// What a settlement says to the readings that it is handed: it alone decodes them.
pub fn judged(report: &[u8], response: &Response) -> Result<(), ConnectionError> {
    let ExecuteMsg::Settle { connections, .. } = told_settlement(response) else {
        panic!("a report to be settled expected in {response:?}")
    };
    let connections = Connections::decode(&connections).unwrap();
    let report = decode(report).unwrap();
    let seats = usize::from(report.header.seats);
    assert_eq!(connections.seats(), seats);
    let mut intervals = (0..).zip(report.readings.chunks(seats));
    intervals
        .try_for_each(|(at, readings)| connections.check(report.header.first_interval.plus(at), readings))
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
