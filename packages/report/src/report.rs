use gridpact_units::{Quality, Reading};

use crate::bounds::MAX_ENERGY;
use crate::codec::{Decoder, Encoder};
use crate::error::{DecodeError, EncodeError};
use crate::header::{split, Header};

/// The readings of one window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What the report covers.
    pub header: Header,
    /// Interval by interval, in each the seats in order: reading of interval i and seat s at `i * seats + s`.
    pub readings: Vec<Reading>,
}

/// The one encoding of a report: its header's bytes, then the body's.
///
/// Refuses a header outside its bounds, a number of readings other than intervals x seats, energies above
/// [`MAX_ENERGY`] or not a multiple of the resolution, and missing readings with energy.
pub fn encode(report: &Report) -> Result<Vec<u8>, EncodeError> {
    let header = &report.header;
    header.check()?;
    if report.readings.len() != header.reading_count() {
        return Err(EncodeError::ReadingCount {
            expected: header.reading_count(),
            got: report.readings.len(),
        });
    }
    let mut encoder = Encoder::new(header);
    for (interval, readings) in report.readings.chunks(header.seats.into()).enumerate() {
        for (seat, reading) in readings.iter().enumerate() {
            check_reading(header, interval, seat, reading)?;
        }
        encoder.push_interval(readings);
    }
    Ok(encoder.finish())
}

/// The report that `bytes` encode; the inverse of [`encode`]: `encode(&decode(bytes)?) == Ok(bytes)`.
///
/// Takes no more memory than [`Decoder`] and 24 bytes a declared reading, 4.8 MB in all, whatever the bytes say.
/// A contract uses [`Decoder`] instead, which holds one interval at a time.
pub fn decode(bytes: &[u8]) -> Result<Report, DecodeError> {
    let (header, body) = split(bytes)?;
    let mut decoder = Decoder::new(&header, body)?;
    let mut readings = Vec::with_capacity(header.reading_count());
    let mut interval = Vec::new();
    while decoder.next_interval(&mut interval)?.is_some() {
        readings.append(&mut interval);
    }
    decoder.finish()?;
    Ok(Report { header, readings })
}

fn check_reading(
    header: &Header,
    interval: usize,
    seat: usize,
    reading: &Reading,
) -> Result<(), EncodeError> {
    for energy in [reading.import, reading.export] {
        if energy > MAX_ENERGY {
            return Err(EncodeError::TooLarge {
                interval,
                seat,
                got: energy.0,
            });
        }
        if header.resolution.counts(energy).is_none() {
            let resolution = header.resolution.milliwatt_hours();
            return Err(EncodeError::NotAMultiple {
                interval,
                seat,
                resolution,
                got: energy.0,
            });
        }
    }
    let empty = reading.import.is_zero() && reading.export.is_zero();
    if reading.quality == Quality::Missing && !empty {
        let (import, export) = (reading.import.0, reading.export.0);
        return Err(EncodeError::MissingWithEnergy {
            interval,
            seat,
            import,
            export,
        });
    }
    Ok(())
}
