//! A stream of bytes to telegrams.

use crate::bounds::MAX_TELEGRAM;

/// What waits for its telegram's end.
#[derive(Clone, Debug, Default)]
pub struct Framing {
    /// From `/` on; empty between telegrams.
    bytes: Vec<u8>,
    /// Where `!` stands, once it has come.
    bang: Option<usize>,
}

/// What came out of a byte.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Framed {
    /// A telegram, from `/` to the end of the line that `!` begins.
    Telegram(Vec<u8>),
    /// A telegram that another one began in, or that was longer than any.
    Broken,
}

impl Framing {
    /// Takes bytes, and gives what became whole or broke by them.
    pub fn take(&mut self, bytes: &[u8]) -> Vec<Framed> {
        bytes.iter().filter_map(|byte| self.next(*byte)).collect()
    }

    fn next(&mut self, byte: u8) -> Option<Framed> {
        match (byte, self.bytes.is_empty()) {
            // Between telegrams nothing means anything.
            (b'/', true) => {}
            (_, true) => return None,
            // A telegram has one `/`: what came before was cut off, and this one may be whole.
            (b'/', false) => {
                self.restart();
                self.bytes.push(byte);
                return Some(Framed::Broken);
            }
            _ => {}
        }
        if byte == b'!' && self.bang.is_none() {
            self.bang = Some(self.bytes.len());
        }
        self.bytes.push(byte);
        if byte == b'\n' && self.bang.is_some() {
            self.bang = None;
            return Some(Framed::Telegram(core::mem::take(&mut self.bytes)));
        }
        if self.bytes.len() > MAX_TELEGRAM {
            self.restart();
            return Some(Framed::Broken);
        }
        None
    }

    fn restart(&mut self) {
        self.bytes.clear();
        self.bang = None;
    }
}
