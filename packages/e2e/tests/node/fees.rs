//! `gridpact grid grant-fees`: a household that never had a coin of the chain signs, within bounds.

use anyhow::{ensure, Result};
use gridpact_client::{Message, Options, Sender};
use gridpact_e2e::Devnet;
use gridpact_e2e::Person;
use gridpact_units::Seconds;

use crate::alone;
use crate::story::files::{self, FOUNDERS, ORACLES};
use crate::village::Village;

/// The chain refused, or something differs.
const REFUSED: i32 = 1;
/// The command line is wrong.
const BAD_ARGUMENTS: i32 = 2;

/// A deployed village, and somebody whom the chain has never seen.
async fn village(devnet: &Devnet) -> Result<(Village, Person)> {
    let names = [&["deployer", "operator", "contractor"][..], &FOUNDERS, &ORACLES].concat();
    let village = Village::new(devnet, &names, false).await?;
    files::write(&village)?;
    village.by("deployer", "deploy grid.toml").await?;
    let newcomer = devnet.person()?;
    newcomer.write_key(&village.program.keys(), "newcomer")?;
    Ok((village, newcomer))
}

const PROPOSE: &str =
    "meter propose --kind prosumer --import-limit \"17 kW\" --export-limit \"10 kW\" --from newcomer --fee-granter operator";

fn propose(serial: u32) -> String {
    format!("{PROPOSE} --serial {serial}")
}

#[tokio::test]
async fn an_allowance_is_used_and_used_up_and_renewed_and_revoked() -> Result<()> {
    let (_turn, devnet) = alone::devnet().await?;
    let (village, newcomer) = village(&devnet).await?;
    let chain = village.chain();
    ensure!(
        chain.account(newcomer.address()).await?.is_none(),
        "it is no newcomer"
    );
    let (code, said) = village.refused(&propose(1)).await?;
    ensure!(code == REFUSED, "without an allowance: {code}: {said}");

    // Enough for one call (some 5,000 base units at 0.025) and not for two.
    let grant = "grid grant-fees newcomer --per 1d --expires +2d";
    village.by("operator", &format!("{grant} --limit 9000")).await?;
    let operator = village.address("operator").to_owned();
    let grantees = chain.fee_grantees(&operator).await?;
    ensure!(grantees.iter().eq([newcomer.address()]), "{grantees:?}");
    let before = chain.balance(&operator, "stake").await?;
    village.told(&propose(1)).await?;
    let paid = before - chain.balance(&operator, "stake").await?;
    ensure!((1..=9_000).contains(&paid), "the operator paid {paid}");
    ensure!(chain.balance(newcomer.address(), "stake").await? == 0);
    let (code, said) = village.refused(&propose(2)).await?;
    ensure!(
        code == REFUSED && said.contains("fee allowance of"),
        "used up: {code}: {said}"
    );

    // A day later there is as much again, but no more than that.
    chain.advance(Seconds::DAY.0 + 60).await?;
    village.told(&propose(2)).await?;
    let (code, said) = village.refused(&propose(3)).await?;
    ensure!(
        code == REFUSED && said.contains("fee allowance of"),
        "used up again: {code}: {said}"
    );

    // Renewed: the new one takes the old one's place.
    village
        .by("operator", &format!("{grant} --limit 1000000"))
        .await?;
    village.told(&propose(3)).await?;
    // For calls of contracts and nothing else.
    let sender = Sender::new(
        chain.clone(),
        gridpact_client::Key::from_mnemonic(&newcomer.mnemonic, "wasm")?,
    );
    let options = Options {
        granter: Some(operator.clone()),
        ..Options::default()
    };
    let gift = Message::Send {
        to: operator.clone(),
        amount: vec![cosmwasm_std::coin(1, "ueur")],
    };
    let refused = sender
        .with_options(options)
        .send(&[gift])
        .await
        .unwrap_err()
        .to_string();
    ensure!(refused.contains("message not allowed"), "{refused}");

    village
        .by("operator", "grid grant-fees newcomer --revoke")
        .await?;
    let (code, said) = village.refused(&propose(4)).await?;
    ensure!(code == REFUSED, "revoked: {code}: {said}");
    let (code, said) = village
        .refused("grid grant-fees newcomer --revoke --from operator")
        .await?;
    ensure!(
        code == BAD_ARGUMENTS && said.contains("none of them"),
        "twice: {code}: {said}"
    );
    Ok(())
}

#[tokio::test]
async fn an_allowance_ends_on_its_day() -> Result<()> {
    let (_turn, devnet) = alone::devnet().await?;
    let (village, _) = village(&devnet).await?;
    let grant = "grid grant-fees newcomer --limit 1000000 --per 1h --expires +2h";
    village.by("operator", grant).await?;
    village.told(&propose(1)).await?;
    village.chain().advance(Seconds(7_300).0).await?;
    let (code, said) = village.refused(&propose(2)).await?;
    ensure!(code == REFUSED, "expired: {code}: {said}");

    let wrong = [
        ("grid grant-fees newcomer --limit 0", "--limit"),
        ("grid grant-fees newcomer --limit 5 --per 59m", "1h"),
        (
            "grid grant-fees newcomer --limit 5 --expires 2020-01-01",
            "2020-01-01",
        ),
        (
            "grid grant-fees operator --limit 5",
            "other than the one that pays",
        ),
        ("grid grant-fees --all --limit 5", "other than the one that pays"),
        ("grid grant-fees --limit 5", "ACCOUNTS"),
        ("grid grant-fees newcomer", "--limit"),
    ];
    for (command, words) in wrong {
        let (code, said) = village.refused(&format!("{command} --from operator")).await?;
        ensure!(
            code == BAD_ARGUMENTS && said.contains(words),
            "{command}: {code}: {said}"
        );
    }
    Ok(())
}
