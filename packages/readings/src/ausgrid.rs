//! Ausgrid's published solar home electricity data: a title line, then a row a customer, category and day with 48
//! half-hourly kWh. GC is general consumption, CL controlled load, GG gross generation; a column names the half hour's
//! end, the last is midnight.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::{bail, Result};
use gridpact_units::{Energy, IntervalIndex, IntervalLength, Reading};
use jiff::civil::Date;

use crate::table::Table;
use crate::{check_size, clock, Dataset, Meter, Stretch, Zone};

const HALF_HOURS: usize = 48;
const HALF_HOUR: u32 = 1_800;
/// Columns before the half hours.
const LEADING: [&str; 5] = [
    "Customer",
    "Generator Capacity",
    "Postcode",
    "Consumption Category",
    "date",
];
/// Sydney's standard time.
const OFFSET: i32 = 36_000;
/// kWh to mWh.
const SCALE: u32 = 6;
const CATEGORIES: [&str; 3] = ["GC", "CL", "GG"];

/// The half hours of one customer's day by category, as far as rows came.
type Day = [Option<[u64; HALF_HOURS]>; 3];

/// Reads a file, plain or gzip.
pub fn load(path: &Path) -> Result<Dataset> {
    let mut table = Table::open(path, 1)?;
    check_header(&table)?;
    let mut days: BTreeMap<Date, BTreeMap<u32, Day>> = BTreeMap::new();
    let mut customers = BTreeSet::new();
    while table.advance()? {
        let number = table.cell(0);
        let customer = number
            .parse()
            .map_err(|_| table.bad(0, "a customer number", number))?;
        let category = CATEGORIES.iter().position(|category| *category == table.cell(3));
        let category = category.ok_or_else(|| table.bad(3, "GC, CL or GG", table.cell(3)))?;
        let text = table.cell(4);
        let date = date(text).ok_or_else(|| table.bad(4, "a day as 1/07/2012 or 1-Jul-10", text))?;
        let mut values = [0; HALF_HOURS];
        for (half_hour, value) in values.iter_mut().enumerate() {
            *value = table.decimal(LEADING.len() + half_hour, SCALE, "kWh")?;
        }
        let day = days.entry(date).or_default().entry(customer).or_default();
        if day[category].replace(values).is_some() {
            return Err(table.bad(4, "one row a customer, category and day", text));
        }
        customers.insert(customer);
        check_size(customers.len(), days.len() * HALF_HOURS)?;
    }
    let (Some((first, _)), Some((last, _))) = (days.first_key_value(), days.last_key_value()) else {
        bail!("no readings: expected rows below the header, got none");
    };
    dense(*first, *last, &days, &customers)
}

/// Fills a reading for every customer and half hour; a day without its GC row is missing.
fn dense(
    first: Date,
    last: Date,
    days: &BTreeMap<Date, BTreeMap<u32, Day>>,
    customers: &BTreeSet<u32>,
) -> Result<Dataset> {
    let midnight = |date: Date| clock::seconds(date.at(0, 0, 0, 0)) - i64::from(OFFSET);
    let count = usize::try_from((midnight(last) - midnight(first)) / 86_400 + 1)?;
    check_size(customers.len(), count * HALF_HOURS)?;
    let name = |customer: &u32| Meter {
        name: format!("customer {customer}"),
        has_pv: false,
        producer: false,
    };
    let mut meters: Vec<Meter> = customers.iter().map(name).collect();
    let (mut readings, mut own_use) = (Vec::new(), Vec::new());
    for date in first.series(jiff::Span::new().days(1)).take(count) {
        let rows: Vec<Day> = customers
            .iter()
            .map(|customer| {
                days.get(&date)
                    .and_then(|day| day.get(customer))
                    .copied()
                    .unwrap_or_default()
            })
            .collect();
        for half_hour in 0..HALF_HOURS {
            for (meter, [general, controlled, generated]) in meters.iter_mut().zip(&rows) {
                let at = |row: &Option<[u64; HALF_HOURS]>| Energy(row.map_or(0, |row| row[half_hour]));
                let Some(used) = at(general)
                    .checked_add(at(controlled))
                    .filter(|_| general.is_some())
                else {
                    readings.push(Reading::MISSING);
                    own_use.push(0);
                    continue;
                };
                let generated = at(generated);
                meter.has_pv |= !generated.is_zero();
                readings.push(Reading::measured(
                    used.saturating_sub(generated),
                    generated.saturating_sub(used),
                ));
                own_use.push(used.min(generated).milliwatt_hours());
            }
        }
    }
    let start = u64::try_from(midnight(first))?;
    Ok(Dataset {
        name: "Ausgrid solar home electricity data".to_owned(),
        attribution: "Ausgrid, Solar home electricity data (ausgrid.com.au).".to_owned(),
        notes: vec![
            "days begin at midnight UTC+10 all year: 48 columns a day cannot show a clock change".to_owned(),
            "gross generation (GG) is netted against GC + CL behind the meter".to_owned(),
        ],
        zone: Zone::Fixed(OFFSET),
        interval: IntervalLength::from_seconds(HALF_HOUR)?,
        stretches: vec![Stretch {
            first: IntervalIndex(start / u64::from(HALF_HOUR)),
            intervals: count * HALF_HOURS,
        }],
        meters,
        readings,
        own_use: Some(own_use),
    })
}

/// `Customer,…,date,0:30,…,23:30,0:00`, in some years with `Row Quality` after it.
fn check_header(table: &Table) -> Result<()> {
    let half_hours = (1..=HALF_HOURS).map(|end| format!("{}:{:02}", end / 2 % 24, end % 2 * 30));
    let expected: Vec<String> = LEADING
        .iter()
        .map(|name| (*name).to_owned())
        .chain(half_hours)
        .collect();
    let got = table.header();
    let extra = got.get(expected.len()..).unwrap_or_default();
    if !got.starts_with(&expected) || !(extra.is_empty() || extra == ["Row Quality"]) {
        let expected = format!(
            "{},0:30,1:00 to 23:30,0:00, and maybe Row Quality",
            LEADING.join(",")
        );
        return Err(table.bad_header(&expected, &got.join(",")));
    }
    Ok(())
}

/// `1/07/2012` (2011 and later) or `1-Jul-10` (the first year), day first.
fn date(text: &str) -> Option<Date> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let mut parts = text.split(['/', '-']);
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let month = match month.parse::<i8>() {
        Ok(month) => month,
        Err(_) => i8::try_from(MONTHS.iter().position(|name| *name == month.to_lowercase())?).ok()? + 1,
    };
    let year: i16 = year.parse().ok()?;
    let year = if year < 100 { 2_000 + year } else { year };
    (parts.next().is_none() && (2_000..2_100).contains(&year))
        .then(|| Date::new(year, month, day.parse().ok()?).ok())?
}
