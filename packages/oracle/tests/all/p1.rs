//! Telegrams of meters, whole and damaged.

use gridpact_oracle::bounds::MAX_TELEGRAM;
use gridpact_oracle::sources::p1::crc::crc16;
use gridpact_oracle::sources::p1::framing::{Framed, Framing};
use gridpact_oracle::sources::p1::telegram::{NotTelegram, Telegram};
use gridpact_readings::clock::Zone;
use gridpact_units::UnixSeconds;
use proptest::prelude::*;

const DUTCH: &str = "/ISK5\\2M550T-1012\r\n\r\n1-3:0.2.8(50)\r\n0-0:1.0.0(261130080000W)\r\n0-0:96.1.1(4B384547)\r\n\
    1-0:1.8.1(001234.567*kWh)\r\n1-0:1.8.2(002345.678*kWh)\r\n1-0:2.8.1(000100.000*kWh)\r\n1-0:2.8.2(000200.500*kWh)\r\n\
    0-0:96.14.0(0002)\r\n1-0:1.7.0(00.437*kW)\r\n1-0:99.97.0(1)(0-0:96.7.19)(000104180320W)(0000237126*s)\r\n\
    0-0:96.13.0()\r\n1-0:32.7.0(229.0*V)\r\n0-1:24.1.0(003)\r\n0-1:24.2.1(261130075500W)(00024.123*m3)\r\n";
const BELGIAN: &str = "/FLU5\\253769484_A\r\n\r\n0-0:96.1.4(50217)\r\n0-0:1.0.0(260701120000S)\r\n1-0:1.8.1(000010.000*kWh)\r\n\
    1-0:1.8.2(000020.000*kWh)\r\n1-0:2.8.1(000001.000*kWh)\r\n1-0:2.8.2(000002.000*kWh)\r\n0-1:24.1.0(003)\r\n\
    0-1:24.2.3(260701115500S)(00112.384*m3)\r\n0-2:24.2.1(260701115500S)(00872.234*m3)\r\n";
const SWEDISH: &str = "/ELL5\\253833635_A\r\n\r\n0-0:1.0.0(260701120000W)\r\n1-0:1.8.0(00006678.394*kWh)\r\n\
    1-0:2.8.0(00000000.000*kWh)\r\n1-0:21.7.0(0001.023*kW)\r\n";
const DECRYPTED: &str = "/EST5\\253710000_A\r\n\r\n0-0:1.0.0(261130080000W)\r\n1-0:1.8.0(006545766*Wh)\r\n\
    1-0:1.8.1(005017120*Wh)\r\n1-0:1.8.2(001528646*Wh)\r\n1-0:2.8.0(000000000*Wh)\r\n";
const OLD: &str = "/KFM5KAIFA-METER\r\n\r\n0-0:96.1.1(31)\r\n1-0:1.8.1(00001.000*kWh)\r\n1-0:1.8.2(00002.000*kWh)\r\n\
    1-0:2.8.1(00000.000*kWh)\r\n1-0:2.8.2(00000.000*kWh)\r\n0-1:24.3.0(121030140000)(00)(60)(1)(0-1:24.2.1)(m3)\r\n(00024.123)\r\n";
const EASYMETER: &str =
    "/ESY5Q3DA1004 V3.04\r\n\r\n1-0:0.0.0*255(0272031312565)\r\n1-0:1.8.0*255(00052185.7825309*kWh)\r\n";

/// A telegram with its check sum.
fn whole(body: &str) -> Vec<u8> {
    let mut bytes = format!("{body}!").into_bytes();
    let sum = crc16(&bytes);
    bytes.extend(format!("{sum:04X}\r\n").bytes());
    bytes
}

fn parse(bytes: &[u8]) -> Result<Telegram, NotTelegram> {
    Telegram::parse(bytes, Zone::CentralEurope)
}

fn registers(body: &str) -> (Option<u64>, Option<u64>) {
    let telegram = parse(&whole(body)).unwrap();
    (telegram.import, telegram.export)
}

