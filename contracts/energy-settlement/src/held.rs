//! The results of a window that is not final: one record a window, all seats in it.

use gridpact_storage::{write_varint, Packed, ReadFormat, Reader};
use gridpact_units::{Amount, UnixSeconds};

use crate::fees::Fees;
use crate::list::{read_list, write_list};

/// One seat's part of a held window; nothing where it is vacant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HeldSeat {
    /// Left the free balance when the window was settled; a correction may spend it again.
    pub debit: Amount,
    /// Becomes free when the window is final.
    pub credit: Amount,
}

/// A settled window until it is final. Sum of debits = sum of credits + fees + rounding.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Held {
    /// Number of intervals.
    pub intervals: u16,
    /// Revision of the report that stands.
    pub revision: u16,
    /// Roster under which a correction recomputes it, and which says whose each seat is.
    pub roster_version: u32,
    /// When it becomes final.
    pub final_at: UnixSeconds,
    /// What rounding left.
    pub rounding: Amount,
    /// What the fees of the policy came to under which it was settled.
    pub fees: Fees,
    /// The seats of its roster, in order.
    pub seats: Vec<HeldSeat>,
}

impl Held {
    /// Sum of the debits. They came from free balances, whose sum is bounded: it cannot overflow.
    pub fn debits(&self) -> Amount {
        let add = |sum: u128, seat: &HeldSeat| sum.saturating_add(seat.debit.0);
        Amount(self.seats.iter().fold(0, add))
    }

    /// Sum of the credits, at most that of the debits.
    pub fn credits(&self) -> Amount {
        let add = |sum: u128, seat: &HeldSeat| sum.saturating_add(seat.credit.0);
        Amount(self.seats.iter().fold(0, add))
    }
}

impl Packed for Held {
    const NAME: &'static str = "held window";
    const FORMATS: &'static [ReadFormat<Self>] = &[Self::read_1];

    fn write(&self, bytes: &mut Vec<u8>) {
        write_varint(bytes, self.intervals);
        write_varint(bytes, self.revision);
        write_varint(bytes, self.roster_version);
        write_varint(bytes, self.final_at.0);
        write_varint(bytes, self.rounding.0);
        self.fees.write(bytes);
        write_list(bytes, &self.seats, |bytes, seat| {
            write_varint(bytes, seat.debit.0);
            write_varint(bytes, seat.credit.0);
        });
    }
}

impl Held {
    fn read_1(reader: &mut Reader) -> Option<Self> {
        let seat = |reader: &mut Reader| {
            Some(HeldSeat {
                debit: Amount(reader.varint()?),
                credit: Amount(reader.varint()?),
            })
        };
        Some(Self {
            intervals: reader.varint_as()?,
            revision: reader.varint_as()?,
            roster_version: reader.varint_as()?,
            final_at: UnixSeconds(reader.varint_as()?),
            rounding: Amount(reader.varint()?),
            fees: Fees::read(reader)?,
            seats: read_list(reader, seat)?,
        })
    }
}
