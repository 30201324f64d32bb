//! What a reading may be: within the meter's power limit over the interval, up to a whole count.

use cosmwasm_std::Response;
use gridpact_report::connections::{ConnectionError, Direction};
use gridpact_report::Resolution;
use gridpact_types::registry::messages::ExecuteMsg;
use gridpact_types::registry::meters::{MeterKind, MeterProposal};
use gridpact_units::{IntervalLength, Power, Quality, Reading, Seconds};

use crate::harness::*;

#[test]
fn every_value_is_within_the_power_limit_over_the_interval() {
    let exact = Energy(MOST);
    let above = Energy(MOST + 1_000);
    for (seat, direction) in [
        (0, Direction::Import),
        (2, Direction::Import),
        (1, Direction::Export),
    ] {
        let set = |draft: &mut UnsignedReport, energy| {
            draft.readings[3 + seat] = match direction {
                Direction::Import => Reading::measured(energy, Energy::ZERO),
                Direction::Export => Reading::measured(Energy::ZERO, energy),
            };
        };
        let mut grid = Grid::with_meters(3);
        grid.until_ended(FIRST.plus(1));
        let mut draft = grid.unsigned(2);
        set(&mut draft, above);
        let interval = FIRST.plus(1);
        let refused = ConnectionError::AboveLimit {
            interval,
            seat,
            direction,
            limit: exact,
            got: above,
        };
        assert_eq!(grid.settled(&draft).unwrap_err(), refused);
        set(&mut draft, exact);
        grid.settled(&draft).unwrap();
    }
}

#[test]
fn a_substitute_is_bound_by_the_limit_as_a_measurement_is() {
    let (mut grid, mut draft) = ready();
    let (import, quality) = (Energy(MOST + 1_000), Quality::SubstitutedFinal);
    draft.readings[0] = Reading {
        import,
        export: Energy::ZERO,
        quality,
    };
    assert!(matches!(
        grid.settled(&draft).unwrap_err(),
        ConnectionError::AboveLimit { .. }
    ));
}

#[test]
fn a_consumer_gives_nothing_and_a_missing_reading_is_no_breach() {
    let mut grid = Grid::new();
    let consumer = MeterProposal {
        kind: MeterKind::Consumer,
        export_limit: Power(0),
        ..meter(1)
    };
    grid.send("home", ExecuteMsg::ProposeMeter { meter: consumer })
        .unwrap();
    grid.admit(vec![admission(1)], None).unwrap();
    grid.until_ended(FIRST);
    let mut draft = grid.unsigned(1);
    draft.readings = vec![Reading::measured(Energy::ZERO, Energy(1_000))];
    let (direction, got) = (Direction::Export, Energy(1_000));
    let refused = ConnectionError::AboveLimit {
        interval: FIRST,
        seat: 0,
        direction,
        limit: Energy::ZERO,
        got,
    };
    assert_eq!(grid.settled(&draft).unwrap_err(), refused);
    draft.readings = vec![Reading::MISSING];
    grid.settled(&draft).unwrap();
}

/// A grid of one producer, whose first interval has ended.
fn producer(watts: u32, seconds: u32, resolution: u32) -> Grid {
    let mut grid = Grid::with(|msg| {
        msg.interval_length = IntervalLength::from_seconds(seconds).unwrap();
        msg.rosters_begin.every = Seconds(seconds.into());
        msg.resolution = resolution;
        msg.challenge_period = Seconds(0);
        msg.report_limit = Seconds(DAY);
    });
    let meter = MeterProposal {
        kind: MeterKind::Producer,
        import_limit: Power(0),
        export_limit: Power(watts),
        ..meter(1)
    };
    grid.send("home", ExecuteMsg::ProposeMeter { meter }).unwrap();
    grid.admit(vec![admission(1)], None).unwrap();
    grid.passes(u64::from(seconds) * 2);
    grid
}

fn give(grid: &mut Grid, resolution: u32, energy: u64) -> Result<Response, ConnectionError> {
    let mut report = grid.unsigned(1);
    report.header.resolution = Resolution::from_milliwatt_hours(resolution).unwrap();
    report.readings = vec![Reading::measured(Energy::ZERO, Energy(energy))];
    grid.settled(&report)
}

#[test]
fn the_limit_is_the_energy_up_to_the_next_whole_count_and_not_one_more() {
    // Power in W, length in s, resolution in mWh; the most in mWh, worked out by hand.
    for (watts, seconds, resolution, most) in [
        (4_000, 900, 1_000, 1_000_000),
        (4_001, 900, 1_000, 1_001_000),
        (3_999, 900, 1_000, 1_000_000),
        (5_000, 300, 1_000, 417_000),
        (5_000, 300, 250, 416_750),
        (5_000, 300, 1, 416_667),
        (17_250, 900, 1_000, 4_313_000),
        (17_250, 900, 250, 4_312_500),
        (3_680, 300, 1_000, 307_000),
        (3_680, 900, 1_000_000, 1_000_000),
        (4_001, 900, 1_000_000, 2_000_000),
        (1, 60, 1_000_000, 1_000_000),
        (1, 60, 1, 17),
        (100_000_000, 3_600, 1_000, 100_000_000_000),
    ] {
        let mut grid = producer(watts, seconds, resolution);
        if most < 100_000_000_000 {
            let refused = give(&mut grid, resolution, most + u64::from(resolution)).unwrap_err();
            assert!(
                matches!(refused, ConnectionError::AboveLimit { limit, .. } if limit.0 == most),
                "{watts} W, {seconds} s, {resolution} mWh: {refused}"
            );
        }
        give(&mut grid, resolution, most).unwrap();
    }
}

#[test]
fn a_home_just_at_its_limit_is_reported_in_every_interval() {
    for (watts, seconds) in [
        (5_000, 300),
        (17_250, 900),
        (3_680, 300),
        (3_450, 900),
        (10_000, 300),
    ] {
        let mut grid = producer(watts, seconds, 1_000);
        // What a register of whole Wh shows after k intervals.
        let register = |k: u64| k * u64::from(watts) * u64::from(seconds) / 3_600;
        for k in 0..12 {
            let shown = register(k + 1) - register(k);
            give(&mut grid, 1_000, shown * 1_000).unwrap();
            grid.passes(seconds.into());
        }
    }
}

/// A reading with a value at its limit and the other above: the error names the one above.
#[test]
fn the_value_above_its_limit_is_named_and_not_the_one_at_it() {
    let (at, above) = (Energy(MOST), Energy(MOST + 1_000));
    for (reading, direction) in [
        (Reading::measured(at, above), Direction::Export),
        (Reading::measured(above, at), Direction::Import),
    ] {
        let (mut grid, mut draft) = ready();
        draft.readings[0] = reading;
        let refused = ConnectionError::AboveLimit {
            interval: FIRST,
            seat: 0,
            direction,
            limit: at,
            got: above,
        };
        assert_eq!(grid.settled(&draft).unwrap_err(), refused);
    }
}
