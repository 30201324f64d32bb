//! What is done next: tables and properties of pure rules.

use gridpact_oracle::config::{ReportRules, Span};
use gridpact_oracle::reporting::extent::extent;
use gridpact_oracle::reporting::plan::{plan, Known, Plan, Wait, AFTER_LOSS};
use gridpact_oracle::store::signed::{Fate, Record, SignedDraft};
use gridpact_report::{encode, Header, Mode, Report, Resolution, Scheme};
use gridpact_types::registry::answers::NextReportResponse;
use gridpact_units::{IntervalIndex, IntervalLength, Reading, Seconds, UnixSeconds};
use proptest::prelude::*;

use super::support::JUNE;

const LENGTH: IntervalLength = IntervalLength::QUARTER_HOUR;
const FIRST: u64 = JUNE / 900;

pub fn next(first: u64, max_intervals: u16) -> NextReportResponse {
    NextReportResponse {
        first_interval: Some(IntervalIndex(first)),
        max_intervals,
        epoch: 1,
        quorum: 1,
        roster_version: 1,
        seats: 1,
        resolution: 1_000,
        gap: false,
        oldest_interval: IntervalIndex(0),
        expires_at: Some(UnixSeconds(first * 900 + 900 + 16 * 86_400)),
        roster_ends: None,
        last_closing: None,
        grace_until: None,
        previous_reported_at: None,
        previous_revision: None,
        height: 1,
    }
}

fn day(delay: u64) -> ReportRules {
    ReportRules {
        window: Span(Seconds::DAY),
        offset: Span(Seconds(0)),
        delay: Span(Seconds(delay)),
        look: Span(Seconds(1)),
    }
}

/// A grid whose chain lets a report cover all that is over, up to `cap`.
fn covered(first: u64, cap: u16, rules: &ReportRules, now: u64) -> Option<u16> {
    let over = (now / 900).saturating_sub(first).min(cap.into());
    extent(&next(first, over as u16), LENGTH, rules, UnixSeconds(now))
}

#[test]
fn a_day_is_reported_when_its_delay_is_over() {
    let rules = day(7_800);
    let day_end = JUNE + 86_400;
    assert_eq!(covered(FIRST, 192, &rules, day_end + 7_799), None);
    assert_eq!(covered(FIRST, 192, &rules, day_end + 7_800), Some(96));
    // The first report of a grid that began at noon ends at midnight too.
    assert_eq!(covered(FIRST + 48, 192, &rules, day_end + 7_800), Some(48));
    // Two days late: as much as a report holds, to the last midnight in it.
    assert_eq!(covered(FIRST, 192, &rules, JUNE + 3 * 86_400 + 7_800), Some(192));
    assert_eq!(covered(FIRST + 48, 192, &rules, JUNE + 4 * 86_400), Some(144));
    // A local day: midnight in Vienna in summer is 22:00 UTC.
    let vienna = ReportRules {
        offset: Span(Seconds(79_200)),
        ..rules
    };
    assert_eq!(covered(FIRST, 192, &vienna, JUNE + 79_200 + 7_800), Some(88));
}

#[test]
fn where_the_chain_stops_the_report_ends() {
    let rules = day(7_800);
    // The roster ends after 10 intervals; more have passed behind them.
    assert_eq!(
        extent(
            &next(FIRST, 10),
            LENGTH,
            &rules,
            UnixSeconds(JUNE + 9_000 + 7_799)
        ),
        None
    );
    assert_eq!(
        extent(
            &next(FIRST, 10),
            LENGTH,
            &rules,
            UnixSeconds(JUNE + 9_000 + 7_800)
        ),
        Some(10)
    );
    // Nothing is over, or nothing is there.
    assert_eq!(
        extent(&next(FIRST, 0), LENGTH, &rules, UnixSeconds(JUNE + 90_000)),
        None
    );
    let nobody = NextReportResponse {
        first_interval: None,
        ..next(0, 0)
    };
    assert_eq!(extent(&nobody, LENGTH, &rules, UnixSeconds(JUNE)), None);
}

proptest! {
    /// Never more than the chain allows, never what is not over by the delay; at a window's boundary, or where the chain stops; and
    /// a later look never covers less.
    #[test]
    fn an_extent_is_allowed_ready_and_grows(
        first in FIRST..FIRST + 400, cap in 1_u16..200, delay in 0_u64..90_000, now in JUNE..JUNE + 40 * 86_400,
        hours in prop_oneof![Just(1_u64), Just(6), Just(24)],
    ) {
        let rules = ReportRules { window: Span(Seconds(hours * 3_600)), ..day(delay) };
        if let Some(intervals) = covered(first, cap, &rules, now) {
            let end = (first + u64::from(intervals)) * 900;
            prop_assert!(intervals <= cap && end + delay <= now);
            prop_assert!(end % (hours * 3_600) == 0 || intervals == cap);
            prop_assert!(covered(first, cap, &rules, now + 900).is_some_and(|later| later >= intervals));
        }
        // Once the cap is long over, something is always covered: no window waits for ever.
        let late = (first + u64::from(cap)) * 900 + delay + 900;
        prop_assert!(covered(first, cap, &rules, late).is_some());
    }
}

