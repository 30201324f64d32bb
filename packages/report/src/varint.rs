//! Unsigned integers, seven bits a byte, least significant first, the high bit set on every byte but the last.

use crate::error::{DecodeError, Part};

/// Appends `value` in its shortest form, 1 to 10 bytes.
pub(crate) fn write(bytes: &mut Vec<u8>, mut value: u64) {
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

/// Takes one integer of at most `bits` bits off `bytes`, a whole `part`, at `position`. Only the shortest form is accepted, so that
/// there is one encoding.
pub(crate) fn read(
    bytes: &[u8],
    position: &mut usize,
    part: Part,
    field: &'static str,
    bits: u32,
) -> Result<u64, DecodeError> {
    let mut value = 0_u64;
    let mut shift = 0_u32;
    loop {
        let byte = *bytes.get(*position).ok_or(DecodeError::UnexpectedEnd {
            part,
            length: bytes.len(),
        })?;
        *position = position.saturating_add(1);
        let low = u64::from(byte & 0x7f);
        let room = bits.saturating_sub(shift);
        if low.checked_shr(room).unwrap_or(0) != 0 {
            return Err(DecodeError::FieldTooLarge { field, bits });
        }
        value |= low.checked_shl(shift).unwrap_or(0);
        shift = shift.saturating_add(7);
        if byte & 0x80 == 0 {
            return if byte == 0 && shift > 7 {
                Err(DecodeError::NotShortest { field })
            } else {
                Ok(value)
            };
        }
        if shift >= bits {
            return Err(DecodeError::FieldTooLarge { field, bits });
        }
    }
}
