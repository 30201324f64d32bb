//! Bytes to UTF-8: spreadsheets write byte order marks, UTF-16 and Latin-1.

use std::io::{self, Read};

use crate::file::peek;

/// How a file's letters are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-16, the lower byte first.
    Utf16Le,
    /// UTF-16, the higher byte first.
    Utf16Be,
    /// ISO 8859-1, every byte the letter of that number; or Windows-1252, which has signs where that has none.
    Latin1,
}

/// Text as UTF-8, without its byte order mark; and whether nothing but a guess says so, so that a letter of Latin-1 may come.
pub(crate) fn as_utf8<'a>(
    bytes: Box<dyn Read + 'a>,
    stated: Option<Encoding>,
) -> io::Result<(Box<dyn Read + 'a>, bool)> {
    let (first, mut bytes) = peek(bytes, 4)?;
    let (marked, length) = match first.as_slice() {
        [0xef, 0xbb, 0xbf, ..] => (Some(Encoding::Utf8), 3),
        [0xff, 0xfe, ..] => (Some(Encoding::Utf16Le), 2),
        [0xfe, 0xff, ..] => (Some(Encoding::Utf16Be), 2),
        // No table, and no XML, begins with a zero; of UTF-16 every second byte of its names is one.
        [1..=127, 0, 1..=127, 0] => (Some(Encoding::Utf16Le), 0),
        [0, 1..=127, 0, 1..=127] => (Some(Encoding::Utf16Be), 0),
        _ => (None, 0),
    };
    bytes.by_ref().take(length).read_to_end(&mut Vec::new())?;
    let text: Box<dyn Read + 'a> = match stated.or(marked).unwrap_or(Encoding::Utf8) {
        Encoding::Utf8 => Box::new(bytes),
        Encoding::Latin1 => Box::new(Decoded::new(bytes, latin1_unit, 1)),
        Encoding::Utf16Le => Box::new(Decoded::new(bytes, u16::from_le_bytes, 2)),
        Encoding::Utf16Be => Box::new(Decoded::new(bytes, u16::from_be_bytes, 2)),
    };
    Ok((text, stated.or(marked).is_none()))
}

/// What Windows-1252 has from 0x80 on, where Latin-1 has no letters.
const WINDOWS: [u16; 32] = [
    0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x8d,
    0x17d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a,
    0x153, 0x9d, 0x17e, 0x178,
];

/// Latin-1's letters have the numbers that Unicode gave them.
fn latin1_unit(bytes: [u8; 2]) -> u16 {
    let windows = bytes[0]
        .checked_sub(0x80)
        .and_then(|at| WINDOWS.get(usize::from(at)));
    windows.copied().unwrap_or(u16::from(bytes[0]))
}

/// Text that comes as units of one or two bytes each.
struct Decoded<R> {
    bytes: R,
    unit: fn([u8; 2]) -> u16,
    width: usize,
    /// UTF-8 that was not asked for yet, from `read` on.
    ready: Vec<u8>,
    read: usize,
    /// The first half of a letter whose second half comes with the next bytes.
    half: Option<u16>,
}

/// Bytes decoded at once.
const CHUNK: u64 = 1 << 13;

impl<R: Read> Decoded<R> {
    fn new(bytes: R, unit: fn([u8; 2]) -> u16, width: usize) -> Self {
        Self {
            bytes,
            unit,
            width,
            ready: Vec::new(),
            read: 0,
            half: None,
        }
    }

    /// Decodes the next bytes.
    fn refill(&mut self) -> io::Result<()> {
        let mut bytes = Vec::new();
        self.bytes.by_ref().take(CHUNK).read_to_end(&mut bytes)?;
        let broken = || io::Error::other("expected text in UTF-16, got half a letter");
        if !bytes.len().is_multiple_of(self.width) || (bytes.is_empty() && self.half.is_some()) {
            return Err(broken());
        }
        let units = bytes.chunks_exact(self.width).map(|unit| {
            let at = |index| unit.get(index).copied().unwrap_or_default();
            (self.unit)([at(0), at(1)])
        });
        let mut units: Vec<u16> = self.half.take().into_iter().chain(units).collect();
        // The first of two surrogates.
        if units.last().is_some_and(|unit| (0xd800..0xdc00).contains(unit)) {
            self.half = units.pop();
        }
        let text: Result<String, _> = char::decode_utf16(units).collect();
        self.ready = text.map_err(|_| broken())?.into_bytes();
        self.read = 0;
        Ok(())
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.read >= self.ready.len() {
            self.refill()?;
            // Only half a letter came: the rest follows, or it is refused.
            if self.ready.is_empty() && self.half.is_some() {
                self.refill()?;
            }
        }
        let count = self.ready.get(self.read..).unwrap_or_default().read(buffer)?;
        self.read = self.read.saturating_add(count);
        Ok(count)
    }
}

/// A cell that is no UTF-8 as Latin-1, where nothing else is likely: every byte beyond ASCII is a letter of a Western European
/// language and stands in a word. Anything else has to be stated.
pub(crate) fn surely_latin1(bytes: &[u8]) -> Option<String> {
    let ascii_letter = |at: Option<usize>| {
        at.and_then(|at| bytes.get(at))
            .is_some_and(u8::is_ascii_alphabetic)
    };
    let in_a_word = |at: usize| ascii_letter(at.checked_sub(1)) || ascii_letter(at.checked_add(1));
    let mut all = bytes.iter().enumerate();
    let sure = all.all(|(at, byte)| byte.is_ascii() || (western(*byte) && in_a_word(at)));
    sure.then(|| bytes.iter().map(|byte| char::from(*byte)).collect())
}

/// From À to þ, without the signs of multiplication and division among them.
fn western(byte: u8) -> bool {
    matches!(byte, 0xc0..=0xd6 | 0xd8..=0xf6 | 0xf8..=0xfe)
}
