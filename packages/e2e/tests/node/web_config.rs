//! `gridpact grid web-config`: the file by which the households' app knows one grid.

use anyhow::{ensure, Context, Result};
use cosmwasm_std::Binary;
use gridpact_client::Registry;
use serde_json::Value;

use crate::alone;
use crate::story::files::{self, FOUNDERS, ORACLES};
use crate::village::Village;

/// The command line is wrong.
const BAD_ARGUMENTS: i32 = 2;

#[tokio::test]
async fn grid_json_says_what_the_chain_says() -> Result<()> {
    let (_turn, devnet) = alone::devnet().await?;
    let names = [&["deployer", "operator", "contractor"][..], &FOUNDERS, &ORACLES].concat();
    let village = Village::new(&devnet, &names, false).await?;
    files::write(&village)?;
    village.by("deployer", "deploy grid.toml").await?;
    let north = village.address(ORACLES[0]);
    let command = format!(
        "grid web-config --output grid.json --time-zone Europe/Vienna --languages de,en --currency EUR \
         --node Village=https://rpc.example/,https://rest.example --node Other=http://127.0.0.1:26657 \
         --node Own=/rpc/,/rest \
         --member North={north} --granter operator --mirror https://archive.example/grid/ --network devnet"
    );
    let output = village.program.run(&crate::village::words(&command)).await?;
    ensure!(output.code == 0, "{output:?}");
    let written = std::fs::read_to_string(village.path("grid.json"))?;
    let told: Value = serde_json::from_str(&written)?;
    ensure!(told["version"] == 1 && told["name"] == "village", "{told}");
    ensure!(
        told["chain"]["id"] == village.chain().network().chain_id.as_str(),
        "{told}"
    );
    let nodes = serde_json::json!([
        { "name": "Village", "rpc": "https://rpc.example", "rest": "https://rest.example" },
        { "name": "Other", "rpc": "http://127.0.0.1:26657", "rest": null },
        { "name": "Own", "rpc": "/rpc", "rest": "/rest" },
    ]);
    ensure!(told["chain"]["nodes"] == nodes, "{told}");
    let fee = &told["chain"]["fee"];
    ensure!(fee["denom"] == "stake" && fee["decimals"] == 6, "{fee}");
    ensure!(
        fee["gas_price"]
            .as_str()
            .is_some_and(|price| price.parse::<f64>().is_ok()),
        "{fee}"
    );
    for (key, contract) in [
        ("registry", "meter-registry"),
        ("settlement", "energy-settlement"),
        ("escrow", "pledge-escrow"),
    ] {
        let address = village.contract("village", contract)?;
        ensure!(told["contracts"][key] == address.as_str(), "{key}: {told}");
        let made = village.chain().contract(&address).await?.context("it is there")?;
        let code = village.chain().code(made.code_id).await?.context("its code")?;
        let checksum: String = code.checksum.iter().map(|byte| format!("{byte:02x}")).collect();
        ensure!(told["code"][contract] == checksum.as_str(), "{contract}: {told}");
    }
    let registry = Registry::new(village.chain(), &village.contract("village", "meter-registry")?);
    let committee = registry.committee(Some(1)).await?.committee;
    let first = &told["committee"][0];
    ensure!(
        first["epoch"] == 1 && first["quorum"] == committee.quorum,
        "{first}"
    );
    let members = first["members"].as_array().context("members")?;
    ensure!(members.len() == committee.members.len(), "{first}");
    for (told, member) in members.iter().zip(&committee.members) {
        let key = Binary::from(member.public_key.as_slice()).to_base64();
        ensure!(told["public_key"] == key.as_str(), "{told}");
        let name = if member.address == north {
            Value::from("North")
        } else {
            Value::Null
        };
        ensure!(told["name"] == name, "{told}");
    }
    let asset = serde_json::json!({ "denom": "ueur", "symbol": "EUR", "currency": "EUR", "decimals": 6 });
    ensure!(told["asset"] == asset, "{told}");
    ensure!(
        told["time_zone"] == "Europe/Vienna" && told["languages"] == serde_json::json!(["de", "en"]),
        "{told}"
    );
    ensure!(told["fee_granter"] == village.address("operator"), "{told}");
    ensure!(
        told["archives"] == serde_json::json!(["https://archive.example/grid"]),
        "{told}"
    );

    ensure!(told["readers"].is_null(), "{told}");

    let shared = shared_file(&told, &village.contract("village", "meter-registry")?)?;
    std::fs::write(village.path("committee.toml"), &shared)?;
    std::fs::write(
        village.path("other.toml"),
        shared.replace("chain_id = \"", "chain_id = \"other-"),
    )?;
    let command = format!(
        "grid web-config --output grid.json --time-zone UTC --member Nord={north} --shared-file committee.toml --network devnet"
    );
    let output = village.program.run(&crate::village::words(&command)).await?;
    ensure!(output.code == 0, "{output:?}");
    let told: Value = serde_json::from_str(&std::fs::read_to_string(village.path("grid.json"))?)?;
    let names: Vec<_> = (0..4)
        .map(|at| &told["committee"][0]["members"][at]["name"])
        .collect();
    ensure!(names == ["Nord", "Member 1", "Member 2", "Member 3"], "{told}");
    let readers = serde_json::json!({
        "version": 3, "from": 1_796_083_200, "epoch": 1,
        "meters": [
            { "slots": [[0, 1], [3, 3]], "read_by": [0, 1, 2], "need": 2, "home": null },
            { "slots": [[2, 2]], "read_by": [3], "need": 1, "home": 3 },
        ],
    });
    ensure!(told["readers"] == readers, "{told}");

    let wrong = [
        ("--time-zone UTC --shared-file other.toml", "chain_id: expected"),
        (
            "--time-zone UTC --shared-file grid.toml",
            "--shared-file grid.toml",
        ),
        ("--time-zone Europe/Wien", "Europe/Wien"),
        ("--time-zone UTC --currency Euro", "ISO 4217"),
        ("--time-zone UTC --languages english", "two letters"),
        ("--time-zone UTC --node Village", "NAME=RPC"),
        ("--time-zone UTC --node Village=ftp://x", "https://"),
        ("--time-zone UTC --member North=wasm1nobody", "expected one of"),
    ];
    for (options, words) in wrong {
        let (code, said) = village.refused(&format!("grid web-config {options}")).await?;
        ensure!(
            code == BAD_ARGUMENTS && said.contains(words),
            "{options}: {code}: {said}"
        );
    }
    Ok(())
}

