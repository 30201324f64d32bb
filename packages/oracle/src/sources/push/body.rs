//! What a sender says.

use gridpact_readings::clock::Zone;
use gridpact_units::UnixSeconds;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::bounds::MAX_PUSHED_READINGS;
use crate::config::Unit;
use crate::intake::Arrival;
use crate::moment;
use crate::number::milliwatt_hours;
use crate::sample::{Register, Sample};

/// Readings of meters: `{"readings": [{"meter": "house 1", "at": "2026-12-01T00:00:00Z", "import_kwh": 1234.567}]}`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Body<'a> {
    #[serde(borrow)]
    readings: Vec<Pushed<'a>>,
}

/// One reading of a meter's registers.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pushed<'a> {
    meter: String,
    at: String,
    #[serde(borrow)]
    import_kwh: Option<&'a RawValue>,
    #[serde(borrow)]
    export_kwh: Option<&'a RawValue>,
}

/// Why a body is refused, whole: nothing of it is kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotBody {
    /// It is no JSON of this shape.
    #[error("expected {{\"readings\": [{{\"meter\", \"at\", \"import_kwh\" and/or \"export_kwh\"}}]}}: {0}")]
    Shape(String),
    /// No reading, or too many.
    #[error("expected 1 to {MAX_PUSHED_READINGS} readings, got {0}")]
    Count(usize),
    /// A meter that the token may not speak of, or that nobody knows: both look alike.
    #[error("reading {0}: expected a meter of this token")]
    Meter(usize),
    /// A value or a time that is none.
    #[error("reading {0}: {1}")]
    Reading(usize, String),
}

/// The readings of a body, of meters that the token may speak of.
///
/// # Errors
/// The first thing that is wrong.
pub fn arrivals(body: &[u8], meters: &[String]) -> Result<Vec<Arrival>, NotBody> {
    let body: Body = serde_json::from_slice(body).map_err(|error| NotBody::Shape(error.to_string()))?;
    if !(1..=MAX_PUSHED_READINGS).contains(&body.readings.len()) {
        return Err(NotBody::Count(body.readings.len()));
    }
    let numbered = body.readings.into_iter().zip(1..);
    numbered
        .map(|(pushed, number)| arrival(pushed, number, meters))
        .collect()
}

fn arrival(pushed: Pushed, number: usize, meters: &[String]) -> Result<Arrival, NotBody> {
    if !meters.contains(&pushed.meter) {
        return Err(NotBody::Meter(number));
    }
    let wrong = |cause: String| NotBody::Reading(number, cause);
    // A zone must be named: this one is never used, since a local time is refused first.
    if !pushed.at.ends_with(['Z', 'z']) && !pushed.at.get(10..).is_some_and(|time| time.contains(['+', '-']))
    {
        return Err(wrong(format!(
            "at: expected an RFC 3339 time with its zone, got `{}`",
            pushed.at
        )));
    }
    let at = moment::parse(&pushed.at, Zone::Fixed(0)).map_err(|error| wrong(format!("at: {error}")))?;
    let registers = [
        (Register::Import, "import_kwh", pushed.import_kwh),
        (Register::Export, "export_kwh", pushed.export_kwh),
    ];
    let mut samples = Vec::new();
    for (register, name, raw) in registers {
        if let Some(raw) = raw {
            let value = value(raw, at, register).map_err(|error| wrong(format!("{name}: {error}")))?;
            samples.push(value);
        }
    }
    if samples.is_empty() {
        return Err(wrong(
            "expected import_kwh, export_kwh or both, got neither".to_owned(),
        ));
    }
    Ok(Arrival {
        meter: pushed.meter,
        samples,
    })
}

/// A number, or the same in quotes.
fn value(raw: &RawValue, at: UnixSeconds, register: Register) -> Result<Sample, String> {
    let text = raw.get().trim_matches('"');
    let value = milliwatt_hours(text, Unit::KilowattHour).map_err(|error| error.to_string())?;
    Ok(Sample { register, at, value })
}
