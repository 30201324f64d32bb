//! The README's bounds are those of the code, and its events those that are told. That the tests exist which it names,
//! `cargo test -p gridpact-house` sees.

use cosmwasm_std::{Addr, Event};
use energy_settlement::page::SEATS_PER_PAGE;
use gridpact_market::MAX_FEES;
use gridpact_types::settlement::accounts::CommunityAccount;
use gridpact_types::settlement::bounds::{
    MAX_ENDED, MAX_FINALISED, MAX_FINALISED_RESULTS, MAX_HELD_PAGE, MAX_HELD_PAGE_BYTES, MAX_LABEL,
    MAX_OPENINGS, MAX_PAGE, MAX_PENDING_BYTES, MIN_PENDING_BYTES,
};
use gridpact_types::settlement::events::SettlementEvent;
use gridpact_units::{Amount, EnergyTotal, IntervalIndex, Price, Slot, UnixSeconds};

const README: &str = include_str!("../../README.md");

#[test]
fn its_bounds_are_those_of_the_code() {
    let rows = [
        format!("| accounts opened a message | {MAX_OPENINGS} |"),
        format!("| windows that a message makes final | {MAX_FINALISED} |"),
        format!("| results (windows x seats) that a message makes final | {MAX_FINALISED_RESULTS} |"),
        format!("| windows that `ended` counts | {MAX_ENDED} |"),
        format!("| a page of accounts | {MAX_PAGE} |"),
        format!("| a page of held windows, or of a slot's results in them | {MAX_HELD_PAGE}, {MAX_HELD_PAGE_BYTES} bytes read |"),
        format!("| the sums of a slot's results in one answer (`pending`) | {MAX_PENDING_BYTES} bytes read, of each window {MIN_PENDING_BYTES} at least |"),
        format!("| fees of a policy | {MAX_FEES} |"),
        format!("| a fee's label | {MAX_LABEL} bytes |"),
        format!("| seats of a page | {SEATS_PER_PAGE} |"),
    ];
    for row in rows {
        assert!(README.contains(&row), "{row}");
    }
}

/// The first event, or the one behind another, in the order of the table. Exhaustive: a new event does not compile before it
/// has a place here.
fn next(event: Option<&SettlementEvent>) -> Option<SettlementEvent> {
    let (slot, amount) = (Slot(1), Amount(1));
    let first_interval = IntervalIndex(1);
    let who = Addr::unchecked("a");
    Some(match event {
        None => SettlementEvent::AccountsOpened {
            roster_version: 1,
            from: first_interval,
            first_slot: slot,
            count: 1,
        },
        Some(SettlementEvent::AccountsOpened { .. }) => SettlementEvent::Deposited {
            slot,
            payer: who,
            amount,
        },
        Some(SettlementEvent::Deposited { .. }) => SettlementEvent::Withdrawn {
            slot,
            owner: who,
            amount,
            more_ended: false,
        },
        Some(SettlementEvent::Withdrawn { .. }) => SettlementEvent::WindowSettled {
            first_interval,
            intervals: 1,
            revision: 0,
            supply_mwh: EnergyTotal(1),
            demand_mwh: EnergyTotal(1),
            payable_mwh: EnergyTotal(1),
            traded_mwh: EnergyTotal(1),
            counted_mwh: EnergyTotal(1),
            debits: amount,
            credits: amount,
            fees: amount,
            rounding: amount,
            lowest_price: Price(1),
            highest_price: Price(1),
            final_at: UnixSeconds(1),
            balances: [1; 32],
            results: [1; 32],
        },
        Some(SettlementEvent::WindowSettled { .. }) => SettlementEvent::WindowFinalised {
            first_interval,
            credits: amount,
        },
        Some(SettlementEvent::WindowFinalised { .. }) => SettlementEvent::Swept {
            account: CommunityAccount::Rounding {},
            payee: "a".to_owned(),
            amount,
        },
        Some(SettlementEvent::Swept { .. }) => return None,
    })
}

#[test]
fn its_events_are_those_that_are_told() {
    let mut last = None;
    let mut told = 0;
    while let Some(event) = next(last.as_ref()) {
        let shown = Event::from(event.clone());
        let keys: Vec<String> = shown
            .attributes
            .iter()
            .map(|pair| format!("`{}`", pair.key))
            .collect();
        let row = format!("| `{}` | {} |", shown.ty, keys.join(", "));
        assert!(README.contains(&row), "the README lacks: {row}");
        (last, told) = (Some(event), told + 1);
    }
    assert_eq!(told, 6);
}
