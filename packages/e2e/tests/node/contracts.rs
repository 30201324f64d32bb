//! What the chain says to code, and where it puts contracts.

use anyhow::{Context, Result};
use gridpact_client::{Error, Message};
use gridpact_e2e::{artifact, Codes, Stored};
use gridpact_types::asset::Asset;
use gridpact_types::escrow::answers::ConfigResponse;
use gridpact_types::escrow::messages::InstantiateMsg;
use gridpact_types::escrow::queries::QueryMsg;

use crate::alone;

#[tokio::test]
async fn the_chain_refuses_what_is_no_wasm_and_wasm_that_was_not_lowered() -> Result<()> {
    let (_turn, devnet) = alone::devnet().await?;
    let someone = &devnet.people(1, 0).await?[0];
    let before = devnet.chain().codes().await?.len();
    let raw = artifact("cw20-token-raw")?;
    let unfit: [(&str, Vec<u8>, &str); 3] = [
        ("bytes that are no wasm", b"no wasm".to_vec(), "wasm"),
        ("an empty module", b"\0asm\x01\0\0\0".to_vec(), "memory"),
        ("bulk memory instructions", raw, "bulk memory"),
    ];
    for (what, wasm, expected) in unfit {
        let refused = someone.sender.send(&[Message::Store { wasm }]).await;
        let error = refused.err().with_context(|| format!("{what} was stored"))?;
        println!("{what}: {error}");
        assert!(matches!(error, Error::Refused { .. }), "{what}: {error:?}");
        assert!(
            error.to_string().to_lowercase().contains(expected),
            "{what}: {error}"
        );
    }
    assert_eq!(devnet.chain().codes().await?.len(), before);
    Ok(())
}

#[tokio::test]
async fn the_chain_takes_the_contracts_and_stores_the_very_bytes() -> Result<()> {
    let (_turn, devnet) = alone::devnet().await?;
    let someone = &devnet.people(1, 0).await?[0];
    let codes = Codes::find_or_store(&someone.sender).await?;
    for stored in [codes.escrow, codes.registry, codes.settlement] {
        let code = devnet.chain().code(stored.id).await?.context("a stored code")?;
        assert_eq!(code.checksum, stored.checksum);
    }
    // A second time nothing is stored.
    let again = Codes::find_or_store(&someone.sender).await?;
    assert_eq!(again.escrow.id, codes.escrow.id);
    Ok(())
}

#[tokio::test]
async fn a_contract_is_where_it_was_predicted_whatever_the_salt() -> Result<()> {
    let (_turn, devnet) = alone::devnet().await?;
    let chain = devnet.chain();
    let someone = &devnet.people(1, 0).await?[0];
    let code = Stored::find_or_store(&someone.sender, "pledge-escrow").await?;
    let msg = InstantiateMsg {
        assets: vec![Asset::native("ueur")],
    };
    // The shortest and the longest salt the chain takes, and one of text.
    for salt in [vec![0], b"one of text".to_vec(), vec![0xff; 64]] {
        let predicted = code.address(chain, someone.address(), &salt)?;
        assert!(
            chain.contract(&predicted).await?.is_none(),
            "nothing is there yet"
        );
        let made = someone
            .sender
            .send(&[code.instantiate("predicted", &salt, &msg)?])
            .await?;
        assert_eq!(
            made.attribute("instantiate", "_contract_address"),
            Some(predicted.as_str())
        );
        let contract = chain.contract(&predicted).await?.context("a contract there")?;
        assert_eq!(
            (contract.code_id, contract.creator.as_str()),
            (code.id, someone.address())
        );
        assert_eq!(contract.admin, None);
        let config: ConfigResponse = chain.query(&predicted, &QueryMsg::Config {}).await?;
        assert_eq!(config.assets, msg.assets);

        let twice = someone
            .sender
            .send(&[code.instantiate("predicted", &salt, &msg)?])
            .await;
        let error = twice.err().context("two contracts at one address")?.to_string();
        assert!(
            error.contains("already exists") || error.contains("duplicate"),
            "{error}"
        );
    }
    Ok(())
}
