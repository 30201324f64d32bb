//! What everybody takes out is what `market` says of the report that stands on the chain.

use anyhow::{ensure, Context, Result};
use gridpact_client::Registry;
use gridpact_e2e::Recomputed;
use gridpact_report::archive::{balances_path, read_balances, report_path, sha256};
use gridpact_report::{body_hash, split};
use gridpact_units::Seconds;

use super::files::{FOUNDERS, HOMES};
use super::{PLEDGE, UNIT};
use crate::village::{Village, PURSE};

/// Finality, withdrawals, the fee to those who paid for the line, the contractor's retention: to the base unit.
pub async fn up(village: &Village) -> Result<()> {
    let chain = village.chain();
    let escrow = village.contract("village", "pledge-escrow")?;
    let registry = village.contract("village", "meter-registry")?;
    let settlement = village.contract("village", "energy-settlement")?;
    let recomputed = || Recomputed::read(chain, &registry, &settlement);

    // Provisional: debits are taken, credits are nobody's yet.
    let books = recomputed().await?;
    books.check(chain).await?;
    ensure!(
        !books.held().is_zero(),
        "nothing is held before the window is final"
    );
    verify_books(village).await?;
    check_archive(village, &registry).await?;
    let window = books.windows.first().context("a window was settled")?.clone();

    chain.advance(Seconds(3_600).0).await?;
    village.by("carrier", "account finalise").await?;
    let books = recomputed().await?;
    books.check(chain).await?;
    ensure!(books.held().is_zero(), "a window is still held");

    let withdraw = |(slot, home): (usize, &&'static str)| (*home, format!("account withdraw {slot}"));
    village
        .all_at_once(HOMES.iter().enumerate().map(withdraw))
        .await?;
    for (home, result) in HOMES.iter().zip(&window.results) {
        let pledged = if FOUNDERS.contains(home) { PLEDGE * UNIT } else { 0 };
        let expected = PURSE - pledged - result.debit.0 + result.credit.0;
        let purse = village.purse(home).await?;
        ensure!(purse == expected, "{home} has {purse}, expected {expected}");
    }

    // The network fee is revenue of the line: a third for each who paid for it.
    let fee = window.community.fees[0].amount.0;
    village.by("carrier", "account sweep network").await?;
    let before = village.purse("house-b").await?;
    let claim = |founder: &&'static str| (*founder, "project claim-revenue 1".to_owned());
    village.all_at_once(FOUNDERS.iter().map(claim)).await?;
    ensure!(village.purse("house-b").await? == before + fee / 3);

    village.by("carrier", "account sweep rounding").await?;
    ensure!(village.purse("operator").await? == PURSE + window.community.rounding.0);
    recomputed().await?.check(chain).await?;
    verify_books(village).await?;
    ensure!(
        village.balance(&settlement).await? == 0,
        "the settlement keeps nothing"
    );

    // The retention, after the defects period: what is left in the escrow is less than a unit a founder.
    chain.advance(Seconds::days(30).0).await?;
    village.by("contractor", "project draw 1").await?;
    ensure!(village.purse("contractor").await? == PURSE + 3 * PLEDGE * UNIT);
    ensure!(village.balance(&escrow).await? == fee % 3);

    let totals = window.totals;
    ensure!(totals.payable < totals.demand, "nobody was short of money");
    println!(
        "{} homes gave {:.3} kWh, needed {:.3} and shared {:.3} in a day; {} base units changed hands, {fee} of them for the line",
        HOMES.len(),
        totals.supply.0 as f64 / 1e6,
        totals.demand.0 as f64 / 1e6,
        totals.traded.0 as f64 / 1e6,
        totals.debit
    );
    Ok(())
}

/// What was kept is what the chain tells of it, by name and by content.
async fn check_archive(village: &Village, registry: &str) -> Result<()> {
    let registry = Registry::new(village.chain(), registry);
    let windows = registry.all_windows().await?;
    ensure!(windows.len() == 1, "{windows:?}");
    let report = windows[0].state.report().context("a report")?;
    let hash = <[u8; 32]>::try_from(report.body_hash.as_slice())?;
    let bytes = std::fs::read(village.path("archive").join(report_path(&hash)))?;
    let (header, body) = split(&bytes)?;
    ensure!(body_hash(body) == hash, "the report is named by another hash");
    ensure!(header.first_interval == windows[0].first_interval, "{header:?}");
    let balances: Vec<_> = std::fs::read_dir(village.path("archive/balances"))?.collect::<Result<_, _>>()?;
    ensure!(balances.len() == 1, "{balances:?}");
    let bytes = std::fs::read(balances[0].path())?;
    let free = read_balances(&bytes, report.seats.into())?;
    ensure!(village.path("archive").join(balances_path(&sha256(&bytes))) == balances[0].path());
    ensure!(
        free.iter().any(|free| !free.is_zero()),
        "nobody had money: {free:?}"
    );
    let again = village.told("verify --books --archive archive").await?;
    let kept = &again["books"]["archive"];
    ensure!(
        kept["reports"] == 0 && kept["balances"] == 0,
        "written twice: {kept}"
    );
    Ok(())
}

/// The program recomputes the books as well, and finds nothing that differs.
async fn verify_books(village: &Village) -> Result<()> {
    let told = village.told("verify --books --archive archive").await?;
    let books = &told["books"];
    ensure!(told["same"] == true && books["believed"] == 0, "{told}");
    let homes = HOMES.len() as u64;
    // An admission, a deposit a home, the report; whatever came since.
    ensure!(books["events"].as_u64() >= Some(1 + homes + 1), "{books}");
    let checks = told["checks"].as_array().context("a list of checks")?;
    for what in [
        "accounts",
        "held windows",
        "held results",
        "parts of the community account",
        "totals",
    ] {
        ensure!(
            checks.iter().any(|check| check["what"] == what),
            "{what} is missing: {told}"
        );
    }
    Ok(())
}
