//! The check sum of a telegram.

/// CRC-16/ARC: polynomial x^16 + x^15 + x^2 + 1, bits reversed, from 0, over all from `/` to `!`, both included.
pub fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, byte| {
        (0..8).fold(crc ^ u16::from(*byte), |crc: u16, _| {
            let shifted = crc >> 1;
            if crc & 1 == 1 {
                shifted ^ 0xA001
            } else {
                shifted
            }
        })
    })
}
