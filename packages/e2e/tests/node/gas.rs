//! Gas and fees: what is not paid for does not happen, and nothing is left half-done.

use anyhow::{Context, Result};
use cosmwasm_std::coin;
use gridpact_client::{Error, Message, Options};
use gridpact_e2e::{Grid, GridPlan};
use gridpact_types::asset::Asset;
use gridpact_types::registry::answers::NextReportResponse;
use gridpact_units::{Energy, Reading};

use crate::alone;

#[tokio::test]
async fn a_report_that_runs_out_of_gas_anywhere_changes_nothing_and_can_be_sent_again() -> Result<()> {
    let (_turn, devnet) = alone::devnet().await?;
    let chain = devnet.chain();
    let people = devnet.people(2, 0).await?;
    let (operator, carrier) = (&people[0], &people[1]);
    let plan = GridPlan::usual(Asset::native("ueur"), operator.address());
    let grid = Grid::make(&operator.sender, "out of gas", &plan).await?;
    grid.admit(&people[1..], 4).await?;
    grid.deposit(&devnet.role("payer")?, 0..4, 1_000_000).await?;
    let next = grid.until_reportable(1).await?;
    let give = Reading::measured(Energy(0), Energy(3_000_000));
    let take = Reading::measured(Energy(1_000_000), Energy(0));
    let report = grid.write(&next, vec![give, take, take, take], 0)?;
    let message = [grid.report(&report)?];

    let state = || async {
        // What the answer tells of the block itself.
        let next = NextReportResponse {
            height: 0,
            ..grid.next_report().await?
        };
        anyhow::Ok((
            chain.all_state(&grid.registry).await?,
            chain.all_state(&grid.settlement).await?,
            next,
        ))
    };
    let before = state().await?;
    // Limits all over the way: in the registry's checks, in the second contract, just before the end.
    let estimate = carrier.sender.estimate(&message).await?.gas;
    let used = estimate * 100 / (100 + u64::from(chain.network().gas_headroom_percent));
    let limit = |part: u64| Options {
        gas: Some(used * part / 100),
        ..Options::default()
    };
    let mut sent = Vec::new();
    for part in [50, 60, 70, 75, 80, 85, 90, 93, 96, 98] {
        let sender = carrier.sender.clone().with_options(limit(part));
        sent.push((part, sender.submit(&message).await?));
    }
    for (part, submitted) in sent {
        let transaction = chain.wait(&submitted).await?;
        match transaction.result() {
            Err(Error::OutOfGas { wanted, .. }) => assert_eq!(wanted, used * part / 100),
            other => anyhow::bail!("{part} % of the gas: expected out of gas, got {other:?}"),
        }
        let now = state().await?;
        assert!(now == before, "{part} % of the gas left something behind");
    }

    let done = carrier.sender.send(&message).await?;
    println!(
        "a report of 4 x 1 needs {} gas; nothing happened at ten limits below",
        done.gas_used
    );
    let after = grid.next_report().await?;
    assert_eq!(
        after.first_interval,
        next.first_interval.map(|first| first.plus(1))
    );
    Ok(())
}

#[tokio::test]
async fn a_fee_too_low_says_what_is_needed_and_nothing_is_sent() -> Result<()> {
    let (_turn, devnet) = alone::devnet().await?;
    let chain = devnet.chain();
    let someone = &devnet.people(1, 1_000).await?[0];
    let had = chain.balance(someone.address(), "stake").await?;
    let message = [Message::Send {
        to: devnet.person()?.address().to_owned(),
        amount: vec![coin(1, "ueur")],
    }];
    let options = Options {
        gas: Some(100_000),
        gas_price: Some("0.0249stake".parse()?),
        ..Options::default()
    };
    let refused = someone.sender.clone().with_options(options).send(&message).await;
    let error = refused.err().context("a fee below the node's least was taken")?;
    assert_eq!(
        error.to_string(),
        "fee too low: 2500stake needed, 2490stake offered"
    );
    assert_eq!(chain.balance(someone.address(), "stake").await?, had);
    // The refusal used up no sequence.
    someone.sender.send(&message).await?;
    Ok(())
}
