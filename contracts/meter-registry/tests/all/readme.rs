//! The README's promises name tests that exist, and its bounds are those of the code.

use gridpact_report::quorum::MAX_MEMBERS;
use gridpact_report::Mode;
use gridpact_types::registry::bounds::{
    MAX_FUTURE_ROSTERS, MAX_NOTICE, MAX_PROPOSALS_OF_OWNER, MAX_REVISION, MAX_ROSTERS_EVERY, PROPOSAL_OPEN,
};

use crate::harness::DAY;

const README: &str = include_str!("../../README.md");

#[test]
fn every_test_it_names_exists() {
    let sources = [
        ("admissions", include_str!("admissions.rs")),
        ("authority", include_str!("authority.rs")),
        ("beginnings", include_str!("beginnings.rs")),
        ("gaps", include_str!("gaps.rs")),
        ("grace", include_str!("grace.rs")),
        ("ownership", include_str!("ownership.rs")),
        ("proposals", include_str!("proposals.rs")),
        ("random", include_str!("random/mod.rs")),
        ("readings", include_str!("readings.rs")),
        ("repeats", include_str!("repeats.rs")),
        ("reports", include_str!("reports.rs")),
        ("rosters", include_str!("rosters.rs")),
        ("signatures", include_str!("signatures.rs")),
        ("size", include_str!("size.rs")),
        ("vacancies", include_str!("vacancies.rs")),
        ("waiting", include_str!("waiting.rs")),
        ("windows", include_str!("windows.rs")),
    ];
    let mut named = 0;
    for (module, name) in README
        .split('`')
        .skip(1)
        .step_by(2)
        .filter_map(|code| code.split_once("::"))
    {
        let source = sources.iter().find(|(file, _)| *file == module);
        let found = source.is_some_and(|(_, source)| source.contains(&format!("fn {name}(")));
        assert!(found, "{module}::{name}");
        named += 1;
    }
    assert!(named >= 20);
}

#[test]
fn its_bounds_are_those_of_the_code() {
    let (max_intervals, max_seats) = (Mode::Open.max_intervals(), Mode::Open.max_seats());
    let rows = [
        format!("| members | {MAX_MEMBERS} |"),
        format!("| revision | {MAX_REVISION} |"),
        format!("| intervals a report | {max_intervals} |"),
        format!("| seats | {},{:03} |", max_seats / 1_000, max_seats % 1_000),
        format!(
            "| open proposals | {MAX_PROPOSALS_OF_OWNER} an address, {} days each |",
            PROPOSAL_OPEN.0 / DAY
        ),
        format!(
            "| rosters begin | every interval to every {} days |",
            MAX_ROSTERS_EVERY.0 / DAY
        ),
        format!("| rosters in the future | {MAX_FUTURE_ROSTERS} |"),
        format!("| notice of a roster | {} days |", MAX_NOTICE.0 / DAY),
    ];
    for row in rows {
        assert!(README.contains(&row), "{row}");
    }
}
