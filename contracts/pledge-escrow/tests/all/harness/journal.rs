//! A store that can be put back as it was: a chain's all-or-nothing.

use cosmwasm_std::testing::MockStorage;
use cosmwasm_std::{Order, Record, Storage};

pub struct Journal<'a> {
    store: &'a mut MockStorage,
    before: Vec<(Vec<u8>, Option<Vec<u8>>)>,
}

impl<'a> Journal<'a> {
    pub fn of(store: &'a mut MockStorage) -> Self {
        let before = Vec::new();
        Self { store, before }
    }

    /// Puts everything back that was written.
    pub fn undo(self) {
        for (key, value) in self.before.into_iter().rev() {
            match value {
                Some(value) => self.store.set(&key, &value),
                None => self.store.remove(&key),
            }
        }
    }

    fn note(&mut self, key: &[u8]) {
        self.before.push((key.to_vec(), self.store.get(key)));
    }
}

impl Storage for Journal<'_> {
    fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
        self.store.get(key)
    }

    fn range<'b>(
        &'b self,
        start: Option<&[u8]>,
        end: Option<&[u8]>,
        order: Order,
    ) -> Box<dyn Iterator<Item = Record> + 'b> {
        self.store.range(start, end, order)
    }

    fn set(&mut self, key: &[u8], value: &[u8]) {
        self.note(key);
        self.store.set(key, value);
    }

    fn remove(&mut self, key: &[u8]) {
        self.note(key);
        self.store.remove(key);
    }
}
