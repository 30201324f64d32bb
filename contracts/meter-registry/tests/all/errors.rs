//! The text of every refusal: what was expected and what came.

use cosmwasm_std::StdError;
use cw_ownable::OwnershipError;
use gridpact_report::connections::Direction;
use gridpact_report::quorum::QuorumError;
use gridpact_report::{DecodeError, HeaderError};
use gridpact_storage::{MigrationError, PageLimit, Unreadable};
use gridpact_types::asset::PaymentError;
use gridpact_units::{IntervalIndex, Seconds};
use meter_registry::error::ContractError;
use meter_registry::grid_error::GridError;
use meter_registry::serial::SerialHolder;

use crate::harness::{address, seconds};

/// Name of the variant; exhaustive, so that a new one does not compile without a line in the table.
fn name(error: &ContractError) -> &'static str {
    macro_rules! names {
        ($($variant:ident)*) => {
            match error { $(ContractError::$variant { .. } => stringify!($variant),)* }
        };
    }
    names! {
        Std Ownership Payment Grid Header NotOperator NotNextOperator Renounced NotProposer SerialHash SerialTaken Limit Part
        ProposalsOfOwner UnknownProposal AdmissionCount RepeatedProposal UnknownHousehold Weight From NoBeginning BeforeScheduled
        FutureRosters FreeSeats Exhausted BeforeFirstRoster Decode Start OtherReport ClosedAsGap Epoch RosterVersion Revision
        SpansRosters NotEnded TooOld Resolution Seats SignatureLength Quorum UnknownEpoch
        UnknownRoster UnknownSlot UnknownWindow Page Migration Stored
    }
}

/// How many names there are above.
const VARIANTS: usize = 47;

#[test]
fn every_text_names_what_was_expected_and_what_came() {
    use ContractError::*;
    let (ann, bob, op) = (address("ann"), address("bob"), address("operator"));
    let i = IntervalIndex;
    let table = [
        (Std(StdError::generic_err("x")), "Generic error: x".to_owned()),
        (
            Ownership(OwnershipError::TransferNotFound),
            "There isn't a pending ownership transfer".to_owned(),
        ),
        (
            Payment(PaymentError::NoneExpected { got: "3uatom".to_owned() }),
            "payment: expected none with this message, got 3uatom".to_owned(),
        ),
        (Grid(GridError::ReportLimit { got: Seconds(9) }), "report limit: expected 3600 to 5184000 s, got 9 s".to_owned()),
        (
            Header(HeaderError::Resolution { got: 0 }),
            "resolution: expected 1 to 1000000 mWh, got 0".to_owned(),
        ),
        (
            NotOperator { expected: op.clone(), got: bob.clone() },
            format!("sender: expected the operator {op}, got {bob}"),
        ),
        (
            NotNextOperator { expected: ann.clone(), got: bob.clone() },
            format!("sender: expected the next operator {ann}, got {bob}"),
        ),
        (
            Renounced,
            "operator: expected a transfer to another, got a renunciation: a grid without an operator could never admit a meter again".to_owned(),
        ),
        (
            NotProposer { owner: ann.clone(), operator: op.clone(), expires_at: seconds(9), got: bob.clone() },
            format!("sender: expected the proposer {ann} or the operator {op}, or anybody from 9 on, when the proposal expires, got {bob}"),
        ),
        (SerialHash { got: 31 }, "serial hash: expected 32 bytes, got 31".to_owned()),
        (
            SerialTaken { holder: SerialHolder::Slot(4) },
            "serial hash: expected one that nobody holds, got that of slot 4".to_owned(),
        ),
        (
            SerialTaken { holder: SerialHolder::Proposal(4) },
            "serial hash: expected one that nobody holds, got that of proposal 4".to_owned(),
        ),
        (
            Limit { kind: "consumer", direction: Direction::Export, min: 0, max: 0, got: 1 },
            "export limit of a consumer: expected 0 to 0 W, got 1 W".to_owned(),
        ),
        (Part { got: 0 }, "part: expected 1 to 1000000 ppm, got 0".to_owned()),
        (
            ProposalsOfOwner { owner: ann.clone(), got: 8 },
            format!("open proposals of {ann}: expected fewer than 8, got 8"),
        ),
        (UnknownProposal { proposal: 3 }, "proposal: expected one that was made and is there, got 3".to_owned()),
        (AdmissionCount { got: 129 }, "admissions: expected 1 to 128, got 129".to_owned()),
        (
            RepeatedProposal { proposal: 3 },
            "admissions: expected every proposal once, got proposal 3 again".to_owned(),
        ),
        (
            UnknownHousehold { next: 2, got: 5 },
            "household: expected one below 2 or none for a new one, got 5".to_owned(),
        ),
        (Weight { got: 0 }, "weight: expected 1 to 1000000, got 0".to_owned()),
        (
            From { soonest: i(5), latest: i(9), got: i(4) },
            "first interval of the roster: expected 5 to 9, got 4".to_owned(),
        ),
        (
            NoBeginning { next: i(9), got: i(7) },
            "first interval of the roster: expected one in which rosters may begin, the next is 9, got 7".to_owned(),
        ),
        (
            BeforeScheduled { scheduled: i(8), got: i(7) },
            "first interval of the roster: expected 8, where the newest begins, or later, got 7".to_owned(),
        ),
        (
            FutureRosters { got: 16 },
            "rosters that begin in the future: expected fewer than 16, got 16".to_owned(),
        ),
        (
            FreeSeats { free: 1, got: 2 },
            "admissions: expected at most 1, the free ones of 1024 seats, got 2".to_owned(),
        ),
        (Exhausted { what: "slots" }, "slots: expected one more, got the last".to_owned()),
        (BeforeFirstRoster, "roster: expected at least one, got none: no meter was admitted yet".to_owned()),
        (Decode(DecodeError::Version { got: 9 }), "format version: expected 1, got 9".to_owned()),
        (
            Start { expected: i(5), got: i(6) },
            "first interval: expected 5, where the last window ended, got 6".to_owned(),
        ),
        (
            OtherReport { first_interval: i(5), expected: "aa".to_owned(), got: "bb".to_owned() },
            "report of the window at 5: expected digest aa, which was accepted, got bb".to_owned(),
        ),
        (
            ClosedAsGap { first_interval: i(5), intervals: 3 },
            "window at 5: expected one that is open, got a gap of 3 intervals, closed for good".to_owned(),
        ),
        (Epoch { expected: 1, got: 2 }, "epoch: expected 1, got 2".to_owned()),
        (RosterVersion { expected: 1, got: 2 }, "roster version: expected 1, got 2".to_owned()),
        (Revision { got: 256 }, "revision: expected at most 255, got 256".to_owned()),
        (
            SpansRosters { ends: i(5), got: i(6) },
            "end of the report: expected at most 5, where the next roster begins, got 6".to_owned(),
        ),
        (
            NotEnded { running: i(5), got: i(6) },
            "end of the report: expected at most 5, the interval that runs now, got 6".to_owned(),
        ),
        (
            TooOld { oldest: i(5), got: i(4) },
            "first interval: expected 5 or later, as older ones are to be closed as a gap, got 4".to_owned(),
        ),
        (
            Resolution { expected: 1_000, got: 250 },
            "resolution: expected 1000 mWh, got 250 mWh".to_owned(),
        ),
        (Seats { expected: 3, got: 2 }, "seats: expected 3, got 2".to_owned()),
        (
            SignatureLength { member: 1, got: 65 },
            "signature of member 1: expected 64 bytes, got 65".to_owned(),
        ),
        (
            Quorum(QuorumError::TooFew { expected: 3, got: 2 }),
            "signatures: expected at least 3, got 2".to_owned(),
        ),
        (UnknownEpoch { got: 2 }, "epoch: expected one that has a committee, got 2".to_owned()),
        (UnknownRoster { got: 2 }, "roster version: expected one that exists, got 2".to_owned()),
        (UnknownSlot { slot: 2 }, "slot: expected one that was given out, got 2".to_owned()),
        (UnknownWindow { got: i(5) }, "window: expected the first interval of one, got 5".to_owned()),
        (
            Page(PageLimit { max: 100, got: 0 }),
            "limit: expected 1 to 100, got 0".to_owned(),
        ),
        (
            Migration(MigrationError::Name { expected: "a", got: "b".to_owned() }),
            "migrate: contract: expected a, got b".to_owned(),
        ),
        (
            Stored(Unreadable { what: "window", newest: 1, got: 3 }),
            "stored window: expected format 1 to 1, got 3 other bytes".to_owned(),
        ),
    ];
    for (error, text) in &table {
        assert_eq!(error.to_string(), *text);
    }
    let mut names: Vec<_> = table.iter().map(|(error, _)| name(error)).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), VARIANTS);
}

