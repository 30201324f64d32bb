//! A grid's own meters as a meters' file.

use cosmwasm_std::HexBinary;
use gridpact_cli::onchain::meter::roster_file::roster_file;
use gridpact_market::Terms;
use gridpact_readings::file::NamedFile;
use gridpact_readings::meter_key::MeterName;
use gridpact_readings::options::Options;
use gridpact_readings::readings_table::ReadingsTable;
use gridpact_simulation::connections::{Agreed, Connection, Connections};
use gridpact_types::registry::answers::MeterResponse;
use gridpact_types::registry::meters::{MeterKind, MeterProposal, Provenance};
use gridpact_units::{IntervalIndex, Power, Ppm, Seat, Slot};

fn meter(slot: u32, household: u32, kind: MeterKind, tiers: (u8, u8)) -> MeterResponse {
    MeterResponse {
        slot: Slot(slot),
        seat: Seat(0),
        owner: "wasm1owner".to_owned(),
        meter: MeterProposal {
            serial_hash: HexBinary::from([7; 32]),
            kind,
            import_limit: Power(17_000),
            export_limit: Power(4_600),
            provenance: Provenance::Sealed,
            part: Ppm(333_333),
        },
        household,
        weight: 2,
        priority: 9,
        buy_tier: tiers.0,
        sell_tier: tiers.1,
        from: IntervalIndex(2_000_000),
    }
}

#[test]
fn it_reads_back_as_what_is_agreed_with_every_slot() {
    let meters = [
        meter(3, 0, MeterKind::Prosumer, (1, 0)),
        meter(12, 0, MeterKind::Producer, (255, 2)),
    ];
    let file = roster_file(&meters).unwrap();
    let named = || NamedFile::new("meters.csv", file.as_slice());
    let rows = "interval_start,slot,import_kwh,export_kwh
2024-06-03T10:00Z,12,0,1
2024-06-03T10:15Z,12,0,1
2024-06-03T10:00Z,3,1,0
2024-06-03T10:15Z,3,1,0
";
    let data = NamedFile::new("rows.csv", rows.as_bytes());
    let table: ReadingsTable<MeterName> = ReadingsTable::read([data], &Options::default()).unwrap();
    let mut dataset = table.into_dataset().unwrap();
    let agreed = Agreed::read(named()).unwrap();
    agreed.apply(&mut dataset).unwrap();
    // Since when they take part on the chain takes nothing from older readings.
    assert!(dataset.readings.iter().all(|reading| !reading.is_missing()));
    let slots: Vec<_> = agreed.slots().unwrap().into_values().collect();
    assert_eq!(slots, [Slot(12), Slot(3)]);

    let connections = Connections::read(named(), &dataset).unwrap();
    let of = |kind, buy_tier, sell_tier| Connection {
        kind,
        terms: Terms {
            household: 0,
            weight: 2,
            part: Ppm(333_333),
            priority: 9,
            buy_tier,
            sell_tier,
        },
        limits: (Some(Power(17_000)), Some(Power(4_600))),
    };
    let expected = [
        of(MeterKind::Prosumer, 1, 0),
        of(MeterKind::Producer, Terms::NO_TIER, 2),
    ];
    assert_eq!(connections.iter().copied().collect::<Vec<_>>(), expected);
}
