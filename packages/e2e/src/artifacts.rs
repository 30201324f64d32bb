//! Wasm on the chain: the contracts, stored once, and a cw20 token.

use std::path::PathBuf;

use anyhow::{Context, Result};
use cosmwasm_std::Uint128;
use cw20::Cw20Coin;
use gridpact_client::{Chain, Message, Sender};
use serde::Serialize;
use sha2::{Digest, Sha256};

/// The optimised wasm of a contract, or of the token (`cw20-token`), by its name; `cw20-token-raw` is the token as the
/// compiler made it, with instructions that the chain's VM refuses.
///
/// # Errors
/// It has not been built.
pub fn artifact(name: &str) -> Result<Vec<u8>> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..");
    let (path, how) = if name.starts_with("cw20-") {
        let target = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
        let target = root.join(target);
        (target.join(format!("{name}.wasm")), "scripts/build-cw20")
    } else {
        (
            root.join("artifacts").join(format!("{name}.wasm")),
            "scripts/build-wasm",
        )
    };
    std::fs::read(&path).with_context(|| format!("{}: run {how}", path.display()))
}

/// A code on the chain.
#[derive(Clone, Copy, Debug)]
pub struct Stored {
    /// Its number.
    pub id: u64,
    /// SHA-256 of the wasm.
    pub checksum: [u8; 32],
}

impl Stored {
    /// Finds a wasm among the chain's codes, or stores it.
    pub async fn find_or_store(sender: &Sender, name: &str) -> Result<Self> {
        let wasm = artifact(name)?;
        let checksum: [u8; 32] = Sha256::digest(&wasm).into();
        let codes = sender.chain().codes().await?;
        let id = match codes.iter().find(|code| code.checksum == checksum) {
            Some(code) => code.id,
            None => {
                let stored = sender.send(&[Message::Store { wasm }]).await.context("store")?;
                stored.code_id().context("the chain names the code it stored")?
            }
        };
        Ok(Self { id, checksum })
    }

    /// Where a contract of this code will be.
    pub fn address(&self, chain: &Chain, creator: &str, salt: &[u8]) -> Result<String> {
        Ok(chain.predict(&self.checksum, creator, salt)?)
    }

    /// The message that makes a contract of this code, without admin.
    pub fn instantiate(&self, label: &str, salt: &[u8], msg: &impl Serialize) -> Result<Message> {
        Ok(Message::Instantiate2 {
            code_id: self.id,
            label: label.to_owned(),
            msg: serde_json::to_vec(msg)?,
            admin: None,
            salt: salt.to_vec(),
            funds: Vec::new(),
        })
    }
}

/// The three contracts' codes.
#[derive(Clone, Copy, Debug)]
pub struct Codes {
    /// pledge-escrow.
    pub escrow: Stored,
    /// meter-registry.
    pub registry: Stored,
    /// energy-settlement.
    pub settlement: Stored,
}

impl Codes {
    /// Finds the three contracts among the chain's codes, and stores what is missing.
    pub async fn find_or_store(sender: &Sender) -> Result<Self> {
        Ok(Self {
            escrow: Stored::find_or_store(sender, "pledge-escrow").await?,
            registry: Stored::find_or_store(sender, "meter-registry").await?,
            settlement: Stored::find_or_store(sender, "energy-settlement").await?,
        })
    }
}

/// A cw20 token.
#[derive(Clone, Debug)]
pub struct Token {
    /// The contract.
    pub address: String,
}

#[derive(Serialize)]
struct TokenInstantiation {
    name: String,
    symbol: String,
    decimals: u8,
    initial_balances: Vec<Cw20Coin>,
}

impl Token {
    /// A new token of six decimals, of which each of these addresses holds `amount`.
    pub async fn make(maker: &Sender, salt: &[u8], holders: &[&str], amount: u128) -> Result<Self> {
        let code = Stored::find_or_store(maker, "cw20-token").await?;
        let holder = |address: &&str| Cw20Coin {
            address: (*address).to_owned(),
            amount: Uint128::new(amount),
        };
        let msg = TokenInstantiation {
            name: "Island money".to_owned(),
            symbol: "ISLE".to_owned(),
            decimals: 6,
            initial_balances: holders.iter().map(holder).collect(),
        };
        let address = code.address(maker.chain(), maker.address(), salt)?;
        maker
            .send(&[code.instantiate("island money", salt, &msg)?])
            .await?;
        Ok(Self { address })
    }

    /// What an address holds, base units.
    pub async fn balance(&self, chain: &Chain, holder: &str) -> Result<u128> {
        let question = cw20::Cw20QueryMsg::Balance {
            address: holder.to_owned(),
        };
        let answer: cw20::BalanceResponse = chain.query(&self.address, &question).await?;
        Ok(answer.balance.u128())
    }
}
