//! What a report must be to be accepted, each check at its exact boundary.

use gridpact_report::connections::Connections;
use gridpact_report::{body_hash, split, Mode, Resolution};
use gridpact_types::registry::answers::{WindowReport, WindowResponse, WindowState};
use gridpact_types::registry::bounds::MAX_REVISION;
use gridpact_types::registry::events;
use gridpact_types::registry::queries::QueryMsg;
use gridpact_units::{IntervalIndex, IntervalLength, Reading, Seconds};
use meter_registry::error::ContractError;

use crate::harness::*;

#[test]
fn an_accepted_report_is_settled_in_the_same_transaction_and_recorded() {
    let (mut grid, draft) = ready();
    let response = grid.report_by(&draft, &[0, 2, 3]).unwrap();

    let final_at = seconds(grid.now() + 16 * DAY);
    let most = Some((Energy(MOST), Energy(MOST)));
    let connections: Connections = [most; 3].into_iter().collect();
    let expected = settle(&draft.bytes(), &connections, final_at);
    assert_eq!(told_settlement(&response), expected);

    let window: WindowResponse = grid
        .ask(QueryMsg::Window {
            first_interval: FIRST,
        })
        .unwrap();
    let bytes = draft.bytes();
    let (_, body) = split(&bytes).unwrap();
    let report = WindowReport {
        mode: 0,
        scheme: 0,
        epoch: 1,
        roster_version: 1,
        seats: 3,
        revision: 0,
        body_hash: body_hash(body).into(),
        digest: grid.digest(&bytes).into(),
        signers: 0b1101,
        height: grid.env.block.height,
        reported_at: seconds(grid.now()),
        final_at,
    };
    let expected = WindowResponse {
        first_interval: FIRST,
        intervals: 1,
        state: WindowState::Reported(report),
    };
    assert_eq!(window, expected);
    assert_eq!(grid.next().first_interval, Some(FIRST.plus(1)));
    assert_eq!(grid.next().max_intervals, 0);
}

#[test]
fn no_report_comes_before_the_first_meter() {
    let mut grid = Grid::new();
    let draft = UnsignedReport::new(1, 1, 1, FIRST, 1);
    assert_eq!(grid.report(&draft).unwrap_err(), ContractError::BeforeFirstRoster);
}

#[test]
fn an_interval_is_reported_from_the_second_it_ends_not_one_before() {
    let (mut grid, draft) = ready();
    grid.set_time(grid.now() - 1);
    assert_eq!(grid.next().max_intervals, 0);
    let refused = ContractError::NotEnded {
        running: FIRST,
        got: FIRST.plus(1),
    };
    assert_eq!(grid.report(&draft).unwrap_err(), refused);
    grid.passes(1);
    assert_eq!(grid.next().max_intervals, 1);
    grid.report(&draft).unwrap();
}

#[test]
fn the_last_interval_of_a_longer_window_must_have_ended_too() {
    let (mut grid, _) = ready();
    grid.until_ended(FIRST.plus(2));
    grid.set_time(grid.now() - 1);
    let draft = UnsignedReport::new(1, 1, 3, FIRST, 3);
    let refused = ContractError::NotEnded {
        running: FIRST.plus(2),
        got: FIRST.plus(3),
    };
    assert_eq!(grid.report(&draft).unwrap_err(), refused);
    grid.passes(1);
    grid.report(&draft).unwrap();
}

#[test]
fn an_interval_is_reported_until_the_limit_after_its_end_not_one_second_later() {
    let (mut grid, draft) = ready();
    grid.passes(HOUR + 1);
    let refused = ContractError::TooOld {
        oldest: FIRST.plus(1),
        got: FIRST,
    };
    assert_eq!(grid.report(&draft).unwrap_err(), refused);
    assert!(grid.next().gap);
    grid.set_time(grid.now() - 1);
    assert!(!grid.next().gap);
    grid.report(&draft).unwrap();
}

