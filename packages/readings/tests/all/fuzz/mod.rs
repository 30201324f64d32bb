//! Every parser on inputs that nobody meant: whatever comes is read or refused, in bounded time, and what is read keeps its promises.
//!
//! `GRIDPACT_STEPS` says how many inputs each parser gets, `GRIDPACT_SEED` which.

mod formats;
mod profiles;
mod published;

use std::collections::HashSet;
use std::time::{Duration, Instant};

use gridpact_chance::Chance;
use gridpact_readings::file::NamedFile;
use gridpact_readings::meter_key::MeterName;
use gridpact_readings::options::Options;
use gridpact_readings::readings_table::ReadingsTable;

/// Inputs of every parser in the usual run.
const INPUTS: u64 = 20_000;
/// Far above what any of these small inputs takes.
const TOO_LONG: Duration = Duration::from_secs(5);

/// What spoils files, the same for a seed.
struct Random(Chance);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.0.below(u64::try_from(end.max(1)).unwrap())).unwrap()
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
    (inputs, Random(Chance::new(seed ^ parser)))
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
