//! What a feed says, and how its entries hang together: by the addresses of their links.

use gridpact_units::{Quality, UnixSeconds};

/// How readings count: codes as the standard has them.
#[derive(Clone, Debug, Default)]
pub(super) struct ReadingType {
    pub accumulation: Option<String>,
    pub commodity: Option<String>,
    pub flow: Option<String>,
    pub kind: Option<String>,
    pub multiplier: Option<String>,
    pub unit: Option<String>,
}

/// What an entry holds.
#[derive(Clone, Debug, Default)]
pub(super) enum Content {
    /// A meter.
    UsagePoint,
    /// Readings of one kind.
    MeterReading,
    /// How they count.
    ReadingType(ReadingType),
    /// Readings of a time.
    IntervalBlock,
    /// Something else.
    #[default]
    Other,
}

/// An entry's addresses.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    pub id: String,
    pub own: String,
    pub up: String,
    pub related: Vec<String>,
    pub line: u32,
    pub content: Content,
}

/// A reading.
#[derive(Clone, Debug, Default)]
pub(super) struct Reading {
    /// Position of its block.
    pub block: usize,
    pub start: UnixSeconds,
    pub seconds: u32,
    pub value: String,
    pub quality: Option<Quality>,
    pub line: u32,
}

/// All entries that matter.
#[derive(Debug, Default)]
pub(super) struct Feed {
    pub usage_points: Vec<Entry>,
    pub meter_readings: Vec<Entry>,
    pub reading_types: Vec<Entry>,
    pub blocks: Vec<Entry>,
    /// In the order of their blocks.
    pub readings: Vec<Reading>,
}

impl Feed {
    /// Puts an entry where it belongs.
    pub fn add(&mut self, entry: Entry) {
        match entry.content {
            Content::UsagePoint => self.usage_points.push(entry),
            Content::MeterReading => self.meter_readings.push(entry),
            Content::ReadingType(_) => self.reading_types.push(entry),
            Content::IntervalBlock => self.blocks.push(entry),
            Content::Other => {}
        }
    }

    /// The readings of a block.
    pub fn readings_of(&self, block: usize) -> impl Iterator<Item = &Reading> {
        let from = self.readings.partition_point(|reading| reading.block < block);
        let later = self.readings.iter().skip(from);
        later.take_while(move |reading| reading.block == block)
    }

    /// How a block's readings count: as the meter reading says that it stands under; the only kind there is, where links say nothing.
    pub fn reading_type_of(&self, block: &Entry) -> Option<&ReadingType> {
        let meter_reading = block.up.strip_suffix("/IntervalBlock").unwrap_or(&block.up);
        let mut meter_readings = self.meter_readings.iter();
        let meter_reading = meter_readings.find(|entry| !entry.own.is_empty() && entry.own == meter_reading);
        let linked = meter_reading.and_then(|meter_reading| {
            let mut types = self.reading_types.iter();
            types.find(|entry| meter_reading.related.contains(&entry.own))
        });
        let only = match self.reading_types.as_slice() {
            [only] => Some(only),
            _ => None,
        };
        match &linked.or(only)?.content {
            Content::ReadingType(reading_type) => Some(reading_type),
            _ => None,
        }
    }

    /// The id of the meter that a block is of; `None` where the feed has one and it has none.
    pub fn usage_point_of(&self, block: &Entry) -> Option<String> {
        let under = |entry: &&Entry| {
            let rest = block.up.strip_prefix(entry.own.as_str());
            !entry.own.is_empty() && rest.is_some_and(|rest| rest.starts_with('/'))
        };
        let only = match self.usage_points.as_slice() {
            [only] => Some(only),
            _ => None,
        };
        let usage_point = self.usage_points.iter().find(under).or(only)?;
        let id = usage_point
            .id
            .strip_prefix("urn:uuid:")
            .unwrap_or(&usage_point.id);
        // Of several meters without ids their addresses tell them apart.
        match (id, self.usage_points.len()) {
            ("", 0 | 1) => None,
            ("", _) => Some(usage_point.own.clone()),
            (id, _) => Some(id.to_owned()),
        }
    }
}

/// A code of quality: validated and verified ones are measured, those that a machine put in by rule stay, others may still change.
/// What was made to fit the weather is no reading.
pub(super) fn quality(code: &str) -> Option<Quality> {
    match code {
        "0" | "14" | "17" | "18" | "19" => Some(Quality::Measured),
        "8" | "9" => Some(Quality::SubstitutedFinal),
        "7" | "10" | "11" | "12" | "13" | "16" => Some(Quality::SubstitutedProvisional),
        "15" => Some(Quality::Missing),
        _ => None,
    }
}
