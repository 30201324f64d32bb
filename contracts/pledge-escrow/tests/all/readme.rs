//! The README says what the code does: the tests that it and the table of mutants name exist, and its bounds are the code's.

use gridpact_types::escrow::bounds::{
    MAX_AHEAD, MAX_CAP, MAX_CONDITION_PARTIES, MAX_MILESTONES, MAX_NAMED, MAX_PAGE, MAX_PERIOD, MAX_PLEDGES,
    MAX_PROJECTS_PAGE, MAX_PROJECTS_PAGE_BYTES, MAX_TITLE, MAX_URI, MOST_PLEDGERS,
};

/// 10^33, as it stands there.
#[test]
fn the_largest_cap_there_is_the_codes() {
    assert!(README.contains("| cap, and any pledge | 10^33 base units |"));
    assert_eq!(MAX_CAP.0, 10_u128.pow(33));
}

const README: &str = include_str!("../../README.md");
const MUTANTS: &str = include_str!("../../../../docs/mutants-escrow.md");
const ATTACKS: &str = include_str!("../../../../docs/attacks-escrow.md");
const TESTS: [(&str, &str); 29] = [
    ("books", include_str!("harness/books.rs")),
    ("agreeing", include_str!("agreeing.rs")),
    ("asking", include_str!("asking.rs")),
    ("authority", include_str!("authority.rs")),
    ("conditions", include_str!("conditions.rs")),
    ("disputes", include_str!("disputes.rs")),
    ("endings", include_str!("endings.rs")),
    ("errors", include_str!("errors.rs")),
    ("events", include_str!("events.rs")),
    ("full_list", include_str!("full_list.rs")),
    ("growth", include_str!("growth.rs")),
    ("impossible", include_str!("impossible.rs")),
    ("largest", include_str!("largest.rs")),
    ("life", include_str!("life.rs")),
    ("migration", include_str!("migration.rs")),
    ("model", include_str!("model.rs")),
    ("money", include_str!("money.rs")),
    ("paying", include_str!("paying.rs")),
    ("payments", include_str!("payments.rs")),
    ("readme", include_str!("readme.rs")),
    ("refusals", include_str!("refusals.rs")),
    ("restating", include_str!("restating.rs")),
    ("room", include_str!("room.rs")),
    ("shares", include_str!("shares.rs")),
    ("size", include_str!("size.rs")),
    ("terms", include_str!("terms.rs")),
    ("terms_bytes", include_str!("terms_bytes.rs")),
    ("texts", include_str!("texts.rs")),
    ("truth", include_str!("truth.rs")),
];

#[test]
fn every_test_named_there_exists() {
    let codes = [README, MUTANTS, ATTACKS].map(|text| text.split('`').skip(1).step_by(2));
    let named: Vec<_> = codes
        .into_iter()
        .flatten()
        .filter_map(|code| code.split_once("::"))
        .collect();
    assert!(named.len() >= 150, "{named:?}");
    for (file, test) in named {
        let (_, text) = TESTS.iter().find(|(name, _)| *name == file).expect(file);
        assert!(text.contains(&format!("fn {test}(")), "{file}::{test}");
    }
}

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
    ] {
        assert!(README.contains(&row), "{row}");
    }
}
