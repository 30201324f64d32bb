//! Every parser on inputs that nobody meant: whatever comes is read or refused, in bounded time, and what is read keeps its promises.
//!
//! `GRIDPACT_STEPS` says how many inputs each parser gets, `GRIDPACT_SEED` which.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use gridpact_readings::clock::Zone;
use gridpact_readings::file::NamedFile;
use gridpact_readings::meter_key::MeterName;
use gridpact_readings::numbers::Rounding;
use gridpact_readings::options::Options;
use gridpact_readings::profile::Profile;
use gridpact_readings::readings_table::ReadingsTable;

/// Inputs of every parser in the usual run.
const INPUTS: u64 = 20_000;
/// Far above what any of these small inputs takes.
const TOO_LONG: Duration = Duration::from_secs(5);

/// A small generator of numbers, so that a run can be repeated.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(end.max(1)).unwrap()).unwrap()
    }

    /// Spoils bytes: changes, inserts, cuts out and doubles some, and puts in what formats trip over.
    fn spoil(&mut self, seed: &[u8]) -> Vec<u8> {
        const TOKENS: [&str; 24] = [
            "\"",
            "\n",
            "\r\n",
            ",",
            ";",
            "-1",
            "1e9",
            "NaN",
            "18446744073709.551616",
            "2033-01-01T00:00:00Z",
            "24:00",
            "+14:00",
            "\u{feff}",
            "ü",
            "<",
            ">",
            "&amp;",
            "&#0;",
            "<!DOCTYPE a [",
            "]]>",
            "300,20240101",
            "400,1,48,A",
            "0",
            "99999999999999999999",
        ];
        let mut bytes = seed.to_vec();
        for _ in 0..=self.below(4) {
            let at = self.below(bytes.len() + 1);
            let to = (at + self.below(40)).min(bytes.len());
            match self.below(6) {
                0 => bytes.truncate(at.max(1)),
                1 => drop(bytes.drain(at..to)),
                2 => {
                    let doubled = bytes[at..to].to_vec();
                    bytes.splice(at..at, doubled);
                }
                3 => bytes.insert(at, u8::try_from(self.below(256)).unwrap()),
                4 if at < bytes.len() => bytes[at] ^= 1 << self.below(8),
                _ => drop(bytes.splice(at..at, TOKENS[self.below(TOKENS.len())].bytes())),
            }
        }
        bytes
    }
}

/// What holds of everything that is read.
fn check(table: &ReadingsTable<MeterName>, lines: usize) {
    let mut seen = HashSet::new();
    for (meter, interval, reading) in table.readings() {
        assert!(
            seen.insert((meter.clone(), interval)),
            "two readings of {meter} in {interval}"
        );
        if reading.is_missing() {
            assert_eq!((reading.import.0, reading.export.0), (0, 0));
        }
        let line = table.line_of(meter, interval).unwrap();
        assert!(
            (1..=lines + 1).contains(&usize::try_from(line).unwrap()),
            "line {line} of {lines}"
        );
    }
    for finding in table.findings() {
        assert!(finding.lines.len() <= 10 && finding.count >= 1, "{finding}");
    }
}

/// A number of the environment, or the usual one.
fn stated(name: &str, usual: u64) -> u64 {
    std::env::var(name).map_or(usual, |number| number.parse().unwrap())
}

/// How many inputs a parser gets, and where they begin; both are told, so that a run can be repeated.
fn inputs(parser: u64) -> (u64, Random) {
    let (inputs, seed) = (stated("GRIDPACT_STEPS", INPUTS), stated("GRIDPACT_SEED", 17));
    println!("GRIDPACT_SEED={seed} GRIDPACT_STEPS={inputs}");
    // From nothing this generator comes to nothing.
    (inputs, Random((seed ^ parser).max(1)))
}

/// What came of a parser's inputs, for the table of long runs; and the peak of this process's memory, where the system says it.
fn tell(parser: &str, read: u64, inputs: u64) {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.map_or("unknown", str::trim);
    println!("GRIDPACT_TOLD={parser}: {read} of {inputs} read, memory at most {peak}");
}

/// Reads spoilt forms of these files.
fn fuzz(parser: &str, seeds: &[Vec<u8>], options: &Options) {
    fuzz_within(parser, seeds, options, |bytes| bytes);
}

/// Reads spoilt forms of what stands in files, each put into one.
fn fuzz_within(parser: &str, seeds: &[Vec<u8>], options: &Options, file_of: impl Fn(Vec<u8>) -> Vec<u8>) {
    let (inputs, mut random) = inputs(0x9e37_79b9_7f4a_7c15);
    for seed in seeds {
        let whole = file_of(seed.clone());
        let file = NamedFile::new("whole", whole.as_slice());
        let error = ReadingsTable::<MeterName>::read([file], options).err();
        assert!(error.is_none(), "{error:?} in {}", String::from_utf8_lossy(seed));
    }
    let mut read = 0;
    for number in 0..inputs {
        let seed = &seeds[random.below(seeds.len())];
        let bytes = file_of(random.spoil(seed));
        let started = Instant::now();
        let file = NamedFile::limited("spoilt", bytes.as_slice(), 1 << 20);
        if let Ok(table) = ReadingsTable::read([file], options) {
            // Rows of a workbook may have any number that a spreadsheet has.
            let lines = bytes.iter().filter(|byte| matches!(byte, b'\n' | b'\r')).count();
            check(&table, if bytes.starts_with(b"PK") { 1 << 20 } else { lines });
            let _ = table.into_dataset();
            read += 1;
        }
        assert!(
            started.elapsed() < TOO_LONG,
            "input {number}: {}",
            String::from_utf8_lossy(&bytes)
        );
    }
    tell(parser, read, inputs);
    // A fuzzer whose inputs are all refused at the first byte tries nothing.
    assert!(read > inputs / 100, "{read} of {inputs} were read");
}

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

