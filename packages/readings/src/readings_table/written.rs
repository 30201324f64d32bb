//! Readings as our own table.

use std::io;

use gridpact_units::decimal::energy::KILOWATT_HOUR_DECIMALS;
use gridpact_units::{decimal, Energy, IntervalIndex, IntervalLength, Reading, UnixSeconds};

use crate::one_file::our_table::columns::header;
use crate::qualities;
use crate::rfc3339;

/// Writes a row for each, which reads back as the same readings.
pub(crate) fn write(
    out: impl io::Write,
    column: &str,
    length: IntervalLength,
    readings: impl Iterator<Item = (impl AsRef<str>, IntervalIndex, Reading)>,
) -> io::Result<()> {
    let mut rows = csv::Writer::from_writer(out);
    rows.write_record(header(column).split(','))?;
    let show = |energy: Energy, reading: Reading| match reading.is_missing() {
        true => String::new(),
        false => decimal::show_trimmed(energy.0.into(), KILOWATT_HOUR_DECIMALS),
    };
    for (meter, interval, reading) in readings {
        rows.write_record([
            &rfc3339::show(UnixSeconds(length.start_of(interval))),
            meter.as_ref(),
            &show(reading.import, reading),
            &show(reading.export, reading),
            qualities::name(reading.quality),
        ])?;
    }
    rows.flush()
}
