//! Bytes of whole reports (header included, signatures not) per meter and interval, on the homes in GRIDPACT_DATA.
//!
//! `cargo bench -p gridpact-report --bench size`
#![allow(
    missing_docs,
    clippy::arithmetic_side_effects,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::float_arithmetic,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a benchmark reads floats and prints floats"
)]

mod homes;

use gridpact_report::{encode, Resolution};
use homes::Homes;

/// Days of 2016, a leap year: 1 June to 31 August, and 1 December to 31 December with 1 January to 29 February.
fn summer() -> impl Iterator<Item = usize> + Clone {
    152..244
}

fn winter() -> impl Iterator<Item = usize> + Clone {
    (0..60).chain(335..366)
}

fn main() {
    let data = homes::data_folder();
    println!("bytes per meter and interval, mean and worst report");
    println!(
        "{:<58} {:>9} {:>9} {:>9} {:>9}",
        "", "1 Wh", "worst", "0.25 Wh", "worst"
    );

    let grid = homes::simbench_grid(&data);
    let day = |day: usize| day * 96;
    line(
        "SimBench LV3.101, 113 homes x 96, summer (92 days)",
        &grid,
        96,
        summer().map(day),
    );
    line(
        "SimBench LV3.101, 113 homes x 96, winter (91 days)",
        &grid,
        96,
        winter().map(day),
    );
    line(
        "SimBench LV3.101, 113 homes x 96, the year",
        &grid,
        96,
        (0..366).map(day),
    );
    line(
        "SimBench LV3.101, 113 homes x 1, every 19th interval",
        &grid,
        1,
        (0..grid.len()).step_by(19),
    );

    let homes = homes::simbench_all(&data, 28);
    line(
        "SimBench, 1,000 homes x 96, every 7th day",
        &homes,
        96,
        (0..366).step_by(7).map(day),
    );
    line(
        "SimBench, 1,000 homes x 4, every 19th hour",
        &homes,
        4,
        (0..homes.len() / 4).step_by(19).map(|hour| hour * 4),
    );
    line(
        "SimBench, 1,000 homes x 1, every 19th interval",
        &homes,
        1,
        (0..homes.len()).step_by(19),
    );

    match homes::citylearn(&data) {
        Some(homes) => {
            line(
                "CityLearn 2022, 17 homes x 24 h, the year",
                &homes,
                24,
                (0..365).map(|day| day * 24),
            );
            line(
                "CityLearn 2022, 17 homes x 96 h, the year",
                &homes,
                96,
                (0..91).map(|days| days * 96),
            );
        }
        None => println!("CityLearn 2022: no folder citylearn2022 in {}", data.display()),
    }
}

fn line(name: &str, homes: &Homes, intervals: usize, starts: impl Iterator<Item = usize> + Clone) {
    let [whole, quarter] = [Resolution::WATT_HOUR, Resolution::QUARTER_WATT_HOUR].map(|resolution| {
        let (mut total, mut worst, mut reports) = (0, 0, 0);
        for start in starts.clone() {
            let bytes = encode(&homes.report(start, intervals, resolution)).unwrap().len();
            total += bytes;
            worst = worst.max(bytes);
            reports += 1;
        }
        let readings = (homes.count * intervals) as f64;
        [
            total as f64 / readings / f64::from(reports),
            worst as f64 / readings,
        ]
    });
    println!(
        "{name:<58} {:>9.3} {:>9.3} {:>9.3} {:>9.3}",
        whole[0], whole[1], quarter[0], quarter[1]
    );
}
