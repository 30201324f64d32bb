//! Several streams of one meter and direction, as tariffs are: their sum is what it took or gave.

use std::collections::btree_map::{BTreeMap, Entry};
use std::collections::HashMap;

use gridpact_units::{Quality, UnixSeconds};

use crate::bounds::{MAX_METER_ROWS, MAX_ROWS};
use crate::collected::Collected;
use crate::error::Error;
use crate::on_grid::unique::twice;
use crate::qualities::worse;
use crate::row::{Kind, Origin, Row};
use crate::row_log::RowLog;

/// Which way energy flows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Direction {
    /// From the wire.
    Import,
    /// To the wire.
    Export,
}

/// What one stream says of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub meter: u32,
    pub at: UnixSeconds,
    pub direction: Direction,
    /// mWh; `None` where there is no value.
    pub value: Option<u64>,
    pub quality: Quality,
    /// s.
    pub seconds: u32,
    pub line: u32,
    /// Local time less UTC, minutes.
    pub offset: i16,
}

/// Streams of a file: for each of a grid's seats eight tariffs of each direction.
const MAX_STREAMS: usize = 16_384;

/// Of which meter, which way, and the position of its name.
type Stream = (u32, Direction, usize);

/// All streams of a file. Their values are held as few bytes each, and put together one meter after the other.
pub(super) struct Streams {
    file: u16,
    /// Positions of streams' names, in the order of their first parts.
    names: HashMap<String, usize>,
    /// What each says, as rows of imports, whichever way it is.
    logs: BTreeMap<Stream, RowLog>,
    /// Values of all of them.
    values: usize,
    /// What the values are.
    pub kind: Kind,
    /// Whether moments are ends.
    pub ends: bool,
    /// Whether one was left out.
    pub left_out: bool,
}

impl Streams {
    pub fn new(file: u16) -> Self {
        Self {
            file,
            names: HashMap::new(),
            logs: BTreeMap::new(),
            values: 0,
            kind: Kind::Energy,
            ends: false,
            left_out: false,
        }
    }

    /// Where a line stands.
    pub fn origin(&self, meter: u32, line: u32) -> Origin {
        Origin {
            meter,
            line,
            file: self.file,
        }
    }

    /// Adds a part of a stream.
    ///
    /// # Errors
    /// What was expected instead of one more.
    pub fn add(&mut self, part: Part, stream: &str) -> Result<(), String> {
        let stream = self.stream(stream)?;
        self.add_to(part, stream)
    }

    /// The same, of a stream whose position is known.
    ///
    /// # Errors
    /// What was expected instead of one more.
    pub fn add_to(&mut self, part: Part, stream: usize) -> Result<(), String> {
        if self.values >= MAX_ROWS {
            return Err(format!("at most {MAX_ROWS} values"));
        }
        let stream = (part.meter, part.direction, stream);
        let row = Row {
            at: part.at,
            import: part.value,
            export: None,
            seconds: part.seconds,
            origin: self.origin(part.meter, part.line),
            offset: part.offset,
            ends: self.ends,
            kind: self.kind,
            quality: part.quality,
        };
        let streams = self.logs.len();
        match self.logs.entry(stream) {
            Entry::Occupied(mut known) => known.get_mut().push(&row),
            Entry::Vacant(_) if streams >= MAX_STREAMS => return Err(too_many()),
            Entry::Vacant(new) => new.insert(RowLog::default()).push(&row),
        }
        self.values = self.values.saturating_add(1);
        Ok(())
    }

    /// The position of a stream's name.
    ///
    /// # Errors
    /// What was expected instead of one more.
    pub fn stream(&mut self, stream: &str) -> Result<usize, String> {
        let next = self.names.len();
        match self.names.get(stream) {
            Some(known) => Ok(*known),
            None if next >= MAX_STREAMS => Err(too_many()),
            None => {
                self.names.insert(stream.to_owned(), next);
                Ok(next)
            }
        }
    }

    /// A row for each meter, interval and direction: the sum of its streams, of which one may come twice if it is equal.
    pub fn finish(mut self, collected: &mut Collected) -> Result<(), Error> {
        while let Some((&(meter, direction, _), _)) = self.logs.first_key_value() {
            let others = self.logs.split_off(&(meter, direction, usize::MAX));
            let streams = core::mem::replace(&mut self.logs, others);
            add_up(streams, (meter, direction), collected)?;
        }
        Ok(())
    }
}

fn too_many() -> String {
    format!("at most {MAX_STREAMS} streams in a file")
}

/// Adds a row for each moment at which a meter's streams of one direction say something.
fn add_up(
    streams: BTreeMap<Stream, RowLog>,
    (meter, direction): (u32, Direction),
    collected: &mut Collected,
) -> Result<(), Error> {
    let count: usize = streams.values().map(RowLog::len).sum();
    let refused = |collected: &Collected, origin: Origin, expected: String| Error::Format {
        file: collected.file_of(origin),
        line: origin.line.into(),
        expected,
        got: "more".to_owned(),
    };
    let mut parts: Vec<(Row, usize)> = Vec::with_capacity(count.min(MAX_METER_ROWS));
    for ((_, _, stream), log) in streams {
        for row in log.rows(meter) {
            if parts.len() >= MAX_METER_ROWS {
                let expected = format!("at most {MAX_METER_ROWS} values of a meter");
                return Err(refused(collected, row.origin, expected));
            }
            parts.push((row, stream));
        }
    }
    parts.sort_unstable_by_key(|(row, stream)| (row.at, *stream, row.origin.line));
    for same in parts.chunk_by(|(row, _), (next, _)| row.at == next.at) {
        let Some(row) = sum(same, direction, collected)? else {
            continue;
        };
        let pushed = collected.push(row);
        pushed.map_err(|expected| refused(collected, row.origin, expected))?;
    }
    Ok(())
}

/// The sum of what streams say of one moment; missing where one has no value.
fn sum(same: &[(Row, usize)], direction: Direction, collected: &Collected) -> Result<Option<Row>, Error> {
    let Some((first, _)) = same.first() else {
        return Ok(None);
    };
    let mut sum = Some(0_u64);
    let mut quality = Quality::Measured;
    let mut before: Option<&(Row, usize)> = None;
    for part in same {
        let (row, stream) = part;
        if row.seconds != first.seconds {
            return Err(twice(collected, first.origin, row.origin));
        }
        let again = before.filter(|(_, before)| before == stream);
        before = Some(part);
        if let Some((known, _)) = again {
            // A stream that says an interval twice says the same, or is refused with both lines.
            if (known.import, known.quality) != (row.import, row.quality) {
                return Err(twice(collected, known.origin, row.origin));
            }
            continue;
        }
        sum = sum
            .zip(row.import)
            .and_then(|(sum, value)| sum.checked_add(value));
        quality = worse(quality, row.quality);
    }
    let value = Some(sum.unwrap_or_default());
    let import = direction == Direction::Import;
    Ok(Some(Row {
        import: value.filter(|_| import),
        export: value.filter(|_| !import),
        quality: if sum.is_none() { Quality::Missing } else { quality },
        ..*first
    }))
}
