//! The whole story, told with the `gridpact` program as its users would: three neighbours pledge for a line, a contractor
//! builds it, twelve homes share a summer day over it, and everybody takes out what is theirs.

mod day;
pub mod files;

use anyhow::{ensure, Context, Result};
use gridpact_client::{Escrow, Registry};
use gridpact_types::escrow::Phase;
use gridpact_units::{Amount, IntervalLength, Seconds};

use crate::alone;
use crate::recompute::Recomputed;
use crate::village::{Village, PURSE};
use day::{Day, DAY};
use files::{FOUNDERS, HOMES, ORACLES};

/// A main unit of the village's money in base units.
const UNIT: u128 = 1_000_000;
/// What each founder pledges and each home deposits, main units.
const PLEDGE: u128 = 10_000;
const DEPOSIT: u128 = 30;
/// The committee's quorum: the last oracle sleeps.
const QUORUM: usize = 3;

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_story_in_a_coin_of_the_chain() -> Result<()> {
    story(false).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_story_in_a_token() -> Result<()> {
    story(true).await
}

async fn story(token: bool) -> Result<()> {
    let (_turn, devnet) = alone::devnet().await?;
    let from = devnet.chain().latest().await?.height;
    let names = [
        &["deployer", "operator", "contractor", "carrier"][..],
        &HOMES,
        &ORACLES,
    ]
    .concat();
    let village = Village::new(&devnet, &names, token).await?;
    let grid = village.write("grid.toml", &files::grid(&village.money))?;
    village.by("deployer", &["deploy", &grid]).await?;

    fund_and_build(&village).await?;
    open_accounts(&village).await?;
    report_a_day(&village).await?;
    settle_up(&village, from).await
}

/// The pledges hold only together; the contractor is paid as the work is done.
async fn fund_and_build(village: &Village) -> Result<()> {
    let unit = village.money.name;
    let escrow = Escrow::new(village.chain(), &village.contract("village", "pledge-escrow")?);
    village.write("line.md", "A line between three houses.")?;
    let terms = village.write("project.toml", &files::project(&village.money))?;
    let opened = village.by("house-a", &["project", "open", &terms]).await?;
    ensure!(opened["project"] == 1, "expected project 1, got {opened}");

    let amount = format!("{PLEDGE} {unit}");
    for (number, founder) in FOUNDERS.iter().enumerate() {
        ensure!(escrow.project(1).await?.phase == Phase::Open);
        let others = FOUNDERS.iter().filter(|other| *other != founder);
        let conditions: Vec<String> = others.map(|other| format!("{other}>={amount}")).collect();
        let mut pledge = vec!["project", "pledge", "1", &amount];
        for condition in &conditions {
            pledge.extend(["--if", condition]);
        }
        let pledged = village.by(founder, &pledge).await?;
        ensure!(pledged["funded"] == (number == 2), "pledge {number}: {pledged}");
        ensure!(village.purse(founder).await? == PURSE - PLEDGE * UNIT);
    }

    village.by("contractor", &["project", "accept", "1"]).await?;
    let evidence = village.write("report.txt", "The cable lies in the ground.")?;
    let mut paid = 0;
    // 60 % and 40 % of 30,000, less a retention of 5 %.
    for (milestone, part) in [("0", 17_100 * UNIT), ("1", 11_400 * UNIT)] {
        let submit = [
            "project",
            "submit",
            "1",
            milestone,
            "--evidence",
            &evidence,
            "--uri",
            "https://example.org/report",
        ];
        village.by("contractor", &submit).await?;
        let (_, refusal) = village
            .program
            .refused(&["project", "draw", "1", "--from", "contractor"])
            .await?;
        ensure!(
            refusal.contains("nothing") || refusal.contains("expected"),
            "before review: {refusal}"
        );
        village.chain().advance(Seconds::days(2).0).await?;
        village.by("contractor", &["project", "draw", "1"]).await?;
        paid += part;
        ensure!(village.purse("contractor").await? == PURSE + paid);
    }
    ensure!(escrow.project(1).await?.phase == Phase::Defects);
    Ok(())
}

/// Every home proposes its meter; the operator admits all; each pays in.
async fn open_accounts(village: &Village) -> Result<()> {
    let propose = |home: &&'static str| {
        let arguments = [
            "meter",
            "propose",
            "--serial",
            home,
            "--salt",
            "of the village",
            "--kind",
            "prosumer",
        ];
        let limits = ["--import-limit", "34500 W", "--export-limit", "34500 W"];
        (
            *home,
            arguments.iter().chain(&limits).map(ToString::to_string).collect(),
        )
    };
    let proposed = village.all_at_once(HOMES.iter().map(propose).collect()).await?;
    let numbers: Vec<u64> = proposed
        .iter()
        .map(|told| told["proposal"].as_u64().context("a number"))
        .collect::<Result<_>>()?;
    // Admitted by number in the homes' order, so that home n has slot n.
    let mut admit = vec!["meter".to_owned(), "admit".to_owned()];
    admit.extend(numbers.iter().map(u64::to_string));
    let admit: Vec<&str> = admit.iter().map(String::as_str).collect();
    village.by("operator", &admit).await?;

    let deposit = |(slot, home): (usize, &&'static str)| {
        let amount = format!("{DEPOSIT} {}", village.money.name);
        (
            *home,
            vec![
                "account".to_owned(),
                "deposit".to_owned(),
                slot.to_string(),
                amount,
            ],
        )
    };
    village
        .all_at_once(HOMES.iter().enumerate().map(deposit).collect())
        .await?;
    Ok(())
}

