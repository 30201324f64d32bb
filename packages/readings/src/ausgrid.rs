//! Ausgrid's published solar home electricity data: a title line, then a row a customer, category and day with 48
//! half-hourly kWh. GC is general consumption, CL controlled load, GG gross generation; a column names the half hour's
//! end, the last is midnight.

use std::collections::{BTreeMap, BTreeSet};

use gridpact_units::{Energy, IntervalLength, Reading};
use jiff::civil::Date;

use crate::clock::{self, Zone};
use crate::csv_rows::CsvRows;
use crate::dataset::{check_size, Dataset, Meter, Stretch};
use crate::error::Error;
use crate::file::NamedFile;
use crate::packed::{Energies, Readings};

const HALF_HOURS: usize = 48;
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

/// Whether a file begins like one: its second line names the columns.
pub(crate) fn is(beginning: &str) -> bool {
    let header = beginning.lines().nth(1).unwrap_or_default();
    header.split(',').map(str::trim).take(LEADING.len()).eq(LEADING)
}

/// kWh of a day's half hours.
type HalfHours = [Energy; HALF_HOURS];

/// One customer's day, as far as rows came.
#[derive(Clone, Copy, Default)]
struct Day {
    /// GC.
    general: Option<HalfHours>,
    /// CL.
    controlled: Option<HalfHours>,
    /// GG.
    generated: Option<HalfHours>,
}

/// Days by date and customer.
type Days = BTreeMap<Date, BTreeMap<u32, Day>>;

/// Reads a file, plain or gzip.
pub(crate) fn load(file: NamedFile) -> Result<Dataset, Error> {
    let mut rows = CsvRows::new(file, 1)?;
    check_header(&rows)?;
    let mut days = Days::new();
    let mut customers = BTreeSet::new();
    while rows.advance()? {
        let customer = rows.cell(0).parse();
        let customer = customer.map_err(|_| rows.bad_cell(0, "a customer number"))?;
        read_row(&rows, customer, &mut days)?;
        customers.insert(customer);
        check_size(customers.len(), days.len().saturating_mul(HALF_HOURS))?;
    }
    let (Some((first, _)), Some((last, _))) = (days.first_key_value(), days.last_key_value()) else {
        return Err(Error::NoReadings {
            meters: 0,
            intervals: 0,
        });
    };
    dense(*first, *last, &days, &customers)
}

/// Puts the current row in its place.
fn read_row(rows: &CsvRows, customer: u32, days: &mut Days) -> Result<(), Error> {
    let category: fn(&mut Day) -> &mut Option<HalfHours> = match rows.cell(3) {
        "GC" => |day| &mut day.general,
        "CL" => |day| &mut day.controlled,
        "GG" => |day| &mut day.generated,
        _ => return Err(rows.bad_cell(3, "GC, CL or GG")),
    };
    let date = date(rows.cell(4)).ok_or_else(|| rows.bad_cell(4, "a day as 1/07/2012 or 1-Jul-10"))?;
    let mut values = [Energy::ZERO; HALF_HOURS];
    for (column, value) in (LEADING.len()..).zip(&mut values) {
        *value = rows.energy(column)?;
    }
    let day = days.entry(date).or_default().entry(customer).or_default();
    match category(day).replace(values) {
        Some(_) => Err(rows.bad_cell(4, "one row a customer, category and day")),
        None => Ok(()),
    }
}

