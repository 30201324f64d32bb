//! A window that is reported: the very report again is harmless, another is refused.

use cosmwasm_std::HexBinary;
use gridpact_types::registry::events;
use gridpact_units::Reading;
use meter_registry::error::ContractError;

use crate::harness::*;

#[test]
fn the_identical_report_again_is_harmless_whoever_carries_it() {
    let (mut grid, draft) = ready();
    grid.report(&draft).unwrap();
    let stored = grid.stored();
    let accepted_at = grid.env.block.height.to_string();
    // With other signatures, with none, when it is long final, and when the chain got another name.
    for (later, signers) in [(0, &[0, 1, 2][..]), (1, &[1, 2, 3]), (60, &[]), (DAY * 90, &[])] {
        grid.passes(later);
        if later == DAY * 90 {
            grid.env.block.chain_id = "gridpact-2".to_owned();
        }
        let response = grid.report_by(&draft, signers).unwrap();
        assert_eq!(
            attribute(&response, events::REPORT_KNOWN, "first_interval"),
            FIRST.to_string()
        );
        assert_eq!(attribute(&response, events::REPORT_KNOWN, "height"), accepted_at);
        assert!(response.messages.is_empty());
        assert_eq!(grid.stored(), stored);
    }
}

#[test]
fn another_report_for_a_reported_window_is_refused() {
    let (mut grid, draft) = ready();
    grid.report(&draft).unwrap();
    let hex = |report: &UnsignedReport, grid: &Grid| HexBinary::from(grid.digest(&report.bytes())).to_hex();
    let accepted = hex(&draft, &grid);
    let mut greater = draft.clone();
    greater.header.revision = 1;
    let mut other = draft.clone();
    other.readings[0] = Reading::MISSING;
    for changed in [greater, other] {
        let got = hex(&changed, &grid);
        let refused = ContractError::OtherReport {
            first_interval: FIRST,
            expected: accepted.clone(),
            got,
        };
        assert_eq!(grid.report_by(&changed, &[0, 1, 2, 3]).unwrap_err(), refused);
    }
}
