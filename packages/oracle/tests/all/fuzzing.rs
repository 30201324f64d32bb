//! Hostile bytes by the thousand, for everything that reads what others send: telegrams, payloads of a broker, bodies of senders.
//! What is whole gives exactly what was put into it; what is harmed gives an error, or a reading that its bytes really say.
//! GRIDPACT_STEPS says how many inputs each, GRIDPACT_SEED which.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hasher, RandomState};

use gridpact_oracle::bounds::{MAX_PUSHED_READINGS, MAX_REGISTER, MAX_TELEGRAM};
use gridpact_oracle::config::Topic;
use gridpact_oracle::payload::samples;
use gridpact_oracle::sample::Register;
use gridpact_oracle::sources::p1::framing::{Framed, Framing};
use gridpact_oracle::sources::p1::telegram::Telegram;
use gridpact_oracle::sources::push::body::arrivals;
use gridpact_readings::clock::Zone;
use gridpact_units::UnixSeconds;

use super::support::{config, JUNE};

/// Inputs, where GRIDPACT_STEPS does not say another number.
const INPUTS: u64 = 20_000;

/// Numbers that look random and are always the same (splitmix64).
struct Draw(u64);

impl Draw {
    fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.number() % bound
    }

    fn bytes(&mut self, most: u64) -> Vec<u8> {
        (0..self.below(most + 1)).map(|_| self.number() as u8).collect()
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len() as u64) as usize]
    }

    /// A register's value, mWh: whole Wh, as meters show it.
    fn register(&mut self) -> u64 {
        1_000 * self.below(1_000_000_000)
    }
}

/// A little harm: a byte, a bit, a cut, one more, one less, some behind.
fn harm(draw: &mut Draw, bytes: &mut Vec<u8>) {
    if bytes.is_empty() {
        return;
    }
    let place = draw.below(bytes.len() as u64) as usize;
    match draw.below(7) {
        0 => bytes[place] = draw.number() as u8,
        1 => bytes[place] ^= 1 << draw.below(8),
        2 => bytes.truncate(place),
        3 => bytes.insert(
            place,
            draw.one(&["/", "!", "\n", "(", "\"", "{", "9", "-", "e"])
                .as_bytes()[0],
        ),
        4 => drop(bytes.remove(place)),
        5 => bytes.extend(draw.bytes(4)),
        // A part of it once more, somewhere else.
        _ => {
            let from = draw.below(place as u64 + 1) as usize;
            let part = bytes[from..place].to_vec();
            bytes.splice(place..place, part);
        }
    }
}

fn number(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(
        text.parse()
            .unwrap_or_else(|_| panic!("{name}: expected a number, got {text}")),
    )
}

/// What became of an input.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Taken,
    Refused,
}

/// Tries all inputs; a failure names the seed that repeats it with one step.
fn all(what: &str, input: impl Fn(&mut Draw) -> Fate + std::panic::RefUnwindSafe) {
    let inputs = number("GRIDPACT_STEPS").unwrap_or(INPUTS);
    let seed = number("GRIDPACT_SEED").unwrap_or_else(|| RandomState::new().build_hasher().finish());
    println!("GRIDPACT_SEED={seed} GRIDPACT_STEPS={inputs}");
    let (mut taken, mut refused) = (0_u64, 0_u64);
    for step in 0..inputs {
        let seed = seed.wrapping_add(step);
        match std::panic::catch_unwind(|| input(&mut Draw(seed))) {
            Ok(Fate::Taken) => taken += 1,
            Ok(Fate::Refused) => refused += 1,
            Err(_) => panic!("{what}: GRIDPACT_SEED={seed} GRIDPACT_STEPS=1 repeats it"),
        }
        if step % 100_000 == 99_999 {
            println!("{} {what}: {taken} taken, {refused} refused", step + 1);
        }
    }
    println!("GRIDPACT_TOLD={what}: {taken} taken, {refused} refused");
    // Neither would show much alone.
    if inputs >= INPUTS {
        assert!(
            taken > inputs / 10 && refused > inputs / 10,
            "{what}: {taken} taken, {refused} refused"
        );
    }
}

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

fn kwh(register: u64) -> String {
    format!("{:06}.{:03}", register / 1_000_000, register % 1_000_000 / 1_000)
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
    for line in text.lines().map(str::trim) {
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
        // A harmed one that is taken all the same has the check sum of its own bytes, where it has one, and says what it says.
        let end = bytes.iter().position(|byte| *byte == b'!').unwrap();
        let sum = core::str::from_utf8(&bytes[end + 1..]).unwrap().trim();
        if !sum.is_empty() {
            assert_eq!(u16::from_str_radix(sum, 16).unwrap(), remainder(&bytes[..=end]));
        }
        assert_eq!((read.import, read.export), (said(&bytes, 1), said(&bytes, 2)));
    }
    fate
}

#[test]
fn whatever_comes_down_a_line_the_next_whole_telegram_is_read_exactly() {
    all("lines", a_line);
}

fn topic() -> Topic {
    let file = config(
        "[[mqtt]]\nname = \"b\"\nbroker = \"mqtt://127.0.0.1:1883\"\ntopics = [{ topic = \"t\", meter = \"house 1\", \
         import = \"/a/0/in~1out\", export = \"/b\", unit = \"kWh\", time = \"/t\" }]\n",
    );
    file.mqtt[0].topics[0].clone()
}