pub fn signed(first: u64, intervals: u16, revision: u16) -> SignedDraft {
    let header = Header {
        mode: Mode::Open,
        scheme: Scheme::Secp256k1,
        epoch: 1,
        roster_version: 1,
        first_interval: IntervalIndex(first),
        intervals,
        seats: 1,
        revision,
        resolution: Resolution::WATT_HOUR,
    };
    let readings = vec![Reading::MISSING; intervals.into()];
    SignedDraft {
        epoch: 1,
        first: IntervalIndex(first),
        intervals,
        revision,
        digest: [revision as u8; 32],
        draft: encode(&Report { header, readings }).unwrap(),
    }
}

fn row(signed: SignedDraft, fate: Fate) -> Record {
    let (refusals, words) = match fate {
        Fate::Refused => (2, Some("no".to_owned())),
        _ => (0, None),
    };
    Record {
        signed,
        signed_at: UnixSeconds(0),
        fate,
        refusals,
        words,
    }
}

fn decide(next: &NextReportResponse, rows: &[Record], extent: Option<u16>) -> Plan {
    let known = Known {
        extent,
        rows,
        clean_from: UnixSeconds(0),
        length: LENGTH,
        now: UnixSeconds(JUNE + 90_000),
    };
    plan(next, known)
}

fn make(intervals: u16, revision: u16) -> Plan {
    Plan::Make {
        first: IntervalIndex(FIRST),
        intervals,
        revision,
    }
}

#[test]
fn what_is_done_follows_from_the_chain_and_the_record() {
    let asked = next(FIRST, 96);
    assert_eq!(decide(&asked, &[], None), Plan::Wait(Wait::TooEarly));
    assert_eq!(decide(&asked, &[], Some(96)), make(96, 0));
    // A gap is closed first, whatever else there is.
    let gap = NextReportResponse {
        gap: true,
        ..asked.clone()
    };
    let open = row(signed(FIRST, 96, 0), Fate::Open);
    assert_eq!(
        decide(&gap, core::slice::from_ref(&open), Some(96)),
        Plan::CloseGap
    );
    // What is signed is sent again as it is, also where more could be covered by now, or nothing could be made anew.
    for extent in [None, Some(96), Some(192)] {
        let plan = decide(&asked, core::slice::from_ref(&open), extent);
        assert_eq!(plan, Plan::Send(Box::new(open.signed.clone())), "{extent:?}");
    }
    // What the chain had and asks for again was on a branch that it left.
    let accepted = row(signed(FIRST, 96, 0), Fate::Accepted);
    assert!(matches!(decide(&asked, &[accepted], Some(96)), Plan::Send(_)));
}

#[test]
fn a_draft_that_no_longer_fits_gives_way_to_one_of_a_greater_revision() {
    let open = row(signed(FIRST, 96, 3), Fate::Open);
    let changed = [
        NextReportResponse {
            roster_version: 2,
            ..next(FIRST, 96)
        },
        NextReportResponse {
            seats: 2,
            ..next(FIRST, 96)
        },
        NextReportResponse {
            resolution: 250,
            ..next(FIRST, 96)
        },
        next(FIRST, 40),
    ];
    for asked in changed {
        let extent = Some(asked.max_intervals);
        assert_eq!(
            decide(&asked, core::slice::from_ref(&open), extent),
            make(asked.max_intervals, 4),
            "{asked:?}"
        );
    }
    // A draft of an earlier start shares intervals: the next one is above it too.
    let earlier = row(signed(FIRST - 10, 96, 5), Fate::Refused);
    assert_eq!(decide(&next(FIRST, 96), &[earlier], Some(96)), make(96, 6));
}

#[test]
fn what_was_refused_twice_is_kept_until_another_report_is_due() {
    let refused = row(signed(FIRST, 96, 0), Fate::Refused);
    let rows = core::slice::from_ref(&refused);
    assert_eq!(
        decide(&next(FIRST, 192), rows, Some(96)),
        Plan::Wait(Wait::Refused("no".to_owned()))
    );
    assert_eq!(
        decide(&next(FIRST, 192), rows, None),
        Plan::Wait(Wait::Refused("no".to_owned()))
    );
    assert_eq!(
        decide(&next(FIRST, 192), rows, Some(191)),
        Plan::Wait(Wait::Refused("no".to_owned()))
    );
    assert_eq!(decide(&next(FIRST, 192), rows, Some(192)), make(192, 1));
    let other_roster = NextReportResponse {
        roster_version: 2,
        ..next(FIRST, 96)
    };
    assert_eq!(decide(&other_roster, rows, Some(96)), make(96, 1));
}

