//! Data sets as they are published: folders of several files, of which one is spoilt.

use gridpact_readings::dataset::Dataset;
use gridpact_readings::error::Error;
use gridpact_readings::file::{Folder, NamedFile};
use gridpact_readings::format::Source;
use gridpact_readings::selection::Selection;

use super::{inputs, tell, Random};
use crate::Memory;

/// Reads a folder again and again, with another of its files spoilt each time. Of what is read every meter has a reading for every
/// interval, and a missing one says nothing.
fn fuzz_folder(
    parser: &str,
    salt: u64,
    files: &[(&str, &str)],
    read: impl Fn(&Memory) -> Result<Dataset, Error>,
) {
    let (inputs, mut random) = inputs(salt);
    let whole = read(&Memory::of(files));
    assert!(whole.is_ok(), "{parser}: {:?}", whole.err());
    let mut taken = 0;
    for _ in 0..inputs {
        let spoilt = random.below(files.len());
        let folder = Memory(
            files
                .iter()
                .enumerate()
                .map(|(position, file)| spoil(position == spoilt, file, &mut random))
                .collect(),
        );
        if let Ok(dataset) = read(&folder) {
            assert_eq!(dataset.readings.len(), dataset.meters.len() * dataset.intervals());
            let empty = |energy: gridpact_units::Energy| energy.is_zero();
            let told = |reading: &gridpact_units::Reading| !(empty(reading.import) && empty(reading.export));
            assert!(!dataset
                .readings
                .iter()
                .any(|reading| reading.is_missing() && told(&reading)));
            taken += 1;
        }
    }
    tell(parser, taken, inputs);
    // A fuzzer whose inputs are all refused at the first byte tries nothing.
    assert!(taken > inputs / 100, "{taken} of {inputs} were read");
}

fn spoil(spoilt: bool, (name, text): &(&str, &str), random: &mut Random) -> (String, Vec<u8>) {
    let bytes = match spoilt {
        true => random.spoil(text.as_bytes()),
        false => text.as_bytes().to_vec(),
    };
    ((*name).to_owned(), bytes)
}

#[test]
fn folders_of_citylearn() {
    let hours = "hour,1,2\n0,1.5,1\n1,1,1\n2,0.25,1\n";
    let files = [("cons_kwh_hourly.csv", hours), ("gen_kwh_hourly.csv", hours)];
    fuzz_folder("CityLearn", 0x1405_7b7e_f767_814f, &files, |folder| {
        Source::Citylearn(folder).load(&Selection::default())
    });
    let schema = r#"{"buildings": {"Building_1": {"energy_simulation": "b.csv", "pv": {"attributes": {"nominal_power": 4.0}}}}}"#;
    let hours = "month,non_shiftable_load,solar_generation\n7,1.5,0\n8,0.5,250.5\n";
    let files = [("schema.json", schema), ("b.csv", hours)];
    fuzz_folder(
        "CityLearn as published",
        0x2b7e_1516_28ae_d2a6,
        &files,
        |folder| Source::Citylearn(folder).load(&Selection::default()),
    );
}

#[test]
fn folders_of_simbench() {
    let loads = "id,node,profile,pLoad,qLoad\nL1,Bus 1,H0-A,0.002,0\nL2,Bus 2,H0-A,0.004,0\n";
    let pv = "id,node,type,profile,calc_type,pRES\nS1,Bus 2,PV,PV1,pq,0.01\nS2,Bus 9,PV,PV1,pq,0.001\n";
    let of_loads = "time,H0-A_pload\n30.10.2016 02:30,0.5\n30.10.2016 02:45,0.25\n30.10.2016 02:00,0.125\n30.10.2016 02:15,1\n";
    let of_pv =
        "time,PV1\n30.10.2016 02:30,0\n30.10.2016 02:45,0.25\n30.10.2016 02:00,1\n30.10.2016 02:15,0\n";
    let files = [
        ("loads_LV3.101.csv", loads),
        ("res_LV3.101.csv", pv),
        ("h0_profiles_15min_2016.csv", of_loads),
        ("pv_profiles_15min_2016.csv", of_pv),
    ];
    fuzz_folder("SimBench's extract", 0x452a_3f6d_9c11_77e5, &files, |folder| {
        Source::Simbench(folder).load(&Selection::default())
    });
    let semicolons = |text: &str| text.replace(',', ";");
    let published = [loads, pv, of_loads, of_pv].map(semicolons);
    let [loads, pv, of_loads, of_pv] = published.each_ref().map(String::as_str);
    let files = [
        ("Load.csv", loads),
        ("RES.csv", pv),
        ("LoadProfile.csv", of_loads),
        ("RESProfile.csv", of_pv),
    ];
    fuzz_folder("SimBench as published", 0x0db1_94ff_3e21_5c03, &files, |folder| {
        Source::Simbench(folder).load(&Selection::default())
    });
}

#[test]
fn files_of_ausgrid() {
    let header = "Customer,Generator Capacity,Postcode,Consumption Category,date";
    let columns: String = (0..48)
        .map(|half| format!(",{}:{:02}", (half + 1) / 2 % 24, (half + 1) % 2 * 30))
        .collect();
    let day = |category: &str| format!("1,3.78,2076,{category},1/07/2010{},\n", ",0.25".repeat(48));
    let file = format!("title\n{header}{columns},Row Quality\n{}{}", day("GC"), day("GG"));
    fuzz_folder(
        "Ausgrid",
        0x6a09_e667_f3bc_c908,
        &[("solar.csv", &file)],
        |folder| {
            Source::Ausgrid(NamedFile::new("solar.csv", folder.open("solar.csv").unwrap()))
                .load(&Selection::default())
        },
    );
}
