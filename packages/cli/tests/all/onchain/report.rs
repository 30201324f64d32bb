//! A table of readings to a report, and the files of its way.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use cosmwasm_std::HexBinary;
use gridpact_attest::assignment::Assignment;
use gridpact_attest::draft::Draft;
use gridpact_attest::gathering::Gathering;
use gridpact_cli::onchain::exit;
use gridpact_cli::onchain::report::make::{compose_table, Extent, Given};
use gridpact_cli::onchain::report::report_file::{read, ReportFile};
use gridpact_cli::onchain::report::sign::{add, hold};
use gridpact_cli::readings::ReadingArgs;
use gridpact_report::sign::SigningKey;
use gridpact_types::registry::answers::{CommitteeResponse, ConfigResponse, NextReportResponse, RosterSeat};
use gridpact_types::registry::committee::{Committee, Member};
use gridpact_types::registry::rosters::RostersBegin;
use gridpact_units::{
    Energy, IntervalIndex, IntervalLength, Power, Quality, Reading, Seat, Seconds, Slot, UnixSeconds,
};

use crate::folder;

/// 2027-01-15T08:00Z in quarter hours.
const FIRST: u64 = 2_000_000;

/// Three intervals can be reported, of slots 7 and 4 in this order, 10 kW each.
fn assignment() -> Assignment {
    let seat = |seat, slot| RosterSeat {
        seat: Seat(seat),
        slot: Some(Slot(slot)),
        import_limit: Power(10_000),
        export_limit: Power(10_000),
    };
    let config = ConfigResponse {
        settlement: "wasm1settlement".to_owned(),
        interval_length: IntervalLength::QUARTER_HOUR,
        resolution: 1_000,
        challenge_period: Seconds::DAY,
        report_limit: Seconds::days(7),
        rosters_begin: RostersBegin {
            every: Seconds::DAY,
            offset: Seconds(0),
        },
        newest_roster: 1,
        slots: 8,
        households: 8,
    };
    let next = NextReportResponse {
        first_interval: Some(IntervalIndex(FIRST)),
        max_intervals: 3,
        epoch: 1,
        quorum: 3,
        roster_version: 1,
        seats: 2,
        resolution: 1_000,
        gap: false,
        oldest_interval: IntervalIndex(FIRST),
        expires_at: Some(UnixSeconds((FIRST + 1) * 900 + 7 * 86_400)),
        roster_ends: None,
        last_closing: None,
        grace_until: None,
        previous_reported_at: None,
        previous_revision: None,
        height: 1,
    };
    let seats = vec![seat(0, 7), seat(1, 4)];
    Assignment::new("chain-1", "wasm1registry", &config, next, seats)
}

/// The report of a table, and its notes.
fn made(name: &str, rows: &str) -> anyhow::Result<(gridpact_attest::compose::Composed, Vec<String>)> {
    let path = folder(name).join("readings.csv");
    std::fs::write(&path, rows).unwrap();
    let extent = Extent {
        intervals: None,
        revision: 0,
    };
    compose_table(
        &Given {
            csv: std::slice::from_ref(&path),
            reading: &ReadingArgs::default(),
            meters: None,
        },
        &assignment(),
        extent,
    )
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
    let (made, notes) = made("report_rows", &rows).unwrap();
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
        notes,
        [
            "loss: readings.csv, line 2, slot 4: no row, from 2027-01-15T08:30:00Z; missing, not zero",
            "note: readings.csv, line 3, slot 7: it has no reading before 2027-01-15T08:00:00Z",
            "note: readings.csv, line 3, slot 7: it has no reading from 2027-01-15T08:15:00Z on",
            "2 rows are of intervals that the next report cannot cover: left out",
        ]
    );
}

#[test]
fn a_reading_above_the_limit_is_missing_and_noted_with_its_line() {
    let rows = format!("{HEADER}\n2027-01-15T08:00Z,7,2.501,0,\n2027-01-15T08:00Z,4,2.5,0,\n");
    let (made, notes) = made("report_limit", &rows).unwrap();
    assert_eq!(made.report.readings[0], Reading::MISSING);
    assert_eq!(made.report.readings[1].import, Energy(2_500_000));
    let note = "readings.csv, line 2: import of slot 7: expected at most 2.5 kWh (10000 W over an interval), got 2.501 kWh: reported as missing";
    assert_eq!(notes, [note]);
}

