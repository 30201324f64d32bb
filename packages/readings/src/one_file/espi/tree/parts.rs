//! What of an element is kept: an entry's links, a kind of reading's fields, a reading's parts.

use gridpact_units::UnixSeconds;
use quick_xml::events::BytesStart;

use super::{Tree, MAX_LINKS, MAX_TEXT};
use crate::error::Error;
use crate::one_file::espi::feed::{quality, Content};

impl Tree<'_> {
    /// A link of the entry that is open.
    pub(super) fn link(&mut self, start: &BytesStart) -> Result<(), Error> {
        let (mut rel, mut href) = (String::new(), String::new());
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| self.bad("attributes", &error.to_string()))?;
            match attribute.key.as_ref() {
                "rel" => attribute.value.as_ref().clone_into(&mut rel),
                "href" => attribute.value.as_ref().clone_into(&mut href),
                _ => {}
            }
        }
        let Some(entry) = self.entry.as_mut().filter(|_| href.len() <= MAX_TEXT) else {
            return Ok(());
        };
        match rel.as_str() {
            "self" => entry.own = href,
            "up" => entry.up = href,
            "related" if entry.related.len() < MAX_LINKS => entry.related.push(href),
            _ => {}
        }
        Ok(())
    }

    /// A field of a kind of reading.
    pub(super) fn field(&mut self, name: &str, text: &str) {
        let entry = self.entry.as_mut().map(|entry| &mut entry.content);
        let Some(Content::ReadingType(reading_type)) = entry else {
            return;
        };
        let field = match name {
            "accumulationBehaviour" => &mut reading_type.accumulation,
            "commodity" => &mut reading_type.commodity,
            "flowDirection" => &mut reading_type.flow,
            "kind" => &mut reading_type.kind,
            "powerOfTenMultiplier" => &mut reading_type.multiplier,
            "uom" => &mut reading_type.unit,
            _ => return,
        };
        *field = Some(text.to_owned());
    }

    /// A part of the reading that is open.
    pub(super) fn part(&mut self, name: &str, text: &str) -> Result<(), Error> {
        let number = text.parse::<u64>().ok();
        let seconds = number
            .and_then(|seconds| u32::try_from(seconds).ok())
            .filter(|seconds| *seconds > 0);
        let known = match name {
            "start" => number.is_some(),
            "duration" => seconds.is_some(),
            "quality" => quality(text).is_some(),
            _ => true,
        };
        if !known {
            return Err(self.bad(&format!("a {name} as the standard has it"), text));
        }
        let Some(reading) = &mut self.reading else {
            return Ok(());
        };
        match name {
            "start" => reading.start = UnixSeconds(number.unwrap_or_default()),
            "duration" => reading.seconds = seconds.unwrap_or_default(),
            "quality" => reading.quality = reading.quality.max(quality(text)),
            _ => text.clone_into(&mut reading.value),
        }
        Ok(())
    }
}
