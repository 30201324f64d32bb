//! The README says what the code does: the tests it names exist, and its bounds are the code's.

use gridpact_types::escrow::bounds::{
    MAX_AHEAD, MAX_CONDITION_PARTIES, MAX_MILESTONES, MAX_NAMED, MAX_PAGE, MAX_PERIOD, MAX_PLEDGES,
    MAX_PROJECTS_PAGE, MAX_TITLE, MAX_URI,
};

const README: &str = include_str!("../../README.md");
const TESTS: [(&str, &str); 16] = [
    ("books", include_str!("harness/books.rs")),
    ("authority", include_str!("authority.rs")),
    ("conditions", include_str!("conditions.rs")),
    ("errors", include_str!("errors.rs")),
    ("events", include_str!("events.rs")),
    ("full_list", include_str!("full_list.rs")),
    ("growth", include_str!("growth.rs")),
    ("life", include_str!("life.rs")),
    ("migration", include_str!("migration.rs")),
    ("model", include_str!("model.rs")),
    ("money", include_str!("money.rs")),
    ("payments", include_str!("payments.rs")),
    ("refusals", include_str!("refusals.rs")),
    ("shares", include_str!("shares.rs")),
    ("size", include_str!("size.rs")),
    ("terms", include_str!("terms.rs")),
];

#[test]
fn every_test_named_there_exists() {
    let named: Vec<_> = README
        .split('`')
        .filter_map(|word| word.split_once("::"))
        .filter(|(file, _)| !file.contains(' '))
        .collect();
    assert!(named.len() >= 10, "{named:?}");
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
            "| periods to accept, review, for defects | {} days |",
            days(MAX_PERIOD)
        ),
        format!("| title | {MAX_TITLE} bytes |"),
        format!("| URI | {MAX_URI} bytes |"),
        format!("| a page | {MAX_PAGE} pledges, {MAX_PROJECTS_PAGE} projects |"),
    ] {
        assert!(README.contains(&row), "{row}");
    }
}
