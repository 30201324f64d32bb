//! Whole numbers in as few bytes as they need.

/// Adds a number: seven bits a byte, the lowest first; the highest bit says that more follow.
pub(super) fn write(bytes: &mut Vec<u8>, mut number: u64) {
    loop {
        let [low, ..] = number.to_le_bytes();
        let rest = number >> 7;
        if rest == 0 {
            bytes.push(low);
            return;
        }
        bytes.push(low | 128);
        number = rest;
    }
}

/// Takes a number off the front; `None` where nothing is left.
pub(super) fn read(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for shift in (0..u64::BITS).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 127).wrapping_shl(shift);
        if *byte < 128 {
            break;
        }
    }
    Some(number)
}

/// A difference that may be below zero as a small number: 0, -1, 1, -2 are 0 to 3.
pub(super) fn folded(difference: u64) -> u64 {
    let sign = if difference >> 63 == 1 { u64::MAX } else { 0 };
    (difference << 1) ^ sign
}

/// What [`folded`] made small.
pub(super) fn unfolded(number: u64) -> u64 {
    (number >> 1) ^ 0_u64.wrapping_sub(number & 1)
}