#[test]
fn the_check_sum_is_crc_16_arc() {
    // The check value that catalogues of CRCs list for this polynomial.
    assert_eq!(crc16(b"123456789"), 0xBB3D);
}

#[test]
fn tariffs_are_summed_and_gas_and_water_are_not_electricity() {
    assert_eq!(registers(DUTCH), (Some(3_580_245_000), Some(300_500_000)));
    assert_eq!(registers(BELGIAN), (Some(30_000_000), Some(3_000_000)));
    assert_eq!(registers(SWEDISH), (Some(6_678_394_000), Some(0)));
    // All tariffs together are what the tariffs are.
    assert_eq!(registers(DECRYPTED), (Some(6_545_766_000), Some(0)));
}

#[test]
fn old_meters_have_no_check_sum_and_no_time() {
    let telegram = parse(format!("{OLD}!\r\n").as_bytes()).unwrap();
    assert_eq!((telegram.at, telegram.import), (None, Some(3_000_000)));
    let now = UnixSeconds(1_000);
    assert!(telegram.samples(now).iter().all(|sample| sample.at == now));
    let telegram = parse(format!("{EASYMETER}!\r\n").as_bytes()).unwrap();
    assert_eq!(telegram.import, Some(52_185_782_530));
    // A meter that names its version or its time has one: without it the telegram was cut.
    for body in [DUTCH, BELGIAN, SWEDISH] {
        let error = parse(format!("{body}!\r\n").as_bytes()).unwrap_err();
        assert!(matches!(error, NotTelegram::Checksum { .. }), "{error}");
    }
}

#[test]
fn summer_and_winter_flags_are_believed_whatever_the_month() {
    let at = |stamp: &str| {
        let body = SWEDISH.replace("260701120000W", stamp);
        parse(&whole(&body)).map(|telegram| telegram.at.unwrap().0)
    };
    assert_eq!(at("261025025959S"), Ok(1_792_889_999));
    assert_eq!(at("261025020000W"), Ok(1_792_890_000));
    assert_eq!(at("260701120000W"), Ok(1_782_903_600));
    assert_eq!(at("260701120000S"), Ok(1_782_900_000));
    // Without a flag, where the clock shows a time twice or never, nobody knows.
    assert!(matches!(at("261025020000"), Err(NotTelegram::Time(_))));
    assert!(matches!(at("260329023000"), Err(NotTelegram::Time(_))));
    assert_eq!(at("260701120000"), Ok(1_782_900_000));
    assert!(matches!(at("26070112000X"), Err(NotTelegram::Time(_))));
    assert!(matches!(at("261399999999W"), Err(NotTelegram::Time(_))));
    // A meter that lost its time is at 2000: the intake refuses that as too early.
    assert!(at("000101000000W").unwrap() < gridpact_oracle::bounds::EARLIEST);
}

#[test]
fn two_telegrams_in_one_are_refused_even_with_a_right_sum() {
    let tail = DUTCH.split_once("1-0:1.8.1").unwrap().1;
    let glued = format!("{DUTCH}1-0:1.8.1{tail}");
    assert!(matches!(parse(&whole(&glued)), Err(NotTelegram::Twice(_))));
    let broken = DUTCH.replace("(001234.567*kWh)\r\n", "(001234.5");
    assert!(matches!(parse(&whole(&broken)), Err(NotTelegram::Value(..))));
    assert!(matches!(
        parse(&whole("/X\r\n\r\n0-1:24.2.1(1)(2*m3)\r\n")),
        Err(NotTelegram::NoRegister)
    ));
    let negative = SWEDISH.replace("00006678.394", "-0006678.394");
    assert!(matches!(parse(&whole(&negative)), Err(NotTelegram::Value(..))));
}

#[test]
fn no_flipped_bit_passes_with_other_content() {
    let telegram = whole(DUTCH);
    let right = parse(&telegram).unwrap();
    for at in 0..telegram.len() {
        for bit in 0..8 {
            let mut flipped = telegram.clone();
            flipped[at] ^= 1 << bit;
            if let Ok(other) = parse(&flipped) {
                assert_eq!(other, right, "byte {at}, bit {bit}");
            }
        }
    }
}