#[test]
fn bad_rows_are_refused_with_their_line_as_bad_arguments() {
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
        ("2027-01-15,7,1,0,", "for midnight in UTC write 2027-01-15T00:00Z"),
    ];
    let refused = |name: &str, rows: &str| {
        let error = made(name, &format!("{HEADER}\n{rows}")).err().unwrap();
        assert_eq!(
            exit::code(&error),
            ExitCode::from(exit::BAD_ARGUMENTS),
            "{error:#}"
        );
        format!("{error:#}")
    };
    for (row, expected) in table {
        let told = refused("report_bad", &format!("{row}\n"));
        assert!(told.contains(expected), "{row}: expected `{expected}` in: {told}");
        assert!(told.contains("readings.csv, line 2"), "{row}: {told}");
    }
    let told = refused(
        "report_twice",
        "2027-01-15T08:00Z,7,1,0,\n2027-01-15T08:00Z,7,2,0,\n",
    );
    assert!(
        told.contains("lines 2 and 3 give the same interval of slot 7"),
        "{told}"
    );
    let told = refused("report_empty", "");
    assert!(told.contains("readings.csv: expected 1 to 3 intervals"), "{told}");
}

#[test]
fn that_there_is_nothing_to_report_yet_is_nobodys_bad_argument() {
    let path = folder("report_early").join("readings.csv");
    std::fs::write(&path, assignment().table_to_fill_in()).unwrap();
    let mut early = assignment();
    early.next.max_intervals = 0;
    let extent = Extent {
        intervals: None,
        revision: 0,
    };
    let error = compose_table(
        &Given {
            csv: std::slice::from_ref(&path),
            reading: &ReadingArgs::default(),
            meters: None,
        },
        &early,
        extent,
    )
    .err()
    .unwrap();
    assert_eq!(exit::code(&error), ExitCode::from(exit::WRONG));
    assert_eq!(
        format!("{error:#}"),
        "no interval is over yet; the next report begins at 2027-01-15T08:00:00Z"
    );
}

#[test]
fn the_table_to_fill_in_makes_a_report_of_nothing_but_missing_readings() {
    let (made, _) = made("report_table", &assignment().table_to_fill_in()).unwrap();
    assert_eq!(made.report.header.intervals, 3);
    assert_eq!(made.missing, 6);
}

#[test]
fn a_meters_file_says_which_slot_each_meter_of_the_files_has() {
    let folder = folder("report_meters");
    let (path, meters) = (folder.join("readings.csv"), folder.join("meters.csv"));
    let rows = "interval_start,meter,import_kwh,export_kwh
2027-01-15T08:00:00Z,AT001,0.25,0
2027-01-15T08:00:00Z,old,0,1
2027-01-15T08:15:00Z,AT001,9,0
2027-01-15T08:15:00Z,new,0,2
";
    std::fs::write(&path, rows.replace("meter,", "slot,")).unwrap();
    let extent = Extent {
        intervals: Some(2),
        revision: 0,
    };
    let make = |meters: Option<&Path>| {
        let given = Given {
            csv: std::slice::from_ref(&path),
            reading: &ReadingArgs::default(),
            meters,
        };
        compose_table(&given, &assignment(), extent)
    };
    // A meter that was replaced: both are slot 4. What slot 7 can carry in a quarter is 4.25 kWh.
    let file = "meter,slot,import_limit,export_limit,from,follows
AT001,7,17 kW,0 W,,
old,4,,,,
new,,,,2027-01-15T08:15Z,old
";
    std::fs::write(&meters, file).unwrap();
    let (made, notes) = make(Some(&meters)).unwrap();
    let gave = |kwh: u64| Reading::measured(Energy::ZERO, Energy(kwh * 1_000_000));
    let took = Reading::measured(Energy(250_000), Energy::ZERO);
    assert_eq!(made.report.readings, [took, gave(1), Reading::MISSING, gave(2)]);
    assert!(
        notes[0].contains("line 4, slot 7: expected at most 4.25 kWh"),
        "{notes:?}"
    );

    let error = format!("{:#}", make(None).err().unwrap());
    assert!(
        error.contains("line 2, column 2 (slot): expected the number of a slot, got `AT001`"),
        "{error}"
    );
    std::fs::write(&meters, "meter,slot\nAT001,7\nold,\n").unwrap();
    let error = format!("{:#}", make(Some(&meters)).err().unwrap());
    assert!(
        error.contains("meters.csv, line 3: expected the slot of `old` in a column `slot`, got none"),
        "{error}"
    );
}

