use gridpact_committee::carry::carries_at;
use gridpact_committee::leader::{leader, turn, turn_start};
use gridpact_committee::moment::Moment;
use gridpact_units::{IntervalIndex, Seconds};
use proptest::prelude::*;

proptest! {
    #[test]
    fn every_member_leads_once_in_as_many_turns_and_in_as_many_slots(
        epoch: u32, first in 0_u64..1 << 53, slot in 0_u16..200, from in 0_u32..7_000, members in 1_u8..=32,
    ) {
        let first = IntervalIndex(first);
        let mut turns: Vec<u8> =
            (0..members).map(|turn| leader(epoch, first, slot, from + u32::from(turn), members)).collect();
        let mut slots: Vec<u8> =
            (0..members).map(|more| leader(epoch, first, slot + u16::from(more), from, members)).collect();
        turns.sort_unstable();
        slots.sort_unstable();
        let all: Vec<u8> = (0..members).collect();
        prop_assert_eq!(&turns, &all);
        prop_assert_eq!(&slots, &all);
    }

    #[test]
    fn carriers_are_twenty_seconds_apart_the_leader_first(members in 1_u8..=32, leader in 0_u8..32) {
        let leader = leader % members;
        let held = Moment(1_000_000);
        let mut waits: Vec<u64> =
            (0..members).map(|member| carries_at(held, leader, member, members).since(held)).collect();
        prop_assert_eq!(waits[usize::from(leader)], 0);
        waits.sort_unstable();
        prop_assert!(waits.iter().zip(0..).all(|(wait, place)| *wait == place * 20_000));
    }
}

#[test]
fn turns_begin_one_shortest_slot_after_the_other() {
    let (start, shortest) = (Moment(5_000), Seconds(60));
    assert_eq!(turn(start, shortest, start), 0);
    assert_eq!(turn(start, shortest, start.plus(59_999)), 0);
    assert_eq!(turn(start, shortest, start.plus(60_000)), 1);
    assert_eq!(turn_start(start, shortest, 3), start.plus(180_000));
}

#[test]
fn the_leader_is_the_hash_plus_slot_plus_turn() {
    // SHA-256("gridpact leader v1" | 00000001 | 00000000001e8480), its first 8 bytes modulo 4.
    use sha2::{Digest, Sha256};
    let mut bytes = b"gridpact leader v1".to_vec();
    bytes.extend([0, 0, 0, 1]);
    bytes.extend(2_000_000_u64.to_be_bytes());
    let hash = Sha256::digest(&bytes);
    let base = u64::from_be_bytes(hash[..8].try_into().unwrap()) % 4;
    let expected = u8::try_from((base + 5 + 2) % 4).unwrap();
    assert_eq!(leader(1, IntervalIndex(2_000_000), 5, 2, 4), expected);
}
