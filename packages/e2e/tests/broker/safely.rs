//! TLS and passwords.

use gridpact_oracle::sample::Register::Import;
use gridpact_oracle::store::files::write_whole;

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
