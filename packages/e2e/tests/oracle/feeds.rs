//! What a neighbourhood's meters say, as a broker's messages, as telegrams on a line and as files.

use std::fmt::Write;
use std::ops::{Range, RangeInclusive};
use std::sync::{Arc, Mutex};

use anyhow::Result;
use gridpact_oracle::sources::p1::crc::crc16;
use gridpact_readings::format::Source;
use gridpact_readings::rfc3339;
use gridpact_readings::selection::Selection;
use gridpact_units::{Energy, Quality, Reading, UnixSeconds};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// Quarter hours of a day.
pub const DAY: usize = 96;

/// Which meters come by which way: first those by a broker, then those by a line, then those by files.
#[derive(Clone, Copy)]
pub struct Ways {
    pub mqtt: usize,
    pub p1: usize,
    pub files: usize,
}

impl Ways {
    pub fn meters(self) -> usize {
        self.mqtt + self.p1 + self.files
    }

    pub fn by_mqtt(self) -> Range<usize> {
        0..self.mqtt
    }

    pub fn by_p1(self) -> Range<usize> {
        self.mqtt..self.mqtt + self.p1
    }

    pub fn by_file(self) -> Range<usize> {
        self.mqtt + self.p1..self.meters()
    }

    /// Those with registers.
    pub fn by_register(self) -> Range<usize> {
        0..self.mqtt + self.p1
    }

    /// What their source is called.
    pub fn source(self, meter: usize) -> String {
        match meter {
            meter if meter < self.mqtt => "broker".to_owned(),
            meter => format!("line {meter}"),
        }
    }
}

/// What the meters take and give, interval by interval, from the start of one on: day after day the same.
pub struct Feeds {
    pub ways: Ways,
    pub start: u64,
    homes: Vec<Vec<(u64, u64)>>,
}

impl Feeds {
    /// The first summer day of the SimBench weeks that are built in.
    pub fn from(start: u64, ways: Ways) -> Result<Self> {
        let data = Source::Bundled.load(&Selection::default())?;
        let summer = data.stretches[0].intervals;
        let width = data.meters.len();
        let home = |home: usize| {
            let reading = |at: usize| data.readings.at((summer + at) * width + home);
            (0..DAY)
                .map(|at| (reading(at).import.0, reading(at).export.0))
                .collect()
        };
        Ok(Self {
            ways,
            start,
            homes: (0..ways.meters()).map(home).collect(),
        })
    }

    /// The same meters as somebody tells who adds so much to each interval, both ways, mWh.
    pub fn with_more(&self, more: u64) -> Self {
        let home = |home: &Vec<(u64, u64)>| {
            home.iter()
                .map(|moved| (moved.0 + more, moved.1 + more))
                .collect()
        };
        Self {
            ways: self.ways,
            start: self.start,
            homes: self.homes.iter().map(home).collect(),
        }
    }

    /// Start of an interval, or its end.
    pub fn at(&self, boundary: usize) -> u64 {
        self.start + 900 * boundary as u64
    }

    /// What a meter takes and gives in an interval, mWh.
    pub fn moved(&self, meter: usize, interval: usize) -> (u64, u64) {
        self.homes[meter][interval % DAY]
    }

    /// Both registers of a meter at a boundary, mWh: each began somewhere.
    pub fn registers(&self, meter: usize, boundary: usize) -> (u64, u64) {
        let begun = (1_000_123 * (meter as u64 + 1), 77_456 * meter as u64);
        (0..boundary)
            .map(|interval| self.moved(meter, interval))
            .fold(begun, |sums, moved| (sums.0 + moved.0, sums.1 + moved.1))
    }

    /// What a report must say, in whole Wh: a register counts from boundary to boundary, a file's energy is rounded down.
    pub fn expected(&self, meter: usize, interval: usize) -> Reading {
        let down = |energy: u64| energy - energy % 1_000;
        let (import, export) = if self.ways.by_file().contains(&meter) {
            let (import, export) = self.moved(meter, interval);
            (down(import), down(export))
        } else {
            let (from, to) = (
                self.registers(meter, interval),
                self.registers(meter, interval + 1),
            );
            (down(to.0) - down(from.0), down(to.1) - down(from.1))
        };
        Reading {
            import: Energy(import),
            export: Energy(export),
            quality: Quality::Measured,
        }
    }

    /// A meter's messages, one a boundary.
    pub fn messages(&self, meter: usize, boundaries: RangeInclusive<usize>) -> Vec<String> {
        let message = |boundary: usize| {
            let (import, export) = self.registers(meter, boundary);
            let (at, import, export) = (self.at(boundary), kwh(import), kwh(export));
            format!(r#"{{"time":{at},"meter":{{"import":{import},"export":"{export}"}}}}"#)
        };
        boundaries.map(message).collect()
    }

    /// The file of those that come by one.
    pub fn file(&self, intervals: Range<usize>) -> String {
        let mut file = "interval_start,meter,import_kwh,export_kwh,quality\n".to_owned();
        for interval in intervals {
            let start = rfc3339::show(UnixSeconds(self.at(interval)));
            for meter in self.ways.by_file() {
                let (import, export) = self.moved(meter, interval);
                let _ = writeln!(file, "{start},m{meter},{},{},", kwh(import), kwh(export));
            }
        }
        file
    }

    /// A meter's telegrams, one a boundary.
    pub fn telegrams(&self, meter: usize, boundaries: RangeInclusive<usize>) -> Vec<u8> {
        boundaries
            .flat_map(|boundary| self.telegram(meter, boundary))
            .collect()
    }

    fn telegram(&self, meter: usize, boundary: usize) -> Vec<u8> {
        let (import, export) = self.registers(meter, boundary);
        // The meter's clock shows winter time, an hour ahead of UTC.
        let local = rfc3339::show(UnixSeconds(self.at(boundary) + 3_600));
        let digits: String = local.chars().filter(char::is_ascii_digit).skip(2).collect();
        let (import, export) = (kwh(import), kwh(export));
        let mut bytes = format!(
            "/T5M{meter}\r\n\r\n1-3:0.2.8(50)\r\n0-0:1.0.0({digits}W)\r\n1-0:1.8.1({import}*kWh)\r\n1-0:1.8.2(000000.000*kWh)\r\n\
             1-0:2.8.1({export}*kWh)\r\n0-1:24.2.1({digits}W)(00024.123*m3)\r\n!"
        )
        .into_bytes();
        let sum = crc16(&bytes);
        bytes.extend(format!("{sum:04X}\r\n").bytes());
        bytes
    }
}

/// The line of a meter: whoever connects hears what is to be said now, and then nothing.
pub struct Line {
    pub port: u16,
    says: Arc<Mutex<Vec<u8>>>,
    task: JoinHandle<()>,
}

impl Drop for Line {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Line {
    pub async fn new() -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let says = Arc::new(Mutex::new(Vec::new()));
        let said = Arc::clone(&says);
        let task = tokio::spawn(async move {
            let mut lines = Vec::new();
            while let Ok((mut line, _)) = listener.accept().await {
                let all: Vec<u8> = said.lock().unwrap().clone();
                // A service that is killed hears only a part of it.
                let _ = line.write_all(&all).await;
                lines.push(line);
            }
        });
        Ok(Self { port, says, task })
    }

    /// What whoever connects from now on hears.
    pub fn say(&self, telegrams: Vec<u8>) {
        *self.says.lock().unwrap() = telegrams;
    }
}

fn kwh(milliwatt_hours: u64) -> String {
    format!(
        "{}.{:06}",
        milliwatt_hours / 1_000_000,
        milliwatt_hours % 1_000_000
    )
}
