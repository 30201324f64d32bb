//! What rounding can cost is told before anything happens, and refused where it is much and nobody accepted it.

use core::fmt::Write;

use gridpact_market::PriceRule;
use gridpact_readings::dataset::Dataset;
use gridpact_readings::file::NamedFile;
use gridpact_readings::format::Source;
use gridpact_readings::selection::Selection;
use gridpact_simulation::rounding::{Rounding, MONTH};
use gridpact_simulation::run::Run;
use gridpact_simulation::simulate::{Simulation, TooCoarse};
use gridpact_units::{Amount, IntervalLength};

use crate::{cents, of, play, scenario};

/// A day of quarter hours: ten homes of 60 Wh each, and a plant that gives them all of it.
fn ten_buyers() -> Dataset {
    let mut rows = "interval_start,meter,import_kwh,export_kwh\n".to_owned();
    for quarter in 0..96 {
        let (hour, minute) = (quarter / 4, quarter % 4 * 15);
        let start = format!("2025-06-11T{hour:02}:{minute:02}Z");
        for home in 1..=10 {
            writeln!(rows, "{start},{home},0.06,0").unwrap();
        }
        writeln!(rows, "{start},plant,0,0.6").unwrap();
    }
    let file = NamedFile::new("day.csv", rows.as_bytes());
    Source::Csv(file).load(&Selection::default()).unwrap()
}

/// Paid in an asset of so many decimals, 0.20 a kWh, reported so many intervals at a time.
fn day(decimals: u8, window: u32, accept_rounding: bool) -> Simulation {
    let mut scenario = scenario("EUR", decimals);
    scenario.accept_rounding = accept_rounding;
    scenario.price = PriceRule::Fixed {
        price: cents(&scenario.currency, 20),
    };
    let mut simulation = of(scenario, ten_buyers());
    simulation.window = Some(window);
    simulation
}

/// What all buyers paid, and what the plant earned.
fn money(run: &Run) -> (u128, u128) {
    (run.community.debits.0, run.community.credits.0)
}

#[test]
fn ten_buyers_day_in_cents_costs_11_60_in_one_window_and_19_20_in_96() {
    let one = play(day(2, 96, false));
    // 5.76 kWh at 0.20 are 1.152, rounded up once.
    assert_eq!(money(&one), (1_160, 1_152));
    // 11 homes round once, by a cent at most, of 23.12.
    let rounding = |worst, value| Rounding {
        worst: Amount(worst),
        value: Amount(value),
        homes: 11,
        seconds: 86_400,
    };
    assert_eq!(one.rounding, rounding(11, 2_312));
    assert!(!one.rounding.is_coarse());

    let many = play(day(2, 1, true));
    // 60 Wh are 1.2 cents, rounded up 96 times; the plant's 12 cents are whole.
    assert_eq!(money(&many), (1_920, 1_152));
    assert_eq!(many.rounding, rounding(11 * 96, 3_072));
}

#[test]
fn what_is_coarse_is_refused_before_the_story_unless_accepted() {
    let refused = day(2, 1, false).prepare().err().unwrap();
    assert!(refused.is::<TooCoarse>());
    // 1,056 cents of eleven homes and a day are 28.80 a home and month, of 83.78.
    assert_eq!(
        refused.to_string(),
        "rounding costs a home at worst 28.8 EUR a month, 34.38 % of 83.79 EUR that it pays and earns; expected at most 1 %: \
         choose an asset of more decimals or longer windows, or accept it"
    );
    let accepted = day(2, 1, true).prepare().unwrap();
    assert!(refused.to_string().starts_with(&accepted.rounding()));
    // With six decimals the same windows take next to nothing.
    let fine = day(6, 1, false).prepare().unwrap();
    assert_eq!(
        fine.rounding(),
        "rounding costs a home at worst 0.00288 EUR a month, 0.01 % of 62.836364 EUR"
    );
}

/// A roof that gives a flat 30 Wh at noon, day after day: half a cent a day in an asset of cents.
#[test]
fn a_month_of_half_cents_is_refused_in_cents_and_settled_in_millionths() {
    let mut rows = "interval_start,meter,import_kwh,export_kwh\n".to_owned();
    for (day, hour) in (1..=30).flat_map(|day| (0..24).map(move |hour| (day, hour))) {
        let kwh = if hour == 12 { "0.03" } else { "0" };
        writeln!(rows, "2025-04-{day:02}T{hour:02}:00Z,flat,{kwh},0").unwrap();
        writeln!(rows, "2025-04-{day:02}T{hour:02}:00Z,roof,0,{kwh}").unwrap();
    }
    let month = || {
        let file = NamedFile::new("month.csv", rows.as_bytes());
        Source::Csv(file).load(&Selection::default()).unwrap()
    };
    let told = |decimals| {
        let prepared = of(scenario("EUR", decimals), month()).prepare();
        prepared
            .map(|prepared| prepared.rounding())
            .map_err(|error| error.to_string())
    };
    // 0.57 cents a day: the flat pays one, the roof gets none.
    assert!(told(2)
        .unwrap_err()
        .starts_with("rounding costs a home at worst 0.3 EUR a month, 200.00 % of 0.15 EUR"));
    // 5,700 millionths a day.
    assert_eq!(
        told(6).unwrap(),
        "rounding costs a home at worst 0.00003 EUR a month, 0.02 % of 0.171 EUR"
    );
}

#[test]
fn one_percent_is_the_line_and_nothing_traded_is_not_coarse() {
    let rounding = |worst, value| Rounding {
        worst: Amount(worst),
        value: Amount(value),
        homes: 3,
        seconds: 1_000,
    };
    for (worst, value, coarse) in [
        (1, 100, false),
        (1, 99, true),
        (0, 0, false),
        (1, 0, true),
        (50, 5_000, false),
        (51, 5_000, true),
    ] {
        assert_eq!(rounding(worst, value).is_coarse(), coarse, "{worst} of {value}");
    }
}

#[test]
fn where_every_interval_is_a_window_a_month_has_so_many_of_both_directions() {
    let rounding = Rounding::of_single_intervals(IntervalLength::QUARTER_HOUR, Amount(800_000));
    assert_eq!(rounding.worst, Amount(2 * 2_880));
    assert_eq!(rounding.seconds, MONTH);
    let told = rounding.told(|amount| format!("{amount} units"));
    assert_eq!(
        told,
        "rounding costs a home at worst 5760 units a month, 0.72 % of 800000 units"
    );
}
