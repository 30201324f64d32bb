//! Numbers at full width, most significant byte first; texts and lists behind their length. One value has one encoding, and
//! nothing is allocated by a length that the bytes do not hold.

use super::error::MessageError;

/// Writes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Writer(Vec<u8>);

impl Writer {
    pub(crate) fn u8(&mut self, value: u8) {
        self.0.push(value);
    }

    pub(crate) fn u16(&mut self, value: u16) {
        self.0.extend(value.to_be_bytes());
    }

    pub(crate) fn u32(&mut self, value: u32) {
        self.0.extend(value.to_be_bytes());
    }

    pub(crate) fn u64(&mut self, value: u64) {
        self.0.extend(value.to_be_bytes());
    }

    /// A count or a length. All of them are bounded far below 2^32.
    pub(crate) fn count(&mut self, count: usize) {
        self.u32(u32::try_from(count).unwrap_or(u32::MAX));
    }

    /// Bytes whose number is fixed.
    pub(crate) fn fixed(&mut self, bytes: &[u8]) {
        self.0.extend(bytes);
    }

    /// Bytes behind their length.
    pub(crate) fn field(&mut self, bytes: &[u8]) {
        self.count(bytes.len());
        self.fixed(bytes);
    }

    /// What was written.
    pub(crate) fn finish(self) -> Vec<u8> {
        self.0
    }
}

/// Reads what a [`Writer`] wrote.
#[derive(Clone, Debug)]
pub(crate) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    pub(crate) fn fixed<const N: usize>(&mut self) -> Result<[u8; N], MessageError> {
        let (head, rest) = self.0.split_first_chunk::<N>().ok_or(MessageError::End)?;
        self.0 = rest;
        Ok(*head)
    }

    pub(crate) fn u8(&mut self) -> Result<u8, MessageError> {
        self.fixed().map(|[byte]| byte)
    }

    pub(crate) fn u16(&mut self) -> Result<u16, MessageError> {
        self.fixed().map(u16::from_be_bytes)
    }

    pub(crate) fn u32(&mut self) -> Result<u32, MessageError> {
        self.fixed().map(u32::from_be_bytes)
    }

    pub(crate) fn u64(&mut self) -> Result<u64, MessageError> {
        self.fixed().map(u64::from_be_bytes)
    }

    /// A count of things, at most `max`.
    pub(crate) fn count(&mut self, what: &'static str, max: usize) -> Result<usize, MessageError> {
        let got = usize::try_from(self.u32()?).unwrap_or(usize::MAX);
        if got > max {
            return Err(MessageError::Count { what, max, got });
        }
        Ok(got)
    }

    pub(crate) fn field(&mut self) -> Result<&'a [u8], MessageError> {
        let length = usize::try_from(self.u32()?).unwrap_or(usize::MAX);
        let (head, rest) = self.0.split_at_checked(length).ok_or(MessageError::End)?;
        self.0 = rest;
        Ok(head)
    }

    /// Nothing may follow.
    pub(crate) fn finish(self) -> Result<(), MessageError> {
        match self.0.len() {
            0 => Ok(()),
            more => Err(MessageError::Trailing { more }),
        }
    }
}
