//! A thousand meters on one oracle.

use std::time::{Duration, Instant};

use gridpact_e2e::Broker;
use gridpact_oracle::config::Config;
use gridpact_oracle::sample::Register;
use gridpact_oracle::store::readings::samples;
use gridpact_units::UnixSeconds;
use rumqttc::{AsyncClient, Event, Incoming, MqttOptions, PublishOptions, QoS};

use super::reading::{Reading, LIMIT};

const METERS: usize = 1_000;
const ROUNDS: u64 = 10;
/// They send every ten seconds.
const EVERY: u64 = 10;

fn config(folder: &std::path::Path, port: u16) -> Config {
    gridpact_oracle::store::files::write_whole(&folder.join("password"), b"sesame\n").unwrap();
    let mut text = "network = \"net.toml\"\nregistry = \"wasm1registry\"\nfolder = \"data\"\n[keys]\noracle = \"o.mnemonic\"\n".to_owned();
    for meter in 0..METERS {
        text += &format!("[[meters]]\nname = \"m{meter}\"\nslot = {meter}\n");
    }
    text += &format!(
        "[[mqtt]]\nname = \"broker\"\nbroker = \"mqtt://127.0.0.1:{port}\"\nuser = \"oracle\"\npassword = \"password\"\ntopics = [\n"
    );
    for meter in 0..METERS {
        text += &format!(
            "{{ topic = \"m/{meter}\", meter = \"m{meter}\", import = \"/i\", export = \"/e\", time = \"/t\", unit = \"kWh\" }},\n"
        );
    }
    text += "]\n";
    Config::parse(&text, &folder.join("oracle.toml")).unwrap()
}

/// Publishes every meter's readings, round by round, and returns when the broker has acknowledged all of them.
async fn publish(port: u16) {
    let mut options = MqttOptions::new("meters", ("127.0.0.1", port));
    options.set_credentials("oracle", "sesame").set_keep_alive(30);
    let (client, mut events) = AsyncClient::builder(options).unbounded().build();
    for round in 0..ROUNDS {
        for meter in 0..METERS {
            let at = 1_780_272_000 + EVERY * round;
            let payload = format!(r#"{{"t":{at},"i":{meter}.{round:03},"e":0.5}}"#);
            let once = PublishOptions::new(QoS::AtLeastOnce);
            client.publish(format!("m/{meter}"), payload, once).await.unwrap();
        }
    }
    let mut acknowledged = 0;
    while acknowledged < METERS as u64 * ROUNDS {
        if let Event::Incoming(Incoming::PubAck(_)) = events.poll().await.unwrap() {
            acknowledged += 1;
        }
    }
}

/// Kilobytes of this process's memory.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok())
        .unwrap_or_default()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_meters_that_send_every_ten_seconds_are_kept_up_with() {
    let folder = tempfile::tempdir().unwrap();
    let broker = Broker::start(folder.path(), false);
    let config = config(folder.path(), broker.port);
    let before = memory();
    let reading = Reading::start(&config).await;
    reading.until_up().await;
    // It is up a moment before it has subscribed.
    let all = (UnixSeconds(0), UnixSeconds(u64::MAX >> 1));
    let kept = |meter: usize| {
        let name = format!("m{meter}");
        let look = move |connection: &_| samples(connection, (&name, "broker"), Register::Import, all);
        async { reading.store.read(look).await.unwrap().len() as u64 }
    };
    let since = Instant::now();
    while kept(METERS - 1).await == 0 || kept(0).await == 0 {
        assert!(since.elapsed() < LIMIT);
        for meter in [0, METERS - 1] {
            broker.publish(
                &format!("m/{meter}"),
                &["{\"t\":1780271000,\"i\":0,\"e\":0}".to_owned()],
                &[],
            );
        }
    }
    let since = Instant::now();
    publish(broker.port).await;
    let count = || {
        let look = |connection: &rusqlite::Connection| {
            let count: u64 = connection.query_row("SELECT count(*) FROM registers", [], |row| row.get(0))?;
            Ok(count)
        };
        reading.store.read(look)
    };
    let expected = 2 * METERS as u64 * ROUNDS + 4;
    reading
        .until("all readings", || async { count().await.unwrap() == expected })
        .await;
    let took = since.elapsed();
    let messages = METERS as u64 * ROUNDS;
    println!(
        "oracle: {messages} messages of {METERS} meters kept in {} ms, {} a second; {} KiB more memory (with the publisher)",
        took.as_millis(),
        u128::from(messages) * 1_000 / took.as_millis().max(1),
        memory().saturating_sub(before)
    );
    // Ten rounds of every ten seconds.
    assert!(took < Duration::from_secs(EVERY * ROUNDS), "{took:?}");
}
