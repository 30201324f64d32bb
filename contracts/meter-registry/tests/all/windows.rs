//! The record of a window: every kind has bytes of its own, and a report's tell its header.

use gridpact_report::{body_hash, digest, split, Domain, Header, Mode, Resolution, Scheme};
use gridpact_storage::Packed;
use gridpact_types::registry::answers::WindowState;
use gridpact_units::{IntervalIndex, UnixSeconds};
use meter_registry::window::{Reported, Window};
use proptest::prelude::*;

use crate::harness::*;

fn reported() -> impl Strategy<Value = Reported> {
    let shape = (
        any::<u32>(),
        any::<u32>(),
        any::<u16>(),
        any::<u16>(),
        any::<u16>(),
    );
    let rest = (
        any::<[u8; 32]>(),
        any::<u32>(),
        any::<u64>(),
        any::<u64>(),
        any::<u64>(),
    );
    (shape, rest).prop_map(|(shape, (body_hash, signers, height, reported_at, final_at))| {
        let (epoch, roster_version, intervals, seats, revision) = shape;
        Reported {
            mode: Mode::Open,
            scheme: Scheme::Secp256k1,
            epoch,
            roster_version,
            intervals,
            seats,
            revision,
            body_hash,
            signers,
            height,
            reported_at: UnixSeconds(reported_at),
            final_at: UnixSeconds(final_at),
        }
    })
}

proptest! {
    #[test]
    fn a_record_comes_back_as_it_was(report in reported(), intervals in any::<u64>()) {
        for window in [Window::Reported(report), Window::Gap { intervals }] {
            prop_assert_eq!(Window::unpack(&window.pack()), Ok(window));
        }
    }
}

/// The bytes of today's kinds: neither may ever mean anything else. Format 1; kind; then the kind's own.
#[test]
fn the_bytes_of_a_gap_and_of_a_report_are_fixed() {
    let gap = Window::Gap { intervals: 300 };
    assert_eq!(gap.pack(), [1, 0, 0xac, 2]);
    let report = Window::Reported(Reported {
        mode: Mode::Open,
        scheme: Scheme::Secp256k1,
        epoch: 1,
        roster_version: 2,
        intervals: 96,
        seats: 1_000,
        revision: 3,
        body_hash: [0xab; 32],
        signers: 7,
        height: 5,
        reported_at: UnixSeconds(128),
        final_at: UnixSeconds(129),
    });
    let hash = [0xab; 32];
    let start = [1, 1, 0, 0, 1, 2, 96, 0xe8, 7, 3];
    let end = [7, 5, 0x80, 1, 0x81, 1];
    assert_eq!(report.pack(), [&start[..], &hash, &end].concat());
}

#[test]
fn a_kind_a_mode_or_a_scheme_that_does_not_exist_yet_is_refused_not_misread() {
    let (mut grid, draft) = ready();
    grid.report(&draft).unwrap();
    let stored = grid.stored();
    let (_, bytes) = stored
        .iter()
        .find(|(key, _)| key.windows(7).any(|part| part == b"windows"))
        .unwrap();
    assert!(Window::unpack(bytes).is_ok());
    // The format, the kind, the mode, the scheme.
    for place in 0..4 {
        let mut other = bytes.clone();
        other[place] += 1;
        assert!(Window::unpack(&other).is_err(), "byte {place}");
    }
}

#[test]
fn a_window_tells_its_header_and_so_its_digest() {
    let mut grid = Grid::with_meters(3);
    grid.until_ended(FIRST.plus(1));
    let mut draft = grid.unsigned(2);
    draft.header.revision = 9;
    grid.report(&draft).unwrap();
    let window = &grid.windows()[0];
    let WindowState::Reported(report) = &window.state else {
        panic!("a report stands for it")
    };
    // As a client puts it together.
    let header = Header {
        mode: Mode::try_from(report.mode).unwrap(),
        scheme: Scheme::try_from(report.scheme).unwrap(),
        epoch: report.epoch,
        roster_version: report.roster_version,
        first_interval: window.first_interval,
        intervals: u16::try_from(window.intervals).unwrap(),
        seats: report.seats,
        revision: report.revision,
        resolution: Resolution::WATT_HOUR,
    };
    assert_eq!(header, draft.header);
    let bytes = draft.bytes();
    let (_, body) = split(&bytes).unwrap();
    assert_eq!(report.body_hash.as_slice(), body_hash(body));
    let domain = Domain {
        chain_id: &grid.env.block.chain_id,
        registry: grid.env.contract.address.as_str(),
    };
    let hash = report.body_hash.to_array().unwrap();
    assert_eq!(report.digest.as_slice(), digest(&domain, &header, &hash));
    assert_eq!(report.digest.as_slice(), grid.digest(&bytes));
}

#[test]
fn a_window_tells_the_block_in_which_it_was_accepted() {
    let mut grid = Grid::with_meters(1);
    grid.until_ended(FIRST);
    let mut expected = vec![];
    for blocks in [1, 7, 1_000_000] {
        grid.env.block.height += blocks;
        expected.push(Some(grid.env.block.height));
        let draft = grid.unsigned(1);
        grid.report(&draft).unwrap();
        grid.passes(QUARTER);
    }
    grid.passes(DAY);
    grid.close_gap().unwrap();
    expected.push(None);
    let heights = |windows: Vec<_>| -> Vec<Option<u64>> {
        let height = |window: &gridpact_types::registry::answers::WindowResponse| {
            window.state.report().map(|report| report.height)
        };
        windows.iter().map(height).collect()
    };
    assert_eq!(heights(grid.windows()), expected);
    assert_eq!(grid.windows()[3].first_interval, IntervalIndex(FIRST.0 + 3));
}
