//! Lists in packed values: the length stands before the entries, so that a later format can put other fields behind.

use gridpact_storage::{write_varint, Reader};

/// Appends the length, and what `write` makes of each entry.
pub(crate) fn write_list<T>(bytes: &mut Vec<u8>, list: &[T], mut write: impl FnMut(&mut Vec<u8>, &T)) {
    // No list of a contract is longer than 2^64.
    write_varint(bytes, u64::try_from(list.len()).unwrap_or(u64::MAX));
    list.iter().for_each(|entry| write(bytes, entry));
}

/// What [`write_list`] appended. It ends with the bytes, however long the list says it is.
pub(crate) fn read_list<T>(
    reader: &mut Reader,
    mut read: impl FnMut(&mut Reader) -> Option<T>,
) -> Option<Vec<T>> {
    let length: u64 = reader.varint_as()?;
    let mut list = Vec::new();
    for _ in 0..length {
        list.push(read(reader)?);
    }
    Some(list)
}
