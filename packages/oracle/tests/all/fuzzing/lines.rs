//! What comes down a line.

use std::collections::BTreeMap;

use gridpact_oracle::bounds::MAX_TELEGRAM;
use gridpact_oracle::sources::p1::framing::{Framed, Framing};
use gridpact_oracle::sources::p1::telegram::Telegram;
use gridpact_readings::clock::Zone;

use super::{all, harm, kwh, Draw, Fate};

/// CRC-16/ARC, from a polynomial's remainder bit by bit: another way than the reader's.
fn remainder(bytes: &[u8]) -> u16 {
    let mut register: u16 = 0;
    for byte in bytes {
        for bit in 0..8 {
            let carry = (register & 1 == 1) != (byte >> bit & 1 == 1);
            register = register >> 1 ^ if carry { 0xA001 } else { 0 };
        }
    }
    register
}

/// A telegram, and what is in it.
fn telegram(draw: &mut Draw) -> (Vec<u8>, (Option<u64>, Option<u64>)) {
    let mut text = format!(
        "/{}\r\n\r\n",
        draw.one(&["ISK5\\2M550T", "FLU5\\25", "ELL5\\253", "T5X"])
    );
    text += &format!("{}\r\n", draw.one(&["1-3:0.2.8(50)", "0-0:96.1.4(50217)"]));
    text += &format!(
        "0-0:1.0.0({})\r\n",
        draw.one(&["261130080000W", "260701120000S", "260701120000W"])
    );
    let mut sums = [None, None];
    for (direction, sum) in (1..).zip(&mut sums) {
        let whole = draw.below(4) == 0;
        // What is given may be counted by no register at all.
        let least = if direction == 1 { 2 } else { 1 };
        let tariffs = if whole { 0..1 } else { 1..least + draw.below(4) };
        for tariff in tariffs {
            let value = draw.register();
            *sum = Some(sum.unwrap_or(0) + value);
            text += &match draw.below(3) {
                0 => format!("1-0:{direction}.8.{tariff}({}*Wh)\r\n", value / 1_000),
                _ => format!("1-0:{direction}.8.{tariff}({}*kWh)\r\n", kwh(value)),
            };
        }
    }
    for _ in 0..draw.below(3) {
        let line = "0-1:24.2.1(261130075500W)(00024.123*m3)\r\n";
        text = text.replace(line, "") + line;
    }
    let mut bytes = (text + "!").into_bytes();
    let sum = remainder(&bytes);
    bytes.extend(format!("{sum:04X}\r\n").bytes());
    (bytes, (sums[0], sums[1]))
}

/// The registers that the lines of an accepted telegram say, read by another rule: digits are moved, not computed.
fn said(bytes: &[u8], direction: u8) -> Option<u64> {
    let text = core::str::from_utf8(bytes).unwrap();
    let mut by_tariff = BTreeMap::new();
    // The first line is the meter's name.
    for line in text.lines().skip(1).map(str::trim) {
        let Some((name, value)) = line.split_once('(') else {
            continue;
        };
        let name = name.split('*').next().unwrap();
        let Some(tariff) = name.strip_prefix(&format!("1-0:{direction}.8.")) else {
            continue;
        };
        let (digits, unit) = value.trim_end_matches(')').split_once('*').unwrap();
        let (whole, behind) = digits.trim().split_once('.').unwrap_or((digits.trim(), ""));
        let places = if unit == "kWh" { 6 } else { 3 };
        let moved: String = behind
            .chars()
            .chain(std::iter::repeat('0'))
            .take(places)
            .collect();
        if let Ok(value) = format!("{whole}{moved}").parse::<u64>() {
            by_tariff.insert(tariff.to_owned(), value);
        }
    }
    let tariffs = ["1", "2", "3", "4"]
        .iter()
        .filter_map(|tariff| by_tariff.get(*tariff));
    by_tariff
        .get("0")
        .copied()
        .or_else(|| tariffs.copied().reduce(|one, other| one + other))
}

/// A line: noise, a telegram that may be harmed, and a whole one behind it, in pieces of any length.
fn a_line(draw: &mut Draw) -> Fate {
    let (mut harmed, expected) = telegram(draw);
    let original = harmed.clone();
    for _ in 0..draw.below(3) {
        harm(draw, &mut harmed);
    }
    let (last, last_says) = telegram(draw);
    let stream = [draw.bytes(20), harmed.clone(), last.clone()].concat();
    let mut framing = Framing::default();
    let mut came = Vec::new();
    let mut rest = stream.as_slice();
    while !rest.is_empty() {
        let (piece, behind) = rest.split_at((1 + draw.below(200) as usize).min(rest.len()));
        came.extend(framing.take(piece));
        rest = behind;
    }
    // Whatever came before, the next whole telegram is read.
    assert_eq!(came.pop(), Some(Framed::Telegram(last.clone())));
    let read = Telegram::parse(&last, Zone::CentralEurope).unwrap();
    assert_eq!((read.import, read.export), last_says);
    let mut fate = Fate::Refused;
    for framed in came {
        let Framed::Telegram(bytes) = framed else { continue };
        assert!(bytes.len() <= MAX_TELEGRAM + 1);
        let Ok(read) = Telegram::parse(&bytes, Zone::CentralEurope) else {
            continue;
        };
        if bytes == original {
            assert_eq!((read.import, read.export), expected);
            fate = Fate::Taken;
        }
        // A harmed one that is taken all the same has the check sum of its own bytes, and says what it says.
        let end = bytes.iter().position(|byte| *byte == b'!').unwrap();
        let sum = core::str::from_utf8(&bytes[end + 1..]).unwrap().trim();
        assert_eq!(u16::from_str_radix(sum, 16).ok(), Some(remainder(&bytes[..=end])));
        let says = (said(&bytes, 1), said(&bytes, 2));
        assert_eq!(
            (read.import, read.export),
            says,
            "{}",
            String::from_utf8_lossy(&bytes)
        );
    }
    fate
}

#[test]
fn whatever_comes_down_a_line_the_next_whole_telegram_is_read_exactly() {
    all("lines", a_line);
}
