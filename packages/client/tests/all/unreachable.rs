//! A node that is not there: an end after a stated time (which does not really pass here).

use std::fs;

use gridpact_client::{Chain, Error, Network};

#[tokio::test(start_paused = true)]
async fn connecting_gives_up_with_the_cause() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("nowhere.toml");
    let text = r#"
        chain_id = "nowhere-1"
        grpc = "http://127.0.0.1:1"
        prefix = "wasm"
        gas_price = "0.025stake"
    "#;
    fs::write(&path, text).unwrap();
    let error = Chain::connect(Network::read(&path).unwrap()).await.unwrap_err();
    assert!(
        matches!(&error, Error::Unreachable { endpoint, .. } if endpoint == "http://127.0.0.1:1"),
        "{error}"
    );
    assert!(error.to_string().contains("is not reachable: "), "{error}");
}
