//! Values that are read or written with every report, as packed bytes: a stored byte costs 30 gas, so they are not JSON.
//!
//! Every value starts with its format version, and all versions ever written are read; numbers are big-endian, or LEB128 where said.

use core::marker::PhantomData;

use cosmwasm_std::storage_keys::namespace_with_key;
use cosmwasm_std::{Order, Storage};

/// Stored bytes that are not what they should be. Only code that wrote them otherwise could have done that.
#[derive(thiserror::Error, Clone, Debug, PartialEq, Eq)]
#[error("stored {what}: expected format 1 to {newest}, got {got} other bytes")]
pub struct Unreadable {
    /// What was read.
    pub what: &'static str,
    /// The newest format version that is read.
    pub newest: u8,
    /// How many bytes there were.
    pub got: usize,
}

/// Takes the fields of one format off packed bytes; `None` where they are not of it.
pub type ReadFormat<T> = fn(&mut Reader) -> Option<T>;

/// A value with a packed form.
///
/// What one version of a contract stored, every later one reads: a change of format adds a reader behind the others and
/// leaves those as they are. The newest format is the one that is written, so a value moves on when it is next saved.
pub trait Packed: Sized + 'static {
    /// What it is, for errors.
    const NAME: &'static str;
    /// A reader for each format ever written, format 1 first.
    const FORMATS: &'static [ReadFormat<Self>];

    /// Appends the fields in the newest format.
    fn write(&self, bytes: &mut Vec<u8>);

    /// Format version and fields.
    fn pack(&self) -> Vec<u8> {
        let mut bytes = vec![newest::<Self>()];
        self.write(&mut bytes);
        bytes
    }

    /// What [`Packed::pack`] made, in whichever format.
    ///
    /// # Errors
    /// A format version that was never written, or too few or too many bytes.
    fn unpack(bytes: &[u8]) -> Result<Self, Unreadable> {
        let mut reader = Reader { rest: bytes };
        let format = reader.byte().and_then(|format| format.checked_sub(1));
        let read = format.and_then(|index| Self::FORMATS.get(usize::from(index)));
        let value = read.and_then(|read| read(&mut reader));
        value.filter(|_| reader.is_empty()).ok_or(Unreadable {
            what: Self::NAME,
            newest: newest::<Self>(),
            got: bytes.len(),
        })
    }
}

/// The format version that is written: 255 formats are more than a contract will see.
fn newest<T: Packed>() -> u8 {
    u8::try_from(T::FORMATS.len()).unwrap_or(u8::MAX)
}

/// Takes fields off the front of packed bytes; `None` where there are too few.
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl Reader<'_> {
    /// Nothing is left.
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// The next `N` bytes.
    pub fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (head, rest) = self.rest.split_first_chunk::<N>()?;
        self.rest = rest;
        Some(*head)
    }

    /// The next byte.
    pub fn byte(&mut self) -> Option<u8> {
        self.array().map(|[byte]| byte)
    }

    /// Two bytes, big-endian.
    pub fn u16(&mut self) -> Option<u16> {
        self.array().map(u16::from_be_bytes)
    }

    /// Four bytes, big-endian.
    pub fn u32(&mut self) -> Option<u32> {
        self.array().map(u32::from_be_bytes)
    }

    /// Eight bytes, big-endian.
    pub fn u64(&mut self) -> Option<u64> {
        self.array().map(u64::from_be_bytes)
    }

    /// A LEB128 number: 7 bits a byte, the lowest first, below 2^128.
    pub fn varint(&mut self) -> Option<u128> {
        let mut value = 0_u128;
        let mut shift = 0_u32;
        loop {
            let byte = self.byte()?;
            let bits = u128::from(byte & 0x7f);
            let placed = bits.checked_shl(shift)?;
            // Bits pushed out at the top would be lost in silence.
            if placed.checked_shr(shift)? != bits {
                return None;
            }
            value |= placed;
            if byte & 0x80 == 0 {
                return Some(value);
            }
            shift = shift.checked_add(7)?;
        }
    }

    /// As [`Reader::varint`], for a narrower type.
    pub fn varint_as<T: TryFrom<u128>>(&mut self) -> Option<T> {
        T::try_from(self.varint()?).ok()
    }
}

