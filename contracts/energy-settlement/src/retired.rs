//! The free balance of an account that has no seat any more.

use gridpact_storage::{write_varint, Packed, ReadFormat, Reader};
use gridpact_units::Amount;

/// What a retired account has, under a key of its own: its seat, and so its place in a page, may be another's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Retired(pub Amount);

impl Packed for Retired {
    const NAME: &'static str = "balance of a retired account";
    const FORMATS: &'static [ReadFormat<Self>] = &[Self::read_1];

    fn write(&self, bytes: &mut Vec<u8>) {
        write_varint(bytes, self.0 .0);
    }
}

impl Retired {
    fn read_1(reader: &mut Reader) -> Option<Self> {
        Some(Self(Amount(reader.varint()?)))
    }
}
