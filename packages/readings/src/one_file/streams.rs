//! Several streams of one meter and direction, as tariffs are: their sum is what it took or gave.

use gridpact_units::{Quality, UnixSeconds};

use crate::bounds::MAX_READINGS;
use crate::collected::Collected;
use crate::error::Error;
use crate::qualities::worse;
use crate::row::{Kind, Origin, Row};

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

/// Streams of a file: a grid's seats with a few tariffs each.
const MAX_STREAMS: usize = 8_192;

/// All streams of a file.
pub(super) struct Streams {
    file: u16,
    /// Names of streams, in the order of their first parts.
    names: Vec<String>,
    parts: Vec<(Part, usize)>,
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
            names: Vec::new(),
            parts: Vec::new(),
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
        if self.parts.len() >= MAX_READINGS {
            return Err(format!("at most {MAX_READINGS} values"));
        }
        let position = self.stream(stream)?;
        self.parts.push((part, position));
        Ok(())
    }

    /// The position of a stream.
    ///
    /// # Errors
    /// What was expected instead of one more.
    pub fn stream(&mut self, stream: &str) -> Result<usize, String> {
        let known = self.names.iter().position(|name| name == stream);
        let position = known.unwrap_or(self.names.len());
        if known.is_none() {
            if self.names.len() >= MAX_STREAMS {
                return Err(format!("at most {MAX_STREAMS} streams in a file"));
            }
            self.names.push(stream.to_owned());
        }
        Ok(position)
    }

    /// A row for each meter, interval and direction: the sum of its streams, of which one may come twice if it is equal.
    pub fn finish(mut self, collected: &mut Collected) -> Result<(), Error> {
        self.parts
            .sort_unstable_by_key(|(part, stream)| (part.meter, part.at, part.direction, *stream, part.line));
        let key = |(part, _): &(Part, usize)| (part.meter, part.at, part.direction);
        for same in self.parts.chunk_by(|part, next| key(part) == key(next)) {
            let Some((first, _)) = same.first() else { continue };
            let mut sum = Some(0_u64);
            let mut quality = Quality::Measured;
            for (position, (part, stream)) in same.iter().enumerate() {
                if part.seconds != first.seconds {
                    return Err(self.twice(collected, first, part));
                }
                let before = position.checked_sub(1).and_then(|before| same.get(before));
                if let Some((before, _)) = before.filter(|(_, before)| before == stream) {
                    self.check_again(collected, before, part)?;
                    continue;
                }
                sum = sum
                    .zip(part.value)
                    .and_then(|(sum, value)| sum.checked_add(value));
                quality = worse(quality, part.quality);
            }
            let value = Some(sum.unwrap_or_default());
            let import = first.direction == Direction::Import;
            let row = Row {
                at: first.at,
                import: value.filter(|_| import),
                export: value.filter(|_| !import),
                seconds: first.seconds,
                origin: self.origin(first.meter, first.line),
                offset: first.offset,
                ends: self.ends,
                kind: self.kind,
                quality: if sum.is_none() { Quality::Missing } else { quality },
            };
            let pushed = collected.push(row);
            pushed.map_err(|expected| Error::Format {
                file: collected.file_of(row.origin),
                line: first.line.into(),
                expected,
                got: "more".to_owned(),
            })?;
        }
        Ok(())
    }

    /// A stream that says an interval twice says the same, or is refused with both lines.
    fn check_again(&self, collected: &Collected, before: &Part, part: &Part) -> Result<(), Error> {
        let said = |part: &Part| (part.value, part.quality, part.seconds);
        if said(before) == said(part) {
            return Ok(());
        }
        Err(self.twice(collected, before, part))
    }

    /// Two parts of one interval that do not go together.
    fn twice(&self, collected: &Collected, one: &Part, other: &Part) -> Error {
        let origin = self.origin(one.meter, one.line);
        Error::Twice {
            file: collected.file_of(origin),
            first: one.line.min(other.line).into(),
            second: one.line.max(other.line).into(),
            meter: collected.meter_of(origin),
        }
    }
}
