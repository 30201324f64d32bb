//! Numbers given out.

use gridpact_storage::{write_varint, Packed, ReadFormat, Reader};

/// How much there is of what is numbered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counters {
    /// Accounts opened so far; one that is retired still counts.
    pub accounts: u32,
    /// Seats that pages keep a balance for, vacant ones included; the next new seat.
    pub seats: u16,
    /// Newest roster; 0 before the first.
    pub newest_roster: u32,
}

impl Packed for Counters {
    const NAME: &'static str = "counters";
    const FORMATS: &'static [ReadFormat<Self>] = &[Self::read_1];

    fn write(&self, bytes: &mut Vec<u8>) {
        write_varint(bytes, self.accounts);
        write_varint(bytes, self.seats);
        write_varint(bytes, self.newest_roster);
    }
}

impl Counters {
    fn read_1(reader: &mut Reader) -> Option<Self> {
        Some(Self {
            accounts: reader.varint_as()?,
            seats: reader.varint_as()?,
            newest_roster: reader.varint_as()?,
        })
    }
}
