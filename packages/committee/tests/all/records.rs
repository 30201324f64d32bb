use gridpact_committee::record::{conflict, sign, Conflict, Kind, NotSigned, Record, RecordError, Row};
use gridpact_units::IntervalIndex;
use proptest::prelude::*;

use super::support::{Cheap, Memory};

fn vote(first: u64, intervals: u16, slot: u16, byte: u8) -> Row {
    Row {
        kind: Kind::Vote,
        epoch: 1,
        first: IntervalIndex(first),
        intervals,
        slot,
        digest: [byte; 32],
        bytes: vec![],
    }
}

#[test]
fn revisions_over_any_interval_only_grow() {
    let mut record = Memory::default();
    let mut put = |row: Row| sign(&Cheap(0), &mut record, &row);
    put(vote(100, 4, 3, 1)).unwrap();
    // The very same again is harmless.
    put(vote(100, 4, 3, 1)).unwrap();
    let told = put(vote(100, 4, 3, 2)).unwrap_err().to_string();
    assert_eq!(
        told,
        "intervals from 100 on: expected a revision above 3, which the record has of overlapping intervals from 100 on, got 3"
    );
    put(vote(103, 1, 3, 3)).unwrap_err();
    put(vote(97, 4, 2, 3)).unwrap_err();
    put(vote(104, 4, 0, 4)).unwrap();
    put(vote(103, 1, 4, 5)).unwrap();
    put(Row {
        epoch: 2,
        ..vote(100, 4, 0, 6)
    })
    .unwrap();
}

#[test]
fn a_slot_has_one_observation_and_one_proposal() {
    let row = |kind, slot, byte| Row {
        kind,
        intervals: 0,
        ..vote(100, 0, slot, byte)
    };
    let mut record = Memory::default();
    let mut put = |row: Row| sign(&Cheap(0), &mut record, &row);
    put(row(Kind::Observation, 0, 1)).unwrap();
    put(row(Kind::Proposal, 0, 2)).unwrap();
    put(row(Kind::Observation, 1, 3)).unwrap();
    let refused = put(row(Kind::Observation, 0, 4)).unwrap_err();
    assert!(matches!(refused, NotSigned::Conflict(Conflict::Message { .. })));
}

/// A record that does not answer.
struct Broken;

impl Record for Broken {
    fn rows(&self, _: u32, _: IntervalIndex) -> Result<Vec<Row>, RecordError> {
        Err(RecordError("disk full".into()))
    }

    fn commit(&mut self, _: &Row) -> Result<Result<(), Conflict>, RecordError> {
        Err(RecordError("disk full".into()))
    }
}

#[test]
fn without_a_record_there_is_no_signature() {
    let told = sign(&Cheap(0), &mut Broken, &vote(1, 1, 0, 0)).unwrap_err();
    assert_eq!(told.to_string(), "the record of signatures: disk full");
}

proptest! {
    /// Whatever is asked for in whatever order: no two signatures of one revision over one interval are of different digests.
    #[test]
    fn what_was_signed_holds_no_offence(asked in proptest::collection::vec((0_u64..20, 1_u16..6, 0_u16..6, 0_u8..4), 0..60)) {
        let mut record = Memory::default();
        for (first, intervals, slot, byte) in asked {
            let row = vote(first, intervals, slot, byte);
            let forbidden = conflict(&record.0, &row).is_some();
            prop_assert_eq!(sign(&Cheap(0), &mut record, &row).is_err(), forbidden);
        }
        for one in &record.0 {
            for other in &record.0 {
                let shares = one.first.0 < other.first.0 + u64::from(other.intervals)
                    && other.first.0 < one.first.0 + u64::from(one.intervals);
                prop_assert!(!(shares && one.slot == other.slot && one.digest != other.digest));
            }
        }
    }
}