/// A value in any way that JSON has, other values around it.
fn value(draw: &mut Draw, depth: u64) -> String {
    match draw.below(if depth > 4 { 5 } else { 7 }) {
        0 => draw.number().to_string(),
        1 => format!("-{}.{}e{}", draw.below(9), draw.below(99), draw.below(400)),
        2 => draw
            .one(&["null", "true", "\"\"", "\"\\u0041\\n\"", "1e999", "[]", "{}"])
            .to_owned(),
        3 => format!("\"{}\"", "x".repeat(draw.below(40) as usize)),
        4 => "0.1".to_owned(),
        5 => format!("[{},{}]", value(draw, depth + 1), value(draw, depth + 1)),
        _ => format!(
            "{{\"k\":{},\"a\":{}}}",
            value(draw, depth + 1),
            value(draw, depth + 1)
        ),
    }
}

fn a_payload(draw: &mut Draw, topic: &Topic) -> Fate {
    let (import, export) = (draw.register(), draw.register());
    let quoted = |draw: &mut Draw, register: u64| match draw.below(3) {
        0 => format!("\"{}\"", kwh(register)),
        // JSON writes no zeros in front, and may write an exponent.
        1 => format!("{}e-3", register / 1_000),
        _ => format!("{}.{:03}", register / 1_000_000, register % 1_000_000 / 1_000),
    };
    let mut parts = [
        format!(
            "\"a\":[{{\"in/out\":{},\"z\":{}}},{}]",
            quoted(draw, import),
            value(draw, 0),
            value(draw, 0)
        ),
        format!("\"b\":{}", quoted(draw, export)),
        format!(
            "\"t\":{}",
            draw.one(&["1780272000", "\"2026-06-01T00:00:00Z\"", "1780272000123"])
        ),
        format!("\"c\":{}", value(draw, 0)),
    ];
    parts.rotate_left(draw.below(4) as usize);
    let mut bytes = format!("{{{}}}", parts.join(draw.one(&[",", " ,\n"]))).into_bytes();
    let original = bytes.clone();
    for _ in 0..draw.below(3) {
        harm(draw, &mut bytes);
    }
    if draw.below(16) == 0 {
        bytes = draw.bytes(64);
    }
    let Ok(read) = samples(&bytes, topic, UnixSeconds(JUNE)) else {
        assert_ne!(bytes, original);
        return Fate::Refused;
    };
    let registers: Vec<Register> = read.iter().map(|sample| sample.register).collect();
    assert_eq!(registers, Register::BOTH);
    assert!(read
        .iter()
        .all(|sample| sample.value <= MAX_REGISTER && sample.at == read[0].at));
    if bytes == original {
        assert_eq!(
            (read[0].value, read[1].value, read[0].at.0),
            (import, export, JUNE)
        );
    }
    Fate::Taken
}

#[test]
fn whatever_a_broker_brings_is_a_reading_exactly_or_is_none() {
    let topic = topic();
    all("payloads", move |draw| a_payload(draw, &topic));
}

fn a_body(draw: &mut Draw) -> Fate {
    let meters = ["house 1".to_owned(), "house 2".to_owned()];
    let mut expected = Vec::new();
    let mut readings = Vec::new();
    for _ in 0..=draw.below(4) {
        let (meter, at) = (draw.below(2) as usize, 900 * draw.below(96));
        let value = draw.register();
        let name = draw.one(&["import_kwh", "export_kwh"]);
        let text = match draw.below(2) {
            0 => format!("\"{}\"", kwh(value)),
            _ => format!("{}.{:03}", value / 1_000_000, value % 1_000_000 / 1_000),
        };
        let stamp = gridpact_readings::rfc3339::show(UnixSeconds(JUNE + at));
        readings.push(format!(
            "{{\"meter\":\"{}\",\"at\":\"{stamp}\",\"{name}\":{text}}}",
            meters[meter]
        ));
        expected.push((meters[meter].clone(), JUNE + at, value));
    }
    let mut bytes = format!("{{\"readings\":[{}]}}", readings.join(",")).into_bytes();
    let original = bytes.clone();
    for _ in 0..draw.below(3) {
        harm(draw, &mut bytes);
    }
    if draw.below(16) == 0 {
        bytes = draw.bytes(64);
    }
    // A token of one house alone says nothing of another.
    let mine = if draw.below(4) == 0 {
        &meters[..1]
    } else {
        &meters[..]
    };
    let Ok(read) = arrivals(&bytes, mine) else {
        let all_mine = expected.iter().all(|(meter, _, _)| mine.contains(meter));
        assert!(bytes != original || !all_mine);
        return Fate::Refused;
    };
    assert!((1..=MAX_PUSHED_READINGS).contains(&read.len()));
    for arrival in &read {
        assert!(mine.contains(&arrival.meter));
        assert!((1..=2).contains(&arrival.samples.len()));
        assert!(arrival.samples.iter().all(|sample| sample.value <= MAX_REGISTER));
    }
    if bytes == original {
        let read: Vec<(String, u64, u64)> = read
            .iter()
            .map(|arrival| {
                (
                    arrival.meter.clone(),
                    arrival.samples[0].at.0,
                    arrival.samples[0].value,
                )
            })
            .collect();
        assert_eq!(read, expected);
    }
    Fate::Taken
}

#[test]
fn whatever_a_sender_pushes_is_kept_whole_or_not_at_all() {
    all("bodies", a_body);
}
