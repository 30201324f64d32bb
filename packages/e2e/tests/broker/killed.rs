//! The service as a process, killed between any two steps of a reading's way.

use std::path::Path;
use std::time::Instant;

use gridpact_client::{KeyStore, Protection};
use gridpact_oracle::config::Config;
use gridpact_oracle::sample::Register::Import;
use gridpact_oracle::store::look_at;
use gridpact_oracle::store::readings::samples;
use gridpact_units::UnixSeconds;

use gridpact_e2e::{free_port, Broker, OracleService};

use super::reading::{config, messages, values, LIMIT};

/// A folder with all that the program needs, and a chain that does not answer: readings are kept all the same.
fn prepare(folder: &Path, broker: &Broker) -> Config {
    let network = format!(
        "chain_id = \"none-1\"\ngrpc = \"http://127.0.0.1:{}\"\nprefix = \"wasm\"\ngas_price = \"0.025stake\"\n",
        free_port()
    );
    std::fs::write(folder.join("net.toml"), network).unwrap();
    KeyStore::open(folder)
        .generate("oracle", "wasm", &Protection::Plain)
        .unwrap();
    let url = format!("mqtt://127.0.0.1:{}", broker.port);
    let parsed = config(folder, &url, "");
    let text = format!(
        "network = \"net.toml\"\nregistry = \"wasm1registry\"\nfolder = \"data\"\n[keys]\noracle = \"oracle.mnemonic\"\n\
         [local]\nlisten = \"127.0.0.1:{}\"\n[[meters]]\nname = \"house\"\nslot = 0\n[[mqtt]]\nname = \"broker\"\nbroker = \"{url}\"\n\
         user = \"oracle\"\npassword = \"password\"\n\
         topics = [{{ topic = \"timed\", meter = \"house\", import = \"/e\", time = \"/t\", unit = \"Wh\" }}]\n",
        free_port()
    );
    std::fs::write(folder.join("oracle.toml"), text).unwrap();
    parsed
}

fn kept(config: &Config) -> Vec<u64> {
    let all = (UnixSeconds(0), UnixSeconds(u64::MAX >> 1));
    let found =
        look_at(&config.folder).and_then(|connection| samples(&connection, ("house", "broker"), Import, all));
    found
        .unwrap_or_default()
        .into_iter()
        .map(|sample| sample.value)
        .collect()
}

#[test]
fn killed_before_and_after_the_commit_it_loses_no_reading_and_counts_none_twice() {
    for (point, kept_before) in [("received", 0), ("stored", 1)] {
        let folder = tempfile::tempdir().unwrap();
        let broker = Broker::start(folder.path(), false);
        let config = prepare(folder.path(), &broker);
        // The session exists once the service was there.
        let mut service = OracleService::start(folder.path(), point).unwrap();
        let since = Instant::now();
        while !service.is_dead().unwrap() {
            assert!(since.elapsed() < LIMIT, "{point}: never reached");
            broker.publish("timed", &messages(0..1), &[]);
        }
        service.until_dead(point).unwrap();
        assert_eq!(kept(&config).len(), kept_before, "{point}");
        broker.publish("timed", &messages(1..40), &[]);
        let _service = OracleService::start(folder.path(), "").unwrap();
        let since = Instant::now();
        while kept(&config).len() < 40 {
            assert!(since.elapsed() < LIMIT, "{point}: {:?}", kept(&config));
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        assert_eq!(kept(&config), values(0..40), "{point}");
    }
}
