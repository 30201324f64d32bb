//! A day of a neighbourhood, as a broker's messages, as telegrams on a line and as a file.

use std::fmt::Write;

use anyhow::Result;
use gridpact_oracle::sources::p1::crc::crc16;
use gridpact_readings::format::Source;
use gridpact_readings::rfc3339;
use gridpact_readings::selection::Selection;
use gridpact_units::{Energy, Quality, Reading, UnixSeconds};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

pub const METERS: usize = 100;
/// Meters whose registers come by messages; by telegrams; whose energies come by a file.
pub const BY_MQTT: core::ops::Range<usize> = 0..60;
pub const BY_P1: core::ops::Range<usize> = 60..70;
pub const BY_FILE: core::ops::Range<usize> = 70..100;
pub const DAY: usize = 96;

/// What the meters took and gave, interval by interval, from the start of one on.
pub struct Day {
    pub start: u64,
    homes: Vec<Vec<(u64, u64)>>,
}

impl Day {
    /// The first summer day of the SimBench weeks that are built in.
    pub fn from(start: u64) -> Result<Self> {
        let data = Source::Bundled.load(&Selection::default())?;
        let summer = data.stretches[0].intervals;
        let width = data.meters.len();
        let home = |home: usize| {
            let reading = |at: usize| data.readings[(summer + at) * width + home];
            (0..DAY)
                .map(|at| (reading(at).import.0, reading(at).export.0))
                .collect()
        };
        Ok(Self {
            start,
            homes: (0..METERS).map(home).collect(),
        })
    }

    /// Start of an interval, or its end.
    pub fn at(&self, boundary: usize) -> u64 {
        self.start + 900 * boundary as u64
    }

    /// Both registers of a meter at a boundary, mWh: each began somewhere.
    fn registers(&self, meter: usize, boundary: usize) -> (u64, u64) {
        let begun = (1_000_123 * (meter as u64 + 1), 77_456 * meter as u64);
        self.homes[meter][..boundary]
            .iter()
            .fold(begun, |sums, moved| (sums.0 + moved.0, sums.1 + moved.1))
    }

    /// What a report must say, in whole Wh: a register counts from boundary to boundary, a file's energy is rounded down.
    pub fn expected(&self, meter: usize, interval: usize) -> Reading {
        let down = |energy: u64| energy - energy % 1_000;
        let (import, export) = if BY_FILE.contains(&meter) {
            let (import, export) = self.homes[meter][interval];
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
    pub fn messages(&self, meter: usize) -> Vec<String> {
        let message = |boundary: usize| {
            let (import, export) = self.registers(meter, boundary);
            let (at, import, export) = (self.at(boundary), kwh(import), kwh(export));
            format!(r#"{{"time":{at},"meter":{{"import":{import},"export":"{export}"}}}}"#)
        };
        (0..=DAY).map(message).collect()
    }

    /// The file of those that come by one.
    pub fn file(&self) -> String {
        let mut file = "interval_start,meter,import_kwh,export_kwh,quality\n".to_owned();
        for interval in 0..DAY {
            let start = rfc3339::show(UnixSeconds(self.at(interval)));
            for meter in BY_FILE {
                let (import, export) = self.homes[meter][interval];
                let _ = writeln!(file, "{start},m{meter},{},{},", kwh(import), kwh(export));
            }
        }
        file
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

    /// The line of a meter: whoever connects hears the whole day, and then nothing.
    pub async fn line(&self, meter: usize) -> Result<(u16, JoinHandle<()>)> {
        let all: Vec<u8> = (0..=DAY)
            .flat_map(|boundary| self.telegram(meter, boundary))
            .collect();
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let task = tokio::spawn(async move {
            let mut lines = Vec::new();
            while let Ok((mut line, _)) = listener.accept().await {
                // A service that is killed hears only a part of it.
                let _ = line.write_all(&all).await;
                lines.push(line);
            }
        });
        Ok((port, task))
    }
}

fn kwh(milliwatt_hours: u64) -> String {
    format!(
        "{}.{:06}",
        milliwatt_hours / 1_000_000,
        milliwatt_hours % 1_000_000
    )
}