#[test]
fn profiles_themselves() {
    let seeds = [
        include_bytes!("../../profiles/fluvius.toml").as_slice(),
        include_bytes!("../../profiles/linznetz.toml"),
    ];
    let (inputs, mut random) = inputs(0x2545_f491_4f6c_dd1d);
    let mut read = 0;
    for _ in 0..inputs {
        let seed = seeds[random.below(seeds.len())];
        let bytes = random.spoil(seed);
        read += u64::from(Profile::parse(&String::from_utf8_lossy(&bytes)).is_ok());
    }
    tell("profiles", read, inputs);
}

#[test]
fn proposals_for_tables_that_nobody_described() {
    let seed = "Zählpunkt;Zeitstempel;Bezug [kWh];Einspeisung [kWh];Status\r\nAT1;13.05.2024 00:00;0,100;0,000;gemessen\r\nAT1;13.05.2024 00:15;0,200;0,000;Ersatz\r\n";
    let (inputs, mut random) = inputs(0x5851_f42d_4c95_7f2d);
    let mut proposed = 0;
    for _ in 0..inputs {
        let bytes = random.spoil(seed.as_bytes());
        let file = NamedFile::limited("spoilt", bytes.as_slice(), 1 << 20);
        let Ok(sample) = gridpact_readings::profile::sample::Sample::read(file, None) else {
            continue;
        };
        // Whatever is proposed is a profile, and reads or refuses.
        if let Ok(proposal) =
            gridpact_readings::profile::propose::propose(&sample, "spoilt", Some("Europe/Vienna"))
        {
            proposed += 1;
            let options = Options {
                profile: Some(proposal.profile),
                ..Options::default()
            };
            let file = NamedFile::limited("spoilt", bytes.as_slice(), 1 << 20);
            let _ = ReadingsTable::<MeterName>::read([file], &options);
        }
    }
    tell("proposals", proposed, inputs);
    assert!(proposed > inputs / 100, "{proposed} of {inputs}");
}

#[test]
fn folders_and_files_of_published_data_sets() {
    let hours = "hour,1,2\n0,1.5,1\n1,1,1\n2,0.25,1\n";
    let (inputs, mut random) = inputs(0x1405_7b7e_f767_814f);
    let mut read = 0;
    for _ in 0..inputs {
        let spoilt = String::from_utf8_lossy(&random.spoil(hours.as_bytes())).into_owned();
        let folder = crate::Memory::of(&[("cons_kwh_hourly.csv", &spoilt), ("gen_kwh_hourly.csv", hours)]);
        let loaded = gridpact_readings::format::Source::Citylearn(&folder)
            .load(&gridpact_readings::selection::Selection::default());
        read += u64::from(loaded.is_ok());
    }
    tell("CityLearn", read, inputs);
    assert!(read > inputs / 100, "{read} of {inputs} were read");
    let schema = r#"{"buildings": {"Building_1": {"energy_simulation": "b.csv", "pv": {"attributes": {"nominal_power": 4.0}}}}}"#;
    let hours = "month,non_shiftable_load,solar_generation\n7,1.5,0\n8,0.5,250.5\n";
    let mut published = 0;
    for number in 0..inputs {
        let mut spoilt = |text: &str| String::from_utf8_lossy(&random.spoil(text.as_bytes())).into_owned();
        let folder = match number % 2 {
            0 => crate::Memory::of(&[("schema.json", &spoilt(schema)), ("b.csv", hours)]),
            _ => crate::Memory::of(&[("schema.json", schema), ("b.csv", &spoilt(hours))]),
        };
        let loaded = gridpact_readings::format::Source::Citylearn(&folder)
            .load(&gridpact_readings::selection::Selection::default());
        published += u64::from(loaded.is_ok());
    }
    tell("CityLearn as published", published, inputs);
    assert!(published > inputs / 100, "{published} of {inputs} were read");
    let header = "Customer,Generator Capacity,Postcode,Consumption Category,date";
    let columns: String = (0..48)
        .map(|half| format!(",{}:{:02}", (half + 1) / 2 % 24, (half + 1) % 2 * 30))
        .collect();
    let day = |category: &str| format!("1,3.78,2076,{category},1/07/2010{}\n", ",0.25".repeat(48));
    let ausgrid = format!(
        "title\n{header}{columns},Row Quality\n{}{}",
        day("GC").replace('\n', ",\n"),
        day("GG").replace('\n', ",\n")
    );
    let mut days = 0;
    for _ in 0..inputs {
        let bytes = random.spoil(ausgrid.as_bytes());
        let file = NamedFile::limited("spoilt", bytes.as_slice(), 1 << 20);
        let loaded = gridpact_readings::format::Source::Ausgrid(file)
            .load(&gridpact_readings::selection::Selection::default());
        days += u64::from(loaded.is_ok());
    }
    tell("Ausgrid", days, inputs);
}