fn framed(framing: &mut Framing, bytes: &[u8]) -> Vec<Framed> {
    framing.take(bytes)
}

#[test]
fn a_stream_gives_whole_telegrams_and_goes_on_after_broken_ones() {
    let telegram = whole(DUTCH);
    let mut stream = telegram[40..].to_vec();
    stream.extend(&telegram);
    stream.extend(&telegram[..100]);
    stream.extend(&telegram);
    for size in [1, 7, 64, stream.len()] {
        let mut framing = Framing::default();
        let all: Vec<Framed> = stream
            .chunks(size)
            .flat_map(|chunk| framed(&mut framing, chunk))
            .collect();
        let expected = [
            Framed::Telegram(telegram.clone()),
            Framed::Broken,
            Framed::Telegram(telegram.clone()),
        ];
        assert_eq!(all, expected, "in pieces of {size}");
    }
}

#[test]
fn a_telegram_that_never_ends_is_given_up() {
    let mut framing = Framing::default();
    let endless = [b"/X".as_slice(), &vec![b'1'; 3 * MAX_TELEGRAM]].concat();
    assert_eq!(framing.take(&endless), [Framed::Broken]);
    assert_eq!(framing.take(&whole(SWEDISH)), [Framed::Telegram(whole(SWEDISH))]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(20_000))]

    /// Whatever comes over the line, nothing panics, and only what has a right sum or needs none is believed.
    #[test]
    fn damaged_streams_never_give_other_registers(
        cuts in proptest::collection::vec((0_usize..700, any::<u8>()), 0..6),
        from in 0_usize..300,
    ) {
        let mut stream = [whole(DUTCH), whole(SWEDISH)].concat();
        for (at, byte) in cuts {
            let at = at % stream.len();
            stream[at] = byte;
        }
        let mut framing = Framing::default();
        for framed in framing.take(&stream[from.min(stream.len())..]) {
            if let Framed::Telegram(bytes) = framed {
                if let Ok(telegram) = parse(&bytes) {
                    let known = [(Some(3_580_245_000), Some(300_500_000)), (Some(6_678_394_000), Some(0))];
                    prop_assert!(known.contains(&(telegram.import, telegram.export)), "{telegram:?}");
                }
            }
        }
    }
}

#[test]
fn a_register_is_digits_and_a_point_whatever_its_check_sum() {
    for value in [
        "00123.4e2*kWh",
        " 001234.567*kWh",
        "001234.567 *kWh",
        "+01234.567*kWh",
        "001234,567*kWh",
    ] {
        let body = SWEDISH.replace("00006678.394*kWh", value);
        let error = parse(&whole(&body)).unwrap_err();
        assert!(matches!(error, NotTelegram::Value(..)), "{value}: {error:?}");
    }
}

#[test]
fn a_piece_of_a_telegram_is_none_though_meters_without_check_sum_exist() {
    // A stray `/` and a stray `!` in a telegram that has a check sum: what lies between names neither time nor version.
    let piece = b"/W)\r\n1-0:1.8.1(383615.347*kWh)\r\n1-0:1.8.2(387822.396*kWh)!\r\n";
    assert_eq!(parse(piece), Err(NotTelegram::Shape));
    let line_of_its_own = b"/W)\r\n1-0:1.8.1(383615.347*kWh)\r\n!\r\n";
    assert_eq!(parse(line_of_its_own), Err(NotTelegram::Shape));
    // An old meter's telegram that a stray `!` cuts within a line.
    let cut = OLD.replace("1-0:1.8.2(00002.000*kWh)\r\n", "1-0:1.8.2(00002.000*kWh)!\r\n");
    let cut = &cut[..=cut.find("!\r\n").unwrap() + 2];
    assert_eq!(parse(cut.as_bytes()), Err(NotTelegram::Shape));
    assert!(parse(format!("{OLD}!\r\n").as_bytes()).is_ok());
}
