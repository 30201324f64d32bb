//! A store that counts what its use costs on a chain: 1,000 gas a read, 30 a step of a walk, 3 a byte read; 2,000 a write, 30 a
//! byte written; 1,000 a removal.

use std::cell::Cell;

use cosmwasm_std::testing::MockStorage;
use cosmwasm_std::{Deps, DepsMut, Order, QuerierWrapper, Record, Storage};

use super::Escrow;

pub struct Metered {
    store: MockStorage,
    gas: Cell<usize>,
}

impl Metered {
    /// A copy of an escrow's store, of which nothing was used yet.
    pub fn of(escrow: &Escrow) -> Self {
        let mut store = MockStorage::new();
        let records = escrow.deps.storage.range(None, None, Order::Ascending);
        records.for_each(|(key, value)| store.set(&key, &value));
        let gas = Cell::new(0);
        Self { store, gas }
    }

    /// What was used since the last time.
    pub fn take_gas(&self) -> usize {
        self.gas.replace(0)
    }

    pub fn deps<'a>(&'a self, escrow: &'a Escrow) -> Deps<'a> {
        Deps {
            storage: self,
            api: &escrow.deps.api,
            querier: QuerierWrapper::new(&escrow.deps.querier),
        }
    }

    pub fn deps_mut<'a>(&'a mut self, escrow: &'a Escrow) -> DepsMut<'a> {
        DepsMut {
            storage: self,
            api: &escrow.deps.api,
            querier: QuerierWrapper::new(&escrow.deps.querier),
        }
    }

    fn spend(&self, flat: usize, per_byte: usize, bytes: usize) {
        self.gas.set(self.gas.get() + flat + per_byte * bytes);
    }
}

impl Storage for Metered {
    fn get(&self, key: &[u8]) -> Option<Vec<u8>> {
        let value = self.store.get(key);
        self.spend(1_000, 3, key.len() + value.as_ref().map_or(0, Vec::len));
        value
    }

    fn range<'b>(
        &'b self,
        start: Option<&[u8]>,
        end: Option<&[u8]>,
        order: Order,
    ) -> Box<dyn Iterator<Item = Record> + 'b> {
        let records = self.store.range(start, end, order);
        Box::new(records.inspect(|(key, value)| self.spend(30, 3, key.len() + value.len())))
    }

    fn set(&mut self, key: &[u8], value: &[u8]) {
        self.spend(2_000, 30, key.len() + value.len());
        self.store.set(key, value);
    }

    fn remove(&mut self, key: &[u8]) {
        self.spend(1_000, 0, 0);
        self.store.remove(key);
    }
}
