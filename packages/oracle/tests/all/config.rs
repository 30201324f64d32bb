//! The file: what is refused, and at which line.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use gridpact_client::ExposeSecret;
use gridpact_oracle::config::{Config, SecretPlace, Span};
use gridpact_units::Seconds;

use super::support::{config, CONFIG};

/// What is said of a file with more in it; the line of `more`'s first line is 18.
fn refused(more: &str) -> String {
    refused_whole(&format!("{CONFIG}{more}"))
}

fn refused_whole(text: &str) -> String {
    let error = Config::parse(text, Path::new("here/oracle.toml")).expect_err("must be refused");
    error.to_string()
}

#[test]
fn what_is_not_said_has_the_stated_values() {
    let config = config("");
    assert_eq!(config.report.window, Span(Seconds(86_400)));
    assert_eq!(config.report.delay, Span(Seconds(7_800)));
    assert_eq!(config.meters[0].count, 1_000);
    assert_eq!(config.local.listen.to_string(), "127.0.0.1:9474");
}

#[test]
fn paths_start_where_the_file_is() {
    let config = Config::parse(CONFIG, Path::new("/etc/gridpact/oracle.toml")).unwrap();
    assert_eq!(config.folder, PathBuf::from("/etc/gridpact/data"));
    assert_eq!(
        config.keys.oracle,
        SecretPlace::File("/etc/gridpact/oracle.mnemonic".into())
    );
}

#[test]
fn every_error_names_its_line() {
    let lines = CONFIG.lines().count();
    let at = |offset: usize| format!("line {}", lines + offset);
    let p1 = |meter: &str, name: &str| {
        format!("[[p1]]\nname = \"{name}\"\naddress = \"10.0.0.2:23\"\nmeter = \"{meter}\"\n")
    };
    let cases = [
        // An unknown key, at every level.
        (
            "[report]\nwindw = \"1d\"\n".to_owned(),
            at(2),
            "unknown field `windw`",
        ),
        (
            format!("{}color = 1\n", p1("house 1", "p")),
            at(5),
            "unknown field `color`",
        ),
        // Values that are none.
        (
            "[report]\ndelay = \"soon\"\n".to_owned(),
            at(2),
            "expected a length of time as 2h10m or 30s, got `soon`",
        ),
        (
            "[report]\nwindow = \"-5m\"\n".to_owned(),
            at(2),
            "expected a length of time",
        ),
        (
            "[report]\nwindow = \"1500ms\"\n".to_owned(),
            at(2),
            "expected a length of time",
        ),
        (
            "[local]\nlisten = \"nowhere\"\n".to_owned(),
            at(2),
            "invalid socket address",
        ),
        (
            format!("{}zone = \"Middle/Earth\"\n", p1("house 1", "p")),
            at(5),
            "expected a zone as Europe/Vienna",
        ),
        // Names that must be known, or differ.
        (
            p1("house 9", "p"),
            at(4),
            "expected the name of a meter of this file",
        ),
        (
            format!("{}{}", p1("house 1", "p"), p1("house 2", "p")),
            at(6),
            "got `p` twice",
        ),
        (
            p1("house 1", "bad/name"),
            at(2),
            "expected a name of 1 to 64 bytes",
        ),
        (
            "[[meters]]\nname = \"house 1\"\nslot = 7\n".to_owned(),
            at(2),
            "got meter `house 1` twice",
        ),
        (
            "[[meters]]\nname = \"house 3\"\nslot = 1\n".to_owned(),
            at(3),
            "got slot 1 twice",
        ),
        (
            "[[meters]]\nname = \"house 3\"\nslot = 3\ncount = 0\n".to_owned(),
            at(4),
            "count: expected 1 to",
        ),
        (
            "[[meters]]\nname = \"house 3\"\nslot = 3\nrollover = 0\n".to_owned(),
            at(4),
            "rollover: expected above 0 mWh",
        ),
        // Times that cannot be, each where it stands.
        (
            "[report]\nlook = \"30s\"\nwindow = \"30s\"\n".to_owned(),
            at(3),
            "report.window: expected 1m to 7d, got 30s",
        ),
        (
            "[report]\noffset = \"1d\"\n".to_owned(),
            at(2),
            "report.offset: expected less than a day",
        ),
        (
            "[report]\ndelay = \"31d\"\n".to_owned(),
            at(2),
            "report.delay: expected at most 30d",
        ),
        (
            "[report]\n# Never.\nlook = \"0s\"\n".to_owned(),
            at(3),
            "report.look: expected 1s to 1h",
        ),
        (
            "[keep]\nraw = \"23h\"\n".to_owned(),
            at(2),
            "keep.raw: expected a day or more",
        ),
        (
            "[local]\nlisten = \"0.0.0.0:9474\"\n".to_owned(),
            at(2),
            "local.listen: expected a loopback address",
        ),
    ];
    for (more, line, words) in cases {
        let said = refused(&more);
        assert!(said.contains(&line), "{more}\n{said}\nexpected {line}");
        assert!(said.contains(words), "{more}\n{said}\nexpected {words}");
        assert!(said.starts_with("here/oracle.toml"), "{said}");
    }
}

