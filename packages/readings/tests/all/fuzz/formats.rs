//! Files of one meter or many, by what they begin with.

use gridpact_readings::clock::Zone;
use gridpact_readings::file::NamedFile;
use gridpact_readings::meter_key::MeterName;
use gridpact_readings::numbers::Rounding;
use gridpact_readings::options::Options;
use gridpact_readings::profile::Profile;
use gridpact_readings::readings_table::ReadingsTable;

use super::{check, fuzz, fuzz_within, inputs, tell};

#[test]
fn our_table_in_all_its_forms() {
    let rows = |columns: &str, values: &str| {
        let row = |at: u32| {
            format!(
                "2024-06-03T{}:{:02}:00+02:00,a,{values}\n2024-06-03T{}:{:02}:00+02:00,b,{values}\n",
                10 + at / 4,
                at % 4 * 15,
                10 + at / 4,
                at % 4 * 15
            )
        };
        format!("{columns}\n{}", (0..6).map(row).collect::<String>()).into_bytes()
    };
    let seeds = [
        rows("interval_start,meter,import_kwh,export_kwh", "0.25,0"),
        rows("interval_start,meter,import_kwh,export_kwh,quality", "0.25,0,E"),
        rows("interval_end,meter,direction,energy_wh", "import,250"),
        rows("interval_start;meter;import_w;export_w", "1,0").iter().map(|byte| if *byte == b',' { b';' } else { *byte }).collect(),
        String::from_utf8(rows("interval_start,slot,import_kwh,export_kwh", "0.25,0")).unwrap().replace(",a,", ",1,").replace(",b,", ",02,").into_bytes(),
        b"interval_start,meter,import_register_kwh,export_register_kwh\n2024-06-03T10:00Z,a,5,0\n2024-06-03T10:14:10Z,a,5.1,0\n2024-06-03T10:40Z,a,5.2,1\n2024-06-03T10:50Z,a,0,1\n2024-06-03T10:55Z,a,0,1\n2024-06-03T11:00Z,a,0.1,1\n".to_vec(),
        "\u{feff}interval_start,meter,import_kwh,export_kwh\n2024-06-03T10:00Z,a,1,0\n2024-06-03T10:30Z,a,1,0\n".encode_utf16().flat_map(u16::to_le_bytes).collect(),
    ];
    fuzz("our table", &seeds, &Options::default());
}

#[test]
fn our_table_with_everything_stated() {
    let seeds = [
        b"interval_start,meter,import,export\n2024-10-27 01:30,a,1e-3,0\n2024-10-27 02:00,a,1e-3,0\n2024-10-27 02:30,a,1e-3,0\n2024-10-27 02:00,a,1e-3,0\n2024-10-27 02:30,a,0.5e0,1\n".to_vec(),
        b"interval_end,meter,import,export\n2024-03-31 23:00,a,.5,0\n2024-03-31T24:00,a,1.,0\n".to_vec(),
    ];
    let options = Options {
        zone: Some(Zone::CentralEurope),
        unit: Some(gridpact_readings::numbers::Unit::KilowattHours),
        rounding: Some(Rounding::Nearest),
        ..Options::default()
    };
    fuzz("our table, everything stated", &seeds, &options);
}

#[test]
fn australias_meter_files() {
    let day = |date: &str, quality: &str| format!("300,{date},{},{quality},,,,\n", ["0.5"; 48].join(","));
    let seed = "100,NEM12,1,A,B\n200,N1,E1,,E1,,,kWh,30,\n".to_owned()
        + &day("20240430", "A")
        + &day("20240501", "V")
        + "400,1,20,A,,\n400,21,48,E14,,\n500,O,S,1,2\n200,N1,B1,,B1,,,Wh,30,\n"
        + &day("20240430", "S14")
        + "900\n";
    fuzz("NEM12", &[seed.into_bytes()], &Options::default());
}

#[test]
fn green_button_feeds() {
    fuzz(
        "Green Button",
        &[crate::formats::espi::seed()],
        &Options::default(),
    );
}

#[test]
fn workbooks_sheets() {
    let seeds = [crate::formats::eda::seed().into_bytes()];
    fuzz_within("EDA's sheets", &seeds, &Options::default(), |sheet| {
        crate::formats::eda::workbook(&String::from_utf8_lossy(&sheet))
    });
}

#[test]
fn workbooks() {
    let seeds = [crate::formats::eda::workbook(&crate::formats::eda::seed())];
    let (inputs, mut random) = inputs(0x1656_67b1_9e37_79f9);
    let mut read = 0;
    for _ in 0..inputs {
        let bytes = random.spoil(&seeds[0]);
        let file = NamedFile::limited("spoilt", bytes.as_slice(), 1 << 20);
        if let Ok(table) = ReadingsTable::<MeterName>::read([file], &Options::default()) {
            check(&table, 1 << 20);
            read += 1;
        }
    }
    tell("EDA's workbooks", read, inputs);
}

#[test]
fn pages_of_home_assistant() {
    let seed = b"entity_id,type,unit,2024-06-03T10:00:00.000Z,2024-06-03T11:00:00.000Z\ns.a,grid_consumption,kWh,0.30000000000001137,\ns.b,grid_return,Wh,1,2\ns.c,gas_consumption,kWh,1,2\n";
    fuzz("Home Assistant", &[seed.to_vec()], &Options::default());
}

#[test]
fn tables_by_profiles() {
    for (profile, seed) in crate::formats::profiles::seeds() {
        let options = Options {
            profile: Some(profile),
            ..Options::default()
        };
        let name = options.profile.as_ref().map_or("", Profile::name).to_owned();
        fuzz(&name, &[seed], &options);
    }
}