/// Appends what [`Reader::varint`] takes.
pub fn write_varint(bytes: &mut Vec<u8>, value: impl Into<u128>) {
    let mut value = value.into();
    loop {
        let [low, ..] = value.to_le_bytes();
        value >>= 7;
        if value == 0 {
            bytes.push(low & 0x7f);
            return;
        }
        bytes.push(low | 0x80);
    }
}

/// One packed value.
pub struct PackedItem<T> {
    key: &'static str,
    value: PhantomData<T>,
}

impl<T: Packed> PackedItem<T> {
    /// Stored under this key.
    pub const fn new(key: &'static str) -> Self {
        Self {
            key,
            value: PhantomData,
        }
    }

    /// The value.
    ///
    /// # Errors
    /// Nothing stored, or in no known format.
    pub fn load(&self, storage: &dyn Storage) -> Result<T, Unreadable> {
        T::unpack(&storage.get(self.key.as_bytes()).unwrap_or_default())
    }

    /// Stores the value.
    pub fn save(&self, storage: &mut dyn Storage, value: &T) {
        storage.set(self.key.as_bytes(), &value.pack());
    }
}

/// Packed values by number. Keys are those of a map of cw-storage-plus, whose maps these stand beside.
pub struct PackedMap<T> {
    namespace: &'static str,
    value: PhantomData<T>,
}

impl<T: Packed> PackedMap<T> {
    /// Stored under keys of this namespace.
    pub const fn new(namespace: &'static str) -> Self {
        Self {
            namespace,
            value: PhantomData,
        }
    }

    fn key(&self, number: u64) -> Vec<u8> {
        namespace_with_key(&[self.namespace.as_bytes()], &number.to_be_bytes())
    }

    /// The value, where there is one.
    ///
    /// # Errors
    /// In no known format.
    pub fn may_load(&self, storage: &dyn Storage, number: u64) -> Result<Option<T>, Unreadable> {
        storage
            .get(&self.key(number))
            .map(|bytes| T::unpack(&bytes))
            .transpose()
    }

    /// Stores a value.
    pub fn save(&self, storage: &mut dyn Storage, number: u64, value: &T) {
        storage.set(&self.key(number), &value.pack());
    }

    /// Drops a value.
    pub fn remove(&self, storage: &mut dyn Storage, number: u64) {
        storage.remove(&self.key(number));
    }

    /// In either order of number, from the next behind `start_after`.
    pub fn range<'a>(
        &self,
        storage: &'a dyn Storage,
        order: Order,
        start_after: Option<u64>,
    ) -> impl Iterator<Item = Result<(u64, T), Unreadable>> + 'a
    where
        T: 'a,
    {
        let values = self.sized_range(storage, order, start_after);
        values.map(|value| value.map(|(number, value, _)| (number, value)))
    }

    /// The same, and how many bytes each value takes.
    pub fn sized_range<'a>(
        &self,
        storage: &'a dyn Storage,
        order: Order,
        start_after: Option<u64>,
    ) -> Box<dyn Iterator<Item = Result<(u64, T, usize), Unreadable>> + 'a>
    where
        T: 'a,
    {
        // One byte longer than a key is just above it; the end is excluded.
        let above = |number| {
            let mut key = self.key(number);
            key.push(0);
            key
        };
        let (start, end) = match (order, start_after) {
            (_, None) => (self.key(0), above(u64::MAX)),
            (Order::Ascending, Some(number)) => (above(number), above(u64::MAX)),
            (Order::Descending, Some(number)) => (self.key(0), self.key(number)),
        };
        let records = storage.range(Some(&start), Some(&end), order);
        Box::new(records.map(|(key, bytes)| {
            let number = key
                .last_chunk()
                .copied()
                .map(u64::from_be_bytes)
                .unwrap_or_default();
            T::unpack(&bytes).map(|value| (number, value, bytes.len()))
        }))
    }
}