/// The committee's shared file, as its members would write it: three read three homes, the fourth reads its own household's.
fn shared_file(told: &Value, registry: &str) -> Result<String> {
    let chain = told["chain"]["id"].as_str().context("chain")?;
    let mut text = format!(
        "version = 3\nchain_id = \"{chain}\"\nregistry = \"{registry}\"\nfrom = \"2026-12-01T00:00Z\"\n\
         window = \"1d\"\ndelay = \"10m\"\nslot = \"1m\"\n"
    );
    let members = told["committee"][0]["members"].as_array().context("members")?;
    for (at, member) in members.iter().enumerate() {
        let key = Binary::from_base64(member["public_key"].as_str().context("key")?)?;
        let hex = |bytes: &[u8]| bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let tls = hex(&[u8::try_from(at)?; 32]);
        text += &format!(
            "[[members]]\nname = \"Member {at}\"\nkey = \"{}\"\ntls = \"{tls}\"\n",
            hex(&key)
        );
    }
    for slot in [0, 1, 3] {
        text += &format!("[[meters]]\nslot = {slot}\nreaders = [\"Member 0\", \"Member 1\", \"Member 2\"]\n");
    }
    text += "[[meters]]\nslot = 2\nreaders = [\"Member 3\"]\nhome = \"Member 3\"\n";
    Ok(text)
}