#[test]
fn every_text_of_a_grid_that_cannot_be_names_what_was_expected_and_what_came() {
    use GridError::*;
    let bob = address("bob");
    let table = [
        (
            SettlementIsRegistry { got: bob.clone() },
            format!("settlement: expected another contract's address, got the registry's own, {bob}"),
        ),
        (
            ChallengePeriod { max: Seconds(1), got: Seconds(2) },
            "challenge period: expected at most 1 s (2,000 intervals), got 2 s".to_owned(),
        ),
        (
            ReportLimit { got: Seconds(9) },
            "report limit: expected 3600 to 5184000 s, got 9 s".to_owned(),
        ),
        (
            Threshold { members: 4, quorum: 2 },
            "committee: expected 1 to 32 members and a quorum of more than two thirds of them and at most all, got 4 and 2".to_owned(),
        ),
        (
            PublicKey { member: 1, got: "02".to_owned() },
            "public key of member 1: expected a point of secp256k1 in 33 bytes, got 02".to_owned(),
        ),
        (
            RepeatedKey { member: 2, earlier: 0 },
            "public key of member 2: expected one of no other member, got that of member 0".to_owned(),
        ),
        (
            RepeatedMember { member: 2, earlier: 0 },
            "address of member 2: expected one of no other member, got that of member 0".to_owned(),
        ),
        (
            RostersBegin { length: 900, every: Seconds(5), offset: Seconds(6) },
            "rosters begin: expected every 900 to 2592000 s and an offset below that, both whole intervals of 900 s, got every 5 s and offset 6 s".to_owned(),
        ),
    ];
    let mut causes = std::collections::BTreeSet::new();
    for (error, text) in &table {
        assert_eq!(error.to_string(), *text);
        // Exhaustive, so that a new one does not compile without a line in the table.
        causes.insert(match error {
            SettlementIsRegistry { .. } => 0,
            ChallengePeriod { .. } => 1,
            ReportLimit { .. } => 2,
            RostersBegin { .. } => 3,
            Threshold { .. } => 4,
            PublicKey { .. } => 5,
            RepeatedKey { .. } => 6,
            RepeatedMember { .. } => 7,
        });
    }
    assert_eq!(causes.len(), 8);
}
