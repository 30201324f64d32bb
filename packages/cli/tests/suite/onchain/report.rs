//! Readings to a report, and its signatures put together.

use std::path::Path;

use cosmwasm_std::{Binary, HexBinary};
use gridpact_cli::onchain::report::{make, Draft, Made, Plan, Signed};
use gridpact_report::sign::SigningKey;
use gridpact_report::{decode, encode};
use gridpact_types::registry::answers::{CommitteeResponse, NextReportResponse, RosterSeat};
use gridpact_types::registry::committee::{Committee, Member};
use gridpact_units::{Energy, IntervalIndex, IntervalLength, Power, Quality, Reading, Seat, Slot};

use crate::folder;

/// 2027-01-15T08:00Z in quarter hours.
const FIRST: u64 = 2_000_000;

/// Three intervals can be reported, of slots 7 and 4 in this order, 10 kW each.
fn plan() -> Plan {
    let seat = |seat, slot| RosterSeat {
        seat: Seat(seat),
        slot: Some(Slot(slot)),
        import_limit: Power(10_000),
        export_limit: Power(10_000),
    };
    Plan {
        chain_id: "chain-1".to_owned(),
        registry: "wasm1registry".to_owned(),
        interval_length: IntervalLength::QUARTER_HOUR,
        next: NextReportResponse {
            first_interval: Some(IntervalIndex(FIRST)),
            max_intervals: 3,
            epoch: 1,
            quorum: 3,
            roster_version: 1,
            seats: 2,
            resolution: 1_000,
            gap: false,
            oldest_interval: IntervalIndex(FIRST),
        },
        seats: vec![seat(0, 7), seat(1, 4)],
    }
}

fn made(name: &str, rows: &str) -> Result<Made, String> {
    let path = folder(name).join("readings.csv");
    std::fs::write(&path, rows).unwrap();
    make(&path, &plan(), None, 0).map_err(|error| error.to_string())
}

const HEADER: &str = "interval_start,slot,import_kwh,export_kwh,quality";

#[test]
fn rows_in_any_order_become_a_report_in_the_order_of_seats() {
    let rows = format!(
        "{HEADER}
2027-01-15T09:15:00+01:00,4,0,1.5,measured
2027-01-15T08:00:00Z,7,0.25,0,
2027-01-15T08:00:00Z,4,0.001,0.002,substituted_final
2027-01-15T07:45:00Z,4,1,0,measured
2027-01-15T08:45:00Z,4,1,0,measured
"
    );
    let made = made("report_rows", &rows).unwrap();
    assert_eq!(made.report.header.intervals, 2);
    assert_eq!(made.missing, 1);
    let substituted = Reading {
        import: Energy(1_000),
        export: Energy(2_000),
        quality: Quality::SubstitutedFinal,
    };
    let expected = [
        Reading::measured(Energy(250_000), Energy::ZERO),
        substituted,
        Reading::MISSING,
        Reading::measured(Energy::ZERO, Energy(1_500_000)),
    ];
    assert_eq!(made.report.readings, expected);
    assert_eq!(
        made.notes,
        ["2 rows are of intervals that the next report cannot cover: left out"]
    );
    assert_eq!(decode(&encode(&made.report).unwrap()).unwrap(), made.report);
}

#[test]
fn a_reading_above_the_limit_is_missing_and_noted_with_its_line() {
    let rows = format!("{HEADER}\n2027-01-15T08:00Z,7,2.501,0,\n2027-01-15T08:00Z,4,2.5,0,\n");
    let made = made("report_limit", &rows).unwrap();
    assert_eq!(made.report.readings[0], Reading::MISSING);
    assert_eq!(made.report.readings[1].import, Energy(2_500_000));
    let note = "line 2: import of slot 7: expected at most 2.5 kWh (10000 W over an interval), got 2.501 kWh: reported as missing";
    assert_eq!(made.notes, [note]);
}

