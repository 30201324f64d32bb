//! What a file is called: SHA-256 of its content in one canonical form, so that blanks, comments and the order of keys do not
//! matter, and nothing else can differ without another name.

use sha2::{Digest, Sha256};

use super::shape::SharedFile;
use crate::message::bytes::Writer;

/// A file's name.
pub type FileHash = [u8; 32];

/// First field of the canonical bytes.
const TAG: &str = "gridpact shared file v1";

impl SharedFile {
    /// Every value in a fixed order: texts and lists behind their lengths, numbers at full width, most significant first. What
    /// has a default stands there as the default.
    pub fn canonical_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        writer.field(TAG.as_bytes());
        writer.u32(self.version);
        writer.field(self.chain_id.as_bytes());
        writer.field(self.registry.as_bytes());
        for seconds in [
            self.from.0 .0,
            self.window.0 .0,
            self.offset.0 .0,
            self.delay.0 .0,
            self.slot.0 .0,
        ] {
            writer.u64(seconds);
        }
        writer.u32(self.tolerance.counts);
        writer.u32(self.tolerance.ppm);
        writer.count(self.members.len());
        for member in &self.members {
            writer.field(member.name.as_bytes());
            writer.field(&member.key.0);
            optional(&mut writer, member.url.as_ref());
            writer.field(&member.tls.0);
        }
        writer.count(self.meters.len());
        for meter in &self.meters {
            writer.u32(meter.slot.0);
            writer.count(meter.readers.len());
            for reader in &meter.readers {
                writer.field(reader.as_bytes());
            }
            writer.u8(meter.needs());
            optional(&mut writer, meter.home.as_ref());
        }
        writer.finish()
    }

    /// Its name.
    pub fn hash(&self) -> FileHash {
        Sha256::digest(self.canonical_bytes()).into()
    }
}

fn optional(writer: &mut Writer, text: Option<&String>) {
    writer.u8(text.is_some().into());
    if let Some(text) = text {
        writer.field(text.as_bytes());
    }
}
