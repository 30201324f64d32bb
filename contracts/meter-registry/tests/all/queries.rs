//! Pages, and what there is to read.

use gridpact_storage::PageLimit;
use gridpact_types::registry::answers::{
    CommitteeResponse, MeterResponse, MetersResponse, ProposalsResponse, RosterResponse, WindowResponse,
    WindowsResponse,
};
use gridpact_types::registry::events::METERS_ADMITTED;
use gridpact_types::registry::queries::QueryMsg;
use gridpact_units::{IntervalIndex, Seat, Slot};
use meter_registry::error::ContractError;

use crate::harness::*;

#[test]
fn a_page_says_whether_more_follows_and_is_never_cut_short_unasked() {
    let mut grid = Grid::with_meters(35);
    for home in 0..35 {
        grid.propose(&format!("new home {home}"));
    }
    grid.until_ended(FIRST);
    for _ in 0..35 {
        let draft = grid.unsigned(1);
        grid.report(&draft).unwrap();
        grid.passes(QUARTER);
    }
    let meters = |start_after: Option<u64>, limit: Option<u32>| -> (Vec<u64>, bool) {
        let start_after = start_after.map(|n| Slot(n as u32));
        let page: MetersResponse = grid
            .ask(QueryMsg::Meters {
                owner: None,
                start_after,
                limit,
            })
            .unwrap();
        (
            page.meters.iter().map(|meter| meter.slot.0.into()).collect(),
            page.more,
        )
    };
    let proposals = |start_after: Option<u64>, limit: Option<u32>| -> (Vec<u64>, bool) {
        // The newest, 70, first.
        let start_after = start_after.map(|n| 70 - n);
        let query = QueryMsg::Proposals {
            owner: None,
            start_after,
            limit,
        };
        let page: ProposalsResponse = grid.ask(query).unwrap();
        (
            page.proposals
                .iter()
                .map(|proposal| 70 - proposal.proposal)
                .collect(),
            page.more,
        )
    };
    let windows = |start_after: Option<u64>, limit: Option<u32>| -> (Vec<u64>, bool) {
        let start_after = start_after.map(|n| FIRST.plus(n));
        let page: WindowsResponse = grid
            .ask(QueryMsg::Windows {
                newest_first: false,
                start_after,
                limit,
            })
            .unwrap();
        (
            page.windows
                .iter()
                .map(|window| window.first_interval.0 - FIRST.0)
                .collect(),
            page.more,
        )
    };
    type Page<'a> = &'a dyn Fn(Option<u64>, Option<u32>) -> (Vec<u64>, bool);
    for page in [&meters as Page, &proposals, &windows] {
        assert_eq!(page(None, None), ((0..30).collect(), true));
        assert_eq!(page(Some(29), None), ((30..35).collect(), false));
        assert_eq!(page(None, Some(35)), ((0..35).collect(), false));
        assert_eq!(page(None, Some(34)), ((0..34).collect(), true));
        assert_eq!(page(Some(33), Some(1)), (vec![34], false));
        assert_eq!(page(Some(34), Some(100)), (vec![], false));
    }
    for got in [0, 101, u32::MAX] {
        let refused = ContractError::Page(PageLimit { max: 100, got });
        let limit = Some(got);
        let asked = grid.ask::<MetersResponse>(QueryMsg::Meters {
            owner: None,
            start_after: None,
            limit,
        });
        assert_eq!(asked.unwrap_err(), refused);
        let asked = grid.ask::<ProposalsResponse>(QueryMsg::Proposals {
            owner: None,
            start_after: None,
            limit,
        });
        assert_eq!(asked.unwrap_err(), refused);
        let asked = grid.ask::<WindowsResponse>(QueryMsg::Windows {
            newest_first: false,
            start_after: None,
            limit,
        });
        assert_eq!(asked.unwrap_err(), refused);
    }
    for (got, refused) in [(0, true), (256, false), (257, true)] {
        let query = QueryMsg::Roster {
            version: 1,
            start_after: None,
            limit: Some(got),
        };
        let refused = refused.then_some(ContractError::Page(PageLimit { max: 256, got }));
        assert_eq!(grid.ask::<RosterResponse>(query).err(), refused);
    }
    let query = QueryMsg::Windows {
        newest_first: false,
        start_after: Some(IntervalIndex(u64::MAX)),
        limit: None,
    };
    assert!(grid.ask::<WindowsResponse>(query).unwrap().windows.is_empty());
    let query = QueryMsg::Roster {
        version: 1,
        start_after: Some(Seat(u16::MAX)),
        limit: None,
    };
    assert!(grid.ask::<RosterResponse>(query).unwrap().seats.is_empty());
}

#[test]
fn windows_are_read_newest_first_where_that_is_asked() {
    let mut grid = Grid::with_meters(1);
    grid.until_ended(FIRST);
    for _ in 0..5 {
        let draft = grid.unsigned(1);
        grid.report(&draft).unwrap();
        grid.passes(QUARTER);
    }
    let page = |after: Option<u64>, limit| {
        let query = QueryMsg::Windows {
            newest_first: true,
            start_after: after.map(|n| FIRST.plus(n)),
            limit,
        };
        let page: WindowsResponse = grid.ask(query).unwrap();
        let first = page
            .windows
            .iter()
            .map(|window| window.first_interval.0 - FIRST.0);
        (first.collect::<Vec<_>>(), page.more)
    };
    assert_eq!(page(None, None), (vec![4, 3, 2, 1, 0], false));
    assert_eq!(page(None, Some(2)), (vec![4, 3], true));
    assert_eq!(page(Some(3), Some(2)), (vec![2, 1], true));
    assert_eq!(page(Some(1), Some(2)), (vec![0], false));
    assert_eq!(page(Some(0), None), (vec![], false));
}

