//! XML to a feed: no entity but XML's own, no document type, a bounded depth, and everything else that is not asked for passed over.

mod parts;

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::Reader as XmlReader;

use super::feed::{Content, Entry, Feed, Reading, ReadingType};
use crate::error::Error;

/// Elements within each other: a feed has seven.
const MAX_DEPTH: usize = 32;
/// Links of an entry, a letter's worth each.
const MAX_LINKS: usize = 64;
/// Letters of a text that is kept.
const MAX_TEXT: usize = 256;

/// What is read so far.
struct Tree<'a> {
    file: &'a str,
    xml: &'a str,
    /// Bytes counted for lines, and the lines in them.
    counted: usize,
    line: u32,
    /// Names of the elements that are open.
    open: Vec<String>,
    text: String,
    entry: Option<Entry>,
    reading: Option<Reading>,
    feed: Feed,
}

/// Reads a text.
pub(super) fn read(file: &str, xml: &str) -> Result<Feed, Error> {
    let mut reader = XmlReader::from_str(xml);
    let mut tree = Tree {
        file,
        xml,
        counted: 0,
        line: 1,
        open: Vec::new(),
        text: String::new(),
        entry: None,
        reading: None,
        feed: Feed::default(),
    };
    loop {
        let event = reader.read_event();
        tree.count_lines(usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX));
        match event.map_err(|error| tree.bad("XML that is well formed", &error.to_string()))? {
            Event::Start(start) => tree.begin(&start)?,
            Event::Empty(start) => {
                tree.begin(&start)?;
                tree.end()?;
            }
            Event::End(_) => tree.end()?,
            Event::Text(text) => tree.add(&text.into_inner()),
            Event::CData(data) => tree.add(&data.into_inner()),
            Event::GeneralRef(entity) => tree.entity(&entity)?,
            Event::DocType(_) => return Err(tree.bad("no document type", "<!DOCTYPE")),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => break,
        }
    }
    match tree.open.last() {
        Some(open) => Err(tree.bad(&format!("</{open}>"), "the end of the file")),
        None => Ok(tree.feed),
    }
}

impl Tree<'_> {
    fn count_lines(&mut self, position: usize) {
        let passed = self
            .xml
            .as_bytes()
            .get(self.counted..position)
            .unwrap_or_default();
        let lines = passed.iter().filter(|byte| **byte == b'\n').count();
        self.line = self.line.saturating_add(u32::try_from(lines).unwrap_or(u32::MAX));
        self.counted = self.counted.max(position);
    }

    fn bad(&self, expected: &str, got: &str) -> Error {
        Error::Format {
            file: self.file.to_owned(),
            line: self.line.into(),
            expected: expected.to_owned(),
            got: got.chars().take(MAX_TEXT).collect(),
        }
    }

    /// Text of the element that is open; what is too long is nothing that is asked for.
    fn add(&mut self, text: &str) {
        if self.text.len().saturating_add(text.len()) <= MAX_TEXT {
            self.text.push_str(text);
        }
    }

    /// XML's own five, and letters by number.
    fn entity(&mut self, entity: &BytesRef) -> Result<(), Error> {
        let letter = match entity.resolve_char_ref() {
            Ok(Some(letter)) => Some(letter),
            Ok(None) => match entity.borrow().into_inner().as_ref() {
                "amp" => Some('&'),
                "lt" => Some('<'),
                "gt" => Some('>'),
                "apos" => Some('\''),
                "quot" => Some('"'),
                _ => None,
            },
            Err(_) => None,
        };
        let letter = letter.ok_or_else(|| self.bad("an entity of XML itself", "another"))?;
        self.add(letter.encode_utf8(&mut [0; 4]));
        Ok(())
    }

    fn begin(&mut self, start: &BytesStart) -> Result<(), Error> {
        if self.open.len() >= MAX_DEPTH {
            return Err(self.bad(&format!("at most {MAX_DEPTH} elements within each other"), "more"));
        }
        let name = start.local_name().as_ref().to_owned();
        self.text.clear();
        match name.as_str() {
            "entry" => {
                self.entry = Some(Entry {
                    line: self.line,
                    ..Entry::default()
                })
            }
            "link" => self.link(start)?,
            "UsagePoint" => self.content(Content::UsagePoint),
            "MeterReading" => self.content(Content::MeterReading),
            "ReadingType" => self.content(Content::ReadingType(ReadingType::default())),
            "IntervalBlock" => self.content(Content::IntervalBlock),
            "IntervalReading" => {
                self.reading = Some(Reading {
                    block: self.feed.blocks.len(),
                    line: self.line,
                    ..Reading::default()
                })
            }
            _ => {}
        }
        self.open.push(name);
        Ok(())
    }

    fn content(&mut self, content: Content) {
        if let Some(entry) = &mut self.entry {
            entry.content = content;
        }
    }

    fn end(&mut self) -> Result<(), Error> {
        let name = self.open.pop().unwrap_or_default();
        let text = core::mem::take(&mut self.text);
        let text = text.trim();
        let parent = self.open.last().map(String::as_str).unwrap_or_default();
        match (parent, name.as_str()) {
            ("entry", "id") => {
                if let Some(entry) = &mut self.entry {
                    text.clone_into(&mut entry.id);
                }
            }
            ("ReadingType", field) => self.field(field, text),
            ("timePeriod", "start" | "duration")
            | ("IntervalReading", "value")
            | ("ReadingQuality", "quality") => {
                self.part(&name, text)?;
            }
            (_, "IntervalReading") => self.end_reading()?,
            (_, "entry") => self.end_entry(),
            _ => {}
        }
        Ok(())
    }

    fn end_reading(&mut self) -> Result<(), Error> {
        match self.reading.take() {
            Some(reading) if reading.seconds == 0 => {
                Err(self.bad("a reading with the start and duration of its time", "one without"))
            }
            reading => {
                self.feed.readings.extend(reading);
                Ok(())
            }
        }
    }

    /// Readings that stood in no block are nobody's.
    fn end_entry(&mut self) {
        let Some(entry) = self.entry.take() else { return };
        if !matches!(entry.content, Content::IntervalBlock) {
            let blocks = self.feed.blocks.len();
            let of_blocks = self
                .feed
                .readings
                .partition_point(|reading| reading.block < blocks);
            self.feed.readings.truncate(of_blocks);
        }
        self.feed.add(entry);
    }
}