#[test]
fn a_report_starts_where_the_last_window_ended() {
    let (mut grid, draft) = ready();
    grid.report(&draft).unwrap();
    grid.until_ended(FIRST.plus(2));
    let next = FIRST.plus(1);
    for got in [FIRST.plus(2), IntervalIndex(NOW), IntervalIndex(0)] {
        let refused = grid.report(&UnsignedReport::new(1, 1, 3, got, 1)).unwrap_err();
        assert_eq!(refused, ContractError::Start { expected: next, got });
    }
    grid.report(&UnsignedReport::new(1, 1, 3, next, 2)).unwrap();
    // The middle of a window is no start either.
    let refused = grid
        .report(&UnsignedReport::new(1, 1, 3, FIRST.plus(2), 1))
        .unwrap_err();
    assert_eq!(
        refused,
        ContractError::Start {
            expected: FIRST.plus(3),
            got: FIRST.plus(2)
        }
    );
}

#[test]
fn epoch_roster_resolution_and_seats_are_those_of_the_grid() {
    let (mut grid, draft) = ready();
    type Change = fn(&mut UnsignedReport);
    let cases: [(Change, ContractError); 7] = [
        (
            |draft| draft.header.epoch = 0,
            ContractError::Epoch { expected: 1, got: 0 },
        ),
        (
            |draft| draft.header.epoch = 2,
            ContractError::Epoch { expected: 1, got: 2 },
        ),
        (
            |draft| draft.header.roster_version = 0,
            ContractError::RosterVersion { expected: 1, got: 0 },
        ),
        (
            |draft| draft.header.roster_version = 2,
            ContractError::RosterVersion { expected: 1, got: 2 },
        ),
        (
            |draft| draft.header.resolution = Resolution::QUARTER_WATT_HOUR,
            ContractError::Resolution {
                expected: 1_000,
                got: 250,
            },
        ),
        (
            |draft| *draft = UnsignedReport::new(1, 1, 2, FIRST, 1),
            ContractError::Seats { expected: 3, got: 2 },
        ),
        (
            |draft| *draft = UnsignedReport::new(1, 1, 4, FIRST, 1),
            ContractError::Seats { expected: 3, got: 4 },
        ),
    ];
    for (change, refused) in cases {
        let mut changed = draft.clone();
        change(&mut changed);
        // Before any signature is looked at: it has none.
        assert_eq!(grid.report_by(&changed, &[]).unwrap_err(), refused);
        assert_eq!(grid.report(&changed).unwrap_err(), refused);
    }
    grid.report(&draft).unwrap();
}

#[test]
fn a_first_report_may_have_any_revision_up_to_the_bound() {
    for revision in [0, 1, 7, MAX_REVISION] {
        let (mut grid, mut draft) = ready();
        draft.header.revision = revision;
        grid.report(&draft).unwrap();
        let window = &grid.windows()[0];
        assert_eq!(window.state.report().unwrap().revision, revision);
    }
    let (mut grid, mut draft) = ready();
    draft.header.revision = MAX_REVISION + 1;
    assert_eq!(
        grid.report(&draft).unwrap_err(),
        ContractError::Revision {
            got: MAX_REVISION + 1
        }
    );
}

#[test]
fn no_byte_of_a_header_is_missing() {
    let (mut grid, draft) = ready();
    let bytes = draft.bytes();
    let (_, body) = split(&bytes).unwrap();
    for length in 0..bytes.len() - body.len() {
        let cut = bytes[..length].to_vec();
        let signatures = grid.signatures(&grid.digest(&cut), &[0, 1, 2]);
        grid.carry(cut, signatures).unwrap_err();
    }
    grid.report(&draft).unwrap();
}

#[test]
fn the_longest_window_is_accepted_at_every_length_of_an_interval() {
    for length in [60_u32, 300, 900, 1_800, 3_600] {
        let mut grid = Grid::with(|msg| {
            msg.interval_length = IntervalLength::from_seconds(length).unwrap();
            msg.rosters_begin.every = Seconds(length.into());
            msg.report_limit = Seconds::days(60);
            msg.challenge_period = Seconds(0);
        });
        grid.join(2, None).unwrap();
        grid.passes(u64::from(length) * (u64::from(Mode::Open.max_intervals()) + 2));
        assert_eq!(grid.next().max_intervals, Mode::Open.max_intervals());
        let mut draft = grid.unsigned(Mode::Open.max_intervals());
        // Whatever the length, 4 kW x length is allowed.
        draft.readings[0] =
            Reading::measured(Energy(u64::from(LIMIT * length / 3_600) * 1_000), Energy::ZERO);
        let response = grid.report(&draft).unwrap();
        assert_eq!(
            attribute(&response, events::REPORT_ACCEPTED, "final_at"),
            grid.now().to_string()
        );
    }
}