#[test]
fn a_vacant_seat_has_no_row_and_a_missing_reading() {
    let mut assignment = assignment();
    assignment.next.seats = 3;
    let vacant = RosterSeat {
        seat: Seat(1),
        slot: None,
        import_limit: Power(0),
        export_limit: Power(0),
    };
    assignment.seats.insert(1, vacant);
    let filled = assignment
        .table_to_fill_in()
        .replace(",,,missing", ",1,0,measured");
    assert_eq!(filled.lines().count(), 1 + 3 * 2);
    let path = folder("report_vacant").join("readings.csv");
    std::fs::write(&path, filled).unwrap();
    let extent = Extent {
        intervals: None,
        revision: 0,
    };
    let (made, _) = compose_table(
        &Given {
            csv: std::slice::from_ref(&path),
            reading: &ReadingArgs::default(),
            meters: None,
        },
        &assignment,
        extent,
    )
    .unwrap();
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
    let (made, _) = made(name, &rows).unwrap();
    Draft::new(&assignment(), &made.report).unwrap()
}

/// Signs with the keys of these seeds, each into a file named by its seed.
fn sign(folder: &Path, draft: &Draft, seeds: &[u8]) -> Vec<PathBuf> {
    let sign = |seed: &u8| {
        let path = folder.join(format!("{seed}.json"));
        std::fs::write(
            &path,
            serde_json::to_string(&draft.sign(&key(*seed)).unwrap()).unwrap(),
        )
        .unwrap();
        path
    };
    seeds.iter().map(sign).collect()
}

#[test]
fn a_draft_and_a_signed_report_are_the_same_file_with_and_without_signatures() {
    let draft = draft("report_files");
    let folder = folder("report_files");
    let mut gathering = Gathering::new(draft.clone(), committee()).unwrap();
    for path in sign(&folder, &draft, &[4, 1, 4, 2]) {
        add(&mut gathering, &path).unwrap();
    }
    let signed = ReportFile::from(gathering.certificate().unwrap());
    let members: Vec<u8> = signed
        .signatures
        .iter()
        .map(|signature| signature.member)
        .collect();
    assert_eq!(members, [0, 1, 3]);
    assert_eq!(signed.draft(), draft);
    let path = folder.join("signed.json");
    std::fs::write(&path, serde_json::to_string(&signed).unwrap()).unwrap();
    assert_eq!(read::<ReportFile>(&path).unwrap(), signed);

    let text = serde_json::to_string(&ReportFile::from(draft.clone())).unwrap();
    assert_eq!(text, serde_json::to_string(&draft).unwrap());
    assert!(!text.contains("signatures"), "{text}");
    let missing = read::<ReportFile>(&folder.join("none.json"))
        .unwrap_err()
        .to_string();
    assert!(missing.ends_with("none.json: there is no such file"), "{missing}");
}

#[test]
fn what_the_chain_would_refuse_is_refused_before_with_the_files_name() {
    let draft = draft("report_refused");
    let folder = folder("report_refused");
    let refused = |draft: &Draft, seed: u8| {
        let mut gathering =
            Gathering::new(crate::onchain::report::draft("report_refused_draft"), committee()).unwrap();
        let path = sign(&folder, draft, &[seed]).remove(0);
        let error = add(&mut gathering, &path).unwrap_err();
        assert_eq!(exit::code(&error), ExitCode::from(exit::BAD_ARGUMENTS));
        format!("{error:#}")
    };
    let told = refused(&draft, 9);
    assert!(told.contains("9.json: expected a member of epoch 1"), "{told}");
    let mut elsewhere = draft.clone();
    elsewhere.chain_id = "chain-2".to_owned();
    let told = refused(&elsewhere, 1);
    assert!(told.contains("1.json: expected a signature over"), "{told}");

    let mut forged = draft.sign(&key(3)).unwrap();
    forged.public_key = draft.sign(&key(2)).unwrap().public_key;
    let path = folder.join("3.json");
    std::fs::write(&path, serde_json::to_string(&forged).unwrap()).unwrap();
    let mut gathering = Gathering::new(draft, committee()).unwrap();
    let told = format!("{:#}", add(&mut gathering, &path).unwrap_err());
    assert!(
        told.contains("3.json: the signature is not of that key"),
        "{told}"
    );
    let error = anyhow::Error::from(gathering.certificate().unwrap_err());
    assert_eq!(error.to_string(), "expected signatures of 3 members, got 0");
    assert_eq!(exit::code(&error), ExitCode::from(exit::BAD_ARGUMENTS));
}

#[test]
fn a_key_that_a_service_holds_signs_nothing_by_hand() {
    let path = folder("held_key").join("oracle.mnemonic");
    std::fs::write(&path, "words").unwrap();
    let service = hold(&path).unwrap();
    let told = hold(&path).unwrap_err().to_string();
    assert!(
        told.contains("a gridpact-oracle that runs holds this key"),
        "{told}"
    );
    drop(service);
    hold(&path).unwrap();
}
