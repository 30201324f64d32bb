//! The weeks built in, and the part of them that is asked for.

use gridpact_readings::dataset::Dataset;
use gridpact_readings::error::Error;
use gridpact_readings::format::{Format, Source};
use gridpact_readings::selection::{Beginning, Season, Selection};

fn load(selection: &Selection) -> Result<Dataset, Error> {
    Source::Bundled.load(selection)
}

#[test]
fn the_bundled_weeks_hold_113_homes_and_a_producer_in_winter_and_summer() {
    let dataset = load(&Selection::default()).unwrap();
    assert_eq!(dataset.meters.len(), 114);
    assert_eq!(dataset.meters.iter().filter(|meter| meter.has_pv).count(), 25);
    assert_eq!(dataset.meters.iter().filter(|meter| meter.producer).count(), 1);
    assert_eq!(
        dataset
            .stretches
            .iter()
            .map(|stretch| stretch.intervals)
            .collect::<Vec<_>>(),
        [672, 672]
    );
    let starts: Vec<u64> = dataset
        .stretches
        .iter()
        .map(|stretch| dataset.interval.start_of(stretch.first))
        .collect();
    // Monday 11 January 2016, 00:00 +01:00, and Monday 13 June 2016, 00:00 +02:00.
    assert_eq!(starts, [1_452_466_800, 1_465_768_800]);
}

#[test]
fn a_selection_keeps_days_of_each_week_and_the_first_homes() {
    let whole = load(&Selection::default()).unwrap();
    let selection = Selection {
        days: Some(2),
        homes: Some(3),
        ..Selection::default()
    };
    let part = load(&selection).unwrap();
    assert_eq!((part.meters.len(), part.intervals()), (3, 2 * 2 * 96));
    assert_eq!(part.readings.range(0..3), whole.readings.range(0..3));
    assert_eq!(
        part.readings.range(192 * 3..192 * 3 + 3),
        whole.readings.range(672 * 114..672 * 114 + 3)
    );
}

#[test]
fn a_day_begins_at_local_midnight() {
    let selection = Selection {
        from: Some("2016-06-15".parse().unwrap()),
        ..Selection::default()
    };
    let part = load(&selection).unwrap();
    assert_eq!(part.stretches.len(), 1);
    // 15 June 2016, 00:00 +02:00.
    assert_eq!(part.interval.start_of(part.stretches[0].first), 1_465_941_600);
    assert_eq!(part.intervals(), 5 * 96);
}

#[test]
fn a_beginning_is_a_day_or_a_moment_and_never_a_moment_taken_for_its_day() {
    let moment = "2016-06-15T12:00:00+02:00".parse().unwrap();
    assert!(matches!(moment, Beginning::Moment(moment) if moment.0 == 1_465_984_800));
    for text in [
        "2016-06-15T12:00:00",
        "2016-06-15T12:00",
        "2016-6-15",
        "20160615",
        "tomorrow",
        "",
    ] {
        let error = text.parse::<Beginning>().unwrap_err().to_string();
        assert_eq!(
            error,
            format!("expected a day as 2016-06-13 or an RFC 3339 time with offset, got `{text}`")
        );
    }
    let selection = Selection {
        from: Some(moment),
        ..Selection::default()
    };
    let part = load(&selection).unwrap();
    assert_eq!(part.interval.start_of(part.stretches[0].first), 1_465_984_800);
    assert_eq!(part.intervals(), 5 * 96 - 48);
}

#[test]
fn what_the_data_does_not_have_is_refused_with_what_it_has() {
    let refused = |selection: Selection| load(&selection).unwrap_err().to_string();
    let homes = |homes| Selection {
        homes: Some(homes),
        ..Selection::default()
    };
    assert!(refused(homes(0)).starts_with("expected 1 to 114 homes, as many as SimBench"));
    assert!(refused(homes(115)).ends_with("got 115"));
    let from = |text: &str| Selection {
        from: Some(text.parse().unwrap()),
        ..Selection::default()
    };
    assert!(
        refused(from("2017-01-01")).ends_with("covers 2016-01-11 to 2016-01-17 and 2016-06-13 to 2016-06-19")
    );
    assert!(refused(from("1969-01-01")).starts_with("expected a beginning in 1970 or later"));
}

#[test]
fn names_of_formats_and_seasons_read_back_and_others_are_refused_with_those_there_are() {
    for format in Format::ALL {
        assert_eq!(format.name().parse(), Ok(format));
    }
    for season in Season::ALL {
        assert_eq!(season.name().parse(), Ok(season));
    }
    let told = "excel".parse::<Format>().unwrap_err().to_string();
    assert_eq!(told, "expected simbench, citylearn, ausgrid, csv, got `excel`");
    let told = "spring".parse::<Season>().unwrap_err().to_string();
    assert_eq!(told, "expected winter, summer, both, got `spring`");
}

#[test]
fn a_stretch_is_called_by_its_week_or_its_days() {
    let whole = load(&Selection::default()).unwrap();
    let labels: Vec<String> = whole
        .stretches
        .iter()
        .map(|stretch| whole.label(stretch))
        .collect();
    assert_eq!(labels, ["winter week", "summer week"]);
    let days = |days| Selection {
        days: Some(days),
        season: Some(Season::Winter),
        ..Selection::default()
    };
    let label = |selection| {
        let part = load(&selection).unwrap();
        part.label(&part.stretches[0])
    };
    assert_eq!(label(days(1)), "2016-01-11");
    assert_eq!(label(days(2)), "2016-01-11 to 2016-01-12");
}
