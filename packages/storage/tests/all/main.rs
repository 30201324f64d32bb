//! Packed values come back as they went in, and a migration takes over only what it knows.
#![allow(
    clippy::unwrap_used,
    reason = "a test stops at the first thing that is not as it must be"
)]

use cosmwasm_std::testing::MockStorage;
use cosmwasm_std::{Order, Storage};
use gridpact_storage::{
    page, page_limit, page_of_bytes, take_over, write_varint, MigrationError, Packed, PackedItem, PackedMap,
    PageLimit, ReadFormat, Reader, Unreadable,
};
use proptest::prelude::*;

/// Numbers, in their third format. The first held one byte each, the second a count before the numbers.
#[derive(Clone, Debug, PartialEq)]
struct Numbers(Vec<u128>);

impl Packed for Numbers {
    const NAME: &'static str = "numbers";
    const FORMATS: &'static [ReadFormat<Self>] = &[Self::read_1, Self::read_2, Self::read_3];

    fn write(&self, bytes: &mut Vec<u8>) {
        self.0.iter().for_each(|number| write_varint(bytes, *number));
    }
}

impl Numbers {
    fn read_1(reader: &mut Reader) -> Option<Self> {
        let mut numbers = Vec::new();
        while let Some(number) = reader.byte() {
            numbers.push(number.into());
        }
        Some(Self(numbers))
    }

    fn read_2(reader: &mut Reader) -> Option<Self> {
        let count = reader.byte()?;
        (0..count)
            .map(|_| reader.varint())
            .collect::<Option<_>>()
            .map(Self)
    }

    fn read_3(reader: &mut Reader) -> Option<Self> {
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
        let refused = Unreadable { what: "numbers", newest: 3, got: bytes.len() };
        match Numbers::unpack(&bytes) {
            Ok(_) => prop_assert!((1..=3).contains(&bytes[0])),
            Err(error) => prop_assert_eq!(error, refused),
        }
    }
}

#[test]
fn every_format_ever_written_is_read_and_the_newest_is_written() {
    let table: [(&[u8], Option<&[u128]>); 7] = [
        (&[1, 7, 255], Some(&[7, 255])),
        (&[2, 2, 7, 0xff, 0x01], Some(&[7, 255])),
        (&[3, 7, 0xff, 0x01], Some(&[7, 255])),
        (&[2, 1, 7, 0xff, 0x01], None), // More than the format says.
        (&[0, 7], None),
        (&[4, 7], None),
        (&[], None),
    ];
    for (bytes, expected) in table {
        let read = Numbers::unpack(bytes).ok();
        assert_eq!(
            read,
            expected.map(|numbers| Numbers(numbers.to_vec())),
            "{bytes:?}"
        );
    }
    const MAP: PackedMap<Numbers> = PackedMap::new("numbers");
    let mut storage = MockStorage::new();
    MAP.save(&mut storage, 9, &Numbers(vec![]));
    let key = storage.range(None, None, Order::Ascending).next().unwrap().0;
    storage.set(&key, &[1, 7, 255]);
    let kept = MAP.may_load(&storage, 9).unwrap().unwrap();
    MAP.save(&mut storage, 9, &kept);
    assert_eq!(storage.get(&key).unwrap(), [3, 7, 0xff, 0x01]);
}

#[test]
fn a_page_says_whether_more_follows_and_is_never_cut_short_unasked() {
    let list = |count: u32| (0..count).map(Ok::<_, PageLimit>);
    assert_eq!(page(list(5), 3), Ok((vec![0, 1, 2], true)));
    assert_eq!(page(list(3), 3), Ok((vec![0, 1, 2], false)));
    assert_eq!(page(list(0), 3), Ok((vec![], false)));
    assert_eq!(page_limit(None, 30, 100), Ok(30));
    assert_eq!(page_limit(Some(100), 30, 100), Ok(100));
    for got in [0, 101] {
        let refused = page_limit(Some(got), 30, 100).unwrap_err();
        assert_eq!(
            refused.to_string(),
            format!("limit: expected 1 to 100, got {got}")
        );
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
    let keys = |order, after| {
        map.range(&storage, order, after)
            .map(|entry| entry.unwrap().0)
            .collect::<Vec<_>>()
    };
    let up = |after| keys(Order::Ascending, after);
    assert_eq!(up(None), [2, 300, u64::MAX]);
    assert_eq!(up(Some(2)), [300, u64::MAX]);
    assert_eq!(up(Some(3)), [300, u64::MAX]);
    assert_eq!(up(Some(u64::MAX)), [0; 0]);
    let down = |after| keys(Order::Descending, after);
    assert_eq!(down(None), [u64::MAX, 300, 2]);
    assert_eq!(down(Some(u64::MAX)), [300, 2]);
    assert_eq!(down(Some(299)), [2]);
    assert_eq!(down(Some(2)), [0; 0]);
    assert_eq!(down(Some(0)), [0; 0]);
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

/// A page ends at its limit, at the entry that makes it full, or at the end, and says whether more follows.
#[test]
fn a_page_of_bytes_ends_where_enough_was_read() {
    let page = |sizes: &[usize], limit, bytes| {
        let entries = (0..)
            .zip(sizes)
            .map(|(number, size)| Ok::<(i32, usize), PageLimit>((number, *size)));
        let (page, more) = page_of_bytes(entries, limit, bytes).unwrap();
        (page.len(), more)
    };
    assert_eq!(page(&[], 9, 100), (0, false));
    assert_eq!(page(&[40, 40, 40, 40], 9, 100), (3, true));
    assert_eq!(page(&[40, 40, 40], 9, 100), (3, false));
    assert_eq!(page(&[40, 40, 40], 2, 100), (2, true));
    assert_eq!(page(&[50, 50, 1], 9, 100), (2, true));
    assert_eq!(page(&[500, 1], 9, 100), (1, true), "one at least");
    let failing = [Ok((1, 60)), Err(PageLimit { max: 1, got: 2 })];
    assert!(page_of_bytes(failing.into_iter(), 9, 100).is_err());
    let map = PackedMap::<Numbers>::new("sized");
    let mut storage = MockStorage::new();
    map.save(&mut storage, 3, &Numbers(vec![1, 300]));
    let read: Vec<_> = map.sized_range(&storage, Order::Ascending, None).collect();
    assert_eq!(read, [Ok((3, Numbers(vec![1, 300]), 4))]);
}
