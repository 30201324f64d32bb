//! Anybody may carry a report, also two at once.

use anyhow::Result;
use gridpact_client::Options;
use gridpact_e2e::{Grid, GridPlan, Recomputed};
use gridpact_types::asset::Asset;
use gridpact_units::{Energy, Reading};

use crate::alone;

#[tokio::test]
async fn two_carriers_at_once_settle_a_report_once_and_neither_fails() -> Result<()> {
    let (_turn, devnet) = alone::devnet().await?;
    let chain = devnet.chain();
    let people = devnet.people(3, 0).await?;
    let [operator, first, second] = people.as_slice() else {
        anyhow::bail!("three people")
    };
    let plan = GridPlan::usual(Asset::native("ueur"), operator.address());
    let grid = Grid::make(&operator.sender, "carriers", &plan).await?;
    grid.admit(&people, 2).await?;
    grid.deposit(&devnet.role("payer")?, 0..2, 1_000_000).await?;
    let next = grid.until_reportable(1).await?;
    let give = Reading::measured(Energy(0), Energy(1_000_000));
    let take = Reading::measured(Energy(1_000_000), Energy(0));
    let report = [grid.report(&grid.write(&next, vec![give, take], 0)?)?];

    // Both are under way before either is in a block: neither can know of the other.
    let options = Options {
        gas: Some(1_000_000),
        ..Options::default()
    };
    let mut carried = Vec::new();
    for carrier in [first, second] {
        let sender = carrier.sender.clone().with_options(options.clone());
        carried.push(sender.submit(&report).await?);
    }
    let (mut accepted, mut known) = (0, 0);
    for carried in carried {
        let done = chain.wait(&carried).await?.result()?;
        accepted += done.attributes("wasm-report_accepted", "digest").count();
        known += done.attributes("wasm-report_known", "digest").count();
    }
    assert_eq!((accepted, known), (1, 1));
    let books = Recomputed::read(chain, &grid.registry, &grid.settlement).await?;
    assert_eq!(books.windows.len(), 1);
    books.check(chain).await
}