proptest! {
    /// A chain that refuses everything, whatever it asks for from look to look and however the time goes on, gets no draft of one
    /// length twice: nothing is made anew for ever.
    #[test]
    fn a_chain_that_refuses_all_gets_no_length_twice(looks in proptest::collection::vec((1_u16..=192, 0_u16..=192), 1..400)) {
        let mut rows: Vec<Record> = Vec::new();
        for (max_intervals, extent) in looks {
            let asked = next(FIRST, max_intervals);
            let extent = Some(extent.min(max_intervals)).filter(|extent| *extent > 0);
            if let Plan::Make { intervals, revision, .. } = decide(&asked, &rows, extent) {
                rows.insert(0, row(signed(FIRST, intervals, revision), Fate::Refused));
            }
        }
        let lengths: std::collections::BTreeSet<u16> = rows.iter().map(|row| row.signed.intervals).collect();
        prop_assert_eq!(lengths.len(), rows.len());
        prop_assert!(rows.iter().all(|row| row.signed.revision < AFTER_LOSS));
    }
}

#[test]
fn a_window_that_grows_and_is_refused_again_and_again_gets_eight_drafts() {
    let mut rows: Vec<Record> = Vec::new();
    for extent in 1..=192 {
        if let Plan::Make {
            intervals, revision, ..
        } = decide(&next(FIRST, 192), &rows, Some(extent))
        {
            rows.insert(0, row(signed(FIRST, intervals, revision), Fate::Refused));
        }
    }
    let lengths: Vec<u16> = rows.iter().rev().map(|row| row.signed.intervals).collect();
    assert_eq!(lengths, [1, 2, 4, 8, 16, 32, 64, 128]);
}

/// What a database that began at `clean_from` signs at `now` for the window from `FIRST` on.
fn after_loss(clean_from: u64, now: u64, rows: &[Record]) -> Plan {
    let known = Known {
        extent: Some(96),
        rows,
        clean_from: UnixSeconds(clean_from),
        length: LENGTH,
        now: UnixSeconds(now),
    };
    plan(&next(FIRST, 96), known)
}

#[test]
fn a_database_signs_nothing_of_the_day_in_which_it_began() {
    let day = 86_400;
    assert_eq!(
        after_loss(JUNE, JUNE + day + 5, &[]),
        make(96, 0),
        "it saw the whole window"
    );
    let begun = JUNE + day + 100;
    let wait = Plan::Wait(Wait::Unknown(UnixSeconds(JUNE + 2 * day)));
    assert_eq!(after_loss(begun, begun, &[]), wait);
    assert_eq!(after_loss(begun, JUNE + 2 * day - 1, &[]), wait);
    assert_eq!(after_loss(begun, JUNE + 2 * day, &[]), make(96, AFTER_LOSS + 4));
    assert_eq!(
        after_loss(begun, JUNE + 60 * day, &[]),
        make(96, AFTER_LOSS + 120)
    );
    assert_eq!(
        after_loss(begun, JUNE + 64 * day, &[]),
        Plan::Wait(Wait::Revisions)
    );
}

proptest! {
    /// Any number of databases of one key, each lost at any time, each making any number of drafts whenever the plan allows one:
    /// no revision of one window is ever used by two of them, and none is above what the registry takes.
    #[test]
    fn two_databases_never_share_a_revision(
        lives in proptest::collection::vec((1_u64..20 * 86_400, proptest::collection::vec(0_u64..20 * 86_400, 0..6)), 1..6)
    ) {
        let mut used: Vec<(usize, u16)> = Vec::new();
        let mut clean_from = JUNE - 1;
        for (database, (life, looks)) in lives.into_iter().enumerate() {
            let mut rows: Vec<Record> = Vec::new();
            let mut looks: Vec<u64> = looks.into_iter().map(|look| clean_from + look % life).collect();
            looks.sort_unstable();
            for now in looks {
                // Each look makes another draft, as if the roster had changed since.
                if let Plan::Make { intervals, revision, .. } = after_loss(clean_from, now.max(JUNE), &rows) {
                    prop_assert!(revision <= 255);
                    let mut draft = signed(FIRST, intervals, revision);
                    draft.draft = vec![];
                    rows.insert(0, row(draft, Fate::Open));
                    used.push((database, revision));
                }
            }
            clean_from += life;
        }
        for (database, revision) in &used {
            let users = used.iter().filter(|(_, other)| other == revision).count();
            prop_assert_eq!(users, 1, "revision {} of database {}", revision, database);
        }
    }
}
