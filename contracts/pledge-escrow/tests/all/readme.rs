//! The bounds that the README states are the code's. That the tests exist which it names, `cargo test -p gridpact-house` sees.

use gridpact_types::escrow::bounds::{
    MAX_AHEAD, MAX_CAP, MAX_CONDITION_PARTIES, MAX_MILESTONES, MAX_NAMED, MAX_PAGE, MAX_PERIOD, MAX_PLEDGES,
    MAX_PLEDGES_OF_LOOKS, MAX_PLEDGES_PAGE_PARTIES, MAX_PROJECTS_PAGE, MAX_PROJECTS_PAGE_BYTES, MAX_TITLE,
    MAX_URI, MOST_PLEDGERS,
};

/// 10^33, as it stands there.
#[test]
fn the_largest_cap_there_is_the_codes() {
    assert!(README.contains("| cap, and any pledge | 10^33 base units |"));
    assert_eq!(MAX_CAP.0, 10_u128.pow(33));
}

const README: &str = include_str!("../../README.md");

#[test]
fn the_bounds_there_are_the_codes() {
    let days = |seconds: gridpact_units::Seconds| seconds.0 / 86_400;
    for row in [
        format!("| standing pledges | {MAX_PLEDGES} |"),
        format!("| named parties | {MAX_NAMED} |"),
        format!("| parties in a condition | {MAX_CONDITION_PARTIES} |"),
        format!("| milestones | {MAX_MILESTONES} |"),
        format!(
            "| deadline and due dates | {} days from opening |",
            days(MAX_AHEAD)
        ),
        format!(
            "| periods to accept, of grace, to review, for defects, to decide | {} days |",
            days(MAX_PERIOD)
        ),
        format!("| pledgers of a funded project | {MOST_PLEDGERS} |"),
        format!("| title | {MAX_TITLE} bytes as JSON stores it |"),
        format!("| URI | {MAX_URI} bytes as JSON stores it |"),
        format!("| the projects of a page | {MAX_PROJECTS_PAGE_BYTES} bytes |"),
        format!("| a page | {MAX_PAGE} pledges, {MAX_PROJECTS_PAGE} projects |"),
        format!("| the pledges of a page | {MAX_PLEDGES_PAGE_PARTIES} parties named in their conditions"),
        format!(
            "| the pledges of an address in a page | {MAX_PLEDGES_OF_LOOKS} parts of milestones and returns"
        ),
    ] {
        assert!(README.contains(&row), "{row}");
    }
}
