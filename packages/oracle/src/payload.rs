//! One payload, of a broker or a sender, to registers. Numbers keep their digits: JSON is walked as text.

use std::borrow::Cow;
use std::collections::HashMap;

use gridpact_readings::clock::Zone;
use gridpact_units::UnixSeconds;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::config::{Pointer, Topic, Unit};
use crate::moment::{self, NotMoment};
use crate::number::{milliwatt_hours, NotValue};
use crate::sample::{Register, Sample};

/// Deepest place: no gateway nests so far, and a walk stays short.
const DEEPEST: usize = 16;

/// Why a payload says nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotPayload {
    /// It is no text.
    #[error("expected text in UTF-8, got other bytes")]
    NotText,
    /// It is no JSON, or has another shape.
    #[error("{pointer}: expected JSON with this place, got `{got}`")]
    Place {
        /// Where.
        pointer: String,
        /// The payload's beginning.
        got: String,
    },
    /// What stands there is no register's value.
    #[error("{pointer}: {cause}")]
    Value {
        /// Where.
        pointer: String,
        /// Why.
        cause: NotValue,
    },
    /// What stands there is no moment.
    #[error("{pointer}: {cause}")]
    Time {
        /// Where.
        pointer: String,
        /// Why.
        cause: NotMoment,
    },
}

/// The registers of a payload of a topic.
///
/// # Errors
/// A place is not there, or what stands there is none.
pub fn samples(payload: &[u8], topic: &Topic, received: UnixSeconds) -> Result<Vec<Sample>, NotPayload> {
    let text = core::str::from_utf8(payload).map_err(|_| NotPayload::NotText)?;
    let at = match &topic.time {
        Some(pointer) => time(text, pointer, topic.zone.zone())?,
        None => received,
    };
    let registers = [
        (Register::Import, &topic.import),
        (Register::Export, &topic.export),
    ];
    let mut samples = Vec::new();
    for (register, pointer) in registers {
        if let Some(pointer) = pointer {
            let value = value(text, pointer, topic.unit)?;
            samples.push(Sample { register, at, value });
        }
    }
    Ok(samples)
}

fn value(text: &str, pointer: &Pointer, unit: Unit) -> Result<u64, NotPayload> {
    let found = scalar(text, pointer)?;
    milliwatt_hours(&found, unit).map_err(|cause| NotPayload::Value {
        pointer: shown(pointer),
        cause,
    })
}

fn time(text: &str, pointer: &Pointer, zone: Zone) -> Result<UnixSeconds, NotPayload> {
    let found = scalar(text, pointer)?;
    moment::parse(&found, zone).map_err(|cause| NotPayload::Time {
        pointer: shown(pointer),
        cause,
    })
}

fn shown(pointer: &Pointer) -> String {
    match pointer.0.as_str() {
        "" => "payload".to_owned(),
        place => place.to_owned(),
    }
}

/// The number or string at a place, as its text.
fn scalar<'a>(text: &'a str, pointer: &Pointer) -> Result<Cow<'a, str>, NotPayload> {
    if pointer.0.is_empty() && !text.trim_start().starts_with('"') {
        return Ok(Cow::Borrowed(text.trim()));
    }
    let missing = || NotPayload::Place {
        pointer: shown(pointer),
        got: text.chars().take(60).collect(),
    };
    let mut here = text;
    for part in pointer.0.split('/').skip(1).enumerate() {
        let (depth, name) = part;
        if depth >= DEEPEST {
            return Err(missing());
        }
        here = inside(here, &name.replace("~1", "/").replace("~0", "~")).ok_or_else(missing)?;
    }
    let here = here.trim();
    if here.starts_with('"') {
        return serde_json::from_str::<Text>(here)
            .map(|text| text.0)
            .map_err(|_| missing());
    }
    Ok(Cow::Borrowed(here))
}

/// A string, borrowed where nothing in it is escaped.
#[derive(Deserialize)]
struct Text<'a>(#[serde(borrow)] Cow<'a, str>);

/// What an object has under a name, or a list at a number.
fn inside<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    match text.trim_start().as_bytes().first()? {
        b'{' => {
            let object: HashMap<Cow<'a, str>, &'a RawValue> = serde_json::from_str(text).ok()?;
            object.get(name).map(|value| value.get())
        }
        b'[' => {
            let list: Vec<&'a RawValue> = serde_json::from_str(text).ok()?;
            list.get(name.parse::<usize>().ok()?).map(|value| value.get())
        }
        _ => None,
    }
}