#[test]
fn bad_rows_are_refused_with_their_line() {
    let table = [
        (
            "2027-01-15T08:00Z,7,0.0001,0,",
            "a multiple of the grid's resolution",
        ),
        ("2027-01-15T08:01Z,7,1,0,", "the start of an interval of 900 s"),
        ("2027-01-15T08:00Z,5,1,0,", "a slot of the roster"),
        ("2027-01-15T08:00Z,7,-1,0,", "got `-1`"),
        ("2027-01-15T08:00Z,7,1,0,guessed", "measured, substituted_final"),
        ("yesterday,7,1,0,", "an RFC 3339 time"),
    ];
    for (row, expected) in table {
        let told = made("report_bad", &format!("{HEADER}\n{row}\n")).err().unwrap();
        assert!(
            told.contains(expected) && told.contains('2'),
            "{row}: expected `{expected}` in: {told}"
        );
    }
    let twice = format!("{HEADER}\n2027-01-15T08:00Z,7,1,0,\n2027-01-15T08:00Z,7,2,0,\n");
    let told = made("report_twice", &twice).err().unwrap();
    assert!(told.contains("lines 2 and 3 give the same interval"), "{told}");
    let told = made("report_empty", &format!("{HEADER}\n")).err().unwrap();
    assert!(told.contains("expected 1 to 3 intervals"), "{told}");
}

#[test]
fn the_table_to_fill_in_makes_a_report_of_nothing_but_missing_readings() {
    let made = made("report_table", &plan().table()).unwrap();
    assert_eq!(made.report.header.intervals, 3);
    assert_eq!(made.missing, 6);
}

#[test]
fn a_vacant_seat_has_no_row_and_a_missing_reading() {
    let mut plan = plan();
    plan.next.seats = 3;
    let vacant = RosterSeat {
        seat: Seat(1),
        slot: None,
        import_limit: Power(0),
        export_limit: Power(0),
    };
    plan.seats.insert(1, vacant);
    let filled = plan.table().replace(",,,missing", ",1,0,measured");
    assert_eq!(filled.lines().count(), 1 + 3 * 2);
    let path = folder("report_vacant").join("readings.csv");
    std::fs::write(&path, filled).unwrap();
    let made = make(&path, &plan, None, 0).unwrap();
    let one = Reading::measured(Energy(1_000_000), Energy::ZERO);
    assert_eq!(made.report.readings, [one, Reading::MISSING, one].repeat(3));
}

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32]).unwrap()
}

fn committee() -> CommitteeResponse {
    let member = |seed: u8| Member {
        address: format!("oracle {seed}"),
        public_key: HexBinary::from(key(seed).public_key()),
    };
    CommitteeResponse {
        epoch: 1,
        committee: Committee {
            members: (1..=4).map(member).collect(),
            quorum: 3,
        },
    }
}

fn draft(name: &str) -> Draft {
    let rows = format!("{HEADER}\n2027-01-15T08:00Z,7,1,0,\n");
    let report = made(name, &rows).unwrap().report;
    Draft {
        chain_id: "chain-1".to_owned(),
        registry: "wasm1registry".to_owned(),
        report: Binary::from(encode(&report).unwrap()),
        signatures: vec![],
    }
}

fn signed(draft: &Draft, seeds: &[u8]) -> Vec<(String, Signed)> {
    let sign = |seed: &u8| (format!("{seed}.json"), draft.sign(&key(*seed)).unwrap());
    seeds.iter().map(sign).collect()
}

#[test]
fn a_quorum_of_distinct_members_makes_a_report_whatever_their_order() {
    let draft = draft("report_quorum");
    let combined = draft
        .combine(&committee(), &signed(&draft, &[4, 1, 4, 2]))
        .unwrap();
    let members: Vec<u8> = combined
        .signatures
        .iter()
        .map(|signature| signature.member)
        .collect();
    assert_eq!(members, [0, 1, 3]);
    let path = folder("report_draft").join("signed.json");
    std::fs::write(&path, serde_json::to_string(&combined).unwrap()).unwrap();
    assert_eq!(Draft::read(Path::new(&path)).unwrap(), combined);
}

#[test]
fn what_the_chain_would_refuse_is_refused_before_with_the_files_name() {
    let draft = draft("report_refused");
    let refused = |signed: &[(String, Signed)]| draft.combine(&committee(), signed).unwrap_err().to_string();
    let told = refused(&signed(&draft, &[1, 1, 2]));
    assert!(told.contains("expected signatures of 3 members, got 2"), "{told}");
    let told = refused(&signed(&draft, &[1, 2, 9]));
    assert!(told.contains("9.json: expected a member of epoch 1"), "{told}");
    let mut elsewhere = draft.clone();
    elsewhere.chain_id = "chain-2".to_owned();
    let told = refused(&signed(&elsewhere, &[1, 2, 3]));
    assert!(told.contains("1.json: expected a signature over"), "{told}");
    let mut forged = signed(&draft, &[1, 2, 3]);
    forged[2].1.public_key = forged[1].1.public_key.clone();
    let told = refused(&forged);
    assert!(
        told.contains("3.json: the signature is not of that key"),
        "{told}"
    );
}
