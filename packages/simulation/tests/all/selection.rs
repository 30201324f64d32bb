//! Readings are moved to where a chain's clock is, and a home is found by its name or slot.

use gridpact_simulation::simulate::{find_home, postpone};
use gridpact_simulation::story::PROLOGUE;

use crate::{euro, simulation};

const WEEK: u64 = 604_800;

#[test]
fn readings_move_by_whole_weeks_so_that_the_story_can_begin() {
    let mut dataset = simulation(euro(), 3).dataset;
    let start =
        |dataset: &gridpact_readings::dataset::Dataset| dataset.interval.start_of(dataset.stretches[0].first);
    let before = start(&dataset);
    let now = 1_800_000_000;
    postpone(&mut dataset, now).unwrap();
    let after = start(&dataset);
    assert!((after - before).is_multiple_of(WEEK), "the same day of the week");
    let earliest = now + PROLOGUE + WEEK;
    assert!((earliest..earliest + WEEK).contains(&after), "and no later");
    let weeks = (after - before) / WEEK;
    let note = dataset.notes.last().unwrap();
    assert!(note.starts_with(&format!("moved {weeks} weeks ahead")), "{note}");
}

#[test]
fn a_home_is_found_by_its_meters_name_or_its_slot() {
    let dataset = simulation(euro(), 3).dataset;
    assert_eq!(find_home(&dataset, &dataset.meters[2].name).unwrap(), 2);
    assert_eq!(find_home(&dataset, "1").unwrap(), 1);
    for wanted in ["3", "nobody", "-1"] {
        let error = find_home(&dataset, wanted).unwrap_err().to_string();
        let expected = format!("expected a meter's name or a slot of 0 to 2, got `{wanted}`");
        assert_eq!(error, expected);
    }
}