#[test]
fn a_broker_is_reached_safely_and_a_topic_names_one_meter() {
    let mqtt = |broker: &str, rest: &str, topic: &str| {
        format!("[[mqtt]]\nname = \"m\"\nbroker = \"{broker}\"\n{rest}topics = [{{ {topic} }}]\n")
    };
    let good = "topic = \"a/b\", meter = \"house 1\", import = \"\", unit = \"kWh\"";
    config(&mqtt(
        "mqtts://broker:8883",
        "user = \"a\"\npassword = \"p\"\n",
        good,
    ));
    config(&mqtt(
        "mqtt://localhost:1883",
        "user = \"a\"\npassword = \"p\"\n",
        good,
    ));
    let cases = [
        (
            mqtt("mqtt://broker:1883", "user = \"a\"\npassword = \"p\"\n", good),
            "expected mqtts://",
        ),
        (mqtt("http://broker:1883", "", good), "expected mqtts://HOST:PORT"),
        (
            mqtt("mqtts://a:secret@broker:1883", "", good),
            "expected mqtts://HOST:PORT",
        ),
        (
            mqtt(
                "mqtts://b:1",
                "",
                "topic = \"a/+\", meter = \"house 1\", import = \"\", unit = \"kWh\"",
            ),
            "without + and #",
        ),
        (
            mqtt(
                "mqtts://b:1",
                "",
                "topic = \"a\", meter = \"house 1\", unit = \"kWh\"",
            ),
            "got neither",
        ),
        (
            mqtt(
                "mqtts://b:1",
                "",
                "topic = \"a\", meter = \"house 1\", import = \"/x\", export = \"/x\", unit = \"kWh\"",
            ),
            "one register cannot count both",
        ),
        (
            mqtt(
                "mqtts://b:1",
                "",
                "topic = \"a\", meter = \"house 1\", import = \"x\", unit = \"kWh\"",
            ),
            "a place in JSON",
        ),
        (
            mqtt(
                "mqtts://b:1",
                "",
                "topic = \"a\", meter = \"house 1\", import = \"\", unit = \"J\"",
            ),
            "unknown variant `J`",
        ),
    ];
    for (more, words) in cases {
        let said = refused(&more);
        assert!(said.contains(words), "{more}\n{said}");
        // The file's text is shown, but what is made of it never repeats a password.
        assert!(
            !said.lines().last().unwrap_or_default().contains("secret"),
            "{said}"
        );
    }
}

#[test]
fn senders_come_over_tls_or_from_this_machine() {
    let hash = "ab".repeat(32);
    let push = |listen: &str, tls: &str, sha: &str| {
        format!(
            "[push]\nlisten = \"{listen}\"\n{tls}[[push.tokens]]\nname = \"t\"\nsha256 = \"{sha}\"\nmeters = [\"house 1\"]\n"
        )
    };
    let tls = "tls = { certificate = \"c.pem\", key = \"k.pem\" }\n";
    config(&push("127.0.0.1:1", "", &hash));
    config(&push("0.0.0.0:1", tls, &hash));
    let said = refused(&push("0.0.0.0:1", "", &hash));
    assert!(
        said.contains("expected a loopback address, or [push.tls], got 0.0.0.0:1"),
        "{said}"
    );
    let said = refused(&push("127.0.0.1:1", "", "hunter2"));
    assert!(said.contains("64 hex digits, got 7 characters"), "{said}");
}

#[test]
fn rules_that_no_report_can_follow_are_refused() {
    for (more, words) in [
        (
            "[report]\nwindow = \"0s\"\n",
            "report.window: expected 1m to 7d, got 0s",
        ),
        (
            "[report]\noffset = \"1d\"\n",
            "report.offset: expected less than a day",
        ),
        (
            "[report]\ndelay = \"31d\"\n",
            "report.delay: expected at most 30d",
        ),
        (
            "[keep]\nraw = \"1h\"\n",
            "keep.raw: expected a day or more, got 1h",
        ),
        (
            "[local]\nlisten = \"0.0.0.0:80\"\n",
            "local.listen: expected a loopback address",
        ),
    ] {
        let said = refused(more);
        assert!(said.contains(words), "{said}");
    }
    let none = CONFIG.split("[[meters]]").next().unwrap();
    assert!(refused_whole(none).contains("missing field `meters`"));
}

#[test]
fn a_secret_that_others_could_read_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("password");
    std::fs::write(&path, "open sesame\n").unwrap();
    let place = SecretPlace::File(path.clone());
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    let said = place.read().expect_err("others can read it").to_string();
    assert!(!said.contains("sesame"), "{said}");
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    assert_eq!(place.read().unwrap().expose_secret(), "open sesame");
    let credential = SecretPlace::Credential("password".to_owned());
    assert!(credential
        .read()
        .unwrap_err()
        .to_string()
        .contains("LoadCredential=password"));
}

#[test]
fn spans_are_written_as_people_do() {
    for (text, seconds) in [
        ("30s", 30),
        ("2h10m", 7_800),
        ("1d", 86_400),
        ("3d", 259_200),
        ("1d2h", 93_600),
    ] {
        let config = config(&format!("[report]\nlook = \"1s\"\ndelay = \"{text}\"\n"));
        assert_eq!(config.report.delay, Span(Seconds(seconds)), "{text}");
    }
    assert_eq!(Span(Seconds(7_800)).to_string(), "2h10m");
    assert_eq!(Span(Seconds(0)).to_string(), "0s");
}

#[test]
fn the_readmes_file_is_one_that_is_taken() {
    let readme = include_str!("../../README.md");
    let file = readme
        .split("```toml\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .unwrap();
    let file = file.replace("…64 hex digits…", &"ab".repeat(32));
    let config = Config::parse(&file, Path::new("oracle.toml")).unwrap();
    assert_eq!(
        (config.p1.len(), config.mqtt.len(), config.folders.len()),
        (1, 1, 1)
    );
    assert!(config.push.is_some());
}