/// Fills a reading for every customer and half hour; a day without its GC row is missing.
fn dense(first: Date, last: Date, days: &Days, customers: &BTreeSet<u32>) -> Result<Dataset, Error> {
    let span = midnight(last).saturating_sub(midnight(first));
    let count = usize::try_from(span / 86_400)
        .unwrap_or(usize::MAX)
        .saturating_add(1);
    let intervals = count.saturating_mul(HALF_HOURS);
    check_size(customers.len(), intervals)?;
    let name = |customer: &u32| Meter::home(format!("customer {customer}"));
    let mut meters: Vec<Meter> = customers.iter().map(name).collect();
    let (mut readings, mut own_use) = (Readings::default(), Energies::default());
    for date in first.series(jiff::Span::new().days(1)).take(count) {
        let of_date = days.get(&date);
        let day = |customer| of_date.and_then(|day| day.get(customer)).copied();
        let row: Vec<Day> = customers
            .iter()
            .map(|customer| day(customer).unwrap_or_default())
            .collect();
        for half_hour in 0..HALF_HOURS {
            for (meter, day) in meters.iter_mut().zip(&row) {
                let (reading, own) = day.reading(half_hour, meter);
                readings.push(reading);
                own_use.push(own);
            }
        }
    }
    let start = u64::try_from(midnight(first)).unwrap_or_default();
    Ok(Dataset {
        name: "Ausgrid solar home electricity data".to_owned(),
        attribution: "Ausgrid, Solar home electricity data (ausgrid.com.au).".to_owned(),
        notes: vec![
            "days begin at midnight UTC+10 all year: 48 columns a day cannot show a clock change".to_owned(),
            "gross generation (GG) is netted against GC + CL behind the meter".to_owned(),
        ],
        findings: vec![],
        zone: Zone::Fixed(OFFSET),
        interval: IntervalLength::HALF_HOUR,
        stretches: vec![Stretch {
            first: IntervalLength::HALF_HOUR.index_at(start),
            intervals,
        }],
        meters,
        readings,
        own_use: Some(own_use),
    })
}

impl Day {
    /// The net of a half hour, and what was used of the own generation, in mWh; notes a generator.
    fn reading(&self, half_hour: usize, meter: &mut Meter) -> (Reading, u64) {
        let at = |row: &Option<HalfHours>| {
            let value = row.as_ref().and_then(|row| row.get(half_hour));
            value.copied().unwrap_or_default()
        };
        let used = at(&self.general).checked_add(at(&self.controlled));
        let Some(used) = used.filter(|_| self.general.is_some()) else {
            return (Reading::MISSING, 0);
        };
        let generated = at(&self.generated);
        meter.has_pv |= !generated.is_zero();
        let reading = Reading::measured(used.saturating_sub(generated), generated.saturating_sub(used));
        (reading, used.min(generated).milliwatt_hours())
    }
}

/// Unix seconds of a day's beginning. Dates end in 2099, so nothing comes near the end of the type.
fn midnight(date: Date) -> i64 {
    clock::seconds(date.at(0, 0, 0, 0)).saturating_sub(OFFSET.into())
}

/// `Customer,…,date,0:30,…,23:30,0:00`, in some years with `Row Quality` after it.
fn check_header(rows: &CsvRows) -> Result<(), Error> {
    let minutes = |end: usize| if end.is_multiple_of(2) { "00" } else { "30" };
    let half_hours = (1..=HALF_HOURS).map(|end| format!("{}:{}", end / 2 % 24, minutes(end)));
    let expected: Vec<String> = LEADING
        .iter()
        .map(|name| (*name).to_owned())
        .chain(half_hours)
        .collect();
    let got = rows.header();
    let extra = got.get(expected.len()..).unwrap_or_default();
    if !got.starts_with(&expected) || !(extra.is_empty() || extra == ["Row Quality"]) {
        let expected = format!(
            "{},0:30,1:00 to 23:30,0:00, and maybe Row Quality",
            LEADING.join(",")
        );
        return Err(rows.bad_header(&expected));
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
        Err(_) => {
            let month = month.to_lowercase();
            let (number, _) = (1..).zip(MONTHS).find(|(_, name)| *name == month)?;
            number
        }
    };
    let year: i16 = year.parse().ok()?;
    let year = if (0..100).contains(&year) {
        year.saturating_add(2_000)
    } else {
        year
    };
    (parts.next().is_none() && (2_000..2_100).contains(&year))
        .then(|| Date::new(year, month, day.parse().ok()?).ok())?
}