#[test]
fn meters_are_found_by_who_proposed_them() {
    let mut grid = Grid::with_meters(3);
    let proposals: Vec<u64> = ["ann", "bob", "ann"].map(|owner| grid.propose(owner)).to_vec();
    let left_out = grid.propose("ann");
    let joined = grid.admit(
        proposals.iter().rev().map(|number| admission(*number)).collect(),
        None,
    );
    // A proposal is followed to its slot: the event names the proposals in the order of the slots.
    assert_eq!(attribute(&joined.unwrap(), METERS_ADMITTED, "proposals"), "6,5,4");
    assert_eq!(left_out, 7);
    let of = |owner: &str, start_after, limit| {
        let query = QueryMsg::Meters {
            owner: Some(address(owner).into_string()),
            start_after,
            limit,
        };
        let page: MetersResponse = grid.ask(query).unwrap();
        (
            page.meters.iter().map(|meter| meter.slot.0).collect::<Vec<_>>(),
            page.more,
        )
    };
    assert_eq!(of("ann", None, None), (vec![3, 5], false));
    assert_eq!(of("ann", None, Some(1)), (vec![3], true));
    assert_eq!(of("ann", Some(Slot(3)), None), (vec![5], false));
    assert_eq!(of("bob", None, None), (vec![4], false));
    assert_eq!(of("nobody", None, None), (vec![], false));
    let query = QueryMsg::Meters {
        owner: Some("no address".to_owned()),
        start_after: None,
        limit: None,
    };
    assert!(grid.ask::<MetersResponse>(query).is_err());
}

#[test]
fn what_is_not_there_is_said_so() {
    let grid = Grid::with_meters(1);
    let asked = grid.ask::<MeterResponse>(QueryMsg::Meter { slot: Slot(1) });
    assert_eq!(asked.unwrap_err(), ContractError::UnknownSlot { slot: 1 });
    for got in [0, 2] {
        let asked = grid.ask::<CommitteeResponse>(QueryMsg::Committee { epoch: Some(got) });
        assert_eq!(asked.unwrap_err(), ContractError::UnknownEpoch { got });
        let query = QueryMsg::Roster {
            version: got,
            start_after: None,
            limit: None,
        };
        let asked = grid.ask::<RosterResponse>(query);
        assert_eq!(asked.unwrap_err(), ContractError::UnknownRoster { got });
    }
    let asked = grid.ask::<WindowResponse>(QueryMsg::Window {
        first_interval: FIRST,
    });
    assert_eq!(asked.unwrap_err(), ContractError::UnknownWindow { got: FIRST });
}

#[test]
fn the_next_report_is_told_before_there_is_one() {
    let grid = Grid::new();
    let next = grid.next();
    assert_eq!(
        (
            next.first_interval,
            next.max_intervals,
            next.roster_version,
            next.seats
        ),
        (None, 0, 0, 0)
    );
    assert_eq!(
        (next.epoch, next.quorum, next.resolution, next.gap),
        (1, 3, 1_000, false)
    );
}

/// Where the roster ends, when a gap was last closed and its grace, when the window before was accepted.
fn bounds(grid: &Grid) -> [Option<u64>; 4] {
    let next = grid.next();
    assert_eq!(next.height, grid.env.block.height);
    assert_eq!(
        next.previous_revision.is_some(),
        next.previous_reported_at.is_some()
    );
    let times = [next.last_closing, next.grace_until, next.previous_reported_at];
    let [closing, grace, previous] = times.map(|time| time.map(|time| time.0));
    [next.roster_ends.map(|ends| ends.0), closing, grace, previous]
}

#[test]
fn what_bounds_the_next_report_is_told() {
    let mut grid = Grid::new();
    assert_eq!(bounds(&grid), [None; 4]);
    grid.join(2, None).unwrap();
    assert_eq!(bounds(&grid), [None; 4]);
    grid.until_ended(FIRST);
    let ends = FIRST.plus(2);
    grid.join(1, Some(ends)).unwrap();
    assert_eq!(bounds(&grid), [Some(ends.0), None, None, None]);

    let mut draft = grid.unsigned(1);
    draft.header.revision = 17;
    grid.passes(40);
    grid.report(&draft).unwrap();
    let accepted = grid.now();
    assert_eq!(grid.next().previous_revision, Some(17));
    grid.passes(2 * QUARTER);
    assert_eq!(bounds(&grid), [Some(ends.0), None, None, Some(accepted)]);
    // A report up to its end, and the later roster is in force: no other is scheduled.
    let draft = grid.unsigned(u16::MAX);
    grid.report(&draft).unwrap();
    let accepted = grid.now();
    assert_eq!(bounds(&grid), [None, None, None, Some(accepted)]);

    // Where a gap is to be closed first, the window before the next report is that gap.
    grid.passes(DAY);
    assert!(grid.next().gap);
    assert_eq!(bounds(&grid), [None; 4]);
    grid.close_gap().unwrap();
    let closing = grid.now();
    assert_eq!(bounds(&grid), [None, Some(closing), Some(closing + HOUR), None]);
    // What was closed, and the grace, are told also behind reports, and when it is long over.
    let draft = grid.unsigned(1);
    grid.report(&draft).unwrap();
    grid.passes(2 * HOUR);
    let told = bounds(&grid);
    assert_eq!(told[1..3], [Some(closing), Some(closing + HOUR)]);
}
