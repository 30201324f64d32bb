//! TLS and passwords.

use gridpact_oracle::config::Config;
use gridpact_oracle::sample::Register::Import;
use gridpact_oracle::store::files::write_whole;
use gridpact_oracle::store::readings::samples;
use gridpact_units::UnixSeconds;

use gridpact_e2e::{free_port, Broker};

use super::reading::{config, messages, values, Reading};

#[tokio::test]
async fn over_tls_with_its_own_authority_and_no_other() {
    let folder = tempfile::tempdir().unwrap();
    let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let other = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
    let inside = folder.path().join("broker");
    std::fs::create_dir_all(&inside).unwrap();
    std::fs::write(inside.join("server.pem"), made.cert.pem()).unwrap();
    std::fs::write(inside.join("server.key"), made.signing_key.serialize_pem()).unwrap();
    std::fs::write(folder.path().join("other.pem"), other.cert.pem()).unwrap();
    let port = free_port();
    let broker = Broker::start_with(folder.path(), false, Some(port));
    let url = format!("mqtts://localhost:{port}");
    let stranger = config(folder.path(), &url, "ca = \"other.pem\"");
    let reading = Reading::start(&stranger).await;
    let trouble = || {
        reading
            .tally
            .counts()
            .sources
            .get("broker")
            .and_then(|source| source.trouble.clone())
    };
    reading.until("a refusal", || async { trouble().is_some() }).await;
    assert!(trouble().unwrap().contains("certificate"), "{:?}", trouble());
    drop(reading);
    let reading = Reading::start(&config(folder.path(), &url, "ca = \"broker/server.pem\"")).await;
    reading.until_up().await;
    broker.publish("timed", &messages(0..3), &[]);
    assert_eq!(reading.until_kept(Import, 3).await, values(0..3));
}

#[tokio::test]
async fn a_wrong_password_is_told_and_a_mended_one_is_taken_without_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let broker = Broker::start(folder.path(), false);
    let config = config(folder.path(), &format!("mqtt://127.0.0.1:{}", broker.port), "");
    write_whole(&folder.path().join("password"), b"wrong\n").unwrap();
    let reading = Reading::start(&config).await;
    let trouble = || {
        reading
            .tally
            .counts()
            .sources
            .get("broker")
            .and_then(|source| source.trouble.clone())
    };
    reading.until("a refusal", || async { trouble().is_some() }).await;
    assert!(!trouble().unwrap().contains("wrong\n"));
    write_whole(&folder.path().join("password"), b"sesame\n").unwrap();
    reading.until_up().await;
    broker.publish("timed", &messages(0..3), &[]);
    assert_eq!(reading.until_kept(Import, 3).await.len(), 3);
}

/// The broker's access list as the oracle's README shows it.
fn access_list() -> &'static str {
    let readme = include_str!("../../../oracle/README.md");
    let behind = readme.split("The broker's access list").nth(1).unwrap();
    let block = behind.split("```text\n").nth(1).unwrap();
    block.split("```").next().unwrap()
}

#[tokio::test]
async fn the_access_list_of_the_readme_lets_a_house_speak_for_itself_alone() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("broker")).unwrap();
    std::fs::write(folder.path().join("broker/access"), access_list()).unwrap();
    write_whole(&folder.path().join("password"), b"sesame\n").unwrap();
    let broker = Broker::start(folder.path(), false);
    let mut text = format!(
        "network = \"net.toml\"\nregistry = \"wasm1registry\"\nfolder = \"data\"\n[keys]\noracle = \"oracle.mnemonic\"\n\
         [[mqtt]]\nname = \"broker\"\nbroker = \"mqtt://127.0.0.1:{}\"\nuser = \"oracle\"\npassword = \"password\"\ntopics = [\n",
        broker.port
    );
    for house in ["house1", "house2"] {
        text += &format!(
            "{{ topic = \"tele/{house}/SENSOR\", meter = \"{house}\", import = \"/e\", time = \"/t\", unit = \"Wh\" }},\n"
        );
    }
    text += "]\n[[meters]]\nname = \"house1\"\nslot = 0\n[[meters]]\nname = \"house2\"\nslot = 1\n";
    let reading = Reading::start(&Config::parse(&text, &folder.path().join("oracle.toml")).unwrap()).await;
    reading.until_up().await;
    let kept = |house: &'static str| {
        let all = (UnixSeconds(0), UnixSeconds(u64::MAX >> 1));
        let look = move |connection: &_| samples(connection, (house, "broker"), Import, all);
        let store = &reading.store;
        async move { store.read(look).await.unwrap().len() }
    };
    // Of what comes in one order, the last is kept when all before it are: house 1 says something of house 2, the oracle says
    // something itself, and then house 1 speaks for itself, until it is heard.
    let since = std::time::Instant::now();
    while kept("house1").await == 0 {
        assert!(since.elapsed() < super::reading::LIMIT);
        broker.publish_as("house1", "tele/house2/SENSOR", &messages(0..1), &[]);
        broker.publish_as("oracle", "tele/house2/SENSOR", &messages(1..2), &[]);
        broker.publish_as("house1", "tele/house1/SENSOR", &messages(2..3), &[]);
    }
    assert_eq!((kept("house1").await, kept("house2").await), (1, 0));
}
