//! Packed values come back as they went in, and a migration takes over only what it knows.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first thing that is not as it must be"
)]

use cosmwasm_std::testing::MockStorage;
use cosmwasm_std::Storage;
use gridpact_storage::{
    take_over, write_varint, MigrationError, Packed, PackedItem, PackedMap, Reader, Unreadable,
};
use proptest::prelude::*;

#[derive(Clone, Debug, PartialEq)]
struct Numbers(Vec<u128>);

impl Packed for Numbers {
    const NAME: &'static str = "numbers";
    const FORMAT: u8 = 3;

    fn write(&self, bytes: &mut Vec<u8>) {
        self.0.iter().for_each(|number| write_varint(bytes, *number));
    }

    fn read(reader: &mut Reader) -> Option<Self> {
        let mut numbers = Vec::new();
        while !reader.is_empty() {
            numbers.push(reader.varint()?);
        }
        Some(Self(numbers))
    }
}

proptest! {
    #[test]
    fn what_is_packed_is_unpacked(numbers in prop::collection::vec(any::<u128>().prop_flat_map(|n| (0_u32..128).prop_map(move |s| n >> s)), 0..50)) {
        let numbers = Numbers(numbers);
        prop_assert_eq!(Numbers::unpack(&numbers.pack()).unwrap(), numbers);
    }

    #[test]
    fn arbitrary_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
        let refused = Unreadable { what: "numbers", format: 3, got: bytes.len() };
        match Numbers::unpack(&bytes) {
            Ok(_) => prop_assert_eq!(bytes[0], 3),
            Err(error) => prop_assert_eq!(error, refused),
        }
    }
}

#[test]
fn a_number_of_more_than_128_bits_is_refused() {
    let mut bytes = vec![3];
    bytes.extend([0xff; 18]);
    bytes.push(0x03);
    assert_eq!(Numbers::unpack(&bytes).unwrap().0, [u128::MAX]);
    *bytes.last_mut().unwrap() = 0x07;
    assert!(Numbers::unpack(&bytes).is_err());
}

#[test]
fn maps_are_walked_in_order_and_leave_their_neighbours_alone() {
    let mut storage = MockStorage::new();
    let map: PackedMap<Numbers> = PackedMap::new("map");
    let item: PackedItem<Numbers> = PackedItem::new("map2");
    item.save(&mut storage, &Numbers(vec![9]));
    for number in [300, 2, u64::MAX] {
        map.save(&mut storage, number, &Numbers(vec![number.into()]));
    }
    let keys = |after| {
        map.range(&storage, after)
            .map(|entry| entry.unwrap().0)
            .collect::<Vec<_>>()
    };
    assert_eq!(keys(None), [2, 300, u64::MAX]);
    assert_eq!(keys(Some(2)), [300, u64::MAX]);
    assert_eq!(keys(Some(u64::MAX)), [0; 0]);
    map.remove(&mut storage, 300);
    assert_eq!(map.may_load(&storage, 300).unwrap(), None);
    assert_eq!(item.load(&storage).unwrap(), Numbers(vec![9]));
}

#[test]
fn only_the_same_contract_of_a_known_version_is_taken_over() {
    let mut storage = MockStorage::new();
    assert!(
        matches!(
            take_over(&mut storage, "a", "2", &["1"]),
            Err(MigrationError::Std(_))
        ),
        "nothing is there"
    );
    cw2::set_contract_version(&mut storage, "b", "1").unwrap();
    let other = take_over(&mut storage, "a", "2", &["1"]).unwrap_err();
    assert_eq!(other.to_string(), "contract: expected a, got b");
    cw2::set_contract_version(&mut storage, "a", "0").unwrap();
    let older = take_over(&mut storage, "a", "2", &["1", "2"]).unwrap_err();
    assert_eq!(older.to_string(), "version: expected one of 1, 2, got 0");
    cw2::set_contract_version(&mut storage, "a", "1").unwrap();
    storage.set(b"money", b"everybody's");
    take_over(&mut storage, "a", "2", &["1"]).unwrap();
    assert_eq!(cw2::get_contract_version(&storage).unwrap().version, "2");
    assert_eq!(storage.get(b"money").unwrap(), b"everybody's");
}
