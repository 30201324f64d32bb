//! The client against a node: sequences, following, and what it says when something is wrong.

use std::time::Duration;

use anyhow::{Context, Result};
use cosmwasm_std::coin;
use gridpact_client::{Error, Message, Transaction};
use gridpact_e2e::Person;
use tokio::task::JoinSet;

use crate::alone;

/// A block comes every half second.
const A_BLOCK: Duration = Duration::from_secs(20);

/// The least that can be given.
pub fn gift(to: &Person) -> Message {
    Message::Send {
        to: to.address().to_owned(),
        amount: vec![coin(1, "ueur")],
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_sender_sends_twenty_transactions_at_once_and_each_is_carried_out_once() -> Result<()> {
    let (_turn, devnet) = alone::devnet().await?;
    let chain = devnet.chain();
    let someone = &devnet.people(1, 1_000).await?[0];
    let other = devnet.person()?;
    let mut sending = JoinSet::new();
    for _ in 0..20 {
        let (sender, message) = (someone.sender.clone(), gift(&other));
        sending.spawn(async move { sender.send(&[message]).await });
    }
    let mut hashes = std::collections::BTreeSet::new();
    while let Some(sent) = sending.join_next().await {
        hashes.insert(sent??.hash);
    }
    assert_eq!(hashes.len(), 20);
    assert_eq!(chain.balance(other.address(), "ueur").await?, 20);
    let account = chain.account(someone.address()).await?.context("it has sent")?;
    assert_eq!(account.sequence, 20);
    Ok(())
}

#[tokio::test]
async fn two_senders_of_one_key_recover_from_each_others_sequence() -> Result<()> {
    let (_turn, devnet) = alone::devnet().await?;
    let someone = &devnet.people(1, 1_000).await?[0];
    let other = devnet.person()?;
    let second = someone.through(devnet.chain())?;
    for _ in 0..3 {
        someone.sender.send(&[gift(&other)]).await?;
        second.send(&[gift(&other)]).await?;
    }
    assert_eq!(devnet.chain().balance(other.address(), "ueur").await?, 6);
    Ok(())
}

#[tokio::test]
async fn following_resumes_from_a_height_and_sees_every_transaction_once() -> Result<()> {
    let (_turn, devnet) = alone::devnet().await?;
    let chain = devnet.chain();
    let someone = &devnet.people(1, 1_000).await?[0];
    let other = devnet.person()?;
    let from = chain.latest().await?.height + 1;
    let mut sent: Vec<Transaction> = Vec::new();
    for _ in 0..4 {
        sent.push(someone.sender.send(&[gift(&other)]).await?);
    }
    let last = sent.last().expect("four were sent").height;

    // The first follower is dropped half-way; the second goes on from where that one was.
    let (mut follow, mut seen, mut height) = (chain.follow(from), Vec::new(), from);
    while follow.height() <= last {
        if follow.height() == sent[1].height + 1 {
            follow = chain.follow(follow.height());
        }
        let (block, transactions) = follow.next(A_BLOCK).await?;
        assert_eq!(block.height, height, "no block is left out");
        height += 1;
        seen.extend(transactions);
    }
    assert_eq!(seen, sent);
    // It waits for what is not there yet, and an end to waiting is told.
    let ahead = chain.latest().await?.height + 1_000;
    let error = chain.follow(ahead).next(Duration::from_millis(100)).await.err();
    let error = error.context("a block of the future")?;
    assert!(error.to_string().contains(&format!("block {ahead}")), "{error}");
    Ok(())
}

#[tokio::test]
async fn what_is_wrong_is_told_by_cause() -> Result<()> {
    let (_turn, devnet) = alone::devnet().await?;
    let someone = &devnet.people(1, 10).await?[0];
    let stranger = devnet.person()?;

    let error = stranger
        .sender
        .send(&[gift(someone)])
        .await
        .err()
        .context("sent from nothing")?;
    assert!(
        matches!(&error, Error::UnknownAccount(address) if address == stranger.address()),
        "{error:?}"
    );

    let too_much = Message::Send {
        to: stranger.address().to_owned(),
        amount: vec![coin(11, "ueur")],
    };
    let error = someone
        .sender
        .send(&[too_much])
        .await
        .err()
        .context("more than there was")?;
    assert!(matches!(error, Error::InsufficientFunds(_)), "{error:?}");
    assert!(error.to_string().contains("11ueur"), "{error}");

    let nothing: Result<serde_json::Value, Error> = devnet.chain().query(stranger.address(), &"config").await;
    let error = nothing.err().context("no contract answered")?;
    assert!(error.to_string().contains(stranger.address()), "{error}");
    Ok(())
}