/// Readings become a draft, three of four oracles sign it, each with a file of their own, and a carrier brings it.
async fn report_a_day(village: &Village) -> Result<()> {
    let registry = Registry::new(village.chain(), &village.contract("village", "meter-registry")?);
    let first = registry
        .next_report()
        .await?
        .first_interval
        .context("meters are admitted")?;
    let day = Day::of_summer(HOMES.len())?;
    let csv = village.write("readings.csv", &day.csv(first))?;
    let end = IntervalLength::QUARTER_HOUR.start_of(first.plus(DAY.into()));
    village
        .chain()
        .advance(end - village.chain().latest().await?.time.0)
        .await?;

    let draft = village.path("draft.json").display().to_string();
    let made = village
        .program
        .json(&["report", "make", "--csv", &csv, "--out", &draft])
        .await?;
    ensure!(made["intervals"] == DAY && made["missing"] == 0, "{made}");
    let files: Vec<String> = ORACLES
        .iter()
        .map(|oracle| village.path(oracle).display().to_string())
        .collect();
    let sign = |(oracle, file): (&&'static str, &String)| {
        (
            *oracle,
            ["report", "sign", &draft, "--out", file]
                .map(str::to_owned)
                .to_vec(),
        )
    };
    village
        .all_at_once(ORACLES.iter().zip(&files).take(QUORUM).map(sign).collect())
        .await?;

    let signed = village.path("signed.json").display().to_string();
    let combine = |signatures: &[String]| {
        let mut arguments = vec!["report".to_owned(), "combine".to_owned(), draft.clone()];
        arguments.extend_from_slice(signatures);
        arguments.extend(["--out".to_owned(), signed.clone()]);
        arguments
    };
    let two = combine(&files[..QUORUM - 1]);
    let two: Vec<&str> = two.iter().map(String::as_str).collect();
    let (_, refusal) = village.program.refused(&two).await?;
    ensure!(
        refusal.contains("expected signatures of 3 members, got 2"),
        "{refusal}"
    );
    let three = combine(&files[..QUORUM]);
    let three: Vec<&str> = three.iter().map(String::as_str).collect();
    village.program.json(&three).await?;
    village.by("carrier", &["report", "carry", &signed]).await?;
    Ok(())
}

/// What everybody takes out is what `market` says of the reports that stand on the chain.
async fn settle_up(village: &Village, from: u64) -> Result<()> {
    let chain = village.chain();
    let (escrow, registry, settlement) = (
        village.contract("village", "pledge-escrow")?,
        village.contract("village", "meter-registry")?,
        village.contract("village", "energy-settlement")?,
    );
    let recomputed = || Recomputed::read(chain, &registry, &settlement, from);
    let books = recomputed().await?;
    books.check(chain).await?;
    let window = books.windows.first().context("a window was settled")?.clone();
    let traded = window.totals.traded.0;
    ensure!(
        traded > 0 && window.totals.debit > Amount::ZERO,
        "a day on which nothing was shared"
    );

    // Not final yet: a credit is nobody's. An hour later it is the seller's.
    chain.advance(Seconds(3_600).0).await?;
    village.by("carrier", &["account", "finalise"]).await?;
    let books = recomputed().await?;
    books.check(chain).await?;
    ensure!(books.held() == 0, "a window is still held");

    let withdraw = |(slot, home): (usize, &&'static str)| {
        (
            *home,
            vec!["account".to_owned(), "withdraw".to_owned(), slot.to_string()],
        )
    };
    village
        .all_at_once(HOMES.iter().enumerate().map(withdraw).collect())
        .await?;
    for (slot, home) in HOMES.iter().enumerate() {
        let (result, pledged) = (
            &window.results[slot],
            if FOUNDERS.contains(home) { PLEDGE } else { 0 },
        );
        let expected = PURSE - pledged * UNIT - result.debit.0 + result.credit.0;
        let purse = village.purse(home).await?;
        ensure!(purse == expected, "{home} has {purse}, expected {expected}");
    }

    // The network fee is revenue of the line: a third for each who paid for it.
    let fee = window.community.fees[0].0;
    village.by("carrier", &["account", "sweep", "network"]).await?;
    let claim = |founder: &&'static str| {
        (
            *founder,
            ["project", "claim-revenue", "1"].map(str::to_owned).to_vec(),
        )
    };
    let before = village.purse("house-b").await?;
    village.all_at_once(FOUNDERS.iter().map(claim).collect()).await?;
    ensure!(village.purse("house-b").await? == before + fee / 3);

    village.by("carrier", &["account", "sweep", "rounding"]).await?;
    let rounding = window.community.rounding.0;
    ensure!(village.purse("operator").await? == PURSE + rounding);
    recomputed().await?.check(chain).await?;
    ensure!(
        village.balance(&settlement).await? == 0,
        "the settlement keeps nothing"
    );

    // The retention, after the defects period: what is left in the escrow is less than a unit a founder.
    chain.advance(Seconds::days(30).0).await?;
    village.by("contractor", &["project", "draw", "1"]).await?;
    ensure!(village.purse("contractor").await? == PURSE + 3 * PLEDGE * UNIT);
    ensure!(village.balance(&escrow).await? == fee % 3);
    println!(
        "{} homes shared {:.3} kWh in a day; {} base units changed hands, {fee} of them to the line's founders",
        HOMES.len(),
        traded as f64 / 1e6,
        window.totals.debit
    );
    Ok(())
}
