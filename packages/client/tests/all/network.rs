//! What a network file says, and how it is told what is wrong with one.

use std::fs;
use std::path::Path;

use gridpact_client::{Chain, Error, Network};
use gridpact_types::asset::Asset;

const TOKEN: &str = "wasm19rl4cm2hmr8afy4kldpxz3fka4jguq0akuugk7";
const GOOD: &str = r#"
chain_id = "testing-1"
grpc = "https://grpc.example.org:443"
prefix = "wasm"
gas_price = "0.025stake"
explorer = "https://explorer.example.org/tx/{hash}"

[assets.EUR]
native = "ueur"
decimals = 6

[assets.TOKEN]
cw20 = "wasm19rl4cm2hmr8afy4kldpxz3fka4jguq0akuugk7"
decimals = 2
"#;

fn read(text: &str) -> Result<Network, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("testing.toml");
    fs::write(&path, text).unwrap();
    Network::find("testing", folder.path()).map_err(|error| error.to_string())
}

#[test]
fn a_good_file_is_read() {
    let network = read(GOOD).unwrap();
    assert_eq!(network.chain_id, "testing-1");
    assert_eq!(network.gas_price.to_string(), "0.025stake");
    assert_eq!(network.gas_headroom_percent, 30);
    assert_eq!(network.assets["EUR"].asset, Asset::native("ueur"));
    assert_eq!(network.assets["TOKEN"].asset, Asset::cw20(TOKEN));
    assert_eq!(network.assets["TOKEN"].decimals, 2);
    assert_eq!(
        network.explorer_link("AB").unwrap(),
        "https://explorer.example.org/tx/AB"
    );
}

#[test]
fn what_is_wrong_is_told_with_file_and_value() {
    let cases = [
        (
            r#"chain_id = "testing-1""#,
            r#"chain_id = """#,
            "chain_id: expected 1 to 50",
        ),
        (r#"chain_id = "testing-1""#, "", "missing field `chain_id`"),
        (
            "https://grpc",
            "ftp://grpc",
            "grpc: expected http://… or https://…, got \"ftp://grpc",
        ),
        (
            r#"prefix = "wasm""#,
            r#"prefix = "Wasm""#,
            "prefix: expected what addresses begin with",
        ),
        (
            r#"prefix = "wasm""#,
            r#"prefix = "wa sm""#,
            "prefix: expected what addresses begin with",
        ),
        ("0.025stake", "stake", "gas price: expected an amount and a coin"),
        ("{hash}", "hash", "explorer: expected a link with {hash}"),
        (
            r#"native = "ueur""#,
            "",
            "assets.EUR: expected native or cw20, one of them",
        ),
        (
            "decimals = 6",
            "decimals = 19",
            "assets.EUR.decimals: expected 0 to 18, got 19",
        ),
        (
            r#""ueur""#,
            r#""1 euro""#,
            "assets.EUR.native: expected a coin's name",
        ),
        (
            "kuugk7",
            "kuugk8",
            "assets.TOKEN.cw20: expected an address wasm1…",
        ),
        (
            r#"prefix = "wasm""#,
            r#"prefix = "juno""#,
            "assets.TOKEN.cw20: expected an address juno1…",
        ),
        (
            r#"grpc = "https://grpc.example.org:443""#,
            "ca = \"authority.pem\"\ngrpc = \"http://localhost:9090\"",
            "ca: expected only with grpc = \"https://…\", got \"http://localhost:9090\"",
        ),
        ("prefix", "prefiks", "unknown field `prefiks`"),
        (
            "gas_price",
            "gas_headroom_percent = 401\ngas_price",
            "expected 0 to 400, got 401",
        ),
    ];
    for (from, to, told) in cases {
        let error = read(&GOOD.replace(from, to)).unwrap_err();
        assert!(
            error.contains("testing.toml") && error.contains(told),
            "{from} -> {to}: {error}"
        );
    }
}

#[tokio::test]
async fn authorities_are_looked_for_beside_the_file_that_names_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("private.toml");
    fs::write(&path, format!("ca = \"authority.pem\"\n{GOOD}")).unwrap();
    let network = Network::read(&path).unwrap();
    let authority = folder.path().join("authority.pem");
    assert_eq!(network.ca.as_ref(), Some(&authority));
    // Before anything is connected to.
    let told = |error: Error| error.to_string();
    let error = Chain::connect(network.clone()).await.map_err(told).unwrap_err();
    assert!(error.contains("authority.pem: No such file"), "{error}");
    for damaged in [
        "not a certificate",
        "-----BEGIN CERTIFICATE-----\n?\n-----END CERTIFICATE-----\n",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    ] {
        fs::write(&authority, damaged).unwrap();
        let error = Chain::connect(network.clone()).await.map_err(told).unwrap_err();
        assert!(
            error.contains("authority.pem: expected authorities' certificates as PEM, got "),
            "{damaged}: {error}"
        );
    }
}

#[test]
fn a_name_that_is_not_there_is_told_with_those_that_are() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["b.toml", "a.toml", "notes.md"] {
        fs::write(folder.path().join(name), GOOD).unwrap();
    }
    let error = Network::find("c", folder.path()).unwrap_err().to_string();
    assert!(
        error.contains(r#"network c: expected one of ["a", "b"]"#),
        "{error}"
    );
    let error = Network::find("a", Path::new("/no/such/folder"))
        .unwrap_err()
        .to_string();
    assert!(error.contains("expected one of [] in /no/such/folder"), "{error}");
}

#[test]
fn a_path_is_a_file_wherever_networks_are() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.toml");
    fs::write(&path, GOOD).unwrap();
    let network = Network::find(path.to_str().unwrap(), Path::new("elsewhere")).unwrap();
    assert_eq!(network.chain_id, "testing-1");
    let error = Network::find("./missing.toml", folder.path())
        .unwrap_err()
        .to_string();
    assert!(error.contains("network file ./missing.toml"), "{error}");
}
