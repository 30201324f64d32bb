//! A connection that loses requests and answers, breaks at any moment, or is encrypted: what a client makes of it.

mod cable;
mod tls;

use std::time::Duration;

use anyhow::{ensure, Context, Result};
use gridpact_client::{Chain, Error, Options, Sender};
use gridpact_e2e::{Chance, Devnet, Person};
use tokio::task::JoinSet;
use tokio::time::Instant;

use self::cable::{Cable, Lost};
use crate::alone;
use crate::client::gift;
use crate::village::{words, Village};

/// Messages of a transaction that is larger than any question.
const LARGE: usize = 200;
/// Gas for them, so that no simulation of the same size goes before.
const GAS: u64 = 8_000_000;
/// Most time between two breaks: some requests get through, some do not.
const LONGEST_WHOLE: Duration = Duration::from_millis(120);
/// A block comes every half second.
const A_FEW_BLOCKS: Duration = Duration::from_secs(20);
/// Exit code of a program to which nobody answered in time.
const NO_ANSWER: i32 = 3;

/// Somebody with money, who is connected through a cable.
async fn wired(devnet: &Devnet, cable: &Cable) -> Result<Sender> {
    let someone = &devnet.people(1, 1_000).await?[0];
    let mut network = devnet.chain().network().clone();
    network.grpc = cable.endpoint("http", "127.0.0.1");
    someone.through(&Chain::connect(network).await?)
}

fn large() -> Options {
    Options {
        gas: Some(GAS),
        ..Options::default()
    }
}

/// Waits, past any cable, until somebody has so much.
async fn has(chain: &Chain, person: &Person, amount: u128) -> Result<()> {
    let end = Instant::now() + A_FEW_BLOCKS;
    while chain.balance(person.address(), "ueur").await? != amount {
        ensure!(
            Instant::now() < end,
            "{} never got {amount}ueur",
            person.address()
        );
        let next = chain.latest().await?.height + 1;
        chain.follow(next).next(A_FEW_BLOCKS).await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_lost_answer_costs_nothing_twice_whether_its_transaction_is_in_a_block_or_not() -> Result<()> {
    let (_turn, devnet) = alone::devnet().await?;
    for in_a_block in [false, true] {
        let cable = Cable::to(devnet.chain()).await?;
        let sender = wired(&devnet, &cable).await?.with_options(large());
        let (chain, other) = (sender.chain().clone(), devnet.person()?);
        let gifts = vec![gift(&other); LARGE];

        cable.lose(Lost::Answer);
        let breaking = async {
            cable.losing().await?;
            if in_a_block {
                has(devnet.chain(), &other, LARGE as u128).await?;
            }
            cable.cut();
            cable.mend();
            anyhow::Ok(())
        };
        let (submitted, broken) = tokio::join!(sender.submit(&gifts), breaking);
        broken?;
        let submitted = submitted?;
        chain.wait(&submitted).await?.result()?;
        ensure!(
            chain.repeated() > 0,
            "the answer was not lost, since nothing was sent again"
        );
        has(devnet.chain(), &other, LARGE as u128).await?;
        // The sequence is known again.
        sender.send(&gifts[..1]).await?;
        has(devnet.chain(), &other, LARGE as u128 + 1).await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_request_that_was_lost_for_too_long_is_known_to_be_dead_and_is_sent_anew() -> Result<()> {
    let (_turn, devnet) = alone::devnet().await?;
    let cable = Cable::to(devnet.chain()).await?;
    let sender = wired(&devnet, &cable).await?.with_options(Options {
        timeout_blocks: 3,
        ..large()
    });
    let (chain, other) = (sender.chain().clone(), devnet.person()?);
    let gifts = vec![gift(&other); LARGE];

    cable.lose(Lost::Request);
    let breaking = async {
        cable.losing().await?;
        cable.cut();
        let dead = devnet.chain().latest().await?.height + 4;
        devnet.chain().follow(dead).next(A_FEW_BLOCKS).await?;
        cable.mend();
        anyhow::Ok(())
    };
    let (submitted, broken) = tokio::join!(sender.submit(&gifts), breaking);
    broken?;
    let submitted = submitted?;
    // The node refuses it by now; whether it had it before, only its blocks can tell.
    ensure!(submitted.doubtful, "{submitted:?}");
    let error = chain.wait(&submitted).await.err().context("it was in no block")?;
    ensure!(
        matches!(&error, Error::Expired { hash, .. } if *hash == submitted.hash),
        "{error:?}"
    );
    ensure!(chain.balance(other.address(), "ueur").await? == 0);

    let again = sender.send(&gifts).await?;
    ensure!(again.hash != submitted.hash);
    has(devnet.chain(), &other, LARGE as u128).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_breaks_at_any_moment_loses_and_doubles_nothing() -> Result<()> {
    let (_turn, devnet) = alone::devnet().await?;
    let cable = Cable::to(devnet.chain()).await?;
    let sender = wired(&devnet, &cable).await?;
    let other = devnet.person()?;
    let (seed, mut chance) = Chance::new()?;
    println!("GRIDPACT_SEED={seed}");
    let mut sending = JoinSet::new();
    for _ in 0..20 {
        let (sender, message) = (sender.clone(), gift(&other));
        sending.spawn(async move { sender.send(&[message]).await });
    }
    let breaking = async {
        loop {
            tokio::time::sleep(chance.moment(LONGEST_WHOLE)).await;
            cable.cut();
            cable.mend();
        }
    };
    let all = async {
        let mut hashes = std::collections::BTreeSet::new();
        while let Some(sent) = sending.join_next().await {
            hashes.insert(sent??.hash);
        }
        anyhow::Ok(hashes)
    };
    let hashes = tokio::select! {
        hashes = all => hashes?,
        () = breaking => unreachable!("it goes on for ever"),
    };
    ensure!(hashes.len() == 20, "{hashes:?}");
    has(devnet.chain(), &other, 20).await?;
    let account = devnet.chain().account(sender.address()).await?;
    ensure!(
        account.context("it has sent")?.sequence == 20,
        "a transaction was sent twice"
    );
    let repeated = sender.chain().repeated();
    println!("20 transactions, each carried out once; {repeated} requests were sent again");
    ensure!(repeated > 0, "no moment hit a request");
    Ok(())
}

#[tokio::test]
async fn the_program_says_with_its_exit_code_that_nobody_answered() -> Result<()> {
    let (_turn, devnet) = alone::devnet().await?;
    let village = Village::new(&devnet, &["house-a"], false).await?;
    let cable = Cable::to(devnet.chain()).await?;
    cable.cut();
    let grpc = cable.endpoint("http", "127.0.0.1");
    let text = std::fs::read_to_string(village.path("networks/devnet.toml"))?;
    let text = text.replace(&devnet.chain().network().grpc, &grpc);
    village.write("networks/broken.toml", &text)?;
    let output = village.program.run(&words("status --network broken")).await?;
    ensure!(output.code == NO_ANSWER, "{output:?}");
    ensure!(
        output.stderr.contains(&grpc) && output.stderr.contains("not reachable"),
        "{output:?}"
    );
    cable.mend();
    let output = village.program.run(&words("status --network broken")).await?;
    ensure!(output.code == 0, "{output:?}");
    Ok(())
}
