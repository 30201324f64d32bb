//! A scratch sheet over a store: what is written stays on the sheet, what is read shows through it. So a query can carry a message
//! out and look at what came of it.

use std::collections::BTreeMap;
use std::iter::Peekable;

use cosmwasm_std::{Order, Record, Storage};

/// What would be stored, over what is.
pub(crate) struct Scratch<'a> {
    below: &'a dyn Storage,
    /// What was written; `None` where it was removed.
    written: BTreeMap<Vec<u8>, Option<Vec<u8>>>,
}

impl<'a> Scratch<'a> {
    pub fn over(below: &'a dyn Storage) -> Self {
        let written = BTreeMap::new();
        Self { below, written }
    }
}

impl Storage for Scratch<'_> {
    fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
        match self.written.get(key) {
            Some(written) => written.clone(),
            None => self.below.get(key),
        }
    }

    /// In ascending order, the only one that handlers ask for; lazily, since a walk may end at its first step.
    fn range<'b>(
        &'b self,
        start: Option<&[u8]>,
        end: Option<&[u8]>,
        _ascending: Order,
    ) -> Box<dyn Iterator<Item = Record> + 'b> {
        let below = self.below.range(start, end, Order::Ascending).peekable();
        let within = |key: &[u8]| start.is_none_or(|start| key >= start) && end.is_none_or(|end| key < end);
        let written = self.written.iter().filter(|(key, _)| within(key));
        let written: Vec<_> = written.map(|(key, value)| (key.clone(), value.clone())).collect();
        Box::new(Merged {
            below,
            written: written.into_iter().peekable(),
        })
    }

    fn set(&mut self, key: &[u8], value: &[u8]) {
        self.written.insert(key.to_vec(), Some(value.to_vec()));
    }

    fn remove(&mut self, key: &[u8]) {
        self.written.insert(key.to_vec(), None);
    }
}

/// A key and what was written there; `None` where it was removed.
type Written = (Vec<u8>, Option<Vec<u8>>);

/// Two walks as one: what is written hides what is below it.
struct Merged<'b> {
    below: Peekable<Box<dyn Iterator<Item = Record> + 'b>>,
    written: Peekable<std::vec::IntoIter<Written>>,
}

impl Iterator for Merged<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        loop {
            let Some((key, _)) = self.written.peek() else {
                return self.below.next();
            };
            if self.below.peek().is_some_and(|(below, _)| below < key) {
                return self.below.next();
            }
            self.below.next_if(|(below, _)| below == key);
            if let Some((key, Some(value))) = self.written.next() {
                return Some((key, value));
            }
        }
    }
}
